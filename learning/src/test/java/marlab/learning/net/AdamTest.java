package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class AdamTest {

    /// Algorithm 1 of the paper, word by word, in double precision.
    private static double[] byThePaper(double[][] gradients, double rate, double epsilon) {
        double[] weights = new double[gradients[0].length];
        double[] m = new double[weights.length];
        double[] v = new double[weights.length];
        for (int t = 1; t <= gradients.length; t++) {
            for (int k = 0; k < weights.length; k++) {
                double g = gradients[t - 1][k];
                m[k] = 0.9 * m[k] + 0.1 * g;
                v[k] = 0.999 * v[k] + 0.001 * g * g;
                double mHat = m[k] / (1 - Math.pow(0.9, t));
                double vHat = v[k] / (1 - Math.pow(0.999, t));
                weights[k] -= rate * mHat / (Math.sqrt(vHat) + epsilon);
            }
        }
        return weights;
    }

    @Test
    void stepsAreThoseOfThePaper() {
        double[][] gradients = {{1, -2, 1e-6}, {0.5, 3, 0}, {-4, 0.1, 1e-6}, {0.2, 0.2, -1e-5}};
        Adam adam = new Adam(3, 1e-5);
        float[] weights = new float[3];
        for (double[] gradient : gradients) {
            float[] g = {(float) gradient[0], (float) gradient[1], (float) gradient[2]};
            adam.step(weights, g, 0.01, Double.MAX_VALUE);
        }
        double[] expected = byThePaper(gradients, 0.01, 1e-5);
        for (int k = 0; k < 3; k++) {
            assertEquals(
                    expected[k], weights[k], 1e-6 * Math.abs(expected[k]) + 1e-9, "weight " + k);
        }
    }

    @Test
    void theFirstStepIsTheRateAgainstTheSign() {
        float[] weights = {0, 0};
        new Adam(2, 0).step(weights, new float[] {300, -1e-3f}, 0.01, 1e9);
        assertArrayEquals(new float[] {-0.01f, 0.01f}, weights, 1e-7f);
    }

    @Test
    void aLongGradientIsScaledToTheLargestNorm() {
        Adam clipped = new Adam(2, 1);
        Adam scaled = new Adam(2, 1);
        float[] a = {0, 0};
        float[] b = {0, 0};
        double norm = clipped.step(a, new float[] {30, 40}, 0.1, 5);
        scaled.step(b, new float[] {3, 4}, 0.1, 5);
        assertEquals(50, norm, 1e-9);
        assertArrayEquals(b, a, 1e-8f);
        assertArrayEquals(new float[] {0.3f, 0.4f}, clipped.mean(), 1e-6f);
    }

    @Test
    void aShortGradientStaysAsItIs() {
        Adam adam = new Adam(2, 1);
        assertEquals(5, adam.step(new float[2], new float[] {3, 4}, 0.1, 5.001), 1e-9);
        assertArrayEquals(new float[] {0.3f, 0.4f}, adam.mean(), 1e-6f);
    }

    @Test
    void anotherOptimiserGoesOnFromSavedMoments() {
        Adam one = new Adam(1, 1e-5);
        float[] a = {0};
        one.step(a, new float[] {1}, 0.1, 10);
        Adam other = new Adam(1, 1e-5);
        other.mean()[0] = one.mean()[0];
        other.square()[0] = one.square()[0];
        other.steps(one.steps());
        float[] b = a.clone();
        one.step(a, new float[] {-2}, 0.1, 10);
        other.step(b, new float[] {-2}, 0.1, 10);
        assertArrayEquals(a, b);
        assertEquals(2, other.steps());
    }
}
