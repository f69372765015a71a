package marlab.sim.world.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
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
import marlab.sim.env.PayoffWorld;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.game.PayoffMatrix;
import marlab.sim.game.SymmetricGame;
import marlab.sim.policy.Decision;
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

/// Network Dilemma: everybody on a network plays a symmetric 2 × 2 game with all neighbours at once
/// and gets the mean payoff (the dynamic Prisoner's Dilemma of Weng and Lee, arXiv 2601.05509; on
/// the lattice after Nowak and May 1992). An agent without neighbours gets 0.
///
/// An episode begins as if a round had been played in which each cooperated with the chance
/// `start`. The network is drawn from `wiring` and is the same in every episode.
public final class NetworkDilemma implements PayoffWorld {

    private static final int COOPERATE = 0;

    private static final int PAYOFF = 0;
    private static final int GIVEN = 1;
    private static final int KIND = 2;
    private static final int TERM_COUNT = 3;

    private static final List<RewardTerm> TERMS =
            List.of(
                    new RewardTerm(
                            "payoff",
                            "Own payoff",
                            "payoff",
                            false,
                            1,
                            -2,
                            2,
                            "Mean over the neighbours of what the agent gets."),
                    new RewardTerm(
                            "given",
                            "What neighbours get",
                            "payoff",
                            false,
                            0,
                            -2,
                            2,
                            "Mean over the neighbours of what they get from playing with the agent."),
                    new RewardTerm(
                            "kind",
                            "Cooperate",
                            "acts",
                            false,
                            0,
                            -2,
                            2,
                            "1 for cooperating: a subsidy, or a tax below 0."));

    private static final List<Metric> METRICS =
            List.of(
                    new Metric(
                            "R",
                            "Mean return",
                            "payoff",
                            Metric.Over.SUM,
                            "Σ over steps of the agents' mean payoff."),
                    new Metric(
                            "cooperation",
                            "Cooperation",
                            "of agents",
                            Metric.Over.MEAN,
                            "Share of agents that cooperate, mean over the steps."),
                    new Metric(
                            "cooperation_end",
                            "Cooperation at the end",
                            "of agents",
                            Metric.Over.LAST,
                            "Share of agents that cooperate at the last step."),
                    new Metric(
                            "clustering",
                            "Clustering of cooperators",
                            "of neighbours",
                            Metric.Over.MEAN,
                            "How much larger the share of cooperators is among cooperators' neighbours"
                                    + " than among defectors'; 0 when there is but one kind."),
                    new Metric(
                            "changes",
                            "Changes of mind",
                            "of agents",
                            Metric.Over.MEAN,
                            "Share of agents that do something else than the step before."));

    private static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect(
                            "mean", "Mean per agent", "Σ mean payoff", e -> e.metrics()[0]),
                    new ReturnDialect(
                            "per_step",
                            "Mean per agent and step",
                            "Σ mean payoff / T",
                            e -> e.metrics()[0] / e.steps()));

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    new OptionSpec.Choice(
                            "topology",
                            "Network",
                            "lattice",
                            List.of("lattice", "small_world", "regular", "random"),
                            "lattice: a torus; small_world: a ring with shortcuts; regular: random with"
                                    + " equal degrees; random: any edges."),
                    new OptionSpec.Whole("rows", "Rows", 10, 3, 100, "Agents = rows × columns."),
                    new OptionSpec.Whole(
                            "columns", "Columns", 10, 3, 100, "Agents = rows × columns."),
                    new OptionSpec.Choice(
                            "degree",
                            "Neighbours",
                            "4",
                            List.of("4", "8"),
                            "Neighbours per agent, on a random network on average."),
                    new OptionSpec.Real(
                            "rewire",
                            "Shortcuts",
                            0.1,
                            0,
                            1,
                            "of edges",
                            "For small_world: share of edges that lead anywhere."),
                    new OptionSpec.Whole(
                            "wiring",
                            "Wiring",
                            1,
                            0,
                            1_000_000,
                            "Number that the network is drawn from; the same in every episode."),
                    payoff("R", 1, "both cooperate"),
                    payoff("S", 0, "it cooperates alone"),
                    payoff("T", 1.3, "it defects alone: the temptation"),
                    payoff("P", 0.1, "both defect"),
                    new OptionSpec.Real(
                            "start",
                            "Cooperators at the start",
                            0.5,
                            0,
                            1,
                            "of agents",
                            "Chance with which an agent has cooperated before the first step."),
                    new OptionSpec.Choice(
                            "sight",
                            "Sight",
                            "neighbours",
                            List.of("neighbours", "summary"),
                            "summary: own action, share of cooperating neighbours, payoff; neighbours:"
                                    + " also every neighbour's action and payoff."),
                    new OptionSpec.Whole(
                            "horizon", "Steps per episode", 200, 1, 10_000, "Steps per episode."));

    private static OptionSpec payoff(String name, double value, String when) {
        return new OptionSpec.Real(
                name,
                "Payoff " + name,
                value,
                -10,
                10,
                "payoff",
                "An agent's payoff when " + when + ".");
    }

    @Override
    public String name() {
        return "network_dilemma";
    }

    @Override
    public String title() {
        return "Network Dilemma";
    }

    @Override
    public String summary() {
        return "A whole population plays the prisoner's dilemma, each with its neighbours. Cooperators"
                + " survive where they stick together.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Bright is cooperating, dark is defecting; shades between have just changed.",
                "Cooperators live in clusters: defectors can only gnaw at the edges.",
                "Raise the temptation T and the clusters shrink; shortcuts break them up.",
                "When one network is shared by all, a little exploration can tip everybody.");
    }

    @Override
    public Family family() {
        return Family.MATRIX_GAMES;
    }

    @Override
    public String source() {
        return "Weng and Lee 2026, arXiv 2601.05509; Nowak and May 1992";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> examples = new LinkedHashMap<>();
        examples.put(
                "small world",
                Map.of("topology", "small_world", "rows", "8", "columns", "10", "T", "1.3"));
        examples.put("large lattice", Map.of("rows", "50", "columns", "75"));
        examples.put(
                "random, large",
                Map.of("topology", "random", "rows", "40", "columns", "40", "T", "1.2"));
        examples.put("three by three", Map.of("rows", "3", "columns", "3", "horizon", "50"));
        return examples;
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(options);
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("imitate the best", (env, into, random) -> imitateBest(env, into));
        policies.put(
                "imitate by chance (Fermi)", (env, into, random) -> imitate(env, into, random));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    @Override
    public PayoffMatrix payoffs(EnvOptions options) {
        return new SymmetricGame(
                        options.number("R"),
                        options.number("S"),
                        options.number("T"),
                        options.number("P"))
                .payoffs();
    }

    @Override
    public Map<String, String> settings(PayoffMatrix payoffs) {
        if (payoffs.actions() != 2 || !payoffs.isSymmetric()) {
            throw new IllegalArgumentException(
                    "neighbours play a game of two actions that is the same for both; choose 2"
                            + " actions and the same payoffs for both");
        }
        SymmetricGame game = SymmetricGame.of(payoffs);
        return Map.of(
                "R", Double.toString(game.r()),
                "S", Double.toString(game.s()),
                "T", Double.toString(game.t()),
                "P", Double.toString(game.p()));
    }

    /// Pairwise comparison (Szabó and Tőke 1998): look at one neighbour, drawn evenly, and take
    /// over its action with the chance 1 / (1 + exp(−(its payoff − own payoff) / 0.1)).
    private static void imitate(ParallelEnv env, Decision into, RandomGenerator random) {
        Env world = (Env) env;
        Network network = world.network;
        for (int i = 0; i < network.size(); i++) {
            int degree = network.degree(i);
            boolean kind = world.kind[i] == 1;
            double change = 0;
            if (degree > 0) {
                int j = network.others()[network.first()[i] + random.nextInt(degree)];
                double chance = 1 / (1 + Math.exp((world.payoffs[i] - world.payoffs[j]) / 0.1));
                change = world.kind[j] == world.kind[i] ? 0 : chance;
            }
            boolean changed = random.nextDouble() < change;
            choose(into, i, kind != changed, kind ? 1 - change : change);
        }
    }

    /// Nowak and May 1992: do what the best among oneself and the neighbours has done; on a tie
    /// stay as one is.
    private static void imitateBest(ParallelEnv env, Decision into) {
        Env world = (Env) env;
        Network network = world.network;
        for (int i = 0; i < network.size(); i++) {
            int best = i;
            for (int e = network.first()[i]; e < network.first()[i + 1]; e++) {
                int j = network.others()[e];
                best = world.payoffs[j] > world.payoffs[best] ? j : best;
            }
            boolean kind = world.kind[best] == 1;
            choose(into, i, kind, kind ? 1 : 0);
        }
    }

    private static void choose(Decision into, int agent, boolean kind, double chance) {
        into.actions.choose(agent, kind ? COOPERATE : 1 - COOPERATE);
        into.probabilities[agent * into.choicesPerAgent] = chance;
        into.probabilities[agent * into.choicesPerAgent + 1] = 1 - chance;
    }

    static Network network(EnvOptions options) {
        int rows = options.whole("rows");
        int columns = options.whole("columns");
        int n = rows * columns;
        int degree = Integer.parseInt(options.word("degree"));
        RandomStream random = new RandomStream(options.whole("wiring"));
        return switch (options.word("topology")) {
            case "lattice" -> Network.torus(rows, columns, degree);
            case "small_world" -> Network.smallWorld(n, degree, options.number("rewire"), random);
            case "regular" -> Network.regular(n, degree, random);
            default -> Network.random(n, degree, random);
        };
    }

    private static EnvSpec spec(EnvOptions options, Network network, int stateSize) {
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < network.size(); i++) {
            agents.add(new AgentId(i, "agent_" + i));
        }
        double low = lowest(options);
        double high = highest(options);
        int seen = options.word("sight").equals("neighbours") ? network.largestDegree() : 0;
        ObservationSpace space =
                new ObservationSpace(
                        List.of(
                                Field.own("cooperated", FieldKind.SCALAR, "", 0, 1, 1, 0),
                                Field.own("cooperators", FieldKind.SCALAR, "share", 0, 1, 1, 1),
                                Field.own("payoff", FieldKind.SCALAR, "payoff", low, high, 1, 2)),
                        seen == 0
                                ? List.of()
                                : List.of(
                                        new EntitySet(
                                                "neighbours",
                                                seen,
                                                List.of(
                                                        seen("action", "", -1, 1, 3),
                                                        seen("payoff", "payoff", low, high, 4)))),
                        3 + 2 * seen);
        List<Push> choices = List.of(Push.act("cooperate", '1'), Push.act("defect", '2'));
        ActionSpace action = new ActionSpace.Discrete(choices);
        return new EnvSpec(
                "network_dilemma",
                List.of(new AgentGroup("agents", agents, space, space, action)),
                TERMS,
                METRICS,
                DIALECTS,
                options.whole("horizon"),
                stateSize);
    }

    /// A neighbour's number: its action is 1 or −1, 0 where there is no such neighbour.
    private static Field seen(String name, String unit, double low, double high, int at) {
        return new Field(name, FieldKind.SCALAR, unit, low, high, 1, at, 2);
    }

    private static double lowest(EnvOptions options) {
        double low = Math.min(options.number("R"), options.number("S"));
        return Math.min(0, Math.min(low, Math.min(options.number("T"), options.number("P"))));
    }

    private static double highest(EnvOptions options) {
        double high = Math.max(options.number("R"), options.number("S"));
        return Math.max(high, Math.max(options.number("T"), options.number("P")));
    }

    /// One copy of the world.
    private static final class Env implements ParallelEnv {

        private final Network network;
        private final EnvSpec spec;
        private final StepResult result;
        private final int n;
        private final double start;
        private final boolean seesNeighbours;
        private final int size;
        private final int width; // of the tables: largest degree + 1
        private final double[][] gets; // [kind][degree · width + cooperating neighbours]
        private final double[][] gives;
        private final RandomStream random = new RandomStream(0);
        private final StateCursor save = StateCursor.saving();
        private final StateCursor load = StateCursor.loading();

        private final byte[] kind; // 1 where an agent cooperated
        private final byte[] before; // and a step before
        private final int[] cooperators; // among an agent's neighbours
        private final double[] payoffs;
        private int step;

        Env(EnvOptions options) {
            network = NetworkDilemma.network(options);
            n = network.size();
            kind = new byte[n];
            before = new byte[n];
            cooperators = new int[n];
            payoffs = new double[n];
            StateCursor measure = StateCursor.measuring();
            exchange(measure);
            spec = NetworkDilemma.spec(options, network, measure.position());
            result = new StepResult(spec);
            size = spec.groups().getFirst().observation().size();
            seesNeighbours = options.word("sight").equals("neighbours");
            start = options.number("start");
            width = network.largestDegree() + 1;
            double r = options.number("R");
            double s = options.number("S");
            double t = options.number("T");
            double p = options.number("P");
            gets = new double[][] {table(t, p), table(r, s)};
            gives = new double[][] {table(s, p), table(r, t)};
        }

        /// Means over neighbours, by degree and number of cooperators among them.
        private double[] table(double fromCooperator, double fromDefector) {
            double[] table = new double[width * width];
            for (int degree = 1; degree < width; degree++) {
                for (int k = 0; k <= degree; k++) {
                    double sum = k * fromCooperator + (degree - k) * fromDefector;
                    table[degree * width + k] = sum / degree;
                }
            }
            return table;
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            for (int i = 0; i < n; i++) {
                kind[i] = (byte) (random.nextDouble() < start ? 1 : 0);
                before[i] = kind[i];
            }
            look();
            step = 0;
        }

        /// Counts cooperating neighbours and works out payoffs.
        private void look() {
            int[] first = network.first();
            int[] others = network.others();
            for (int i = 0; i < n; i++) {
                int count = 0;
                for (int e = first[i]; e < first[i + 1]; e++) {
                    count += kind[others[e]];
                }
                cooperators[i] = count;
                payoffs[i] = gets[kind[i]][(first[i + 1] - first[i]) * width + count];
            }
        }

        @Override
        public StepResult step(Actions actions) {
            System.arraycopy(kind, 0, before, 0, n);
            for (int i = 0; i < n; i++) {
                kind[i] = (byte) (actions.choice(i) == COOPERATE ? 1 : 0);
            }
            look();
            book();
            step++;
            result.truncated = step >= spec.horizon();
            return result;
        }

        private void book() {
            double[] terms = result.terms;
            double sum = 0;
            int changes = 0;
            for (int i = 0; i < n; i++) {
                int at = i * TERM_COUNT;
                terms[at + PAYOFF] = payoffs[i];
                terms[at + GIVEN] = gives[kind[i]][network.degree(i) * width + cooperators[i]];
                terms[at + KIND] = kind[i];
                sum += payoffs[i];
                changes += kind[i] ^ before[i];
            }
            result.metrics[0] = sum / n;
            result.metrics[4] = (double) changes / n;
            measureClusters();
        }

        private void measureClusters() {
            int kindAgents = 0;
            int kindEnds = 0; // ends of edges at cooperators
            int kindMeet = 0; // of these, with a cooperator at the other end
            int meet = 0;
            for (int i = 0; i < n; i++) {
                kindAgents += kind[i];
                kindEnds += kind[i] * network.degree(i);
                kindMeet += kind[i] * cooperators[i];
                meet += cooperators[i];
            }
            int otherEnds = network.others().length - kindEnds;
            boolean both = kindEnds > 0 && otherEnds > 0;
            result.metrics[1] = (double) kindAgents / n;
            result.metrics[2] = result.metrics[1];
            result.metrics[3] =
                    both
                            ? (double) kindMeet / kindEnds - (double) (meet - kindMeet) / otherEnds
                            : 0;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            int from = network.first()[agent];
            int to = network.first()[agent + 1];
            into[at] = kind[agent];
            into[at + 1] = from == to ? 0 : (double) cooperators[agent] / (to - from);
            into[at + 2] = payoffs[agent];
            if (!seesNeighbours) {
                return;
            }
            int k = at + 3;
            for (int e = from; e < to; e++) {
                int other = network.others()[e];
                into[k++] = 2 * kind[other] - 1;
                into[k++] = payoffs[other];
            }
            while (k < at + size) {
                into[k++] = 0;
            }
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            observe(agent, into, at);
        }

        private void exchange(StateCursor state) {
            state.bytes(kind);
            state.bytes(before);
        }

        @Override
        public void snapshot(Frame into) {
            exchange(save.over(into.state));
            random.save(into.random, 0);
            into.step = step;
        }

        @Override
        public void restore(Frame from) {
            exchange(load.over(from.state));
            random.load(from.random, 0);
            step = from.step;
            look();
        }
    }

    /// A lattice, and any large network, as tiles; a small network as a ring with its edges. Below,
    /// the share of cooperators as a bar.
    private static final class Picture implements Portrayal {

        private static final int MOST_ON_A_RING = 300;
        private static final int MOST_EDGES = 2500;

        private static final int STAYED = 2;

        /// By action, defecting first; the first two have just changed.
        private static final Ink[] INKS = {
            new Ink.Level(0.42), new Ink.Level(0.68), new Ink.Level(0.12), new Ink.Level(0.97)
        };

        private final Network network;
        private final int n;
        private final int rows;
        private final int columns;
        private final boolean tiles;
        private final double radius;
        private final double[] xs;
        private final double[] ys;
        private final byte[] codes;
        private final double[] cornerX = new double[4];
        private final double[] cornerY = new double[4];

        Picture(EnvOptions options) {
            network = network(options);
            n = network.size();
            rows = options.whole("rows");
            columns = options.whole("columns");
            tiles = options.word("topology").equals("lattice") || n > MOST_ON_A_RING;
            codes = new byte[n];
            xs = new double[n];
            ys = new double[n];
            double ring = 0.45 * Math.min(rows, columns);
            radius = tiles ? 0.5 : Math.min(0.08 * ring, 0.85 * Math.PI * ring / n);
            for (int i = 0; i < n; i++) {
                double angle = Math.PI / 2 - 2 * Math.PI * i / n;
                xs[i] = tiles ? i % columns + 0.5 : columns / 2.0 + ring * Math.cos(angle);
                ys[i] = tiles ? rows - i / columns - 0.5 : rows / 2.0 + ring * Math.sin(angle);
            }
        }

        @Override
        public Bounds bounds(Frame frame) {
            return new Bounds(0, -0.08 * rows, columns, rows);
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            int cooperators = 0;
            for (int i = 0; i < n; i++) {
                int kind = (int) frame.state[i];
                boolean stayed = frame.state[n + i] == kind;
                codes[i] = (byte) (kind + (stayed ? STAYED : 0));
                cooperators += kind;
            }
            if (tiles) {
                brush.tiles(0, rows, 1, rows, columns, codes, INKS);
            } else {
                edges(brush);
                brush.sprites(Brush.Sprite.DISC, n, xs, ys, null, radius, codes, INKS);
            }
            if (on.selected >= 0 && on.selected < n) {
                neighbours(on.selected, brush);
            }
            double share = (double) cooperators / n;
            bar(0, share * columns, INKS[3], brush);
            bar(share * columns, columns, INKS[2], brush);
        }

        private void edges(Brush brush) {
            if (network.others().length > 2 * MOST_EDGES) {
                return;
            }
            for (int i = 0; i < n; i++) {
                for (int e = network.first()[i]; e < network.first()[i + 1]; e++) {
                    int j = network.others()[e];
                    if (i < j) {
                        boolean kind = codes[i] % 2 == 1 && codes[j] % 2 == 1;
                        Ink ink = kind ? INKS[3] : Ink.Role.GRID;
                        brush.line(xs[i], ys[i], xs[j], ys[j], ink, 1);
                    }
                }
            }
        }

        private void neighbours(int agent, Brush brush) {
            double reach = radius * (tiles ? 0.6 : 1);
            for (int e = network.first()[agent]; e < network.first()[agent + 1]; e++) {
                int j = network.others()[e];
                brush.ring(xs[j], ys[j], reach, Ink.Role.ACCENT, 2, false);
            }
            brush.ring(xs[agent], ys[agent], radius, Ink.Role.ACCENT, 3.5, false);
        }

        private void bar(double from, double to, Ink ink, Brush brush) {
            cornerX[0] = from;
            cornerX[1] = to;
            cornerX[2] = to;
            cornerX[3] = from;
            cornerY[0] = -0.07 * rows;
            cornerY[1] = -0.07 * rows;
            cornerY[2] = -0.03 * rows;
            cornerY[3] = -0.03 * rows;
            brush.polygon(cornerX, cornerY, 4, ink, Ink.Role.GRID, 0.5);
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            into[0] = xs[agent];
            into[1] = ys[agent];
            into[2] = radius;
        }

        @Override
        public String describe(Frame frame) {
            int cooperators = 0;
            int changed = 0;
            for (int i = 0; i < n; i++) {
                cooperators += (int) frame.state[i];
                changed += frame.state[i] == frame.state[n + i] ? 0 : 1;
            }
            return "Network Dilemma, step "
                    + frame.step
                    + ": "
                    + cooperators
                    + " of "
                    + n
                    + " agents cooperate, "
                    + changed
                    + " have just changed.";
        }
    }
}
