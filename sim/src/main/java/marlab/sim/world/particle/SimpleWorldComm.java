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

/// Simple World Comm: predators, led by one who sees everything and can say one of four words,
/// chase prey that eats and hides in forests. Physics, observation and reward are those of MPE2
/// 1.1.0, `simple_world_comm_v3` (Lowe et al. 2017; Farama MPE2). Landmarks are obstacles, then
/// food, then forests. A body is in a forest when it overlaps it; who is not in the same forest, or
/// outside of all like the observer, is seen at (0, 0) and at rest, but for the leader.
public final class SimpleWorldComm implements WorldProvider {

    private static final double PREY_RADIUS = 0.045;
    private static final double FOOD_RADIUS = 0.03;
    private static final double FOREST_RADIUS = 0.3;
    static final int WORDS = 4;

    private static final int CATCH = 0;
    private static final int CAUGHT = 1;
    private static final int INSIDE = 2;
    private static final int EAT = 3;
    private static final int SMELL = 4;
    private static final int CHASE = 5;
    private static final int ENERGY = 6;
    private static final int TERM_COUNT = 7;

    private static final List<RewardTerm> TERMS =
            List.of(
                    ParticleTerms.of(
                            "catch",
                            "Catch together",
                            "contacts",
                            5,
                            "For predators the pairs of predator and prey that touch, whoever they are."),
                    ParticleTerms.of(
                            "caught",
                            "Don't be caught",
                            "contacts",
                            5,
                            "For prey minus the predators that touch it."),
                    ParticleTerms.of(
                            "inside",
                            "Stay inside",
                            "penalty",
                            2,
                            "For prey minus what leaving the arena costs, from 0.9 m on."),
                    ParticleTerms.of(
                            "eat",
                            "Eat",
                            "food",
                            2,
                            "For prey the pieces of food that it touches."),
                    ParticleTerms.of(
                            "near_food",
                            "Get near food",
                            "m",
                            0.05,
                            "For prey minus the distance to the nearest food."),
                    ParticleTerms.of(
                            "chase",
                            "Chase",
                            "m",
                            0.1,
                            "For predators minus the distance to the nearest prey, seen or not."),
                    ParticleTerms.energy());

    private static final List<Metric> METRICS =
            List.of(
                    Scores.RETURN,
                    Scores.ofTeam("R_predators", "predators"),
                    Scores.ofTeam("R_prey", "prey"),
                    new Metric(
                            "contacts",
                            "Contacts",
                            "pairs",
                            Metric.Over.SUM,
                            "Σ over steps of the pairs of predator and prey that touch."),
                    new Metric(
                            "eaten",
                            "Eaten",
                            "food",
                            Metric.Over.SUM,
                            "Σ over steps and prey of the pieces of food touched."),
                    new Metric(
                            "hidden",
                            "Hidden",
                            "of prey",
                            Metric.Over.MEAN,
                            "Fraction of prey inside a forest, mean over the steps."));

    private static final List<OptionSpec> OPTIONS =
            ParticleOptions.with(
                    new OptionSpec.Whole(
                            "adversaries",
                            "Predators",
                            4,
                            1,
                            20,
                            "Who chases, the leader included."),
                    new OptionSpec.Whole("good", "Prey", 2, 1, 20, "Who eats and hides."),
                    new OptionSpec.Whole(
                            "obstacles", "Obstacles", 1, 0, 10, "Discs of 0.2 m radius."),
                    new OptionSpec.Whole("food", "Food", 2, 1, 10, "Pieces that never run out."),
                    new OptionSpec.Whole(
                            "forests", "Forests", 2, 0, 10, "Hiding places of 0.3 m radius."));

    @Override
    public String name() {
        return "simple_world_comm";
    }

    @Override
    public String title() {
        return "Simple World Comm";
    }

    @Override
    public String summary() {
        return "Prey eats, flees and hides in forests; predators hunt it, guided by a leader who sees"
                + " into the forests and has four words.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Only who is in the same forest sees who hides there, and sees nobody outside.",
                "The words mean nothing before the pack has learned to use them.",
                "In the script the leader calls the quarter in which prey is; prey in a dashed ring is hidden.");
    }

    @Override
    public Family family() {
        return Family.PARTICLES;
    }

    @Override
    public String source() {
        return "Lowe et al. 2017; rules of Farama MPE2 1.1.0, simple_world_comm_v3";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        return Map.of(
                "long day", Map.of("horizon", "200", "walls", "on"),
                "deep forest", Map.of("forests", "5", "good", "3", "food", "3", "walls", "on"),
                "numbers as actions", Map.of("actions", "continuous", "obstacles", "0"));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(new Counts(options), Counts.scene(options, 0.35));
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("hunt by word", new WorldCommScript(options, true));
        policies.put("hunt in silence", new WorldCommScript(options, false));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    /// How many there are of everything.
    record Counts(int predators, int prey, int obstacles, int food, int forests) {

        Counts(EnvOptions options) {
            this(
                    options.whole("adversaries"),
                    options.whole("good"),
                    options.whole("obstacles"),
                    options.whole("food"),
                    options.whole("forests"));
        }

        static ParticleScene scene(EnvOptions options, double margin) {
            Counts counts = new Counts(options);
            return ParticleScene.of(counts.agents(), counts.landmarks(), options, margin);
        }

        int agents() {
            return predators + prey;
        }

        int landmarks() {
            return obstacles + food + forests;
        }
    }

    private static EnvSpec spec(Counts counts, EnvOptions options) {
        boolean continuous = ParticleOptions.continuous(options);
        int predators = counts.predators();
        List<AgentId> pack = new ArrayList<>();
        for (int j = 1; j < predators; j++) {
            pack.add(new AgentId(j, "adversary_" + (j - 1)));
        }
        ObservationSpace predatorSight = predatorSight(counts);
        List<AgentGroup> groups = new ArrayList<>();
        groups.add(
                new AgentGroup(
                        "leader",
                        List.of(new AgentId(0, "leadadversary_0")),
                        predatorSight,
                        central(counts, predators - 1, counts.prey()),
                        Movement.speaking(WORDS, continuous)));
        if (!pack.isEmpty()) {
            groups.add(
                    new AgentGroup(
                            "predators",
                            pack,
                            predatorSight,
                            central(counts, predators - 1, counts.prey()),
                            Movement.silent(continuous)));
        }
        groups.add(
                new AgentGroup(
                        "prey",
                        ParticleTeams.names("agent", predators, counts.prey()),
                        preySight(counts),
                        central(counts, predators, counts.prey() - 1),
                        Movement.silent(continuous)));
        return new EnvSpec(
                "simple_world_comm",
                groups,
                TERMS,
                METRICS,
                Scores.DIALECTS,
                options.whole("horizon"),
                ParticlePhysics.stateSize(counts.agents(), counts.landmarks()) + WORDS);
    }

    /// The reference's vector for predators: velocity, position, landmarks, others, velocities of
    /// prey, whether in each forest, the leader's message.
    static ObservationSpace predatorSight(Counts counts) {
        int others = 4 + 2 * counts.landmarks();
        int prey = others + 2 * (counts.predators() - 1);
        int velocities = prey + 2 * counts.prey();
        int forests = velocities + 2 * counts.prey();
        int message = forests + counts.forests();
        List<EntitySet> sets = new ArrayList<>();
        sets.add(Fields.movers("prey", counts.prey(), prey, velocities));
        sets.add(Fields.places("predators", counts.predators() - 1, others));
        sets.addAll(landmarks(counts, forests));
        return new ObservationSpace(
                List.of(Fields.velocity(0), Fields.position(2), said(message)),
                sets,
                message + WORDS);
    }

    /// The reference's vector for prey: as for predators, but without a message, and whether in
    /// each forest stands before the velocities.
    private static ObservationSpace preySight(Counts counts) {
        int others = 4 + 2 * counts.landmarks();
        int prey = others + 2 * counts.predators();
        int forests = prey + 2 * (counts.prey() - 1);
        int velocities = forests + counts.forests();
        List<EntitySet> sets = new ArrayList<>();
        sets.add(Fields.places("predators", counts.predators(), others));
        sets.add(Fields.movers("prey", counts.prey() - 1, prey, velocities));
        sets.addAll(landmarks(counts, forests));
        return new ObservationSpace(
                List.of(Fields.velocity(0), Fields.position(2)),
                sets,
                velocities + 2 * (counts.prey() - 1));
    }

    private static List<EntitySet> landmarks(Counts counts, int insideAt) {
        int food = 4 + 2 * counts.obstacles();
        int forests = food + 2 * counts.food();
        Field inside = new Field("inside", FieldKind.SCALAR, "", -1, 1, 1, insideAt, 1);
        return List.of(
                Fields.places("food", counts.food(), food),
                new EntitySet(
                        "forests", counts.forests(), List.of(Fields.relative(forests), inside)),
                Fields.places("obstacles", counts.obstacles(), 4));
    }

    private static ObservationSpace central(Counts counts, int predators, int prey) {
        int size = Fields.sizeOfAll(counts.agents(), counts.landmarks());
        return Fields.all(
                List.of(
                        new Fields.Kind("obstacles", counts.obstacles()),
                        new Fields.Kind("food", counts.food()),
                        new Fields.Kind("forests", counts.forests())),
                List.of(new Fields.Kind("predators", predators), new Fields.Kind("prey", prey)),
                said(size));
    }

    private static Field said(int at) {
        return Fields.symbol("message", WORDS, at);
    }

    /// One copy of the world. The leader is agent 0, then the other predators, then prey.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final Scores scores;
        private final boolean continuous;
        private final int predators;
        private final int n;
        private final int firstFood;
        private final int firstForest;
        private final ParticlePhysics bodies;
        private final double[] message = new double[WORDS];
        private final RandomStream random = new RandomStream(0);
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private int step;

        Env(EnvOptions options) {
            Counts counts = new Counts(options);
            spec = SimpleWorldComm.spec(counts, options);
            result = new StepResult(spec);
            scores = new Scores(spec);
            continuous = ParticleOptions.continuous(options);
            predators = counts.predators();
            n = counts.agents();
            firstFood = n + counts.obstacles();
            firstForest = firstFood + counts.food();
            bodies = new ParticlePhysics(n, counts.landmarks(), options);
            bodies.shape(0, predators, Hunt.PREDATOR_RADIUS, true);
            bodies.shape(predators, n, PREY_RADIUS, true);
            bodies.shape(n, firstFood, Hunt.OBSTACLE_RADIUS, true);
            bodies.shape(firstFood, firstForest, FOOD_RADIUS, false);
            bodies.shape(firstForest, bodies.bodies, FOREST_RADIUS, false);
            bodies.drive(0, predators, Hunt.PREDATOR_THRUST, Hunt.PREDATOR_SPEED);
            bodies.drive(predators, n, Hunt.PREY_THRUST, Hunt.PREY_SPEED);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            bodies.scatter(0, n, 1, random);
            bodies.scatter(n, bodies.bodies, Hunt.LANDMARK_REACH, random);
            Arrays.fill(message, 0);
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < n; i++) {
                double effort = Movement.push(bodies, i, actions, continuous);
                result.terms[i * TERM_COUNT + ENERGY] = -effort;
            }
            Movement.speak(0, true, actions, continuous, message, 0, WORDS);
            bodies.step();
            step++;
            measure();
            return result;
        }

        private void measure() {
            int pairs = 0;
            int eaten = 0;
            int hidden = 0;
            for (int i = predators; i < n; i++) {
                judgePrey(i);
                pairs -= (int) result.terms[i * TERM_COUNT + CAUGHT];
                eaten += (int) result.terms[i * TERM_COUNT + EAT];
                hidden += inAForest(i) ? 1 : 0;
            }
            for (int j = 0; j < predators; j++) {
                int at = j * TERM_COUNT;
                Arrays.fill(result.terms, at, at + ENERGY, 0);
                result.terms[at + CATCH] = pairs;
                result.terms[at + CHASE] = -Hunt.nearest(bodies, j, predators, n);
            }
            result.metrics[0] = scores.mean(result.terms, 0, n);
            result.metrics[1] = scores.mean(result.terms, 0, predators);
            result.metrics[2] = scores.mean(result.terms, predators, n);
            result.metrics[3] = pairs;
            result.metrics[4] = eaten;
            result.metrics[5] = (double) hidden / (n - predators);
            result.truncated = step >= spec.horizon();
        }

        private void judgePrey(int i) {
            int at = i * TERM_COUNT;
            int eats = 0;
            for (int f = firstFood; f < firstForest; f++) {
                eats += bodies.hit(i, f) ? 1 : 0;
            }
            result.terms[at + CATCH] = 0;
            result.terms[at + CAUGHT] = -Hunt.hits(bodies, predators, i);
            result.terms[at + INSIDE] = 0 - Hunt.outside(bodies.x[i]) - Hunt.outside(bodies.y[i]);
            result.terms[at + EAT] = eats;
            result.terms[at + SMELL] = -Hunt.nearest(bodies, i, firstFood, firstForest);
            result.terms[at + CHASE] = 0;
        }

        private boolean inAForest(int agent) {
            for (int f = firstForest; f < bodies.bodies; f++) {
                if (bodies.hit(agent, f)) {
                    return true;
                }
            }
            return false;
        }

        /// True where `self` sees `other`: in a forest together, both in none, or being the leader.
        private boolean sees(int self, int other) {
            if (self == 0) {
                return true;
            }
            boolean hidden = false;
            for (int f = firstForest; f < bodies.bodies; f++) {
                boolean here = bodies.hit(self, f);
                boolean there = bodies.hit(other, f);
                if (here && there) {
                    return true;
                }
                hidden |= here || there;
            }
            return !hidden;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            int k = bodies.seeOwnVelocity(agent, into, at);
            k = bodies.seeOwnPosition(agent, into, k);
            k = bodies.see(agent, n, bodies.bodies, into, k);
            boolean predator = agent < predators;
            int velocities = k + 2 * (n - 1) + (predator ? 0 : bodies.bodies - firstForest);
            int forests = k + 2 * (n - 1) + (predator ? 2 * (n - predators) : 0);
            for (int j = 0; j < n; j++) {
                if (j == agent) {
                    continue;
                }
                boolean seen = sees(agent, j);
                into[k++] = seen ? bodies.x[j] - bodies.x[agent] : 0;
                into[k++] = seen ? bodies.y[j] - bodies.y[agent] : 0;
                if (j >= predators) {
                    into[velocities++] = seen ? bodies.vx[j] : 0;
                    into[velocities++] = seen ? bodies.vy[j] : 0;
                }
            }
            for (int f = firstForest; f < bodies.bodies; f++) {
                into[forests++] = bodies.hit(agent, f) ? 1 : -1;
            }
            if (predator) {
                System.arraycopy(message, 0, into, forests, WORDS);
            }
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            int k = bodies.seeAll(agent, into, at);
            System.arraycopy(message, 0, into, k, WORDS);
        }

        private void exchange(StateCursor state) {
            bodies.exchange(state);
            state.numbers(message);
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

    /// Forests under everything, food, obstacles; predators wear a ring, the leader two, and what
    /// it says stands above it.
    private record Picture(Counts counts, ParticleScene scene) implements ParticlePicture {

        @Override
        public double radius(int agent) {
            return agent < counts.predators() ? Hunt.PREDATOR_RADIUS : PREY_RADIUS;
        }

        private int messageAt() {
            return scene.at(scene.landmarks());
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            scene.ground(brush);
            int firstForest = counts.obstacles() + counts.food();
            for (int l = scene.landmarks() - 1; l >= 0; l--) {
                double x = scene.landmarkX(frame, l);
                double y = scene.landmarkY(frame, l);
                if (l >= firstForest) {
                    brush.disc(x, y, FOREST_RADIUS, Ink.Role.SOIL, Ink.Role.FOOD, 1.5);
                } else if (l >= counts.obstacles()) {
                    brush.disc(x, y, FOOD_RADIUS, Ink.Role.FOOD, Ink.Role.FOREGROUND, 1.5);
                } else {
                    brush.disc(x, y, Hunt.OBSTACLE_RADIUS, Ink.Role.WALL, Ink.Role.MUTED, 1.5);
                }
            }
            scene.trails(on, brush);
            Hunt.drawContacts(this, frame, counts.predators(), brush);
            for (int i = 0; i < scene.agents(); i++) {
                scene.agent(frame, i, radius(i), on, brush);
                if (i >= counts.predators() && hidden(frame, i)) {
                    brush.ring(
                            scene.agentX(frame, i),
                            scene.agentY(frame, i),
                            2 * PREY_RADIUS,
                            Ink.Role.FOREGROUND,
                            1.5,
                            true);
                }
            }
            leader(frame, brush);
        }

        private boolean hidden(Frame frame, int agent) {
            for (int l = counts.obstacles() + counts.food(); l < scene.landmarks(); l++) {
                if (scene.distance(frame, agent, l) < radius(agent) + FOREST_RADIUS) {
                    return true;
                }
            }
            return false;
        }

        private void leader(Frame frame, Brush brush) {
            double x = scene.agentX(frame, 0);
            double y = scene.agentY(frame, 0);
            ParticleScene.hunter(brush, x, y, 1.3 * radius(0));
            ParticleScene.message(frame, messageAt(), WORDS, x, y + 0.18, 0.12, brush);
        }

        @Override
        public String describe(Frame frame) {
            int word = ParticleScene.loudest(frame.state, messageAt(), WORDS);
            return "Simple World Comm, step "
                    + frame.step
                    + ": "
                    + Hunt.contacts(this, frame, counts.predators())
                    + " pairs of predator and prey touch; the leader "
                    + (word < 0 ? "is silent." : "says " + AgentId.letter(word) + ".");
        }
    }
}
