package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import marlab.sim.seed.RandomStream;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import org.junit.jupiter.api.Test;

/// Outputs and losses of one row, then gradients against central differences of the definition in
/// double precision.
class PpoLossTest {

    private static final double CLIP = 0.2;
    private static final double ENTROPY = 0.07;
    private static final PpoConfig CONFIG =
            new PpoConfig(1, 1, 1e-3, 1, 0.9, 0.95, CLIP, ENTROPY, 10, 1.5);
    private static final List<Push> THREE =
            List.of(new Push("a", 0, 0), new Push("b", 0, 0), new Push("c", 0, 0));

    private final RandomStream random = new RandomStream(11);

    /// −min(ρA, clip(ρ)A) − c·H by definition.
    private interface Definition {
        double loss(double[] outputs, float[] action, double old, double advantage);
    }

    private static double surrogate(double logP, double old, double advantage) {
        double ratio = Math.exp(logP - old);
        double clipped = Math.max(1 - CLIP, Math.min(1 + CLIP, ratio));
        return -Math.min(ratio * advantage, clipped * advantage);
    }

    private static double categorical(double[] z, float[] action, double old, double advantage) {
        double sum = 0;
        for (double logit : z) {
            sum += Math.exp(logit);
        }
        double entropy = 0;
        for (double logit : z) {
            double p = Math.exp(logit) / sum;
            entropy -= p * Math.log(p);
        }
        double logP = z[(int) action[0]] - Math.log(sum);
        return surrogate(logP, old, advantage) - ENTROPY * entropy;
    }

    /// Box [1, 5]: middle 3, half 2.
    private static double gaussian(double[] outputs, float[] action, double old, double advantage) {
        double logP = 0;
        double entropy = 0;
        for (int k = 0; k < action.length; k++) {
            double mean = outputs[2 * k];
            double logSd = Math.max(-4, Math.min(1, outputs[2 * k + 1]));
            double u = ((action[k] - 3) / 2 - mean) / Math.exp(logSd);
            logP += -0.5 * u * u - logSd - 0.5 * Math.log(2 * Math.PI);
            entropy += logSd + 0.5 * Math.log(2 * Math.PI * Math.E);
        }
        return surrogate(logP, old, advantage) - ENTROPY * entropy;
    }

    private void check(
            ActionDistribution distribution,
            Definition definition,
            float[] outputs,
            float[] actions,
            float[] logRatios,
            float[] advantages) {
        int rows = advantages.length;
        int width = distribution.outputs();
        int size = distribution.actionSize();
        float[] old = new float[rows];
        for (int row = 0; row < rows; row++) {
            old[row] =
                    distribution.logProbability(outputs, row * width, actions, row * size)
                            - logRatios[row];
        }
        float[] gradient = new float[outputs.length];
        PpoLoss.Sums sums = new PpoLoss.Sums();
        PpoLoss.policy(
                distribution, outputs, actions, old, advantages, rows, CONFIG, gradient, sums);
        assertEquals(rows, sums.rows);
        double total = 0;
        for (int row = 0; row < rows; row++) {
            double[] z = new double[width];
            float[] action = new float[size];
            for (int k = 0; k < width; k++) {
                z[k] = outputs[row * width + k];
            }
            System.arraycopy(actions, row * size, action, 0, size);
            double here = definition.loss(z, action, old[row], advantages[row]);
            total += here;
            for (int k = 0; k < width; k++) {
                double slope = slope(definition, z, k, action, old[row], advantages[row]);
                assertEquals(
                        slope / rows,
                        gradient[row * width + k],
                        2e-4 * Math.abs(slope) + 1e-5,
                        "row " + row + ", output " + k);
            }
        }
        assertEquals(total, sums.loss - ENTROPY * sums.entropy, 1e-4 * (1 + Math.abs(total)));
    }

    private static double slope(
            Definition definition, double[] z, int k, float[] action, double old, double a) {
        double step = 1e-5;
        double[] up = z.clone();
        double[] down = z.clone();
        up[k] += step;
        down[k] -= step;
        return (definition.loss(up, action, old, a) - definition.loss(down, action, old, a))
                / (2 * step);
    }

    /// Ratios inside, above and below the clip range, each with both signs of the advantage.
    private static final float[] LOG_RATIOS = {0, 0.1f, -0.1f, 0.5f, -0.5f, 0.5f, -0.5f, 0.1f};

    private static final float[] ADVANTAGES = {1, -2, 0.5f, 1.5f, 1.5f, -1.5f, -1.5f, 0};

    @Test
    void gradientOfThePolicyLossOverChoicesIsThatOfItsDefinition() {
        float[] outputs = new float[3 * 8];
        float[] actions = new float[8];
        for (int row = 0; row < 8; row++) {
            actions[row] = row % 3;
            for (int k = 0; k < 3; k++) {
                outputs[3 * row + k] = (float) random.nextGaussian();
            }
        }
        check(
                new Categorical(3),
                PpoLossTest::categorical,
                outputs,
                actions,
                LOG_RATIOS,
                ADVANTAGES);
    }

    @Test
    void gradientOfThePolicyLossOverNumbersIsThatOfItsDefinition() {
        float[] outputs = new float[4 * 8];
        float[] actions = new float[2 * 8];
        for (int row = 0; row < 8; row++) {
            for (int k = 0; k < 2; k++) {
                outputs[4 * row + 2 * k] = (float) random.nextGaussian() / 2;
                outputs[4 * row + 2 * k + 1] = (float) random.nextGaussian() / 2 - 0.5f;
                actions[2 * row + k] = 3 + (float) random.nextGaussian();
            }
        }
        outputs[1] = 1.7f; // beyond the range of log σ, on both sides
        outputs[5] = -4.5f;
        actions[2] = 3 + 2 * outputs[4] + 0.02f; // near the mean, the spread being tiny
        check(
                new DiagonalGaussian(2, 1, 5),
                PpoLossTest::gaussian,
                outputs,
                actions,
                LOG_RATIOS,
                ADVANTAGES);
    }

    @Test
    void aClippedSampleHasNoGradientButThatOfTheEntropyBonus() {
        Categorical choices = new Categorical(3);
        float[] outputs = {0.3f, -0.2f, 0.5f};
        float[] action = {2};
        float logP = choices.logProbability(outputs, 0, action, 0);
        PpoConfig noBonus = new PpoConfig(1, 1, 1, 1, 1, 1, CLIP, 0, 10, 10);
        float[][] cases = {
            {0.5f, 1, 0}, {-0.5f, -1, 0}, {0.5f, -1, 1}, {-0.5f, 1, 1}, {0.1f, 1, 1}
        };
        for (float[] c : cases) { // log ratio, advantage, whether it counts
            float[] gradient = new float[3];
            PpoLoss.Sums sums = new PpoLoss.Sums();
            PpoLoss.policy(
                    choices,
                    outputs,
                    action,
                    new float[] {logP - c[0]},
                    new float[] {c[1]},
                    1,
                    noBonus,
                    gradient,
                    sums);
            assertEquals(c[2] == 0 ? 1 : 0, sums.clipped);
            assertEquals(c[2] == 1, Math.abs(gradient[0]) > 1e-3);
        }
    }

    @Test
    void klIsZeroForTheSamePolicyAndTheTrueDivergenceOnAverage() {
        Categorical choices = new Categorical(3);
        float[] before = {0.3f, -0.2f, 0.5f};
        float[] after = {0.6f, -0.5f, 0.1f};
        float[] p = choices.probabilities(before, 0).clone();
        float[] q = choices.probabilities(after, 0).clone();
        double truth = 0;
        double estimate = 0;
        for (int k = 0; k < 3; k++) {
            truth += p[k] * Math.log(p[k] / q[k]);
            estimate += p[k] * kl(choices, after, k, (float) Math.log(p[k]));
            assertEquals(0, kl(choices, before, k, (float) Math.log(p[k])), 1e-6);
        }
        assertTrue(truth > 0.05);
        assertEquals(truth, estimate, 1e-6);
    }

    private static double kl(Categorical choices, float[] outputs, int action, float old) {
        PpoLoss.Sums sums = new PpoLoss.Sums();
        PpoLoss.policy(
                choices,
                outputs,
                new float[] {action},
                new float[] {old},
                new float[] {1},
                1,
                CONFIG,
                new float[3],
                sums);
        return sums.kl;
    }

    @Test
    void valueLossIsSquaredNearTheTargetAndLinearBeyond() {
        float[] values = {1, 2, -3, 5};
        float[] targets = {0.5f, 2, 1, 1};
        float[] gradient = new float[4];
        PpoLoss.Sums sums = new PpoLoss.Sums();
        PpoLoss.value(values, targets, 4, 1.5, gradient, sums);
        // errors 0.5, 0, −4, 4 with δ = 1.5
        assertEquals(0.125 + 0 + 2 * (1.5 * 4 - 1.125), sums.loss, 1e-6);
        float[] expected = {0.125f, 0, -0.375f, 0.375f};
        for (int k = 0; k < 4; k++) {
            assertEquals(expected[k], gradient[k], 1e-7f);
        }
    }

    @Test
    void gradientOfTheValueLossIsThatOfCentralDifferences() {
        for (float value = -4; value <= 4; value += 0.37f) {
            float[] gradient = new float[1];
            float[] target = {0.2f};
            PpoLoss.value(new float[] {value}, target, 1, 1.5, gradient, new PpoLoss.Sums());
            double slope = (loss(value + 1e-3f) - loss(value - 1e-3f)) / 2e-3;
            assertEquals(slope, gradient[0], 2e-3);
        }
    }

    private static double loss(float value) {
        PpoLoss.Sums sums = new PpoLoss.Sums();
        PpoLoss.value(new float[] {value}, new float[] {0.2f}, 1, 1.5, new float[1], sums);
        return sums.loss;
    }

    @Test
    void distributionsFollowFromTheSpace() {
        assertEquals(3, ActionDistribution.of(new ActionSpace.Discrete(THREE)).outputs());
        assertEquals(6, ActionDistribution.of(new ActionSpace.Box(THREE, 0, 1)).outputs());
    }
}
