package marlab.sim.world.grid;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Family;
import marlab.sim.env.Metric;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.PaintableWorld;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.map.GridGenerator;
import marlab.sim.map.GridMap;
import marlab.sim.map.GridPresets;
import marlab.sim.map.GridScenario;
import marlab.sim.planning.PlannerPolicy;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.snapshot.Frame;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// Pathfinding: every agent has a goal on a grid and sees only what is near. Rules, observations,
/// rewards and metrics are those of POGEMA 2.0.0a (Skrynnik et al. 2025;
/// Cognitive-AI-Systems/pogema @ 2ed519e), but for the picture of agents, in which upstream's
/// `soft` rule forgets some (see {@link GridMoves}).
public final class Pogema implements PaintableWorld {

    static final int GOAL = 0;
    static final int TIME = 1;
    static final int BLOCKED = 2;
    static final int TERM_COUNT = 3;

    /// Up to this many agents a central critic sees where all are and where they want to go.
    static final int FEW = 32;

    /// Most numbers that all agents of a copy may see in a step: 64 MB.
    private static final long MOST_NUMBERS = 1 << 24;

    private static final List<RewardTerm> TERMS =
            List.of(
                    new RewardTerm(
                            "goal",
                            "Reach the goal",
                            "goals",
                            false,
                            1,
                            -2,
                            2,
                            "1 on reaching the goal; when agents stay on goals, 1 for all when all are"
                                    + " there at once."),
                    new RewardTerm(
                            "time",
                            "Hurry",
                            "steps",
                            false,
                            0,
                            -1,
                            1,
                            "Minus 1 in every step after which the agent isn't on its goal."),
                    new RewardTerm(
                            "blocked",
                            "Avoid blocked moves",
                            "moves",
                            false,
                            0,
                            -1,
                            1,
                            "Minus 1 for a move into an obstacle or that another agent prevents."));

    private static final Metric R =
            new Metric(
                    "R",
                    "Return",
                    "reward",
                    Metric.Over.SUM,
                    "Reward with the default weights, mean over the agents, summed over the steps.");
    private static final Metric THROUGHPUT =
            new Metric(
                    "avg_throughput",
                    "Throughput",
                    "goals/step",
                    Metric.Over.LAST,
                    "Goals that all agents have reached so far, divided by the steps of an episode.");
    private static final Metric ISR =
            new Metric(
                    "ISR",
                    "Individual success",
                    "of agents",
                    Metric.Over.LAST,
                    "Fraction of the agents that have finished, or stand on their goals at the end.");
    private static final Metric CSR =
            new Metric(
                    "CSR",
                    "Common success",
                    "of episodes",
                    Metric.Over.LAST,
                    "1 where all agents have finished, or stand on their goals at the end.");
    private static final Metric EP_LENGTH =
            new Metric(
                    "ep_length",
                    "Length",
                    "steps",
                    Metric.Over.LAST,
                    "Steps until an agent finishes, mean over the agents; the whole episode for one"
                            + " that doesn't and where agents stay on goals.");
    private static final Metric SOC =
            new Metric(
                    "SoC",
                    "Sum of costs",
                    "steps",
                    Metric.Over.LAST,
                    "Steps until an agent comes to stay on its goal, summed over the agents; leaving it"
                            + " in the very last step counts for nothing.");
    private static final Metric MAKESPAN =
            new Metric(
                    "makespan",
                    "Makespan",
                    "steps",
                    Metric.Over.LAST,
                    "Steps until the last agent comes to stay on its goal.");
    private static final Metric BLOCKED_MOVES =
            new Metric(
                    "blocked_moves",
                    "Blocked moves",
                    "moves",
                    Metric.Over.SUM,
                    "Moves that were wanted and not made, of all agents.");

    private static final Map<String, List<Metric>> METRICS =
            Map.of(
                    "restart", List.of(R, THROUGHPUT, BLOCKED_MOVES),
                    "finish", List.of(R, ISR, CSR, EP_LENGTH, BLOCKED_MOVES),
                    "nothing", List.of(R, ISR, CSR, EP_LENGTH, SOC, MAKESPAN, BLOCKED_MOVES));

    private static final List<Push> PUSHES =
            List.of(
                    new Push("stay", 0, 0),
                    new Push("up", 0, 1),
                    new Push("down", 0, -1),
                    new Push("left", -1, 0),
                    new Push("right", 1, 0));

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    new OptionSpec.Choice(
                            "generator",
                            "Map",
                            "random",
                            List.of(
                                    "random",
                                    "maze",
                                    "house",
                                    "warehouse",
                                    "corridor",
                                    "rooms",
                                    "roundabout",
                                    "map"),
                            "The first three draw another map for every episode; map is the one of your"
                                    + " own."),
                    new OptionSpec.Text(
                            "map",
                            "Own map",
                            "",
                            OptionSpec.Text.Editor.MAP,
                            text -> text.isBlank() ? "" : GridMap.of(text).text(),
                            "Takes the generator's place: . free, # obstacle, a to z agents, A to Z"
                                    + " their goals, @ only starts, $ only goals, ! neither; or a"
                                    + " MovingAI .map."),
                    new OptionSpec.Text(
                            "scen",
                            "Scenario",
                            "",
                            OptionSpec.Text.Editor.LINE,
                            Pogema::checkScenario,
                            "A MovingAI .scen for the own map: its first lines are the agents."),
                    new OptionSpec.Whole(
                            "height", "Height", 16, 2, 512, "Rows of a map that is drawn."),
                    new OptionSpec.Whole(
                            "width", "Width", 16, 2, 512, "Columns of a map that is drawn."),
                    new OptionSpec.Real(
                            "density",
                            "Density",
                            0.2,
                            0,
                            0.9,
                            "of cells",
                            "Obstacles of random maps, mazes and houses; fewer where agents find no"
                                    + " room."),
                    new OptionSpec.Whole("agents", "Agents", 8, 1, 10_000, "Number of agents."),
                    new OptionSpec.Choice(
                            "collision",
                            "Collisions",
                            "soft",
                            List.of("soft", "block_both", "priority"),
                            "soft: all at once, following allowed; block_both: nobody gets a cell that"
                                    + " two want; priority: one after another."),
                    new OptionSpec.Choice(
                            "on_target",
                            "On the goal",
                            "restart",
                            List.of("restart", "finish", "nothing"),
                            "restart: a new goal; finish: the agent leaves; nothing: it stays, all must"
                                    + " be there at once."),
                    new OptionSpec.Choice(
                            "placement",
                            "Placement",
                            "main",
                            List.of("main", "reference"),
                            "main: agents only in the largest connected part of the map; reference: as"
                                    + " in POGEMA, boxed-in agents included."),
                    OptionSpec.onOff(
                            "same_goal",
                            "Goal where one stands",
                            false,
                            "on: a new goal may be the very cell where the agent stands, as in POGEMA."),
                    new OptionSpec.Whole(
                            "radius", "Sight", 5, 1, 15, "Cells that an agent sees to each side."),
                    new OptionSpec.Choice(
                            "observation",
                            "Observation",
                            "local",
                            List.of("local", "pomapf", "mapf"),
                            "pomapf adds where agent and goal are, seen from its start; mapf also the"
                                    + " whole map and where they are on it."),
                    new OptionSpec.Whole(
                            "horizon",
                            "Steps per episode",
                            128,
                            1,
                            100_000,
                            "Steps after which the episode is cut."));

    @Override
    public String name() {
        return "pogema";
    }

    @Override
    public String title() {
        return "Pathfinding (POGEMA)";
    }

    @Override
    public String summary() {
        return "Every agent has a goal on a grid full of obstacles and sees only a few cells around"
                + " itself. They must get there without standing in each other's way.";
    }

    @Override
    public Family family() {
        return Family.PATHFINDING;
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Jams begin where two streams meet in a narrow place: watch who gives way.",
                "An agent that only follows its own shortest path blocks others; with more agents"
                        + " the throughput of everyone falls.",
                "With placement \"reference\" agents that are boxed in a pocket of a few cells reach a"
                        + " goal almost every other step and inflate the throughput; \"main\" puts"
                        + " all agents into the largest connected part.");
    }

    @Override
    public String source() {
        return "Skrynnik et al. 2025; rules of POGEMA 2.0.0a (Cognitive-AI-Systems/pogema @ 2ed519e)";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put(
                "one-shot maze",
                Map.of(
                        "generator",
                        "maze",
                        "density",
                        "0.3",
                        "height",
                        "21",
                        "width",
                        "21",
                        "on_target",
                        "nothing"));
        all.put("roundabout", Map.of("generator", "roundabout", "agents", "12"));
        all.put(
                "warehouse",
                Map.of(
                        "generator",
                        "warehouse",
                        "height",
                        "33",
                        "width",
                        "46",
                        "agents",
                        "128",
                        "horizon",
                        "256"));
        all.put(
                "4,000 agents",
                Map.of("height", "256", "width", "256", "agents", "4000", "horizon", "256"));
        return all;
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new PogemaEnv(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new PogemaPicture(options);
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = PlannerPolicy.scripts();
        policies.put("random", new RandomPolicy());
        return policies;
    }

    /// The map that is the same in every episode; null where maps are drawn.
    static GridMap map(EnvOptions options) {
        if (!options.text("map").isEmpty()) {
            return GridMap.of(options.text("map"));
        }
        return switch (options.word("generator")) {
            case "warehouse" ->
                    GridPresets.warehouse(options.whole("height"), options.whole("width"));
            case "corridor", "rooms", "roundabout" ->
                    GridPresets.valueOf(options.word("generator").toUpperCase(Locale.ROOT)).map();
            default -> null;
        };
    }

    /// What draws maps where {@link #map} is null.
    static GridGenerator generator(EnvOptions options) {
        return GridGenerator.valueOf(options.word("generator").toUpperCase(Locale.ROOT));
    }

    /// Starts and goals that scenario or map give; null where they are drawn.
    static GridScenario given(EnvOptions options, GridMap map) {
        int agents = options.whole("agents");
        if (!options.text("scen").isEmpty()) {
            return GridScenario.of(options.text("scen"), map, agents);
        }
        if (map.starts().length == 0) {
            return null;
        }
        int[] all = IntStream.range(0, agents).toArray();
        return new GridScenario(
                IntStream.of(all).map(i -> map.starts()[i]).toArray(),
                IntStream.of(all).map(i -> map.goals()[i]).toArray());
    }

    private static String checkScenario(String text) {
        if (text.isBlank()) {
            return "";
        }
        GridScenario.agents(text);
        return text;
    }

    @Override
    public void check(EnvOptions options) {
        int agents = options.whole("agents");
        GridMap map = map(options);
        if (map == null && options.word("generator").equals("map")) {
            throw new IllegalArgumentException(
                    "world option generator is \"map\" but option map is empty; give a map, for"
                            + " instance map=@my.map");
        }
        if (options.text("map").isEmpty() && !options.text("scen").isEmpty()) {
            throw new IllegalArgumentException(
                    "world option scen needs the map that it belongs to; set option map");
        }
        int rows = map == null ? options.whole("height") : map.rows();
        int columns = map == null ? options.whole("width") : map.columns();
        if (map == null) {
            room(agents, rows * columns / 2, rows + " × " + columns + " cells");
        } else {
            checkMap(options, map, agents);
        }
        long numbers = (long) agents * observation(options, rows, columns, false).size();
        if (numbers > MOST_NUMBERS) {
            throw new IllegalArgumentException(
                    "world options agents "
                            + agents
                            + ", radius "
                            + options.whole("radius")
                            + " and observation "
                            + options.word("observation")
                            + " make "
                            + numbers
                            + " numbers a step, more than "
                            + MOST_NUMBERS
                            + "; take fewer agents or let them see less");
        }
    }

    private static void checkMap(EnvOptions options, GridMap map, int agents) {
        if (!options.text("scen").isEmpty()) {
            try {
                GridScenario.of(options.text("scen"), map, agents);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("world option scen, " + e.getMessage(), e);
            }
        } else if (map.starts().length == 0) {
            room(agents, map.capacity(options.word("placement").equals("main")), "this map");
        } else if (agents > map.starts().length) {
            throw new IllegalArgumentException(
                    "world option agents is "
                            + agents
                            + " but the map names "
                            + map.starts().length
                            + "; set agents to at most that, or write more letters into the map");
        }
    }

    private static void room(int agents, int room, String where) {
        if (agents > room) {
            throw new IllegalArgumentException(
                    "world option agents is "
                            + agents
                            + " but on "
                            + where
                            + " there is room for starts and goals of "
                            + room
                            + "; take fewer agents or a larger map");
        }
    }

    static EnvSpec spec(EnvOptions options, int rows, int columns, int stateSize) {
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < options.whole("agents"); i++) {
            agents.add(new AgentId(i, "agent_" + i));
        }
        AgentGroup group =
                new AgentGroup(
                        "agents",
                        agents,
                        observation(options, rows, columns, false),
                        observation(options, rows, columns, agents.size() <= FEW),
                        new ActionSpace.Discrete(PUSHES));
        List<Metric> metrics = METRICS.get(options.word("on_target"));
        return new EnvSpec(
                "pogema",
                List.of(group),
                TERMS,
                metrics,
                dialects(metrics),
                options.whole("horizon"),
                stateSize);
    }

    /// The return, and every figure that POGEMA reports.
    private static List<ReturnDialect> dialects(List<Metric> metrics) {
        List<ReturnDialect> all = new ArrayList<>();
        all.add(new ReturnDialect("mean", "Mean over agents", "R", e -> e.metrics()[0]));
        all.add(
                new ReturnDialect(
                        "sum", "Summed over agents", "n·R", e -> e.agents() * e.metrics()[0]));
        for (int m = 1; m < metrics.size() - 1; m++) {
            int which = m;
            Metric metric = metrics.get(m);
            all.add(
                    new ReturnDialect(
                            "pogema_" + metric.name(),
                            "POGEMA, " + metric.name(),
                            metric.name(),
                            e -> e.metrics()[which]));
        }
        return all;
    }

    private static ObservationSpace observation(
            EnvOptions options, int rows, int columns, boolean everyone) {
        int radius = options.whole("radius");
        int side = 2 * radius + 1;
        List<Field> own = new ArrayList<>();
        List<String> layers = List.of("obstacles", "agents", "goal");
        own.add(Field.grid("sight", layers, side, side, 1, 0));
        int at = 3 * side * side;
        String mode = options.word("observation");
        if (!mode.equals("local")) {
            own.add(steps("row", at++));
            own.add(steps("column", at++));
            own.add(steps("goal row", at++));
            own.add(steps("goal column", at++));
        }
        if (mode.equals("mapf")) {
            own.add(steps("map row", at++));
            own.add(steps("map column", at++));
            own.add(steps("map goal row", at++));
            own.add(steps("map goal column", at++));
            int height = rows + 2 * radius;
            int width = columns + 2 * radius;
            own.add(Field.grid("map", List.of("map obstacles"), height, width, 1, at));
            at += height * width;
        }
        if (!everyone) {
            return new ObservationSpace(own, List.of(), at);
        }
        own.add(Field.own("cell", FieldKind.POSITION, "cells", -10, 10, 2, at));
        own.add(Field.own("goal", FieldKind.RELATIVE_POSITION, "cells", -10, 10, 2, at + 2));
        at += 4;
        int others = options.whole("agents") - 1;
        List<Field> fields =
                List.of(
                        other("position", FieldKind.RELATIVE_POSITION, 2, at),
                        other("goal", FieldKind.VECTOR, 2, at + 2),
                        other("active", FieldKind.SCALAR, 1, at + 4));
        return new ObservationSpace(
                own, List.of(new EntitySet("others", others, fields)), at + 5 * others);
    }

    private static Field steps(String name, int at) {
        return Field.own(name, FieldKind.SCALAR, "cells", -10, 10, 1, at);
    }

    private static Field other(String name, FieldKind kind, int size, int at) {
        return new Field(name, kind, "cells", -10, 10, size, at, 5);
    }

    @Override
    public List<Tile> tiles(EnvOptions options) {
        return List.of(
                new Tile('.', "floor", Ink.Role.FLOOR),
                new Tile('#', "wall", Ink.Role.WALL),
                new Tile('@', "start", Ink.Role.ACCENT),
                new Tile('$', "goal", Ink.Role.GOAL));
    }

    @Override
    public Map<String, String> settings(String map) {
        return Map.of("generator", "map", "map", map);
    }

    @Override
    public String mapText(EnvOptions options, Frame frame) {
        GridMap map = map(options);
        return map != null ? map.text() : new PogemaPicture(options).mapText(frame);
    }
}
