package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import marlab.learning.nd4j.Nd4jAlgebra;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AlgebraTest {

    private static final LinearAlgebra PLAIN = new PlainAlgebra();
    private static final LinearAlgebra ND4J = new Nd4jAlgebra();

    private final RandomStream random = new RandomStream(3);

    private float[] gaussians(int count) {
        float[] numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /// c = op(a)·op(b) + beta·c by definition, in double precision.
    private static float[] definition(
            float[] a,
            boolean ta,
            float[] b,
            boolean tb,
            float[] c,
            float beta,
            int m,
            int k,
            int n) {
        float[] product = c.clone();
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < m; i++) {
                double sum = (double) beta * c[j * m + i];
                for (int l = 0; l < k; l++) {
                    double x = ta ? a[i * k + l] : a[l * m + i];
                    double y = tb ? b[l * n + j] : b[j * k + l];
                    sum += x * y;
                }
                product[j * m + i] = (float) sum;
            }
        }
        return product;
    }

    private static Matrix filled(LinearAlgebra algebra, float[] numbers, int rows, int columns) {
        Matrix matrix = algebra.matrix(rows, columns + 3); // more room than in use
        matrix.use(columns).put(0, numbers, 0, numbers.length);
        return matrix;
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,5,7", "64,18,33", "5,64,128", "1,64,9", "33,1,2", "17,31,257"})
    void productsAreTheDefinitionsForEveryTransposeAndBeta(int m, int k, int n) {
        float[] a = gaussians(m * k);
        float[] b = gaussians(k * n);
        float[] c = gaussians(m * n);
        for (LinearAlgebra algebra : List.of(PLAIN, ND4J)) {
            for (boolean ta : new boolean[] {false, true}) {
                for (boolean tb : new boolean[] {false, true}) {
                    for (float beta : new float[] {0, 1, 0.5f}) {
                        Matrix x = ta ? filled(algebra, a, k, m) : filled(algebra, a, m, k);
                        Matrix y = tb ? filled(algebra, b, n, k) : filled(algebra, b, k, n);
                        Matrix z = filled(algebra, c, m, n);
                        algebra.multiply(x, ta, y, tb, z, beta);
                        float[] product = new float[m * n];
                        z.get(0, product, 0, product.length);
                        assertArrayEquals(
                                definition(a, ta, b, tb, c, beta, m, k, n),
                                product,
                                1e-4f,
                                algebra.name() + " " + ta + " " + tb + " " + beta);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("marlab.learning.net.Algebras#all")
    void betaZeroForgetsWhatStoodThereEvenIfItWasNoNumber(LinearAlgebra algebra) {
        Matrix one = filled(algebra, new float[] {2}, 1, 1);
        Matrix into = filled(algebra, new float[] {Float.NaN}, 1, 1);
        algebra.multiply(one, false, one, false, into, 0);
        float[] product = new float[1];
        into.get(0, product, 0, 1);
        assertEquals(4, product[0]);
    }

    @ParameterizedTest
    @MethodSource("marlab.learning.net.Algebras#all")
    void columnsBeyondThoseInUseAreLeftAlone(LinearAlgebra algebra) {
        Matrix a = filled(algebra, gaussians(6), 2, 3);
        Matrix b = filled(algebra, gaussians(12), 3, 4);
        Matrix c = algebra.matrix(2, 6);
        c.put(0, new float[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9}, 0, 12);
        algebra.multiply(a, false, b.use(2), false, c.use(2), 0);
        float[] all = new float[12];
        c.get(0, all, 0, 12);
        for (int k = 4; k < 12; k++) {
            assertEquals(9, all[k]);
        }
    }

    @ParameterizedTest
    @MethodSource("marlab.learning.net.Algebras#all")
    void viewsShareTheNumbersOfTheirStorage(LinearAlgebra algebra) {
        Matrix storage = algebra.matrix(12, 1);
        Matrix outer = algebra.view(storage, 2, 2, 5);
        Matrix inner = algebra.view(outer, 3, 3, 2);
        inner.put(1, new float[] {7, 8}, 0, 2);
        float[] all = new float[12];
        storage.get(0, all, 0, 12);
        assertArrayEquals(new float[] {0, 0, 0, 0, 0, 0, 7, 8, 0, 0, 0, 0}, all);
        Matrix two = filled(algebra, new float[] {2}, 1, 1);
        algebra.multiply(
                algebra.view(storage, 6, 2, 1),
                false,
                two,
                false,
                algebra.view(storage, 0, 2, 1),
                0);
        storage.get(0, all, 0, 12);
        assertArrayEquals(new float[] {14, 16, 0, 0, 0, 0, 7, 8, 0, 0, 0, 0}, all);
    }

    @Test
    void moreColumnsThanThereIsRoomForAreRefused() {
        Matrix matrix = PLAIN.matrix(2, 3);
        assertThrows(IllegalArgumentException.class, () -> matrix.use(4));
        assertThrows(IllegalArgumentException.class, () -> matrix.use(-1));
    }

    @Test
    void aNetworkGivesTheSameOnBothEngines() {
        float[] input = gaussians(300 * 18);
        float[] plain = outputs(PLAIN, input);
        assertArrayEquals(plain, outputs(ND4J, input), 1e-5f);
    }

    private static float[] outputs(LinearAlgebra algebra, float[] input) {
        Mlp mlp = new Mlp(algebra, 18, List.of(64, 64), 5, Activation.TANH, 300);
        mlp.initialise(1, new RandomStream(1));
        float[] output = new float[300 * 5];
        mlp.forward(input, 0, 300, output);
        return output;
    }

    @Test
    void rowsOfABatchDoNotDependOnEachOther() {
        Mlp mlp = new Mlp(ND4J, 18, List.of(64, 64), 5, Activation.TANH, 300);
        mlp.initialise(1, new RandomStream(1));
        float[] input = gaussians(300 * 18);
        float[] together = new float[300 * 5];
        mlp.forward(input, 0, 300, together);
        float[] alone = new float[5];
        for (int row : new int[] {0, 7, 299}) {
            mlp.forward(input, row * 18, 1, alone);
            for (int k = 0; k < 5; k++) {
                assertEquals(together[row * 5 + k], alone[k], 1e-5f);
            }
        }
    }

    @Test
    void twoThreadsAtOnceGetTheBytesThatOneGets() throws Exception {
        float[] input = gaussians(2000 * 18);
        List<Callable<float[]>> jobs =
                List.of(() -> gradients(input, 1), () -> gradients(input, 2));
        float[] first = jobs.get(0).call();
        float[] second = jobs.get(1).call();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 5; round++) {
                List<Future<float[]>> results = threads.invokeAll(jobs);
                assertArrayEquals(first, results.get(0).get());
                assertArrayEquals(second, results.get(1).get());
            }
        }
    }

    /// Weights' gradients after a few passes.
    private static float[] gradients(float[] input, long seed) {
        Mlp mlp = new Mlp(ND4J, 18, List.of(64, 64), 5, Activation.TANH, 2000);
        mlp.initialise(1, new RandomStream(seed));
        float[] output = new float[2000 * 5];
        for (int pass = 0; pass < 3; pass++) {
            mlp.forward(input, 0, 2000, output);
            mlp.backward(output, 2000);
        }
        return mlp.parameters().gradient().clone();
    }
}
