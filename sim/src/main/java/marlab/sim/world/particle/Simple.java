package marlab.sim.world.particle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
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
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.ObservationSpace;

/// Simple: one agent must drive to one landmark. Physics, observation and reward are those of MPE2
/// 1.1.0, `simple_v3` (Lowe et al. 2017; Farama MPE2): reward = −(squared distance).
public final class Simple implements WorldProvider {

    private static final int SQUARED = 0;
    private static final int DISTANCE = 1;
    private static final int ENERGY = 2;

    private static final List<RewardTerm> TERMS =
            List.of(
                    ParticleTerms.of(
                            "near",
                            "Get near",
                            "m²",
                            1,
                            "Minus the squared distance to the landmark."),
                    ParticleTerms.of(
                            "distance",
                            "Get near, to the inch",
                            "m",
                            0,
                            "Minus the distance to the landmark: it still pulls when near."),
                    ParticleTerms.energy());

    private static final List<Metric> METRICS =
            List.of(
                    Scores.RETURN,
                    new Metric(
                            "distance_end",
                            "Distance at the end",
                            "m",
                            Metric.Over.LAST,
                            "Distance to the landmark at the last step."));

    @Override
    public String name() {
        return "simple";
    }

    @Override
    public String title() {
        return "Simple";
    }

    @Override
    public String summary() {
        return "One agent, one landmark: drive there and stop. The smallest world on which learning"
                + " can be watched and checked.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "The agent has momentum: who brakes late slides past the landmark.",
                "The squared distance hardly pulls any more when near; weigh the plain distance"
                        + " instead and see it settle.");
    }

    @Override
    public Family family() {
        return Family.PARTICLES;
    }

    @Override
    public String source() {
        return "Lowe et al. 2017; rules of Farama MPE2 1.1.0, simple_v3";
    }

    @Override
    public List<OptionSpec> options() {
        return ParticleOptions.with();
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        return Map.of(
                "numbers as actions", Map.of("actions", "continuous"),
                "classic physics", Map.of("physics", "classic", "walls", "on"));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(ParticleScene.of(1, 1, options, 0.3));
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("drive there", new Drive(options));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static EnvSpec spec(EnvOptions options) {
        ObservationSpace seen =
                new ObservationSpace(
                        List.of(Fields.velocity(0)), List.of(Fields.places("landmarks", 1, 2)), 4);
        AgentGroup group =
                new AgentGroup(
                        "agents",
                        List.of(new AgentId(0, "agent_0")),
                        seen,
                        Fields.all(List.of(new Fields.Kind("landmarks", 1)), List.of()),
                        Movement.silent(ParticleOptions.continuous(options)));
        return new EnvSpec(
                "simple",
                List.of(group),
                TERMS,
                METRICS,
                Scores.DIALECTS,
                options.whole("horizon"),
                ParticlePhysics.stateSize(1, 1));
    }

    /// One copy of the world.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final Scores scores;
        private final boolean continuous;
        private final ParticlePhysics bodies;
        private final RandomStream random = new RandomStream(0);
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private int step;

        Env(EnvOptions options) {
            spec = Simple.spec(options);
            result = new StepResult(spec);
            scores = new Scores(spec);
            continuous = ParticleOptions.continuous(options);
            bodies = new ParticlePhysics(1, 1, options);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            bodies.scatter(0, 2, 1, random);
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            double effort = Movement.push(bodies, 0, actions, continuous);
            bodies.step();
            step++;
            double dx = bodies.x[0] - bodies.x[1];
            double dy = bodies.y[0] - bodies.y[1];
            result.terms[SQUARED] = -(dx * dx + dy * dy);
            result.terms[DISTANCE] = -bodies.distance(0, 1);
            result.terms[ENERGY] = -effort;
            result.metrics[0] = scores.mean(result.terms, 0, 1);
            result.metrics[1] = bodies.distance(0, 1);
            result.truncated = step >= spec.horizon();
            return result;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            int k = bodies.seeOwnVelocity(0, into, at);
            bodies.see(0, 1, 2, into, k);
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            bodies.seeAll(0, into, at);
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

    /// Steers so that coasting would stop on the landmark.
    private static final class Drive extends ParticleScript {

        Drive(EnvOptions options) {
            super(1, 1, options);
        }

        @Override
        void decide(ParallelEnv env, RandomGenerator random) {
            goTo(0, landmarkX(0), landmarkY(0));
        }
    }

    /// The landmark as a dashed ring, joined to its agent.
    private record Picture(ParticleScene scene) implements ParticlePicture {

        private static final double RADIUS = 0.075; // 0.05 m would be hard to see on a projector

        @Override
        public double radius(int agent) {
            return RADIUS;
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            scene.ground(brush);
            double x = scene.landmarkX(frame, 0);
            double y = scene.landmarkY(frame, 0);
            brush.line(scene.agentX(frame, 0), scene.agentY(frame, 0), x, y, Ink.Role.GRID, 1.5);
            ParticleScene.mark(brush, x, y, 0.1, 0.025, Ink.Role.GOAL);
            scene.trails(on, brush);
            scene.agent(frame, 0, RADIUS, on, brush);
        }

        @Override
        public String describe(Frame frame) {
            return "Simple, step "
                    + frame.step
                    + ": the agent is "
                    + Math.round(100 * scene.distance(frame, 0, 0))
                    + " cm from the landmark.";
        }
    }
}
