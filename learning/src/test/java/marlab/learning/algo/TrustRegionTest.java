package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Activation;
import marlab.learning.net.Mlp;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The step of TRPO, checked against a small network in double precision that is written here once
/// more, by hand.
class TrustRegionTest {

    private static final int ROWS = 23;
    private static final int ROOM = 10; // batches of 10, 10 and 3
    private static final int INPUTS = 3;

    private final RandomStream random = new RandomStream(41);

    private static ActionDistribution distribution(boolean gaussian) {
        return gaussian ? new DiagonalGaussian(2, -1, 1) : new Categorical(4);
    }

    private Mlp network(boolean gaussian, List<Integer> hidden) {
        Mlp mlp = new Mlp(new PlainAlgebra(), INPUTS, hidden, 4, Activation.TANH, ROOM);
        mlp.initialise(1, random);
        float[] weights = mlp.parameters().values();
        for (int k = 0; k < weights.length; k++) {
            weights[k] += (float) (0.2 * random.nextGaussian());
        }
        if (gaussian) { // keep log σ away from its bounds
            weights[weights.length - 3] -= 1;
            weights[weights.length - 1] -= 1;
        }
        mlp.parameters().valuesChanged();
        return mlp;
    }

    private Rollout rollout(Mlp mlp, ActionDistribution distribution) {
        Rollout rollout = new Rollout(1, ROWS, INPUTS, 0, distribution.actionSize(), false);
        float[] output = new float[4];
        for (int k = 0; k < rollout.input.length; k++) {
            rollout.input[k] = (float) random.nextGaussian();
        }
        for (int row = 0; row < ROWS; row++) {
            mlp.forward(rollout.input, row * INPUTS, 1, output);
            rollout.logProbability[row] =
                    distribution.sample(
                            output, 0, random, rollout.action, row * distribution.actionSize());
            rollout.advantage[row] = (float) random.nextGaussian();
        }
        rollout.gone(5, true);
        rollout.findLive();
        return rollout;
    }

    /// Outputs of the network with one hidden layer of this width, or none, in doubles.
    private static double[] outputs(double[] w, int hidden, float[] input, int at) {
        double[] x = new double[INPUTS];
        for (int k = 0; k < INPUTS; k++) {
            x[k] = input[at + k];
        }
        int from = 0;
        if (hidden > 0) {
            x = layer(w, 0, x, hidden);
            from = hidden * INPUTS + hidden;
            for (int k = 0; k < hidden; k++) {
                x[k] = Math.tanh(x[k]);
            }
        }
        return layer(w, from, x, 4);
    }

    /// Weights column after column, then the bias.
    private static double[] layer(double[] w, int from, double[] x, int outputs) {
        double[] y = new double[outputs];
        for (int i = 0; i < outputs; i++) {
            y[i] = w[from + outputs * x.length + i];
            for (int k = 0; k < x.length; k++) {
                y[i] += w[from + k * outputs + i] * x[k];
            }
        }
        return y;
    }

    private static double divergence(boolean gaussian, double[] old, double[] now) {
        double sum = 0;
        if (gaussian) {
            for (int k = 0; k < 4; k += 2) {
                double shift = now[k] - old[k];
                double logOld = Math.clamp(old[k + 1], -4.0, 1.0);
                double logNow = Math.clamp(now[k + 1], -4.0, 1.0);
                sum += logNow - logOld - 0.5;
                sum += (Math.exp(2 * logOld) + shift * shift) / (2 * Math.exp(2 * logNow));
            }
            return sum;
        }
        double oldSum = 0;
        double nowSum = 0;
        for (int k = 0; k < 4; k++) {
            oldSum += Math.exp(old[k]);
            nowSum += Math.exp(now[k]);
        }
        for (int k = 0; k < 4; k++) {
            double logOld = old[k] - Math.log(oldSum);
            sum += Math.exp(logOld) * (logOld - now[k] + Math.log(nowSum));
        }
        return sum;
    }

    /// Mean divergence over the live rows after a change of the weights.
    private static double divergence(
            boolean gaussian, int hidden, Rollout rollout, float[] weights, double[] change) {
        double[] old = new double[weights.length];
        double[] now = new double[weights.length];
        for (int k = 0; k < old.length; k++) {
            old[k] = weights[k];
            now[k] = weights[k] + change[k];
        }
        double sum = 0;
        for (int k = 0; k < rollout.liveRows(); k++) {
            int at = rollout.live[k] * INPUTS;
            sum +=
                    divergence(
                            gaussian,
                            outputs(old, hidden, rollout.input, at),
                            outputs(now, hidden, rollout.input, at));
        }
        return sum / rollout.liveRows();
    }

    private double[] gaussians(int count) {
        double[] numbers = new double[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    /// uᵀ·F·v = [K(u + v) − K(u − v)]/2 where K(x) = xᵀ·F·x/2, the divergence for small x.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fisherProductsAreSecondDifferencesOfTheDivergence(boolean gaussian) {
        Mlp mlp = network(gaussian, List.of(6));
        ActionDistribution distribution = distribution(gaussian);
        Rollout rollout = rollout(mlp, distribution);
        float[] weights = mlp.parameters().values().clone();
        TrustRegion region = new TrustRegion(mlp, distribution, ROWS);
        region.begin(rollout);
        int size = weights.length;
        double[] product = new double[size];
        double h = 2e-4;
        for (int sample = 0; sample < 10; sample++) {
            double[] u = gaussians(size);
            double[] v = gaussians(size);
            region.multiply(v, product);
            double difference = 0;
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] change = new double[size];
                for (int side = -1; side <= 1; side += 2) {
                    for (int k = 0; k < size; k++) {
                        change[k] = side * h * (u[k] + sign * v[k]);
                    }
                    difference += sign * divergence(gaussian, 6, rollout, weights, change);
                }
            }
            double expected = difference / (4 * h * h);
            double found = dot(u, product) - TrustRegion.DAMPING * dot(u, v);
            double scale = Math.sqrt(dot(u, u) * dot(product, product));
            assertEquals(expected, found, 1e-5 * scale, "sample " + sample);
        }
    }

    /// With fewer weights than iterations conjugate gradients are exact: the step is along (F +
    /// 0.1·I)⁻¹·g, solved here by elimination, and as long as the quadratic model allows.
    @Test
    void theStepIsTheNaturalGradient() {
        Mlp mlp = new Mlp(new PlainAlgebra(), 2, List.of(), 3, Activation.TANH, ROOM); // 9 weights
        mlp.initialise(0.5, random);
        Categorical distribution = new Categorical(3);
        Rollout rollout = new Rollout(1, ROWS, 2, 0, 1, false);
        float[] output = new float[3];
        for (int row = 0; row < ROWS; row++) {
            rollout.input[2 * row] = (float) random.nextGaussian();
            rollout.input[2 * row + 1] = (float) random.nextGaussian();
            mlp.forward(rollout.input, 2 * row, 1, output);
            rollout.logProbability[row] =
                    distribution.sample(output, 0, random, rollout.action, row);
            rollout.advantage[row] = (float) random.nextGaussian();
        }
        rollout.findLive();
        int size = 9;
        double[][] matrix = new double[size][size + 1];
        for (int row = 0; row < ROWS; row++) {
            float[] x = {rollout.input[2 * row], rollout.input[2 * row + 1], 1};
            mlp.forward(rollout.input, 2 * row, 1, output);
            float[] p = distribution.probabilities(output, 0);
            for (int a = 0; a < size; a++) {
                int j = a % 3;
                double indicator = (int) rollout.action[row] == j ? 1 : 0;
                matrix[a][size] += rollout.advantage[row] * (indicator - p[j]) * x[a / 3] / ROWS;
                for (int b = 0; b < size; b++) {
                    int k = b % 3;
                    double fisher = (j == k ? p[j] : 0) - p[j] * p[k];
                    matrix[a][b] += fisher * x[a / 3] * x[b / 3] / ROWS;
                }
            }
        }
        for (int a = 0; a < size; a++) {
            matrix[a][a] += 0.1;
        }
        double[] gradient = new double[size];
        for (int a = 0; a < size; a++) {
            gradient[a] = matrix[a][size];
        }
        double[] x = solve(matrix);
        double delta = 1e-4;
        double length = Math.sqrt(2 * delta / dot(gradient, x)); // xᵀ(F + 0.1·I)x = xᵀg
        float[] before = mlp.parameters().values().clone();
        TrustRegion.Step step =
                new TrustRegion(mlp, distribution, ROWS).step(rollout, delta, new PpoLoss.Sums());
        assertEquals(1, step.taken());
        assertEquals(length * dot(gradient, x), step.improvement(), 2e-4);
        for (int a = 0; a < size; a++) {
            double moved = mlp.parameters().values()[a] - before[a];
            assertEquals(length * x[a], moved, 1e-5, "weight " + a);
        }
    }

    /// Gauss–Jordan elimination of a symmetric positive definite system, [size × (size + 1)].
    private static double[] solve(double[][] m) {
        int size = m.length;
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                double factor = b == a ? 0 : m[b][a] / m[a][a];
                for (int k = a; k <= size; k++) {
                    m[b][k] -= factor * m[a][k];
                }
            }
        }
        double[] x = new double[size];
        for (int a = 0; a < size; a++) {
            x[a] = m[a][size] / m[a][a];
        }
        return x;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void longStepsAreShortenedUntilTheyAreWithinTheBound(boolean gaussian) {
        ActionDistribution distribution = distribution(gaussian);
        int shortened = 0;
        for (double delta = 1e-4; delta < 2; delta *= 4) {
            Mlp mlp = network(gaussian, List.of(6));
            Rollout rollout = rollout(mlp, distribution);
            float[] before = mlp.parameters().values().clone();
            TrustRegion.Step step =
                    new TrustRegion(mlp, distribution, ROWS)
                            .step(rollout, delta, new PpoLoss.Sums());
            double[] change = new double[before.length];
            for (int k = 0; k < change.length; k++) {
                change[k] = mlp.parameters().values()[k] - before[k];
            }
            double kl = divergence(gaussian, 6, rollout, before, change);
            assertEquals(kl, step.kl(), 1e-5 * (1 + kl));
            assertTrue(kl <= delta * (1 + 1e-4), "divergence " + kl + ", bound " + delta);
            assertEquals(step.taken() > 0, step.improvement() > 0);
            assertEquals(step.taken() > 0, dot(change, change) > 0);
            shortened += step.taken() < 1 ? 1 : 0;
        }
        assertTrue(shortened > 0, "the line search had nothing to do");
    }

    @Test
    void withoutAdvantageNothingMoves() {
        Mlp mlp = network(false, List.of(6));
        Rollout rollout = rollout(mlp, distribution(false));
        java.util.Arrays.fill(rollout.advantage, 0);
        float[] before = mlp.parameters().values().clone();
        TrustRegion.Step step =
                new TrustRegion(mlp, distribution(false), ROWS)
                        .step(rollout, 0.01, new PpoLoss.Sums());
        assertEquals(new TrustRegion.Step(0, 0, 0), step);
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, mlp.parameters().values());
    }
}
