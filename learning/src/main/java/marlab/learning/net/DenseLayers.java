package marlab.learning.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Dense layers one after another in plain numbers, as programs exchange them. Immutable by
/// agreement: nobody writes into the arrays.
///
/// @param layers first to last; each takes as many numbers as the one before gives
public record DenseLayers(List<Layer> layers) {

    /// What follows a layer, elementwise but for the last.
    public enum Function {
        /// As it is.
        IDENTITY,
        /// max(x, 0).
        RELU,
        /// x, or slope · x below 0.
        LEAKY_RELU,
        /// x, or slope · (eˣ − 1) below 0.
        ELU,
        /// Hyperbolic tangent.
        TANH,
        /// 1 / (1 + e⁻ˣ).
        SIGMOID,
        /// eˣ divided by the sum of all.
        SOFTMAX
    }

    /// y = f(W·x + b).
    ///
    /// @param weights [inputs × outputs], the weights of an input side by side
    /// @param slope of {@link Function#LEAKY_RELU} and {@link Function#ELU}; ignored elsewhere
    public record Layer(
            int inputs,
            int outputs,
            float[] weights,
            float[] bias,
            Function function,
            double slope) {}

    /// @throws IllegalArgumentException where the layers do not fit each other
    public DenseLayers {
        layers = List.copyOf(layers);
        int width = layers.isEmpty() ? 0 : layers.getFirst().inputs;
        for (Layer layer : layers) {
            if (layer.inputs != width
                    || layer.weights.length != (long) layer.inputs * layer.outputs
                    || layer.bias.length != layer.outputs
                    || layer.outputs < 1) {
                throw new IllegalArgumentException("its layers do not fit each other");
            }
            width = layer.outputs;
        }
        if (width == 0) {
            throw new IllegalArgumentException("it has no layers");
        }
    }

    /// The layers of a perceptron.
    ///
    /// @param activation of its hidden layers
    /// @param readOut what follows its last layer; the perceptron itself has nothing there
    public static DenseLayers of(Mlp mlp, Activation activation, Function readOut) {
        Function hidden = Function.valueOf(activation.name());
        float[] values = mlp.parameters().values();
        List<Parameters.Block> blocks = blocks(mlp);
        List<Layer> layers = new ArrayList<>();
        for (int k = 0; k < blocks.size(); k += 2) {
            Parameters.Block weights = blocks.get(k);
            Function function = k + 2 == blocks.size() ? readOut : hidden;
            layers.add(
                    new Layer(
                            weights.columns(),
                            weights.rows(),
                            copy(values, weights),
                            copy(values, blocks.get(k + 1)),
                            function,
                            0));
        }
        return new DenseLayers(layers);
    }

    /// Writes the weights into a perceptron of the same shape.
    ///
    /// @throws IllegalArgumentException where its shape is another
    public void into(Mlp mlp) {
        List<Parameters.Block> blocks = blocks(mlp);
        boolean fits = blocks.size() == 2 * layers.size();
        for (int k = 0; fits && k < layers.size(); k++) {
            Parameters.Block block = blocks.get(2 * k);
            fits = block.columns() == layers.get(k).inputs && block.rows() == layers.get(k).outputs;
        }
        if (!fits) {
            throw new IllegalArgumentException("its layers are not those that its config asks for");
        }
        float[] values = mlp.parameters().values();
        for (int k = 0; k < layers.size(); k++) {
            Layer layer = layers.get(k);
            System.arraycopy(
                    layer.weights, 0, values, blocks.get(2 * k).at(), layer.weights.length);
            System.arraycopy(layer.bias, 0, values, blocks.get(2 * k + 1).at(), layer.bias.length);
        }
        mlp.parameters().valuesChanged();
    }

    /// Weights and bias of each layer in turn.
    private static List<Parameters.Block> blocks(Mlp mlp) {
        return mlp.parameters().blocks().entrySet().stream()
                .map(Map.Entry::getValue)
                .sorted(Comparator.comparingInt(Parameters.Block::at))
                .toList();
    }

    private static float[] copy(float[] values, Parameters.Block block) {
        int count = block.rows() * block.columns();
        float[] copy = new float[count];
        System.arraycopy(values, block.at(), copy, 0, count);
        return copy;
    }

    /// Numbers that it takes.
    public int inputs() {
        return layers.getFirst().inputs;
    }

    /// Numbers that it gives.
    public int outputs() {
        return layers.getLast().outputs;
    }

    /// What comes out for one input.
    public float[] apply(float[] input) {
        float[] x = input;
        for (Layer layer : layers) {
            float[] y = layer.bias.clone();
            for (int i = 0; i < layer.inputs; i++) {
                for (int o = 0; o < layer.outputs; o++) {
                    y[o] += layer.weights[i * layer.outputs + o] * x[i];
                }
            }
            apply(layer.function, layer.slope, y);
            x = y;
        }
        return x;
    }

    private static void apply(Function function, double slope, float[] x) {
        double largest = Float.NEGATIVE_INFINITY;
        for (float each : x) {
            largest = Math.max(largest, each);
        }
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            double v = x[k];
            x[k] =
                    (float)
                            switch (function) {
                                case IDENTITY -> v;
                                case RELU -> Math.max(v, 0);
                                case LEAKY_RELU -> v < 0 ? slope * v : v;
                                case ELU -> v < 0 ? slope * Math.expm1(v) : v;
                                case TANH -> Math.tanh(v);
                                case SIGMOID -> 1 / (1 + Math.exp(-v));
                                case SOFTMAX -> Math.exp(v - largest);
                            };
            sum += x[k];
        }
        for (int k = 0; k < x.length && function == Function.SOFTMAX; k++) {
            x[k] /= (float) sum;
        }
    }
}
