package marlab.learning.train;

import java.util.List;
import marlab.learning.algo.ActionDistribution;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;

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
    /// @param critic flat weights of the value network; never written to
    /// @param mean what the critic's output 0 means, in the reward's unit
    /// @param deviation what the critic's output 1 means beyond that
    public record Unit(float[] actor, float[] critic, float mean, float deviation) {}

    /// A policy to act with in the world that it was trained in.
    public LearnedPolicy policy(LearnedPolicy.Mode mode) {
        return policy(config.envOptions(), mode);
    }

    /// A policy to act with in a world of the same kind, perhaps with another number of agents.
    ///
    /// @throws BadInput where the networks do not fit that world
    public LearnedPolicy policy(EnvOptions options, LearnedPolicy.Mode mode) {
        EnvSpec there = config.provider().create(options).spec();
        int trainedOutputs = outputs(config.spec());
        if (outputs(there) != trainedOutputs) {
            throw new BadInput(
                    "The policy was trained with "
                            + config.envOptions().asText()
                            + " and can't act with other actions; leave the option actions as it was.");
        }
        return new LearnedPolicy(this, there, mode);
    }

    private static int outputs(EnvSpec spec) {
        return ActionDistribution.of(spec.groups().getFirst().action()).outputs();
    }
}
