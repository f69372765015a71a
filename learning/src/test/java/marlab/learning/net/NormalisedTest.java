package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class NormalisedTest {

    private static final PlainAlgebra PLAIN = new PlainAlgebra();
    private static final int ROWS = 50;

    private final RandomStream random = new RandomStream(4);

    /// Three inputs: of their own, as they are, of their own.
    private Normalised network() {
        Mlp mlp = new Mlp(PLAIN, 3, List.of(5), 2, Activation.TANH, ROWS);
        Normalised network = new Normalised(PLAIN, mlp, new int[] {0, -1, 1});
        NetworkConfig.initialise(network, 1, random);
        return network;
    }

    /// Inputs with means 5, −20, 0.1 and deviations 2, 3, 0.02.
    private float[] inputs(int rows) {
        float[] input = new float[3 * rows];
        for (int row = 0; row < rows; row++) {
            input[3 * row] = (float) (5 + 2 * random.nextGaussian());
            input[3 * row + 1] = (float) (-20 + 3 * random.nextGaussian());
            input[3 * row + 2] = (float) (0.1 + 0.02 * random.nextGaussian());
        }
        return input;
    }

    private static int[] all(int rows) {
        return IntStream.range(0, rows).toArray();
    }

    private static float value(Network network, String block, int k) {
        return network.parameters().values()[network.parameters().blocks().get(block).at() + k];
    }

    @Test
    void beforeAnythingWasSeenInputsStayAsTheyAre() {
        Normalised network = network();
        float[] input = new float[3 * ROWS];
        for (int k = 0; k < input.length; k++) {
            input[k] = (float) random.nextGaussian();
        }
        float[] expected = new float[2 * ROWS];
        network.network().forward(input, 0, ROWS, expected);
        float[] output = new float[2 * ROWS];
        network.forward(input, 0, ROWS, output);
        assertArrayEquals(expected, output);
    }

    @Test
    void meanAndDeviationAreThoseOfEverythingSeen() {
        Normalised network = network();
        int updates = 7;
        float[] seen = inputs(ROWS * updates);
        for (int u = 0; u < updates; u++) {
            int[] rows = new int[ROWS];
            Arrays.setAll(rows, r -> r);
            float[] part = Arrays.copyOfRange(seen, 3 * ROWS * u, 3 * ROWS * (u + 1));
            network.observe(part, rows, ROWS);
        }
        for (int s = 0; s < 2; s++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < ROWS * updates; row++) {
                sum += seen[3 * row + 2 * s];
            }
            double mean = sum / (ROWS * updates);
            for (int row = 0; row < ROWS * updates; row++) {
                squares += Math.pow(seen[3 * row + 2 * s] - mean, 2);
            }
            double deviation = Math.sqrt(squares / (ROWS * updates));
            assertEquals(mean, value(network, "input.mean", s), 1e-5 * Math.abs(mean));
            assertEquals(deviation, value(network, "input.deviation", s), 1e-4 * deviation);
        }
        assertEquals(updates, value(network, "input.updates", 0));
    }

    @Test
    void theNetworkInsideSeesNormalisedInputs() {
        Normalised network = network();
        network.observe(inputs(1000), all(1000), 1000);
        float mean = value(network, "input.mean", 0);
        float deviation = value(network, "input.deviation", 0);
        float mean2 = value(network, "input.mean", 1);
        float deviation2 = value(network, "input.deviation", 1);
        assertEquals(5, mean, 0.2);
        float[] inside = {1.5f, 7, -2, 10, 8, -10}; // the second row is beyond the limits
        float[] input = {
            mean + 1.5f * deviation, 7, mean2 - 2 * deviation2,
            mean + 50 * deviation, 8, mean2 - 70 * deviation2
        };
        float[] expected = new float[4];
        network.network().forward(inside, 0, 2, expected);
        float[] output = new float[4];
        network.forward(input, 0, 2, output);
        assertArrayEquals(expected, output, 1e-5f);
    }

    @Test
    void onlyRowsThatCountAreSeen() {
        Normalised network = network();
        float[] input = inputs(ROWS);
        input[3 * 7] = 1e9f;
        int[] rows = IntStream.range(0, ROWS).filter(r -> r != 7).toArray();
        network.observe(input, rows, rows.length);
        assertEquals(5, value(network, "input.mean", 0), 1);
        network.observe(input, rows, 0);
        assertEquals(1, value(network, "input.updates", 0));
    }

    @Test
    void whatNeverChangesIsNotBlownUp() {
        Normalised network = network();
        network.observe(new float[3 * ROWS], all(ROWS), ROWS);
        float[] output = new float[2];
        network.forward(new float[] {1e-3f, 0, 1}, 0, 1, output);
        assertTrue(Float.isFinite(output[0]));
        assertEquals(1e-4f, value(network, "input.deviation", 0));
    }

    @Test
    void gradientsReachTheWeightsAndNotWhatNormalises() {
        Normalised network = network();
        network.observe(inputs(ROWS), all(ROWS), ROWS);
        new Gradients(network, inputs(ROWS), ROWS, random)
                .check(name -> !name.startsWith("input."));
        float[] weights = network.parameters().values().clone();
        float[] gradient = network.parameters().gradient();
        new Adam(weights.length, 1e-5).step(network.parameters().values(), gradient, 0.1, 10);
        for (String name : List.of("input.mean", "input.deviation", "input.updates")) {
            Parameters.Block block = network.parameters().blocks().get(name);
            for (int k = block.at(); k < block.at() + block.rows(); k++) {
                assertEquals(0, gradient[k]);
                assertEquals(weights[k], network.parameters().values()[k]);
            }
        }
    }

    @Test
    void replicasAndFollowersNormaliseAlike() {
        Replicas replicas = new Replicas(2, 1e-5, part -> network());
        replicas.spread();
        replicas.observe(inputs(ROWS), all(ROWS), ROWS);
        Replicas target = new Replicas(1, 1e-5, part -> network());
        target.follow(replicas.main(), 1);
        float[] input = inputs(3);
        float[] expected = new float[6];
        replicas.main().forward(input, 0, 3, expected);
        for (Network other : List.of(replicas.part(1), target.main())) {
            float[] output = new float[6];
            other.forward(input, 0, 3, output);
            assertArrayEquals(expected, output);
        }
    }

    @Test
    void alongADirectionOfItsWeightsItChangesAsTheNetworkInside() {
        Normalised network = network();
        network.observe(inputs(ROWS), all(ROWS), ROWS);
        float[] input = inputs(2);
        int front = network.parameters().size() - network.network().parameters().size();
        float[] direction = new float[network.parameters().size()];
        for (int k = front; k < direction.length; k++) {
            direction[k] = (float) random.nextGaussian();
        }
        float[] output = new float[4];
        network.forward(input, 0, 2, output);
        float[] change = new float[4];
        network.directional(input, 0, 2, direction, change);
        float step = 1e-3f;
        for (int k = front; k < direction.length; k++) {
            network.parameters().values()[k] += step * direction[k];
        }
        network.parameters().valuesChanged();
        float[] there = new float[4];
        network.forward(input, 0, 2, there);
        for (int k = 0; k < 4; k++) {
            assertEquals((there[k] - output[k]) / step, change[k], 0.05, "output " + k);
        }
    }
}
