package marlab.learning.train;

import marlab.learning.net.NetworkConfig;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.EnvSpec;

/// Looks whether a run can be begun at all, before anything of it is made.
final class ConfigCheck {

    private ConfigCheck() {}

    /// Checks that settings fit each other and the world.
    ///
    /// @throws BadInput with one sentence where they do not
    static void check(RunConfig config) {
        try {
            EnvSpec spec = config.spec();
            boolean central = config.algorithm().centralCritic();
            for (Unit unit :
                    Unit.of(spec, true)) { // networks for one sample, to see that they can be made
                NetworkConfig network = config.network();
                network.build(new PlainAlgebra(), unit.actorView(spec, network, null), 1, 1);
                network.build(
                        new PlainAlgebra(), unit.criticView(spec, network, central, null), 1, 1);
                network.checkRoom(unit.actorView(spec, network, null), rows(config, unit));
            }
        } catch (IllegalArgumentException e) {
            throw new BadInput(RunConfig.sentence(e.getMessage()), e);
        }
        long rows = (long) config.training().copies() * config.training().rollout();
        if (config.ppo().minibatches() > rows) {
            throw new BadInput(
                    "Setting minibatches ("
                            + config.ppo().minibatches()
                            + ") is more than copies × rollout ("
                            + rows
                            + "); lower it.");
        }
    }

    /// Samples that networks take at once.
    private static long rows(RunConfig config, Unit unit) {
        long lanes = (long) config.training().copies() * unit.members().size();
        return Math.max(lanes, lanes * config.training().rollout() / config.ppo().minibatches());
    }
}
