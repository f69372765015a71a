package marlab.app.training;

import java.util.LinkedHashMap;
import java.util.Map;
import marlab.learning.algo.Algorithm;

/// How runs of this window learn: the algorithm, and its hyper-parameters that are not at their
/// defaults. Immutable.
///
/// @param algorithm its key
/// @param hyper value by hyper-parameter
public record Learning(String algorithm, Map<String, String> hyper) {

    /// The algorithm of a window that was told nothing.
    public static final String STANDARD = "mappo";

    public Learning {
        hyper = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(hyper));
    }

    /// Name on screen. Of the standard one without loading anything of the learning side, which a
    /// window that has just opened does not need yet.
    public String title() {
        return algorithm.equals(STANDARD) ? "MAPPO" : Algorithm.named(algorithm).title();
    }
}
