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

    /// Default options.
    default EnvOptions defaults() {
        return EnvOptions.of(options(), Map.of());
    }
}
