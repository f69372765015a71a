package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.params.provider.MethodSource;

class GradientTest {

    private static final String ALGEBRAS = "marlab.learning.net.Algebras#all";

    private final RandomStream random = new RandomStream(7);

    private float[] gaussians(int count) {
        float[] numbers = new float[count];
        for (int k = 0; k < count; k++) {
            numbers[k] = (float) random.nextGaussian();
        }
        return numbers;
    }

    /// Orthogonal weights and zero biases hide mistakes: every weight gets some noise.
    private void roughen(Network network) {
        float[] weights = network.parameters().values();
        for (int k = 0; k < weights.length; k++) {
            weights[k] += (float) (0.1 * random.nextGaussian());
        }
        network.parameters().valuesChanged();
    }

    private void checkMlp(LinearAlgebra algebra, Activation activation) {
        Mlp mlp = new Mlp(algebra, 5, List.of(9, 7), 3, activation, 11);
        mlp.initialise(1, random);
        roughen(mlp);
        new Gradients(mlp, gaussians(8 * 5), 8, random).check(); // 8 of 11 columns in use
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void gradientOfATanhMlpIsThatOfCentralDifferences(LinearAlgebra algebra) {
        checkMlp(algebra, Activation.TANH);
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void gradientOfAReluMlpIsThatOfCentralDifferences(LinearAlgebra algebra) {
        checkMlp(algebra, Activation.RELU);
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void gradientOfASingleLinearLayerIsExact(LinearAlgebra algebra) {
        Mlp linear = new Mlp(algebra, 2, List.of(), 1, Activation.TANH, 4);
        linear.initialise(1, random);
        float[] input = {1, 2, 3, 4, 5, 6};
        linear.forward(input, 0, 3, new float[3]);
        linear.backward(new float[] {1, 10, 100}, 3);
        // Σ d·x and Σ d
        assertArrayEquals(new float[] {531, 642, 111}, linear.parameters().gradient());
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void backwardOverwritesTheGradientOfTheLastBatch(LinearAlgebra algebra) {
        Mlp mlp = new Mlp(algebra, 3, List.of(4), 2, Activation.TANH, 6);
        mlp.initialise(1, random);
        float[] input = gaussians(18);
        float[] slope = gaussians(12);
        mlp.forward(input, 0, 2, new float[12]);
        mlp.backward(slope, 2);
        float[] first = mlp.parameters().gradient().clone();
        mlp.forward(input, 6, 4, new float[12]);
        mlp.backward(slope, 4);
        mlp.forward(input, 0, 2, new float[12]);
        mlp.backward(slope, 2);
        assertArrayEquals(first, mlp.parameters().gradient());
    }

    private static AgentGroup spread(int agents) {
        WorldProvider world = Worlds.named("simple_spread");
        Map<String, String> options = Map.of("agents", Integer.toString(agents));
        return world.create(EnvOptions.of(world.options(), options)).spec().groups().getFirst();
    }

    private EntityNetwork entities(
            LinearAlgebra algebra, int agents, boolean central, int outputs) {
        AgentGroup group = spread(agents);
        CanonicalView view =
                new CanonicalView(
                        central ? group.central() : group.observation(),
                        group.action(),
                        SymmetryLevel.NONE);
        EntityNetwork network = new EntityNetwork(algebra, view, 10, outputs, 6);
        network.initialise(1, random);
        roughen(network);
        return network;
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void gradientOfAnEntityNetworkIsThatOfCentralDifferences(LinearAlgebra algebra) {
        EntityNetwork network = entities(algebra, 3, false, 5);
        check(network);
    }

    /// All blocks but one: softmax does not change when all scores do, so the attention's bias is
    /// without effect.
    private void check(EntityNetwork network) {
        new Gradients(network, gaussians(5 * network.inputs()), 5, random)
                .check(name -> !name.equals("attention.bias"));
        Parameters.Block bias = network.parameters().blocks().get("attention.bias");
        assertEquals(0, network.parameters().gradient()[bias.at()], 1e-4);
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void gradientOfAnEntityNetworkWithFurtherFieldsIsThatOfCentralDifferences(
            LinearAlgebra algebra) {
        EntityNetwork network = entities(algebra, 4, true, 1);
        check(network);
    }

    @ParameterizedTest
    @MethodSource(ALGEBRAS)
    void aSingleEntityGetsNoMessageAndTheRestOfTheGradientIsRight(LinearAlgebra algebra) {
        EntityNetwork network = entities(algebra, 1, false, 2);
        float[] input = gaussians(6 * network.inputs());
        network.forward(input, 0, 6, new float[12]);
        network.backward(gaussians(12), 6);
        float[] gradient = network.parameters().gradient();
        Parameters.Block message = network.parameters().blocks().get("message.weight");
        for (int k = message.at(); k < message.at() + message.rows() * message.columns(); k++) {
            assertEquals(0, gradient[k]);
        }
        // with one entity the pool's weight is 1 whatever the score
        new Gradients(network, input, 6, random)
                .check(name -> !name.startsWith("message") && !name.startsWith("attention"));
    }
}
