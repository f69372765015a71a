package marlab.learning.net;

import java.util.Arrays;

/// A network whose inputs are brought to mean 0 and deviation 1 first, and cut at ±10. Mean and
/// deviation are those of what was seen so far ({@link #observe}); they stand in front of the
/// weights, and no gradient reaches them, so that they are saved, copied and published with the
/// weights.
public final class Normalised implements Network {

    private static final float LIMIT = 10;

    /// Smallest deviation: what hardly ever changes is not blown up without limit.
    private static final double LEAST = 1e-4;

    private final Network network;
    private final int[] statistic;
    private final Parameters parameters;
    private final int meanAt;
    private final int deviationAt;
    private final int countAt;
    private final float[] scaled;
    private final float[] shift; // per input, as are the next two
    private final float[] scale;
    private final float[] limit;
    private final double[] sums; // per statistic, as are the next two
    private final double[] squares;
    private final int[] members;
    private float[] direction;

    /// @param network what gets the inputs
    /// @param statistic for each input which mean and deviation are its own, from 0, several inputs
    ///   may share one; −1 where it stays as it is
    Normalised(LinearAlgebra algebra, Network network, int[] statistic) {
        this.network = network;
        this.statistic = statistic.clone();
        int statistics = Arrays.stream(statistic).max().orElse(-1) + 1;
        parameters = new Parameters(network.parameters());
        meanAt = parameters.reserve("input.mean", statistics, 1).at();
        deviationAt = parameters.reserve("input.deviation", statistics, 1).at();
        countAt = parameters.reserve("input.updates", 1, 1).at();
        parameters.build(algebra);
        scaled = new float[network.capacity() * network.inputs()];
        shift = new float[network.inputs()];
        scale = new float[network.inputs()];
        limit = new float[network.inputs()];
        sums = new double[statistics];
        squares = new double[statistics];
        members = new int[statistics];
        for (int k = 0; k < statistic.length; k++) {
            boolean none = statistic[k] < 0;
            scale[k] = 1;
            limit[k] = none ? Float.POSITIVE_INFINITY : LIMIT;
            if (!none) {
                members[statistic[k]]++;
            }
        }
        Arrays.fill(parameters.values(), deviationAt, deviationAt + statistics, 1);
    }

    /// What gets the normalised inputs.
    Network network() {
        return network;
    }

    /// Takes up new weights of the network inside.
    void initialised() {
        parameters.takeBehind();
    }

    @Override
    public int inputs() {
        return network.inputs();
    }

    @Override
    public int outputs() {
        return network.outputs();
    }

    @Override
    public int capacity() {
        return network.capacity();
    }

    @Override
    public int memory() {
        return network.memory();
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void forward(float[] input, int at, int rows, float[] output) {
        normalise(input, at, rows);
        network.forward(scaled, 0, rows, output);
    }

    @Override
    public void forward(
            float[] input,
            int at,
            int steps,
            int lanes,
            float[] memory,
            boolean[] begins,
            int beginsAt,
            float[] output) {
        normalise(input, at, steps * lanes);
        network.forward(scaled, 0, steps, lanes, memory, begins, beginsAt, output);
    }

    @Override
    public void backward(float[] outputGradient, int rows) {
        network.backward(outputGradient, rows);
    }

    @Override
    public void directional(float[] input, int at, int rows, float[] along, float[] output) {
        int size = network.parameters().size();
        if (direction == null) {
            direction = new float[size];
        }
        System.arraycopy(along, along.length - size, direction, 0, size);
        network.directional(scaled, 0, rows, direction, output);
    }

    @Override
    public void inputGradient(float[] outputGradient, int rows, float[] into) {
        network.inputGradient(outputGradient, rows, into);
        for (int i = 0; i < rows * inputs(); i++) {
            int k = i % inputs();
            into[i] *= Math.abs(scaled[i]) < limit[k] ? scale[k] : 0;
        }
    }

    private void normalise(float[] input, int at, int rows) {
        int inputs = inputs();
        float[] values = parameters.values();
        for (int k = 0; k < inputs; k++) {
            if (statistic[k] >= 0) {
                shift[k] = values[meanAt + statistic[k]];
                scale[k] = 1 / values[deviationAt + statistic[k]];
            }
        }
        for (int row = 0; row < rows; row++) {
            int from = at + row * inputs;
            int to = row * inputs;
            for (int k = 0; k < inputs; k++) {
                float x = (input[from + k] - shift[k]) * scale[k];
                scaled[to + k] = Math.max(-limit[k], Math.min(limit[k], x));
            }
        }
    }

    /// Every call counts the same, whatever its number of rows, so that mean and deviation become
    /// those of all that was seen in training and move less and less.
    @Override
    public void observe(float[] input, int[] rows, int count) {
        if (count == 0) {
            return;
        }
        int inputs = inputs();
        float[] values = parameters.values();
        Arrays.fill(sums, 0);
        Arrays.fill(squares, 0);
        for (int r = 0; r < count; r++) {
            for (int k = 0; k < inputs; k++) {
                if (statistic[k] >= 0) {
                    sums[statistic[k]] += input[rows[r] * inputs + k];
                }
            }
        }
        for (int s = 0; s < sums.length; s++) {
            sums[s] /= (double) count * members[s]; // the mean of these rows
        }
        for (int r = 0; r < count; r++) {
            for (int k = 0; k < inputs; k++) {
                if (statistic[k] >= 0) {
                    double d = input[rows[r] * inputs + k] - sums[statistic[k]];
                    squares[statistic[k]] += d * d;
                }
            }
        }
        double updates = values[countAt] + 1;
        for (int s = 0; s < sums.length; s++) {
            double variance = squares[s] / ((double) count * members[s]);
            double before = values[deviationAt + s];
            double apart = sums[s] - values[meanAt + s];
            double old = updates == 1 ? 0 : before * before;
            double all =
                    old
                            + (variance - old) / updates
                            + apart * apart * (updates - 1) / (updates * updates);
            values[meanAt + s] += (float) (apart / updates);
            values[deviationAt + s] = (float) Math.max(Math.sqrt(all), LEAST);
        }
        values[countAt] = (float) updates;
    }
}
