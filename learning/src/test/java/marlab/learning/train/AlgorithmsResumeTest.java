package marlab.learning.train;

import static marlab.learning.train.TinyRuns.assertOtherRun;
import static marlab.learning.train.TinyRuns.assertSameRun;
import static marlab.learning.train.TinyRuns.finish;
import static marlab.learning.train.TinyRuns.train;
import static marlab.learning.train.TinyRuns.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every algorithm gives the same bytes for the same seed, on one thread and on two, and when it
/// goes on from a checkpoint.
class AlgorithmsResumeTest {

    @TempDir private Path folder;

    /// One line for each algorithm, with settings by which all that it keeps from update to update
    /// matters within some 30 updates.
    static Stream<RunConfig> algorithms() {
        return Stream.of(
                spread("reinforce", "rollout", "9"),
                spread("ia2c"),
                spread("ia2c", "tau", "1", "advantages", "stratum", "sharing", "off"),
                spread("maa2c", "advantages", "agent", "final_entropy", "0"),
                spread("ippo", "advantages", "stratum", "epochs", "2", "minibatches", "2"),
                spread("mappo", "final_entropy", "0.5", "epochs", "2", "minibatches", "2"),
                spread("mappo", "overlap", "on", "epochs", "2", "agents", "3"),
                spread("happo", "epochs", "2", "minibatches", "2"),
                spread("hatrpo", "epochs", "2", "minibatches", "2", "final_bound", "0.5"),
                spread("hatrpo", "epochs", "2", "actions", "continuous", "sharing", "on"),
                spread("coma", "minibatches", "2", "target_every", "5"),
                spread("coma", "minibatches", "2", "target_every", "9", "sharing", "off"),
                remembering("iql", "sharing", "off", "duelling", "on"),
                remembering("iql", "overlap", "on"),
                remembering("vdn", "target_every", "5", "tau", "1"),
                remembering("qmix"));
    }

    /// With a memory that fills up after its warm-up and then forgets.
    private static RunConfig remembering(String algorithm, String... keysAndValues) {
        return with(
                spread(algorithm, "replay", "240", "warm_up", "100", "batch", "16"), keysAndValues);
    }

    /// Two agents that spread out, in episodes of 7 steps, which roll-outs cut anywhere.
    private static RunConfig spread(String algorithm, String... keysAndValues) {
        return with(
                small("simple_spread", algorithm, "agents", "2", "horizon", "7"), keysAndValues);
    }

    /// Four copies, 5 steps a roll-out, 30 updates: checkpoints 7, 14, 21, 28 and 30.
    private static RunConfig small(String world, String algorithm, String... keysAndValues) {
        RunConfig small =
                with(
                        RunConfig.defaults(world, algorithm, 3),
                        "copies",
                        "4",
                        "rollout",
                        "5",
                        "steps",
                        "600",
                        "hidden",
                        "8,8",
                        "checkpoint_every",
                        "7",
                        "evaluate_every",
                        "11",
                        "evaluate_episodes",
                        "3",
                        "math",
                        "plain");
        return with(small, keysAndValues);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void theSameSeedGivesTheSameBytesOnOneThreadAndOnTwo(RunConfig config) throws IOException {
        Path two = train(config, folder.resolve("two"));
        try (Trainer alone = Trainer.createIn(config, folder.resolve("one")).withThreads(1)) {
            assertSameRun(two, finish(alone));
        }
        assertOtherRun(two, train(config.withSeed(4), folder.resolve("other")));
    }

    /// Stopped before its first update, then taken away its last two checkpoints, as by a kill.
    @ParameterizedTest
    @MethodSource("algorithms")
    void stoppingAndGoingOnChangesNothing(RunConfig config) throws IOException {
        Path undisturbed = train(config, folder.resolve("undisturbed"));
        Path run = folder.resolve("run");
        try (Trainer trainer = Trainer.createIn(config, run)) {
            trainer.stop();
            trainer.run();
            assertEquals(Progress.Phase.STOPPED, trainer.progress().phase());
            assertEquals(0, trainer.progress().policyVersion());
        }
        try (Trainer trainer = Trainer.resume(run)) {
            assertSameRun(undisturbed, finish(trainer));
        }
        Files.delete(run.resolve("DONE"));
        long last = version(run);
        discardNewest(run);
        discardNewest(run);
        try (Trainer trainer = Trainer.resume(run)) {
            assertEquals(version(run), trainer.progress().policyVersion());
            assertEquals(last / 7 * 7 - 7, version(run));
            assertSameRun(undisturbed, finish(trainer));
        }
    }

    private static long version(Path run) throws IOException {
        return Long.parseLong(TinyRuns.newestCheckpoint(run).getFileName().toString());
    }

    private static void discardNewest(Path run) throws IOException {
        Path checkpoint = TinyRuns.newestCheckpoint(run);
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(checkpoint);
    }
}
