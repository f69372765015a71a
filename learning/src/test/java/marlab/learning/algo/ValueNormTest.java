package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ValueNormTest {

    @Test
    void nothingIsScaledBeforeTheFirstReturns() {
        ValueNorm norm = new ValueNorm();
        assertEquals(0, norm.mean());
        assertEquals(1, norm.deviation());
    }

    @Test
    void theFirstBatchSetsMeanAndSpreadWithoutBiasTowardsZero() {
        ValueNorm norm = new ValueNorm();
        norm.update(new float[] {10, 14, 999}, new int[] {0, 1}, 2);
        assertEquals(12, norm.mean(), 1e-5);
        assertEquals(2, norm.deviation(), 1e-5);
    }

    @Test
    void laterBatchesCountWithExponentialWeights() {
        ValueNorm norm = new ValueNorm();
        norm.update(new float[] {0, 2}, new int[] {0, 1}, 2);
        norm.update(new float[] {4, 6}, new int[] {0, 1}, 2);
        double w = 0.1 + 0.09;
        double mean = (0.1 * 5 + 0.09 * 1) / w;
        double square = (0.1 * 26 + 0.09 * 2) / w;
        assertEquals(mean, norm.mean(), 1e-5);
        assertEquals(Math.sqrt(square - mean * mean), norm.deviation(), 1e-5);
    }

    @Test
    void equalReturnsDoNotMakeTheSpreadZero() {
        ValueNorm norm = new ValueNorm();
        norm.update(new float[] {5, 5, 5}, new int[] {0, 1, 2}, 3);
        assertEquals(5, norm.mean(), 1e-6);
        assertEquals(0.01, norm.deviation(), 1e-6);
    }

    @Test
    void aSavedStateGoesOnTheSame() {
        ValueNorm one = new ValueNorm();
        one.update(new float[] {1, 7, -3}, new int[] {0, 1, 2}, 3);
        ValueNorm other = new ValueNorm();
        other.load(one.save());
        one.update(new float[] {2, 9}, new int[] {0, 1}, 2);
        other.update(new float[] {2, 9}, new int[] {0, 1}, 2);
        assertEquals(one.mean(), other.mean());
        assertEquals(one.deviation(), other.deviation());
    }
}
