package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Rollout;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class AdvantageScalingTest {

    private static final int LENGTH = 6;
    private static final int MEMBERS = 2;
    private static final int LANES = 6; // 3 copies
    private static final int ROWS = LENGTH * LANES;

    private final RandomStream random = new RandomStream(5);
    private final Rollout rollout = new Rollout(LENGTH, LANES, 1, 1, 1, true);

    private static AdvantageScaling scaling(String within) {
        return new AdvantageScaling(within, MEMBERS, LANES, ROWS);
    }

    /// Random advantages, episodes of 4 steps in every copy, and some agents that are gone.
    private float[] fill(int firstStep) {
        for (int row = 0; row < ROWS; row++) {
            int step = firstStep + row / LANES;
            rollout.advantage[row] = 10 * (row % MEMBERS) + (float) random.nextGaussian();
            rollout.end(row, step % 4 == 3, false);
            rollout.gone(row, row % 11 == 5);
        }
        rollout.findLive();
        return rollout.advantage.clone();
    }

    /// Live rows by part, scaled by definition.
    private void check(float[] before, int[] part) {
        Map<Integer, List<Integer>> parts = new LinkedHashMap<>();
        for (int k = 0; k < rollout.liveRows(); k++) {
            int row = rollout.live[k];
            parts.computeIfAbsent(part[row], p -> new ArrayList<>()).add(row);
        }
        for (List<Integer> rows : parts.values()) {
            double mean = rows.stream().mapToDouble(r -> before[r]).average().orElseThrow();
            double square =
                    rows.stream()
                            .mapToDouble(r -> (before[r] - mean) * (before[r] - mean))
                            .average()
                            .orElseThrow();
            for (int row : rows) {
                double expected = (before[row] - mean) / (Math.sqrt(square) + 1e-8);
                assertEquals(expected, rollout.advantage[row], 1e-5, "row " + row);
            }
        }
        for (int row = 5; row < ROWS; row += 11) {
            assertEquals(before[row], rollout.advantage[row], "who is gone is left alone");
        }
    }

    @Test
    void overTheBatch() {
        float[] before = fill(0);
        scaling("batch").apply(rollout);
        check(before, new int[ROWS]);
    }

    @Test
    void withinEachAgent() {
        float[] before = fill(0);
        scaling("agent").apply(rollout);
        int[] agent = new int[ROWS];
        Arrays.setAll(agent, row -> row % LANES % MEMBERS);
        check(before, agent);
    }

    @Test
    void withinEachStepOfTheEpisodeAlsoOfOneThatBeganEarlier() {
        AdvantageScaling scaling = scaling("stratum");
        for (int update = 0; update < 3; update++) {
            int first = update * LENGTH;
            float[] before = fill(first);
            scaling.apply(rollout);
            int[] step = new int[ROWS];
            Arrays.setAll(step, row -> (first + row / LANES) % 4);
            check(before, step);
        }
    }

    @Test
    void aSampleAloneInItsStratumIsComparedWithNothing() {
        Rollout alone = new Rollout(3, 1, 1, 1, 1, true);
        for (int row = 0; row < 3; row++) {
            alone.advantage[row] = 1 + row;
            alone.end(row, false, false);
        }
        alone.findLive();
        new AdvantageScaling("stratum", 1, 1, 3).apply(alone);
        assertArrayEquals(new float[3], alone.advantage);
    }

    @Test
    void notAtAll() {
        float[] before = fill(0);
        scaling("none").apply(rollout);
        assertArrayEquals(before, rollout.advantage);
    }

    @Test
    void agentsWithinABatchAreOfOneScaleOnlyWhenScaledApart() {
        fill(0);
        scaling("batch").apply(rollout);
        assertNotEquals(0, meanOfFirst(), 0.5);
        fill(0);
        scaling("agent").apply(rollout);
        assertEquals(0, meanOfFirst(), 1e-5);
    }

    private double meanOfFirst() {
        return Arrays.stream(rollout.live, 0, rollout.liveRows())
                .filter(row -> row % LANES % MEMBERS == 0)
                .mapToDouble(row -> rollout.advantage[row])
                .average()
                .orElseThrow();
    }
}
