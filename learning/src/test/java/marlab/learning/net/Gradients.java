package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.Predicate;
import marlab.sim.seed.RandomStream;

/// Compares a network's gradient with central differences.
///
/// The loss is Σ c·output with random c, summed in double precision, so the only rounding is that
/// of the network's own floats: about 1e-6, which a step of 0.005 turns into errors below 1e-3 of a
/// typical slope. Where ReLU or max has a kink within the step the difference is no derivative:
/// such samples are recognised by slopes ahead and behind that disagree, and must be few.
final class Gradients {

    private static final double STEP = 0.005;
    private static final double TOLERANCE = 0.02;
    private static final int SAMPLES = 12;

    private final Network network;
    private final float[] input;
    private final int rows;
    private final float[] slope;
    private final float[] output;
    private final RandomStream random;
    private final int steps;
    private final float[] memory;
    private final boolean[] begins;

    Gradients(Network network, float[] input, int rows, RandomStream random) {
        this(network, input, 1, rows, new float[rows * network.memory()], null, random);
    }

    /// For sequences.
    ///
    /// @param memory carried into the first step
    /// @param begins where nothing is carried into a row
    Gradients(
            Network network,
            float[] input,
            int steps,
            int lanes,
            float[] memory,
            boolean[] begins,
            RandomStream random) {
        this.network = network;
        this.input = input;
        this.steps = steps;
        this.rows = steps * lanes;
        this.memory = memory;
        this.begins = begins;
        this.random = random;
        slope = new float[rows * network.outputs()];
        output = new float[slope.length];
        for (int k = 0; k < slope.length; k++) {
            slope[k] = (float) random.nextGaussian();
        }
    }

    private double loss() {
        network.parameters().valuesChanged();
        network.forward(input, 0, steps, rows / steps, memory.clone(), begins, 0, output);
        double loss = 0;
        for (int k = 0; k < output.length; k++) {
            loss += (double) slope[k] * output[k];
        }
        return loss;
    }

    /// Slope along a direction from here to a step away, by the step that floats allowed.
    private double slope(float[] direction, double step) {
        float[] weights = network.parameters().values();
        float[] before = weights.clone();
        double here = loss();
        double length = 0;
        for (int k = 0; k < weights.length; k++) {
            weights[k] = (float) (before[k] + step * direction[k]);
            length += direction[k] * ((double) weights[k] - before[k]);
        }
        double there = loss();
        System.arraycopy(before, 0, weights, 0, weights.length);
        network.parameters().valuesChanged();
        return (there - here) / length;
    }

    /// Checks random single weights and random directions of every block of weights.
    void check() {
        check(name -> true);
    }

    /// Checks the blocks with these names.
    void check(Predicate<String> wanted) {
        loss();
        network.backward(slope, rows);
        float[] gradient = network.parameters().gradient().clone();
        for (Map.Entry<String, Parameters.Block> entry : network.parameters().blocks().entrySet()) {
            if (wanted.test(entry.getKey())) {
                checkBlock(entry.getKey(), entry.getValue(), gradient);
            }
        }
    }

    private void checkBlock(String name, Parameters.Block block, float[] gradient) {
        int size = block.rows() * block.columns();
        double squares = 0;
        for (int k = block.at(); k < block.at() + size; k++) {
            squares += (double) gradient[k] * gradient[k];
        }
        double typical = Math.sqrt(squares / size);
        assertTrue(typical > 1e-4, name + " has no gradient to check");
        int smooth = 0;
        for (int sample = 0; sample < SAMPLES; sample++) {
            float[] direction = new float[gradient.length];
            if (sample < SAMPLES / 2) {
                direction[block.at() + random.nextInt(size)] = 1;
            } else {
                fill(direction, block.at(), size);
            }
            double expected = 0;
            for (int k = block.at(); k < block.at() + size; k++) {
                expected += (double) direction[k] * gradient[k];
            }
            double allowed = TOLERANCE * Math.max(typical, Math.abs(expected));
            double ahead = slope(direction, STEP);
            double behind = slope(direction, -STEP);
            if (Math.abs(ahead - behind) <= allowed) {
                smooth++;
                double slope = (ahead + behind) / 2;
                assertEquals(slope, expected, allowed, name + ", sample " + sample);
            }
        }
        assertTrue(smooth >= SAMPLES / 2, name + ": only " + smooth + " samples without a kink");
    }

    /// A random direction of length 1.
    private void fill(float[] direction, int at, int size) {
        double squares = 0;
        for (int k = at; k < at + size; k++) {
            direction[k] = (float) random.nextGaussian();
            squares += (double) direction[k] * direction[k];
        }
        for (int k = at; k < at + size; k++) {
            direction[k] /= (float) Math.sqrt(squares);
        }
    }
}
