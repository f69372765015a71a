package marlab.learning.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// Several perceptrons of equal shape; the last number of an input row says which of them the row
/// is for (see {@link InputView}). Each learns from its own rows alone.
public final class Ensemble implements Network {

    /// Members' batches are filled up with rows of zeros to a multiple of this: no member is ever
    /// without rows, and few shapes occur.
    private static final int GRAIN = 16;

    private final int inputs;
    private final int outputs;
    private final int capacity;
    private final Parameters parameters = new Parameters();
    private final List<Mlp> members = new ArrayList<>();
    private final int[][] rowsOf;
    private final int[] counts;
    private final float[] input;
    private final float[] output;

    /// @param count how many members
    /// @param inputs numbers per row, the member's index among them
    /// @param hidden width of each hidden layer, first to last
    /// @param capacity most rows of a batch
    public Ensemble(
            LinearAlgebra algebra,
            int count,
            int inputs,
            List<Integer> hidden,
            int outputs,
            Activation activation,
            int capacity) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.capacity = capacity;
        for (int m = 0; m < count; m++) {
            String prefix = "member" + (m + 1) + ".";
            members.add(
                    new Mlp(
                            algebra,
                            parameters,
                            prefix,
                            inputs - 1,
                            hidden,
                            outputs,
                            activation,
                            capacity));
        }
        parameters.build(algebra);
        members.forEach(Mlp::build);
        rowsOf = new int[count][capacity];
        counts = new int[count];
        input = new float[capacity * Math.max(inputs, outputs)];
        output = new float[input.length];
    }

    /// Draws new weights, for one member after the other, see {@link Mlp#initialise}.
    public void initialise(double outputGain, RandomGenerator random) {
        members.forEach(m -> m.initialise(outputGain, random));
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void forward(float[] rows, int at, int count, float[] into) {
        Arrays.fill(counts, 0);
        for (int row = 0; row < count; row++) {
            int m = (int) rows[at + row * inputs + inputs - 1];
            rowsOf[m][counts[m]++] = row;
        }
        int width = inputs - 1;
        for (int m = 0; m < counts.length; m++) {
            for (int k = 0; k < counts[m]; k++) {
                System.arraycopy(rows, at + rowsOf[m][k] * inputs, input, k * width, width);
            }
            Arrays.fill(input, counts[m] * width, padded(m) * width, 0);
            members.get(m).forward(input, 0, padded(m), output);
            scatter(m, output, outputs, into, outputs);
        }
    }

    private int padded(int m) {
        return Math.min(capacity, Math.max(1, (counts[m] + GRAIN - 1) / GRAIN) * GRAIN);
    }

    @Override
    public void backward(float[] outputGradient, int rows) {
        for (int m = 0; m < counts.length; m++) {
            gather(m, outputGradient);
            members.get(m).backward(input, padded(m));
        }
    }

    /// With respect to the index, which is no quantity, it is zero.
    @Override
    public void inputGradient(float[] outputGradient, int rows, float[] into) {
        Arrays.fill(into, 0, rows * inputs, 0);
        for (int m = 0; m < counts.length; m++) {
            gather(m, outputGradient);
            members.get(m).inputGradient(input, padded(m), output);
            scatter(m, output, inputs - 1, into, inputs);
        }
    }

    private void gather(int m, float[] gradient) {
        for (int k = 0; k < counts[m]; k++) {
            System.arraycopy(gradient, rowsOf[m][k] * outputs, input, k * outputs, outputs);
        }
        Arrays.fill(input, counts[m] * outputs, padded(m) * outputs, 0); // no gradient for filling
    }

    private void scatter(int m, float[] from, int width, float[] into, int stride) {
        for (int k = 0; k < counts[m]; k++) {
            System.arraycopy(from, k * width, into, rowsOf[m][k] * stride, width);
        }
    }
}
