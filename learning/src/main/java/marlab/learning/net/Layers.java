package marlab.learning.net;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Dense layers one after another, as part of a network.
final class Layers {

    private final List<Dense> layers = new ArrayList<>();
    private final String prefix;
    private int width;

    /// @param inputs numbers per column that the first layer takes
    Layers(int inputs) {
        this(inputs, "");
    }

    /// @param prefix of the layers' names
    Layers(int inputs, String prefix) {
        this.prefix = prefix;
        width = inputs;
    }

    /// Adds hidden layers of these widths, named hidden1 and so on.
    Layers hidden(
            LinearAlgebra algebra,
            Parameters parameters,
            List<Integer> widths,
            Activation activation,
            int capacity) {
        for (int h : widths) {
            add(algebra, parameters, "hidden" + (layers.size() + 1), h, activation, capacity);
        }
        return this;
    }

    /// Adds a layer.
    Layers add(
            LinearAlgebra algebra,
            Parameters parameters,
            String name,
            int outputs,
            Activation activation,
            int capacity) {
        layers.add(
                new Dense(
                        algebra, parameters, prefix + name, width, outputs, activation, capacity));
        width = outputs;
        return this;
    }

    /// Numbers per column that come out.
    int width() {
        return width;
    }

    /// True where there is no layer.
    boolean isEmpty() {
        return layers.isEmpty();
    }

    /// After {@link Parameters#build}.
    void build() {
        layers.forEach(Dense::build);
    }

    /// Orthogonal weights, with a gain of √2, and with its own in the last layer.
    void initialise(double lastGain, RandomGenerator random) {
        for (int k = 0; k < layers.size(); k++) {
            boolean last = k == layers.size() - 1;
            layers.get(k).initialise(last ? lastGain : Math.sqrt(2), random);
        }
    }

    Matrix forward(Matrix input) {
        Matrix x = input;
        for (int k = 0; k < layers.size(); k++) { // an iterator would be garbage at every step
            x = layers.get(k).forward(x);
        }
        return x;
    }

    /// Where the gradient with respect to the last output goes before {@link #backward}.
    Matrix outputGradient() {
        return layers.getLast().outputGradient();
    }

    /// @param inputGradient receives the gradient with respect to the input; null if not wanted
    void backward(Matrix inputGradient) {
        for (int k = layers.size() - 1; k >= 0; k--) {
            layers.get(k).backward(k == 0 ? inputGradient : layers.get(k - 1).outputGradient());
        }
    }

    /// The gradient with respect to the input, and no other.
    void inputGradient(Matrix inputGradient) {
        for (int k = layers.size() - 1; k >= 0; k--) {
            layers.get(k)
                    .inputGradient(k == 0 ? inputGradient : layers.get(k - 1).outputGradient());
        }
    }

    /// Derivative of the last forward pass's output along a direction in the space of all weights,
    /// where the input does not depend on them.
    Matrix directional(float[] direction) {
        Matrix derivative = null;
        for (Dense layer : layers) {
            derivative = layer.directional(direction, derivative);
        }
        return derivative;
    }
}
