package marlab.app.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import marlab.learning.train.Progress;
import marlab.learning.train.RunConfig;
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
}
