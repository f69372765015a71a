package marlab.sim.env;

import java.util.Map;
import marlab.sim.game.PayoffMatrix;

/// A world whose payoffs people can edit as a table.
public interface PayoffWorld extends WorldProvider {

    /// The payoffs in force.
    PayoffMatrix payoffs(EnvOptions options);

    /// The options to set for these payoffs.
    ///
    /// @throws IllegalArgumentException with one sentence where the world can't have them
    Map<String, String> settings(PayoffMatrix payoffs);
}
