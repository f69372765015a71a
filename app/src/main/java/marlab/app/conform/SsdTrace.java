package marlab.app.conform;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.reward.RewardWeights;
import marlab.sim.world.dilemma.Cleanup;
import marlab.sim.world.dilemma.GridDilemma;

/// A trace of eugenevinitsky's sequential_social_dilemma_games: Cleanup or Harvest, with what was
/// left to chance. Played with the reference's quirks on, since its states come from them.
final class SsdTrace implements TracePlayer {

    /// Arguments that change the reward; traces of plain rewards can be played.
    private static final List<String> REWARDS =
            List.of(
                    "collective_reward",
                    "use_collective_reward",
                    "inequity_averse_reward",
                    "use_inequity_averse_reward");

    private static final String SOURCE = "eugenevinitsky/sequential_social_dilemma_games";

    private static final Map<String, String> WORLDS =
            Map.of("cleanup", "cleanup", "harvest", "commons_harvest");

    private static final List<String> HEADINGS = List.of("UP", "RIGHT", "DOWN", "LEFT");

    /// Steps that are allowed to an episode: traces say nothing about its end.
    private static final String LONG = "100000";

    private GridDilemma env;
    private RewardWeights weights;
    private Actions actions;
    private Palette palette;
    private Comparison comparison;
    private TraceRecord step;
    private double[] rewards;
    private double[] seen;
    private int agents;

    /// A player where the record is one of this suite's.
    static TracePlayer begin(TraceRecord first) {
        return SOURCE.equals(first.values().get("source")) ? new SsdTrace() : null;
    }

    @Override
    public Comparison comparison() {
        return comparison;
    }

    @Override
    public void take(TraceRecord record) {
        String kind = record.text("kind");
        switch (kind) {
            case "reset" -> reset(record);
            case "step" -> step(record);
            default -> throw record.bad("is of the unknown kind \"" + kind + "\"");
        }
    }

    private void reset(TraceRecord reset) {
        String world = WORLDS.get(reset.text("env"));
        if (world == null) {
            throw reset.bad("is of the unknown world \"" + reset.text("env") + "\"");
        }
        for (String name : REWARDS) {
            boolean set = reset.values().get(name) instanceof Boolean on && on;
            if (set) {
                throw reset.bad("was made with " + name + ", which is not played here");
            }
        }
        WorldProvider provider = Worlds.named(world);
        EnvOptions options = options(reset, provider);
        env = (GridDilemma) provider.create(options);
        env.chance(new Recorded());
        agents = env.spec().agentCount();
        weights = RewardWeights.defaults(env.spec().terms());
        actions = new Actions(env.spec());
        rewards = new double[agents];
        seen = new double[env.spec().groups().getFirst().observation().size()];
        palette = new Palette(reset);
        if (comparison == null) {
            comparison = new Comparison(provider.name(), options.asText());
        }
        env.reset(0); // what it draws is replaced
        lay(reset);
        place(reset);
        comparison.episode();
    }

    private static EnvOptions options(TraceRecord reset, WorldProvider provider) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("agents", Integer.toString(reset.whole("num_agents")));
        texts.put("view", Integer.toString(reset.whole("view_len")));
        texts.put("map", String.join("\n", reset.texts("base_map")) + "\n");
        texts.put("horizon", LONG);
        texts.put("seen_as", "numbered");
        texts.put("moves", "upstream");
        texts.put("view_rotation", "upstream");
        try {
            return provider.configure(texts);
        } catch (IllegalArgumentException e) {
            throw reset.bad("does not fit the world (" + e.getMessage() + ")");
        }
    }

    private List<String> ground(TraceRecord record, String name) {
        List<String> rows = record.texts(name);
        if (rows.size() != env.rows() || rows.stream().anyMatch(r -> r.length() != env.columns())) {
            throw record.bad("has a map of another size in \"" + name + "\"");
        }
        return rows;
    }

    private void lay(TraceRecord reset) {
        List<String> rows = ground(reset, "world_map");
        for (int row = 0; row < env.rows(); row++) {
            for (int column = 0; column < env.columns(); column++) {
                put(reset, row, column, rows.get(row).charAt(column));
            }
        }
    }

    private void put(TraceRecord record, int row, int column, char letter) {
        try {
            env.put(row, column, letter);
        } catch (IllegalArgumentException e) {
            throw record.bad("does not fit the map (" + e.getMessage() + ")");
        }
    }

    /// Where agents stand and look: [agents × (row, column, heading)].
    private int[][] stands(TraceRecord record) {
        List<?> list = record.list("agents");
        if (list.size() != agents) {
            throw record.bad("has " + list.size() + " agents instead of " + agents);
        }
        int[][] stands = new int[agents][];
        for (int i = 0; i < agents; i++) {
            if (!(list.get(i) instanceof List<?> stand)
                    || stand.size() != 3
                    || !(stand.get(2) instanceof String heading)
                    || !HEADINGS.contains(heading)) {
                throw record.bad("does not say where agent " + i + " stands and looks");
            }
            stands[i] =
                    new int[] {
                        record.whole("agents", stand.get(0)),
                        record.whole("agents", stand.get(1)),
                        HEADINGS.indexOf(heading)
                    };
        }
        return stands;
    }

    private void place(TraceRecord reset) {
        int[][] stands = stands(reset);
        try {
            for (int i = 0; i < agents; i++) {
                env.place(i, stands[i][0], stands[i][1], stands[i][2]);
            }
        } catch (IllegalArgumentException e) {
            throw reset.bad("does not fit the map (" + e.getMessage() + ")");
        }
        env.stand();
    }

    private void step(TraceRecord record) {
        if (env == null) {
            throw record.bad("stands before the first reset");
        }
        step = record;
        double[][] chosen = record.rows("actions", agents);
        int choices = env.spec().groups().getFirst().action().size();
        for (int i = 0; i < agents; i++) {
            int choice = chosen[i].length == 1 ? (int) chosen[i][0] : -1;
            if (choice < 0 || choice >= choices || choice != chosen[i][0]) {
                throw record.bad("lets agent " + i + " do what is none of " + choices + " choices");
            }
            actions.choose(i, choice);
        }
        StepResult result = env.step(actions);
        weights.combine(result.terms, 0, agents, rewards, 0);
        comparison.step();
        compareState(record);
        compareViews(record);
        double[][] expected = record.rows("rewards", agents);
        for (int i = 0; i < agents; i++) {
            comparison.reward(rewards[i], expected[i].length == 1 ? expected[i][0] : Double.NaN);
        }
    }

    private void compareState(TraceRecord record) {
        int[][] stands = stands(record);
        for (int i = 0; i < agents; i++) {
            comparison.state(env.row(i), stands[i][0]);
            comparison.state(env.column(i), stands[i][1]);
            comparison.state(env.heading(i), stands[i][2]);
        }
        List<?> beams = record.list("beams");
        comparison.state(env.beams(), beams.size());
        for (int k = 0; k < Math.min(env.beams(), beams.size()); k++) {
            Event beam = event(record, "beams", beams.get(k));
            comparison.state(env.beamRow(k), beam.row);
            comparison.state(env.beamColumn(k), beam.column);
            comparison.state(env.beamLetter(k), beam.letter);
        }
    }

    private void compareViews(TraceRecord record) {
        List<String> views = record.texts("views");
        if (views.size() != agents) {
            throw record.bad("has " + views.size() + " views for " + agents + " agents");
        }
        for (int i = 0; i < agents; i++) {
            env.observe(i, seen, 0);
            String view = views.get(i);
            if (view.length() != palette.cells) {
                throw record.bad("shows agent " + i + " " + view.length() + " cells");
            }
            for (int cell = 0; cell < palette.cells; cell++) {
                int theirs = Character.digit(view.charAt(cell), Character.MAX_RADIX);
                if (theirs < 0) {
                    throw record.bad("shows agent " + i + " '" + view.charAt(cell) + "'");
                }
                comparison.observation(palette.index(seen, cell), theirs);
            }
        }
    }

    /// A letter that came to a cell.
    private record Event(int row, int column, char letter) {}

    private static Event event(TraceRecord record, String name, Object item) {
        if (!(item instanceof List<?> parts)
                || parts.size() != 3
                || !(parts.get(2) instanceof String letter)
                || letter.length() != 1) {
            throw record.bad("has something else than cells with letters in \"" + name + "\"");
        }
        return new Event(
                record.whole(name, parts.get(0)),
                record.whole(name, parts.get(1)),
                letter.charAt(0));
    }

    /// Chance as the trace has it.
    private final class Recorded implements GridDilemma.Chance {

        @Override
        public void orderMoves(int[] ours, int count) {
            order("move_priority", ours, count);
        }

        @Override
        public void orderBeams(int[] ours, int count) {
            order("beam_order", ours, count);
        }

        private void order(String name, int[] ours, int count) {
            int[] left = Arrays.copyOf(ours, count);
            int at = 0;
            for (Object item : step.list(name)) {
                int agent = step.whole(name, item);
                for (int k = 0; k < count; k++) {
                    if (left[k] == agent) {
                        left[k] = -1;
                        ours[at++] = agent;
                    }
                }
            }
            if (at < count) {
                throw step.bad("lacks agents in \"" + name + "\"");
            }
        }

        @Override
        public void grow(GridDilemma world) {
            int waste = 0;
            int river = 0;
            List<String> rows = ground(step, "map_before_spawn");
            for (int row = 0; row < env.rows(); row++) {
                for (int column = 0; column < env.columns(); column++) {
                    char ours = env.letter(row, column);
                    comparison.state(ours, rows.get(row).charAt(column));
                    waste += ours == 'H' ? 1 : 0;
                    river += ours == 'H' || ours == 'R' ? 1 : 0;
                }
            }
            if (step.values().get("apple_prob") != null) {
                comparison.state(Cleanup.appleProbability(waste, river), step.number("apple_prob"));
            }
            if (step.values().get("waste_prob") != null) {
                comparison.state(Cleanup.wasteProbability(waste, river), step.number("waste_prob"));
            }
            for (Object item : step.list("spawn")) {
                Event event = event(step, "spawn", item);
                put(step, event.row, event.column, event.letter);
            }
        }
    }

    /// Our channels as the reference's colours, and these as their numbers in the trace.
    private final class Palette {

        /// Colours of agents by the last digit of their names, the reference's `DEFAULT_COLOURS`.
        private static final int[][] AGENTS = {
            {0, 0, 255},
            {2, 81, 154},
            {204, 0, 204},
            {216, 30, 54},
            {254, 151, 0},
            {100, 255, 255},
            {99, 99, 255},
            {250, 204, 255},
            {238, 223, 16}
        };

        private static final Map<String, int[]> GROUND =
                Map.of(
                        "wall", new int[] {180, 180, 180},
                        "apple", new int[] {0, 255, 0},
                        "waste", new int[] {99, 156, 194},
                        "water", new int[] {113, 75, 24});

        private final int cells;
        private final List<String> channels;
        private final int[] ofChannel;
        private final int[] ofAgent = new int[AGENTS.length];
        private final int ofNothing;

        Palette(TraceRecord reset) {
            var view = env.spec().groups().getFirst().observation().own().getFirst();
            cells = view.rows() * view.columns();
            channels = view.channels();
            List<?> colours = reset.list("palette");
            ofChannel =
                    channels.stream().mapToInt(name -> number(colours, GROUND.get(name))).toArray();
            for (int k = 0; k < AGENTS.length; k++) {
                ofAgent[k] = number(colours, AGENTS[k]);
            }
            ofNothing = number(colours, new int[3]);
        }

        /// Place of a colour in the trace's palette; −1 where it is not in it.
        private static int number(List<?> colours, int[] colour) {
            for (int k = 0; k < colours.size() && colour != null; k++) {
                if (colours.get(k) instanceof List<?> rgb
                        && rgb.size() == 3
                        && Objects.equals(rgb.get(0), colour[0])
                        && Objects.equals(rgb.get(1), colour[1])
                        && Objects.equals(rgb.get(2), colour[2])) {
                    return k;
                }
            }
            return -1;
        }

        /// What a cell of our picture is in the trace's; agents hide the ground.
        int index(double[] picture, int cell) {
            int index = ofNothing;
            for (int channel = 0; channel < channels.size(); channel++) {
                int value = (int) picture[channel * cells + cell];
                if (value > 0) {
                    boolean agent = channels.get(channel).equals("agents");
                    index = agent ? ofAgent[(value - 1) % 10 % 9] : ofChannel[channel];
                }
            }
            return index;
        }
    }
}
