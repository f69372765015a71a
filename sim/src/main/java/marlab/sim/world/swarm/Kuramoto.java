package marlab.sim.world.swarm;

import java.util.ArrayList;
import java.util.Arrays;
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
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// Coupled oscillators after Kuramoto 1975,
///
/// dθ_i/dt = ω_i + K · Σ_j sin(θ_j − θ_i) / (number coupled) + u_i,
///
/// in Euler steps, u_i being a push that an agent chooses. With everybody coupled to everybody the
/// sum is K·r·sin(ψ − θ_i), where r·e^{iψ} is the mean of all e^{iθ}: one pass instead of all
/// pairs. Sines and cosines are {@link Math}'s: the same on the same machine.
public final class Kuramoto implements WorldProvider {

    /// Partners that an agent sees.
    public static final int SEEN = 4;

    private static final int ORDER = 0;
    private static final int PULL = 1;
    private static final int EFFORT = 2;
    private static final int TERM_COUNT = 3;
    private static final int OWN = 5;
    private static final int OBSERVED = OWN + 2 * SEEN;
    private static final double TURN = 2 * Math.PI;

    private static final List<RewardTerm> TERMS =
            List.of(
                    new RewardTerm(
                            "order",
                            "Swing as one",
                            "",
                            true,
                            1,
                            -2,
                            2,
                            "Order parameter r of all oscillators: 0 scattered, 1 in step."),
                    new RewardTerm(
                            "pull",
                            "Agree with partners",
                            "",
                            false,
                            0,
                            -2,
                            2,
                            "Mean of cos(θ_j − θ_i) over those that the agent is coupled to."),
                    new RewardTerm(
                            "effort",
                            "Save effort",
                            "pushes",
                            false,
                            0,
                            -2,
                            2,
                            "Minus the push that the agent makes, 1 being a full one."));

    private static final List<Metric> METRICS =
            List.of(
                    new Metric(
                            "R",
                            "Return",
                            "",
                            Metric.Over.SUM,
                            "Σ over steps of the order parameter: the reward with default weights."),
                    new Metric(
                            "coherence",
                            "Coherence",
                            "",
                            Metric.Over.MEAN,
                            "r = |Σ e^{iθ}| / N, mean over the steps: 0 is incoherence, 1 unison."),
                    new Metric(
                            "coherence_end",
                            "Coherence at the end",
                            "",
                            Metric.Over.LAST,
                            "r = |Σ e^{iθ}| / N at the last step."));

    private static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect("per_agent", "Mean per agent", "R", e -> e.metrics()[0]),
                    new ReturnDialect(
                            "order_parameter",
                            "Order parameter, time average",
                            "R / T",
                            e -> e.metrics()[0] / e.steps()));

    private static final List<Push> PUSHES =
            List.of(
                    new Push("slower", -1, 0, 'Q'),
                    new Push("as it is", 0, 0),
                    new Push("faster", 1, 0, 'E'));

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    new OptionSpec.Whole(
                            "agents", "Oscillators", 100, 10, 10_000, "Number of oscillators."),
                    new OptionSpec.Real(
                            "controlled",
                            "Steered",
                            1,
                            0.001,
                            1,
                            "of all",
                            "Share of the oscillators that are steered, at least one."),
                    new OptionSpec.Real(
                            "coupling",
                            "Coupling",
                            1.5,
                            0,
                            10,
                            "rad/s",
                            "K: how strongly oscillators pull each other. All to all, order sets in at"
                                    + " 2 × spread (cauchy), 1.60 × (normal), 1.27 × (uniform)."),
                    new OptionSpec.Choice(
                            "frequencies",
                            "Frequencies",
                            "cauchy",
                            List.of("cauchy", "normal", "uniform"),
                            "How natural frequencies are drawn."),
                    new OptionSpec.Real(
                            "spread",
                            "Spread",
                            0.5,
                            0,
                            3,
                            "rad/s",
                            "Half width at half maximum, standard deviation, or half width."),
                    new OptionSpec.Choice(
                            "topology",
                            "Coupled to",
                            "all",
                            List.of("all", "ring", "random"),
                            "all; the nearest on a ring; or as many others, drawn anew in every"
                                    + " episode."),
                    new OptionSpec.Whole(
                            "reach",
                            "Reach",
                            3,
                            2,
                            4,
                            "Partners on each side of the ring; random: half the partners."),
                    new OptionSpec.Real(
                            "push",
                            "Full push",
                            1,
                            0,
                            10,
                            "rad/s",
                            "The largest change of frequency that an agent can choose."),
                    new OptionSpec.Real(
                            "dt", "Time step", 0.05, 0.001, 0.1, "s", "Length of an Euler step."),
                    new OptionSpec.Choice(
                            "actions",
                            "Actions",
                            "discrete",
                            List.of("discrete", "continuous"),
                            "Slower, as it is or faster, or one number within −1 and 1."),
                    new OptionSpec.Whole(
                            "horizon",
                            "Steps per episode",
                            500,
                            1,
                            100_000,
                            "Steps after which the episode is cut."));

    @Override
    public String name() {
        return "kuramoto";
    }

    @Override
    public String title() {
        return "Kuramoto Oscillators";
    }

    @Override
    public String summary() {
        return "Oscillators that would each go at their own speed pull one another into step, if the"
                + " pull is strong enough.";
    }

    @Override
    public Family family() {
        return Family.SWARMS;
    }

    @Override
    public List<String> notice() {
        return List.of(
                "The arrow in the circle is the mean of all: its length is the order parameter.",
                "Below the critical coupling it only trembles; above it the slow majority locks while"
                        + " the fastest, on the outside, still drift past.",
                "On a ring no common rhythm comes about: waves of phase wander instead, as the right"
                        + " picture shows.");
    }

    @Override
    public String source() {
        return "Kuramoto 1975; Strogatz 2000, Physica D 143, 1; pushes of agents added";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> examples = new LinkedHashMap<>();
        examples.put("ten", Map.of("agents", "10", "coupling", "1.8", "frequencies", "normal"));
        examples.put("ten thousand", Map.of("agents", "10000"));
        examples.put(
                "ring of a thousand",
                Map.of("agents", "1024", "topology", "ring", "spread", "0.1", "coupling", "4"));
        examples.put(
                "a few pacemakers",
                Map.of("agents", "400", "controlled", "0.05", "coupling", "0.9", "push", "5"));
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
        policies.put("passive", new Steer(options, 0));
        policies.put("synchronise", new Steer(options, 1));
        policies.put("desynchronise", new Steer(options, -1));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    static int steered(EnvOptions options) {
        return Math.max(
                1, (int) Math.round(options.number("controlled") * options.whole("agents")));
    }

    private static EnvSpec spec(EnvOptions options, int stateSize) {
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < steered(options); i++) {
            agents.add(new AgentId(i, "oscillator_" + i));
        }
        ActionSpace action =
                options.word("actions").equals("discrete")
                        ? new ActionSpace.Discrete(PUSHES)
                        : new ActionSpace.Box(List.of(new Push("faster", 1, 0)), -1, 1);
        AgentGroup group =
                new AgentGroup(
                        "oscillators", agents, observation(false), observation(true), action);
        return new EnvSpec(
                "kuramoto",
                List.of(group),
                TERMS,
                METRICS,
                DIALECTS,
                options.whole("horizon"),
                stateSize);
    }

    private static ObservationSpace observation(boolean central) {
        List<Field> own = new ArrayList<>();
        own.add(Field.own("cos phase", FieldKind.SCALAR, "", -1, 1, 1, 0));
        own.add(Field.own("sin phase", FieldKind.SCALAR, "", -1, 1, 1, 1));
        own.add(Field.own("frequency", FieldKind.SCALAR, "rad/s", -3, 3, 1, 2));
        own.add(Field.own("partners in step", FieldKind.SCALAR, "", -1, 1, 1, 3));
        own.add(Field.own("partners ahead", FieldKind.SCALAR, "", -1, 1, 1, 4));
        if (central) {
            own.add(Field.own("all in step", FieldKind.SCALAR, "", -1, 1, 1, OBSERVED));
            own.add(Field.own("all ahead", FieldKind.SCALAR, "", -1, 1, 1, OBSERVED + 1));
        }
        List<Field> fields =
                List.of(
                        new Field("in step", FieldKind.SCALAR, "", -1, 1, 1, OWN, 2),
                        new Field("ahead", FieldKind.SCALAR, "", -1, 1, 1, OWN + 1, 2));
        return new ObservationSpace(
                own,
                List.of(new EntitySet("partners", SEEN, fields)),
                central ? OBSERVED + 2 : OBSERVED);
    }

    /// One copy of the world.
    static final class Env implements ParallelEnv {

        final double[] phase; // within [0, 2π)
        final double[] frequency;
        final double[] cos;
        final double[] sin;
        final double[] fieldX; // mean of e^{iθ} over those that one is coupled to
        final double[] fieldY;

        private final EnvSpec spec;
        private final StepResult result;
        private final int n;
        private final int steered;
        private final boolean discrete;
        private final String frequencies;
        private final String topology;
        private final int reach;
        private final double spread;
        private final double coupling;
        private final double push;
        private final double dt;
        private final int[] partners; // random topology: [agents × 2·reach], else empty
        private final RandomStream random = new RandomStream(0);
        private final RandomStream drawing = new RandomStream(0);
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private int graph; // seed of the partners
        private double meanX;
        private double meanY;
        private int step;

        Env(EnvOptions options) {
            n = options.whole("agents");
            steered = steered(options);
            discrete = options.word("actions").equals("discrete");
            frequencies = options.word("frequencies");
            topology = options.word("topology");
            reach = options.whole("reach");
            spread = options.number("spread");
            coupling = options.number("coupling");
            push = options.number("push");
            dt = options.number("dt");
            phase = new double[n];
            frequency = new double[n];
            cos = new double[n];
            sin = new double[n];
            fieldX = new double[n];
            fieldY = new double[n];
            partners = new int[topology.equals("random") ? 2 * reach * n : 0];
            StateCursor measure = StateCursor.measuring();
            exchange(measure);
            spec = Kuramoto.spec(options, measure.position());
            result = new StepResult(spec);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            for (int i = 0; i < n; i++) {
                phase[i] = TURN * random.nextDouble();
                frequency[i] = spread * naturalFrequency();
            }
            graph = random.nextInt();
            drawPartners();
            step = 0;
            look();
        }

        private double naturalFrequency() {
            return switch (frequencies) {
                case "cauchy" -> Math.tan(Math.PI * (random.nextDouble() - 0.5));
                case "normal" -> random.nextGaussian();
                default -> 2 * random.nextDouble() - 1;
            };
        }

        /// Others, each as likely, the same one maybe twice. From a seed, so that a frame need not
        /// hold them.
        private void drawPartners() {
            drawing.reseed(graph);
            for (int k = 0; k < partners.length; k++) {
                int other = drawing.nextInt(n - 1);
                partners[k] = other < k / (2 * reach) ? other : other + 1;
            }
        }

        /// Works out phases' means, for the observation now and the pull in the next step.
        private void look() {
            double sx = 0;
            double sy = 0;
            for (int i = 0; i < n; i++) {
                cos[i] = Math.cos(phase[i]);
                sin[i] = Math.sin(phase[i]);
                sx += cos[i];
                sy += sin[i];
            }
            meanX = sx / n;
            meanY = sy / n;
            switch (topology) {
                case "ring" -> ring();
                case "random" -> randomPartners();
                default -> {
                    Arrays.fill(fieldX, meanX);
                    Arrays.fill(fieldY, meanY);
                }
            }
        }

        private void ring() {
            double share = 1.0 / (2 * reach);
            for (int i = 0; i < n; i++) {
                double sx = 0;
                double sy = 0;
                for (int k = 1; k <= reach; k++) {
                    int before = onRing(i - k);
                    int after = onRing(i + k);
                    sx += cos[before] + cos[after];
                    sy += sin[before] + sin[after];
                }
                fieldX[i] = share * sx;
                fieldY[i] = share * sy;
            }
        }

        private int onRing(int i) {
            return i < 0 ? i + n : i >= n ? i - n : i;
        }

        private void randomPartners() {
            int degree = 2 * reach;
            double share = 1.0 / degree;
            for (int i = 0; i < n; i++) {
                double sx = 0;
                double sy = 0;
                for (int k = i * degree; k < (i + 1) * degree; k++) {
                    sx += cos[partners[k]];
                    sy += sin[partners[k]];
                }
                fieldX[i] = share * sx;
                fieldY[i] = share * sy;
            }
        }

        /// The sine of how far the field is ahead, times its length: Σ sin(θ_j − θ_i) / (number).
        private double ahead(int i, double x, double y) {
            return y * cos[i] - x * sin[i];
        }

        private double inStep(int i, double x, double y) {
            return x * cos[i] + y * sin[i];
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < n; i++) {
                double chosen = i < steered ? chosen(actions, i) : 0;
                double pull = coupling * ahead(i, fieldX[i], fieldY[i]);
                double turned = phase[i] + dt * (frequency[i] + pull + push * chosen);
                double within = turned - TURN * Math.floor(turned * (1 / TURN));
                phase[i] = within >= 0 && within < TURN ? within : 0; // rounding at the seam
                if (i < steered) {
                    result.terms[i * TERM_COUNT + EFFORT] = -Math.abs(chosen);
                }
            }
            step++;
            look();
            measure();
            return result;
        }

        /// Within −1 and 1.
        private double chosen(Actions actions, int i) {
            if (discrete) {
                return actions.choice(i) - 1;
            }
            double chosen = actions.box(i, 0);
            return chosen >= -1 ? Math.min(chosen, 1) : chosen < -1 ? -1 : 0;
        }

        private void measure() {
            double order = Math.sqrt(meanX * meanX + meanY * meanY);
            for (int i = 0; i < steered; i++) {
                result.terms[i * TERM_COUNT + ORDER] = order;
                result.terms[i * TERM_COUNT + PULL] = inStep(i, fieldX[i], fieldY[i]);
            }
            result.metrics[0] = order;
            result.metrics[1] = order;
            result.metrics[2] = order;
            result.truncated = step >= spec.horizon();
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            into[at] = cos[agent];
            into[at + 1] = sin[agent];
            into[at + 2] = frequency[agent];
            into[at + 3] = inStep(agent, fieldX[agent], fieldY[agent]);
            into[at + 4] = ahead(agent, fieldX[agent], fieldY[agent]);
            for (int k = 0; k < SEEN; k++) {
                int other =
                        partners.length > 0
                                ? partners[2 * reach * agent + k]
                                : onRing(agent + ((k & 1) == 0 ? -1 : 1) * (1 + k / 2));
                into[at + OWN + 2 * k] = inStep(agent, cos[other], sin[other]);
                into[at + OWN + 2 * k + 1] = ahead(agent, cos[other], sin[other]);
            }
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            observe(agent, into, at);
            into[at + OBSERVED] = inStep(agent, meanX, meanY);
            into[at + OBSERVED + 1] = ahead(agent, meanX, meanY);
        }

        private void exchange(StateCursor state) {
            state.numbers(phase);
            state.numbers(frequency);
            graph = state.whole(graph);
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
            drawPartners();
            look();
        }
    }

    /// Pushes with the partners' mean, against it, or not at all.
    private static final class Steer implements Policy {

        private final int sense;
        private final boolean discrete;
        private final double[] seen = new double[OBSERVED];

        Steer(EnvOptions options, int sense) {
            this.sense = sense;
            discrete = options.word("actions").equals("discrete");
        }

        @Override
        public void act(ParallelEnv env, Decision into, RandomGenerator random) {
            int agents = into.values.length;
            for (int i = 0; i < agents; i++) {
                double chosen = 0;
                if (sense != 0) {
                    env.observe(i, seen, 0);
                    chosen = sense * Math.signum(seen[4]);
                }
                if (discrete) {
                    int choice = 1 + (int) chosen;
                    into.actions.choose(i, choice);
                    for (int k = 0; k < 3; k++) {
                        into.probabilities[3 * i + k] = k == choice ? 1 : 0;
                    }
                } else {
                    into.actions.box(i, 0, chosen);
                }
            }
        }
    }

    /// To the left the oscillators on a circle, faster ones farther out, with the mean as an arrow;
    /// to the right their phases as colours, row by row. The circle's colours are the legend.
    private static final class Picture implements Portrayal {

        /// Colours of the circle.
        private static final int SHADES = 64;

        private static final double MARGIN = 1.35;

        private static final Ink[] INKS = new Ink[SHADES];

        static {
            for (int k = 0; k < SHADES; k++) {
                INKS[k] = new Ink.Phase((k + 0.5) / SHADES);
            }
        }

        private final int n;
        private final int steered;
        private final double scale;
        private final double size;
        private final int columns;
        private final double[] xs;
        private final double[] ys;
        private final byte[] codes;
        private final byte[] tiles;
        private final double[] tipX = new double[1];
        private final double[] tipY = new double[1];
        private final double[] tipHeading = new double[1];
        private final byte[] noCodes; // zeros
        private final Ink[] tipInk = {Ink.Role.FOREGROUND};

        Picture(EnvOptions options) {
            n = options.whole("agents");
            steered = steered(options);
            scale = 1 / Math.max(options.number("spread"), 1e-9);
            size = Math.clamp(0.5 / Math.sqrt(n), 0.009, 0.09);
            columns = (int) Math.ceil(Math.sqrt(n));
            xs = new double[n];
            ys = new double[n];
            codes = new byte[n];
            tiles = new byte[columns * rows()];
            noCodes = new byte[steered];
        }

        private int rows() {
            return (n + columns - 1) / columns;
        }

        @Override
        public Bounds bounds(Frame frame) {
            return new Bounds(-MARGIN, -MARGIN, MARGIN + 2.25, MARGIN);
        }

        /// Distance from the centre: 1, and up to 0.25 more or less for fast and slow ones.
        private double distance(double frequency) {
            double z = frequency * scale;
            return 1 + 0.25 * z / (1 + Math.abs(z));
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            double sx = 0;
            double sy = 0;
            for (int i = 0; i < n; i++) {
                double phase = frame.state[i];
                double distance = distance(frame.state[n + i]);
                double c = Math.cos(phase);
                double s = Math.sin(phase);
                sx += c;
                sy += s;
                xs[i] = distance * c;
                ys[i] = distance * s;
                codes[i] = (byte) Math.clamp((long) (phase / TURN * SHADES), 0, SHADES - 1);
            }
            field(brush);
            brush.ring(0, 0, 1, Ink.Role.GRID, 1, false);
            brush.sprites(Brush.Sprite.DISC, n, xs, ys, null, size, codes, INKS);
            if (steered < n) {
                brush.sprites(
                        Brush.Sprite.RING, steered, xs, ys, null, 1.4 * size, noCodes, tipInk);
            }
            if (on.selected >= 0 && on.selected < steered) {
                int i = on.selected;
                brush.ring(xs[i], ys[i], 1.8 * size, Ink.Role.ACCENT, 3, false);
            }
            arrow(sx / n, sy / n, brush);
        }

        private void field(Brush brush) {
            double left = MARGIN;
            double width = 2.1;
            Arrays.fill(tiles, (byte) -1);
            System.arraycopy(codes, 0, tiles, 0, n);
            brush.tiles(left, width / 2, width / columns, rows(), columns, tiles, INKS);
        }

        private void arrow(double x, double y, Brush brush) {
            tipX[0] = x;
            tipY[0] = y;
            tipHeading[0] = Math.atan2(y, x);
            brush.line(0, 0, x, y, Ink.Role.FOREGROUND, 4);
            brush.sprites(Brush.Sprite.ARROW, 1, tipX, tipY, tipHeading, 0.07, noCodes, tipInk);
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            double phase = frame.state[agent];
            double distance = distance(frame.state[n + agent]);
            into[0] = distance * Math.cos(phase);
            into[1] = distance * Math.sin(phase);
            into[2] = size;
        }

        @Override
        public String describe(Frame frame) {
            double sx = 0;
            double sy = 0;
            for (int i = 0; i < n; i++) {
                sx += Math.cos(frame.state[i]);
                sy += Math.sin(frame.state[i]);
            }
            return "Kuramoto Oscillators, step "
                    + frame.step
                    + ": "
                    + n
                    + " oscillators, order "
                    + Math.round(100 * Math.sqrt(sx * sx + sy * sy) / n)
                    + " %.";
        }
    }
}
