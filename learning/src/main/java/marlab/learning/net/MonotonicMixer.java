package marlab.learning.net;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// The mixing network of QMIX (Rashid et al. 2018, QMIX: monotonic value function factorisation,
/// section 4.1 and appendix C): a network from agents' values to the team's, Q_tot = w₂ᵀ·ELU(W₁ᵀ·q
/// + b₁) + b₂, whose weights come from the state through networks of their own, W₁ = |H₁(s)|
///   (agents × 32), w₂ = |H₂(s)|, b₁ linear in s, b₂ = MLP(s). Since no weight is negative, Q_tot
///   never falls when an agent's value rises, so that each agent's best choice is part of the
///   team's.
///
/// Input row: agents' values, then the state. Output row: Q_tot.
public final class MonotonicMixer implements Network {

    /// Units of the mixing network's hidden layer.
    private static final int EMBED = 32;

    /// Units of the hypernetworks' hidden layers.
    private static final int HYPER = 64;

    private final int agents;
    private final int stateSize;
    private final int capacity;
    private final Parameters parameters = new Parameters();
    private final Dense firstHidden;
    private final Dense firstWeights;
    private final Dense firstBias;
    private final Dense secondHidden;
    private final Dense secondWeights;
    private final Dense secondBiasHidden;
    private final Dense secondBias;
    private final Matrix state;

    private final float[] states;
    private final float[] q; // [rows × agents], as the others below
    private final float[] w1; // [rows × agents × 32], before the absolute value
    private final float[] b1;
    private final float[] w2;
    private final float[] b2;
    private final float[] hidden; // after ELU
    private final float[] w1Gradient;
    private final float[] b1Gradient;
    private final float[] w2Gradient;
    private final float[] valueGradient;

    /// @param agents whose values are mixed
    /// @param stateSize numbers of the state, about 1 in size
    /// @param capacity most rows of a batch
    public MonotonicMixer(LinearAlgebra algebra, int agents, int stateSize, int capacity) {
        this.agents = agents;
        this.stateSize = stateSize;
        this.capacity = capacity;
        firstHidden = dense(algebra, "w1.hidden", stateSize, HYPER, Activation.RELU);
        firstWeights = dense(algebra, "w1", HYPER, agents * EMBED, Activation.IDENTITY);
        firstBias = dense(algebra, "b1", stateSize, EMBED, Activation.IDENTITY);
        secondHidden = dense(algebra, "w2.hidden", stateSize, HYPER, Activation.RELU);
        secondWeights = dense(algebra, "w2", HYPER, EMBED, Activation.IDENTITY);
        secondBiasHidden = dense(algebra, "b2.hidden", stateSize, EMBED, Activation.RELU);
        secondBias = dense(algebra, "b2", EMBED, 1, Activation.IDENTITY);
        parameters.build(algebra);
        layers().forEach(Dense::build);
        state = algebra.matrix(stateSize, capacity);
        states = new float[capacity * stateSize];
        q = new float[capacity * agents];
        w1 = new float[capacity * agents * EMBED];
        b1 = new float[capacity * EMBED];
        w2 = new float[b1.length];
        b2 = new float[capacity];
        hidden = new float[b1.length];
        w1Gradient = new float[w1.length];
        b1Gradient = new float[b1.length];
        w2Gradient = new float[b1.length];
        valueGradient = new float[q.length];
    }

    private Dense dense(
            LinearAlgebra algebra, String name, int inputs, int outputs, Activation activation) {
        return new Dense(algebra, parameters, name, inputs, outputs, activation, capacity);
    }

    private List<Dense> layers() {
        return List.of(
                firstHidden,
                firstWeights,
                firstBias,
                secondHidden,
                secondWeights,
                secondBiasHidden,
                secondBias);
    }

    /// Draws new weights: orthogonal, and biases of the mixing weights that let Q_tot begin near
    /// the sum of the agents' values whatever the state.
    public void initialise(RandomGenerator random) {
        for (Dense hidden : List.of(firstHidden, secondHidden, secondBiasHidden)) {
            hidden.initialise(Math.sqrt(2), random);
        }
        for (Dense readOut : List.of(firstWeights, secondWeights, firstBias, secondBias)) {
            readOut.initialise(0.1, random);
        }
        bias("w1", 0.25f);
        bias("w2", 1 / (0.25f * EMBED));
        parameters.valuesChanged();
    }

    private void bias(String layer, float value) {
        Parameters.Block block = parameters.blocks().get(layer + ".bias");
        Arrays.fill(parameters.values(), block.at(), block.at() + block.rows(), value);
    }

    @Override
    public int inputs() {
        return agents + stateSize;
    }

    @Override
    public int outputs() {
        return 1;
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
    public void forward(float[] input, int at, int rows, float[] output) {
        for (int row = 0; row < rows; row++) {
            int from = at + row * inputs();
            System.arraycopy(input, from, q, row * agents, agents);
            System.arraycopy(input, from + agents, states, row * stateSize, stateSize);
        }
        state.use(rows).put(0, states, 0, rows * stateSize);
        read(firstWeights.forward(firstHidden.forward(state)), w1);
        read(firstBias.forward(state), b1);
        read(secondWeights.forward(secondHidden.forward(state)), w2);
        read(secondBias.forward(secondBiasHidden.forward(state)), b2);
        for (int row = 0; row < rows; row++) {
            output[row] = mix(row);
        }
    }

    private static void read(Matrix from, float[] into) {
        from.get(0, into, 0, from.size());
    }

    private float mix(int row) {
        int h = row * EMBED;
        System.arraycopy(b1, h, hidden, h, EMBED);
        for (int i = 0; i < agents; i++) {
            float value = q[row * agents + i];
            int w = (row * agents + i) * EMBED;
            for (int k = 0; k < EMBED; k++) {
                hidden[h + k] += value * Math.abs(w1[w + k]);
            }
        }
        float total = b2[row];
        for (int k = 0; k < EMBED; k++) {
            float z = hidden[h + k];
            if (z < 0) {
                hidden[h + k] = (float) (Math.exp(z) - 1);
            }
            total += hidden[h + k] * Math.abs(w2[h + k]);
        }
        return total;
    }

    @Override
    public void backward(float[] outputGradient, int rows) {
        for (int row = 0; row < rows; row++) {
            unmix(row, outputGradient[row]);
        }
        back(firstWeights, firstHidden, w1Gradient, rows);
        write(b1Gradient, firstBias, rows * EMBED);
        firstBias.backward(null);
        back(secondWeights, secondHidden, w2Gradient, rows);
        back(secondBias, secondBiasHidden, outputGradient, rows);
    }

    private void unmix(int row, float slope) {
        int h = row * EMBED;
        for (int k = 0; k < EMBED; k++) {
            float y = hidden[h + k];
            float w = w2[h + k];
            w2Gradient[h + k] = slope * y * Math.signum(w);
            b1Gradient[h + k] = slope * Math.abs(w) * (y > 0 ? 1 : y + 1);
        }
        for (int i = 0; i < agents; i++) {
            float value = q[row * agents + i];
            int w = (row * agents + i) * EMBED;
            float sum = 0;
            for (int k = 0; k < EMBED; k++) {
                float dz = b1Gradient[h + k];
                sum += dz * Math.abs(w1[w + k]);
                w1Gradient[w + k] = dz * value * Math.signum(w1[w + k]);
            }
            valueGradient[row * agents + i] = sum;
        }
    }

    private static void write(float[] gradient, Dense into, int count) {
        into.outputGradient().put(0, gradient, 0, count);
    }

    private static void back(Dense readOut, Dense hidden, float[] gradient, int rows) {
        Matrix slope = readOut.outputGradient();
        slope.put(0, gradient, 0, rows * slope.rows());
        readOut.backward(hidden.outputGradient());
        hidden.backward(null);
    }

    /// The loss's gradient with respect to the agents' values, [rows × agents], after {@link
    /// #backward}. The array is reused.
    public float[] valueGradient() {
        return valueGradient;
    }
}
