package marlab.learning.train;

import static marlab.learning.train.TinyRuns.await;
import static marlab.learning.train.TinyRuns.spread;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import marlab.learning.store.Json;
import marlab.sim.reward.RewardWeights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RewardEditTest {

    private static final int BATCH = 60;

    @TempDir private Path folder;
    private Trainer trainer;

    @BeforeEach
    void create() {
        trainer = Trainer.createIn(spread("steps", "1000000"), folder.resolve("run"));
    }

    @AfterEach
    void close() {
        trainer.close();
    }

    private static RewardWeights nothing() {
        return new RewardWeights(new double[4], 0);
    }

    private void runUntilVersion(int version, Runnable meanwhile) throws InterruptedException {
        Thread learner = TinyRuns.start(trainer);
        await(() -> trainer.progress().policyVersion() >= version);
        meanwhile.run();
        trainer.stop();
        learner.join();
        assertEquals(Progress.Phase.STOPPED, trainer.progress().phase());
    }

    private List<TrainingEvent> edits() {
        return trainer.events(0).stream().filter(e -> e.type().equals("reward_edited")).toList();
    }

    /// Training returns at each number of steps: Σ over the agents.
    private double trainingReturn(long steps) throws IOException {
        return TinyRuns.metrics(trainer.directory()).stream()
                .filter(line -> line.startsWith(steps + ",training_return,"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)))
                .sum();
    }

    @Test
    void rewardEditAppliesAtTheNextRollOut() throws Exception {
        runUntilVersion(
                3,
                () -> {
                    trainer.edit(nothing());
                    await(() -> !trainer.editPending());
                    long now = trainer.progress().policyVersion();
                    await(() -> trainer.progress().policyVersion() > now + 5);
                });
        assertEquals(1, edits().size());
        long at = edits().getFirst().envSteps();
        assertEquals(0, at % BATCH);
        int before = 0;
        int after = 0;
        for (CurvePoint point : trainer.curve(0)) {
            if (point.envSteps() <= at) {
                assertNotEquals(0, trainingReturn(point.envSteps()));
                before++;
            } else {
                assertEquals(0, trainingReturn(point.envSteps()));
                after++;
            }
            assertTrue(point.mean() < -1, "the dialect's return knows no weights");
        }
        assertTrue(before >= 1 && after >= 1);
    }

    @Test
    void theSameWeightsAgainAreNoEdit() throws Exception {
        RewardWeights same = trainer.config().rewardWeights();
        runUntilVersion(2, () -> trainer.edit(same));
        trainer.edit(nothing());
        runUntilVersion(6, () -> trainer.edit(nothing()));
        runUntilVersion(9, () -> {});
        assertEquals(1, edits().size());
    }

    @Test
    void ofSeveralEditsBeforeARollOutTheLastCounts() throws Exception {
        trainer.edit(nothing());
        trainer.edit(nothing().withShare(1));
        assertEquals(1, trainer.weights().share());
        runUntilVersion(1, () -> {});
        assertEquals(1, edits().size());
        assertEquals(0, edits().getFirst().envSteps());
        assertTrue(edits().getFirst().text().endsWith("share 1.0."), edits().getFirst().text());
    }

    @Test
    void anEditWaitsWhileTheRunIsStopped() throws Exception {
        runUntilVersion(2, () -> {});
        long stoppedAt = trainer.progress().envSteps();
        trainer.edit(nothing());
        assertTrue(trainer.editPending());
        assertEquals(nothing(), trainer.weights());
        assertEquals(0, edits().size());
        runUntilVersion((int) (stoppedAt / BATCH) + 2, () -> {});
        assertFalse(trainer.editPending());
        assertEquals(stoppedAt, edits().getFirst().envSteps());
    }

    @Test
    void anEditIsWrittenDownAndOutlastsTheProcess() throws Exception {
        trainer.edit(nothing().withWeight(2, 0.25).withShare(0.5));
        runUntilVersion(2, () -> {});
        trainer.close();
        Map<?, ?> event =
                Files.readAllLines(trainer.directory().resolve("events.jsonl")).stream()
                        .<Map<?, ?>>map(Json::object)
                        .filter(e -> e.get("type").equals("reward_edited"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(0, event.get("step"));
        assertEquals(
                "Reward edited: cover 0.0, collide 0.0, near 0.25, energy 0.0, share 0.5.",
                event.get("text"));
        trainer = Trainer.resume(trainer.directory());
        assertEquals(nothing().withWeight(2, 0.25).withShare(0.5), trainer.weights());
    }
}
