package marlab.learning.net;

import java.util.List;
import java.util.random.RandomGenerator;

/// A network with memory: dense layers, gated recurrent units ({@link GruCell}), and a linear
/// read-out. The last of the hidden widths is that of the units, and of the memory.
///
/// Without memory given ({@link Network#forward(float[], int, int, float[])}) every row is the
/// first step of an episode.
public final class Gru implements Network {

    private final int inputs;
    private final int outputs;
    private final int capacity;
    private final int width;
    private final Parameters parameters;
    private final Matrix input;
    private final Layers before;
    private final GruCell cell;
    private final Dense out;

    /// @param hidden widths of the dense layers, then that of the recurrent units
    /// @param capacity most rows of a batch, steps · lanes
    Gru(
            LinearAlgebra algebra,
            Parameters parameters,
            int inputs,
            List<Integer> hidden,
            int outputs,
            Activation activation,
            int capacity) {
        this.parameters = parameters;
        this.inputs = inputs;
        this.outputs = outputs;
        this.capacity = capacity;
        width = hidden.getLast();
        List<Integer> dense = hidden.subList(0, hidden.size() - 1);
        before = new Layers(inputs).hidden(algebra, parameters, dense, activation, capacity);
        cell = new GruCell(algebra, parameters, "gru", before.width(), width, capacity);
        out = new Dense(algebra, parameters, "out", width, outputs, Activation.IDENTITY, capacity);
        parameters.build(algebra);
        before.build();
        cell.build();
        out.build();
        input = algebra.matrix(inputs, capacity);
    }

    /// Draws new weights: orthogonal with gain √2, in the recurrent units 1, the read-out with its
    /// own gain.
    public void initialise(double outputGain, RandomGenerator random) {
        before.initialise(Math.sqrt(2), random);
        cell.initialise(random);
        out.initialise(outputGain, random);
        parameters.valuesChanged();
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
    public int memory() {
        return width;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void forward(float[] rows, int at, int count, float[] output) {
        forward(rows, at, 1, count, null, null, 0, output);
    }

    @Override
    public void forward(
            float[] rows,
            int at,
            int steps,
            int lanes,
            float[] memory,
            boolean[] begins,
            int beginsAt,
            float[] output) {
        int count = steps * lanes;
        input.use(count).put(0, rows, at, count * inputs);
        Matrix x = before.forward(input);
        Matrix states = cell.forward(x, steps, lanes, memory, begins, beginsAt);
        out.forward(states).get(0, output, 0, count * outputs);
    }

    @Override
    public void backward(float[] outputGradient, int rows) {
        out.outputGradient().put(0, outputGradient, 0, rows * outputs);
        out.backward(cell.outputGradient());
        cell.backward(before.isEmpty() ? null : before.outputGradient());
        before.backward(null);
    }
}
