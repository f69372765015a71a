package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import marlab.sim.seed.RandomStream;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import org.junit.jupiter.api.Test;

/// The gradients of distributions and losses against central differences of their formulas in
/// double precision: |g − d| / |d| at most 1e-5, although g is computed in single precision. Prints
/// what was reached.
class DoublePrecisionLossTest {

    private static final double TOLERANCE = 1e-5;
    private static final double STEP = 1e-5;
    private static final int ROWS = 40;

    private final RandomStream random = new RandomStream(3);

    private float[] gaussians(int count) {
        float[] numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static void check(
            String name, float[] at, float[] gradient, ToDoubleFunction<double[]> loss) {
        double[] x = new double[at.length];
        for (int k = 0; k < x.length; k++) {
            x[k] = at[k];
        }
        double wrong = 0;
        double all = 0;
        for (int k = 0; k < x.length; k++) {
            x[k] = at[k] + STEP;
            double ahead = loss.applyAsDouble(x);
            x[k] = at[k] - STEP;
            double slope = (ahead - loss.applyAsDouble(x)) / (2 * STEP);
            x[k] = at[k];
            wrong += Math.pow(gradient[k] - slope, 2);
            all += slope * slope;
        }
        double error = Math.sqrt(wrong / all);
        System.out.printf("relative error of the gradient: %-28s %.1e%n", name, error);
        assertTrue(error <= TOLERANCE, name + ": " + error);
    }

    /// log p(action) and entropy of a categorical distribution.
    private static double[] categorical(double[] z, int at, int n, int action) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
            sum += Math.exp(z[at + k]);
        }
        double entropy = 0;
        for (int k = 0; k < n; k++) {
            double p = Math.exp(z[at + k]) / sum;
            entropy -= p * Math.log(p);
        }
        return new double[] {z[at + action] - Math.log(sum), entropy};
    }

    /// The same for normal distributions on a box from −1 to 1, whose log σ stays in [−4, 1].
    private static double[] gaussian(double[] z, int at, int n, float[] action, int actionAt) {
        double logP = 0;
        double entropy = 0;
        for (int k = 0; k < n; k++) {
            double sd = Math.exp(Math.clamp(z[at + 2 * k + 1], -4, 1));
            double u = (action[actionAt + k] - z[at + 2 * k]) / sd;
            logP -= 0.5 * u * u + Math.log(sd) + 0.5 * Math.log(2 * Math.PI);
            entropy += Math.log(sd) + 0.5 * Math.log(2 * Math.PI * Math.E);
        }
        return new double[] {logP, entropy};
    }

    private static ActionDistribution choices(int n) {
        List<Push> pushes = IntStream.range(0, n).mapToObj(k -> new Push("a" + k, 0, 0)).toList();
        return ActionDistribution.of(new ActionSpace.Discrete(pushes));
    }

    private static ActionDistribution box(int n) {
        List<Push> pushes = IntStream.range(0, n).mapToObj(k -> new Push("a" + k, 0, 0)).toList();
        return ActionDistribution.of(new ActionSpace.Box(pushes, -1, 1));
    }

    private void checkDistribution(String name, ActionDistribution d, boolean real, int n) {
        float[] outputs = gaussians(d.outputs());
        float[] action = new float[d.actionSize()];
        d.sample(outputs, 0, random, action, 0);
        float[] gradient = new float[d.outputs()];
        d.logProbability(outputs, 0, action, 0);
        d.gradient(1.5f, -0.7f, gradient, 0);
        check(
                name,
                outputs,
                gradient,
                z -> {
                    double[] v =
                            real
                                    ? gaussian(z, 0, n, action, 0)
                                    : categorical(z, 0, n, (int) action[0]);
                    return 1.5 * v[0] - 0.7 * v[1];
                });
    }

    @Test
    void distributions() {
        checkDistribution("categorical", choices(6), false, 6);
        checkDistribution("diagonal gaussian", box(3), true, 3);
    }

    private void checkPolicyLoss(String name, ActionDistribution d, boolean real, int n) {
        int width = d.outputs();
        float[] outputs = gaussians(ROWS * width);
        float[] action = new float[ROWS * d.actionSize()];
        float[] old = new float[ROWS];
        float[] advantage = gaussians(ROWS);
        for (int row = 0; row < ROWS; row++) {
            float logP = d.sample(outputs, row * width, random, action, row * d.actionSize());
            old[row] = logP + 0.4f * (float) random.nextGaussian(); // some ratios are clipped
        }
        PpoConfig config = PpoConfig.of(HyperParameters.defaults(PpoConfig.PARAMETERS)).at(0);
        float[] gradient = new float[outputs.length];
        PpoLoss.Sums sums = new PpoLoss.Sums();
        PpoLoss.policy(d, outputs, action, old, advantage, ROWS, config, gradient, sums);
        assertTrue(sums.clipped > 3 && sums.clipped < ROWS / 2, "clipped " + sums.clipped);
        check(
                name,
                outputs,
                gradient,
                z -> {
                    double loss = 0;
                    for (int row = 0; row < ROWS; row++) {
                        double[] v =
                                real
                                        ? gaussian(z, row * width, n, action, row * n)
                                        : categorical(z, row * width, n, (int) action[row]);
                        double ratio = Math.exp(v[0] - old[row]);
                        double a = advantage[row];
                        double clipped = Math.clamp(ratio, 1 - config.clip(), 1 + config.clip());
                        loss -= Math.min(ratio * a, clipped * a) + config.entropy() * v[1];
                    }
                    return loss / ROWS;
                });
    }

    @Test
    void losses() {
        checkPolicyLoss("clipped surrogate, choices", choices(5), false, 5);
        checkPolicyLoss("clipped surrogate, real", box(2), true, 2);
        float[] values = gaussians(ROWS);
        float[] targets = gaussians(ROWS);
        float[] gradient = new float[ROWS];
        PpoLoss.Sums sums = new PpoLoss.Sums();
        PpoLoss.value(values, targets, ROWS, 0.8, gradient, sums);
        ToDoubleFunction<double[]> huber =
                v -> {
                    double loss = 0;
                    for (int row = 0; row < ROWS; row++) {
                        double e = Math.abs(v[row] - targets[row]);
                        loss += e <= 0.8 ? 0.5 * e * e : 0.8 * (e - 0.4);
                    }
                    return loss / ROWS;
                };
        check("huber value loss", values, gradient, huber);
        double[] x = new double[ROWS];
        Arrays.setAll(x, k -> values[k]);
        assertEquals(huber.applyAsDouble(x), sums.loss / sums.rows, 1e-6);
    }
}
