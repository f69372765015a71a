package marlab.app.conform;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;

/// A trace of lb-foraging: episodes, each of which begins with the options that it was made with.
/// Played with the reference's collisions.
final class LbfTrace implements TracePlayer {

    private static final int ACTIONS = 6;

    /// The reference's options.
    private static final Set<String> KNOWN =
            Set.of(
                    "players",
                    "min_player_level",
                    "max_player_level",
                    "min_food_level",
                    "max_food_level",
                    "field_size",
                    "max_num_food",
                    "sight",
                    "max_episode_steps",
                    "force_coop",
                    "normalize_reward",
                    "grid_observation",
                    "observe_agent_levels",
                    "penalty",
                    "render_mode");

    private Map<?, ?> made;
    private ParallelEnv env;
    private RewardWeights weights;
    private Actions actions;
    private Frame ours;
    private double[] rewards;
    private int rows;
    private int columns;
    private int players;
    private int foods;
    private boolean begun;
    private Comparison comparison;

    /// A player where the record is one of lb-foraging's.
    static TracePlayer begin(TraceRecord first) {
        return first.values().get("source") instanceof String source
                        && source.contains("lb-foraging")
                ? new LbfTrace()
                : null;
    }

    @Override
    public Comparison comparison() {
        return comparison;
    }

    @Override
    public void take(TraceRecord record) {
        switch (record.text("kind")) {
            case "reset" -> reset(record);
            case "step" -> step(record);
            default -> throw record.bad("is of the unknown kind \"" + record.text("kind") + "\"");
        }
    }

    private void reset(TraceRecord reset) {
        TraceRecord kwargs = reset.record("kwargs");
        if (made == null) {
            made = kwargs.values();
            make(reset, kwargs);
        } else if (!made.equals(kwargs.values())) {
            throw reset.bad("was made with other options than the episodes before it");
        }
        restore(reset);
        begun = true;
        comparison.episode();
        compareObservations(reset);
    }

    private void make(TraceRecord reset, TraceRecord kwargs) {
        for (Object name : kwargs.names()) {
            if (!KNOWN.contains(name)) {
                throw reset.bad("was made with option " + name + ", which is not played here");
            }
        }
        WorldProvider world = Worlds.named("lbf");
        EnvOptions options;
        try {
            // Without check(): the reference asks for more food than fits and takes what it gets
            options = EnvOptions.of(world.options(), options(reset, kwargs));
        } catch (IllegalArgumentException e) {
            throw reset.bad("does not fit the world (" + e.getMessage() + ")");
        }
        if (options.whole("players") > options.whole("rows") * options.whole("columns")) {
            throw reset.bad("has more players than cells");
        }
        env = world.create(options);
        comparison = new Comparison(world.name(), options.asText());
        weights = RewardWeights.defaults(env.spec().terms());
        actions = new Actions(env.spec());
        ours = new Frame(env.spec());
        rows = options.whole("rows");
        columns = options.whole("columns");
        players = options.whole("players");
        foods = options.whole("foods");
        rewards = new double[players];
    }

    /// Levels are drawn at a reset only, so that their ranges can stay at the defaults here: the
    /// trace's state tells them.
    private static Map<String, String> options(TraceRecord reset, TraceRecord kwargs) {
        double[] size = new double[2];
        kwargs.numbers("field_size", 2, size, 0);
        Map<String, String> options = new LinkedHashMap<>();
        options.put("rows", whole(reset, size[0]));
        options.put("columns", whole(reset, size[1]));
        options.put("players", whole(reset, kwargs.number("players")));
        options.put("foods", whole(reset, kwargs.number("max_num_food")));
        options.put("sight", whole(reset, kwargs.number("sight")));
        options.put("horizon", whole(reset, kwargs.number("max_episode_steps")));
        options.put("penalty", Double.toString(kwargs.number("penalty")));
        options.put("force_coop", kwargs.flag("force_coop") ? "on" : "off");
        options.put("normalize_reward", flag(kwargs, "normalize_reward", true) ? "on" : "off");
        options.put("observe_levels", flag(kwargs, "observe_agent_levels", true) ? "on" : "off");
        options.put("observation", flag(kwargs, "grid_observation", false) ? "grid" : "vector");
        options.put("collisions", "upstream");
        return options;
    }

    private static boolean flag(TraceRecord record, String name, boolean otherwise) {
        return record.names().contains(name) ? record.flag(name) : otherwise;
    }

    private static String whole(TraceRecord record, double number) {
        if (number != Math.rint(number) || Math.abs(number) > 1e9) {
            throw record.bad("has " + number + " where a whole number belongs");
        }
        return Integer.toString((int) number);
    }

    /// Our state: players' rows, columns, levels, who loads; foods' rows, columns, levels, which
    /// are left; sum of all food levels at the start.
    private void restore(TraceRecord reset) {
        env.reset(0); // for a valid random stream, which nothing draws from
        env.snapshot(ours);
        Arrays.fill(ours.state, 0);
        double[][] who = playersOf(reset);
        for (int i = 0; i < players; i++) {
            for (int k = 0; k < 3; k++) {
                ours.state[k * players + i] = who[i][k];
            }
        }
        double[][] field = fieldOf(reset);
        int food = 4 * players;
        int at = food;
        for (int cell = 0; cell < rows * columns; cell++) {
            double level = field[cell / columns][cell % columns];
            if (level == 0) {
                continue;
            }
            if (at == food + foods) {
                throw reset.bad("has more than " + foods + " foods");
            }
            ours.state[at] = cell / columns;
            ours.state[at + foods] = cell % columns;
            ours.state[at + 2 * foods] = level;
            ours.state[at + 3 * foods] = 1;
            at++;
        }
        ours.state[ours.state.length - 1] = reset.number("food_spawned_total");
        env.restore(ours);
    }

    private double[][] playersOf(TraceRecord record) {
        double[][] who = record.record("state").rows("players", players);
        for (double[] player : who) {
            if (player.length != 3
                    || !below(player[0], rows)
                    || !below(player[1], columns)
                    || !below(player[2], 1_000_000)) {
                throw record.bad("has a player that is no row, column and level of this field");
            }
        }
        return who;
    }

    private double[][] fieldOf(TraceRecord record) {
        double[][] field = record.record("state").rows("field", rows);
        for (double[] row : field) {
            if (row.length != columns || !Arrays.stream(row).allMatch(x -> below(x, 1_000_000))) {
                throw record.bad("has a row of the field that is not " + columns + " levels");
            }
        }
        return field;
    }

    private static boolean below(double number, int limit) {
        return number >= 0 && number < limit && number == Math.rint(number);
    }

    private void step(TraceRecord step) {
        if (!begun) {
            throw step.bad("stands before the first reset");
        }
        double[][] chosen = step.rows("actions", players);
        for (int i = 0; i < players; i++) {
            if (chosen[i].length != 1 || !below(chosen[i][0], ACTIONS)) {
                throw step.bad("lets player " + i + " do what is none of " + ACTIONS + " actions");
            }
            actions.choose(i, (int) chosen[i][0]);
        }
        StepResult result = env.step(actions);
        weights.combine(result.terms, 0, players, rewards, 0);
        comparison.step();
        compareState(step);
        compareObservations(step);
        double[][] expected = step.rows("rewards", players);
        for (int i = 0; i < players; i++) {
            one(step, expected[i], "rewards");
            comparison.reward(rewards[i], expected[i][0]);
        }
        comparison.end(result.over() == step.flag("done")); // the reference never says truncated
    }

    private static void one(TraceRecord record, double[] row, String name) {
        if (row.length != 1) {
            throw record.bad("has something else than numbers in \"" + name + "\"");
        }
    }

    private void compareState(TraceRecord step) {
        env.snapshot(ours);
        double[][] who = playersOf(step);
        for (int i = 0; i < players; i++) {
            for (int k = 0; k < 3; k++) {
                comparison.state(ours.state[k * players + i], who[i][k]);
            }
        }
        double[][] field = new double[rows][columns];
        int food = 4 * players;
        for (int at = food; at < food + foods; at++) {
            if (ours.state[at + 3 * foods] != 0) {
                field[(int) ours.state[at]][(int) ours.state[at + foods]] =
                        ours.state[at + 2 * foods];
            }
        }
        double[][] theirs = fieldOf(step);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                comparison.state(field[r][c], theirs[r][c]);
            }
        }
    }

    private void compareObservations(TraceRecord record) {
        double[][] expected = record.rows("obs", players);
        double[] seen = new double[env.spec().groups().getFirst().observation().size()];
        for (int i = 0; i < players; i++) {
            if (expected[i].length != seen.length) {
                throw record.bad(
                        "shows player "
                                + i
                                + " "
                                + expected[i].length
                                + " numbers instead of "
                                + seen.length);
            }
            env.observe(i, seen, 0);
            for (int k = 0; k < seen.length; k++) {
                comparison.observation(seen[k], expected[i][k]);
            }
        }
    }
}
