package marlab.learning.train;

import static marlab.learning.train.TinyRuns.assertSameRun;
import static marlab.learning.train.TinyRuns.finish;
import static marlab.learning.train.TinyRuns.train;
import static marlab.learning.train.TinyRuns.with;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// DDPG, MADDPG and MATD3 as whole runs.
class DeterministicGradientsTest {

    @TempDir private Path folder;

    private static RunConfig tiny(String world, String algorithm, String... keysAndValues) {
        RunConfig small =
                with(
                        RunConfig.defaults(world, algorithm, 3),
                        "copies",
                        "4",
                        "rollout",
                        "10",
                        "steps",
                        "600",
                        "batch",
                        "20",
                        "gradient_steps",
                        "3",
                        "warm_up",
                        "80",
                        "replay",
                        "200", // goes round
                        "hidden",
                        "12",
                        "checkpoint_every",
                        "4",
                        "evaluate_every",
                        "5",
                        "evaluate_episodes",
                        "3",
                        "math",
                        "plain");
        return with(small, keysAndValues);
    }

    static Stream<RunConfig> kinds() {
        return Stream.of(
                tiny("simple_spread", "ddpg", "normalise", "on"),
                tiny(
                        "simple_spread",
                        "maddpg",
                        "sharing",
                        "off",
                        "inferred",
                        "on",
                        "ensemble",
                        "2"),
                tiny("simple_spread", "matd3", "actions", "continuous"),
                tiny("simple_tag", "maddpg", "frozen.prey", "run after", "relaxation", "soft"),
                tiny("simple_spread", "maddpg", "network", "entity", "critic", "joint"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theNumberOfThreadsAndAPauseChangeNothing(RunConfig config) throws Exception {
        Path undisturbed = train(config, folder.resolve("undisturbed"));
        Path alone = folder.resolve("alone");
        try (Trainer trainer = Trainer.createIn(config, alone).withThreads(1)) {
            assertSameRun(undisturbed, finish(trainer));
        }
        Path paused = folder.resolve("paused");
        try (Trainer trainer = Trainer.createIn(config, paused)) {
            Thread learner = TinyRuns.start(trainer);
            TinyRuns.await(() -> trainer.progress().policyVersion() >= 3);
            trainer.stop();
            learner.join();
            assertNull(trainer.failure());
        }
        try (Trainer trainer = Trainer.resume(paused)) {
            assertSameRun(undisturbed, finish(trainer));
        }
    }

    /// One agent that drives to one landmark: −0.5 is easily had, doing nothing earns below −1.
    @Test
    void aFewSecondsOfTrainingAreEnoughForTheSimplestWorld() throws IOException {
        RunConfig config =
                with(
                        RunConfig.defaults("simple", "maddpg", 1),
                        "copies",
                        "16",
                        "rollout",
                        "25",
                        "steps",
                        "24000",
                        "batch",
                        "64",
                        "warm_up",
                        "400",
                        "hidden",
                        "32,32",
                        "learning_rate",
                        "0.003",
                        "evaluate_every",
                        "0",
                        "math",
                        "plain");
        Path run = train(config, folder.resolve("run"));
        var curve = CurveFile.read(Runs.open(run), Long.MAX_VALUE);
        double before = curve.getFirst().mean();
        double after = curve.getLast().mean();
        assertTrue(after > before / 2, before + " became " + after);
    }
}
