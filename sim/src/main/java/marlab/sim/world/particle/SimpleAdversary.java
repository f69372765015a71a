package marlab.sim.world.particle;

import java.util.ArrayList;
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
import marlab.sim.planning.Assignment;
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

/// Simple Adversary: N good agents know which of N landmarks is the goal, one adversary does not.
/// Physics, observation and reward are those of MPE2 1.1.0, `simple_adversary_v3` (Lowe et al.
/// 2017; Farama MPE2): good ones get −min_i dist(i, goal) + dist(adversary, goal), the adversary
/// −dist(adversary, goal). Nothing collides.
public final class SimpleAdversary implements WorldProvider {

    private static final int REACH = 0;
    private static final int DECEIVE = 1;
    private static final int COVER = 2;
    private static final int ENERGY = 3;
    private static final int TERM_COUNT = 4;

    private static final List<RewardTerm> TERMS =
            List.of(
                    ParticleTerms.of(
                            "reach",
                            "Reach the goal",
                            "m",
                            1,
                            "Minus the distance to the goal: the adversary's own, or that of the good agent"
                                    + " nearest to it."),
                    ParticleTerms.of(
                            "deceive",
                            "Keep the adversary off",
                            "m",
                            1,
                            "For good agents the adversary's distance to the goal."),
                    ParticleTerms.of(
                            "cover",
                            "Cover all landmarks",
                            "m",
                            0,
                            "For good agents minus the distance from every landmark to the good agent nearest"
                                    + " to it, summed: who covers all gives nothing away."),
                    ParticleTerms.energy());

    private static final List<Metric> METRICS =
            List.of(
                    Scores.RETURN,
                    Scores.ofTeam("R_good", "good agents"),
                    Scores.ofTeam("R_adversary", "adversary"),
                    new Metric(
                            "good_distance",
                            "Good agents' distance",
                            "m",
                            Metric.Over.MEAN,
                            "From the goal to the good agent nearest to it, mean over the steps."),
                    new Metric(
                            "adversary_distance",
                            "Adversary's distance",
                            "m",
                            Metric.Over.MEAN,
                            "From the goal to the adversary, mean over the steps."));

    private static final List<OptionSpec> OPTIONS =
            ParticleOptions.with(
                    new OptionSpec.Whole(
                            "good",
                            "Good agents",
                            2,
                            1,
                            20,
                            "Number of good agents and of landmarks."),
                    ParticleOptions.neighbours("agent_neighbors", "Others in sight", "others"),
                    ParticleOptions.neighbours(
                            "landmark_neighbors", "Landmarks in sight", "landmarks"));

    @Override
    public String name() {
        return "simple_adversary";
    }

    @Override
    public String title() {
        return "Simple Adversary";
    }

    @Override
    public String summary() {
        return "Good agents know which landmark is the goal; an adversary sees only them and must"
                + " guess. They have to be there and yet not show it.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "The adversary's one source is where the others go.",
                "Good agents that all run to the goal betray it; those that split up over all"
                        + " landmarks keep the secret.",
                "Only the good agent nearest to the goal counts, so decoys cost nothing.");
    }

    @Override
    public Family family() {
        return Family.PARTICLES;
    }

    @Override
    public String source() {
        return "Lowe et al. 2017; rules of Farama MPE2 1.1.0, simple_adversary_v3";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        return Map.of(
                "five against one", Map.of("good", "5", "walls", "on"),
                "short sight",
                        Map.of("good", "4", "agent_neighbors", "2", "actions", "continuous"));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        int good = options.whole("good");
        return new Picture(ParticleScene.of(good + 1, good, options, 0.3));
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("split up", new Script(options, true));
        policies.put("all to the goal", new Script(options, false));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static EnvSpec spec(EnvOptions options) {
        int n = options.whole("good");
        ActionSpace action = Movement.silent(ParticleOptions.continuous(options));
        AgentGroup adversary =
                new AgentGroup(
                        "adversary",
                        ParticleTeams.names("adversary", 0, 1),
                        observation(options, false),
                        central(n, List.of(new Fields.Kind("good", n))),
                        action);
        List<Fields.Kind> others =
                List.of(new Fields.Kind("adversary", 1), new Fields.Kind("good", n - 1));
        AgentGroup group =
                new AgentGroup(
                        "good",
                        ParticleTeams.names("agent", 1, n),
                        observation(options, true),
                        central(n, others),
                        action);
        return new EnvSpec(
                "simple_adversary",
                List.of(adversary, group),
                TERMS,
                METRICS,
                Scores.DIALECTS,
                options.whole("horizon"),
                ParticlePhysics.stateSize(n + 1, n) + 1);
    }

    /// The reference's vector: the goal where it is known, landmarks, others; no velocities.
    private static ObservationSpace observation(EnvOptions options, boolean knowing) {
        int n = options.whole("good");
        int landmarks = Neighbours.slots(options.whole("landmark_neighbors"), n);
        int sight = options.whole("agent_neighbors");
        int others = Neighbours.slots(sight, n);
        int at = knowing ? 2 : 0;
        int behind = at + 2 * landmarks;
        List<EntitySet> sets = new ArrayList<>();
        sets.add(Fields.places("landmarks", landmarks, at));
        if (sight > 0) {
            sets.add(Fields.places("others", others, behind));
        } else if (knowing) {
            sets.add(Fields.places("adversary", 1, behind));
            sets.add(Fields.places("good", n - 1, behind + 2));
        } else {
            sets.add(Fields.places("good", n, behind));
        }
        return new ObservationSpace(
                knowing ? List.of(goal(0)) : List.of(), sets, behind + 2 * others);
    }

    private static ObservationSpace central(int n, List<Fields.Kind> others) {
        return Fields.all(
                List.of(new Fields.Kind("landmarks", n)), others, goal(Fields.sizeOfAll(n + 1, n)));
    }

    private static Field goal(int at) {
        return Field.own("goal", FieldKind.RELATIVE_POSITION, "m", -2, 2, 2, at);
    }

    /// One copy of the world. Agent 0 is the adversary.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final Scores scores;
        private final int n;
        private final boolean continuous;
        private final int agentNeighbours;
        private final int landmarkNeighbours;
        private final ParticlePhysics bodies;
        private final Neighbours sight;
        private final RandomStream random = new RandomStream(0);
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private int goal; // number of the landmark
        private int step;

        Env(EnvOptions options) {
            spec = SimpleAdversary.spec(options);
            result = new StepResult(spec);
            scores = new Scores(spec);
            n = options.whole("good");
            continuous = ParticleOptions.continuous(options);
            agentNeighbours = options.whole("agent_neighbors");
            landmarkNeighbours = options.whole("landmark_neighbors");
            bodies = new ParticlePhysics(n + 1, n, options);
            sight = new Neighbours(bodies);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            goal = random.nextInt(n);
            bodies.scatter(0, bodies.bodies, 1, random);
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i <= n; i++) {
                double effort = Movement.push(bodies, i, actions, continuous);
                result.terms[i * TERM_COUNT + ENERGY] = -effort;
            }
            bodies.step();
            step++;
            measure();
            return result;
        }

        private void measure() {
            int target = n + 1 + goal;
            double adversary = bodies.distance(0, target);
            double good = nearestGood(target);
            double cover = 0;
            for (int l = 0; l < n; l++) {
                cover += nearestGood(n + 1 + l);
            }
            for (int i = 0; i <= n; i++) {
                result.terms[i * TERM_COUNT + REACH] = i == 0 ? -adversary : -good;
                result.terms[i * TERM_COUNT + DECEIVE] = i == 0 ? 0 : adversary;
                result.terms[i * TERM_COUNT + COVER] = i == 0 ? 0 : -cover;
            }
            result.metrics[0] = scores.mean(result.terms, 0, n + 1);
            result.metrics[1] = scores.mean(result.terms, 1, n + 1);
            result.metrics[2] = scores.mean(result.terms, 0, 1);
            result.metrics[3] = good;
            result.metrics[4] = adversary;
            result.truncated = step >= spec.horizon();
        }

        private double nearestGood(int landmark) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int i = 1; i <= n; i++) {
                nearest = Math.min(nearest, bodies.distance(i, landmark));
            }
            return nearest;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            int k = agent == 0 ? at : seeGoal(agent, into, at);
            int landmarks = Neighbours.slots(landmarkNeighbours, n);
            sight.look(agent, n + 1, bodies.bodies, landmarkNeighbours);
            k = sight.positions(agent, landmarks, into, k);
            sight.look(agent, 0, n + 1, agentNeighbours);
            sight.positions(agent, Neighbours.slots(agentNeighbours, n), into, k);
        }

        private int seeGoal(int agent, double[] into, int at) {
            return bodies.see(agent, n + 1 + goal, n + 2 + goal, into, at);
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            seeGoal(agent, into, bodies.seeAll(agent, into, at));
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

    /// Good agents drive to landmarks, each to its own or all to the goal; the adversary goes where
    /// one of them comes nearest to a landmark.
    private static final class Script extends ParticleScript {

        private final int n;
        private final boolean split;

        Script(EnvOptions options, boolean split) {
            super(options.whole("good") + 1, options.whole("good"), options);
            n = options.whole("good");
            this.split = split;
        }

        @Override
        void decide(ParallelEnv env, RandomGenerator random) {
            int goal = (int) frame.state[frame.state.length - 1];
            double[][] cost = new double[n][n];
            int guess = 0;
            double best = Double.POSITIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                for (int l = 0; l < n; l++) {
                    cost[i][l] = scene.distance(frame, 1 + i, l);
                    if (cost[i][l] < best) {
                        best = cost[i][l];
                        guess = l;
                    }
                }
            }
            int[] landmarkOf = Assignment.solve(cost);
            for (int i = 0; i < n; i++) {
                int l = split ? landmarkOf[i] : goal;
                goTo(1 + i, landmarkX(l), landmarkY(l));
            }
            goTo(0, landmarkX(guess), landmarkY(guess));
        }
    }

    /// The goal stands out, joined to the good agent nearest to it; the adversary wears a ring.
    private record Picture(ParticleScene scene) implements ParticlePicture {

        private static final double RADIUS = 0.075; // half the true one, which nothing bumps into
        private static final double LANDMARK = 0.08;

        @Override
        public double radius(int agent) {
            return RADIUS;
        }

        private int goal(Frame frame) {
            int last = scene.landmarks() - 1; // between frames the number may be halfway
            return Math.clamp((int) frame.state[frame.state.length - 1], 0, last);
        }

        private int nearest(Frame frame) {
            int nearest = 1;
            for (int i = 2; i < scene.agents(); i++) {
                if (scene.distance(frame, i, goal(frame))
                        < scene.distance(frame, nearest, goal(frame))) {
                    nearest = i;
                }
            }
            return nearest;
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            scene.ground(brush);
            for (int l = 0; l < scene.landmarks(); l++) {
                double x = scene.landmarkX(frame, l);
                double y = scene.landmarkY(frame, l);
                if (l == goal(frame)) {
                    ParticleScene.goal(brush, x, y, LANDMARK);
                    int i = nearest(frame);
                    brush.line(
                            scene.agentX(frame, i), scene.agentY(frame, i), x, y, Ink.Role.GOAL, 2);
                } else {
                    ParticleScene.mark(brush, x, y, LANDMARK, 0.03, Ink.Role.MUTED);
                }
            }
            scene.trails(on, brush);
            ParticleScene.hunter(brush, scene.agentX(frame, 0), scene.agentY(frame, 0), RADIUS);
            for (int i = 0; i < scene.agents(); i++) {
                scene.agent(frame, i, RADIUS, on, brush);
            }
        }

        @Override
        public String describe(Frame frame) {
            return "Simple Adversary, step "
                    + frame.step
                    + ": the nearest good agent is "
                    + Math.round(100 * scene.distance(frame, nearest(frame), goal(frame)))
                    + " cm from the goal, the adversary "
                    + Math.round(100 * scene.distance(frame, 0, goal(frame)))
                    + " cm.";
        }
    }
}
