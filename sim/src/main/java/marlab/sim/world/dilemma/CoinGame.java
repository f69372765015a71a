package marlab.sim.world.dilemma;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
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
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.Field;
import marlab.sim.space.ObservationSpace;

/// Coin Game (Lerer and Peysakhovich 2017): two agents and a coin of each one's colour on a small
/// torus. Any coin is worth 1 to whoever takes it, and costs 2 to the other if it had the other's
/// colour. Rules of JaxMARL @ 2c57756, `coin_game.py`: both coins are always there, agents may
/// share a cell, all places are drawn uniformly and on their own.
public final class CoinGame implements WorldProvider {

    private static final int OWN = 0;
    private static final int OTHER = 1;
    private static final int LOSS = 2;
    private static final int TERM_COUNT = 3;

    private static final int STAY = 4;

    /// What somebody took last.
    private static final int NOTHING = 0;

    private static final int OWN_COIN = 1;
    private static final int OTHERS_COIN = 2;

    private static final List<RewardTerm> TERMS =
            List.of(
                    term("own", "Take own coins", 1, "Coins of the own colour that it takes."),
                    term("other", "Take the other's coins", 1, "Coins of the other's colour."),
                    term("loss", "Lose coins", 2, "Minus the own coins that the other takes."));

    private static RewardTerm term(String name, String label, double weight, String what) {
        return new RewardTerm(name, label, "coins", false, weight, -5, 5, what);
    }

    private static final List<Metric> METRICS =
            List.of(
                    new Metric(
                            "R",
                            "Return per agent",
                            "reward",
                            Metric.Over.SUM,
                            "Σ over steps of the agents' mean reward."),
                    new Metric("coins", "Coins", "coins", Metric.Over.SUM, "Coins taken."),
                    new Metric(
                            "own_share",
                            "Own-coin share",
                            "of coins",
                            Metric.Over.LAST,
                            "Share of the coins taken so far that had the taker's colour: 1 is"
                                    + " cooperation, 0.5 greed; 0.5 while there are none."));

    private static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect("mean", "Mean per agent", "R", e -> e.metrics()[0]),
                    new ReturnDialect(
                            "per_step",
                            "Mean per agent and step",
                            "R/T",
                            e -> e.metrics()[0] / e.steps()),
                    new ReturnDialect("sum", "Summed over agents", "2·R", e -> 2 * e.metrics()[0]));

    private static final List<Push> PUSHES =
            List.of(
                    new Push("right", 1, 0),
                    new Push("left", -1, 0),
                    new Push("up", 0, 1),
                    new Push("down", 0, -1),
                    new Push("stay", 0, 0));

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    new OptionSpec.Whole("size", "Board", 3, 2, 20, "Cells along each side."),
                    new OptionSpec.Choice(
                            "view",
                            "View",
                            "board",
                            List.of("board", "centred"),
                            "The board as it lies, or with the observer in the middle."),
                    new OptionSpec.Whole(
                            "horizon",
                            "Steps per episode",
                            50,
                            1,
                            10_000,
                            "Steps after which the episode is cut."));

    @Override
    public String name() {
        return "coin_game";
    }

    @Override
    public String title() {
        return "Coin Game";
    }

    @Override
    public String summary() {
        return "Two agents collect coins on a tiny board without edges. Taking the other's coin is"
                + " worth as much as taking one's own, but costs the other twice that.";
    }

    @Override
    public Family family() {
        return Family.DILEMMAS;
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Whoever takes every coin earns most against somebody who does not answer.",
                "When both are greedy, both end near zero: watch the own-coin share fall to a half.",
                "Independent learners become greedy; learners that foresee the other's learning"
                        + " can find their way back.");
    }

    @Override
    public String source() {
        return "Lerer and Peysakhovich 2017; rules of JaxMARL @ 2c57756, coin_game";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> examples = new LinkedHashMap<>();
        examples.put("five by five", Map.of("size", "5", "horizon", "150"));
        examples.put("centred view", Map.of("view", "centred"));
        return examples;
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(options.whole("size"));
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("tit for tat", new Script(Manner.TIT_FOR_TAT, Manner.TIT_FOR_TAT));
        policies.put("tit for tat meets greed", new Script(Manner.TIT_FOR_TAT, Manner.SELFISH));
        policies.put("cooperative", new Script(Manner.COOPERATIVE, Manner.COOPERATIVE));
        policies.put("cooperation meets greed", new Script(Manner.COOPERATIVE, Manner.SELFISH));
        policies.put("selfish", new Script(Manner.SELFISH, Manner.SELFISH));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static EnvSpec spec(EnvOptions options, int stateSize) {
        int size = options.whole("size");
        ObservationSpace view =
                new ObservationSpace(
                        List.of(
                                Field.grid(
                                        "board",
                                        List.of("self", "other", "own coin", "other's coin"),
                                        size,
                                        size,
                                        1,
                                        0)),
                        List.of(),
                        4 * size * size);
        AgentGroup group =
                new AgentGroup(
                        "agents",
                        List.of(new AgentId(0, "red"), new AgentId(1, "blue")),
                        view,
                        view,
                        new ActionSpace.Discrete(PUSHES));
        return new EnvSpec(
                "coin_game",
                List.of(group),
                TERMS,
                METRICS,
                DIALECTS,
                options.whole("horizon"),
                stateSize);
    }

    /// One copy of the world. Things are agent 0, agent 1, coin of agent 0, coin of agent 1; cells
    /// are numbered row by row from the top left.
    static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final int size;
        private final int cells;
        private final boolean centred;
        private final int horizon;
        private final int[][] after; // per action and cell, where it leads
        private final int[] at = new int[4];
        private final int[] lastTaken = new int[2];
        private double taken;
        private double takenByOwner;
        private final RandomStream random = new RandomStream(0);
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private int step;

        Env(EnvOptions options) {
            StateCursor measuring = StateCursor.measuring();
            exchange(measuring);
            spec = CoinGame.spec(options, measuring.position());
            result = new StepResult(spec);
            size = options.whole("size");
            cells = size * size;
            centred = options.word("view").equals("centred");
            horizon = spec.horizon();
            after = new int[PUSHES.size()][cells];
            for (int action = 0; action < after.length; action++) {
                for (int cell = 0; cell < cells; cell++) {
                    int row = Math.floorMod(cell / size - PUSHES.get(action).dy(), size);
                    int column = Math.floorMod(cell % size + PUSHES.get(action).dx(), size);
                    after[action][cell] = row * size + column;
                }
            }
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            for (int thing = 0; thing < 4; thing++) {
                at[thing] = random.nextInt(cells);
            }
            lastTaken[0] = NOTHING;
            lastTaken[1] = NOTHING;
            taken = 0;
            takenByOwner = 0;
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            at[0] = after[actions.choice(0)][at[0]];
            at[1] = after[actions.choice(1)][at[1]];
            int own0 = at[0] == at[2] ? 1 : 0;
            int own1 = at[1] == at[3] ? 1 : 0;
            int other0 = at[0] == at[3] ? 1 : 0;
            int other1 = at[1] == at[2] ? 1 : 0;
            book(0, own0, other0, other1);
            book(1, own1, other1, other0);
            if ((own0 | other1) != 0) {
                at[2] = random.nextInt(cells);
            }
            if ((own1 | other0) != 0) {
                at[3] = random.nextInt(cells);
            }
            int own = own0 + own1;
            int others = other0 + other1;
            taken += own + others;
            takenByOwner += own;
            step++;
            result.metrics[0] = 0.5 * own - 0.5 * others;
            result.metrics[1] = own + others;
            result.metrics[2] = taken == 0 ? 0.5 : takenByOwner / taken;
            result.truncated = step >= horizon;
            return result;
        }

        private void book(int agent, int own, int other, int lost) {
            result.terms[agent * TERM_COUNT + OWN] = own;
            result.terms[agent * TERM_COUNT + OTHER] = other;
            result.terms[agent * TERM_COUNT + LOSS] = -lost;
            if ((own | other) != 0) {
                lastTaken[agent] = other != 0 ? OTHERS_COIN : OWN_COIN;
            }
        }

        @Override
        public void observe(int agent, double[] into, int from) {
            Arrays.fill(into, from, from + 4 * cells, 0);
            int shift = centred ? at[agent] : -1;
            into[from + seen(at[agent], shift)] = 1;
            into[from + cells + seen(at[1 - agent], shift)] = 1;
            into[from + 2 * cells + seen(at[2 + agent], shift)] = 1;
            into[from + 3 * cells + seen(at[3 - agent], shift)] = 1;
        }

        /// Where a cell is seen by somebody who stands in another; −1 for the board as it lies.
        private int seen(int cell, int centre) {
            if (centre < 0) {
                return cell;
            }
            int row = (cell / size - centre / size + size + size / 2) % size;
            int column = (cell % size - centre % size + size + size / 2) % size;
            return row * size + column;
        }

        @Override
        public void observeCentral(int agent, double[] into, int from) {
            observe(agent, into, from);
        }

        private void exchange(StateCursor state) {
            state.wholes(at);
            state.wholes(lastTaken);
            taken = state.number(taken);
            takenByOwner = state.number(takenByOwner);
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
        }
    }

    private enum Manner {
        SELFISH,
        COOPERATIVE,
        TIT_FOR_TAT
    }

    /// Goes to coins the short way round. Reads the world's true state.
    private record Script(Manner red, Manner blue) implements Policy {

        @Override
        public void act(ParallelEnv env, Decision into, RandomGenerator random) {
            Env world = (Env) env;
            into.actions.choose(0, choose(world, 0, red));
            into.actions.choose(1, choose(world, 1, blue));
        }

        /// Tit for tat takes the other's coins for as long as the other's last coin was not the
        /// other's own.
        private static int choose(Env world, int agent, Manner manner) {
            boolean greedy =
                    manner == Manner.SELFISH
                            || manner == Manner.TIT_FOR_TAT
                                    && world.lastTaken[1 - agent] == OTHERS_COIN;
            int own = world.at[2 + agent];
            int other = world.at[3 - agent];
            int here = world.at[agent];
            boolean nearer = way(world, here, other) < way(world, here, own);
            int goal = greedy && nearer ? other : own;
            return toward(world, here, goal, greedy ? -1 : other);
        }

        private static int way(Env world, int from, int to) {
            int rows = Math.abs(from / world.size - to / world.size);
            int columns = Math.abs(from % world.size - to % world.size);
            return Math.min(rows, world.size - rows) + Math.min(columns, world.size - columns);
        }

        /// The first action that comes nearer without stepping on the avoided cell; stays where
        /// there is none.
        private static int toward(Env world, int from, int goal, int avoid) {
            int best = STAY;
            int shortest = Integer.MAX_VALUE;
            for (int action = 0; action < STAY; action++) {
                int to = world.after[action][from];
                if ((to != avoid || goal == avoid) && way(world, to, goal) < shortest) {
                    shortest = way(world, to, goal);
                    best = action;
                }
            }
            return from == goal ? STAY : best;
        }
    }

    /// A board with coins in their owners' colours.
    private static final class Picture implements Portrayal {

        private static final Ink[] GROUND = {Ink.Role.FLOOR};

        private final int size;
        private final byte[] codes;

        Picture(int size) {
            this.size = size;
            codes = new byte[size * size];
        }

        @Override
        public Bounds bounds(Frame frame) {
            return new Bounds(0, 0, size, size);
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            brush.tiles(0, size, 1, size, size, codes, GROUND);
            for (int k = 0; k <= size; k++) {
                brush.line(k, 0, k, size, Ink.Role.GRID, 1);
                brush.line(0, k, size, k, Ink.Role.GRID, 1);
            }
            for (int coin = 0; coin < 2; coin++) {
                int cell = (int) frame.state[2 + coin];
                double x = cell % size + 0.3;
                double y = size - cell / size - 0.3 - 0.4 * coin;
                brush.disc(x, y, 0.17, new Ink.Agent(coin), Ink.Role.FOREGROUND, 1);
                brush.ring(x, y, 0.12, new Ink.OnAgent(coin), 1, false);
            }
            double[] place = new double[3];
            for (int agent = 1; agent >= 0; agent--) {
                place(frame, agent, place);
                AgentGlyph.draw(brush, agent, place[0], place[1], place[2], on);
            }
        }

        /// Agents stand right of the coins, one a little higher than the other.
        @Override
        public void place(Frame frame, int agent, double[] into) {
            int cell = (int) frame.state[agent];
            boolean together = frame.state[0] == frame.state[1];
            into[0] = cell % size + 0.63;
            into[1] = size - cell / size - (together ? 0.32 + 0.36 * agent : 0.5);
            into[2] = together ? 0.2 : 0.25;
        }

        @Override
        public String describe(Frame frame) {
            int all = (int) frame.state[6];
            return "Coin Game, step "
                    + frame.step
                    + ": "
                    + all
                    + (all == 1 ? " coin was" : " coins were")
                    + " taken, "
                    + (int) frame.state[7]
                    + " by their owners.";
        }
    }
}
