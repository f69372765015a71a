package marlab.learning.train;

import java.util.Arrays;
import java.util.stream.Collectors;
import marlab.learning.algo.Algorithm;
import marlab.learning.algo.Setup;
import marlab.learning.algo.Unit;
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
            Setup setup = config.setup(new PlainAlgebra());
            EnvSpec spec = setup.spec();
            config.algorithm()
                    .misfit(spec, config.frozen().keySet())
                    .ifPresent(why -> {
                        throw new IllegalArgumentException(why);
                    });
            if (config.network().memory() > 0 && !config.algorithm().learnsSequences()) {
                throw new IllegalArgumentException(
                        config.algorithm().title()
                                + " learns from single steps, which teach a memory nothing; use another"
                                + " network than gru, or one of the algorithms "
                                + Arrays.stream(Algorithm.values())
                                        .filter(Algorithm::learnsSequences)
                                        .map(Algorithm::key)
                                        .collect(Collectors.joining(", ")));
            }
            boolean table = config.network().kind() == NetworkConfig.Kind.TABLE;
            if (table != config.algorithm().tabular()) {
                throw new IllegalArgumentException(
                        config.algorithm().title()
                                + (table
                                        ? " does not learn in a table; use network=sorted_mlp"
                                        : " learns in a table; leave network=table"));
            }
            if (config.algorithm().exact() && config.social().inUse()) {
                throw new IllegalArgumentException(
                        config.algorithm().title()
                                + " knows the game's payoffs only; leave inequity_disadvantage,"
                                + " inequity_advantage and svo_weight at 0");
            }
            if (setup.units().isEmpty()) {
                throw new IllegalArgumentException(
                        "every group is frozen, so nobody learns; set frozen.GROUP=off for one");
            }
            for (Unit unit : setup.units()) { // for one sample, to see that they can be made
                setup.actor(unit, 1);
                if (config.algorithm().hasCritic()) {
                    setup.critic(unit, 1);
                }
                config.network().checkRoom(setup.actorInput(unit).view(), rows(config, unit));
            }
        } catch (IllegalArgumentException e) {
            throw new BadInput(RunConfig.sentence(e.getMessage()), e);
        }
        boolean lanes = config.network().memory() > 0; // minibatches of whole sequences
        long rows = (long) config.training().copies() * (lanes ? 1 : config.training().rollout());
        if (minibatches(config) > rows) {
            throw new BadInput(
                    "Setting minibatches ("
                            + minibatches(config)
                            + ") is more than copies"
                            + (lanes ? " (" : " × rollout (")
                            + rows
                            + "); lower it.");
        }
    }

    private static int minibatches(RunConfig config) {
        return config.hyper().has("minibatches") ? config.hyper().whole("minibatches") : 1;
    }

    /// Samples that networks take at once.
    private static long rows(RunConfig config, Unit unit) {
        long lanes = (long) config.training().copies() * unit.members().size();
        return Math.max(lanes, lanes * config.training().rollout() / minibatches(config));
    }
}
