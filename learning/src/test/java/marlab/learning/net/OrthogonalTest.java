package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrthogonalTest {

    @ParameterizedTest
    @CsvSource({"5,5,1", "3,8,1.5", "8,3,0.01", "1,64,1", "64,1,2", "64,64,1.4142"})
    void shorterSideIsOrthogonalWithTheGainAsLength(int rows, int columns, double gain) {
        float[] w = Orthogonal.matrix(rows, columns, gain, new RandomStream(5));
        int count = Math.min(rows, columns);
        for (int u = 0; u < count; u++) {
            for (int v = 0; v <= u; v++) {
                double dot = 0;
                for (int k = 0; k < Math.max(rows, columns); k++) {
                    dot +=
                            rows <= columns
                                    ? (double) w[k * rows + u] * w[k * rows + v]
                                    : (double) w[u * rows + k] * w[v * rows + k];
                }
                assertEquals(u == v ? gain * gain : 0, dot, 1e-6 * gain * gain);
            }
        }
    }

    @Test
    void differentStreamsDrawDifferentMatrices() {
        float[] a = Orthogonal.matrix(4, 4, 1, new RandomStream(1));
        float[] b = Orthogonal.matrix(4, 4, 1, new RandomStream(2));
        assertTrue(Math.abs(a[0] - b[0]) > 1e-3);
    }

    @Test
    void anMlpStartsWithItsReadOutsGainAndNoBias() {
        Mlp mlp = new Mlp(new PlainAlgebra(), 4, List.of(8), 3, Activation.TANH, 1);
        mlp.initialise(0.01, new RandomStream(1));
        float[] weights = mlp.parameters().values();
        Parameters.Block out = mlp.parameters().blocks().get("out.weight");
        double squares = 0;
        for (int k = out.at(); k < out.at() + 24; k++) {
            squares += (double) weights[k] * weights[k];
        }
        assertEquals(3 * 0.01 * 0.01, squares, 1e-9); // three rows of length 0.01
        for (String bias : List.of("hidden1.bias", "out.bias")) {
            Parameters.Block block = mlp.parameters().blocks().get(bias);
            for (int k = block.at(); k < block.at() + block.rows(); k++) {
                assertEquals(0, weights[k]);
            }
        }
    }
}
