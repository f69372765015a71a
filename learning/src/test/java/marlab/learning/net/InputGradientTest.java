package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InputGradientTest {

    private static final String ALGEBRAS = "marlab.learning.net.Algebras#all";
    private static final int ROWS = 9;

    private final RandomStream random = new RandomStream(11);

    private float[] gaussians(int count) {
        float[] numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /// Compares with central differences of Σ c·output; floats allow about 1e-3 of a typical slope.
    ///
    /// @param skip the last inputs of a row, which are no quantities
    private void check(Network network, float[] input, int skip) {
        int inputs = network.inputs();
        float[] slope = gaussians(ROWS * network.outputs());
        float[] output = new float[slope.length];
        float[] gradient = new float[ROWS * inputs];
        network.forward(input, 0, ROWS, output);
        network.inputGradient(slope, ROWS, gradient);
        double squares = 0;
        for (float g : gradient) {
            squares += (double) g * g;
        }
        double typical = Math.sqrt(squares / gradient.length);
        assertTrue(typical > 1e-3);
        for (int k = 0; k < gradient.length; k++) {
            if (k % inputs >= inputs - skip) {
                assertEquals(0, gradient[k]);
                continue;
            }
            double difference = 0;
            float middle = input[k];
            for (int sign = -1; sign <= 1; sign += 2) {
                input[k] = middle + sign * 0.005f;
                network.forward(input, 0, ROWS, output);
                for (int o = 0; o < output.length; o++) {
                    difference += sign * (double) slope[o] * output[o] / 0.01;
                }
            }
            input[k] = middle;
            assertEquals(difference, gradient[k], 0.02 * typical, "input " + k);
        }
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void ofAnMlpIsThatOfCentralDifferences(LinearAlgebra algebra) {
        Mlp mlp = new Mlp(algebra, 5, List.of(9, 7), 3, Activation.TANH, 11);
        mlp.initialise(1, random);
        check(mlp, gaussians(ROWS * 5), 0);
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void ofAReluMlpIsThatOfItsLinearPiece(LinearAlgebra algebra) {
        Mlp mlp = new Mlp(algebra, 1, List.of(2), 1, Activation.RELU, 4);
        // 3·relu(2x + 1) + 5·relu(−x): slope 6 right of 0, 1 between −½ and 0, −5 left of it
        float[] weights = {2, -1, 1, 0, 3, 5, 0};
        System.arraycopy(weights, 0, mlp.parameters().values(), 0, weights.length);
        mlp.parameters().valuesChanged();
        mlp.forward(new float[] {2, -0.25f, -1}, 0, 3, new float[3]);
        float[] gradient = new float[3];
        mlp.inputGradient(new float[] {1, 10, 100}, 3, gradient);
        assertArrayEquals(new float[] {6, 10, -500}, gradient);
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void ofAnEnsembleIsThatOfCentralDifferences(LinearAlgebra algebra) {
        Ensemble ensemble = ensemble(algebra);
        check(ensemble, routed(ROWS), 1);
    }

    @Test
    void networksWithoutSaySo() {
        Network none =
                new Network() {
                    @Override
                    public int inputs() {
                        return 1;
                    }

                    @Override
                    public int outputs() {
                        return 1;
                    }

                    @Override
                    public int capacity() {
                        return 1;
                    }

                    @Override
                    public void forward(float[] input, int at, int rows, float[] output) {}

                    @Override
                    public void backward(float[] outputGradient, int rows) {}

                    @Override
                    public Parameters parameters() {
                        return new Parameters();
                    }
                };
        assertThrows(
                UnsupportedOperationException.class,
                () -> none.inputGradient(new float[1], 1, new float[1]));
    }

    private Ensemble ensemble(LinearAlgebra algebra) {
        Ensemble ensemble = new Ensemble(algebra, 3, 5, List.of(8), 2, Activation.TANH, 40);
        ensemble.initialise(1, random);
        return ensemble;
    }

    /// Rows for members 0 and 2; member 1 gets none.
    private float[] routed(int rows) {
        float[] input = gaussians(rows * 5);
        for (int row = 0; row < rows; row++) {
            input[row * 5 + 4] = row % 3 == 0 ? 2 : 0;
        }
        return input;
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void aRowIsForTheMemberThatItNames(LinearAlgebra algebra) {
        Ensemble ensemble = ensemble(algebra);
        float[] input = routed(35); // more than one grain
        float[] output = new float[70];
        ensemble.forward(input, 0, 35, output);
        Mlp alone = new Mlp(algebra, 4, List.of(8), 2, Activation.TANH, 1);
        int size = alone.parameters().size();
        assertEquals(3 * size, ensemble.parameters().size());
        for (int row = 0; row < 35; row++) {
            int member = (int) input[row * 5 + 4];
            System.arraycopy(
                    ensemble.parameters().values(),
                    member * size,
                    alone.parameters().values(),
                    0,
                    size);
            alone.parameters().valuesChanged();
            float[] expected = new float[2];
            alone.forward(input, row * 5, 1, expected);
            float[] actual = Arrays.copyOfRange(output, row * 2, row * 2 + 2);
            assertArrayEquals(expected, actual, 1e-5f, "row " + row);
        }
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void membersLearnFromTheirRowsAlone(LinearAlgebra algebra) {
        Ensemble ensemble = ensemble(algebra);
        float[] input = routed(21);
        new Gradients(ensemble, input, 21, random).check(name -> !name.startsWith("member2"));
        int size = ensemble.parameters().size() / 3;
        for (int k = size; k < 2 * size; k++) {
            assertEquals(0, ensemble.parameters().gradient()[k], "member without rows");
        }
    }
}
