package marlab.sim.env;

import java.util.List;
import java.util.Map;
import marlab.sim.draw.Portrayal;
import marlab.sim.policy.Policy;

/// Everything needed to add a world; found by {@link java.util.ServiceLoader}.
public interface WorldProvider {

    /// Name on the command line and in files, for instance "simple_spread".
    String name();

    /// Name on screen, for instance "Simple Spread".
    String title();

    /// One or two sentences: what it is and what to notice.
    String summary();

    /// The family it stands with in the gallery.
    default Family family() {
        return Family.OTHER;
    }

    /// What to look out for while it runs: one sentence each, in plain words.
    default List<String> notice() {
        return List.of();
    }

    /// Where rules and numbers come from.
    String source();

    /// Options with ranges and defaults.
    List<OptionSpec> options();

    /// A fresh copy. Call {@link ParallelEnv#reset} before stepping.
    ParallelEnv create(EnvOptions options);

    /// How to draw its frames.
    Portrayal portrayal(EnvOptions options);

    /// Policies that need no learning, by name; the first is the one worth watching.
    Map<String, Policy> scriptedPolicies(EnvOptions options);

    /// Refuses options that are right one by one but not together, for instance more agents than
    /// cells.
    ///
    /// @throws IllegalArgumentException with one sentence naming options, values and the remedy
    default void check(EnvOptions options) {}

    /// Options that show the world at its best, beside the defaults; the conformance kit tries
    /// each. Name → what is set.
    default Map<String, Map<String, String>> examples() {
        return Map.of();
    }

    /// Checked options from text, defaults filled in: the one way from what people write to a
    /// world.
    ///
    /// @throws IllegalArgumentException with one sentence on what is wrong
    default EnvOptions configure(Map<String, String> texts) {
        EnvOptions options = EnvOptions.of(options(), texts);
        try {
            check(options);
        } catch (IllegalArgumentException e) {
            throw EnvOptions.withFiles(e, texts);
        }
        return options;
    }

    /// Default options.
    default EnvOptions defaults() {
        return configure(Map.of());
    }
}
