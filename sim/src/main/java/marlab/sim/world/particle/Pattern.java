package marlab.sim.world.particle;

import java.util.ArrayList;
import java.util.Arrays;
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
import marlab.sim.planning.Assignment;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.Field;
import marlab.sim.space.ObservationSpace;

/// What Simple Formation and Simple Line share: N agents take N places given by landmarks, whoever
/// takes which. Everybody gets minus the mean distance to the places under the assignment that
/// makes the sum of distances smallest, each distance counted up to 2 m (MPE2 1.1.0).
///
/// State: bodies.
abstract class Pattern implements WorldProvider {

    /// An agent is in its place when it is nearer than this, metres.
    static final double PLACED = 0.05;

    private static final double FARTHEST = 2;

    private static final int PLACE = 0;
    private static final int OWN = 1;
    private static final int HITS = 2;
    private static final int ENERGY = 3;
    private static final int TERM_COUNT = 4;

    private static final List<RewardTerm> TERMS =
            List.of(
                    new RewardTerm(
                            "place",
                            "Take the places",
                            "m",
                            true,
                            1,
                            -2,
                            2,
                            "Minus the distance from an agent to its place, mean over all."),
                    new RewardTerm(
                            "own",
                            "Take the own place",
                            "m",
                            false,
                            0,
                            -2,
                            2,
                            "Minus the agent's distance to the place that it is assigned."),
                    new RewardTerm(
                            "collide",
                            "Avoid collisions",
                            "agents",
                            false,
                            0,
                            -2,
                            2,
                            "Minus the number of agents that this agent is touching."),
                    ParticleTerms.energy());

    private static final List<Metric> METRICS =
            List.of(
                    Scores.RETURN,
                    new Metric(
                            "distance",
                            "Distance to the places",
                            "m",
                            Metric.Over.MEAN,
                            "Distance from an agent to its place, mean over agents and steps."),
                    new Metric(
                            "placed",
                            "In place",
                            "of agents",
                            Metric.Over.MEAN,
                            "Share of agents within 5 cm of their places, mean over the steps."),
                    new Metric(
                            "placed_end",
                            "In place at the end",
                            "of agents",
                            Metric.Over.LAST,
                            "Share of agents within 5 cm of their places at the last step."),
                    new Metric(
                            "C",
                            "Collisions",
                            "pairs",
                            Metric.Over.SUM,
                            "Σ over steps of the number of pairs of agents that touch."));

    private static final List<OptionSpec> OPTIONS =
            ParticleOptions.with(
                    new OptionSpec.Whole("agents", "Agents", 4, 1, 30, "Number of agents."),
                    OptionSpec.onOff(
                            "success",
                            "End on success",
                            false,
                            "on: the episode ends as soon as everyone is in place."));

    private final double size;
    private final int landmarks;

    /// @param size radius of an agent, metres
    Pattern(double size, int landmarks) {
        this.size = size;
        this.landmarks = landmarks;
    }

    /// Puts the landmarks somewhere, with the agents scattered already.
    abstract void lay(ParticlePhysics bodies, RandomStream random);

    /// Writes where the places are, given where agents and landmarks are.
    abstract void places(double[] x, double[] y, int agents, double[] placeX, double[] placeY);

    /// Draws what joins the places.
    abstract void outline(double[] landmarkX, double[] landmarkY, Brush brush);

    @Override
    public Family family() {
        return Family.PARTICLES;
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("twelve", Map.of("agents", "12", "horizon", "50"));
        all.put("continuous", Map.of("actions", "continuous", "success", "on"));
        all.put("walls, classic", Map.of("agents", "6", "physics", "classic", "walls", "on"));
        return all;
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(this, options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        int n = options.whole("agents");
        return new Picture(ParticleScene.of(n, landmarks, options, 0.3), this, new Places(n));
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("assigned", new Script(this, options));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private EnvSpec spec(EnvOptions options) {
        int n = options.whole("agents");
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            agents.add(new AgentId(i, "agent_" + i));
        }
        List<Field> own = List.of(Fields.velocity(0), Fields.position(2));
        int length = 4 + 2 * landmarks;
        AgentGroup group =
                new AgentGroup(
                        "agents",
                        agents,
                        new ObservationSpace(
                                own, List.of(Fields.places("landmarks", landmarks, 4)), length),
                        Fields.all(
                                List.of(new Fields.Kind("landmarks", landmarks)),
                                List.of(new Fields.Kind("others", n - 1))),
                        Movement.silent(ParticleOptions.continuous(options)));
        return new EnvSpec(
                name(),
                List.of(group),
                TERMS,
                METRICS,
                Scores.DIALECTS,
                options.whole("horizon"),
                ParticlePhysics.stateSize(n, landmarks));
    }

    /// Where the places are, and who is assigned which. Reused.
    private static final class Places {

        final double[] x;
        final double[] y;
        final double[][] distance; // [agent][place]
        private final Assignment assignment;

        Places(int n) {
            x = new double[n];
            y = new double[n];
            distance = new double[n][n];
            assignment = new Assignment(n);
        }

        /// Finds places and distances.
        ///
        /// @return the place of each agent; overwritten by the next call
        int[] assign(Pattern pattern, double[] bodyX, double[] bodyY) {
            int n = x.length;
            pattern.places(bodyX, bodyY, n, x, y);
            for (int i = 0; i < n; i++) {
                double[] row = distance[i];
                for (int p = 0; p < n; p++) {
                    double dx = bodyX[i] - x[p];
                    double dy = bodyY[i] - y[p];
                    row[p] = Math.sqrt(dx * dx + dy * dy);
                }
            }
            return assignment.assign(distance);
        }
    }

    /// One copy of the world.
    private static final class Env implements ParallelEnv {

        private final Pattern pattern;
        private final EnvSpec spec;
        private final StepResult result;
        private final Scores scores;
        private final int n;
        private final boolean continuous;
        private final boolean endOnSuccess;
        private final ParticlePhysics bodies;
        private final Places places;
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private final RandomStream random = new RandomStream(0);
        private int step;

        Env(Pattern pattern, EnvOptions options) {
            this.pattern = pattern;
            spec = pattern.spec(options);
            result = new StepResult(spec);
            scores = new Scores(spec);
            n = options.whole("agents");
            continuous = ParticleOptions.continuous(options);
            endOnSuccess = options.on("success");
            bodies = new ParticlePhysics(n, pattern.landmarks, options);
            bodies.shape(0, n, pattern.size, true);
            places = new Places(n);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            bodies.scatter(0, n, 1, random);
            pattern.lay(bodies, random);
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < n; i++) {
                double effort = Movement.push(bodies, i, actions, continuous);
                result.terms[i * TERM_COUNT + ENERGY] = -effort;
            }
            bodies.stepAmongEquals(pattern.size);
            step++;
            measure();
            return result;
        }

        private void measure() {
            int[] placeOf = places.assign(pattern, bodies.x, bodies.y);
            double sum = 0;
            double counted = 0;
            int placed = 0;
            for (int i = 0; i < n; i++) {
                double away = places.distance[i][placeOf[i]];
                sum += away;
                counted += Math.min(away, FARTHEST);
                placed += away < PLACED ? 1 : 0;
                result.terms[i * TERM_COUNT + OWN] = -away;
                result.terms[i * TERM_COUNT + HITS] = 0;
            }
            boolean success = endOnSuccess && placed == n;
            for (int i = 0; i < n; i++) {
                result.terms[i * TERM_COUNT + PLACE] = -(counted / n);
                result.terminated[i] = success;
            }
            result.metrics[4] = countHits();
            result.metrics[0] = scores.mean(result.terms, 0, n);
            result.metrics[1] = sum / n;
            result.metrics[2] = (double) placed / n;
            result.metrics[3] = result.metrics[2];
            result.truncated = step >= spec.horizon();
        }

        private int countHits() {
            int pairs = 0;
            double touching = pattern.size + pattern.size;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    double dx = bodies.x[i] - bodies.x[j];
                    double dy = bodies.y[i] - bodies.y[j];
                    if (dx * dx + dy * dy < touching * touching) {
                        pairs++;
                        result.terms[i * TERM_COUNT + HITS]--;
                        result.terms[j * TERM_COUNT + HITS]--;
                    }
                }
            }
            return pairs;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            int k = bodies.seeOwnVelocity(agent, into, at);
            k = bodies.seeOwnPosition(agent, into, k);
            bodies.see(agent, n, n + pattern.landmarks, into, k);
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

    /// Everybody goes to the place that it is assigned; those in place hold still.
    private static final class Script extends ParticleScript {

        private final Pattern pattern;
        private final Places places;
        private final double[] x;
        private final double[] y;

        Script(Pattern pattern, EnvOptions options) {
            super(options.whole("agents"), pattern.landmarks, options);
            this.pattern = pattern;
            places = new Places(options.whole("agents"));
            x = new double[scene.agents() + pattern.landmarks];
            y = new double[x.length];
        }

        @Override
        void decide(ParallelEnv env, RandomGenerator random) {
            gather(scene, frame, x, y);
            int[] placeOf = places.assign(pattern, x, y);
            for (int i = 0; i < scene.agents(); i++) {
                goTo(i, places.x[placeOf[i]], places.y[placeOf[i]]);
            }
        }
    }

    /// Copies where everything is out of a frame: agents, then landmarks.
    private static void gather(ParticleScene scene, Frame frame, double[] x, double[] y) {
        for (int i = 0; i < scene.agents(); i++) {
            x[i] = scene.agentX(frame, i);
            y[i] = scene.agentY(frame, i);
        }
        for (int l = 0; l < scene.landmarks(); l++) {
            x[scene.agents() + l] = scene.landmarkX(frame, l);
            y[scene.agents() + l] = scene.landmarkY(frame, l);
        }
    }

    /// The places as rings, each joined to its agent; full rings where somebody is in place.
    private static final class Picture implements ParticlePicture {

        private final ParticleScene scene;
        private final Pattern pattern;
        private final Places places;
        private final double[] x;
        private final double[] y;
        private final double radius;

        Picture(ParticleScene scene, Pattern pattern, Places places) {
            this.scene = scene;
            this.pattern = pattern;
            this.places = places;
            x = new double[scene.agents() + scene.landmarks()];
            y = new double[x.length];
            radius = scene.agents() <= 12 ? 0.075 : 0.05; // larger than they are, to be seen
        }

        @Override
        public ParticleScene scene() {
            return scene;
        }

        @Override
        public double radius(int agent) {
            return radius;
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            scene.ground(brush);
            gather(scene, frame, x, y);
            int n = scene.agents();
            int[] placeOf = places.assign(pattern, x, y);
            double[] landmarkX = Arrays.copyOfRange(x, n, x.length);
            double[] landmarkY = Arrays.copyOfRange(y, n, y.length);
            pattern.outline(landmarkX, landmarkY, brush);
            for (int l = 0; l < landmarkX.length; l++) {
                brush.disc(landmarkX[l], landmarkY[l], 0.03, Ink.Role.MUTED, Ink.Role.MUTED, 1);
            }
            for (int i = 0; i < n; i++) {
                int p = placeOf[i];
                boolean placed = places.distance[i][p] < PLACED;
                Ink ink = placed ? Ink.Role.GOAL : Ink.Role.MUTED;
                brush.line(x[i], y[i], places.x[p], places.y[p], Ink.Role.GOAL, 1.5);
                double ring = 1.35 * radius;
                brush.ring(places.x[p], places.y[p], ring, ink, placed ? 3 : 1.5, !placed);
            }
            scene.trails(on, brush);
            for (int i = 0; i < n; i++) {
                scene.agent(frame, i, radius, on, brush);
            }
        }

        @Override
        public String describe(Frame frame) {
            gather(scene, frame, x, y);
            int[] placeOf = places.assign(pattern, x, y);
            int placed = 0;
            for (int i = 0; i < scene.agents(); i++) {
                placed += places.distance[i][placeOf[i]] < PLACED ? 1 : 0;
            }
            return pattern.title()
                    + ", step "
                    + frame.step
                    + ": "
                    + placed
                    + " of "
                    + scene.agents()
                    + " agents are in place.";
        }
    }
}
