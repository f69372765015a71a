package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.seed.RandomStream;
import marlab.sim.space.CanonicalView;
import marlab.sim.space.SymmetryLevel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Derivatives along a direction are checked against the gradient: uᵀ·(J·v) = (Jᵀ·u)ᵀ·v.
class DirectionalTest {

    private static final int ROWS = 8;

    private final RandomStream random = new RandomStream(17);

    private float[] gaussians(int count) {
        float[] numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }

    private void check(Network network, double tolerance) {
        float[] weights = network.parameters().values();
        for (int k = 0; k < weights.length; k++) {
            weights[k] += (float) (0.1 * random.nextGaussian());
        }
        network.parameters().valuesChanged();
        float[] before = weights.clone();
        int at = 2 * network.inputs();
        float[] input = gaussians(at + ROWS * network.inputs());
        float[] output = new float[ROWS * network.outputs()];
        for (int sample = 0; sample < 6; sample++) {
            float[] u = gaussians(output.length);
            float[] v = gaussians(weights.length);
            network.forward(input, at, ROWS, output);
            network.backward(u, ROWS);
            float[] gradient = network.parameters().gradient().clone();
            float[] derivative = new float[output.length];
            network.directional(input, at, ROWS, v, derivative);
            double scale = Math.sqrt(dot(u, u) * dot(derivative, derivative));
            assertTrue(scale > 0.1);
            assertEquals(dot(gradient, v), dot(u, derivative), tolerance * scale);
            network.backward(u, ROWS);
            assertArrayEquals(gradient, network.parameters().gradient());
            assertArrayEquals(before, weights);
        }
    }

    @ParameterizedTest
    @MethodSource("marlab.learning.net.Algebras#all")
    void ofATanhMlpTheyAreExact(LinearAlgebra algebra) {
        check(new Mlp(algebra, 5, List.of(9, 7), 3, Activation.TANH, 11), 1e-6);
    }

    @ParameterizedTest
    @MethodSource("marlab.learning.net.Algebras#all")
    void ofAReluMlpTheyAreExact(LinearAlgebra algebra) {
        Mlp mlp = new Mlp(algebra, 5, List.of(9, 7), 3, Activation.RELU, 11);
        mlp.initialise(1, random);
        check(mlp, 1e-6);
    }

    /// By central differences, which a kink within the step spoils a little.
    @ParameterizedTest
    @EnumSource(
            value = SymmetryLevel.class,
            names = {"NONE", "FULL"})
    void ofAnEntityNetworkTheyAreNearlyRight(SymmetryLevel level) {
        WorldProvider world = Worlds.named("simple_spread");
        AgentGroup group =
                world.create(EnvOptions.of(world.options(), Map.of("agents", "3")))
                        .spec()
                        .groups()
                        .getFirst();
        CanonicalView view = new CanonicalView(group.observation(), group.action(), level);
        EntityNetwork network = new EntityNetwork(new PlainAlgebra(), view, 10, 5, ROWS);
        network.initialise(1, random);
        check(network, 5e-3);
    }
}
