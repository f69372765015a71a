package marlab.sim.env;

import java.util.function.ToDoubleFunction;

/// A way in which a code base reports the return of an episode. The same policy scores −17, −110 or
/// −330 on simple_spread depending on it, so no return is shown without its dialect.
///
/// @param name key in files, for instance "mpe2_per_agent"
/// @param label what people read
/// @param formula the formula in plain text
/// @param value figure of an episode from its metrics (in the order of {@link EnvSpec#metrics}),
///   see {@link Episode}
public record ReturnDialect(
        String name, String label, String formula, ToDoubleFunction<Episode> value) {

    /// A finished episode.
    ///
    /// @param metrics one figure per metric of the world
    /// @param agents number of agents
    /// @param steps length
    public record Episode(double[] metrics, int agents, int steps) {}
}
