package marlab.learning.net;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A fully connected layer y = f(W·x + b), with its gradient.
final class Dense {

    private final LinearAlgebra algebra;
    private final Parameters parameters;
    private final Parameters.Block weightBlock;
    private final Parameters.Block biasBlock;
    private final Activation activation;
    private final float[] bias;
    private final float[] chunk;
    private final float[] chunk2;
    private final float[] tiles; // the bias, or sums of gradients, once for each column of a chunk
    private Matrix weights;
    private Matrix weightGradient;
    private Matrix biasGradient;
    private final Matrix output;
    private final Matrix outputGradient;
    private Matrix input;
    private Matrix directionWeights; // this and the next: made when first needed
    private Matrix derivative;

    Dense(
            LinearAlgebra algebra,
            Parameters parameters,
            String name,
            int inputs,
            int outputs,
            Activation activation,
            int capacity) {
        this.algebra = algebra;
        this.parameters = parameters;
        this.activation = activation;
        weightBlock = parameters.reserve(name + ".weight", outputs, inputs);
        biasBlock = parameters.reserve(name + ".bias", outputs, 1);
        bias = new float[outputs];
        chunk = new float[Math.max(1, Matrix.CHUNK / outputs) * outputs];
        chunk2 = new float[chunk.length];
        tiles = new float[chunk.length];
        output = algebra.matrix(outputs, capacity);
        outputGradient = algebra.matrix(outputs, capacity);
    }

    /// After {@link Parameters#build}.
    void build() {
        weights = parameters.valueView(algebra, weightBlock);
        weightGradient = parameters.gradientView(algebra, weightBlock);
        biasGradient = parameters.gradientView(algebra, biasBlock);
    }

    /// Orthogonal weights of the given gain (Saxe et al. 2014), zero bias.
    void initialise(double gain, RandomGenerator random) {
        initialise(gain, 1, random);
    }

    /// The same where several layers stand one below the other, each orthogonal by itself.
    void initialise(double gain, int parts, RandomGenerator random) {
        orthogonal(parameters, weightBlock, gain, parts, random);
        Arrays.fill(parameters.values(), biasBlock.at(), biasBlock.at() + biasBlock.rows(), 0);
    }

    static void orthogonal(
            Parameters parameters,
            Parameters.Block block,
            double gain,
            int parts,
            RandomGenerator random) {
        int rows = block.rows() / parts;
        for (int part = 0; part < parts; part++) {
            float[] w = Orthogonal.matrix(rows, block.columns(), gain, random);
            for (int column = 0; column < block.columns(); column++) {
                int at = block.at() + column * block.rows() + part * rows;
                System.arraycopy(w, column * rows, parameters.values(), at, rows);
            }
        }
    }

    /// Output for this input; both stay as they are until the backward pass.
    Matrix forward(Matrix x) {
        input = x;
        output.use(x.columns());
        algebra.multiply(weights, false, x, false, output, 0);
        tile(parameters.values(), Math.min(chunk.length, output.size()));
        for (int at = 0; at < output.size(); at += chunk.length) { // whole columns at a time
            int count = Math.min(chunk.length, output.size() - at);
            output.get(at, chunk, 0, count);
            add(tiles, chunk, count);
            activation.apply(chunk, count);
            output.put(at, chunk, 0, count);
        }
        return output;
    }

    /// One straight loop, so that the compiler turns it into vector instructions.
    private static void add(float[] what, float[] to, int count) {
        for (int k = 0; k < count; k++) {
            to[k] += what[k];
        }
    }

    /// Where the gradient with respect to the output goes before {@link #backward}.
    Matrix outputGradient() {
        return outputGradient.use(output.columns());
    }

    /// From the gradient in {@link #outputGradient}: gradients of weights and bias, overwritten,
    /// and of the input.
    ///
    /// @param inputGradient receives the gradient with respect to the input; null if not wanted
    void backward(Matrix inputGradient) {
        Matrix d = beforeActivation();
        algebra.multiply(d, false, input, true, weightGradient, 0);
        sumTiles();
        biasGradient.put(0, bias, 0, bias.length);
        if (inputGradient != null) {
            algebra.multiply(weights, true, d, false, inputGradient.use(d.columns()), 0);
        }
    }

    /// From the gradient in {@link #outputGradient}: that of the input, and of nothing else.
    void inputGradient(Matrix inputGradient) {
        Matrix d = beforeActivation();
        algebra.multiply(weights, true, d, false, inputGradient.use(d.columns()), 0);
    }

    /// The gradient before the activation; its columns are added up in the tiles on the way.
    private Matrix beforeActivation() {
        Matrix d = outputGradient();
        Arrays.fill(tiles, 0);
        for (int at = 0; at < d.size(); at += chunk.length) {
            int count = Math.min(chunk.length, d.size() - at);
            d.get(at, chunk2, 0, count);
            if (activation != Activation.IDENTITY) {
                output.get(at, chunk, 0, count);
                activation.differentiate(chunk, chunk2, count);
                d.put(at, chunk2, 0, count);
            }
            add(chunk2, tiles, count);
        }
        return d;
    }

    /// The bias's gradient: the sum of the columns in the tiles.
    private void sumTiles() {
        Arrays.fill(bias, 0);
        for (int column = 0; column < tiles.length; column += bias.length) {
            for (int k = 0; k < bias.length; k++) {
                bias[k] += tiles[column + k];
            }
        }
    }

    /// Derivative of the last forward pass's output along a direction in the space of all weights:
    /// ẏ = f'(W·x + b) ⊙ (V·x + W·ẋ + c) with V and c the direction's part for this layer.
    ///
    /// @param direction as long as all weights
    /// @param inputDerivative ẋ; null where the input does not depend on the weights
    Matrix directional(float[] direction, Matrix inputDerivative) {
        if (derivative == null) {
            directionWeights = algebra.matrix(weightBlock.rows(), weightBlock.columns());
            derivative = algebra.matrix(output.rows(), output.capacity());
        }
        directionWeights.put(0, direction, weightBlock.at(), directionWeights.size());
        algebra.multiply(
                directionWeights, false, input, false, derivative.use(output.columns()), 0);
        if (inputDerivative != null) {
            algebra.multiply(weights, false, inputDerivative, false, derivative, 1);
        }
        tile(direction, Math.min(chunk.length, derivative.size()));
        for (int at = 0; at < derivative.size(); at += chunk.length) {
            int count = Math.min(chunk.length, derivative.size() - at);
            derivative.get(at, chunk2, 0, count);
            add(tiles, chunk2, count);
            output.get(at, chunk, 0, count);
            activation.differentiate(chunk, chunk2, count);
            derivative.put(at, chunk2, 0, count);
        }
        return derivative;
    }

    /// Fills the tiles with the biases in a vector as long as all weights.
    private void tile(float[] all, int count) {
        for (int at = 0; at < count; at += bias.length) {
            System.arraycopy(all, biasBlock.at(), tiles, at, bias.length);
        }
    }
}
