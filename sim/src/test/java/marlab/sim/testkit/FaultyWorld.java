package marlab.sim.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// Two walkers on a line who drift at random: a tiny world that keeps all rules, or breaks exactly
/// one of them.
record FaultyWorld(Fault fault) implements WorldProvider {

    enum Fault {
        NONE("", ""),
        SECOND_NAME("every name is given once", "two agents are named walker_0"),
        HEAVY_WEIGHT("weights lie within", "gain weighs 9.0"),
        OWN_CHANCE("same seed and actions", "after step 1"),
        RESET_KEEPS_PLACE("a reset forgets", "after the reset state[0]"),
        NOT_A_NUMBER("all numbers are finite", "is NaN"),
        WRITES_TOO_FAR("all numbers are finite", "written beyond its 2"),
        NOISY_ZERO("all numbers are finite", "message of walker_0 at step 0 is 1.0, not 0"),
        LATE_END("ends at the horizon", "truncated is false at step 6 of 6"),
        LOOKING_MOVES("looking changes nothing", "state[0]"),
        LOSES_CHANCE("a stored frame continues exactly", "random stream differs"),
        OTHER_THREADS("copies stepped together", "copy"),
        INFINITE_RETURN("metrics and returns", "dialect sum is Infinity"),
        ILLEGAL_CHOICE("scripted policies act within", "policy bold lets walker_0 choose 7"),
        MEDDLING_SCRIPT("scripted policies act within", "policy bold changed the world"),
        DRAWS_OUTSIDE("nothing is drawn outside", "a disc at (5000.0, 0.0)"),
        THROWS("the world can be made", "it threw java.lang.IllegalStateException: no luck");

        final String rule;
        final String why;

        Fault(String rule, String why) {
            this.rule = rule;
            this.why = why;
        }
    }

    private static final AtomicLong SHARED = new AtomicLong();

    @Override
    public String name() {
        return "faulty";
    }

    @Override
    public String title() {
        return "Faulty";
    }

    @Override
    public String summary() {
        return "Two walkers on a line.";
    }

    @Override
    public String source() {
        return "Made up";
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(new OptionSpec.Whole("horizon", "Steps", 6, 2, 40, "Length."));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        if (fault == Fault.THROWS) {
            throw new IllegalStateException("no luck");
        }
        return new Line(options.whole("horizon"));
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture();
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        RandomPolicy random = new RandomPolicy();
        Policy bold =
                (env, into, chance) -> {
                    random.act(env, into, chance);
                    if (fault == Fault.ILLEGAL_CHOICE) {
                        into.actions.choose(0, 7);
                    }
                    if (fault == Fault.MEDDLING_SCRIPT) {
                        env.reset(1234);
                    }
                };
        return Map.of("bold", bold);
    }

    private EnvSpec spec(int horizon) {
        String second = fault == Fault.SECOND_NAME ? "walker_0" : "walker_1";
        var agents = List.of(new AgentId(0, "walker_0"), new AgentId(1, second));
        FieldKind message = FieldKind.ALWAYS_ZERO;
        var sees =
                new ObservationSpace(
                        List.of(
                                Field.own("place", FieldKind.SCALAR, "m", -1, 1, 1, 0),
                                Field.own("message", message, "", 0, 1, 1, 1)),
                        List.of(),
                        2);
        var pushes =
                new ActionSpace.Discrete(List.of(new Push("left", -1, 0), new Push("right", 1, 0)));
        double weight = fault == Fault.HEAVY_WEIGHT ? 9 : 1;
        double tooMuch = fault == Fault.INFINITE_RETURN ? Double.POSITIVE_INFINITY : 1;
        return new EnvSpec(
                "faulty",
                List.of(new AgentGroup("walkers", agents, sees, sees, pushes)),
                List.of(new RewardTerm("gain", "Gain", "m", false, weight, -2, 2, "Way.")),
                List.of(new Metric("far", "Far", "m", Metric.Over.MEAN, "Mean distance.")),
                List.of(new ReturnDialect("sum", "Sum", "Σ", e -> e.steps() * tooMuch)),
                horizon,
                2);
    }

    private final class Line implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final double[] place = new double[2];
        private final RandomStream random = new RandomStream(0);
        private int step;

        Line(int horizon) {
            spec = FaultyWorld.this.spec(horizon);
            result = new StepResult(spec);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            if (fault != Fault.RESET_KEEPS_PLACE) {
                Arrays.setAll(place, i -> random.nextDouble());
            }
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            for (int i = 0; i < 2; i++) {
                double drift = random.nextDouble(-0.1, 0.1);
                if (fault == Fault.OWN_CHANCE) {
                    drift += SHARED.incrementAndGet();
                }
                place[i] += actions.choice(i) - 0.5 + drift;
                result.terms[i] = place[i];
            }
            if (fault == Fault.OTHER_THREADS && Thread.currentThread().isDaemon()) {
                result.terms[0] += 1;
            } else if (fault == Fault.OTHER_THREADS) {
                LockSupport.parkNanos(300_000); // so that the others get some of the work
            }
            step++;
            result.metrics[0] = Math.abs(place[0]);
            result.truncated = step >= spec.horizon() + (fault == Fault.LATE_END ? 1 : 0);
            return result;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            into[at] = fault == Fault.NOT_A_NUMBER && step > 2 ? Double.NaN : place[agent];
            into[at + 1] = fault == Fault.NOISY_ZERO ? 1 : 0;
            if (fault == Fault.WRITES_TOO_FAR && at + 2 < into.length) {
                into[at + 2] = 0;
            }
            if (fault == Fault.LOOKING_MOVES) {
                place[0] += 1e-3;
                into[at] = 0;
            }
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            observe(agent, into, at);
        }

        @Override
        public void snapshot(Frame into) {
            System.arraycopy(place, 0, into.state, 0, 2);
            random.save(into.random, 0);
            into.step = step;
        }

        @Override
        public void restore(Frame from) {
            System.arraycopy(from.state, 0, place, 0, 2);
            if (fault != Fault.LOSES_CHANCE) {
                random.load(from.random, 0);
            }
            step = from.step;
        }
    }

    private final class Picture implements Portrayal {

        @Override
        public Bounds bounds(Frame frame) {
            return Bounds.square(100);
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            double x = fault == Fault.DRAWS_OUTSIDE ? 5_000 : frame.state[0];
            brush.disc(x, 0, 0.1, new Ink.Agent(0), Ink.Role.FOREGROUND, 1);
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            into[0] = frame.state[agent];
            into[1] = 0;
            into[2] = 0.1;
        }

        @Override
        public String describe(Frame frame) {
            return "Walkers at " + Arrays.toString(frame.state);
        }
    }
}
