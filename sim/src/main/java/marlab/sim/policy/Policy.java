package marlab.sim.policy;

import java.util.random.RandomGenerator;
import marlab.sim.env.ParallelEnv;

/// Decides for all agents of one copy. Not thread-safe unless an implementation says so.
public interface Policy {

    /// Decides from the world as it is now.
    ///
    /// @param env the copy to act in; observed, not changed
    /// @param into receives actions, and probabilities and values where there are any
    /// @param random where chance comes from
    void act(ParallelEnv env, Decision into, RandomGenerator random);

    /// Called when a new episode has begun in the copy that this policy acts in.
    default void episodeBegins(ParallelEnv env) {}

    /// Version of what was learned; 0 for scripted policies.
    default long version() {
        return 0;
    }
}
