package marlab.learning.algo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import marlab.sim.env.EnvSpec;

/// What is fixed about an algorithm.
///
/// @param key name on the command line and in files
/// @param title name on screen
/// @param paper where it comes from
/// @param critic what its value network of states sees
/// @param next whether it learns from what agents see after each step
/// @param state whether it learns from everything that all agents see, in the world's frame
/// @param head what the outputs of its acting networks mean
/// @param choicesOnly whether it needs discrete actions
/// @param recipe training settings that suit it, where they differ from everyone's
/// @param parameters its hyper-parameters
/// @param misfit one sentence without a full stop on why it can't run on a world, if it can't
/// @param make a learner with fresh networks
/// @param summary one plain sentence
/// @param card one paragraph: how it learns, where it shines, where it fails
record Profile(
        String key,
        String title,
        String paper,
        Critic critic,
        boolean next,
        boolean state,
        Head head,
        boolean choicesOnly,
        Map<String, String> recipe,
        List<HyperParameter> parameters,
        Function<EnvSpec, Optional<String>> misfit,
        Function<Setup, Learner> make,
        String summary,
        String card) {

    /// What a value network of states sees.
    enum Critic {
        /// There is none.
        NONE,
        /// What the agent sees.
        OWN,
        /// The whole state from the agent's side.
        CENTRAL
    }

    /// What the outputs of an acting network mean.
    enum Head {
        /// A distribution: logits, or means and deviations.
        DISTRIBUTION,
        /// Action values.
        VALUES,
        /// One action; where there are choices, the logits of a relaxed one.
        DETERMINISTIC
    }

    /// For algorithms that run wherever the actions suit.
    Profile(
            String key,
            String title,
            String paper,
            Critic critic,
            boolean next,
            boolean state,
            Head head,
            boolean choicesOnly,
            Map<String, String> recipe,
            List<HyperParameter> parameters,
            Function<Setup, Learner> make,
            String summary,
            String card) {
        this(
                key,
                title,
                paper,
                critic,
                next,
                state,
                head,
                choicesOnly,
                recipe,
                parameters,
                spec -> Optional.empty(),
                make,
                summary,
                card);
    }
}
