package marlab.app.shell;

import java.util.List;
import java.util.Optional;

/// A picture of the window for the documentation: what is in it, and how it came there. All of it
/// follows from the seed.
///
/// @param name how it is asked for
/// @param what a few words on what it shows
/// @param world name of the world
/// @param set its options, as `key=value`
/// @param seed of the watched world
/// @param steps after which the picture is taken
/// @param back how many of them the window then shows again, as the past; 0 for the live world
/// @param run name of the bundled run whose policy acts and whose curve is shown; null for none
/// @param part of the window that is open, `gallery` for instance; empty for none
public record Still(
        String name,
        String what,
        String world,
        List<String> set,
        long seed,
        int steps,
        int back,
        String run,
        String part) {

    private static final List<Still> ALL =
            List.of(
                    still("hero", "Simple Spread by a trained policy", "simple_spread", 13, 14)
                            .learned("spread"),
                    still("past", "a moment of the past, and its timeline", "simple_tag", 5, 230)
                            .back(85),
                    still("gallery", "the gallery of worlds", "simple_spread", 7, 10)
                            .opened("gallery"),
                    still("algorithm", "the choice of an algorithm", "simple_spread", 7, 12)
                            .opened("learning"),
                    still("payoffs", "the payoff editor of a matrix game", "matrix_game", 7, 30)
                            .opened("edit"),
                    still("grid", "path finding on a grid", "pogema", 7, 12).with("agents=12"),
                    still("birds", "a flock of a thousand birds", "vicsek", 7, 60)
                            .with("agents=1000"),
                    still("commons", "a public good in Cleanup", "cleanup", 7, 40));

    private static Still still(String name, String what, String world, long seed, int steps) {
        return new Still(name, what, world, List.of(), seed, steps, 0, null, "");
    }

    private Still learned(String by) {
        return new Still(name, what, world, set, seed, steps, back, by, part);
    }

    private Still opened(String which) {
        return new Still(name, what, world, set, seed, steps, back, run, which);
    }

    private Still back(int moments) {
        return new Still(name, what, world, set, seed, steps, moments, run, part);
    }

    private Still with(String setting) {
        return new Still(name, what, world, List.of(setting), seed, steps, back, run, part);
    }

    /// All, the most important first.
    public static List<Still> all() {
        return ALL;
    }

    /// The one of this name.
    public static Optional<Still> named(String name) {
        return ALL.stream().filter(still -> still.name.equals(name)).findFirst();
    }
}
