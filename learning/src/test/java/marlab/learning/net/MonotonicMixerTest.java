package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.learning.nd4j.Nd4jAlgebra;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MonotonicMixerTest {

    private static final String ALGEBRAS = "marlab.learning.net.Algebras#all";
    private static final int AGENTS = 3;
    private static final int STATE = 4;
    private static final int ROWS = 3;

    private final RandomStream random = new RandomStream(11);

    private MonotonicMixer mixer(LinearAlgebra algebra, int capacity) {
        MonotonicMixer mixer = new MonotonicMixer(algebra, AGENTS, STATE, capacity);
        mixer.initialise(random);
        float[] weights = mixer.parameters().values();
        for (int k = 0; k < weights.length; k++) { // biases too
            weights[k] += (float) (0.1 * random.nextGaussian());
        }
        mixer.parameters().valuesChanged();
        return mixer;
    }

    private float[] gaussians(int count) {
        float[] numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /// Q_tot as the paper writes it, in double precision.
    private static final class Reference {
        final Parameters parameters;
        final double[] weights;

        Reference(MonotonicMixer mixer) {
            parameters = mixer.parameters();
            weights = new double[parameters.size()];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = parameters.values()[k];
            }
        }

        double[] layer(String name, double[] x, boolean relu) {
            Parameters.Block w = parameters.blocks().get(name + ".weight");
            Parameters.Block b = parameters.blocks().get(name + ".bias");
            double[] y = new double[w.rows()];
            for (int r = 0; r < w.rows(); r++) {
                y[r] = weights[b.at() + r];
                for (int c = 0; c < w.columns(); c++) {
                    y[r] += weights[w.at() + c * w.rows() + r] * x[c];
                }
                y[r] = relu ? Math.max(0, y[r]) : y[r];
            }
            return y;
        }

        double total(double[] input, int at) {
            double[] state = java.util.Arrays.copyOfRange(input, at + AGENTS, at + AGENTS + STATE);
            double[] w1 = layer("w1", layer("w1.hidden", state, true), false);
            double[] b1 = layer("b1", state, false);
            double[] w2 = layer("w2", layer("w2.hidden", state, true), false);
            double total = layer("b2", layer("b2.hidden", state, true), false)[0];
            for (int k = 0; k < b1.length; k++) {
                double z = b1[k];
                for (int i = 0; i < AGENTS; i++) {
                    z += input[at + i] * Math.abs(w1[i * b1.length + k]);
                }
                total += (z < 0 ? Math.expm1(z) : z) * Math.abs(w2[k]);
            }
            return total;
        }

        double loss(double[] input, float[] slope) {
            double loss = 0;
            for (int row = 0; row < ROWS; row++) {
                loss += slope[row] * total(input, row * (AGENTS + STATE));
            }
            return loss;
        }
    }

    private static double difference(
            double[] numbers, int k, java.util.function.DoubleSupplier loss) {
        double before = numbers[k];
        numbers[k] = before + 1e-6;
        double ahead = loss.getAsDouble();
        numbers[k] = before - 1e-6;
        double behind = loss.getAsDouble();
        numbers[k] = before;
        return (ahead - behind) / 2e-6;
    }

    /// Weights and agents' values; errors are measured against the largest slope.
    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void outputsAndGradientsAreThoseOfAReferenceInDoublePrecision(LinearAlgebra algebra) {
        MonotonicMixer mixer = mixer(algebra, ROWS + 3);
        int width = AGENTS + STATE;
        float[] input = gaussians(ROWS * width);
        double[] exact = new double[input.length];
        for (int k = 0; k < exact.length; k++) {
            exact[k] = input[k];
        }
        Reference reference = new Reference(mixer);
        float[] output = new float[ROWS];
        mixer.forward(input, 0, ROWS, output);
        for (int row = 0; row < ROWS; row++) {
            double total = reference.total(exact, row * width);
            assertEquals(total, output[row], 1e-5 * Math.max(1, Math.abs(total)));
        }
        float[] slope = gaussians(ROWS);
        mixer.backward(slope, ROWS);
        float[] gradient = mixer.parameters().gradient();
        double largest = 0;
        for (float g : gradient) {
            largest = Math.max(largest, Math.abs(g));
        }
        for (int k = 0; k < gradient.length; k += 3) { // every third: it takes its time
            double expected = difference(reference.weights, k, () -> reference.loss(exact, slope));
            assertEquals(expected, gradient[k], 1e-5 * largest, "weight " + k);
        }
        for (int row = 0; row < ROWS; row++) {
            for (int i = 0; i < AGENTS; i++) {
                double expected =
                        difference(exact, row * width + i, () -> reference.loss(exact, slope));
                assertEquals(
                        expected,
                        mixer.valueGradient()[row * AGENTS + i],
                        1e-5 * Math.max(1, Math.abs(expected)));
            }
        }
    }

    @Test
    void inAHundredThousandStatesTheTeamsValueNeverFallsWhenAnAgentsRises() {
        int rows = 1000;
        MonotonicMixer mixer = mixer(new Nd4jAlgebra(), rows);
        float[] slope = new float[rows];
        java.util.Arrays.fill(slope, 1);
        float[] before = new float[rows];
        float[] after = new float[rows];
        double steepest = 0;
        for (int batch = 0; batch < 100; batch++) {
            float[] input = gaussians(rows * (AGENTS + STATE));
            for (int k = 0; k < input.length; k++) {
                input[k] *= 3;
            }
            mixer.forward(input, 0, rows, before);
            mixer.backward(slope, rows);
            for (int k = 0; k < rows * AGENTS; k++) {
                float rise = mixer.valueGradient()[k];
                assertTrue(rise >= 0, "∂Q_tot/∂Q = " + rise);
                steepest = Math.max(steepest, rise);
            }
            for (int row = 0; row < rows; row++) {
                input[row * (AGENTS + STATE) + batch % AGENTS] += 0.5f;
            }
            mixer.forward(input, 0, rows, after);
            for (int row = 0; row < rows; row++) {
                assertTrue(after[row] >= before[row] - 1e-5f * Math.abs(before[row]));
            }
        }
        assertTrue(steepest > 0.5, "values have no effect");
    }

    @Test
    void beginsNearTheSum() {
        MonotonicMixer mixer = new MonotonicMixer(new PlainAlgebra(), AGENTS, STATE, 1000);
        mixer.initialise(random);
        float[] slope = new float[1000];
        java.util.Arrays.fill(slope, 1);
        mixer.forward(gaussians(1000 * (AGENTS + STATE)), 0, 1000, new float[1000]);
        mixer.backward(slope, 1000);
        double sum = 0;
        for (float rise : mixer.valueGradient()) {
            sum += rise;
        }
        assertEquals(1, sum / mixer.valueGradient().length, 0.3);
    }
}
