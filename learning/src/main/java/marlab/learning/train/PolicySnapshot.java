package marlab.learning.train;

import java.util.List;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.space.ActionSpace;

/// What was learned at one moment: immutable, any thread may read it.
///
/// @param config of the run
/// @param version number of updates
/// @param envSteps environment steps learned from
/// @param units one per set of agents with networks of their own
public record PolicySnapshot(RunConfig config, long version, long envSteps, List<Unit> units) {

    /// Weights of one set of agents.
    ///
    /// @param actor flat weights of the policy network; never written to
    /// @param critic flat weights of the value network, null where there is none; never written to
    /// @param mean what the value 0 of the critic, or of a network of action values, means, in the
    ///   reward's unit; NaN where it has no unit
    /// @param deviation what the value 1 means beyond that
    /// @param exploration how much acting explored, see {@link
    ///   marlab.learning.algo.ActionHead#explore}
    public record Unit(
            float[] actor, float[] critic, float mean, float deviation, double exploration) {}

    /// The same without ε and noise: what is sampled comes from the policies alone.
    PolicySnapshot withoutExploration() {
        List<Unit> calm =
                units.stream()
                        .map(u -> new Unit(u.actor, u.critic, u.mean, u.deviation, 0))
                        .toList();
        return new PolicySnapshot(config, version, envSteps, calm);
    }

    /// A policy to act with in the world that it was trained in.
    public LearnedPolicy policy(LearnedPolicy.Mode mode) {
        return policy(config.envOptions(), mode);
    }

    /// A policy to act with in a world of the same kind, perhaps with another number of agents.
    ///
    /// @throws BadInput where the networks do not fit that world
    public LearnedPolicy policy(EnvOptions options, LearnedPolicy.Mode mode) {
        EnvSpec there = config.provider().create(options).spec();
        for (int g = 0; g < Math.min(there.groups().size(), config.spec().groups().size()); g++) {
            int trained = config.spec().groups().get(g).action().size();
            boolean box = config.spec().groups().get(g).action() instanceof ActionSpace.Box;
            ActionSpace here = there.groups().get(g).action();
            if (here.size() != trained || here instanceof ActionSpace.Box != box) {
                throw new BadInput(
                        "The policy was trained with "
                                + config.envOptions().asText()
                                + " and can't act with other actions; leave the option actions as it was.");
            }
        }
        return new LearnedPolicy(this, options, there, mode);
    }
}
