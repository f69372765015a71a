package marlab.app.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import marlab.app.chart.CurveTable;
import marlab.app.keepsake.Keepsakes;
import marlab.learning.train.BadInput;
import marlab.learning.train.Progress;
import marlab.learning.train.RunConfig;
import marlab.sim.replay.Replay;
import marlab.sim.reward.RewardWeights;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The desk with real small runs, some of which take their time to be made.
@Timeout(60)
class TrainingDeskTest {

    @TempDir Path folder;

    private final CountDownLatch made = new CountDownLatch(1);
    private final List<Run> runs = new CopyOnWriteArrayList<>();
    private final TrainingDesk desk = new TrainingDesk(this::make);
    private boolean slow;

    private Run make(long seed) {
        if (slow && runs.isEmpty()) {
            try {
                made.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        Run run = new TrainerRun(config(seed), folder.resolve("runs"));
        runs.add(run);
        return run;
    }

    private static RunConfig config(long seed) {
        return RunConfig.defaults("simple_spread", "mappo", seed)
                .with("math", "plain")
                .with("copies", "8");
    }

    private static RewardWeights weights() {
        return config(1).rewardWeights();
    }

    private static void await(BooleanSupplier so) throws InterruptedException {
        while (!so.getAsBoolean()) {
            Thread.sleep(10);
        }
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void forgettingWhileARunIsMadeForgetsIt() throws InterruptedException {
        slow = true;
        desk.train(1, weights());
        assertEquals(TrainingDesk.State.WARMING_UP, desk.state());
        desk.forget();
        made.countDown();
        await(() -> runs.size() == 1);
        assertEquals(TrainingDesk.State.IDLE, desk.state());
        assertNull(desk.run());
        assertEquals(Progress.Phase.STOPPED, runs.getFirst().progress().phase());
        assertNull(desk.takeProblem());
    }

    @Test
    void trainingAnewRightAfterForgettingStartsAnotherRun() throws InterruptedException {
        desk.train(1, weights());
        await(() -> desk.state() == TrainingDesk.State.TRAINING);
        desk.forget();
        desk.train(2, weights());
        await(() -> desk.state() == TrainingDesk.State.TRAINING);
        assertEquals(2, desk.run().seed());
        await(() -> runs.getFirst().progress().phase() == Progress.Phase.STOPPED);
        assertNull(desk.takeProblem());
    }

    @Test
    void aStoppedRunGoesOn() throws InterruptedException {
        desk.train(1, weights());
        await(() -> desk.run() != null && desk.progress().envSteps() > 0);
        desk.stop();
        await(() -> desk.state() == TrainingDesk.State.STOPPED);
        long steps = desk.progress().envSteps();
        desk.train(9, weights());
        await(() -> desk.progress().envSteps() > steps);
        assertEquals(1, desk.run().seed());
        assertEquals(1, runs.size());
        assertTrue(desk.working());
    }

    /// As a run of the command line does.
    @Test
    void aRunLeavesItsCurveAndAReplayWhenItEnds() throws IOException {
        RunConfig config = config(4).with("steps", "600");
        try (TrainerRun run = new TrainerRun(config, folder.resolve("runs"))) {
            run.run();
            assertNull(run.failure());
            Path left = folder.resolve("runs").resolve(run.name());
            assertTrue(Keepsakes.areIn(left));
            Replay replay = Replay.read(left.resolve("replays/learned.marlab-replay"));
            assertEquals(CurveTable.text(run.curve(0)), replay.metrics());
            assertEquals("MAPPO", replay.header().about().get("policy"));
            assertEquals(run.name(), replay.header().about().get("run"));
            assertEquals(
                    Long.toString(run.progress().envSteps()),
                    replay.header().about().get("env_steps"));
            assertEquals(3, replay.recording().episodes().size());
        }
    }

    @Test
    void aStoppedRunLeavesThemWhenItIsForgotten() throws InterruptedException {
        desk.train(5, weights());
        await(() -> desk.state() == TrainingDesk.State.TRAINING);
        await(() -> desk.progress().policyVersion() > 0);
        desk.stop();
        await(() -> !desk.working());
        Path left = folder.resolve("runs").resolve(desk.run().name());
        assertFalse(Keepsakes.areIn(left));
        desk.forget();
        await(() -> Keepsakes.areIn(left));
    }

    @Test
    void keepsakesThatCantBeWrittenAreToldAndTheRunIsDone() throws IOException {
        RunConfig config = config(6).with("steps", "600");
        try (TrainerRun run = new TrainerRun(config, folder.resolve("runs"))) {
            Files.writeString(folder.resolve("runs").resolve(run.name()).resolve("images"), "");
            run.run();
            assertEquals(Progress.Phase.DONE, run.progress().phase());
            String told = assertInstanceOf(BadInput.class, run.failure()).getMessage();
            assertTrue(told.startsWith("The picture and the replay of the run " + run.name()));
        }
    }
}
