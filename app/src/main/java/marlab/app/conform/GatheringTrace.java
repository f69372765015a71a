package marlab.app.conform;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.reward.RewardWeights;
import marlab.sim.space.Field;
import marlab.sim.world.dilemma.TagMap;
import marlab.sim.world.dilemma.TagOut;

/// A trace of vicgalle/llm-policies-social-dilemmas: Gathering, Commons or Cleanup. Random draws
/// come from the trace's tape; a draw too many, too few or of another kind is a difference of the
/// state.
final class GatheringTrace implements TracePlayer {

    private static final String SOURCE = "vicgalle/llm-policies-social-dilemmas";

    /// Colours of the channels of a view, in the world's order, as 0xRRGGBB.
    private static final Map<String, Integer> COLOURS =
            Map.of(
                    "others", 0xDC3232,
                    "others out", 0x646464,
                    "beam", 0xFFFF3C,
                    "walls", 0x7F7F7F,
                    "apples", 0x00C800,
                    "spray", 0x64FFFF,
                    "waste", 0x8B5A2B,
                    "river", 0x64B4FF,
                    "stream", 0x00B4C8);

    private static final int GROUND = 0x000000;
    private static final int STREAM = 0x00B4C8;
    private static final int SELF = 0x3264FF;

    /// Whole numbers among a trace's parameters, and our options.
    private static final Map<String, String> WHOLE =
            Map.of(
                    "max_steps", "horizon",
                    "obs_ahead", "view_ahead",
                    "obs_side", "view_side",
                    "beam_length", "beam_length",
                    "beam_width", "beam_width",
                    "hits_to_tag", "hits_to_tag",
                    "timeout_steps", "timeout",
                    "apple_respawn_time", "respawn_time");

    private static final Map<String, String> REAL =
            Map.of(
                    "fire_cost", "fire_cost",
                    "fire_penalty", "fire_penalty",
                    "clean_cost", "clean_cost",
                    "threshold_depletion", "depletion",
                    "threshold_restoration", "restoration",
                    "waste_spawn_prob", "waste_rate",
                    "apple_respawn_prob", "apple_rate");

    private static final Map<String, String> RESPAWN =
            Map.of("fixed", "timer", "density", "neighbours", "cleanup", "river");

    private static final List<String> SOCIAL =
            List.of("efficiency", "equality", "sustainability", "peace");

    private TagOut env;
    private int agents;
    private boolean wet;
    private int rows;
    private int columns;
    private int[] apples;
    private int[] river;
    private int[] palette;
    private final Map<Integer, Integer> decor = new LinkedHashMap<>(); // cell → floor or stream
    private RewardWeights weights;
    private double[] rewards;
    private Actions actions;
    private Comparison comparison;
    private StepResult last;

    /// A player where the record is the reset of one of these traces.
    static TracePlayer begin(TraceRecord first) {
        return SOURCE.equals(first.values().get("source")) ? new GatheringTrace() : null;
    }

    @Override
    public Comparison comparison() {
        return comparison;
    }

    @Override
    public void take(TraceRecord record) {
        String kind = record.text("kind");
        if (env == null && !kind.equals("reset")) {
            throw record.bad("stands before the reset");
        }
        switch (kind) {
            case "reset" -> reset(record);
            case "step" -> step(record);
            case "metrics" -> metrics(record);
            default -> throw record.bad("is of the unknown kind \"" + kind + "\"");
        }
    }

    // ---- the start ----

    private void reset(TraceRecord reset) {
        WorldProvider provider = Worlds.named("gathering");
        EnvOptions options;
        try {
            options = provider.configure(options(reset));
        } catch (IllegalArgumentException e) {
            throw reset.bad("does not fit the world (" + e.getMessage() + ")");
        }
        env = (TagOut) provider.create(options);
        agents = env.spec().agentCount();
        wet = options.word("respawn").equals("river");
        TagMap map = env.rules().map();
        if (comparison == null) {
            comparison = new Comparison(provider.name(), options.asText());
        }
        if (!Arrays.equals(apples, map.apples()) || !Arrays.equals(river, map.river())) {
            throw reset.bad("lists a cell twice or not row by row");
        }
        palette = new int[reset.list("palette").size()];
        double[][] colours = reset.rows("palette", palette.length);
        for (int k = 0; k < palette.length; k++) {
            if (colours[k].length != 3) {
                throw reset.bad("has a colour that is not three numbers");
            }
            palette[k] = (int) colours[k][0] << 16 | (int) colours[k][1] << 8 | (int) colours[k][2];
        }
        weights = RewardWeights.defaults(env.spec().terms());
        rewards = new double[agents];
        actions = new Actions(env.spec());
        decor.clear();
        last = null;
        env.reset(0); // for everything that the trace does not say; draws come from tapes
        State start = State.of(reset, this);
        start.into(env);
        comparison.episode();
    }

    private Map<String, String> options(TraceRecord reset) {
        Map<String, String> options = new LinkedHashMap<>();
        TraceRecord params = reset.record("params");
        options.put("agents", Integer.toString(reset.whole("n_agents")));
        WHOLE.forEach((theirs, ours) -> {
            if (params.names().contains(theirs)) {
                options.put(ours, Integer.toString(params.whole(theirs)));
            }
        });
        REAL.forEach((theirs, ours) -> {
            if (params.names().contains(theirs)) {
                options.put(ours, Double.toString(params.number(theirs)));
            }
        });
        for (Object name : params.names()) {
            if (!name.equals("respawn_mode")
                    && !WHOLE.containsKey(name)
                    && !REAL.containsKey(name)) {
                throw reset.bad("was made with option " + name + ", which is not played here");
            }
        }
        String mode = params.text("respawn_mode");
        if (!RESPAWN.containsKey(mode)) {
            throw reset.bad("has the unknown respawn mode \"" + mode + "\"");
        }
        options.put("respawn", RESPAWN.get(mode));
        options.put("map", mapText(reset));
        return options;
    }

    /// Walls, apples and river as one text. Where streams run, the trace does not say.
    private String mapText(TraceRecord reset) {
        List<String> walls = reset.texts("walls");
        rows = walls.size();
        columns = rows == 0 ? 0 : walls.getFirst().length();
        StringBuilder text = new StringBuilder();
        for (String line : walls) {
            if (line.length() != columns || !line.matches("[#.]+")) {
                throw reset.bad("has no map of # and . with rows of one length in \"walls\"");
            }
            text.append(line.replace('.', ' ')).append('\n');
        }
        apples = mark(reset, "apple_cells", 'A', text);
        river =
                reset.names().contains("river_cells")
                        ? mark(reset, "river_cells", 'R', text)
                        : new int[0];
        return text.toString();
    }

    private int[] mark(TraceRecord reset, String name, char letter, StringBuilder text) {
        int[] cells = new int[reset.list(name).size()];
        double[][] places = reset.rows(name, cells.length);
        for (int k = 0; k < cells.length; k++) {
            cells[k] = cell(reset, name, places[k]);
            text.setCharAt(cells[k] / columns * (columns + 1) + cells[k] % columns, letter);
        }
        return cells;
    }

    /// The number of a cell given as row and column.
    private int cell(TraceRecord record, String name, double[] place) {
        boolean inside =
                place.length == 2
                        && place[0] == (int) place[0]
                        && place[1] == (int) place[1]
                        && place[0] >= 0
                        && place[0] < rows
                        && place[1] >= 0
                        && place[1] < columns;
        if (!inside) {
            throw record.bad("has a cell that is not on the map in \"" + name + "\"");
        }
        return (int) place[0] * columns + (int) place[1];
    }

    /// A state as a trace writes it, checked for its shape.
    private record State(
            int[] cells,
            double[][] orient,
            double[][] timeout,
            double[][] hits,
            String apples,
            double[][] timer,
            boolean[] waste) {

        static State of(TraceRecord record, GatheringTrace player) {
            TraceRecord state = record.record("state");
            int n = player.agents;
            int[] cells = new int[n];
            double[][] places = state.rows("pos", n);
            for (int i = 0; i < n; i++) {
                cells[i] = player.cell(state, "pos", places[i]);
            }
            String apples = state.text("apples");
            int count = player.apples.length;
            if (apples.length() != count || !apples.matches("[01]*")) {
                throw state.bad("has no 0 or 1 for each of " + count + " cells in \"apples\"");
            }
            return new State(
                    cells,
                    player.singles(state, "orient", n, 3),
                    player.singles(state, "timeout", n, Integer.MAX_VALUE),
                    player.singles(state, "hits", n, Integer.MAX_VALUE),
                    apples,
                    state.names().contains("timer")
                            ? player.singles(state, "timer", count, Integer.MAX_VALUE)
                            : null,
                    player.waste(state));
        }

        void into(TagOut env) {
            int columns = env.rules().map().columns();
            for (int i = 0; i < cells.length; i++) {
                env.place(
                        i,
                        cells[i] / columns,
                        cells[i] % columns,
                        (int) orient[i][0],
                        (int) timeout[i][0],
                        (int) hits[i][0]);
            }
            for (int k = 0; k < apples.length(); k++) {
                int time = timer == null ? 0 : (int) timer[k][0];
                env.apple(k, apples.charAt(k) == '1', time);
            }
            for (int k = 0; k < waste.length; k++) {
                env.waste(k, waste[k]);
            }
            env.begin();
        }
    }

    /// One whole number from 0 on for each of `count` things.
    private double[][] singles(TraceRecord state, String name, int count, int highest) {
        double[][] numbers = state.rows(name, count);
        for (double[] each : numbers) {
            if (each.length != 1 || each[0] != (int) each[0] || each[0] < 0 || each[0] > highest) {
                throw state.bad(
                        "has no whole number from 0 to " + highest + " in \"" + name + "\"");
            }
        }
        return numbers;
    }

    private boolean[] waste(TraceRecord state) {
        boolean[] waste = new boolean[river.length];
        if (river.length == 0) {
            return waste;
        }
        List<String> lines = state.texts("waste");
        if (lines.size() != rows || lines.stream().anyMatch(l -> l.length() != columns)) {
            throw state.bad("has no map of the same size in \"waste\"");
        }
        for (int k = 0; k < river.length; k++) {
            waste[k] = lines.get(river[k] / columns).charAt(river[k] % columns) == '#';
        }
        return waste;
    }

    // ---- a step ----

    /// Draws that a step of the trace recorded.
    private final class Tape implements TagOut.Chance {

        private final TraceRecord step;
        private final List<?> draws;
        private int next;

        Tape(TraceRecord step) {
            this.step = step;
            draws = step.names().contains("tape") ? step.list("tape") : List.of();
        }

        @Override
        public double uniform() {
            if (next < draws.size() && draws.get(next) instanceof Number number) {
                next++;
                return number.doubleValue();
            }
            differs();
            return 1;
        }

        @Override
        public int index(int count) {
            if (next < draws.size()
                    && draws.get(next) instanceof List<?> draw
                    && draw.size() == 3
                    && draw.get(1) instanceof Number of
                    && draw.get(2) instanceof Number drawn) {
                next++;
                if (drawn.intValue() < 0 || drawn.intValue() >= of.intValue()) {
                    throw step.bad("draws a number beyond its range in \"tape\"");
                }
                comparison.state(count, of.intValue());
                return Math.min(drawn.intValue(), count - 1);
            }
            differs();
            return 0;
        }

        private void differs() {
            comparison.state(1, 0);
            comparison.note("The world drew more or other chances than the trace has recorded.");
        }

        void end() {
            comparison.state(next, draws.size());
        }
    }

    private void step(TraceRecord step) {
        double[][] chosen = step.rows("actions", agents);
        int choices = env.spec().groupOf(0).action().size();
        for (int i = 0; i < agents; i++) {
            if (chosen[i].length != 1
                    || chosen[i][0] != (int) chosen[i][0]
                    || chosen[i][0] < 0
                    || chosen[i][0] >= choices) {
                throw step.bad("lets agent " + i + " do what is none of " + choices + " choices");
            }
            actions.choose(i, (int) chosen[i][0]);
        }
        Tape tape = new Tape(step);
        env.draws(tape);
        last = env.step(actions);
        tape.end();
        comparison.step();
        weights.combine(last.terms, 0, agents, rewards, 0);
        double[][] expected = step.rows("rewards", agents);
        for (int i = 0; i < agents; i++) {
            if (expected[i].length != 1) {
                throw step.bad("has no number for agent " + i + " in \"rewards\"");
            }
            comparison.reward(rewards[i], expected[i][0]);
        }
        compare(State.of(step, this));
        lights(step, "beam", true);
        if (wet) {
            lights(step, "clean_beam", false);
            comparison.state(env.density(), step.number("waste_density"));
            comparison.state(env.growth(), step.number("apple_prob"));
        }
        views(step);
    }

    private void compare(State theirs) {
        for (int i = 0; i < agents; i++) {
            comparison.state(env.row(i), theirs.cells[i] / columns);
            comparison.state(env.column(i), theirs.cells[i] % columns);
            comparison.state(env.facing(i), theirs.orient[i][0]);
            comparison.state(env.timeout(i), theirs.timeout[i][0]);
            comparison.state(env.hits(i), theirs.hits[i][0]);
        }
        for (int k = 0; k < apples.length; k++) {
            comparison.state(env.apple(k) ? 1 : 0, theirs.apples.charAt(k) - '0');
            if (theirs.timer != null) {
                comparison.state(env.timer(k), theirs.timer[k][0]);
            }
        }
        for (int k = 0; k < river.length; k++) {
            comparison.state(env.waste(k) ? 1 : 0, theirs.waste[k] ? 1 : 0);
        }
    }

    /// Compares which cells are lit; where a beam crosses a spray, both lists name the cell.
    private void lights(TraceRecord step, String name, boolean beam) {
        boolean[] theirs = new boolean[rows * columns];
        for (double[] place : step.rows(name, step.list(name).size())) {
            theirs[cell(step, name, place)] = true;
        }
        for (int cell = 0; cell < theirs.length; cell++) {
            boolean crossed = !beam && env.lit(cell, true);
            if (!crossed) {
                comparison.state(env.lit(cell, beam) ? 1 : 0, theirs[cell] ? 1 : 0);
            }
        }
    }

    // ---- views ----

    private void views(TraceRecord step) {
        List<String> views = step.texts("views");
        if (views.size() != agents) {
            throw step.bad("has " + views.size() + " views for " + agents + " agents");
        }
        var space = env.spec().groupOf(0).observation();
        Field view = space.own().getLast();
        double[] seen = new double[space.size()];
        for (int i = 0; i < agents; i++) {
            String theirs = views.get(i);
            if (theirs.length() != view.rows() * view.columns()) {
                throw step.bad("has a view of another size than " + view.rows() + " rows");
            }
            env.observe(i, seen, 0);
            for (int at = 0; at < theirs.length(); at++) {
                int index = Character.digit(theirs.charAt(at), 36);
                if (index < 0 || index >= palette.length) {
                    throw step.bad("has a colour in \"views\" that is not in the palette");
                }
                int ours = colour(view, seen, at);
                if (ours == GROUND) {
                    ours = ground(i, view, at, palette[index]);
                }
                comparison.observation(ours == palette[index] ? 0 : 1, 0);
            }
        }
    }

    private static int colour(Field view, double[] seen, int at) {
        int layer = view.rows() * view.columns();
        for (int channel = 0; channel < view.channels().size(); channel++) {
            if (seen[view.offset() + channel * layer + at] != 0) {
                return COLOURS.get(view.channels().get(channel));
            }
        }
        boolean own =
                at / view.columns() == view.rows() - 1
                        && at % view.columns() * 2 + 1 == view.columns();
        return own ? SELF : GROUND;
    }

    /// Where the trace first shows a stream on bare ground, there runs one from then on.
    private int ground(int agent, Field view, int at, int theirs) {
        if (!wet) {
            return GROUND;
        }
        int ahead = view.rows() - 1 - at / view.columns();
        int aside = at % view.columns() - view.columns() / 2;
        int[] down = {-1, 0, 1, 0};
        int[] right = {0, 1, 0, -1};
        int way = env.facing(agent);
        int side = way + 1 & 3;
        int row = env.row(agent) + ahead * down[way] + aside * down[side];
        int column = env.column(agent) + ahead * right[way] + aside * right[side];
        int cell = row * columns + column;
        if (env.rules().map().ground()[cell] != ' ') {
            return GROUND;
        }
        if (theirs == STREAM) {
            comparison.note(
                    "Streams are decor that the trace does not list: they are taken from the first"
                            + " view that shows them.");
        }
        return decor.computeIfAbsent(cell, _ -> theirs == STREAM ? STREAM : GROUND);
    }

    // ---- the end ----

    private void metrics(TraceRecord metrics) {
        if (last == null) {
            throw metrics.bad("stands before the first step");
        }
        for (int k = 0; k < SOCIAL.size(); k++) {
            comparison.state(last.metrics[1 + k], metrics.number(SOCIAL.get(k)));
        }
    }
}
