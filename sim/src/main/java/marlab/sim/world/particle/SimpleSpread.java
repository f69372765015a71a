package marlab.sim.world.particle;

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
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// Simple Spread: N agents must stand on N landmarks without bumping into each other. Physics,
/// observation and reward are those of MPE2 1.1.0, `simple_spread_v3` with local_ratio 0.5 (Lowe et
/// al. 2017; Farama MPE2): reward_i = 0.5 · (−Σ_l min_j dist(j, l)) + 0.5 · (−agents that i hits).
public final class SimpleSpread implements WorldProvider {

    /// Radius of an agent, metres.
    public static final double AGENT_RADIUS = 0.15;

    /// Radius of a landmark as drawn, metres.
    public static final double LANDMARK_RADIUS = 0.05;

    /// A landmark is covered when an agent's centre is nearer than this, metres.
    public static final double COVERED = 0.1;

    /// Force of a full push, newtons.
    public static final double THRUST = 5;

    private static final int COVER = 0;
    private static final int COLLIDE = 1;
    private static final int NEAR = 2;
    private static final int ENERGY = 3;
    private static final int TERM_COUNT = 4;

    private static final long FARTHEST = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

    private static final double TOUCHING = AGENT_RADIUS + AGENT_RADIUS;
    private static final double MAYBE_TOUCHING = TOUCHING * TOUCHING * (1 + 1e-9);

    private static final List<RewardTerm> TERMS =
            List.of(
                    new RewardTerm(
                            "cover",
                            "Cover landmarks",
                            "m",
                            true,
                            0.5,
                            -2,
                            2,
                            "Minus the distance from every landmark to the agent nearest to it, summed."),
                    new RewardTerm(
                            "collide",
                            "Avoid collisions",
                            "agents",
                            false,
                            0.5,
                            -2,
                            2,
                            "Minus the number of agents that this agent is touching."),
                    new RewardTerm(
                            "near",
                            "Get near any",
                            "m",
                            false,
                            0,
                            -2,
                            2,
                            "Minus the agent's own distance to the landmark nearest to it."),
                    new RewardTerm(
                            "energy",
                            "Save energy",
                            "pushes",
                            false,
                            0,
                            -2,
                            2,
                            "Minus the push that the agent makes, 1 being a full one."));

    private static final List<Metric> METRICS =
            List.of(
                    new Metric(
                            "D",
                            "Distance",
                            "m",
                            Metric.Over.SUM,
                            "Σ over steps and landmarks of the distance to the nearest agent."),
                    new Metric(
                            "C",
                            "Collisions",
                            "pairs",
                            Metric.Over.SUM,
                            "Σ over steps of the number of pairs of agents that touch."),
                    new Metric(
                            "coverage",
                            "Coverage",
                            "of landmarks",
                            Metric.Over.MEAN,
                            "Fraction of landmarks with an agent within 0.1 m, mean over the steps."),
                    new Metric(
                            "coverage_end",
                            "Coverage at the end",
                            "of landmarks",
                            Metric.Over.LAST,
                            "Fraction of landmarks with an agent within 0.1 m at the last step."));

    private static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect(
                            "mpe2_per_agent",
                            "MPE2, mean per agent",
                            "−(0.5·D + C/n)",
                            e -> -(0.5 * e.metrics()[0] + e.metrics()[1] / e.agents())),
                    new ReturnDialect(
                            "mpe2_sum",
                            "MPE2, summed over agents",
                            "−(0.5·n·D + C)",
                            e -> -(0.5 * e.agents() * e.metrics()[0] + e.metrics()[1])),
                    new ReturnDialect(
                            "openai_per_agent",
                            "OpenAI, individual reward",
                            "−(D + 2C/n + T)",
                            e -> -(e.metrics()[0] + 2 * e.metrics()[1] / e.agents() + e.steps())),
                    new ReturnDialect(
                            "epymarl",
                            "EPyMARL, MAPPO: per agent, shared sum",
                            "−(n·D + 2C + n·T)",
                            e -> -(e.agents() * (e.metrics()[0] + e.steps()) + 2 * e.metrics()[1])),
                    new ReturnDialect(
                            "maddpg_log",
                            "OpenAI maddpg log",
                            "−(n²·D + 2n·C + n²·T)",
                            e ->
                                    -e.agents()
                                            * (e.agents() * (e.metrics()[0] + e.steps())
                                                    + 2 * e.metrics()[1])));

    private static final List<Push> PUSHES =
            List.of(
                    new Push("stay", 0, 0),
                    new Push("left", -1, 0),
                    new Push("right", 1, 0),
                    new Push("down", 0, -1),
                    new Push("up", 0, 1));

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    new OptionSpec.Whole(
                            "agents", "Agents", 3, 1, 50, "Number of agents and of landmarks."),
                    new OptionSpec.Choice(
                            "actions",
                            "Actions",
                            "discrete",
                            List.of("discrete", "continuous"),
                            "Five choices, or five numbers within 0 and 1."),
                    new OptionSpec.Choice(
                            "physics",
                            "Physics",
                            "mpe2",
                            List.of("mpe2", "classic"),
                            "mpe2 moves with the old velocity; classic (OpenAI's original) with the new one."),
                    new OptionSpec.Whole(
                            "horizon",
                            "Steps per episode",
                            25,
                            1,
                            10_000,
                            "Steps after which the episode is cut."),
                    new OptionSpec.Choice(
                            "success",
                            "End on success",
                            "off",
                            List.of("off", "on"),
                            "on: the episode ends as soon as every landmark is covered."));

    @Override
    public String name() {
        return "simple_spread";
    }

    @Override
    public String title() {
        return "Simple Spread";
    }

    @Override
    public String summary() {
        return "As many landmarks as agents: everyone must find one of their own without bumping into"
                + " the others. Notice who gives way to whom.";
    }

    @Override
    public Family family() {
        return Family.PARTICLES;
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Who gives way when two are near the same landmark?",
                "The reward for covering is shared by all, the one for bumping is everyone's own.",
                "Coverage can be high while the return is low: standing close is not yet standing on.");
    }

    @Override
    public String source() {
        return "Lowe et al. 2017; rules of Farama MPE2 1.1.0, simple_spread_v3";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        return Map.of("continuous, classic", Map.of("actions", "continuous", "physics", "classic"));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(options.whole("agents"), !options.word("actions").equals("continuous"));
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("coordinated", new SpreadScript(options));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static EnvSpec spec(EnvOptions options) {
        int n = options.whole("agents");
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            agents.add(new AgentId(i, "agent_" + i));
        }
        ActionSpace action =
                options.word("actions").equals("discrete")
                        ? new ActionSpace.Discrete(PUSHES)
                        : new ActionSpace.Box(PUSHES, 0, 1);
        AgentGroup group =
                new AgentGroup(
                        "agents", agents, observation(n, false), observation(n, true), action);
        return new EnvSpec(
                "simple_spread",
                List.of(group),
                TERMS,
                METRICS,
                DIALECTS,
                options.whole("horizon"),
                6 * n);
    }

    /// The reference's vector: velocity, position, landmarks, others, others' messages (this world
    /// is silent, so always zero). The central critic sees the others' velocities in their place.
    private static ObservationSpace observation(int n, boolean central) {
        int others = 4 + 2 * n;
        int tail = others + 2 * (n - 1);
        Field tailField =
                central
                        ? new Field("velocity", FieldKind.VECTOR, "m/s", -2, 2, 2, tail, 2)
                        : new Field("message", FieldKind.ALWAYS_ZERO, "", 0, 1, 2, tail, 2);
        return new ObservationSpace(
                List.of(
                        Field.own("velocity", FieldKind.VECTOR, "m/s", -2, 2, 2, 0),
                        Field.own("position", FieldKind.POSITION, "m", -1, 1, 2, 2)),
                List.of(
                        new EntitySet("landmarks", n, List.of(relative(4))),
                        new EntitySet("others", n - 1, List.of(relative(others), tailField))),
                6 * n);
    }

    private static Field relative(int at) {
        return new Field("position", FieldKind.RELATIVE_POSITION, "m", -2, 2, 2, at, 2);
    }

    /// One copy of the world.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final int n;
        private final boolean continuous;
        private final boolean endOnSuccess;
        private final ParticlePhysics.Order order;
        private final ParticlePhysics bodies;
        private final double[] landmarkX;
        private final double[] landmarkY;
        private final long[] nearestAgent; // squared distance, per landmark, as bits
        private final int horizon;
        private final RandomStream random = new RandomStream(0);
        private int step;

        Env(EnvOptions options) {
            spec = SimpleSpread.spec(options);
            result = new StepResult(spec);
            n = options.whole("agents");
            continuous = options.word("actions").equals("continuous");
            endOnSuccess = options.word("success").equals("on");
            order =
                    options.word("physics").equals("mpe2")
                            ? ParticlePhysics.Order.POSITION_FIRST
                            : ParticlePhysics.Order.VELOCITY_FIRST;
            bodies = new ParticlePhysics(n);
            landmarkX = new double[n];
            landmarkY = new double[n];
            nearestAgent = new long[n];
            horizon = spec.horizon();
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            for (int i = 0; i < n; i++) {
                bodies.x[i] = 2 * random.nextDouble() - 1;
                bodies.y[i] = 2 * random.nextDouble() - 1;
                bodies.vx[i] = 0;
                bodies.vy[i] = 0;
            }
            for (int l = 0; l < n; l++) {
                landmarkX[l] = 2 * random.nextDouble() - 1;
                landmarkY[l] = 2 * random.nextDouble() - 1;
            }
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < n; i++) {
                push(i, actions);
            }
            bodies.collide(AGENT_RADIUS);
            bodies.integrate(order);
            step++;
            measure();
            return result;
        }

        private void push(int i, Actions actions) {
            double ux;
            double uy;
            double effort;
            if (continuous) {
                ux = unit(actions.box(i, 2)) - unit(actions.box(i, 1));
                uy = unit(actions.box(i, 4)) - unit(actions.box(i, 3));
                effort = Math.sqrt(ux * ux + uy * uy);
            } else {
                int choice = actions.choice(i);
                ux = choice == 1 ? -1 : choice == 2 ? 1 : 0;
                uy = choice == 3 ? -1 : choice == 4 ? 1 : 0;
                effort = choice == 0 ? 0 : 1;
            }
            bodies.push(i, ux * THRUST, uy * THRUST);
            result.terms[i * TERM_COUNT + ENERGY] = -effort;
        }

        /// Within 0 and 1; no push where the number is not one.
        private static double unit(double component) {
            return component > 0 ? Math.min(component, 1) : 0;
        }

        private void measure() {
            int covered = measureDistances();
            result.metrics[1] = countHits();
            result.metrics[2] = (double) covered / n;
            result.metrics[3] = result.metrics[2];
            result.truncated = step >= horizon;
            boolean success = endOnSuccess && covered == n;
            for (int i = 0; i < n; i++) {
                result.terminated[i] = success;
            }
        }

        /// Books the distances from landmarks to agents and back; returns how many are covered.
        private int measureDistances() {
            double[] terms = result.terms;
            Arrays.fill(nearestAgent, FARTHEST);
            for (int i = 0; i < n; i++) {
                double nearest = nearestToAgent(bodies.x[i], bodies.y[i]);
                terms[i * TERM_COUNT + NEAR] = -Math.sqrt(nearest);
            }
            double distance = 0;
            int covered = 0;
            for (int l = 0; l < n; l++) {
                double d = Math.sqrt(Double.longBitsToDouble(nearestAgent[l]));
                distance += d;
                covered += d < COVERED ? 1 : 0;
            }
            for (int i = 0; i < n; i++) {
                terms[i * TERM_COUNT + COVER] = -distance;
                terms[i * TERM_COUNT + COLLIDE] = 0;
            }
            result.metrics[0] = distance;
            return covered;
        }

        /// Squared distance from an agent to the landmark nearest to it; tells every landmark.
        /// Numbers from 0 up are ordered like their bits, and the minimum of whole numbers is one
        /// instruction where that of doubles is ten (a fifth of a step with ten agents).
        private double nearestToAgent(double x, double y) {
            long nearest = FARTHEST;
            for (int l = 0; l < n; l++) {
                double dx = x - landmarkX[l];
                double dy = y - landmarkY[l];
                long squared = Double.doubleToRawLongBits(dx * dx + dy * dy);
                nearest = Math.min(nearest, squared);
                nearestAgent[l] = Math.min(nearestAgent[l], squared);
            }
            return Double.longBitsToDouble(nearest);
        }

        /// Books every contact with both partners and counts the pairs. The square root decides, as
        /// in the reference, but is drawn only where it can say yes.
        private int countHits() {
            int pairs = 0;
            for (int i = 0; i < n; i++) {
                double x = bodies.x[i];
                double y = bodies.y[i];
                for (int j = i + 1; j < n; j++) {
                    double dx = x - bodies.x[j];
                    double dy = y - bodies.y[j];
                    double squared = dx * dx + dy * dy;
                    if (squared < MAYBE_TOUCHING && Math.sqrt(squared) < TOUCHING) {
                        pairs++;
                        result.terms[i * TERM_COUNT + COLLIDE]--;
                        result.terms[j * TERM_COUNT + COLLIDE]--;
                    }
                }
            }
            return pairs;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            int tail = see(agent, into, at);
            Arrays.fill(into, tail, tail + 2 * (n - 1), 0);
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            int k = see(agent, into, at);
            for (int j = 0; j < n; j++) {
                if (j != agent) {
                    into[k++] = bodies.vx[j];
                    into[k++] = bodies.vy[j];
                }
            }
        }

        private int see(int agent, double[] into, int at) {
            double x = bodies.x[agent];
            double y = bodies.y[agent];
            into[at] = bodies.vx[agent];
            into[at + 1] = bodies.vy[agent];
            into[at + 2] = x;
            into[at + 3] = y;
            int k = at + 4;
            for (int l = 0; l < n; l++) {
                into[k++] = landmarkX[l] - x;
                into[k++] = landmarkY[l] - y;
            }
            for (int j = 0; j < n; j++) {
                if (j != agent) {
                    into[k++] = bodies.x[j] - x;
                    into[k++] = bodies.y[j] - y;
                }
            }
            return k;
        }

        @Override
        public void snapshot(Frame into) {
            for (int i = 0; i < n; i++) {
                into.state[4 * i] = bodies.x[i];
                into.state[4 * i + 1] = bodies.y[i];
                into.state[4 * i + 2] = bodies.vx[i];
                into.state[4 * i + 3] = bodies.vy[i];
                into.state[4 * n + 2 * i] = landmarkX[i];
                into.state[4 * n + 2 * i + 1] = landmarkY[i];
            }
            random.save(into.random, 0);
            into.step = step;
        }

        @Override
        public void restore(Frame from) {
            for (int i = 0; i < n; i++) {
                bodies.x[i] = from.state[4 * i];
                bodies.y[i] = from.state[4 * i + 1];
                bodies.vx[i] = from.state[4 * i + 2];
                bodies.vy[i] = from.state[4 * i + 3];
                landmarkX[i] = from.state[4 * n + 2 * i];
                landmarkY[i] = from.state[4 * n + 2 * i + 1];
            }
            random.load(from.random, 0);
            step = from.step;
        }
    }

    /// Landmarks as dashed rings with a cross, agents as glyphs, whiskers for action probabilities.
    private record Picture(int n, boolean whiskersKnown) implements Portrayal {

        private static final double[] VIEWS = {1.3, 1.6, 2, 3, 5, 8, 16, 64};

        /// How far a glyph with its whiskers reaches from where it stands, metres.
        private static final double MARGIN = 0.3;

        @Override
        public Bounds bounds(Frame frame) {
            double reach = 0;
            for (int i = 0; i < n; i++) {
                reach = Math.max(reach, Math.abs(frame.state[4 * i]));
                reach = Math.max(reach, Math.abs(frame.state[4 * i + 1]));
            }
            for (int k = 4 * n; k < 6 * n; k++) { // landmarks
                reach = Math.max(reach, Math.abs(frame.state[k]));
            }
            for (double view : VIEWS) {
                if (reach + MARGIN <= view) {
                    return Bounds.square(view);
                }
            }
            return Bounds.square(reach + 1);
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            for (int l = 0; l < n; l++) {
                double x = frame.state[4 * n + 2 * l];
                double y = frame.state[4 * n + 2 * l + 1];
                brush.ring(x, y, COVERED, Ink.Role.MUTED, 1.5, true);
                double arm = 0.5 * LANDMARK_RADIUS;
                brush.line(x - arm, y, x + arm, y, Ink.Role.MUTED, 1.5);
                brush.line(x, y - arm, x, y + arm, Ink.Role.MUTED, 1.5);
            }
            for (int i = 0; i < n; i++) {
                if (on.trails && on.paths != null) {
                    on.paths.draw(i, brush);
                }
            }
            double radius = n <= 12 ? AGENT_RADIUS * 0.5 : AGENT_RADIUS * 0.4;
            for (int i = 0; i < n; i++) {
                double x = frame.state[4 * i];
                double y = frame.state[4 * i + 1];
                if (on.whiskers && whiskersKnown) {
                    whiskers(frame, i, x, y, radius, brush);
                }
                AgentGlyph.draw(brush, i, x, y, radius, on);
            }
        }

        private static void whiskers(
                Frame frame, int agent, double x, double y, double radius, Brush brush) {
            for (int a = 1; a < PUSHES.size(); a++) {
                double p = frame.probabilities[agent * frame.choicesPerAgent + a];
                if (p > 0.005) {
                    double from = radius * 1.3;
                    double to = from + 0.2 * p;
                    int dx = PUSHES.get(a).dx();
                    int dy = PUSHES.get(a).dy();
                    brush.line(
                            x + from * dx,
                            y + from * dy,
                            x + to * dx,
                            y + to * dy,
                            Ink.Role.FOREGROUND,
                            2.5);
                }
            }
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            into[0] = frame.state[4 * agent];
            into[1] = frame.state[4 * agent + 1];
            into[2] = AGENT_RADIUS;
        }

        @Override
        public boolean glides() {
            return true;
        }

        @Override
        public String describe(Frame frame) {
            int covered = 0;
            for (int l = 0; l < n; l++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (int i = 0; i < n; i++) {
                    double dx = frame.state[4 * i] - frame.state[4 * n + 2 * l];
                    double dy = frame.state[4 * i + 1] - frame.state[4 * n + 2 * l + 1];
                    nearest = Math.min(nearest, Math.sqrt(dx * dx + dy * dy));
                }
                covered += nearest < COVERED ? 1 : 0;
            }
            return "Simple Spread, step "
                    + frame.step
                    + ": "
                    + covered
                    + " of "
                    + n
                    + " landmarks have an agent on them.";
        }
    }
}
