package marlab.sim.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.snapshot.Frame;

/// Every number that one copy shows at one moment, to compare two copies bit by bit.
final class Moment {

    private record Part(String name, double[] numbers) {}

    private final List<Part> parts = new ArrayList<>();
    private final Frame frame;

    private Moment(ParallelEnv env) {
        frame = new Frame(env.spec());
        env.snapshot(frame);
        parts.add(new Part("state", frame.state));
        parts.add(new Part("step", new double[] {frame.step}));
        for (AgentGroup group : env.spec().groups()) {
            for (AgentId agent : group.agents()) {
                double[] own = new double[group.observation().size()];
                env.observe(agent.index(), own, 0);
                parts.add(new Part("observation of " + agent.name(), own));
                double[] central = new double[group.central().size()];
                env.observeCentral(agent.index(), central, 0);
                parts.add(new Part("central observation of " + agent.name(), central));
            }
        }
    }

    /// The copy as it is.
    static Moment of(ParallelEnv env) {
        return new Moment(env);
    }

    /// The copy just after this step.
    static Moment of(ParallelEnv env, StepResult result) {
        Moment moment = new Moment(env);
        moment.parts.add(new Part("reward terms", result.terms.clone()));
        moment.parts.add(new Part("metrics", result.metrics.clone()));
        double[] ends = new double[result.terminated.length + 1];
        for (int i = 0; i < result.terminated.length; i++) {
            ends[i] = result.terminated[i] ? 1 : 0;
        }
        ends[ends.length - 1] = result.truncated ? 1 : 0;
        moment.parts.add(new Part("ends", ends));
        return moment;
    }

    /// The state in it.
    Frame frame() {
        return frame;
    }

    /// The first number that differs, in words; "" where none does.
    String differenceFrom(Moment other) {
        if (!Arrays.equals(frame.random, other.frame.random)) {
            return "the state of the random stream differs";
        }
        for (int p = 0; p < Math.min(parts.size(), other.parts.size()); p++) {
            double[] mine = parts.get(p).numbers;
            double[] theirs = other.parts.get(p).numbers;
            int at = Arrays.mismatch(mine, theirs);
            if (at >= 0) {
                return parts.get(p).name + "[" + at + "] is " + mine[at] + ", not " + theirs[at];
            }
        }
        return "";
    }

    /// The first number that is not finite, in words; "" where all are.
    String firstNotFinite() {
        for (Part part : parts) {
            for (int k = 0; k < part.numbers.length; k++) {
                if (!Double.isFinite(part.numbers[k])) {
                    return part.name + "[" + k + "] is " + part.numbers[k];
                }
            }
        }
        return "";
    }
}
