package marlab.sim.world.particle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import marlab.sim.snapshot.StateCursor;
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

    private static final List<OptionSpec> OPTIONS =
            ParticleOptions.with(
                    new OptionSpec.Whole(
                            "agents", "Agents", 3, 1, 50, "Number of agents and of landmarks."),
                    ParticleOptions.neighbours(
                            "agent_neighbors", "Others in sight", "other agents"),
                    ParticleOptions.neighbours(
                            "landmark_neighbors", "Landmarks in sight", "landmarks"),
                    new OptionSpec.Whole(
                            "stage",
                            "Curriculum stage",
                            1,
                            0,
                            1,
                            "0: touching costs nothing yet; 1: the whole task."),
                    OptionSpec.onOff(
                            "success",
                            "End on success",
                            false,
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
        return Map.of(
                "continuous, classic", Map.of("actions", "continuous", "physics", "classic"),
                "short sight", Map.of("agents", "6", "agent_neighbors", "2", "walls", "on"));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        int n = options.whole("agents");
        return new Picture(ParticleScene.of(n, n, options, Picture.MARGIN));
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
        int sight = Neighbours.slots(options.whole("agent_neighbors"), n - 1);
        int landmarks = Neighbours.slots(options.whole("landmark_neighbors"), n);
        AgentGroup group =
                new AgentGroup(
                        "agents",
                        agents,
                        observation(landmarks, sight, false),
                        observation(n, n - 1, true),
                        Movement.silent(ParticleOptions.continuous(options)));
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
    private static ObservationSpace observation(int landmarks, int sight, boolean central) {
        int others = 4 + 2 * landmarks;
        int tail = others + 2 * sight;
        Field tailField =
                central
                        ? Fields.theirVelocity(tail)
                        : new Field("message", FieldKind.ALWAYS_ZERO, "", 0, 1, 2, tail, 2);
        return new ObservationSpace(
                List.of(Fields.velocity(0), Fields.position(2)),
                List.of(
                        Fields.places("landmarks", landmarks, 4),
                        new EntitySet(
                                "others", sight, List.of(Fields.relative(others), tailField))),
                tail + 2 * sight);
    }

    /// One copy of the world.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final int n;
        private final boolean continuous;
        private final boolean endOnSuccess;
        private final boolean collisionsCount;
        private final int agentNeighbours;
        private final int landmarkNeighbours;
        private final ParticlePhysics bodies; // agents, then landmarks
        private final Neighbours sight;
        private final long[] nearestAgent; // squared distance, per landmark, as bits
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private final int horizon;
        private final RandomStream random = new RandomStream(0);
        private int step;

        Env(EnvOptions options) {
            spec = SimpleSpread.spec(options);
            result = new StepResult(spec);
            n = options.whole("agents");
            continuous = ParticleOptions.continuous(options);
            endOnSuccess = options.on("success");
            collisionsCount = options.whole("stage") > 0;
            agentNeighbours = options.whole("agent_neighbors");
            landmarkNeighbours = options.whole("landmark_neighbors");
            bodies = new ParticlePhysics(n, n, options);
            sight = new Neighbours(bodies);
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
            bodies.scatter(0, 2 * n, 1, random);
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < n; i++) {
                double effort = Movement.push(bodies, i, actions, continuous);
                result.terms[i * TERM_COUNT + ENERGY] = -effort;
            }
            bodies.stepAmongEquals(AGENT_RADIUS);
            step++;
            measure();
            return result;
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
                double dx = x - bodies.x[n + l];
                double dy = y - bodies.y[n + l];
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
                        if (collisionsCount) {
                            result.terms[i * TERM_COUNT + COLLIDE]--;
                            result.terms[j * TERM_COUNT + COLLIDE]--;
                        }
                    }
                }
            }
            return pairs;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            int others = Neighbours.slots(agentNeighbours, n - 1);
            int k = bodies.seeOwnVelocity(agent, into, at);
            k = bodies.seeOwnPosition(agent, into, k);
            if (landmarkNeighbours == 0) {
                k = bodies.see(agent, n, 2 * n, into, k);
            } else {
                sight.look(agent, n, 2 * n, landmarkNeighbours);
                k = sight.positions(agent, landmarkNeighbours, into, k);
            }
            if (agentNeighbours == 0) {
                k = bodies.see(agent, 0, n, into, k);
            } else {
                sight.look(agent, 0, n, agentNeighbours);
                k = sight.positions(agent, others, into, k);
            }
            Arrays.fill(into, k, k + 2 * others, 0);
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            bodies.seeAll(agent, into, at);
        }

        @Override
        public void snapshot(Frame into) {
            bodies.exchange(saving.over(into.state));
            random.save(into.random, 0);
            into.step = step;
        }

        @Override
        public void restore(Frame from) {
            bodies.exchange(loading.over(from.state));
            random.load(from.random, 0);
            step = from.step;
        }
    }

    /// Landmarks as dashed rings with a cross, agents as glyphs, whiskers for action probabilities.
    private record Picture(ParticleScene scene) implements ParticlePicture {

        /// How far a glyph with its whiskers reaches from where it stands, metres.
        private static final double MARGIN = 0.3;

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            scene.ground(brush);
            for (int l = 0; l < scene.landmarks(); l++) {
                double x = scene.landmarkX(frame, l);
                double y = scene.landmarkY(frame, l);
                ParticleScene.mark(brush, x, y, COVERED, 0.5 * LANDMARK_RADIUS, Ink.Role.MUTED);
            }
            scene.trails(on, brush);
            for (int i = 0; i < scene.agents(); i++) {
                scene.agent(frame, i, AGENT_RADIUS * (scene.agents() <= 12 ? 0.5 : 0.4), on, brush);
            }
        }

        @Override
        public double radius(int agent) {
            return AGENT_RADIUS;
        }

        @Override
        public String describe(Frame frame) {
            int covered = 0;
            for (int l = 0; l < scene.landmarks(); l++) {
                double nearest = Double.POSITIVE_INFINITY;
                for (int i = 0; i < scene.agents(); i++) {
                    nearest = Math.min(nearest, scene.distance(frame, i, l));
                }
                covered += nearest < COVERED ? 1 : 0;
            }
            return "Simple Spread, step "
                    + frame.step
                    + ": "
                    + covered
                    + " of "
                    + scene.landmarks()
                    + " landmarks have an agent on them.";
        }
    }
}
