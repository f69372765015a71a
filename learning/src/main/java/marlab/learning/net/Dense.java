package marlab.learning.net;

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
    private Matrix weights;
    private Matrix weightGradient;
    private Matrix biasGradient;
    private Matrix ones;
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
        chunk = new float[Math.max(Matrix.CHUNK, outputs)];
        chunk2 = new float[chunk.length];
        output = algebra.matrix(outputs, capacity);
        outputGradient = algebra.matrix(outputs, capacity);
    }

    /// After {@link Parameters#build}.
    void build() {
        weights = parameters.valueView(algebra, weightBlock);
        weightGradient = parameters.gradientView(algebra, weightBlock);
        biasGradient = parameters.gradientView(algebra, biasBlock);
        ones = algebra.matrix(output.capacity(), 1);
        float[] one = new float[output.capacity()];
        java.util.Arrays.fill(one, 1);
        ones.put(0, one, 0, one.length);
    }

    /// Orthogonal weights of the given gain (Saxe et al. 2014), zero bias.
    void initialise(double gain, RandomGenerator random) {
        float[] w = Orthogonal.matrix(weightBlock.rows(), weightBlock.columns(), gain, random);
        System.arraycopy(w, 0, parameters.values(), weightBlock.at(), w.length);
        java.util.Arrays.fill(
                parameters.values(), biasBlock.at(), biasBlock.at() + biasBlock.rows(), 0);
    }

    /// Output for this input; both stay as they are until the backward pass.
    Matrix forward(Matrix x) {
        input = x;
        output.use(x.columns());
        System.arraycopy(parameters.values(), biasBlock.at(), bias, 0, bias.length);
        output.broadcast(bias, chunk);
        algebra.multiply(weights, false, x, false, output, 1);
        if (activation != Activation.IDENTITY) {
            for (int at = 0; at < output.size(); at += Matrix.CHUNK) {
                int count = Math.min(Matrix.CHUNK, output.size() - at);
                output.get(at, chunk, 0, count);
                activation.apply(chunk, count);
                output.put(at, chunk, 0, count);
            }
        }
        return output;
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
        algebra.multiply(d, false, onesFor(d.columns()), false, biasGradient, 0);
        if (inputGradient != null) {
            algebra.multiply(weights, true, d, false, inputGradient.use(d.columns()), 0);
        }
    }

    /// From the gradient in {@link #outputGradient}: that of the input, and of nothing else.
    void inputGradient(Matrix inputGradient) {
        Matrix d = beforeActivation();
        algebra.multiply(weights, true, d, false, inputGradient.use(d.columns()), 0);
    }

    private Matrix beforeActivation() {
        Matrix d = outputGradient();
        if (activation != Activation.IDENTITY) {
            for (int at = 0; at < d.size(); at += Matrix.CHUNK) {
                int count = Math.min(Matrix.CHUNK, d.size() - at);
                output.get(at, chunk, 0, count);
                d.get(at, chunk2, 0, count);
                activation.differentiate(chunk, chunk2, count);
                d.put(at, chunk2, 0, count);
            }
        }
        return d;
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
        derivative.use(output.columns());
        System.arraycopy(direction, biasBlock.at(), bias, 0, bias.length);
        derivative.broadcast(bias, chunk);
        algebra.multiply(directionWeights, false, input, false, derivative, 1);
        if (inputDerivative != null) {
            algebra.multiply(weights, false, inputDerivative, false, derivative, 1);
        }
        if (activation != Activation.IDENTITY) {
            for (int at = 0; at < derivative.size(); at += Matrix.CHUNK) {
                int count = Math.min(Matrix.CHUNK, derivative.size() - at);
                output.get(at, chunk, 0, count);
                derivative.get(at, chunk2, 0, count);
                activation.differentiate(chunk, chunk2, count);
                derivative.put(at, chunk2, 0, count);
            }
        }
        return derivative;
    }

    private Matrix onesFor(int count) {
        return count == ones.rows() ? ones : algebra.view(ones, 0, count, 1);
    }
}
