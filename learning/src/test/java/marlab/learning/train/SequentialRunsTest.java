package marlab.learning.train;

import static marlab.learning.train.TinyRuns.finish;
import static marlab.learning.train.TinyRuns.train;
import static marlab.learning.train.TinyRuns.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// HAPPO, HATRPO and COMA in whole runs; see also {@link AlgorithmsResumeTest}.
class SequentialRunsTest {

    @TempDir private Path folder;

    private static RunConfig tiny(String world, String algorithm, String... keysAndValues) {
        RunConfig small =
                with(
                        RunConfig.defaults(world, algorithm, 3),
                        "copies",
                        "6",
                        "rollout",
                        "10",
                        "steps",
                        "600",
                        "epochs",
                        "2",
                        "minibatches",
                        "3",
                        "hidden",
                        "16,16",
                        "checkpoint_every",
                        "4",
                        "evaluate_every",
                        "7",
                        "evaluate_episodes",
                        "5",
                        "math",
                        "plain");
        return with(small, keysAndValues);
    }

    private static byte[] weights(Path run) throws IOException {
        return Files.readAllBytes(TinyRuns.newestCheckpoint(run).resolve("weights.npz"));
    }

    /// With one agent nobody comes before, and with one group that shares its networks nobody but
    /// themselves does.
    @ParameterizedTest
    @CsvSource({"simple, off", "simple_spread, on"})
    void aSingleUnitOfHappoIsPpoToTheLastBit(String world, String sharing) throws IOException {
        Path happo = train(tiny(world, "happo", "sharing", sharing), folder.resolve("happo"));
        Path mappo = train(tiny(world, "mappo", "sharing", sharing), folder.resolve("mappo"));
        assertArrayEquals(weights(mappo), weights(happo));
        assertEquals(TinyRuns.metrics(mappo), TinyRuns.metrics(happo));
    }

    @Test
    void severalUnitsOfHappoAreNotPpo() throws IOException {
        Path happo = train(tiny("simple_spread", "happo"), folder.resolve("happo"));
        Path mappo =
                train(tiny("simple_spread", "mappo", "sharing", "off"), folder.resolve("mappo"));
        assertNotEquals(TinyRuns.metrics(mappo), TinyRuns.metrics(happo));
    }

    @ParameterizedTest
    @CsvSource({
        "happo, off, discrete, terminated",
        "hatrpo, off, continuous, truncated",
        "coma, off, discrete, truncated",
    })
    void theOptimumOfTwoStepsIsLearned(
            String algorithm, String sharing, String actions, String ending) {
        RunConfig config =
                with(
                        RunConfig.defaults(TwoStepWorld.NAME, algorithm, 1),
                        "copies",
                        "32",
                        "rollout",
                        "8",
                        "steps",
                        "19200",
                        "hidden",
                        "16,16",
                        "evaluate_every",
                        "0",
                        "math",
                        "plain",
                        "sharing",
                        sharing,
                        "actions",
                        actions,
                        "ending",
                        ending);
        if (algorithm.equals("coma")) { // a step for each of the hundred roll-outs, so large ones
            config = with(config, "learning_rate", "0.02", "critic_rate", "0.01");
        }
        try (Trainer trainer = Trainer.createIn(config, folder.resolve("run"))) {
            finish(trainer);
            double first = trainer.curve(0).getFirst().mean();
            double last = trainer.curve(0).getLast().mean();
            assertTrue(first < 0.5 && last > 0.8, "from " + first + " to " + last);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"happo", "hatrpo", "coma"})
    void worldsOfSeveralKindsOfAgentsAndOfFrozenOnesWork(String algorithm) {
        RunConfig config = tiny("simple_tag", algorithm, "frozen.prey", "random", "steps", "120");
        train(config, folder.resolve("frozen"));
        train(config.with("frozen.prey", "off"), folder.resolve("all"));
    }

    @Test
    void aCriticOfACrowdIsRefusedInOneSentence() {
        RunConfig config = tiny("simple_spread", "coma", "agents", "50");
        BadInput refused = assertThrows(BadInput.class, () -> ConfigCheck.check(config));
        assertTrue(refused.getMessage().contains("fewer agents"), refused.getMessage());
    }
}
