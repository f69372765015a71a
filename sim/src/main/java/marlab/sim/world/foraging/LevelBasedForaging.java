package marlab.sim.world.foraging;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.sim.draw.AgentGlyph;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.Actions;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Family;
import marlab.sim.env.Metric;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.SinglePrecisionEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// Level-Based Foraging: players with levels lift food with levels; a food goes when the levels of
/// those who load it at the same step reach its own (Albrecht and Ramamoorthy 2013; Christianos et
/// al. 2020). Rules of semitable/lb-foraging @ 79f383b, `foraging-v3`. Cells are (row, column), row
/// 0 on top.
///
/// State: players' rows, columns, levels, "is loading"; foods' rows, columns, levels, "is left", in
/// row-major order; sum of the levels of all foods at the start.
public final class LevelBasedForaging implements WorldProvider {

    static final int NONE = 0;
    static final int LOAD = 5;

    /// Tries, per episode, to find a place for a food (the reference's number).
    private static final int TRIES = 1000;

    private static final int WALL = -1;

    private static final int FOOD = 0;
    private static final int FAILED = 1;
    private static final int NEAR = 2;
    private static final int MOVES = 3;
    private static final int TERM_COUNT = 4;

    private static final List<Metric> METRICS =
            List.of(
                    new Metric(
                            "R",
                            "Return per player",
                            "reward",
                            Metric.Over.SUM,
                            "Mean over players of the reference's reward, summed over steps."),
                    new Metric(
                            "eaten",
                            "Eaten",
                            "of food levels",
                            Metric.Over.SUM,
                            "Levels of the food that was lifted, as a share of all at the start."),
                    new Metric(
                            "lifts",
                            "Food lifted",
                            "foods",
                            Metric.Over.SUM,
                            "Number of foods that were lifted."),
                    new Metric(
                            "failures",
                            "Failed loads",
                            "loads",
                            Metric.Over.SUM,
                            "How often a player loaded with too few others."),
                    new Metric(
                            "cleared",
                            "Cleared",
                            "of episodes",
                            Metric.Over.LAST,
                            "1 where no food is left at the end."));

    private static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect(
                            "lbf_per_agent", "LBF, mean per player", "R", e -> e.metrics()[0]),
                    new ReturnDialect(
                            "lbf_sum",
                            "EPyMARL: summed over players",
                            "n·R",
                            e -> e.agents() * e.metrics()[0]));

    private static final List<Push> PUSHES =
            List.of(
                    new Push("none", 0, 0),
                    new Push("north", 0, 1),
                    new Push("south", 0, -1),
                    new Push("west", -1, 0),
                    new Push("east", 1, 0),
                    Push.act("load", ' '));

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    new OptionSpec.Whole("rows", "Rows", 10, 3, 64, "Rows of the field."),
                    new OptionSpec.Whole("columns", "Columns", 10, 3, 64, "Columns of the field."),
                    new OptionSpec.Whole("players", "Players", 3, 1, 60, "Number of players."),
                    new OptionSpec.Whole(
                            "foods",
                            "Foods",
                            3,
                            1,
                            60,
                            "Number of foods; in a crowded field not all may find a place."),
                    new OptionSpec.Whole(
                            "sight",
                            "Sight",
                            10,
                            1,
                            64,
                            "How many cells a player sees to each side; the reference's \"2s\" is 2."),
                    OptionSpec.onOff(
                            "force_coop",
                            "Force cooperation",
                            false,
                            "on: every food has the highest level that a food can have."),
                    new OptionSpec.Real(
                            "penalty",
                            "Penalty",
                            0,
                            0,
                            1,
                            "reward",
                            "Cost for everyone who loads with too few others."),
                    new OptionSpec.Whole(
                            "min_player_level",
                            "Lowest player level",
                            1,
                            1,
                            20,
                            "Levels of players are drawn uniformly from here …"),
                    new OptionSpec.Whole(
                            "max_player_level", "Highest player level", 2, 1, 20, "… to here."),
                    new OptionSpec.Whole(
                            "min_food_level",
                            "Lowest food level",
                            1,
                            1,
                            60,
                            "Levels of foods are drawn uniformly from here …"),
                    new OptionSpec.Whole(
                            "max_food_level",
                            "Highest food level",
                            0,
                            0,
                            60,
                            "… to here; 0 is the sum of the three lowest player levels."),
                    OptionSpec.onOff(
                            "normalize_reward",
                            "Normalised reward",
                            true,
                            "on: all food of an episode together is worth 1; off: food is worth its"
                                    + " level times the player's."),
                    new OptionSpec.Whole(
                            "horizon",
                            "Steps per episode",
                            50,
                            1,
                            10_000,
                            "Steps after which the episode is cut."),
                    new OptionSpec.Choice(
                            "observation",
                            "Observation",
                            "vector",
                            List.of("vector", "grid"),
                            "vector: places and levels as numbers; grid: three pictures."),
                    OptionSpec.onOff(
                            "observe_levels",
                            "Levels are seen",
                            true,
                            "off: the players' levels are hidden; food's are always seen."),
                    new OptionSpec.Choice(
                            "collisions",
                            "Collisions",
                            "strict",
                            List.of("strict", "upstream"),
                            "strict (ours): never two players in a cell; upstream: the reference's"
                                    + " bug, who follows a player that is blocked enters its cell."));

    @Override
    public String name() {
        return "lbf";
    }

    @Override
    public String title() {
        return "Level-Based Foraging";
    }

    @Override
    public String summary() {
        return "Food that takes several to lift: it goes only when the levels of the players that"
                + " load it together reach its own.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Compare a food's number with the levels of the players round it.",
                "A ring shows who is loading: look for those who load alone in vain.",
                "What a food is worth is shared by level, so the strong gain more from the same"
                        + " lift.",
                "With a penalty, learners often prefer to do nothing at all.");
    }

    @Override
    public Family family() {
        return Family.FORAGING;
    }

    @Override
    public String source() {
        return "Albrecht and Ramamoorthy 2013; Christianos et al. 2020; rules of"
                + " semitable/lb-foraging @ 79f383b, with collisions=upstream exactly";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put(
                "2s-8x8-2p-2f-coop",
                Map.of(
                        "rows",
                        "8",
                        "columns",
                        "8",
                        "players",
                        "2",
                        "foods",
                        "2",
                        "sight",
                        "2",
                        "force_coop",
                        "on"));
        all.put(
                "6x6-4p-2f, penalty",
                Map.of(
                        "rows", "6", "columns", "6", "players", "4", "foods", "2", "penalty",
                        "0.1"));
        all.put(
                "pictures",
                Map.of("observation", "grid", "sight", "3", "players", "4", "foods", "5"));
        all.put(
                "harvest, 24 players",
                Map.of(
                        "rows",
                        "24",
                        "columns",
                        "36",
                        "players",
                        "24",
                        "foods",
                        "40",
                        "sight",
                        "36",
                        "max_player_level",
                        "4",
                        "horizon",
                        "200"));
        return all;
    }

    @Override
    public void check(EnvOptions options) {
        int rows = options.whole("rows");
        int columns = options.whole("columns");
        int foods = options.whole("foods");
        int asked = options.whole("players") + foods;
        if (asked > rows * columns) {
            throw new IllegalArgumentException(
                    options.whole("players")
                            + (" players and " + foods + " foods do not fit into the ")
                            + rows * columns
                            + " cells of world options rows and columns; take fewer or a larger"
                            + " field");
        }
        int room = Math.max(1, (rows * columns - 4) / 5);
        if (foods > room) {
            throw new IllegalArgumentException(
                    "world option foods is "
                            + foods
                            + ", but foods keep apart and off the edge, so that at most "
                            + room
                            + " fit into "
                            + rows
                            + " × "
                            + columns
                            + " cells; take fewer or a larger field");
        }
        int longest = Math.max(rows, columns);
        if (options.word("observation").equals("grid") && options.whole("sight") > longest) {
            throw new IllegalArgumentException(
                    "world option sight is "
                            + options.whole("sight")
                            + ", but the field is only "
                            + longest
                            + " cells long; with observation=grid take at most that");
        }
        ordered(options, "min_player_level", "max_player_level");
        if (options.whole("max_food_level") > 0) {
            ordered(options, "min_food_level", "max_food_level");
        } else if (options.whole("min_food_level") > lowestThree(options)) {
            throw new IllegalArgumentException(
                    "world option min_food_level is "
                            + options.whole("min_food_level")
                            + ", above the sum of the three lowest player levels, which can be "
                            + lowestThree(options)
                            + "; lower it or set max_food_level");
        }
    }

    private static int lowestThree(EnvOptions options) {
        return Math.min(3, options.whole("players")) * options.whole("min_player_level");
    }

    private static void ordered(EnvOptions options, String low, String high) {
        if (options.whole(low) > options.whole(high)) {
            throw new IllegalArgumentException(
                    "world option "
                            + low
                            + " is "
                            + options.whole(low)
                            + ", above "
                            + high
                            + " = "
                            + options.whole(high)
                            + "; swap them");
        }
    }

    @Override
    public Env create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(options);
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("together", new ForagingScript(true));
        policies.put("greedy", new ForagingScript(false));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static List<RewardTerm> terms(EnvOptions options) {
        String unit = options.on("normalize_reward") ? "of all food" : "levels²";
        return List.of(
                new RewardTerm(
                        "food",
                        "Lift food",
                        unit,
                        false,
                        1,
                        -2,
                        2,
                        "The player's share of the food that it helped to lift."),
                new RewardTerm(
                        "failed",
                        "Avoid failed loads",
                        "loads",
                        false,
                        options.number("penalty"),
                        -1,
                        1,
                        "Minus 1 when the player loads with too few others."),
                new RewardTerm(
                        "near",
                        "Get near food",
                        "cells",
                        false,
                        0,
                        -1,
                        1,
                        "Minus the number of steps to the nearest food."),
                new RewardTerm(
                        "moves",
                        "Save moves",
                        "moves",
                        false,
                        0,
                        -1,
                        1,
                        "Minus 1 for every cell that the player moves."));
    }

    private static EnvSpec spec(EnvOptions options, int stateSize) {
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < options.whole("players"); i++) {
            agents.add(new AgentId(i, "player_" + i));
        }
        AgentGroup group =
                new AgentGroup(
                        "players",
                        agents,
                        observation(options, false),
                        observation(options, true),
                        new ActionSpace.Discrete(PUSHES));
        return new EnvSpec(
                "lbf",
                List.of(group),
                terms(options),
                METRICS,
                DIALECTS,
                options.whole("horizon"),
                stateSize);
    }

    /// True where a player's vector is the state already.
    private static boolean seesAll(EnvOptions options) {
        return options.word("observation").equals("vector")
                && options.on("observe_levels")
                && options.whole("sight")
                        >= Math.max(options.whole("rows"), options.whole("columns"));
    }

    /// The reference's vector or pictures; the central critic's also has every food and player, the
    /// observer first, in cells of the whole field, where it does not see them anyway.
    private static ObservationSpace observation(EnvOptions options, boolean central) {
        List<Field> own = new ArrayList<>();
        List<EntitySet> sets = new ArrayList<>();
        int foods = options.whole("foods");
        int players = options.whole("players");
        int size;
        if (options.word("observation").equals("grid")) {
            int side = 2 * options.whole("sight") + 1;
            List<String> channels = List.of("players", "foods", "accessible");
            own.add(Field.grid("view", channels, side, side, highestFood(options), 0));
            size = 3 * side * side;
        } else {
            boolean levels = options.on("observe_levels");
            sets.add(set(options, "foods", foods, 0, true));
            sets.add(set(options, "players", players, 3 * foods, levels));
            size = 3 * foods + (levels ? 3 : 2) * players;
        }
        if (central && !seesAll(options)) {
            sets.add(set(options, "all foods", foods, size, true));
            sets.add(set(options, "all players", players, size + 3 * foods, true));
            size += 3 * (foods + players);
        }
        return new ObservationSpace(own, sets, size);
    }

    private static int highestFood(EnvOptions options) {
        int given = options.whole("max_food_level");
        return given > 0 ? given : 3 * options.whole("max_player_level");
    }

    private static EntitySet set(
            EnvOptions options, String name, int count, int at, boolean levels) {
        int stride = levels ? 3 : 2;
        int rows = options.whole("rows");
        int columns = options.whole("columns");
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("row", FieldKind.SCALAR, "", -1, rows - 1, 1, at, stride));
        fields.add(new Field("column", FieldKind.SCALAR, "", -1, columns - 1, 1, at + 1, stride));
        if (levels) {
            int high = highestFood(options);
            fields.add(new Field("level", FieldKind.SCALAR, "", 0, high, 1, at + 2, stride));
        }
        return new EntitySet(name, count, fields);
    }

    /// One copy of the world.
    static final class Env implements SinglePrecisionEnv {

        final int rows;
        final int columns;
        final int players;
        final int foods;
        final int[] row;
        final int[] column;
        final int[] level;
        final int[] foodRow;
        final int[] foodColumn;
        final int[] foodLevel;
        final int[] foodLeft;

        private final EnvSpec spec;
        private final StepResult result;
        private final RandomStream random = new RandomStream(0);
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();

        private final int sight;
        private final boolean grid;
        private final boolean levelsSeen;
        private final boolean strict;
        private final boolean normalized;
        private final boolean forceCoop;
        private final boolean seesAll;
        private final double penalty;
        private final int minPlayer;
        private final int maxPlayer;
        private final int minFood;
        private final int maxFood;

        private final int[] isLoading;
        private double spawned;
        private int step;

        /// The field with a wall round it: food's index + 1, {@link #WALL}, or 0 for free.
        private final int[] ground;

        private final int[] moves; // place of the neighbour that an action leads to
        private final int[] claims; // per cell, how many want to be there
        private final int[] wanted; // per player, the cell
        private final int[] food; // per player, the food that it loads, −1 for none
        private final int[] strength; // per food, levels of those who load it
        private final float[] scratch;

        private Env(EnvOptions options) {
            rows = options.whole("rows");
            columns = options.whole("columns");
            players = options.whole("players");
            foods = options.whole("foods");
            row = new int[players];
            column = new int[players];
            level = new int[players];
            isLoading = new int[players];
            foodRow = new int[foods];
            foodColumn = new int[foods];
            foodLevel = new int[foods];
            foodLeft = new int[foods];
            StateCursor measuring = StateCursor.measuring();
            exchange(measuring);
            spec = LevelBasedForaging.spec(options, measuring.position());
            result = new StepResult(spec);
            sight = options.whole("sight");
            grid = options.word("observation").equals("grid");
            levelsSeen = options.on("observe_levels");
            strict = options.word("collisions").equals("strict");
            normalized = options.on("normalize_reward");
            forceCoop = options.on("force_coop");
            seesAll = seesAll(options);
            penalty = options.number("penalty");
            minPlayer = options.whole("min_player_level");
            maxPlayer = options.whole("max_player_level");
            minFood = options.whole("min_food_level");
            maxFood = options.whole("max_food_level");
            ground = new int[(rows + 2) * (columns + 2)];
            moves = new int[] {0, -(columns + 2), columns + 2, -1, 1, 0};
            claims = new int[ground.length];
            wanted = new int[players];
            food = new int[players];
            strength = new int[foods];
            scratch = new float[spec.groups().getFirst().central().size()];
        }

        private void exchange(StateCursor state) {
            state.wholes(row);
            state.wholes(column);
            state.wholes(level);
            state.wholes(isLoading);
            state.wholes(foodRow);
            state.wholes(foodColumn);
            state.wholes(foodLevel);
            state.wholes(foodLeft);
            spawned = state.number(spawned);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        private int cell(int r, int c) {
            return (r + 1) * (columns + 2) + c + 1;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            step = 0;
            Arrays.fill(foodLeft, 0);
            for (int i = 0; i < players; i++) {
                level[i] = between(minPlayer, maxPlayer);
                isLoading[i] = 0;
                do {
                    row[i] = random.nextInt(rows);
                    column[i] = random.nextInt(columns);
                } while (playerAt(row[i], column[i], i));
            }
            int placed = placeFoods();
            sortFoods(placed);
            int high = maxFood > 0 ? maxFood : lowestThreeLevels();
            spawned = 0;
            for (int k = 0; k < placed; k++) {
                foodLevel[k] = forceCoop ? high : between(minFood, high);
                spawned += foodLevel[k];
            }
            for (int k = placed; k < foods; k++) {
                foodRow[k] = 0;
                foodColumn[k] = 0;
                foodLevel[k] = 0;
            }
            lay();
        }

        private int between(int low, int high) {
            return low + random.nextInt(high - low + 1);
        }

        private boolean playerAt(int r, int c, int before) {
            for (int j = 0; j < before; j++) {
                if (row[j] == r && column[j] == c) {
                    return true;
                }
            }
            return false;
        }

        private int placeFoods() {
            int placed = 0;
            for (int t = 0; t < TRIES && placed < foods; t++) {
                int r = 1 + random.nextInt(rows - 2);
                int c = 1 + random.nextInt(columns - 2);
                if (!foodTooNear(r, c, placed) && !playerAt(r, c, players)) {
                    foodRow[placed] = r;
                    foodColumn[placed] = c;
                    foodLeft[placed] = 1;
                    placed++;
                }
            }
            return placed;
        }

        /// Within the 3 × 3 block, or two cells away in a straight line: within distance 2.
        private boolean foodTooNear(int r, int c, int placed) {
            for (int k = 0; k < placed; k++) {
                if (Math.abs(foodRow[k] - r) + Math.abs(foodColumn[k] - c) <= 2) {
                    return true;
                }
            }
            return false;
        }

        /// Brings the places into row-major order, in which they are observed.
        private void sortFoods(int count) {
            for (int k = 1; k < count; k++) {
                int r = foodRow[k];
                int c = foodColumn[k];
                int slot = k;
                while (slot > 0 && cell(foodRow[slot - 1], foodColumn[slot - 1]) > cell(r, c)) {
                    foodRow[slot] = foodRow[slot - 1];
                    foodColumn[slot] = foodColumn[slot - 1];
                    slot--;
                }
                foodRow[slot] = r;
                foodColumn[slot] = c;
            }
        }

        private int lowestThreeLevels() {
            int first = Integer.MAX_VALUE;
            int second = Integer.MAX_VALUE;
            int third = Integer.MAX_VALUE;
            for (int each : level) {
                third = Math.min(third, Math.max(second, each));
                second = Math.min(second, Math.max(first, each));
                first = Math.min(first, each);
            }
            return first + (players > 1 ? second : 0) + (players > 2 ? third : 0);
        }

        private void lay() {
            Arrays.fill(ground, WALL);
            for (int r = 0; r < rows; r++) {
                Arrays.fill(ground, cell(r, 0), cell(r, columns), 0);
            }
            for (int k = 0; k < foods; k++) {
                if (foodLeft[k] != 0) {
                    ground[cell(foodRow[k], foodColumn[k])] = k + 1;
                }
            }
        }

        @Override
        public StepResult step(Actions actions) {
            claim(actions);
            if (strict) {
                blockFollowers();
            }
            move();
            load();
            step++;
            measure();
            return result;
        }

        /// Everyone claims the cell that it wants to be in; what can't be done becomes nothing.
        private void claim(Actions actions) {
            for (int i = 0; i < players; i++) {
                int here = cell(row[i], column[i]);
                int action = actions.choice(i);
                int target = here + moves[action];
                food[i] = -1;
                if (action == LOAD) {
                    food[i] = foodBeside(here);
                } else if (ground[target] != 0) {
                    target = here;
                }
                isLoading[i] = food[i] >= 0 ? 1 : 0;
                wanted[i] = target;
                claims[target]++;
            }
        }

        /// Index of the food beside a cell, −1 for none.
        int foodBeside(int cell) {
            for (int a = 1; a <= 4; a++) {
                int there = ground[cell + moves[a]];
                if (there > 0) {
                    return there - 1;
                }
            }
            return -1;
        }

        /// Who cannot move claims its own cell too, until nobody enters a cell that is not left.
        private void blockFollowers() {
            boolean changed = true;
            while (changed) {
                changed = false;
                for (int i = 0; i < players; i++) {
                    int here = cell(row[i], column[i]);
                    if (wanted[i] != here && claims[wanted[i]] > 1) {
                        claims[here]++; // and the cell that it wanted stays contested
                        wanted[i] = here;
                        changed = true;
                    }
                }
            }
        }

        private void move() {
            for (int i = 0; i < players; i++) {
                int here = cell(row[i], column[i]);
                int there = wanted[i];
                boolean moves = there != here && claims[there] == 1;
                if (moves) {
                    row[i] = there / (columns + 2) - 1;
                    column[i] = there % (columns + 2) - 1;
                }
                result.terms[i * TERM_COUNT + MOVES] = moves ? -1 : 0;
            }
            Arrays.fill(claims, 0);
        }

        private void load() {
            for (int i = 0; i < players; i++) {
                if (food[i] >= 0) {
                    strength[food[i]] += level[i];
                }
            }
            double sum = 0;
            double failures = 0;
            for (int i = 0; i < players; i++) {
                double share = 0;
                double failed = 0;
                if (food[i] >= 0) {
                    int weight = foodLevel[food[i]];
                    if (strength[food[i]] < weight) {
                        failed = 1;
                    } else {
                        share = level[i] * weight;
                        share = normalized ? share / (strength[food[i]] * spawned) : share;
                    }
                }
                result.terms[i * TERM_COUNT + FOOD] = share;
                result.terms[i * TERM_COUNT + FAILED] = -failed;
                failures += failed;
                sum += share - penalty * failed;
            }
            result.metrics[0] = sum / players;
            result.metrics[3] = failures;
        }

        /// Takes away what was lifted and books the rest.
        private void measure() {
            int left = 0;
            int lifted = 0;
            double eaten = 0;
            for (int k = 0; k < foods; k++) {
                if (strength[k] > 0 && strength[k] >= foodLevel[k]) {
                    foodLeft[k] = 0;
                    ground[cell(foodRow[k], foodColumn[k])] = 0;
                    lifted++;
                    eaten += foodLevel[k];
                }
                strength[k] = 0;
                left += foodLeft[k];
            }
            for (int i = 0; i < players; i++) {
                result.terms[i * TERM_COUNT + NEAR] = left == 0 ? 0 : -stepsToFood(i);
                result.terminated[i] = left == 0;
            }
            result.metrics[1] = lifted == 0 ? 0 : eaten / spawned;
            result.metrics[2] = lifted;
            result.metrics[4] = left == 0 ? 1 : 0;
            result.truncated = step >= spec.horizon();
        }

        private int stepsToFood(int i) {
            int nearest = Integer.MAX_VALUE;
            for (int k = 0; k < foods; k++) {
                int away = Math.abs(foodRow[k] - row[i]) + Math.abs(foodColumn[k] - column[i]);
                nearest = foodLeft[k] != 0 ? Math.min(nearest, away) : nearest;
            }
            return nearest;
        }

        @Override
        public void observe(int agent, float[] into, int at) {
            if (grid) {
                view(agent, into, at);
            } else {
                list(agent, into, at);
            }
        }

        /// Food in the window, row by row, then the player itself and whom it sees: relative to the
        /// top left corner of the window, which ends at the field's edge.
        private void list(int agent, float[] into, int at) {
            int top = Math.max(row[agent] - sight, 0);
            int left = Math.max(column[agent] - sight, 0);
            int bottom = row[agent] + sight;
            int right = column[agent] + sight;
            int k = at;
            for (int f = 0; f < foods; f++) {
                int r = foodRow[f];
                int c = foodColumn[f];
                if (foodLeft[f] != 0 && r >= top && r <= bottom && c >= left && c <= right) {
                    into[k] = r - top;
                    into[k + 1] = c - left;
                    into[k + 2] = foodLevel[f];
                    k += 3;
                }
            }
            k = missing(into, k, at + 3 * foods, true);
            k = player(agent, top, left, into, k);
            for (int j = 0; j < players; j++) {
                int r = row[j] - top;
                int c = column[j] - left;
                // As in the reference, up to 2 × sight even where the window is cut at the top
                if (j != agent && r >= 0 && c >= 0 && r <= 2 * sight && c <= 2 * sight) {
                    k = player(j, top, left, into, k);
                }
            }
            missing(into, k, at + 3 * foods + (levelsSeen ? 3 : 2) * players, levelsSeen);
        }

        private int player(int j, int top, int left, float[] into, int at) {
            into[at] = row[j] - top;
            into[at + 1] = column[j] - left;
            if (!levelsSeen) {
                return at + 2;
            }
            into[at + 2] = level[j];
            return at + 3;
        }

        private static int missing(float[] into, int from, int to, boolean levels) {
            int k = from;
            while (k < to) {
                into[k++] = -1;
                into[k++] = -1;
                if (levels) {
                    into[k++] = 0;
                }
            }
            return k;
        }

        /// Levels of players, levels of foods, and 1 where one can go; the observer in the middle.
        private void view(int agent, float[] into, int at) {
            int side = 2 * sight + 1;
            int area = side * side;
            int top = row[agent] - sight;
            int left = column[agent] - sight;
            Arrays.fill(into, at, at + 3 * area, 0);
            int from = Math.max(left, 0) - left;
            int to = Math.min(columns, left + side) - left;
            for (int r = Math.max(top, 0); r < Math.min(rows, top + side); r++) {
                int line = at + 2 * area + (r - top) * side;
                Arrays.fill(into, line + from, line + to, 1);
            }
            for (int k = 0; k < foods; k++) {
                int r = foodRow[k] - top;
                int c = foodColumn[k] - left;
                if (foodLeft[k] != 0 && r >= 0 && c >= 0 && r < side && c < side) {
                    into[at + area + r * side + c] = foodLevel[k];
                    into[at + 2 * area + r * side + c] = 0;
                }
            }
            for (int j = 0; j < players; j++) {
                int r = row[j] - top;
                int c = column[j] - left;
                if (r >= 0 && c >= 0 && r < side && c < side) {
                    into[at + r * side + c] = levelsSeen ? level[j] : 1;
                    into[at + 2 * area + r * side + c] = 0;
                }
            }
        }

        @Override
        public void observeCentral(int agent, float[] into, int at) {
            observe(agent, into, at);
            if (seesAll) {
                return;
            }
            int k = at + spec.groups().getFirst().observation().size();
            for (int f = 0; f < foods; f++) {
                boolean left = foodLeft[f] != 0;
                into[k++] = left ? foodRow[f] : -1;
                into[k++] = left ? foodColumn[f] : -1;
                into[k++] = left ? foodLevel[f] : 0;
            }
            for (int j = 0; j < players; j++) {
                int other = j == 0 ? agent : j <= agent ? j - 1 : j;
                into[k++] = row[other];
                into[k++] = column[other];
                into[k++] = level[other];
            }
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            observe(agent, scratch, 0);
            widen(spec.groups().getFirst().observation().size(), into, at);
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            observeCentral(agent, scratch, 0);
            widen(scratch.length, into, at);
        }

        private void widen(int count, double[] into, int at) {
            for (int k = 0; k < count; k++) {
                into[at + k] = scratch[k];
            }
        }

        @Override
        public void snapshot(Frame into) {
            exchange(saving.over(into.state));
            random.save(into.random, 0);
            into.step = step;
        }

        @Override
        public void restore(Frame from) {
            exchange(loading.over(from.state));
            random.load(from.random, 0);
            step = from.step;
            lay();
        }
    }

    /// The field with its food and players; numbers are levels.
    private static final class Picture implements Portrayal {

        private static final Ink[] GROUND = {Ink.Role.FLOOR};

        private final int rows;
        private final int columns;
        private final int players;
        private final int foods;
        private final int sight;
        private final byte[] ground;

        Picture(EnvOptions options) {
            rows = options.whole("rows");
            columns = options.whole("columns");
            players = options.whole("players");
            foods = options.whole("foods");
            sight = options.whole("sight");
            ground = new byte[rows * columns];
        }

        @Override
        public Bounds bounds(Frame frame) {
            return new Bounds(0, 0, columns, rows);
        }

        private double x(Frame frame, int agent) {
            return frame.state[players + agent] + 0.5;
        }

        private double y(Frame frame, int agent) {
            return rows - frame.state[agent] - 0.5;
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            brush.tiles(0, rows, 1, rows, columns, ground, GROUND);
            for (int r = 0; r <= rows; r++) {
                brush.line(0, r, columns, r, Ink.Role.GRID, 1);
            }
            for (int c = 0; c <= columns; c++) {
                brush.line(c, 0, c, rows, Ink.Role.GRID, 1);
            }
            for (int k = 0; k < foods; k++) {
                food(frame, k, brush);
            }
            for (int i = 0; i < players; i++) {
                if (on.trails && on.paths != null) {
                    on.paths.draw(i, brush);
                }
            }
            if (on.selected >= 0) {
                window(frame, on.selected, brush);
            }
            for (int i = 0; i < players; i++) {
                player(frame, i, on, brush);
            }
        }

        private void food(Frame frame, int k, Brush brush) {
            int at = 4 * players + k;
            double weight = frame.state[at + 2 * foods];
            double left = frame.state[at + 3 * foods];
            if (weight == 0) {
                return;
            }
            double x = frame.state[at + foods] + 0.5;
            double y = rows - frame.state[at] - 0.5;
            if (left == 0) { // eaten
                brush.ring(x, y, 0.2, Ink.Role.MUTED, 1, true);
                return;
            }
            double radius = 0.38 * left;
            brush.disc(x, y, radius, Ink.Role.FOOD, Ink.Role.FOREGROUND, 1.5);
            brush.text(text(weight), x, y, 1.25 * radius, true, Ink.Role.CANVAS);
        }

        private static String text(double level) {
            return Integer.toString((int) Math.round(level));
        }

        private void player(Frame frame, int i, Overlays on, Brush brush) {
            double shift = shares(frame, i) ? 0.14 : 0;
            double x = x(frame, i) + shift;
            double y = y(frame, i) - shift;
            if (frame.state[3 * players + i] > 0.5) {
                loading(frame, i, x, y, brush);
            }
            AgentGlyph.draw(brush, i, x, y, 0.29, on);
            double badgeX = x + 0.27 - shift;
            double badgeY = y + 0.27;
            brush.disc(badgeX, badgeY, 0.19, Ink.Role.CANVAS, Ink.Role.FOREGROUND, 1);
            String level = text(frame.state[2 * players + i]);
            double size = level.length() == 1 ? 0.3 : 0.22;
            brush.text(level, badgeX, badgeY, size, true, Ink.Role.FOREGROUND);
        }

        /// True when an earlier player stands in the same cell.
        private boolean shares(Frame frame, int i) {
            for (int j = 0; j < i; j++) {
                if (x(frame, j) == x(frame, i) && y(frame, j) == y(frame, i)) {
                    return true;
                }
            }
            return false;
        }

        /// A ring round who loads, and an arm to the food beside it.
        private void loading(Frame frame, int i, double x, double y, Brush brush) {
            for (int k = 0; k < foods; k++) {
                double foodX = frame.state[4 * players + foods + k] + 0.5;
                double foodY = rows - frame.state[4 * players + k] - 0.5;
                double apart = Math.abs(foodX - x(frame, i)) + Math.abs(foodY - y(frame, i));
                if (apart == 1 && frame.state[4 * players + 2 * foods + k] > 0) {
                    brush.line(x, y, (x + foodX) / 2, (y + foodY) / 2, Ink.Role.GOAL, 5);
                }
            }
            brush.ring(x, y, 0.36, Ink.Role.GOAL, 3, false);
        }

        /// What the selected player sees.
        private void window(Frame frame, int agent, Brush brush) {
            double left = Math.max(x(frame, agent) - 0.5 - sight, 0);
            double right = Math.min(x(frame, agent) + 0.5 + sight, columns);
            double low = Math.max(y(frame, agent) - 0.5 - sight, 0);
            double high = Math.min(y(frame, agent) + 0.5 + sight, rows);
            brush.line(left, low, right, low, Ink.Role.ACCENT, 1.5);
            brush.line(left, high, right, high, Ink.Role.ACCENT, 1.5);
            brush.line(left, low, left, high, Ink.Role.ACCENT, 1.5);
            brush.line(right, low, right, high, Ink.Role.ACCENT, 1.5);
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            into[0] = x(frame, agent);
            into[1] = y(frame, agent);
            into[2] = 0.4;
        }

        @Override
        public boolean glides() {
            return true;
        }

        @Override
        public String describe(Frame frame) {
            int left = 0;
            int loading = 0;
            for (int k = 0; k < foods; k++) {
                left += frame.state[4 * players + 3 * foods + k] != 0 ? 1 : 0;
            }
            for (int i = 0; i < players; i++) {
                loading += frame.state[3 * players + i] != 0 ? 1 : 0;
            }
            return "Level-Based Foraging, step "
                    + frame.step
                    + ": "
                    + left
                    + " foods are left; "
                    + loading
                    + " of "
                    + players
                    + " players are loading.";
        }
    }
}
