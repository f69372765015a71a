package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import marlab.learning.buffer.Rollout;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvantagesTest {

    private static final double GAMMA = 0.9;
    private static final double LAMBDA = 0.8;

    private static Rollout rollout(int length, int width) {
        return new Rollout(length, width, 1, 1, 1, true);
    }

    /// A_t = Σ_k (γλ)^k δ_{t+k} up to the end of the episode or of the roll-out, δ as it is told.
    private static double definition(double[] deltas, boolean[] over, int t) {
        double sum = 0;
        double factor = 1;
        for (int k = t; k < deltas.length; k++) {
            sum += factor * deltas[k];
            if (over[k]) {
                break;
            }
            factor *= GAMMA * LAMBDA;
        }
        return sum;
    }

    @Test
    void advantagesAreDiscountedSumsOfDeltas() {
        Rollout r = rollout(4, 1);
        r.reward[0] = 1;
        r.reward[1] = 2;
        r.reward[2] = -1;
        r.reward[3] = 3;
        float[] values = {0.5f, -0.5f, 1, 2};
        System.arraycopy(values, 0, r.value, 0, 4);
        for (int t = 0; t < 4; t++) {
            r.end(t, false, false);
        }
        r.next[3] = 10; // the roll-out ends, the episode goes on
        Advantages.estimate(r, GAMMA, LAMBDA);
        double[] deltas = {
            1 + GAMMA * -0.5 - 0.5, 2 + GAMMA * 1 + 0.5, -1 + GAMMA * 2 - 1, 3 + GAMMA * 10 - 2
        };
        for (int t = 0; t < 4; t++) {
            double expected = definition(deltas, new boolean[4], t);
            assertEquals(expected, r.advantage[t], 1e-5, "step " + t);
            assertEquals(expected + values[t], r.target[t], 1e-5, "step " + t);
        }
    }

    @Test
    void nothingFollowsATermination() {
        Rollout r = rollout(2, 1);
        r.reward[0] = 1;
        r.reward[1] = 100;
        r.value[1] = 50;
        r.next[0] = 70;
        r.end(0, true, true);
        r.end(1, false, false);
        Advantages.estimate(r, GAMMA, LAMBDA);
        assertEquals(1, r.advantage[0]);
        assertFalse(r.needsNext(0));
    }

    @Test
    void aCutByTheTimeLimitIsWorthWhatTheLastObservationPromises() {
        Rollout r = rollout(2, 1);
        r.reward[0] = 1;
        r.reward[1] = 100;
        r.value[1] = 50; // the next episode's, which must not count
        r.next[0] = 10;
        r.end(0, true, false);
        r.end(1, true, true);
        Advantages.estimate(r, GAMMA, LAMBDA);
        assertEquals(1 + 0.9 * 10, r.advantage[0], 1e-6);
        assertEquals(50, r.advantage[1], 1e-6);
    }

    @Test
    void lanesOfManyEpisodesFollowTheDefinition() {
        int length = 40;
        int width = 3;
        RandomStream random = new RandomStream(17);
        Rollout r = rollout(length, width);
        int[] ends = new int[length * width];
        for (int row = 0; row < ends.length; row++) {
            r.reward[row] = (float) random.nextGaussian();
            r.value[row] = (float) random.nextGaussian();
            r.next[row] = (float) random.nextGaussian();
            ends[row] = random.nextInt(6); // 0 terminated, 1 cut, else going on
            r.end(row, ends[row] < 2, ends[row] == 0);
        }
        Advantages.estimate(r, GAMMA, LAMBDA);
        for (int lane = 0; lane < width; lane++) {
            double[] deltas = new double[length];
            boolean[] over = new boolean[length];
            for (int t = 0; t < length; t++) {
                int row = t * width + lane;
                boolean last = t == length - 1;
                double next =
                        switch (ends[row]) {
                            case 0 -> 0;
                            case 1 -> r.next[row];
                            default -> last ? r.next[row] : r.value[row + width];
                        };
                deltas[t] = r.reward[row] + GAMMA * next - r.value[row];
                over[t] = ends[row] < 2;
            }
            for (int t = 0; t < length; t++) {
                int row = t * width + lane;
                assertEquals(definition(deltas, over, t), r.advantage[row], 1e-5, "row " + row);
            }
        }
    }

    @Test
    void normalisedAdvantagesHaveMeanZeroAndDeviationOne() {
        float[] a = {1, 2, 3, 4, 99};
        Advantages.normalise(a, new int[] {0, 1, 2, 3}, 4);
        double d = Math.sqrt(1.25);
        float[] expected = {
            (float) (-1.5 / d), (float) (-0.5 / d), (float) (0.5 / d), (float) (1.5 / d), 99
        };
        assertArrayEquals(expected, a, 1e-6f);
    }

    @Test
    void equalAdvantagesBecomeZero() {
        float[] a = {0.1f, 0.1f, 0.1f};
        Advantages.normalise(a, new int[] {0, 1, 2}, 3);
        assertArrayEquals(new float[3], a, 1e-6f);
    }

    /// Random rewards, values and ends: of a row in six a termination, of another a cut.
    private static Rollout random(int length, int width, long seed) {
        RandomStream random = new RandomStream(seed);
        Rollout r = rollout(length, width);
        for (int row = 0; row < r.rows(); row++) {
            r.reward[row] = (float) random.nextGaussian();
            r.value[row] = (float) random.nextGaussian();
            r.next[row] = (float) random.nextGaussian();
            int end = random.nextInt(6);
            r.end(row, end < 2, end == 0);
        }
        return r;
    }

    /// The n-step return by its recursion: G^n_t = r_t + γ G^{n−1}_{t+1}, G^0_t = V(s_t).
    private static double nStepReturn(Rollout r, int row, int n) {
        boolean ends = r.over[row] || row + r.width() >= r.rows();
        if (r.terminated(row)) {
            return r.reward[row];
        }
        double ahead =
                ends
                        ? r.next[row]
                        : n == 1
                                ? r.value[row + r.width()]
                                : nStepReturn(r, row + r.width(), n - 1);
        return r.reward[row] + GAMMA * ahead;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100})
    void returnsOfNStepsFollowTheirRecursion(int n) {
        Rollout r = random(30, 3, 4);
        Advantages.nStep(r, GAMMA, n);
        for (int row = 0; row < r.rows(); row++) {
            assertEquals(nStepReturn(r, row, n), r.target[row], 1e-5, "row " + row);
        }
    }

    /// GAE with λ = 0 looks one step ahead, with λ = 1 as far as it can.
    @Test
    void returnsOfOneStepAndOfAllAreTheEndsOfTheFamily() {
        Rollout r = random(30, 3, 5);
        Rollout same = random(30, 3, 5);
        for (int n : new int[] {1, 30}) {
            Advantages.nStep(r, GAMMA, n);
            Advantages.estimate(same, GAMMA, n == 1 ? 0 : 1);
            assertArrayEquals(same.target, r.target, 1e-5f);
        }
    }

    @Test
    void monteCarloReturnsAddWhatIsEarnedUntilTheEnd() {
        Rollout r = rollout(5, 1);
        float[] rewards = {1, 2, 4, 8, 16};
        System.arraycopy(rewards, 0, r.reward, 0, 5);
        for (int row = 0; row < 5; row++) {
            r.end(row, row == 0 || row == 2, row == 2); // a cut, a termination, one unfinished
            r.next[row] = 1000; // no critic, no value ahead
            r.value[row] = 1000;
        }
        boolean[] ended = new boolean[5];
        Advantages.monteCarlo(r, 0.5, ended);
        assertArrayEquals(new float[] {1, 4, 4, 16, 16}, r.target);
        assertArrayEquals(new boolean[] {true, true, true, false, false}, ended);
    }

    @Test
    void explainedVarianceComparesErrorsWithDeviations() {
        Rollout r = rollout(4, 1);
        float[] targets = {1, 3, 5, 7}; // Σ deviation² = 20
        float[] errors = {1, -1, 1, 2};
        System.arraycopy(targets, 0, r.target, 0, 4);
        System.arraycopy(errors, 0, r.advantage, 0, 4);
        r.findLive();
        assertEquals(1 - 7 / 20.0, Advantages.explained(r), 1e-12);
        r.target[0] = r.target[1] = r.target[2] = r.target[3] = 2;
        assertEquals(0, Advantages.explained(r));
    }
}
