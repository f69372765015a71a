package marlab.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every registered world can be learned in: whoever presses Train gets a run, not a surprise.
class EveryWorldTrainsTest {

    private static final Map<String, String> SHORT =
            Map.of(
                    "copies", "2",
                    "rollout", "8",
                    "steps", "32",
                    "hidden", "8",
                    "epochs", "1",
                    "minibatches", "2",
                    "evaluate_every", "0",
                    "math", "plain");

    @TempDir private Path folder;

    private static Stream<String> worlds() {
        return Worlds.all().stream().map(WorldProvider::name);
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void defaultsTrainWithoutAnExplanationNeeded(String world) {
        RunConfig config = RunConfig.defaults(world, "mappo", 1);
        assertTrue(config.training().copies() >= 1);
        TinyRuns.train(config.with(SHORT), folder.resolve("mappo"));
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void actionsThatAreNumbersTrainWhereThereAreAny(String world) {
        RunConfig config = RunConfig.defaults(world, "ippo", 1);
        boolean both =
                config.provider().options().stream()
                        .anyMatch(o ->
                                o instanceof OptionSpec.Choice c
                                        && c.name().equals("actions")
                                        && c.values().contains("continuous"));
        if (both) {
            Map<String, String> settings = new HashMap<>(SHORT);
            settings.put("actions", "continuous");
            TinyRuns.train(config.with(settings), folder.resolve("ippo"));
        }
    }

    /// `--set KEY=VALUE` must mean one thing.
    @Test
    void noWorldHasAnOptionThatIsCalledLikeASetting() {
        RunConfig config = RunConfig.defaults("simple_spread", "mappo", 1);
        Set<String> settings = Settings.all(config).keySet();
        Set<String> spread =
                Set.copyOf(config.provider().options().stream().map(OptionSpec::name).toList());
        List<String> twice = new ArrayList<>();
        for (WorldProvider world : Worlds.all()) {
            for (OptionSpec option : world.options()) {
                String name = option.name();
                if (settings.contains(name) && !spread.contains(name)
                        || Set.of("steps", "copies", "share", "seed").contains(name)) {
                    twice.add(world.name() + "." + name);
                }
            }
        }
        assertEquals(List.of(), twice);
    }
}
