package marlab.learning.train;

import static marlab.learning.train.TinyRuns.assertOtherRun;
import static marlab.learning.train.TinyRuns.assertSameRun;
import static marlab.learning.train.TinyRuns.await;
import static marlab.learning.train.TinyRuns.finish;
import static marlab.learning.train.TinyRuns.spread;
import static marlab.learning.train.TinyRuns.train;
import static marlab.learning.train.TinyRuns.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeterminismTest {

    /// Updates enough for another thread to step in between.
    private static final String LONG = Integer.toString(60 * 80);

    @TempDir private Path folder;

    static Stream<RunConfig> kinds() {
        return Stream.of(
                spread("math", "nd4j"),
                spread("network", "entity", "agents", "2"),
                spread("actions", "continuous", "sharing", "off"),
                spread("network", "gru", "rollout", "7", "horizon", "9"),
                spread("normalise", "on"),
                with(
                        RunConfig.defaults("coin_game", "ippo", 5),
                        "network",
                        "conv",
                        "hidden",
                        "16",
                        "normalise",
                        "on",
                        "steps",
                        "600",
                        "copies",
                        "6",
                        "rollout",
                        "10"),
                spread("network", "flat_mlp", "horizon", "7", "success", "on", "copies", "1"),
                with(
                        RunConfig.defaults(TwoStepWorld.NAME, "ippo", 5),
                        "steps",
                        "2000",
                        "copies",
                        "10",
                        "checkpoint_every",
                        "1"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theSameConfigGivesTheSameBytesOnOneThreadAndOnTwo(RunConfig config) throws IOException {
        Path first = train(config, folder.resolve("first"));
        assertSameRun(first, train(config, folder.resolve("second")));
        try (Trainer alone = Trainer.createIn(config, folder.resolve("alone")).withThreads(1)) {
            assertSameRun(first, finish(alone));
        }
    }

    @Test
    void anotherSeedGivesAnotherRun() throws IOException {
        Path one = train(spread().withSeed(1), folder.resolve("one"));
        assertOtherRun(one, train(spread().withSeed(2), folder.resolve("two")));
    }

    @Test
    void theSavedConfigRepeatsTheRun() throws IOException {
        Path run = train(spread("reward.near", "0.3", "share", "0.5"), folder.resolve("run"));
        RunConfig read = Runs.config(Runs.open(run));
        assertSameRun(run, train(read, folder.resolve("again")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "nd4j"})
    void stoppingAndGoingOnChangesNothing(String math) throws Exception {
        RunConfig config = spread("steps", LONG, "math", math);
        Path undisturbed = train(config, folder.resolve("undisturbed"));
        try (Trainer trainer = Trainer.createIn(config, folder.resolve("stopped"))) {
            for (int version = 5; version < 30; version += 11) {
                stopAt(trainer, version);
            }
            assertSameRun(undisturbed, finish(trainer));
        }
    }

    private static void stopAt(Trainer trainer, int version) throws InterruptedException {
        Thread learner = TinyRuns.start(trainer);
        await(() -> trainer.progress().policyVersion() >= version);
        trainer.stop();
        learner.join();
        assertNull(trainer.failure());
        assertEquals(Progress.Phase.STOPPED, trainer.progress().phase());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "nd4j"})
    void goingOnFromTheFilesChangesNothing(String math) throws Exception {
        RunConfig config = spread("steps", LONG, "math", math);
        Path undisturbed = train(config, folder.resolve("undisturbed"));
        Path run = folder.resolve("resumed");
        try (Trainer trainer = Trainer.createIn(config, run)) {
            stopAt(trainer, 5);
        }
        try (Trainer trainer = Trainer.resume(run)) {
            stopAt(trainer, 20);
        }
        try (Trainer trainer = Trainer.resume(run)) {
            assertSameRun(undisturbed, finish(trainer));
            assertEquals(returns(curve(undisturbed)), returns(trainer.curve(0)));
        }
    }

    /// What is remembered in the middle of episodes goes on too.
    @Test
    void goingOnWithRecurrentNetworksChangesNothing() throws Exception {
        RunConfig config = spread("network", "gru", "rollout", "7", "horizon", "9", "steps", LONG);
        Path undisturbed = train(config, folder.resolve("undisturbed"));
        Path run = folder.resolve("resumed");
        try (Trainer trainer = Trainer.createIn(config, run)) {
            stopAt(trainer, 5);
        }
        try (Trainer trainer = Trainer.resume(run)) {
            assertSameRun(undisturbed, finish(trainer));
        }
    }

    private static List<CurvePoint> curve(Path run) throws IOException {
        return CurveFile.read(Runs.open(run), Long.MAX_VALUE);
    }

    private static List<Double> returns(List<CurvePoint> curve) {
        return curve.stream().map(CurvePoint::mean).toList();
    }

    @Test
    void aRunStoppedBeforeItsFirstUpdateCanBeResumed() throws Exception {
        RunConfig config = spread("hidden", "300,300", "steps", "120"); // slow to build
        Path undisturbed = train(config, folder.resolve("undisturbed"));
        Path run = folder.resolve("run");
        try (Trainer trainer = Trainer.createIn(config, run)) {
            Thread learner = TinyRuns.start(trainer);
            await(() -> trainer.progress().phase() == Progress.Phase.WARMING_UP);
            trainer.stop();
            learner.join();
            assertEquals(0, trainer.progress().policyVersion());
        }
        try (Trainer trainer = Trainer.resume(run)) {
            assertSameRun(undisturbed, finish(trainer));
        }
    }

    @Test
    void goingOnFromAnOlderCheckpointChangesNothing() throws Exception {
        RunConfig config = spread("steps", "1000"); // 17 updates: checkpoints 8, 12, 16 and 17
        Path undisturbed = train(config, folder.resolve("undisturbed"));
        Path run = train(config, folder.resolve("run"));
        Files.delete(run.resolve("DONE"));
        delete(TinyRuns.newestCheckpoint(run));
        delete(TinyRuns.newestCheckpoint(run));
        try (Trainer trainer = Trainer.resume(run)) {
            assertEquals(12, trainer.progress().policyVersion());
            assertSameRun(undisturbed, finish(trainer));
        }
    }

    /// Checkpoints that the clock asks for, here after each update, leave no trace.
    @Test
    void savingMoreOftenChangesNothing() throws IOException {
        RunConfig config = spread("checkpoint_every", "1000");
        Path undisturbed = train(config, folder.resolve("undisturbed"));
        assertEquals(List.of(0L, 20L), Runs.open(undisturbed).checkpoints());
        Path run = folder.resolve("run");
        try (Trainer trainer = Trainer.createIn(config, run).withAutosave(0)) {
            assertSameRun(undisturbed, finish(trainer));
        }
        assertEquals(List.of(18L, 19L, 20L), Runs.open(run).checkpoints());
        assertEquals(
                Files.readString(undisturbed.resolve("events.jsonl")),
                Files.readString(run.resolve("events.jsonl")));
    }

    private static void delete(Path checkpoint) throws IOException {
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(checkpoint);
    }

    /// A real process, really killed.
    @Test
    void aKilledRunGoesOnAsIfNothingHadHappened() throws Exception {
        RunConfig config = TrainUntilKilled.config();
        Path undisturbed = train(config, folder.resolve("undisturbed"));
        Path run = folder.resolve("killed");
        Process process = trainElsewhere(run);
        try {
            await(() -> !process.isAlive() || Files.exists(run.resolve("checkpoints/000014")));
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertFalse(Files.exists(run.resolve("DONE")), "killed too late to prove anything");
        assertEquals("running", Runs.open(run).run().get("status"));
        try (Trainer trainer = Trainer.resume(run)) {
            assertTrue(trainer.progress().policyVersion() % 7 == 0);
            assertSameRun(undisturbed, finish(trainer));
        }
        assertEquals("done", Runs.open(run).run().get("status"));
    }

    private static Process trainElsewhere(Path run) throws IOException {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                TrainUntilKilled.class.getName(),
                                run.toString()))
                .inheritIO()
                .start();
    }

    /// What the other process does.
    static final class TrainUntilKilled {

        private TrainUntilKilled() {}

        static RunConfig config() {
            return spread("steps", Integer.toString(60 * 250), "checkpoint_every", "7");
        }

        public static void main(String[] arguments) {
            train(config(), Path.of(arguments[0]));
        }
    }
}
