package marlab.learning.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
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

/// The smallest world in which the present pays only later: every agent sees a signal, −1 or 1, in
/// two steps. Who follows the signal in the first step and opposes it in the second gets 1, others
/// 0. Chance gets 0.25, the optimum is 1. It has no entities, and no symmetry. Where the signal
/// shows only at first, who can't remember it gets 0.5.
public final class TwoStepWorld implements WorldProvider {

    static final String NAME = "two_step";

    private static final List<Push> CHOICES =
            List.of(new Push("against", 0, 0), new Push("with", 0, 0));

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    new OptionSpec.Whole("agents", "Agents", 2, 1, 5, "Number of agents."),
                    new OptionSpec.Choice(
                            "actions",
                            "Actions",
                            "discrete",
                            List.of("discrete", "continuous"),
                            "Two choices, or a number whose sign is the choice."),
                    new OptionSpec.Choice(
                            "ending",
                            "Ending",
                            "terminated",
                            List.of("terminated", "truncated"),
                            "What the second step ends by."),
                    new OptionSpec.Choice(
                            "shown",
                            "Shown",
                            "always",
                            List.of("always", "first"),
                            "When agents see the signal; else they see 0."),
                    new OptionSpec.Choice(
                            "fault",
                            "Fault",
                            "off",
                            List.of("off", "on"),
                            "on: one reward in two hundred is infinite."));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String title() {
        return "Two Steps";
    }

    @Override
    public String summary() {
        return "First with the signal, then against it.";
    }

    @Override
    public String source() {
        return "the tests";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Blank();
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        return Map.of("random", new RandomPolicy());
    }

    private static EnvSpec spec(EnvOptions options) {
        int n = options.whole("agents");
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            agents.add(new AgentId(i, "agent_" + i));
        }
        ActionSpace action =
                options.word("actions").equals("discrete")
                        ? new ActionSpace.Discrete(CHOICES)
                        : new ActionSpace.Box(List.of(new Push("with", 0, 0)), -1, 1);
        Field stage = Field.own("stage", FieldKind.SCALAR, "", 0, 1, 1, 0);
        Field own = Field.own("signal", FieldKind.SCALAR, "", -1, 1, 1, 1);
        Field all = Field.own("signals", FieldKind.SCALAR, "", -1, 1, n, 2);
        AgentGroup group =
                new AgentGroup(
                        "agents",
                        agents,
                        new ObservationSpace(List.of(stage, own), List.of(), 2),
                        new ObservationSpace(List.of(stage, own, all), List.of(), 2 + n),
                        action);
        return new EnvSpec(
                NAME,
                List.of(group),
                List.of(
                        new RewardTerm("match", "Match", "", false, 1, -2, 2, "1 for both steps."),
                        new RewardTerm("with", "With", "", false, 0, -2, 2, "1 for a step with.")),
                List.of(new Metric("matches", "Matches", "", Metric.Over.SUM, "Σ of matches.")),
                List.of(
                        new ReturnDialect(
                                "per_agent",
                                "mean per agent",
                                "matches/n",
                                e -> e.metrics()[0] / e.agents())),
                2,
                2 * n);
    }

    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final boolean continuous;
        private final boolean terminates;
        private final boolean faulty;
        private final boolean hides;
        private final double[] signal;
        private final double[] followed; // 1 where the first step went with the signal
        private final RandomStream random = new RandomStream(0);
        private int step;

        Env(EnvOptions options) {
            spec = TwoStepWorld.spec(options);
            result = new StepResult(spec);
            continuous = options.word("actions").equals("continuous");
            terminates = options.word("ending").equals("terminated");
            faulty = options.word("fault").equals("on");
            hides = options.word("shown").equals("first");
            signal = new double[spec.agentCount()];
            followed = new double[spec.agentCount()];
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            for (int i = 0; i < signal.length; i++) {
                signal[i] = random.nextBoolean() ? 1 : -1;
            }
            Arrays.fill(followed, 0);
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            result.metrics[0] = 0;
            for (int i = 0; i < signal.length; i++) {
                boolean up = continuous ? actions.box(i, 0) > 0 : actions.choice(i) == 1;
                boolean with = up == signal[i] > 0;
                boolean match = step == 1 && followed[i] == 1 && !with;
                result.terms[2 * i] = match ? 1 : 0;
                if (faulty && random.nextInt(200) == 0) {
                    result.terms[2 * i] = Double.POSITIVE_INFINITY;
                }
                result.terms[2 * i + 1] = with ? 1 : 0;
                result.metrics[0] += match ? 1 : 0;
                followed[i] = with ? 1 : 0;
            }
            step++;
            Arrays.fill(result.terminated, step == 2 && terminates);
            result.truncated = step == 2 && !terminates;
            return result;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            into[at] = step;
            into[at + 1] = hides && step > 0 ? 0 : signal[agent];
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            observe(agent, into, at);
            System.arraycopy(signal, 0, into, at + 2, signal.length);
        }

        @Override
        public void snapshot(Frame into) {
            System.arraycopy(signal, 0, into.state, 0, signal.length);
            System.arraycopy(followed, 0, into.state, signal.length, signal.length);
            random.save(into.random, 0);
            into.step = step;
        }

        @Override
        public void restore(Frame from) {
            System.arraycopy(from.state, 0, signal, 0, signal.length);
            System.arraycopy(from.state, signal.length, followed, 0, signal.length);
            random.load(from.random, 0);
            step = from.step;
        }
    }

    /// Nobody looks at it.
    private record Blank() implements Portrayal {

        @Override
        public Bounds bounds(Frame frame) {
            return Bounds.square(1);
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {}

        @Override
        public void place(Frame frame, int agent, double[] into) {
            Arrays.fill(into, 0, 3, 0);
        }

        @Override
        public String describe(Frame frame) {
            return "Two Steps, step " + frame.step + ".";
        }
    }
}
