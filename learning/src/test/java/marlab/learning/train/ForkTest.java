package marlab.learning.train;

import static marlab.learning.train.TinyRuns.assertSameRun;
import static marlab.learning.train.TinyRuns.finish;
import static marlab.learning.train.TinyRuns.spread;
import static marlab.learning.train.TinyRuns.train;
import static marlab.learning.train.TinyRuns.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import marlab.learning.store.NpzReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkTest {

    @TempDir private static Path shared;
    private static Path parent;

    @TempDir private Path folder;

    @BeforeAll
    static void trainAParent() {
        parent = train(spread("steps", "600", "evaluate_every", "0"), shared.resolve("parent"));
    }

    private static Fork fork(Path parent, String... keysAndValues) {
        return fork(parent, OptionalLong.empty(), false, keysAndValues);
    }

    private static Fork fork(
            Path parent, OptionalLong version, boolean fresh, String... keysAndValues) {
        Map<String, String> changes = new java.util.TreeMap<>();
        for (int k = 0; k < keysAndValues.length; k += 2) {
            changes.put(keysAndValues[k], keysAndValues[k + 1]);
        }
        return new Fork(parent, version, changes, OptionalLong.empty(), fresh);
    }

    /// Trains a fork to the end.
    private Path run(Fork fork, String name) {
        try (Trainer trainer = Trainer.forkIn(fork, folder.resolve(name))) {
            return finish(trainer);
        }
    }

    private static byte[] weights(Path run, long version) throws IOException {
        return Files.readAllBytes(
                Runs.open(run).checkpointPath(version).resolve(Checkpoint.WEIGHTS));
    }

    private static long adamSteps(Path run, long version) throws IOException {
        Path file = Runs.open(run).checkpointPath(version).resolve(Checkpoint.TRAINING);
        try (NpzReader npz = new NpzReader(file)) {
            return npz.longs("agents.actor.adam_steps", 1)[0];
        }
    }

    @Test
    void aForkBeginsWithWhatTheParentHadLearnedAndCountsFromZero() throws IOException {
        Path run = run(fork(parent, "steps", "60"), "fork");
        assertArrayEquals(weights(parent, 10), weights(run, 0));
        assertEquals(adamSteps(parent, 10), adamSteps(run, 0));
        assertEquals(List.of(0L, 1L), Runs.open(run).checkpoints());
        assertFalse(java.util.Arrays.equals(weights(run, 0), weights(run, 1)), "it learned on");
    }

    @Test
    void anOlderCheckpointAndAFreshOptimiserCanBeAskedFor() throws IOException {
        Path run = run(fork(parent, OptionalLong.of(8), true, "steps", "60"), "fork");
        assertArrayEquals(weights(parent, 8), weights(run, 0));
        assertTrue(adamSteps(parent, 8) > 0);
        assertEquals(0, adamSteps(run, 0));
    }

    @Test
    void whereItComesFromIsWrittenDown() throws IOException {
        Path run = run(fork(parent, "steps", "60", "reward.near", "0.25"), "fork");
        Map<?, ?> from = (Map<?, ?>) Runs.open(run).run().get("parent");
        assertEquals(parent.toAbsolutePath().toString(), from.get("run"));
        assertEquals(10, ((Number) from.get("version")).intValue());
        assertEquals(600, ((Number) from.get("env_steps")).intValue());
        assertEquals(Map.of("steps", "60", "reward.near", "0.25"), from.get("changes"));
        assertEquals(0.25, Runs.config(Runs.open(run)).weights().get("near"));
        List<String> events = Runs.open(run).events();
        assertTrue(events.get(1).contains("checkpoint 10, with reward.near=0.25"), events.get(1));
    }

    @Test
    void equalForksAreEqualAndGoOnFromTheirFiles() throws Exception {
        Fork fork = fork(parent, "learning_rate", "0.001", "steps", "4800");
        Path one = run(fork, "one");
        Path other = folder.resolve("other");
        try (Trainer trainer = Trainer.forkIn(fork, other).withThreads(1)) {
            Thread learner = TinyRuns.start(trainer);
            TinyRuns.await(() -> trainer.progress().policyVersion() >= 6);
            trainer.stop();
            learner.join();
            assertEquals(Progress.Phase.STOPPED, trainer.progress().phase());
        }
        try (Trainer trainer = Trainer.resume(other)) {
            assertSameRun(one, finish(trainer));
        }
    }

    @Test
    void editedRewardsGoAlong() {
        RunConfig config = spread("steps", "120");
        Path edited = folder.resolve("edited");
        try (Trainer trainer = Trainer.createIn(config, edited)) {
            trainer.edit(trainer.weights().withWeight(0, 7));
            finish(trainer);
        }
        Path run = run(fork(edited, "steps", "60"), "fork");
        String term = config.spec().terms().getFirst().name();
        assertEquals(7.0, Runs.config(Runs.open(run)).weights().get(term));
    }

    @Test
    void anEntityPolicyLearnsOnWithMoreAgents() throws IOException {
        RunConfig three = spread("network", "entity", "steps", "120", "evaluate_every", "0");
        Path small = train(three, folder.resolve("three"));
        Path run = run(fork(small, "agents", "5", "steps", "60", "copies", "6"), "five");
        assertArrayEquals(weights(small, 2), weights(run, 0));
        assertEquals(5, Runs.config(Runs.open(run)).spec().agentCount());
    }

    /// Each animal sees the same whatever their number; the critic, which sees all, does not.
    @Test
    void aCriticThatDoesNotFitBeginsAnewAndThatIsSaid() throws IOException {
        RunConfig config =
                with(
                        RunConfig.defaults("pogema", "mappo", 1),
                        "agents",
                        "2",
                        "copies",
                        "4",
                        "rollout",
                        "10",
                        "steps",
                        "80",
                        "hidden",
                        "8",
                        "evaluate_every",
                        "0",
                        "math",
                        "plain");
        Path few = train(config, folder.resolve("few"));
        Path run = run(fork(few, "agents", "3", "steps", "40", "copies", "4"), "more");
        String event = Runs.open(run).events().get(1);
        assertTrue(event.contains("; new are agents.critic."), event);
        assertEquals(2 * 16, adamSteps(few, 2));
        assertEquals(2 * 16, adamSteps(run, 0), "the policy's optimiser goes along");
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAFolderIsMade() throws IOException {
        for (String[] change :
                new String[][] {{"agents", "5"}, {"hidden", "8,8"}, {"actions", "continuous"}}) {
            BadInput bad =
                    assertThrows(
                            BadInput.class,
                            () -> Trainer.forkIn(fork(parent, change), folder.resolve("run")));
            assertTrue(bad.getMessage().contains("do not fit"), bad.getMessage());
            assertTrue(bad.getMessage().contains("network=entity"), bad.getMessage());
        }
        BadInput bad =
                assertThrows(
                        BadInput.class,
                        () -> Trainer.fork(fork(parent, OptionalLong.of(3), false), folder));
        assertTrue(
                bad.getMessage().contains("no checkpoint 3; it has 4, 8, 10."), bad.getMessage());
        assertThrows(BadInput.class, () -> Trainer.fork(fork(parent, "nonsense", "1"), folder));
        try (var all = Files.list(folder)) {
            assertEquals(0, all.count());
        }
    }

    /// Rewards without limit, now and then.
    @Test
    void afterADivergenceAForkGoesOnFromTheLastGoodCheckpoint() throws IOException {
        RunConfig broken =
                with(
                        RunConfig.defaults(TwoStepWorld.NAME, "ippo", 1),
                        "fault",
                        "on",
                        "copies",
                        "4",
                        "rollout",
                        "4",
                        "steps",
                        "100000",
                        "checkpoint_every",
                        "1",
                        "math",
                        "plain");
        Path run = folder.resolve("run");
        long good;
        try (Trainer trainer = Trainer.createIn(broken, run)) {
            trainer.run();
            Diverged diverged = assertInstanceOf(Diverged.class, trainer.failure());
            good = Runs.newest(Runs.open(run));
            assertTrue(diverged.getMessage().contains("checkpoint, " + good), "" + diverged);
            assertTrue(diverged.getMessage().contains("marlab fork " + run), "" + diverged);
            assertEquals(good, trainer.snapshot().version(), "nothing unsound was published");
            trainer.run();
            assertEquals(diverged, trainer.failure(), "it does not go on with what is spoilt");
        }
        assertEquals("failed", Runs.open(run).run().get("status"));
        assertTrue(Runs.open(run).events().getLast().contains("\"diverged\""));
        try (Trainer trainer = Trainer.resume(run)) { // the same again, to the last update
            trainer.run();
            assertInstanceOf(Diverged.class, trainer.failure());
            assertEquals(good, Runs.newest(Runs.open(run)));
        }
        Path mended = run(fork(run, "fault", "off", "steps", "32"), "mended");
        assertArrayEquals(weights(run, good), weights(mended, 0));
        assertNotEquals(good, Runs.newest(Runs.open(mended)));
    }
}
