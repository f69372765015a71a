package marlab.sim.world.particle;

import java.util.ArrayList;
import java.util.List;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.OptionSpec;

/// The options that all particle worlds have.
final class ParticleOptions {

    private static final List<OptionSpec> STANDARD =
            List.of(
                    new OptionSpec.Choice(
                            "actions",
                            "Actions",
                            "discrete",
                            List.of("discrete", "continuous"),
                            "Choices, or numbers within 0 and 1."),
                    new OptionSpec.Choice(
                            "physics",
                            "Physics",
                            "mpe2",
                            List.of("mpe2", "classic"),
                            "mpe2 moves with the old velocity; classic (OpenAI's original) with the new one."),
                    OptionSpec.onOff(
                            "walls",
                            "Walls",
                            false,
                            "on: nobody's centre leaves the square from −1 m to 1 m; the reference has no walls."),
                    new OptionSpec.Whole(
                            "horizon",
                            "Steps per episode",
                            25,
                            1,
                            10_000,
                            "Steps after which the episode is cut."));

    private ParticleOptions() {}

    /// A world's own options, then the standard ones.
    static List<OptionSpec> with(OptionSpec... own) {
        List<OptionSpec> all = new ArrayList<>(List.of(own));
        all.addAll(STANDARD);
        return List.copyOf(all);
    }

    /// True where actions are numbers.
    static boolean continuous(EnvOptions options) {
        return options.word("actions").equals("continuous");
    }

    /// The reference's `num_agent_neighbors` or `num_landmark_neighbors`.
    static OptionSpec neighbours(String name, String label, String whom) {
        return new OptionSpec.Whole(
                name,
                label,
                0,
                0,
                50,
                "How many "
                        + whom
                        + " an agent sees, the nearest first, zeros where there are fewer; 0: all in their order.");
    }
}
