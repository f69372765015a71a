package marlab.learning.algo;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The learning algorithms there are.
public enum Algorithm {
    /// Independent PPO (de Witt et al. 2020): the critic sees what the agent sees.
    IPPO("ippo", "IPPO", false, "Every agent learns by PPO from what it sees itself."),
    /// Multi-agent PPO (Yu et al. 2022): a central critic sees the whole state from the agent's
    /// side.
    MAPPO("mappo", "MAPPO", true, "PPO with a critic that sees everything while learning."),
    ;

    private final String key;
    private final String title;
    private final boolean centralCritic;
    private final String summary;

    Algorithm(String key, String title, boolean centralCritic, String summary) {
        this.key = key;
        this.title = title;
        this.centralCritic = centralCritic;
        this.summary = summary;
    }

    /// Name on the command line and in files.
    public String key() {
        return key;
    }

    /// Name on screen.
    public String title() {
        return title;
    }

    /// True where the critic may see what agents can't.
    public boolean centralCritic() {
        return centralCritic;
    }

    /// One plain sentence.
    public String summary() {
        return summary;
    }

    /// The algorithm with this key.
    ///
    /// @throws IllegalArgumentException with one sentence that lists the algorithms there are
    public static Algorithm named(String key) {
        return Arrays.stream(values())
                .filter(a -> a.key.equals(key))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "there is no algorithm \""
                                        + key
                                        + "\"; the algorithms are "
                                        + Arrays.stream(values())
                                                .map(Algorithm::key)
                                                .collect(Collectors.joining(", "))));
    }
}
