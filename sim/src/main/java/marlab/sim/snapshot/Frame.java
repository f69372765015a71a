package marlab.sim.snapshot;

import java.util.Arrays;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvSpec;
import marlab.sim.seed.RandomStream;

/// One moment of one world: the complete state, and what an observer wants to see beside it.
/// Preallocated and reused; owned by one thread at a time (see {@link FrameExchange}).
public final class Frame {

    /// The world's state, exact; the layout is the world's own.
    public final double[] state;

    /// State of the world's random stream.
    public final long[] random = new long[RandomStream.STATE_SIZE];

    /// Serial number of this moment in its recording, from 0 on: where nothing was left out, the
    /// next one is one step later.
    public long moment;

    /// Steps since the episode began.
    public int step;

    /// Number of the watched episode, from 0.
    public int episode;

    /// Seed of the episode.
    public long seed;

    /// What everybody did in the last step; meaningless at step 0.
    public final Actions actions;

    /// Raw reward terms of the last step, [agents × terms].
    public final double[] terms;

    /// Probability of every choice of every agent in the last decision, agent after agent, each
    /// with `choicesPerAgent` slots; NaN where there is none.
    public final double[] probabilities;

    /// Value estimate of every agent before the last step, NaN where there is none.
    public final double[] values;

    /// Slots per agent in {@link #probabilities}.
    public final int choicesPerAgent;

    /// Version of the policy that acted; 0 for scripted ones.
    public long policyVersion;

    /// A frame for this world.
    public Frame(EnvSpec spec) {
        state = new double[spec.stateSize()];
        actions = new Actions(spec);
        terms = new double[spec.agentCount() * spec.terms().size()];
        choicesPerAgent = spec.groups().stream().mapToInt(g -> g.action().size()).max().orElse(0);
        probabilities = new double[spec.agentCount() * choicesPerAgent];
        values = new double[spec.agentCount()];
        Arrays.fill(probabilities, Double.NaN);
        Arrays.fill(values, Double.NaN);
    }

    /// Takes everything from another frame of the same world.
    public void copyFrom(Frame other) {
        System.arraycopy(other.state, 0, state, 0, state.length);
        System.arraycopy(other.random, 0, random, 0, random.length);
        System.arraycopy(other.terms, 0, terms, 0, terms.length);
        System.arraycopy(other.probabilities, 0, probabilities, 0, probabilities.length);
        System.arraycopy(other.values, 0, values, 0, values.length);
        actions.copyFrom(other.actions);
        moment = other.moment;
        step = other.step;
        episode = other.episode;
        seed = other.seed;
        policyVersion = other.policyVersion;
    }
}
