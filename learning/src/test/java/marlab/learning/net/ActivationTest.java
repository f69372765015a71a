package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ActivationTest {

    private static float tanh(float x) {
        float[] one = {x};
        Activation.TANH.apply(one, 1);
        return one[0];
    }

    @Test
    void tanhIsWithinAMillionthOfTheTrueOne() {
        double worst = 0;
        for (int k = -200_000; k <= 200_000; k++) {
            float x = k * 1e-4f;
            worst = Math.max(worst, Math.abs(tanh(x) - Math.tanh(x)));
        }
        assertTrue(worst < 4e-7, "worst error " + worst);
    }

    @Test
    void tanhIsOddAndNeverBeyondOneByMoreThanRounding() {
        for (float x = 0; x < 30; x += 0.01f) {
            assertEquals(-tanh(x), tanh(-x));
            assertTrue(tanh(x) <= 1 + 3e-7f, "tanh " + x);
        }
        assertEquals(1, tanh(Float.POSITIVE_INFINITY), 4e-7);
        assertEquals(-1, tanh(-1e30f), 4e-7);
    }

    @Test
    void smallNumbersKeepTheirRelativePrecision() {
        for (float x = 1e-30f; x < 1e-3f; x *= 3) {
            assertEquals(1, tanh(x) / x, 2e-6, "tanh " + x);
        }
    }

    @Test
    void aNumberThatIsNoneStaysNone() {
        assertTrue(Float.isNaN(tanh(Float.NaN)));
    }

    @Test
    void reluCutsNegativeNumbersAndTheirGradient() {
        float[] x = {-2, 0, 3, -1};
        Activation.RELU.apply(x, 3); // the fourth is not asked for
        assertArrayEquals(new float[] {0, 0, 3, -1}, x);
        float[] slope = {5, 6, 7};
        Activation.RELU.differentiate(x, slope, 3);
        assertArrayEquals(new float[] {0, 0, 7}, slope);
    }

    @Test
    void identityChangesNothing() {
        float[] x = {-2, 3};
        Activation.IDENTITY.apply(x, 2);
        assertArrayEquals(new float[] {-2, 3}, x);
        float[] slope = {5, 6};
        Activation.IDENTITY.differentiate(x, slope, 2);
        assertArrayEquals(new float[] {5, 6}, slope);
    }

    @Test
    void slopeOfTanhFollowsFromItsOutput() {
        float[] slope = {2};
        Activation.TANH.differentiate(new float[] {0.5f}, slope, 1);
        assertEquals(1.5f, slope[0]);
    }
}
