package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.seed.RandomStream;
import marlab.sim.space.CanonicalView;
import marlab.sim.space.SymmetryLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The gradients of all networks against central differences of their formulas in double precision
/// ({@link DoubleNet}), layer by layer: |g − d| / |d| over the weights of each block must be at
/// most 1e-5, although g is computed in single precision. Prints what was reached.
class DoublePrecisionTest {

    private static final String ALGEBRAS = "marlab.learning.net.Algebras#all";
    private static final double TOLERANCE = 1e-5;
    private static final double STEP = 1e-5;
    private static final int SAMPLES = 24;
    private static final List<String> TABLE = new ArrayList<>();

    private final RandomStream random = new RandomStream(5);

    @AfterAll
    static void show() {
        System.out.println("relative errors of gradients against double precision");
        TABLE.forEach(System.out::println);
    }

    private float[] gaussians(int count) {
        float[] numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /// Noise on everything: orthogonal weights and zero biases hide mistakes.
    private <N extends Network> N rough(N network) {
        NetworkConfig.initialise(network, 1, random);
        float[] weights = network.parameters().values();
        for (int k = 0; k < weights.length; k++) {
            weights[k] += (float) (0.1 * random.nextGaussian());
        }
        network.parameters().valuesChanged();
        return network;
    }

    private static double[] row(float[] rows, int row, int width) {
        double[] x = new double[width];
        Arrays.setAll(x, k -> rows[row * width + k]);
        return x;
    }

    /// For networks without memory.
    private void check(
            String name,
            LinearAlgebra algebra,
            Network network,
            int rows,
            Function<DoubleNet, Function<double[], double[]>> formula) {
        float[] input = gaussians(rows * network.inputs());
        float[] output = new float[rows * network.outputs()];
        network.forward(input, 0, rows, output);
        check(
                name,
                algebra,
                network,
                output,
                net -> {
                    double[][] outputs = new double[rows][];
                    for (int r = 0; r < rows; r++) {
                        outputs[r] = formula.apply(net).apply(row(input, r, network.inputs()));
                    }
                    return DoubleNet.join(outputs);
                });
    }

    /// @param output of the network's last forward pass, which the formula gives too
    private void check(
            String name,
            LinearAlgebra algebra,
            Network network,
            float[] output,
            Function<DoubleNet, double[]> formula) {
        DoubleNet net = new DoubleNet(network);
        double[] expected = formula.apply(net);
        for (int k = 0; k < output.length; k++) {
            assertEquals(expected[k], output[k], 2e-5, name + ", output " + k);
        }
        float[] slope = gaussians(output.length);
        network.backward(slope, output.length / network.outputs());
        float[] gradient = network.parameters().gradient();
        for (Map.Entry<String, Parameters.Block> e : network.parameters().blocks().entrySet()) {
            Parameters.Block block = e.getValue();
            int size = block.rows() * block.columns();
            double wrong = 0;
            double all = 0;
            for (int sample = 0; sample < Math.min(size, SAMPLES); sample++) {
                int k = block.at() + (size <= SAMPLES ? sample : random.nextInt(size));
                double slopeThere = slope(net, k, slope, formula);
                wrong += Math.pow(gradient[k] - slopeThere, 2);
                all += slopeThere * slopeThere;
            }
            if (all < 1e-16) { // softmax does not change when all scores do
                assertEquals("attention.bias", e.getKey());
                continue;
            }
            double error = Math.sqrt(wrong / all);
            TABLE.add(
                    "%-12s %-12s %-22s %.1e"
                            .formatted(algebra.name().split(" ")[0], name, e.getKey(), error));
            assertTrue(error <= TOLERANCE, name + " " + e.getKey() + ": " + error);
        }
    }

    private static double slope(
            DoubleNet net, int k, float[] slope, Function<DoubleNet, double[]> formula) {
        double here = net.weights()[k];
        double[] loss = new double[2];
        for (int side = 0; side < 2; side++) {
            net.weights()[k] = here + (2 * side - 1) * STEP;
            double[] output = formula.apply(net);
            for (int o = 0; o < output.length; o++) {
                loss[side] += slope[o] * output[o];
            }
        }
        net.weights()[k] = here;
        return (loss[1] - loss[0]) / (2 * STEP);
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void dense(LinearAlgebra algebra) {
        for (Activation activation : List.of(Activation.TANH, Activation.RELU)) {
            Mlp mlp = rough(new Mlp(algebra, 5, List.of(9, 7), 3, activation, 11));
            check(
                    "mlp " + activation.name().toLowerCase(Locale.ROOT),
                    algebra,
                    mlp,
                    8,
                    net -> x -> net.affine("out", net.mlp(x, activation)));
        }
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void recurrent(LinearAlgebra algebra) {
        int steps = 6;
        int lanes = 3;
        int width = 7;
        Gru gru =
                rough(
                        new Gru(
                                algebra,
                                new Parameters(),
                                4,
                                List.of(5, width),
                                2,
                                Activation.TANH,
                                20));
        float[] input = gaussians(steps * lanes * 4);
        float[] memory = gaussians(lanes * width);
        boolean[] begins = new boolean[steps * lanes];
        begins[2 * lanes + 1] = true;
        begins[4 * lanes + 1] = true;
        begins[0] = true;
        float[] output = new float[steps * lanes * 2];
        gru.forward(input, 0, steps, lanes, memory.clone(), begins, 0, output);
        check(
                "gru",
                algebra,
                gru,
                output,
                net -> {
                    double[][] outputs = new double[steps * lanes][];
                    for (int lane = 0; lane < lanes; lane++) {
                        double[] h = row(memory, lane, width);
                        for (int t = 0; t < steps; t++) {
                            int row = t * lanes + lane;
                            h = begins[row] ? new double[width] : h;
                            double[] x = net.mlp(row(input, row, 4), Activation.TANH);
                            h = net.gru(x, h);
                            outputs[row] = net.affine("out", h);
                        }
                    }
                    return DoubleNet.join(outputs);
                });
    }

    /// Two pictures of different shape with numbers before, between and after.
    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void convolution(LinearAlgebra algebra) {
        var pictures =
                List.of(
                        new GridNetwork.Picture("near", 1, 2, 5, 4),
                        new GridNetwork.Picture("map", 42, 1, 1, 3));
        GridNetwork network =
                rough(new GridNetwork(algebra, pictures, 48, List.of(6), 2, Activation.TANH, 9));
        check(
                "conv",
                algebra,
                network,
                7,
                net ->
                        x -> {
                            double[] rest = {x[0], x[41], x[45], x[46], x[47]};
                            double[] all =
                                    DoubleNet.join(
                                            net.eye(pictures.get(0), x),
                                            net.eye(pictures.get(1), x),
                                            rest);
                            return net.affine("out", net.mlp(all, Activation.TANH));
                        });
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void entities(LinearAlgebra algebra) {
        WorldProvider world = Worlds.named("simple_spread");
        EnvSpec spec = world.create(EnvOptions.of(world.options(), Map.of("agents", "2"))).spec();
        CanonicalView view =
                new CanonicalView(
                        spec.groups().getFirst().central(),
                        spec.groups().getFirst().action(),
                        SymmetryLevel.NONE);
        EntityNetwork network = rough(new EntityNetwork(algebra, view, 2, 8, 3, 4));
        check("entity", algebra, network, 3, net -> x -> net.entities(view, x));
    }
}
