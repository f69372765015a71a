package marlab.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import marlab.learning.train.TrainingProfile.Work;
import org.junit.jupiter.api.Test;

class TrainingProfileTest {

    private static final String ALGO = "marlab.learning.algo.Ppo.updateActor";

    @Test
    void theInnermostThingThatHasANameCounts() {
        assertEquals(
                Work.BACKWARD,
                TrainingProfile.work(
                        "marlab.learning.nd4j.Nd4jAlgebra.multiply",
                        "marlab.learning.net.Dense.backward",
                        "marlab.learning.net.Mlp.backward",
                        ALGO));
        assertEquals(
                Work.FORWARD,
                TrainingProfile.work(
                        "marlab.learning.net.Activation.tanh",
                        "marlab.learning.net.Dense.forward",
                        ALGO));
        assertEquals(Work.OPTIMISER, TrainingProfile.work("marlab.learning.net.Adam.step", ALGO));
        assertEquals(Work.COPIES, TrainingProfile.work("marlab.learning.algo.Ppo.gather", ALGO));
        assertEquals(
                Work.LOSS, TrainingProfile.work("marlab.learning.algo.Categorical.softmax", ALGO));
        assertEquals(
                Work.WAIT,
                TrainingProfile.work("java.lang.Thread.yield", "marlab.sim.env.Workers.run", ALGO));
        String slice = "marlab.learning.train.Collector$Slice.collect";
        assertEquals(Work.ACT, TrainingProfile.work("marlab.learning.net.Dense.forward", slice));
        assertEquals(
                Work.STEP,
                TrainingProfile.work(
                        "marlab.sim.world.particle.SimpleSpread.step",
                        "marlab.sim.env.VectorEnv.step",
                        slice));
        assertNull(TrainingProfile.work("java.lang.Thread.sleep"));
    }

    @Test
    void sharesOfARealRunSumToOne() throws IOException {
        try (TrainingBench bench = new TrainingBench(TinyRuns.spread("copies", "64"), 1)) {
            Map<Work, Double> shares = bench.profile(0.5);
            double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
            assertEquals(1, sum, 1e-9);
            assertTrue(shares.containsKey(Work.BACKWARD), shares.toString());
            assertTrue(bench.operationsPerUpdate() > 0);
        }
    }
}
