package marlab.app.conform;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.map.GridMap;
import marlab.sim.reward.RewardWeights;
import marlab.sim.world.grid.PogemaEnv;

/// Traces of POGEMA: episodes (a reset, then steps), single moves on crowded maps, and the
/// instances of its benchmark, of which the published sums of shortest paths are checked.
final class PogemaTrace implements TracePlayer {

    private static final String WORLD = "pogema";
    private static final List<String> RULES = List.of("soft", "block_both", "priority");

    private final String rule; // of single moves, null for episodes
    private Comparison comparison;
    private PogemaEnv env;
    private Map<String, String> made = Map.of(); // what env was made from
    private GridMap map;
    private Actions actions;
    private RewardWeights weights;
    private double[] rewards;
    private int[][] goals; // per agent, the ones to come; null where there is only one
    private int[] nextGoal;
    private int agents;

    private PogemaTrace(String rule) {
        this.rule = rule;
    }

    /// A player where the record is one of POGEMA's.
    static TracePlayer begin(TraceRecord first) {
        var names = first.names();
        if (!names.contains("map")) {
            return null;
        }
        if (names.containsAll(List.of("before", "after", "actions"))) {
            return new PogemaTrace(rule(first));
        }
        boolean instance = names.containsAll(List.of("family", "map_name", "starts", "targets"));
        boolean episode = names.containsAll(List.of("kind", "config", "starts", "targets"));
        return instance || episode ? new PogemaTrace(null) : null;
    }

    /// Single moves don't say by which rule; the name of their file does.
    private static String rule(TraceRecord first) {
        return RULES.stream()
                .filter(each -> first.place().contains("__" + each))
                .findFirst()
                .orElseThrow(() ->
                        first.bad(
                                "doesn't say by which rule agents move; name the file"
                                        + " transitions__soft.jsonl.gz, …__block_both or"
                                        + " …__priority"));
    }

    @Override
    public Comparison comparison() {
        return comparison;
    }

    @Override
    public void take(TraceRecord record) {
        if (rule != null) {
            move(record);
        } else if (record.names().contains("family")) {
            instance(record);
        } else {
            switch (record.text("kind")) {
                case "reset" -> reset(record);
                case "step" -> step(record);
                case String kind -> throw record.bad("is of the unknown kind \"" + kind + "\"");
            }
        }
    }

    private void reset(TraceRecord reset) {
        TraceRecord config = reset.record("config");
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("radius", text(config, "obs_radius", "5"));
        texts.put("horizon", text(config, "max_episode_steps", "64"));
        texts.put("on_target", text(config, "on_target", "finish"));
        texts.put("collision", text(config, "collision_system", "priority"));
        make(reset, texts, reset.list("starts").size());
        int[] starts = free(reset, "starts");
        int[] targets = free(reset, "targets");
        env.begin(starts, targets);
        injectGoals(reset, targets);
        comparison.episode();
        compareObservations(reset, new int[0]);
    }

    private static String text(TraceRecord config, String name, String otherwise) {
        return config.names().contains(name)
                ? String.valueOf(config.values().get(name))
                : otherwise;
    }

    /// Makes the world for a record's map, unless it is the one at hand.
    private void make(TraceRecord record, Map<String, String> texts, int count) {
        texts.put("map", mapText(record));
        texts.put("agents", Integer.toString(count));
        if (texts.equals(made)) {
            return;
        }
        WorldProvider world = Worlds.named(WORLD);
        EnvOptions options;
        try {
            options = EnvOptions.of(world.options(), texts);
        } catch (IllegalArgumentException e) {
            throw record.bad("does not fit the world (" + e.getMessage() + ")");
        }
        made = texts;
        map = GridMap.of(options.text("map"));
        env = (PogemaEnv) world.create(options);
        EnvSpec spec = env.spec();
        agents = count;
        actions = new Actions(spec);
        weights = RewardWeights.defaults(spec.terms());
        rewards = new double[count];
        if (comparison == null) {
            comparison = new Comparison(WORLD, options.asText());
        }
    }

    private static String mapText(TraceRecord record) {
        StringBuilder text = new StringBuilder();
        for (Object row : record.list("map")) {
            if (!(row instanceof String line) || !line.matches("[.#]+")) {
                throw record.bad("has a map of something else than rows of '.' and '#'");
            }
            text.append(line).append('\n');
        }
        if (text.isEmpty()) {
            throw record.bad("has an empty map");
        }
        return text.toString();
    }

    /// Free cells, one an agent; starts, before all, must differ.
    private int[] free(TraceRecord record, String name) {
        double[][] rows = record.rows(name, agents);
        int[] cells = new int[agents];
        for (int i = 0; i < agents; i++) {
            cells[i] = cell(record, name, rows[i]);
            if (map.blocked(cells[i])) {
                throw record.bad("puts agent " + i + " of \"" + name + "\" into an obstacle");
            }
        }
        boolean crowded = Arrays.stream(cells).distinct().count() < agents;
        if (crowded && !name.equals("targets")) {
            throw record.bad("puts two agents of \"" + name + "\" into one cell");
        }
        return cells;
    }

    private int cell(TraceRecord record, String name, double[] place) {
        if (place.length != 2
                || place[0] != Math.rint(place[0])
                || place[1] != Math.rint(place[1])
                || !(place[0] >= 0 && place[0] < map.rows())
                || !(place[1] >= 0 && place[1] < map.columns())) {
            throw record.bad(
                    "has " + Arrays.toString(place) + " in \"" + name + "\", which is no cell");
        }
        return (int) place[0] * map.columns() + (int) place[1];
    }

    /// Goals come from the trace, if it holds any; when they run out the last one stays.
    private void injectGoals(TraceRecord reset, int[] targets) {
        goals = null;
        if (reset.names().contains("target_sequences")) {
            List<?> all = reset.list("target_sequences");
            if (all.size() != agents) {
                throw reset.bad("has target_sequences of " + all.size() + " agents");
            }
            goals = new int[agents][];
            for (int i = 0; i < agents; i++) {
                goals[i] = sequence(reset, all.get(i));
                if (goals[i].length == 0 || goals[i][0] != targets[i]) {
                    throw reset.bad("has other first goals in target_sequences than in targets");
                }
            }
            nextGoal = new int[agents];
        }
        env.goalsFrom(i -> {
            if (goals == null || nextGoal[i] + 1 >= goals[i].length) {
                return env.goalOf(i);
            }
            return goals[i][++nextGoal[i]];
        });
    }

    private int[] sequence(TraceRecord record, Object item) {
        if (!(item instanceof List<?> list)) {
            throw record.bad("has something else than lists in \"target_sequences\"");
        }
        TraceRecord one = new TraceRecord(record.place(), Map.of("target_sequences", list));
        double[][] rows = one.rows("target_sequences", list.size());
        return Arrays.stream(rows).mapToInt(row -> cell(record, "target_sequences", row)).toArray();
    }

    /// One number, or yes or no, an agent.
    private double[] one(TraceRecord record, String name) {
        double[][] rows = record.rows(name, agents);
        double[] numbers = new double[agents];
        for (int i = 0; i < agents; i++) {
            if (rows[i].length != 1) {
                throw record.bad("has lists instead of numbers in \"" + name + "\"");
            }
            numbers[i] = rows[i][0];
        }
        return numbers;
    }

    private StepResult act(TraceRecord record) {
        double[] chosen = one(record, "actions");
        for (int i = 0; i < agents; i++) {
            double choice = chosen[i];
            if (choice != Math.rint(choice) || choice < 0 || choice > 4) {
                throw record.bad("lets agent " + i + " do what is none of 5 choices");
            }
            actions.choose(i, (int) choice);
        }
        comparison.step();
        return env.step(actions);
    }

    private void step(TraceRecord step) {
        if (env == null) {
            throw step.bad("stands before the first reset");
        }
        StepResult result = act(step);
        weights.combine(result.terms, 0, agents, rewards, 0);
        comparePlaces(step, "positions");
        double[][] targets = step.rows("targets", agents);
        double[] active = one(step, "active");
        double[] expected = one(step, "rewards");
        double[] terminated = one(step, "terminated");
        double[] truncated = one(step, "truncated");
        boolean sameEnds = true;
        for (int i = 0; i < agents; i++) {
            comparison.state(env.goalOf(i), cell(step, "targets", targets[i]));
            comparison.state(env.active(i) ? 1 : 0, active[i]);
            comparison.reward(rewards[i], expected[i]);
            sameEnds &= result.terminated[i] == (terminated[i] == 1);
            sameEnds &= result.truncated == (truncated[i] == 1);
        }
        comparison.end(sameEnds);
        compareObservations(step, missing(step));
        if (step.names().contains("metrics")) {
            compareMetrics(step.record("metrics"), result.metrics);
        }
    }

    private void comparePlaces(TraceRecord record, String name) {
        double[][] places = record.rows(name, agents);
        for (int i = 0; i < agents; i++) {
            comparison.state(env.cellOf(i), cell(record, name, places[i]));
        }
    }

    private int[] missing(TraceRecord step) {
        String name = "agents_missing_from_channel1";
        if (!step.names().contains(name)) {
            return new int[0];
        }
        comparison.note(
                "Where upstream's agent channel forgets agents that follow others, ours shows them.");
        double[][] rows = step.rows(name, step.list(name).size());
        return Arrays.stream(rows).mapToInt(row -> cell(step, name, row)).toArray();
    }

    /// @param missing cells with agents that the trace's channel of agents has forgotten
    private void compareObservations(TraceRecord record, int[] missing) {
        List<?> all = record.list("obs");
        int radius = Integer.parseInt(made.get("radius"));
        int side = 2 * radius + 1;
        double[] seen = new double[env.spec().groups().getFirst().observation().size()];
        for (int i = 0; i < agents; i++) {
            double[] expected = pictures(record, all.size() == agents ? all.get(i) : null, side);
            for (int cell : missing) {
                int down = cell / map.columns() - env.cellOf(i) / map.columns() + radius;
                int right = cell % map.columns() - env.cellOf(i) % map.columns() + radius;
                if (down >= 0 && down < side && right >= 0 && right < side) {
                    expected[side * side + down * side + right] = 1;
                }
            }
            env.observe(i, seen, 0);
            for (int k = 0; k < seen.length; k++) {
                comparison.observation(seen[k], expected[k]);
            }
        }
    }

    private static double[] pictures(TraceRecord record, Object item, int side) {
        double[] numbers = new double[3 * side * side];
        int at = 0;
        if (item instanceof List<?> three && three.size() == 3) {
            for (Object one : three) {
                if (one instanceof String digits && digits.matches("[01]{" + side * side + "}")) {
                    for (char digit : digits.toCharArray()) {
                        numbers[at++] = digit - '0';
                    }
                }
            }
        }
        if (at != numbers.length) {
            throw record.bad(
                    "has no \"obs\" of three pictures of "
                            + side
                            + " × "
                            + side
                            + " digits for every agent");
        }
        return numbers;
    }

    private void compareMetrics(TraceRecord theirs, double[] ours) {
        List<Metric> metrics = env.spec().metrics();
        for (Object name : theirs.names()) {
            boolean known = false;
            for (int m = 0; m < ours.length; m++) {
                if (metrics.get(m).name().equals(name)) {
                    comparison.reward(ours[m], theirs.number(metrics.get(m).name()));
                    known = true;
                }
            }
            if (!known) {
                comparison.note("The metric " + name + " is not compared: it is none of ours.");
            }
        }
    }

    /// One move from a given state.
    private void move(TraceRecord record) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("radius", "1");
        texts.put("on_target", "nothing");
        texts.put("collision", rule);
        make(record, texts, record.list("before").size());
        int[] before = free(record, "before");
        env.begin(before, before);
        comparison.episode();
        act(record);
        comparePlaces(record, "after");
    }

    /// An instance of the benchmark holds no steps; its shortest paths can be counted.
    private void instance(TraceRecord record) {
        Map<String, String> texts = new LinkedHashMap<>();
        make(record, texts, record.list("starts").size());
        int[] starts = free(record, "starts");
        int[] targets = free(record, "targets");
        double sum = 0;
        for (int i = 0; i < agents; i++) {
            sum += distance(starts[i], targets[i]);
        }
        comparison.note(
                "These are instances of the benchmark: only the sums of their shortest paths are"
                        + " compared.");
        comparison.episode();
        comparison.step();
        comparison.state(sum, record.number("sum_of_shortest_paths"));
    }

    /// Steps of a shortest path; not a number where there is none.
    private double distance(int start, int goal) {
        int[] steps = new int[map.ground().length];
        int[] queue = new int[steps.length];
        queue[0] = start;
        steps[start] = 1;
        for (int head = 0, tail = 1; head < tail; head++) {
            int cell = queue[head];
            int column = cell % map.columns();
            int[] around = {
                cell - map.columns(),
                cell + map.columns(),
                column > 0 ? cell - 1 : -1,
                column < map.columns() - 1 ? cell + 1 : -1
            };
            for (int next : around) {
                if (next >= 0 && next < steps.length && steps[next] == 0 && !map.blocked(next)) {
                    steps[next] = steps[cell] + 1;
                    queue[tail++] = next;
                }
            }
        }
        return steps[goal] == 0 ? Double.NaN : steps[goal] - 1;
    }
}
