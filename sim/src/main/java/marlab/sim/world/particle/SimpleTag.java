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
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.EntitySet;
import marlab.sim.space.ObservationSpace;

/// Simple Tag: slow predators chase fast prey among obstacles. Physics, observation and reward are
/// those of MPE2 1.1.0, `simple_tag_v3` (Lowe et al. 2017; Farama MPE2): every predator gets 10 for
/// each pair of predator and prey that touch, prey −10 for each predator that touches it and a
/// penalty for leaving the arena.
public final class SimpleTag implements WorldProvider {

    private static final double PREY_RADIUS = 0.05;

    /// Speed and force of prey in the stages of the curriculum, as shares of the full ones.
    private static final double[] STAGES = {0.5, 0.75, 1};

    private static final int CATCH = 0;
    private static final int CAUGHT = 1;
    private static final int INSIDE = 2;
    private static final int OWN_CATCH = 3;
    private static final int CHASE = 4;
    private static final int ENERGY = 5;
    private static final int TERM_COUNT = 6;

    private static final List<RewardTerm> TERMS =
            List.of(
                    ParticleTerms.of(
                            "catch",
                            "Catch together",
                            "contacts",
                            10,
                            "For predators the pairs of predator and prey that touch, whoever they are."),
                    ParticleTerms.of(
                            "caught",
                            "Don't be caught",
                            "contacts",
                            10,
                            "For prey minus the predators that touch it."),
                    ParticleTerms.of(
                            "inside",
                            "Stay inside",
                            "penalty",
                            1,
                            "For prey minus what leaving the arena costs, from 0.9 m on."),
                    ParticleTerms.of(
                            "own_catch",
                            "Catch oneself",
                            "contacts",
                            0,
                            "For predators the prey that this one touches itself."),
                    ParticleTerms.of(
                            "chase",
                            "Chase and flee",
                            "m",
                            0,
                            "For predators minus the distance to the nearest prey, for prey plus that to the"
                                    + " nearest predator."),
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
                            "distance",
                            "Predator's distance",
                            "m",
                            Metric.Over.MEAN,
                            "From prey to the predator nearest to it, mean over prey and steps."));

    private static final List<OptionSpec> OPTIONS =
            ParticleOptions.with(
                    new OptionSpec.Whole("adversaries", "Predators", 3, 1, 30, "Who chases."),
                    new OptionSpec.Whole("good", "Prey", 1, 1, 20, "Who flees."),
                    new OptionSpec.Whole(
                            "obstacles", "Obstacles", 2, 0, 20, "Discs of 0.2 m radius."),
                    new OptionSpec.Text(
                            "speeds",
                            "Predators' speeds",
                            "1",
                            OptionSpec.Text.Editor.LINE,
                            SpeedText::normal,
                            "Shares of the usual speed and force, one for all predators or one for each,"
                                    + " for instance 0.7,1,1.3."),
                    new OptionSpec.Whole(
                            "stage",
                            "Curriculum stage",
                            2,
                            0,
                            2,
                            "0: prey at half its speed; 1: at three quarters; 2: the whole task."),
                    ParticleOptions.neighbours("agent_neighbors", "Others in sight", "others"),
                    ParticleOptions.neighbours(
                            "landmark_neighbors", "Obstacles in sight", "obstacles"),
                    OptionSpec.onOff(
                            "success",
                            "End on success",
                            false,
                            "on: the episode ends as soon as all prey is touched at once."));

    @Override
    public String name() {
        return "simple_tag";
    }

    @Override
    public String title() {
        return "Simple Tag";
    }

    @Override
    public String summary() {
        return "Predators chase prey that is faster than they are: nobody catches it alone, together"
                + " they can cut it off.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "One predator behind the prey achieves nothing; two from different sides do.",
                "All predators are paid for every catch, so some may rest while others run: weigh"
                        + " the own catch instead and compare.",
                "Prey that runs off is punished by the edge only; with walls it must turn.");
    }

    @Override
    public Family family() {
        return Family.PARTICLES;
    }

    @Override
    public String source() {
        return "Lowe et al. 2017; rules of Farama MPE2 1.1.0, simple_tag_v3";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public void check(EnvOptions options) {
        int given = SpeedText.numbers(options.text("speeds")).length;
        int predators = options.whole("adversaries");
        if (given != 1 && given != predators) {
            throw new IllegalArgumentException(
                    "world option speeds has "
                            + given
                            + " numbers for "
                            + predators
                            + " predators; give one for all or one for each");
        }
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        return Map.of(
                "walled in", Map.of("walls", "on", "horizon", "100"),
                "unequal predators", Map.of("speeds", "0.7,1,1.3", "walls", "on"),
                "pack and herd",
                        Map.of("adversaries", "9", "good", "3", "obstacles", "4", "walls", "on"),
                "short sight",
                        Map.of(
                                "agent_neighbors", "2",
                                "landmark_neighbors", "1",
                                "actions", "continuous"));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        int predators = options.whole("adversaries");
        int agents = predators + options.whole("good");
        int obstacles = options.whole("obstacles");
        return new Picture(ParticleScene.of(agents, obstacles, options, 0.3), predators);
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("surround", new Script(options, true));
        policies.put("run after", new Script(options, false));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static EnvSpec spec(EnvOptions options) {
        int predators = options.whole("adversaries");
        int prey = options.whole("good");
        ActionSpace action = Movement.silent(ParticleOptions.continuous(options));
        return new EnvSpec(
                "simple_tag",
                List.of(
                        new AgentGroup(
                                "predators",
                                ParticleTeams.names("adversary", 0, predators),
                                observation(options, predators - 1, prey),
                                central(options, predators - 1, prey),
                                action),
                        new AgentGroup(
                                "prey",
                                ParticleTeams.names("agent", predators, prey),
                                observation(options, predators, prey - 1),
                                central(options, predators, prey - 1),
                                action)),
                TERMS,
                METRICS,
                Scores.DIALECTS,
                options.whole("horizon"),
                ParticlePhysics.stateSize(predators + prey, options.whole("obstacles")));
    }

    /// The reference's vector: velocity, position, obstacles, others, velocities of other prey; of
    /// the nearest others all have a place for a velocity, which is 0 for predators.
    private static ObservationSpace observation(EnvOptions options, int predators, int prey) {
        int obstacles =
                Neighbours.slots(options.whole("landmark_neighbors"), options.whole("obstacles"));
        int sight = options.whole("agent_neighbors");
        int at = 4 + 2 * obstacles;
        List<EntitySet> sets = new ArrayList<>();
        int size;
        if (sight == 0) {
            int velocities = at + 2 * (predators + prey);
            sets.add(Fields.movers("prey", prey, at + 2 * predators, velocities));
            sets.add(Fields.places("predators", predators, at));
            size = velocities + 2 * prey;
        } else {
            sets.add(Fields.movers("others", sight, at, at + 2 * sight));
            size = at + 4 * sight;
        }
        sets.add(Fields.places("obstacles", obstacles, 4));
        return new ObservationSpace(List.of(Fields.velocity(0), Fields.position(2)), sets, size);
    }

    private static ObservationSpace central(EnvOptions options, int predators, int prey) {
        return Fields.all(
                List.of(new Fields.Kind("obstacles", options.whole("obstacles"))),
                List.of(new Fields.Kind("predators", predators), new Fields.Kind("prey", prey)));
    }

    /// One copy of the world. Predators come first.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final Scores scores;
        private final boolean continuous;
        private final boolean endOnSuccess;
        private final int predators;
        private final int n;
        private final int agentNeighbours;
        private final int landmarkNeighbours;
        private final ParticlePhysics bodies;
        private final Neighbours sight;
        private final RandomStream random = new RandomStream(0);
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private int step;

        Env(EnvOptions options) {
            spec = SimpleTag.spec(options);
            result = new StepResult(spec);
            scores = new Scores(spec);
            continuous = ParticleOptions.continuous(options);
            endOnSuccess = options.on("success");
            predators = options.whole("adversaries");
            n = predators + options.whole("good");
            agentNeighbours = options.whole("agent_neighbors");
            landmarkNeighbours = options.whole("landmark_neighbors");
            bodies = new ParticlePhysics(n, options.whole("obstacles"), options);
            sight = new Neighbours(bodies);
            equip(options);
        }

        private void equip(EnvOptions options) {
            bodies.shape(0, predators, Hunt.PREDATOR_RADIUS, true);
            bodies.shape(predators, n, PREY_RADIUS, true);
            bodies.shape(n, bodies.bodies, Hunt.OBSTACLE_RADIUS, true);
            double[] speeds = SpeedText.numbers(options.text("speeds"));
            for (int j = 0; j < predators; j++) {
                double share = speeds[speeds.length == 1 ? 0 : j];
                bodies.drive(j, j + 1, share * Hunt.PREDATOR_THRUST, share * Hunt.PREDATOR_SPEED);
            }
            double share = STAGES[options.whole("stage")];
            bodies.drive(predators, n, share * Hunt.PREY_THRUST, share * Hunt.PREY_SPEED);
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
            int pairs = 0;
            int touched = 0;
            double distance = 0;
            for (int i = predators; i < n; i++) {
                int hits = judgePrey(i);
                pairs += hits;
                touched += hits > 0 ? 1 : 0;
                distance += result.terms[i * TERM_COUNT + CHASE];
            }
            for (int j = 0; j < predators; j++) {
                judgePredator(j, pairs);
            }
            finish(pairs, touched, distance / (n - predators));
            return result;
        }

        /// Books what prey gets; returns how many predators touch it.
        private int judgePrey(int i) {
            int hits = Hunt.hits(bodies, predators, i);
            int at = i * TERM_COUNT;
            result.terms[at + CATCH] = 0;
            result.terms[at + CAUGHT] = -hits;
            result.terms[at + INSIDE] = 0 - Hunt.outside(bodies.x[i]) - Hunt.outside(bodies.y[i]);
            result.terms[at + OWN_CATCH] = 0;
            result.terms[at + CHASE] = Hunt.nearest(bodies, i, 0, predators);
            return hits;
        }

        private void judgePredator(int j, int pairs) {
            int at = j * TERM_COUNT;
            result.terms[at + CATCH] = pairs;
            result.terms[at + CAUGHT] = 0;
            result.terms[at + INSIDE] = 0;
            result.terms[at + OWN_CATCH] = Hunt.hitsOf(bodies, predators, j);
            result.terms[at + CHASE] = -Hunt.nearest(bodies, j, predators, n);
        }

        private void finish(int pairs, int touched, double distance) {
            result.metrics[0] = scores.mean(result.terms, 0, n);
            result.metrics[1] = scores.mean(result.terms, 0, predators);
            result.metrics[2] = scores.mean(result.terms, predators, n);
            result.metrics[3] = pairs;
            result.metrics[4] = distance;
            result.truncated = step >= spec.horizon();
            boolean success = endOnSuccess && touched == n - predators;
            for (int i = 0; i < n; i++) {
                result.terminated[i] = success;
            }
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            int k = bodies.seeOwnVelocity(agent, into, at);
            k = bodies.seeOwnPosition(agent, into, k);
            int obstacles = Neighbours.slots(landmarkNeighbours, bodies.bodies - n);
            sight.look(agent, n, bodies.bodies, landmarkNeighbours);
            k = sight.positions(agent, obstacles, into, k);
            if (agentNeighbours == 0) {
                k = bodies.see(agent, 0, n, into, k);
                bodies.seeVelocities(agent, predators, n, into, k);
                return;
            }
            sight.look(agent, 0, n, agentNeighbours);
            k = sight.positions(agent, agentNeighbours, into, k);
            for (int slot = 0; slot < agentNeighbours; slot++) {
                int j = sight.in(slot);
                into[k++] = j >= predators ? bodies.vx[j] : 0;
                into[k++] = j >= predators ? bodies.vy[j] : 0;
            }
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

    /// Every predator goes for the prey nearest to it; prey flees.
    private static final class Script extends HuntScript {

        private final boolean surround;

        Script(EnvOptions options, boolean surround) {
            super(
                    options.whole("adversaries"),
                    options.whole("good"),
                    options.whole("obstacles"),
                    options.whole("obstacles"),
                    options);
            this.surround = surround;
        }

        @Override
        void decide(ParallelEnv env, RandomGenerator random) {
            for (int j = 0; j < predators; j++) {
                chase(j, nearestPrey(j), surround);
            }
            for (int i = predators; i < n; i++) {
                flee(i);
            }
        }
    }

    /// Obstacles as discs; predators wear a ring and are joined to the prey that they touch.
    private record Picture(ParticleScene scene, int predators) implements ParticlePicture {

        @Override
        public double radius(int agent) {
            return agent < predators ? Hunt.PREDATOR_RADIUS : PREY_RADIUS;
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            scene.ground(brush);
            for (int l = 0; l < scene.landmarks(); l++) {
                brush.disc(
                        scene.landmarkX(frame, l),
                        scene.landmarkY(frame, l),
                        Hunt.OBSTACLE_RADIUS,
                        Ink.Role.WALL,
                        Ink.Role.MUTED,
                        1.5);
            }
            scene.trails(on, brush);
            Hunt.drawContacts(this, frame, predators, brush);
            for (int i = 0; i < scene.agents(); i++) {
                scene.agent(frame, i, radius(i), on, brush);
            }
        }

        @Override
        public String describe(Frame frame) {
            return "Simple Tag, step "
                    + frame.step
                    + ": "
                    + Hunt.contacts(this, frame, predators)
                    + " pairs of predator and prey touch.";
        }
    }
}
