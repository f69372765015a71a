package marlab.sim.world.particle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.ObservationSpace;

/// Simple Speaker Listener: one sees which of three landmarks is the goal and speaks, the other
/// hears and moves. Rules of MPE2 1.1.0, `simple_speaker_listener_v4`: both get minus the squared
/// distance from listener to goal.
///
/// State: bodies, the speaker's message, the goal.
public final class SimpleSpeakerListener implements WorldProvider {

    private static final int SPEAKER = 0;
    private static final int LISTENER = 1;
    private static final int LANDMARKS = 3;
    private static final int WORDS = 3;

    /// Where in the state the message begins; the goal follows it.
    private static final int MESSAGE = ParticlePhysics.stateSize(2, LANDMARKS);

    private static final double AGENT_RADIUS = 0.075;
    private static final double LANDMARK_RADIUS = 0.04;
    private static final double ARRIVED = 0.1;

    private static final int REACH = 0;
    private static final int NEAR = 1;
    private static final int ENERGY = 2;
    private static final int TERM_COUNT = 3;

    private static final List<RewardTerm> TERMS =
            List.of(
                    new RewardTerm(
                            "reach",
                            "Reach the goal",
                            "m²",
                            true,
                            1,
                            -2,
                            2,
                            "Minus the squared distance from the listener to the goal."),
                    new RewardTerm(
                            "near",
                            "Get near the goal",
                            "m",
                            true,
                            0,
                            -2,
                            2,
                            "Minus the distance from the listener to the goal, not squared."),
                    new RewardTerm(
                            "energy",
                            "Save energy",
                            "pushes",
                            false,
                            0,
                            -2,
                            2,
                            "Minus the push that the listener makes, 1 being a full one."));

    private static final List<Metric> METRICS =
            List.of(
                    Scores.RETURN,
                    new Metric(
                            "distance",
                            "Distance to the goal",
                            "m",
                            Metric.Over.MEAN,
                            "Distance from the listener to the goal, mean over the steps."),
                    new Metric(
                            "distance_end",
                            "Distance at the end",
                            "m",
                            Metric.Over.LAST,
                            "Distance from the listener to the goal at the last step."),
                    new Metric(
                            "understood",
                            "Understood",
                            "of episodes",
                            Metric.Over.LAST,
                            "1 where the landmark nearest to the listener is the goal at the end."));

    private static final List<OptionSpec> OPTIONS = ParticleOptions.with();

    @Override
    public String name() {
        return "simple_speaker_listener";
    }

    @Override
    public String title() {
        return "Speaker Listener";
    }

    @Override
    public String summary() {
        return "One knows the goal but cannot move, the other moves but knows only what it hears:"
                + " they need words.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "The letter above the speaker is its word: does one landmark always get the same?",
                "The listener hears a word one step after it was decided on.",
                "Which word means what is arbitrary: another seed ends in another language.",
                "A listener that has understood nothing waits in the middle of the landmarks.");
    }

    @Override
    public Family family() {
        return Family.PARTICLES;
    }

    @Override
    public String source() {
        return "Lowe et al. 2017; rules of Farama MPE2 1.1.0, simple_speaker_listener_v4";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("loud and soft", Map.of("actions", "continuous"));
        all.put("classic", Map.of("physics", "classic"));
        return all;
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(ParticleScene.of(2, LANDMARKS, options, 0.3));
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("named goal", new Script(options));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    /// Brightness of a landmark's colour in a channel: as many landmarks as channels.
    private static double colour(int landmark, int channel) {
        return landmark == channel ? 0.65 : 0.15;
    }

    private static EnvSpec spec(EnvOptions options) {
        boolean continuous = ParticleOptions.continuous(options);
        Field goal = Fields.symbol("goal_colour", 3, 0);
        AgentGroup speakers =
                new AgentGroup(
                        "speakers",
                        List.of(new AgentId(SPEAKER, "speaker_0")),
                        new ObservationSpace(List.of(goal), List.of(), 3),
                        seen(3, goal),
                        Movement.words(WORDS, continuous));
        AgentGroup listeners =
                new AgentGroup(
                        "listeners",
                        List.of(new AgentId(LISTENER, "listener_0")),
                        seen(0),
                        seen(0, Fields.symbol("goal_colour", 3, 11)),
                        Movement.silent(continuous));
        return new EnvSpec(
                "simple_speaker_listener",
                List.of(speakers, listeners),
                TERMS,
                METRICS,
                Scores.DIALECTS,
                options.whole("horizon"),
                ParticlePhysics.stateSize(2, LANDMARKS) + WORDS + 1);
    }

    /// What the listener sees, from this place on, beside the goal's colour where that is given.
    private static ObservationSpace seen(int at, Field... goal) {
        List<Field> own = new ArrayList<>(List.of(goal));
        own.add(Fields.velocity(at));
        own.add(Fields.symbol("message", WORDS, at + 8));
        EntitySet landmarks = Fields.places("landmarks", LANDMARKS, at + 2).withNames();
        return new ObservationSpace(own, List.of(landmarks), 11 + 3 * goal.length);
    }

    /// One copy of the world.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final Scores scores;
        private final boolean continuous;
        private final ParticlePhysics bodies;
        private final double[] message = new double[WORDS];
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private final RandomStream random = new RandomStream(0);
        private int goal;
        private int step;

        Env(EnvOptions options) {
            spec = SimpleSpeakerListener.spec(options);
            result = new StepResult(spec);
            scores = new Scores(spec);
            continuous = ParticleOptions.continuous(options);
            bodies = new ParticlePhysics(2, LANDMARKS, options);
            bodies.shape(0, 2, AGENT_RADIUS, false);
            bodies.shape(2, 2 + LANDMARKS, LANDMARK_RADIUS, false);
            bodies.movable[SPEAKER] = false;
        }

        private void exchange(StateCursor state) {
            bodies.exchange(state);
            state.numbers(message);
            goal = state.whole(goal);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            goal = random.nextInt(LANDMARKS);
            bodies.scatter(0, 2 + LANDMARKS, 1, random);
            Arrays.fill(message, 0);
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            double effort = Movement.push(bodies, LISTENER, actions, continuous);
            Movement.speak(SPEAKER, false, actions, continuous, message, 0, WORDS);
            bodies.step();
            step++;
            measure(effort);
            return result;
        }

        private void measure(double effort) {
            double dx = bodies.x[LISTENER] - bodies.x[2 + goal];
            double dy = bodies.y[LISTENER] - bodies.y[2 + goal];
            double squared = dx * dx + dy * dy;
            double distance = Math.sqrt(squared);
            for (int i = 0; i < 2; i++) {
                result.terms[i * TERM_COUNT + REACH] = -squared;
                result.terms[i * TERM_COUNT + NEAR] = -distance;
                result.terms[i * TERM_COUNT + ENERGY] = i == LISTENER ? -effort : 0;
            }
            boolean understood = true;
            for (int l = 0; l < LANDMARKS; l++) {
                understood &= bodies.distance(LISTENER, 2 + l) >= distance;
            }
            result.metrics[0] = scores.mean(result.terms, 0, 2);
            result.metrics[1] = distance;
            result.metrics[2] = distance;
            result.metrics[3] = understood ? 1 : 0;
            result.truncated = step >= spec.horizon();
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            if (agent == SPEAKER) {
                seeGoal(into, at);
            } else {
                listen(into, at);
            }
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            seeGoal(into, agent == SPEAKER ? at : at + 11);
            listen(into, agent == SPEAKER ? at + 3 : at);
        }

        private void seeGoal(double[] into, int at) {
            for (int c = 0; c < 3; c++) {
                into[at + c] = colour(goal, c);
            }
        }

        private void listen(double[] into, int at) {
            int k = bodies.seeOwnVelocity(LISTENER, into, at);
            k = bodies.see(LISTENER, 2, 2 + LANDMARKS, into, k);
            System.arraycopy(message, 0, into, k, WORDS);
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

    /// The speaker says the goal's number; the listener goes where it hears, and to the middle of
    /// the landmarks as long as it has heard nothing.
    private static final class Script extends ParticleScript {

        Script(EnvOptions options) {
            super(2, LANDMARKS, options);
        }

        @Override
        void decide(ParallelEnv env, RandomGenerator random) {
            say(SPEAKER, false, (int) frame.state[MESSAGE + WORDS], WORDS);
            int heard = ParticleScene.loudest(frame.state, MESSAGE, WORDS);
            goToLandmark(LISTENER, heard);
        }
    }

    /// Landmarks by number, a ring round the goal, the word above the speaker.
    private record Picture(ParticleScene scene) implements ParticlePicture {

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            scene.ground(brush);
            int goal = goal(frame);
            double x = scene.agentX(frame, LISTENER);
            double y = scene.agentY(frame, LISTENER);
            double goalX = scene.landmarkX(frame, goal);
            double goalY = scene.landmarkY(frame, goal);
            brush.line(x, y, goalX, goalY, Ink.Role.GOAL, 1.5);
            for (int l = 0; l < LANDMARKS; l++) {
                Ink ink = l == goal ? Ink.Role.GOAL : Ink.Role.MUTED;
                double atX = scene.landmarkX(frame, l);
                double atY = scene.landmarkY(frame, l);
                brush.disc(atX, atY, ARRIVED, Ink.Role.CANVAS, ink, l == goal ? 4 : 1.5);
                brush.text(Integer.toString(l + 1), atX, atY, 0.12, true, Ink.Role.FOREGROUND);
            }
            scene.trails(on, brush);
            scene.agent(frame, SPEAKER, AGENT_RADIUS, on, brush);
            scene.agent(frame, LISTENER, AGENT_RADIUS, on, brush);
            double above = scene.agentY(frame, SPEAKER) + 0.18;
            double speakerX = scene.agentX(frame, SPEAKER);
            ParticleScene.message(frame, MESSAGE, WORDS, speakerX, above, 0.16, brush);
        }

        private static int goal(Frame frame) {
            return (int) Math.round(frame.state[MESSAGE + WORDS]);
        }

        @Override
        public double radius(int agent) {
            return AGENT_RADIUS;
        }

        @Override
        public String describe(Frame frame) {
            int word = ParticleScene.loudest(frame.state, MESSAGE, WORDS);
            return "Speaker Listener, step "
                    + frame.step
                    + ": the goal is landmark "
                    + (goal(frame) + 1)
                    + ", the speaker says "
                    + (word < 0 ? "nothing" : AgentId.letter(word))
                    + String.format(
                            Locale.ROOT,
                            ", the listener is %.2f m away.",
                            scene.distance(frame, LISTENER, goal(frame)));
        }
    }
}
