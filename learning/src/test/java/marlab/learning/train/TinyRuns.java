package marlab.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Runs of a second or less, and what tests ask of them.
final class TinyRuns {

    private static final long PATIENCE = 30_000_000_000L;

    private TinyRuns() {}

    static RunConfig with(RunConfig config, String... keysAndValues) {
        RunConfig changed = config;
        for (int k = 0; k < keysAndValues.length; k += 2) {
            changed = changed.with(keysAndValues[k], keysAndValues[k + 1]);
        }
        return changed;
    }

    /// Simple Spread with small networks: 60 steps an update, 20 updates.
    static RunConfig spread(String... keysAndValues) {
        RunConfig small =
                with(
                        RunConfig.defaults("simple_spread", "mappo", 3),
                        "copies",
                        "6",
                        "rollout",
                        "10",
                        "steps",
                        "1200",
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

    /// Trains to the end.
    static Path train(RunConfig config, Path folder) {
        try (Trainer trainer = Trainer.createIn(config, folder)) {
            return finish(trainer);
        }
    }

    static Path finish(Trainer trainer) {
        trainer.run();
        assertNull(trainer.failure());
        assertEquals(Progress.Phase.DONE, trainer.progress().phase());
        return trainer.directory();
    }

    /// Starts a run in a thread of its own.
    static Thread start(Trainer trainer) {
        return Thread.ofPlatform().name("learner").start(trainer::run);
    }

    static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "waited in vain");
            LockSupport.parkNanos(100_000);
        }
    }

    /// Lines of `metrics.csv` but for the wall clock.
    static List<String> metrics(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.csv")).stream()
                .map(line -> line.replaceFirst(",[^,]*", ""))
                .toList();
    }

    static Path newestCheckpoint(Path run) throws IOException {
        try (var all = Files.list(run.resolve("checkpoints"))) {
            return all.filter(p -> !p.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList()
                    .getLast();
        }
    }

    /// Equal to the last bit: figures, networks, optimisers, random streams, copies of the world.
    static void assertSameRun(Path expected, Path actual) throws IOException {
        assertEquals(metrics(expected), metrics(actual));
        Path one = newestCheckpoint(expected);
        Path other = newestCheckpoint(actual);
        assertEquals(one.getFileName(), other.getFileName());
        for (String file : List.of("weights.npz", "training.npz")) {
            assertArrayEquals(
                    Files.readAllBytes(one.resolve(file)), Files.readAllBytes(other.resolve(file)));
        }
    }

    static void assertOtherRun(Path expected, Path actual) throws IOException {
        assertNotEquals(metrics(expected), metrics(actual));
    }
}
