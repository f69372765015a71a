package marlab.sim.world.swarm;

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

/// Flocking after Vicsek, Czirók, Ben-Jacob, Cohen and Shochet 1995: everybody moves at the same
/// speed on a torus and takes the mean heading of all within a radius, plus noise,
///
/// x(t+1) = x(t) + v(t), θ(t+1) = ⟨θ(t)⟩_r + u + ξ, ξ uniform within ±η/2,
///
/// where u is the turn that an agent chooses. The agents of the world are those that are steered;
/// the others of the flock follow the rule with u = 0.
public final class Vicsek implements WorldProvider {

    /// Neighbours that an agent sees.
    public static final int SEEN = TorusCells.NEAREST;

    private static final int ORDER = 0;
    private static final int EAST = 1;
    private static final int LOCAL = 2;
    private static final int EFFORT = 3;
    private static final int TERM_COUNT = 4;
    private static final int OWN = 4;
    private static final int PER_NEIGHBOUR = 5;
    private static final int OBSERVED = OWN + SEEN * PER_NEIGHBOUR;

    private static final List<RewardTerm> TERMS =
            List.of(
                    new RewardTerm(
                            "order",
                            "Fly as one",
                            "",
                            true,
                            1,
                            -2,
                            2,
                            "Polarisation of the flock: length of the mean heading, 0 to 1."),
                    new RewardTerm(
                            "east",
                            "Head east",
                            "",
                            false,
                            0,
                            -2,
                            2,
                            "Cosine of the agent's own heading: 1 to the right, −1 to the left."),
                    new RewardTerm(
                            "local",
                            "Agree with neighbours",
                            "",
                            false,
                            0,
                            -2,
                            2,
                            "Length of the mean heading within the radius, 0 to 1."),
                    new RewardTerm(
                            "effort",
                            "Save effort",
                            "turns",
                            false,
                            0,
                            -2,
                            2,
                            "Minus the turn that the agent chooses, 1 being a full one."));

    private static final List<Metric> METRICS =
            List.of(
                    new Metric(
                            "R",
                            "Return",
                            "",
                            Metric.Over.SUM,
                            "Σ over steps of the polarisation: the reward with default weights."),
                    new Metric(
                            "polarisation",
                            "Polarisation",
                            "",
                            Metric.Over.MEAN,
                            "|Σ v| / (N·v₀), mean over the steps: 0 is disorder, 1 one direction."),
                    new Metric(
                            "polarisation_end",
                            "Polarisation at the end",
                            "",
                            Metric.Over.LAST,
                            "|Σ v| / (N·v₀) at the last step."),
                    new Metric(
                            "neighbours",
                            "Neighbours",
                            "agents",
                            Metric.Over.MEAN,
                            "Others within the radius, mean over flock and steps."));

    private static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect("per_agent", "Mean per agent", "R", e -> e.metrics()[0]),
                    new ReturnDialect(
                            "order_parameter",
                            "Vicsek's order parameter, time average",
                            "R / T",
                            e -> e.metrics()[0] / e.steps()));

    private static final List<Push> TURNS =
            List.of(
                    new Push("turn left", -1, 0, 'Q'),
                    new Push("straight on", 0, 0),
                    new Push("turn right", 1, 0, 'E'));

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    new OptionSpec.Whole(
                            "agents", "Flock", 300, 10, 10_000, "Number of birds in the flock."),
                    new OptionSpec.Real(
                            "controlled",
                            "Steered",
                            1,
                            0.001,
                            1,
                            "of the flock",
                            "Share of the flock that is steered, at least one; the rest follows."),
                    new OptionSpec.Real(
                            "noise",
                            "Noise",
                            1,
                            0,
                            6.284,
                            "rad",
                            "Width η of the uniform noise on headings; 2π is pure chance."),
                    new OptionSpec.Real(
                            "density",
                            "Density",
                            4,
                            0.1,
                            10,
                            "birds per unit²",
                            "Birds per area; with their number it gives the size of the torus."),
                    new OptionSpec.Real(
                            "radius", "Radius", 1, 0.1, 1, "units", "How far a bird sees others."),
                    new OptionSpec.Real(
                            "speed", "Speed", 0.03, 0, 0.5, "units/step", "Speed of every bird."),
                    new OptionSpec.Real(
                            "turn",
                            "Full turn",
                            0.5,
                            0,
                            3.142,
                            "rad/step",
                            "The largest turn that an agent can choose."),
                    new OptionSpec.Choice(
                            "actions",
                            "Actions",
                            "discrete",
                            List.of("discrete", "continuous"),
                            "Left, straight on or right, or one number within −1 and 1 (left)."),
                    new OptionSpec.Whole(
                            "horizon",
                            "Steps per episode",
                            500,
                            1,
                            100_000,
                            "Steps after which the episode is cut."));

    @Override
    public String name() {
        return "vicsek";
    }

    @Override
    public String title() {
        return "Vicsek Flock";
    }

    @Override
    public String summary() {
        return "Birds that do nothing but take the mean heading of those around them become a flock,"
                + " unless there is too much noise.";
    }

    @Override
    public Family family() {
        return Family.SWARMS;
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Nobody leads, yet patches of one colour grow until the whole flock has one"
                        + " direction.",
                "Raise the noise: the order does not fade away, it breaks down within a narrow"
                        + " range.",
                "Steer only one bird in twenty: a few that know where to go are enough to lead"
                        + " everybody.");
    }

    @Override
    public String source() {
        return "Vicsek et al. 1995, Physical Review Letters 75, 1226; turns of agents added";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> examples = new LinkedHashMap<>();
        examples.put("ten birds", Map.of("agents", "10", "density", "2"));
        examples.put(
                "a few leaders", Map.of("agents", "1000", "controlled", "0.05", "noise", "0.6"));
        examples.put("ten thousand", Map.of("agents", "10000", "density", "2", "speed", "0.1"));
        examples.put("disorder", Map.of("noise", "5"));
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
        policies.put("passive", new Steer(options, false));
        policies.put("east", new Steer(options, true));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    static int steered(EnvOptions options) {
        return Math.max(
                1, (int) Math.round(options.number("controlled") * options.whole("agents")));
    }

    static double side(EnvOptions options) {
        return Math.sqrt(options.whole("agents") / options.number("density"));
    }

    private static EnvSpec spec(EnvOptions options, int stateSize) {
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < steered(options); i++) {
            agents.add(new AgentId(i, "bird_" + i));
        }
        ActionSpace action =
                options.word("actions").equals("discrete")
                        ? new ActionSpace.Discrete(TURNS)
                        : new ActionSpace.Box(List.of(new Push("turn left", -1, 0)), -1, 1);
        double radius = options.number("radius");
        AgentGroup group =
                new AgentGroup(
                        "birds",
                        agents,
                        observation(radius, false),
                        observation(radius, true),
                        action);
        return new EnvSpec(
                "vicsek",
                List.of(group),
                TERMS,
                METRICS,
                DIALECTS,
                options.whole("horizon"),
                stateSize);
    }

    private static ObservationSpace observation(double radius, boolean central) {
        List<Field> own = new ArrayList<>();
        own.add(Field.own("heading", FieldKind.VECTOR, "", -1, 1, 2, 0));
        own.add(Field.own("mean heading near", FieldKind.VECTOR, "", -1, 1, 2, 2));
        if (central) {
            own.add(Field.own("mean heading", FieldKind.VECTOR, "", -1, 1, 2, OBSERVED));
        }
        int step = PER_NEIGHBOUR;
        double far = 2 * radius;
        List<Field> fields =
                List.of(
                        new Field(
                                "position",
                                FieldKind.RELATIVE_POSITION,
                                "units",
                                -far,
                                far,
                                2,
                                OWN,
                                step),
                        new Field("heading", FieldKind.VECTOR, "", -1, 1, 2, OWN + 2, step),
                        new Field("there", FieldKind.SCALAR, "", 0, 1, 1, OWN + 4, step));
        return new ObservationSpace(
                own,
                List.of(new EntitySet("neighbours", SEEN, fields)),
                central ? OBSERVED + 2 : OBSERVED);
    }

    /// One copy of the world. Headings are kept as unit vectors, so that means need no arc tangent.
    static final class Env implements ParallelEnv {

        final double[] x;
        final double[] y;
        final double[] headX;
        final double[] headY;
        final double[] sumX; // headings of all within the radius
        final double[] sumY;
        final int[] near; // how many these are, oneself included

        private final EnvSpec spec;
        private final StepResult result;
        private final int n;
        private final int steered;
        private final boolean discrete;
        private final double side;
        private final double radius;
        private final double speed;
        private final double noise;
        private final double turn;
        private final TorusCells cells;
        private final double[] angle;
        private final double[] cos;
        private final double[] sin;
        private final int[] nearest = new int[SEEN];
        private final RandomStream random = new RandomStream(0);
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private double meanX;
        private double meanY;
        private int step;

        Env(EnvOptions options) {
            n = options.whole("agents");
            steered = steered(options);
            discrete = options.word("actions").equals("discrete");
            side = side(options);
            radius = options.number("radius");
            speed = options.number("speed");
            noise = options.number("noise");
            turn = options.number("turn");
            x = new double[n];
            y = new double[n];
            headX = new double[n];
            headY = new double[n];
            sumX = new double[n];
            sumY = new double[n];
            near = new int[n];
            angle = new double[n];
            cos = new double[n];
            sin = new double[n];
            cells = new TorusCells(n, side, radius);
            StateCursor measure = StateCursor.measuring();
            exchange(measure);
            spec = Vicsek.spec(options, measure.position());
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
                x[i] = side * random.nextDouble();
                y[i] = side * random.nextDouble();
                angle[i] = 2 * Math.PI * random.nextDouble();
            }
            Turns.of(angle, headX, headY);
            step = 0;
            look();
        }

        /// Works out who is near whom, for the observation now and the alignment in the next step.
        private void look() {
            cells.sort(x, y, headX, headY);
            cells.sums(sumX, sumY, near);
            double sx = 0;
            double sy = 0;
            for (int i = 0; i < n; i++) {
                sx += headX[i];
                sy += headY[i];
            }
            meanX = sx / n;
            meanY = sy / n;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < n; i++) {
                double chosen = i < steered ? chosen(actions, i) : 0;
                angle[i] = turn * chosen + noise * (random.nextDouble() - 0.5);
                if (i < steered) {
                    result.terms[i * TERM_COUNT + EFFORT] = -Math.abs(chosen);
                }
            }
            Turns.of(angle, cos, sin);
            for (int i = 0; i < n; i++) {
                move(i, cos[i], sin[i]);
            }
            step++;
            look();
            measure();
            return result;
        }

        /// Within −1 and 1, to the left where positive.
        private double chosen(Actions actions, int i) {
            if (discrete) {
                return 1 - actions.choice(i);
            }
            double chosen = actions.box(i, 0);
            return chosen >= -1 ? Math.min(chosen, 1) : chosen < -1 ? -1 : 0;
        }

        private void move(int i, double turnX, double turnY) {
            x[i] = onTorus(x[i] + speed * headX[i]);
            y[i] = onTorus(y[i] + speed * headY[i]);
            double length = Math.sqrt(sumX[i] * sumX[i] + sumY[i] * sumY[i]);
            double alongX = length > 1e-12 ? sumX[i] / length : headX[i];
            double alongY = length > 1e-12 ? sumY[i] / length : headY[i];
            headX[i] = alongX * turnX - alongY * turnY;
            headY[i] = alongX * turnY + alongY * turnX;
        }

        private double onTorus(double place) {
            double inside = place < 0 ? place + side : place;
            return inside >= side ? inside - side : inside;
        }

        private void measure() {
            double order = Math.sqrt(meanX * meanX + meanY * meanY);
            for (int i = 0; i < steered; i++) {
                result.terms[i * TERM_COUNT + ORDER] = order;
                result.terms[i * TERM_COUNT + EAST] = headX[i];
                result.terms[i * TERM_COUNT + LOCAL] =
                        Math.sqrt(sumX[i] * sumX[i] + sumY[i] * sumY[i]) / near[i];
            }
            long others = 0;
            for (int count : near) {
                others += count - 1;
            }
            result.metrics[0] = order;
            result.metrics[1] = order;
            result.metrics[2] = order;
            result.metrics[3] = (double) others / n;
            result.truncated = step >= spec.horizon();
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            into[at] = headX[agent];
            into[at + 1] = headY[agent];
            into[at + 2] = sumX[agent] / near[agent];
            into[at + 3] = sumY[agent] / near[agent];
            int found = cells.nearest(agent, nearest);
            int k = at + OWN;
            for (int e = 0; e < SEEN; e++, k += PER_NEIGHBOUR) {
                if (e < found) {
                    int other = nearest[e];
                    into[k] = way(cells.x[other] - x[agent]);
                    into[k + 1] = way(cells.y[other] - y[agent]);
                    into[k + 2] = cells.headX[other];
                    into[k + 3] = cells.headY[other];
                    into[k + 4] = 1;
                } else { // out of sight: farther than all in sight, straight behind
                    into[k] = -2 * radius * headX[agent];
                    into[k + 1] = -2 * radius * headY[agent];
                    into[k + 2] = 0;
                    into[k + 3] = 0;
                    into[k + 4] = 0;
                }
            }
        }

        private double way(double difference) {
            double half = 0.5 * side;
            return difference > half
                    ? difference - side
                    : difference < -half ? difference + side : difference;
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            observe(agent, into, at);
            into[at + OBSERVED] = meanX;
            into[at + OBSERVED + 1] = meanY;
        }

        private void exchange(StateCursor state) {
            state.numbers(x);
            state.numbers(y);
            state.numbers(headX);
            state.numbers(headY);
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
            look();
        }
    }

    /// Turns nothing, or turns so that the heading comes as near to east as it can.
    private static final class Steer implements Policy {

        private final boolean east;
        private final boolean discrete;
        private final double turn;
        private final double[] seen = new double[OBSERVED];

        Steer(EnvOptions options, boolean east) {
            this.east = east;
            discrete = options.word("actions").equals("discrete");
            turn = options.number("turn");
        }

        @Override
        public void act(ParallelEnv env, Decision into, RandomGenerator random) {
            int agents = into.values.length;
            for (int i = 0; i < agents; i++) {
                double chosen = 0;
                if (east) {
                    env.observe(i, seen, 0);
                    double off = Math.atan2(seen[3], seen[2]);
                    chosen = turn > 0 ? Math.clamp(-off / turn, -1, 1) : 0;
                }
                if (discrete) {
                    int choice = 1 - (int) Math.rint(chosen);
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

    /// Arrow heads coloured by where they head; steered ones with a ring where not all are. A dial
    /// in the corner shows the flock's mean heading.
    private static final class Picture implements Portrayal {

        /// Colours of the circle.
        private static final int SHADES = 64;

        private static final Ink[] INKS = new Ink[SHADES];

        static {
            for (int k = 0; k < SHADES; k++) {
                INKS[k] = new Ink.Phase((k + 0.5) / SHADES);
            }
        }

        private final int n;
        private final int steered;
        private final double side;
        private final double size;
        private final double[] xs;
        private final double[] ys;
        private final double[] headings;
        private final byte[] codes;
        private final byte[] ringCodes;
        private final Ink[] ringInks = {Ink.Role.FOREGROUND};

        Picture(EnvOptions options) {
            n = options.whole("agents");
            steered = steered(options);
            side = side(options);
            size = side * Math.clamp(0.45 / Math.sqrt(n), 0.006, 0.05);
            xs = new double[n];
            ys = new double[n];
            headings = new double[n];
            codes = new byte[n];
            ringCodes = new byte[steered];
        }

        @Override
        public Bounds bounds(Frame frame) {
            double margin = 2 * size;
            return new Bounds(-margin, -margin, side + margin, side + margin);
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            double sx = 0;
            double sy = 0;
            for (int i = 0; i < n; i++) {
                xs[i] = frame.state[i];
                ys[i] = frame.state[n + i];
                double hx = frame.state[2 * n + i];
                double hy = frame.state[3 * n + i];
                sx += hx;
                sy += hy;
                headings[i] = Math.atan2(hy, hx);
                double turns = headings[i] / (2 * Math.PI);
                codes[i] = (byte) ((int) Math.floor(turns * SHADES) & (SHADES - 1));
            }
            border(brush);
            brush.sprites(Brush.Sprite.ARROW, n, xs, ys, headings, size, codes, INKS);
            if (steered < n) {
                brush.sprites(
                        Brush.Sprite.RING, steered, xs, ys, null, 1.5 * size, ringCodes, ringInks);
            }
            if (on.selected >= 0 && on.selected < steered) {
                brush.ring(xs[on.selected], ys[on.selected], 2 * size, Ink.Role.ACCENT, 3, false);
            }
            dial(sx / n, sy / n, brush);
        }

        private void border(Brush brush) {
            brush.line(0, 0, side, 0, Ink.Role.GRID, 1);
            brush.line(side, 0, side, side, Ink.Role.GRID, 1);
            brush.line(side, side, 0, side, Ink.Role.GRID, 1);
            brush.line(0, side, 0, 0, Ink.Role.GRID, 1);
        }

        private void dial(double meanX, double meanY, Brush brush) {
            double radius = 0.06 * side;
            double x = side - 1.3 * radius;
            double y = side - 1.3 * radius;
            brush.disc(x, y, radius, Ink.Role.CANVAS, Ink.Role.MUTED, 1.5);
            brush.line(x, y, x + radius * meanX, y + radius * meanY, Ink.Role.FOREGROUND, 3);
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            into[0] = frame.state[agent];
            into[1] = frame.state[n + agent];
            into[2] = size;
        }

        @Override
        public String describe(Frame frame) {
            double sx = 0;
            double sy = 0;
            for (int i = 0; i < n; i++) {
                sx += frame.state[2 * n + i];
                sy += frame.state[3 * n + i];
            }
            return "Vicsek Flock, step "
                    + frame.step
                    + ": "
                    + n
                    + " birds, polarisation "
                    + Math.round(100 * Math.sqrt(sx * sx + sy * sy) / n)
                    + " %.";
        }
    }
}
