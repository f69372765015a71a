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
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.ObservationSpace;

/// Simple Reference: each of two knows the landmark that the other must reach, and can move and
/// speak at once. Rules of MPE2 1.1.0, `simple_reference_v3` with local_ratio 0.5: reward_i = 0.5 ·
/// (mean of both) + 0.5 · (−distance of the other from the landmark that i knows).
///
/// State: bodies, both messages, for each agent the landmark that it knows (the other's goal).
public final class SimpleReference implements WorldProvider {

    private static final int AGENTS = 2;
    private static final int LANDMARKS = 3;
    private static final int WORDS = 10;
    private static final int SIZE = 21;

    /// Where in the state the messages begin, and then what each knows.
    private static final int MESSAGES = ParticlePhysics.stateSize(AGENTS, LANDMARKS);

    private static final int KNOWS = MESSAGES + AGENTS * WORDS;

    private static final double ARRIVED = 0.1;

    private static final int TEAM = 0;
    private static final int GUIDE = 1;
    private static final int REACH = 2;
    private static final int ENERGY = 3;
    private static final int TERM_COUNT = 4;

    private static final List<RewardTerm> TERMS =
            List.of(
                    new RewardTerm(
                            "team",
                            "Both arrive",
                            "m",
                            true,
                            0.5,
                            -2,
                            2,
                            "Minus the distance from an agent to its goal, mean of both agents."),
                    new RewardTerm(
                            "guide",
                            "Guide the other",
                            "m",
                            false,
                            0.5,
                            -2,
                            2,
                            "Minus the distance from the other agent to the goal that this one knows."),
                    new RewardTerm(
                            "reach",
                            "Reach the own goal",
                            "m",
                            false,
                            0,
                            -2,
                            2,
                            "Minus the agent's distance to its own goal, which the other knows."),
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
                    Scores.RETURN,
                    new Metric(
                            "distance",
                            "Distance to the goals",
                            "m",
                            Metric.Over.MEAN,
                            "Distance from an agent to its goal, mean over agents and steps."),
                    new Metric(
                            "distance_end",
                            "Distance at the end",
                            "m",
                            Metric.Over.LAST,
                            "Distance from an agent to its goal at the last step, mean of both."),
                    new Metric(
                            "arrived_end",
                            "Arrived at the end",
                            "of agents",
                            Metric.Over.LAST,
                            "Share of agents within 0.1 m of their goals at the last step."));

    private static final List<OptionSpec> OPTIONS = ParticleOptions.with();

    @Override
    public String name() {
        return "simple_reference";
    }

    @Override
    public String title() {
        return "Simple Reference";
    }

    @Override
    public String summary() {
        return "Each knows where the other must go, nobody knows its own goal: both must speak and"
                + " listen at once.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "The letter above an agent is its word; a thin line leads to its goal, which only"
                        + " the other knows.",
                "Ten words for three landmarks: watch which of them fall out of use.",
                "The same word may mean different things from different mouths.",
                "Both agents may have the same goal.");
    }

    @Override
    public Family family() {
        return Family.PARTICLES;
    }

    @Override
    public String source() {
        return "Lowe et al. 2017; rules of Farama MPE2 1.1.0, simple_reference_v3";
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
        return new Picture(ParticleScene.of(AGENTS, LANDMARKS, options, 0.3));
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("named goals", new Script(options));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    /// Brightness of a landmark's colour in a channel: as many landmarks as channels.
    private static double colour(int landmark, int channel) {
        return landmark == channel ? 0.75 : 0.25;
    }

    private static EnvSpec spec(EnvOptions options) {
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < AGENTS; i++) {
            agents.add(new AgentId(i, "agent_" + i));
        }
        AgentGroup group =
                new AgentGroup(
                        "agents",
                        agents,
                        observation(false),
                        observation(true),
                        Movement.speaking(WORDS, ParticleOptions.continuous(options)));
        return new EnvSpec(
                "simple_reference",
                List.of(group),
                TERMS,
                METRICS,
                Scores.DIALECTS,
                options.whole("horizon"),
                ParticlePhysics.stateSize(AGENTS, LANDMARKS) + AGENTS * WORDS + AGENTS);
    }

    /// The reference's vector: velocity, landmarks, the colour of the other's goal, its message.
    /// The critic also sees where the other is, how it moves, the own goal and the own message.
    private static ObservationSpace observation(boolean central) {
        List<Field> own = new ArrayList<>();
        List<EntitySet> sets = new ArrayList<>();
        own.add(Fields.velocity(0));
        own.add(Fields.symbol("their_goal_colour", 3, 8));
        own.add(Fields.symbol("heard", WORDS, 11));
        sets.add(Fields.places("landmarks", LANDMARKS, 2).withNames());
        if (central) {
            sets.add(Fields.movers("others", 1, SIZE, SIZE + 2));
            own.add(Fields.symbol("own_goal_colour", 3, SIZE + 4));
            own.add(Fields.symbol("said", WORDS, SIZE + 7));
        }
        return new ObservationSpace(own, sets, central ? SIZE + 7 + WORDS : SIZE);
    }

    /// One copy of the world.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final Scores scores;
        private final boolean continuous;
        private final ParticlePhysics bodies;
        private final double[] messages = new double[AGENTS * WORDS];
        private final int[] knows = new int[AGENTS];
        private final double[] away = new double[AGENTS];
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private final RandomStream random = new RandomStream(0);
        private int step;

        Env(EnvOptions options) {
            spec = SimpleReference.spec(options);
            result = new StepResult(spec);
            scores = new Scores(spec);
            continuous = ParticleOptions.continuous(options);
            bodies = new ParticlePhysics(AGENTS, LANDMARKS, options);
        }

        private void exchange(StateCursor state) {
            bodies.exchange(state);
            state.numbers(messages);
            state.wholes(knows);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            for (int i = 0; i < AGENTS; i++) {
                knows[i] = random.nextInt(LANDMARKS);
            }
            bodies.scatter(0, AGENTS + LANDMARKS, 1, random);
            Arrays.fill(messages, 0);
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < AGENTS; i++) {
                double effort = Movement.push(bodies, i, actions, continuous);
                Movement.speak(i, true, actions, continuous, messages, i * WORDS, WORDS);
                result.terms[i * TERM_COUNT + ENERGY] = -effort;
            }
            bodies.step();
            step++;
            measure();
            return result;
        }

        private void measure() {
            int arrived = 0;
            for (int i = 0; i < AGENTS; i++) {
                away[i] = bodies.distance(1 - i, AGENTS + knows[i]); // the other's
                arrived += away[i] < ARRIVED ? 1 : 0;
            }
            double mean = (away[0] + away[1]) / AGENTS;
            for (int i = 0; i < AGENTS; i++) {
                result.terms[i * TERM_COUNT + TEAM] = -mean;
                result.terms[i * TERM_COUNT + GUIDE] = -away[i];
                result.terms[i * TERM_COUNT + REACH] = -away[1 - i];
            }
            result.metrics[0] = scores.mean(result.terms, 0, AGENTS);
            result.metrics[1] = mean;
            result.metrics[2] = mean;
            result.metrics[3] = (double) arrived / AGENTS;
            result.truncated = step >= spec.horizon();
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            int k = bodies.seeOwnVelocity(agent, into, at);
            k = bodies.see(agent, AGENTS, AGENTS + LANDMARKS, into, k);
            k = seeColour(knows[agent], into, k);
            System.arraycopy(messages, (1 - agent) * WORDS, into, k, WORDS);
        }

        private static int seeColour(int landmark, double[] into, int at) {
            for (int c = 0; c < 3; c++) {
                into[at + c] = colour(landmark, c);
            }
            return at + 3;
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            observe(agent, into, at);
            int k = bodies.see(agent, 0, AGENTS, into, at + SIZE);
            k = bodies.seeVelocities(agent, 0, AGENTS, into, k);
            k = seeColour(knows[1 - agent], into, k);
            System.arraycopy(messages, agent * WORDS, into, k, WORDS);
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

    /// Both say the number of the other's goal and go where they hear; to the middle of the
    /// landmarks as long as they have heard nothing.
    private static final class Script extends ParticleScript {

        Script(EnvOptions options) {
            super(AGENTS, LANDMARKS, options);
        }

        @Override
        void decide(ParallelEnv env, RandomGenerator random) {
            for (int i = 0; i < AGENTS; i++) {
                int other = MESSAGES + (1 - i) * WORDS;
                goToLandmark(i, ParticleScene.loudest(frame.state, other, WORDS));
                say(i, true, (int) frame.state[KNOWS + i], WORDS);
            }
        }
    }

    /// Landmarks by number, a line from every agent to its goal, words above their speakers.
    private record Picture(ParticleScene scene) implements ParticlePicture {

        private static final double RADIUS = 0.075;

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            scene.ground(brush);
            for (int i = 0; i < AGENTS; i++) {
                double x = scene.agentX(frame, i);
                double y = scene.agentY(frame, i);
                int goal = goalOf(frame, i);
                double goalX = scene.landmarkX(frame, goal);
                double goalY = scene.landmarkY(frame, goal);
                brush.line(x, y, goalX, goalY, new Ink.Agent(i), 2);
            }
            for (int l = 0; l < LANDMARKS; l++) {
                double x = scene.landmarkX(frame, l);
                double y = scene.landmarkY(frame, l);
                brush.disc(x, y, ARRIVED, Ink.Role.CANVAS, Ink.Role.MUTED, 1.5);
                brush.text(Integer.toString(l + 1), x, y, 0.12, true, Ink.Role.FOREGROUND);
                for (int i = 0; i < AGENTS; i++) {
                    if (goalOf(frame, i) == l) {
                        brush.ring(x, y, ARRIVED + 0.03 * (i + 1), new Ink.Agent(i), 3, false);
                    }
                }
            }
            scene.trails(on, brush);
            for (int i = 0; i < AGENTS; i++) {
                scene.agent(frame, i, RADIUS, on, brush);
                double x = scene.agentX(frame, i);
                double y = scene.agentY(frame, i) + 0.18;
                ParticleScene.message(frame, MESSAGES + i * WORDS, WORDS, x, y, 0.16, brush);
            }
        }

        /// An agent's goal is what the other knows.
        private static int goalOf(Frame frame, int agent) {
            return (int) Math.round(frame.state[KNOWS + 1 - agent]);
        }

        @Override
        public double radius(int agent) {
            return RADIUS;
        }

        @Override
        public String describe(Frame frame) {
            int arrived = 0;
            for (int i = 0; i < AGENTS; i++) {
                arrived += scene.distance(frame, i, goalOf(frame, i)) < ARRIVED ? 1 : 0;
            }
            return "Simple Reference, step "
                    + frame.step
                    + ": "
                    + arrived
                    + " of "
                    + AGENTS
                    + " agents are at their goals.";
        }
    }
}
