package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GruTest {

    private static final String ALGEBRAS = "marlab.learning.net.Algebras#all";
    private static final int INPUTS = 3;
    private static final int STEPS = 7;
    private static final int LANES = 4;
    private static final int WIDTH = 6;
    private static final int OUTPUTS = 2;

    private final RandomStream random = new RandomStream(11);
    private final float[] input = gaussians(STEPS * LANES * INPUTS);
    private final float[] memory = gaussians(LANES * WIDTH);

    private float[] gaussians(int count) {
        float[] numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private Gru gru(LinearAlgebra algebra, Integer... hidden) {
        Gru gru =
                new Gru(
                        algebra,
                        new Parameters(),
                        INPUTS,
                        List.of(hidden),
                        OUTPUTS,
                        Activation.TANH,
                        STEPS * LANES + 5);
        gru.initialise(1, random);
        float[] weights = gru.parameters().values();
        for (int k = 0; k < weights.length; k++) {
            weights[k] += (float) (0.2 * random.nextGaussian());
        }
        gru.parameters().valuesChanged();
        return gru;
    }

    /// Lane 0 begins in the first step, lane 1 twice in the middle, lane 2 in the last, lane 3
    /// never.
    private static boolean[] begins() {
        boolean[] begins = new boolean[STEPS * LANES];
        begins[0] = true;
        begins[2 * LANES + 1] = true;
        begins[5 * LANES + 1] = true;
        begins[6 * LANES + 2] = true;
        return begins;
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void gradientThroughTimeAndResetsIsThatOfCentralDifferences(LinearAlgebra algebra) {
        Gru gru = gru(algebra, 5, WIDTH);
        new Gradients(gru, input, STEPS, LANES, memory, begins(), random).check();
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void gradientWithoutDenseLayersIsThatOfCentralDifferences(LinearAlgebra algebra) {
        Gru gru = gru(algebra, WIDTH);
        new Gradients(gru, input, STEPS, LANES, memory, begins(), random).check();
    }

    private float[] sequence(Gru gru, float[] carried, boolean[] begins) {
        float[] output = new float[STEPS * LANES * OUTPUTS];
        gru.forward(input, 0, STEPS, LANES, carried, begins, 0, output);
        return output;
    }

    /// As acting does it, one step after the other, and all at once, as learning does.
    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void aSequenceGivesWhatItsStepsGive(LinearAlgebra algebra) {
        Gru gru = gru(algebra, 5, WIDTH);
        float[] carried = memory.clone();
        float[] whole = sequence(gru, carried, begins());
        float[] step = memory.clone();
        float[] one = new float[LANES * OUTPUTS];
        for (int t = 0; t < STEPS; t++) {
            gru.forward(input, t * LANES * INPUTS, 1, LANES, step, begins(), t * LANES, one);
            int at = t * LANES * OUTPUTS;
            assertArrayEquals(Arrays.copyOfRange(whole, at, at + one.length), one, 1e-6f);
        }
        assertArrayEquals(carried, step, 1e-6f);
    }

    @Test
    void lanesDoNotMixAndABeginningForgets() {
        Gru gru = gru(new PlainAlgebra(), 5, WIDTH);
        float[] before = sequence(gru, memory.clone(), begins());
        for (int t = 0; t < 2; t++) { // lane 1, before its first beginning
            input[(t * LANES + 1) * INPUTS] += 1;
        }
        memory[WIDTH] += 1; // of lane 1
        float[] after = sequence(gru, memory.clone(), begins());
        for (int k = 0; k < before.length; k++) {
            int row = k / OUTPUTS;
            boolean touched = row % LANES == 1 && row / LANES < 2;
            assertEquals(touched, before[k] != after[k], "row " + row);
        }
    }

    @Test
    void withoutMemoryEveryRowIsAFirstStep() {
        Gru gru = gru(new PlainAlgebra(), 5, WIDTH);
        int rows = STEPS * LANES;
        float[] alone = new float[rows * OUTPUTS];
        gru.forward(input, 0, rows, alone);
        boolean[] always = new boolean[rows];
        Arrays.fill(always, true);
        assertArrayEquals(sequence(gru, memory.clone(), always), alone);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// W·x + b of a block pair.
    private static double[] affine(Gru gru, String name, double[] x) {
        float[] values = gru.parameters().values();
        Parameters.Block weight = gru.parameters().blocks().get(name + ".weight");
        Parameters.Block bias = gru.parameters().blocks().get(name + ".bias");
        double[] y = new double[weight.rows()];
        for (int o = 0; o < y.length; o++) {
            y[o] = values[bias.at() + o];
            for (int k = 0; k < x.length; k++) {
                y[o] += values[weight.at() + k * y.length + o] * x[k];
            }
        }
        return y;
    }

    /// PyTorch's documentation of torch.nn.GRU, line by line.
    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void aStepIsTheFormula(LinearAlgebra algebra) {
        Gru gru = gru(algebra, WIDTH);
        double[] x = {input[0], input[1], input[2]};
        double[] h = new double[WIDTH];
        Arrays.setAll(h, k -> memory[k]);
        double[] i = affine(gru, "gru.input", x);
        double[] m = affine(gru, "gru.memory", h);
        double[] next = new double[WIDTH];
        for (int k = 0; k < WIDTH; k++) {
            double r = sigmoid(i[k] + m[k]);
            double z = sigmoid(i[WIDTH + k] + m[WIDTH + k]);
            double n = Math.tanh(i[2 * WIDTH + k] + r * m[2 * WIDTH + k]);
            next[k] = (1 - z) * n + z * h[k];
        }
        float[] carried = Arrays.copyOf(memory, WIDTH);
        float[] output = new float[OUTPUTS];
        gru.forward(input, 0, 1, 1, carried, new boolean[1], 0, output);
        double[] expected = affine(gru, "out", next);
        for (int k = 0; k < WIDTH; k++) {
            assertEquals(next[k], carried[k], 2e-6);
        }
        for (int k = 0; k < OUTPUTS; k++) {
            assertEquals(expected[k], output[k], 1e-5);
        }
    }

    @Test
    void everyGatesMatricesStartOrthogonal() {
        Gru gru =
                new Gru(
                        new PlainAlgebra(),
                        new Parameters(),
                        INPUTS,
                        List.of(WIDTH),
                        OUTPUTS,
                        Activation.TANH,
                        1);
        gru.initialise(1, random);
        Parameters.Block u = gru.parameters().blocks().get("gru.memory.weight");
        float[] values = gru.parameters().values();
        for (int gate = 0; gate < 3; gate++) {
            for (int a = 0; a < WIDTH; a++) {
                for (int b = 0; b < WIDTH; b++) {
                    double dot = 0;
                    for (int k = 0; k < WIDTH; k++) {
                        int row = u.at() + gate * WIDTH + k;
                        dot += values[row + a * u.rows()] * values[row + b * u.rows()];
                    }
                    assertEquals(a == b ? 1 : 0, dot, 1e-5);
                }
            }
        }
        assertTrue(values[gru.parameters().blocks().get("gru.memory.bias").at()] == 0);
    }
}
