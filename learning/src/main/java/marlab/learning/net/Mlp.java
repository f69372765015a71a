package marlab.learning.net;

import java.util.List;
import java.util.random.RandomGenerator;

/// A multi-layer perceptron: dense layers of equal width and a linear read-out.
public final class Mlp implements Network {

    private final int inputs;
    private final int outputs;
    private final int capacity;
    private final LinearAlgebra algebra;
    private final Parameters parameters;
    private final Layers layers;
    private final Matrix input;
    private Matrix inputGradient;

    /// @param hidden width of each hidden layer, first to last
    /// @param capacity most rows of a batch
    public Mlp(
            LinearAlgebra algebra,
            int inputs,
            List<Integer> hidden,
            int outputs,
            Activation activation,
            int capacity) {
        this(algebra, new Parameters(), "", inputs, hidden, outputs, activation, capacity);
        parameters.build(algebra);
        build();
    }

    /// One of several whose weights stand in one vector.
    ///
    /// @param parameters where the weights are; to be built before {@link #build}
    /// @param prefix of the names of its blocks
    Mlp(
            LinearAlgebra algebra,
            Parameters parameters,
            String prefix,
            int inputs,
            List<Integer> hidden,
            int outputs,
            Activation activation,
            int capacity) {
        this.algebra = algebra;
        this.parameters = parameters;
        this.inputs = inputs;
        this.outputs = outputs;
        this.capacity = capacity;
        layers =
                new Layers(inputs, prefix)
                        .hidden(algebra, parameters, hidden, activation, capacity)
                        .add(algebra, parameters, "out", outputs, Activation.IDENTITY, capacity);
        input = algebra.matrix(inputs, capacity);
    }

    /// After {@link Parameters#build}.
    void build() {
        layers.build();
    }

    /// Draws new weights: orthogonal with gain √2, the read-out with its own gain.
    public void initialise(double outputGain, RandomGenerator random) {
        layers.initialise(outputGain, random);
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
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void forward(float[] rows, int at, int count, float[] output) {
        input.use(count).put(0, rows, at, count * inputs);
        layers.forward(input).get(0, output, 0, count * outputs);
    }

    @Override
    public void backward(float[] outputGradient, int rows) {
        layers.outputGradient().put(0, outputGradient, 0, rows * outputs);
        layers.backward(null);
    }

    /// Exact: one more pass, in which every layer takes the derivative of its input along v.
    @Override
    public void directional(float[] rows, int at, int count, float[] direction, float[] output) {
        layers.directional(direction).get(0, output, 0, count * outputs);
    }

    @Override
    public void inputGradient(float[] outputGradient, int rows, float[] into) {
        if (inputGradient == null) {
            inputGradient = algebra.matrix(inputs, capacity);
        }
        layers.outputGradient().put(0, outputGradient, 0, rows * outputs);
        layers.inputGradient(inputGradient);
        inputGradient.get(0, into, 0, rows * inputs);
    }
}
