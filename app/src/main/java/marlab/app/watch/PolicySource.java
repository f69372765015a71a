package marlab.app.watch;

import marlab.sim.policy.Policy;

/// Where the watched world gets its policy from, asked again and again by the sim-view thread.
@FunctionalInterface
public interface PolicySource {

    /// The policy to act with from now on: the same object as before, a newer one, or null to keep
    /// the one in use.
    Policy newest();
}
