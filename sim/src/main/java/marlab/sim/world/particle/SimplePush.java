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
import marlab.sim.space.ActionSpace;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// Simple Push: an agent knows which of two landmarks is its goal; an adversary does not and must
/// push it away. Physics, observation and reward are those of MPE2 1.1.0, `simple_push_v3` (Lowe et
/// al. 2017; Farama MPE2): the agent gets −dist(self, goal), the adversary min over agents of
/// dist(agent, goal) − dist(self, goal).
public final class SimplePush implements WorldProvider {

    private static final int REACH = 0;
    private static final int KEEP_OFF = 1;
    private static final int ENERGY = 2;
    private static final int TERM_COUNT = 3;

    private static final int LANDMARKS = 2;
    private static final int COLOUR = 3;

    private static final List<RewardTerm> TERMS =
            List.of(
                    ParticleTerms.of(
                            "reach",
                            "Reach the goal",
                            "m",
                            1,
                            "Minus one's own distance to the goal."),
                    ParticleTerms.of(
                            "keep_off",
                            "Keep the others off",
                            "m",
                            1,
                            "For adversaries the distance from the goal to the agent nearest to it."),
                    ParticleTerms.energy());

    private static final List<Metric> METRICS =
            List.of(
                    Scores.RETURN,
                    Scores.ofTeam("R_good", "agents"),
                    Scores.ofTeam("R_adversaries", "adversaries"),
                    new Metric(
                            "good_distance",
                            "Agents' distance",
                            "m",
                            Metric.Over.MEAN,
                            "From the goal to the agent nearest to it, mean over the steps."),
                    new Metric(
                            "contacts",
                            "Contacts",
                            "pairs",
                            Metric.Over.SUM,
                            "Σ over steps of the pairs of agent and adversary that touch."));

    private static final List<OptionSpec> OPTIONS =
            ParticleOptions.with(
                    new OptionSpec.Whole(
                            "good", "Agents", 1, 1, 10, "How many want to reach the goal."),
                    new OptionSpec.Whole(
                            "adversaries", "Adversaries", 1, 1, 10, "How many push them away."));

    @Override
    public String name() {
        return "simple_push";
    }

    @Override
    public String title() {
        return "Simple Push";
    }

    @Override
    public String summary() {
        return "An agent wants to stand on its goal; an adversary, who must guess which of two"
                + " landmarks that is, wants to stand there alone.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Both are equally strong, so who comes first can only be worn down.",
                "The adversary learns the goal from where the agent goes.",
                "An adversary between agent and goal wins more than one on the goal.");
    }

    @Override
    public Family family() {
        return Family.PARTICLES;
    }

    @Override
    public String source() {
        return "Lowe et al. 2017; rules of Farama MPE2 1.1.0, simple_push_v3";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        return Map.of(
                "walled in", Map.of("walls", "on", "horizon", "50"),
                "three against three", Map.of("good", "3", "adversaries", "3"));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        int adversaries = options.whole("adversaries");
        int agents = adversaries + options.whole("good");
        return new Picture(ParticleScene.of(agents, LANDMARKS, options, 0.3), adversaries);
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("drive and block", new Script(options));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static EnvSpec spec(EnvOptions options) {
        int bad = options.whole("adversaries");
        int good = options.whole("good");
        ActionSpace action = Movement.silent(ParticleOptions.continuous(options));
        AgentGroup adversaries =
                new AgentGroup(
                        "adversaries",
                        ParticleTeams.names("adversary", 0, bad),
                        adversaryObservation(bad, good),
                        central(bad - 1, good),
                        action);
        AgentGroup agents =
                new AgentGroup(
                        "good",
                        ParticleTeams.names("agent", bad, good),
                        agentObservation(bad, good),
                        central(bad, good - 1),
                        action);
        return new EnvSpec(
                "simple_push",
                List.of(adversaries, agents),
                TERMS,
                METRICS,
                Scores.DIALECTS,
                options.whole("horizon"),
                ParticlePhysics.stateSize(bad + good, LANDMARKS) + 1);
    }

    /// The reference's vector for adversaries: velocity, landmarks, others.
    private static ObservationSpace adversaryObservation(int bad, int good) {
        return new ObservationSpace(
                List.of(Fields.velocity(0)),
                List.of(
                        Fields.places("landmarks", LANDMARKS, 2),
                        Fields.places("adversaries", bad - 1, 6),
                        Fields.places("good", good, 6 + 2 * (bad - 1))),
                6 + 2 * (bad + good - 1));
    }

    /// The reference's vector for agents: velocity, goal, own colour (which is the goal's),
    /// landmarks, their colours, others.
    private static ObservationSpace agentObservation(int bad, int good) {
        Field colours = new Field("colour", FieldKind.SYMBOL, "", 0, 1, COLOUR, 11, COLOUR);
        return new ObservationSpace(
                List.of(Fields.velocity(0), goal(2), Fields.symbol("colour", COLOUR, 4)),
                List.of(
                        new EntitySet("landmarks", LANDMARKS, List.of(Fields.relative(7), colours)),
                        Fields.places("adversaries", bad, 17),
                        Fields.places("good", good - 1, 17 + 2 * bad)),
                17 + 2 * (bad + good - 1));
    }

    private static ObservationSpace central(int bad, int good) {
        return Fields.all(
                List.of(new Fields.Kind("landmarks", LANDMARKS)),
                List.of(new Fields.Kind("adversaries", bad), new Fields.Kind("good", good)),
                goal(Fields.sizeOfAll(bad + good + 1, LANDMARKS)));
    }

    private static Field goal(int at) {
        return Field.own("goal", FieldKind.RELATIVE_POSITION, "m", -2, 2, 2, at);
    }

    /// One copy of the world. Adversaries come first.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final Scores scores;
        private final boolean continuous;
        private final int adversaries;
        private final int n;
        private final ParticlePhysics bodies;
        private final RandomStream random = new RandomStream(0);
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private int goal; // number of the landmark
        private int step;

        Env(EnvOptions options) {
            spec = SimplePush.spec(options);
            result = new StepResult(spec);
            scores = new Scores(spec);
            continuous = ParticleOptions.continuous(options);
            adversaries = options.whole("adversaries");
            n = adversaries + options.whole("good");
            bodies = new ParticlePhysics(n, LANDMARKS, options);
            bodies.shape(0, n, ParticlePhysics.RADIUS, true);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            goal = random.nextInt(LANDMARKS);
            bodies.scatter(0, bodies.bodies, 1, random);
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < n; i++) {
                double effort = Movement.push(bodies, i, actions, continuous);
                result.terms[i * TERM_COUNT + ENERGY] = -effort;
            }
            bodies.step();
            step++;
            measure();
            return result;
        }

        private void measure() {
            double nearest = Double.POSITIVE_INFINITY;
            int contacts = 0;
            for (int i = adversaries; i < n; i++) {
                nearest = Math.min(nearest, bodies.distance(i, n + goal));
                for (int j = 0; j < adversaries; j++) {
                    contacts += bodies.hit(i, j) ? 1 : 0;
                }
            }
            for (int i = 0; i < n; i++) {
                result.terms[i * TERM_COUNT + REACH] = -bodies.distance(i, n + goal);
                result.terms[i * TERM_COUNT + KEEP_OFF] = i < adversaries ? nearest : 0;
            }
            result.metrics[0] = scores.mean(result.terms, 0, n);
            result.metrics[1] = scores.mean(result.terms, adversaries, n);
            result.metrics[2] = scores.mean(result.terms, 0, adversaries);
            result.metrics[3] = nearest;
            result.metrics[4] = contacts;
            result.truncated = step >= spec.horizon();
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            int k = bodies.seeOwnVelocity(agent, into, at);
            if (agent >= adversaries) {
                k = bodies.see(agent, n + goal, n + goal + 1, into, k);
                k = colour(0.25, 0.5, goal, into, k);
            }
            k = bodies.see(agent, n, n + LANDMARKS, into, k);
            for (int l = 0; agent >= adversaries && l < LANDMARKS; l++) {
                k = colour(0.1, 0.8, l, into, k);
            }
            bodies.see(agent, 0, n, into, k);
        }

        /// Landmark l is told apart by its channel l + 1.
        private static int colour(double dark, double extra, int l, double[] into, int at) {
            for (int channel = 0; channel < COLOUR; channel++) {
                into[at + channel] = channel == l + 1 ? dark + extra : dark;
            }
            return at + COLOUR;
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            int k = bodies.seeAll(agent, into, at);
            bodies.see(agent, n + goal, n + goal + 1, into, k);
        }

        private void exchange(StateCursor state) {
            bodies.exchange(state);
            goal = state.whole(goal);
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

    /// Agents drive to the goal; each adversary takes the agent nearest to a landmark for the one
    /// to stop, and that landmark for the goal: it goes between them and pushes outwards.
    private static final class Script extends ParticleScript {

        private final int adversaries;
        private final int n;

        Script(EnvOptions options) {
            super(options.whole("adversaries") + options.whole("good"), LANDMARKS, options);
            adversaries = options.whole("adversaries");
            n = scene.agents();
        }

        @Override
        void decide(ParallelEnv env, RandomGenerator random) {
            int goal = (int) frame.state[frame.state.length - 1];
            for (int i = adversaries; i < n; i++) {
                goTo(i, landmarkX(goal), landmarkY(goal));
            }
            for (int i = 0; i < adversaries; i++) {
                block(i, adversaries + i % (n - adversaries));
            }
        }

        private void block(int adversary, int agent) {
            int l = scene.distance(frame, agent, 0) <= scene.distance(frame, agent, 1) ? 0 : 1;
            double dx = x(agent) - landmarkX(l);
            double dy = y(agent) - landmarkY(l);
            double far = length(dx, dy);
            boolean inside = scene.distance(frame, adversary, l) < far;
            double share = inside ? 1 : Math.max(0, 1 - 0.1 / Math.max(far, 0.1));
            goTo(adversary, landmarkX(l) + share * dx, landmarkY(l) + share * dy);
        }
    }

    /// The goal stands out, joined to the agents; adversaries wear a ring.
    private record Picture(ParticleScene scene, int adversaries) implements ParticlePicture {

        @Override
        public double radius(int agent) {
            return ParticlePhysics.RADIUS;
        }

        private static int goal(Frame frame) {
            return Math.clamp((int) frame.state[frame.state.length - 1], 0, LANDMARKS - 1);
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            scene.ground(brush);
            double goalX = scene.landmarkX(frame, goal(frame));
            double goalY = scene.landmarkY(frame, goal(frame));
            for (int i = adversaries; i < scene.agents(); i++) {
                brush.line(
                        scene.agentX(frame, i),
                        scene.agentY(frame, i),
                        goalX,
                        goalY,
                        Ink.Role.GOAL,
                        2);
            }
            ParticleScene.goal(brush, goalX, goalY, 0.06);
            double otherX = scene.landmarkX(frame, 1 - goal(frame));
            double otherY = scene.landmarkY(frame, 1 - goal(frame));
            ParticleScene.mark(brush, otherX, otherY, 0.06, 0.025, Ink.Role.MUTED);
            scene.trails(on, brush);
            for (int i = 0; i < scene.agents(); i++) {
                if (i < adversaries) {
                    ParticleScene.hunter(
                            brush, scene.agentX(frame, i), scene.agentY(frame, i), radius(i));
                }
                scene.agent(frame, i, radius(i), on, brush);
            }
        }

        @Override
        public String describe(Frame frame) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int i = adversaries; i < scene.agents(); i++) {
                nearest = Math.min(nearest, scene.distance(frame, i, goal(frame)));
            }
            return "Simple Push, step "
                    + frame.step
                    + ": the nearest agent is "
                    + Math.round(100 * nearest)
                    + " cm from the goal.";
        }
    }
}
