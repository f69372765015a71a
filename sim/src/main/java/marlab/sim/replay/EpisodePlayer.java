package marlab.sim.replay;

import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.snapshot.Frame;

/// Plays episodes with a policy and hands over every moment, to be recorded. Owned by one thread.
public final class EpisodePlayer {

    private final ParallelEnv env;
    private final Policy policy;
    private final Decision decision;
    private final Frame frame;

    /// Plays in this copy of a world, with this policy.
    public EpisodePlayer(ParallelEnv env, Policy policy) {
        this.env = env;
        this.policy = policy;
        decision = new Decision(env.spec());
        frame = new Frame(env.spec());
    }

    /// Hears of moments.
    @FunctionalInterface
    public interface Sink {

        /// One moment; the frame is overwritten by the next.
        void add(Frame frame) throws IOException;
    }

    /// What is fixed about the world.
    public EnvSpec spec() {
        return env.spec();
    }

    /// Plays one episode, from its start to its end.
    ///
    /// @param seed of the episode
    /// @param episode number to give it
    /// @param random what the policy throws its dice with
    /// @param mostSteps end it after so many steps, whether it is over or not
    /// @return steps played
    public int play(long seed, int episode, RandomGenerator random, int mostSteps, Sink sink)
            throws IOException {
        env.reset(seed);
        policy.episodeBegins(env);
        frame.seed = seed;
        frame.episode = episode;
        decision.clear();
        capture(env, decision, null, policy.version(), frame);
        frame.step = 0;
        sink.add(frame);
        for (int step = 1; step <= mostSteps; step++) {
            decision.clear();
            policy.act(env, decision, random);
            StepResult result = env.step(decision.actions);
            capture(env, decision, result, policy.version(), frame);
            frame.step = step;
            sink.add(frame);
            if (result.over()) {
                return step;
            }
        }
        return mostSteps;
    }

    /// Writes a world as it is now into a frame, with how it came there: restoring the frame before
    /// and stepping with this frame's actions leads here.
    ///
    /// @param decision the last step's
    /// @param result the last step's; null before the first
    /// @param into its step, episode and seed are left to the caller
    public static void capture(
            ParallelEnv env, Decision decision, StepResult result, long version, Frame into) {
        env.snapshot(into);
        into.policyVersion = version;
        into.actions.copyFrom(decision.actions);
        System.arraycopy(
                decision.probabilities, 0, into.probabilities, 0, into.probabilities.length);
        System.arraycopy(decision.values, 0, into.values, 0, into.values.length);
        if (result == null) {
            Arrays.fill(into.terms, 0);
        } else {
            System.arraycopy(result.terms, 0, into.terms, 0, into.terms.length);
        }
    }
}
