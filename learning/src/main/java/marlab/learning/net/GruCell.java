package marlab.learning.net;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A layer of gated recurrent units (Cho et al. 2014), in PyTorch's and cuDNN's formulation, where
/// the reset gate acts on the product with the memory and not on the memory itself:
///
/// r = σ(W_r·x + b_r + U_r·h + c_r), z = σ(W_z·x + b_z + U_z·h + c_z), n = tanh(W_n·x + b_n + r ⊙
/// (U_n·h + c_n)), h′ = (1 − z) ⊙ n + z ⊙ h.
///
/// W and b are the block "input", U and c the block "memory", with r, z and n one below the other.
/// The products with the input are taken for all steps at once; those with the memory step by step,
/// for all lanes at once.
final class GruCell {

    private final LinearAlgebra algebra;
    private final Parameters parameters;
    private final int width;
    private final Dense fromInput;
    private final Parameters.Block weightBlock;
    private final Parameters.Block biasBlock;
    private Matrix weights;
    private Matrix weightGradient;
    private Matrix biasGradient;

    // of the last forward pass, one column per row
    private final Matrix states;
    private final Matrix stateGradient;
    private final Matrix previous;
    private final Matrix productGradient;
    private final float[] gates; // r, z, n
    private final float[] candidate; // U_n·h + c_n
    private final float[] before; // h as carried into the row
    private final float[] gateGradient; // of the products with the input
    private final float[] memoryGradient; // of the products with the memory
    private final float[] state;
    private int steps;
    private int lanes;
    private boolean[] begins;
    private int beginsAt;

    // of one step, one column per lane
    private final Matrix stepState;
    private final Matrix stepProduct;
    private final float[] product;
    private final float[] carried;

    private final float[] bias;
    private final float[] scratch;

    GruCell(
            LinearAlgebra algebra,
            Parameters parameters,
            String name,
            int inputs,
            int width,
            int capacity) {
        this.algebra = algebra;
        this.parameters = parameters;
        this.width = width;
        fromInput =
                new Dense(
                        algebra,
                        parameters,
                        name + ".input",
                        inputs,
                        3 * width,
                        Activation.IDENTITY,
                        capacity);
        weightBlock = parameters.reserve(name + ".memory.weight", 3 * width, width);
        biasBlock = parameters.reserve(name + ".memory.bias", 3 * width, 1);
        states = algebra.matrix(width, capacity);
        stateGradient = algebra.matrix(width, capacity);
        previous = algebra.matrix(width, capacity);
        productGradient = algebra.matrix(3 * width, capacity);
        gates = new float[3 * width * capacity];
        candidate = new float[width * capacity];
        before = new float[width * capacity];
        state = new float[width * capacity];
        gateGradient = new float[3 * width * capacity];
        memoryGradient = new float[3 * width * capacity];
        stepState = algebra.matrix(width, capacity);
        stepProduct = algebra.matrix(3 * width, capacity);
        product = new float[3 * width * capacity];
        carried = new float[width * capacity];
        bias = new float[3 * width];
        scratch = new float[2 * width];
    }

    /// After {@link Parameters#build}.
    void build() {
        fromInput.build();
        weights = parameters.valueView(algebra, weightBlock);
        weightGradient = parameters.gradientView(algebra, weightBlock);
        biasGradient = parameters.gradientView(algebra, biasBlock);
    }

    /// Each gate's matrices orthogonal, zero biases.
    void initialise(RandomGenerator random) {
        fromInput.initialise(1, 3, random);
        Dense.orthogonal(parameters, weightBlock, 1, 3, random);
        int at = biasBlock.at();
        Arrays.fill(parameters.values(), at, at + biasBlock.rows(), 0);
    }

    /// States after every row, for sequences, see {@link Network#forward(float[], int, int, int,
    /// float[], boolean[], int, float[])}.
    ///
    /// @param x inputs, [inputs × steps · lanes]
    /// @param memory [lanes × width], in and out; null to carry nothing in or out
    Matrix forward(Matrix x, int steps, int lanes, float[] memory, boolean[] begins, int beginsAt) {
        this.steps = steps;
        this.lanes = lanes;
        this.begins = begins;
        this.beginsAt = beginsAt;
        int rows = steps * lanes;
        fromInput.forward(x).get(0, gates, 0, 3 * width * rows);
        System.arraycopy(parameters.values(), biasBlock.at(), bias, 0, bias.length);
        for (int t = 0; t < steps; t++) {
            int row = t * lanes;
            if (t > 0) {
                System.arraycopy(state, (row - lanes) * width, before, row * width, lanes * width);
            } else if (memory != null) {
                System.arraycopy(memory, 0, before, 0, lanes * width);
            } else {
                Arrays.fill(before, 0, lanes * width, 0);
            }
            forget(before, row * width, row);
            stepState.use(lanes).put(0, before, row * width, lanes * width);
            algebra.multiply(weights, false, stepState, false, stepProduct.use(lanes), 0);
            stepProduct.get(0, product, 0, 3 * width * lanes);
            for (int lane = 0; lane < lanes; lane++) {
                gate(row + lane, lane);
            }
        }
        if (memory != null) {
            System.arraycopy(state, (rows - lanes) * width, memory, 0, lanes * width);
        }
        states.use(rows).put(0, state, 0, rows * width);
        return states;
    }

    /// Zeros where an episode begins.
    private void forget(float[] ofStep, int at, int row) {
        if (begins == null) {
            return;
        }
        for (int lane = 0; lane < lanes; lane++) {
            if (begins[beginsAt + row + lane]) {
                int from = at + lane * width;
                Arrays.fill(ofStep, from, from + width, 0);
            }
        }
    }

    /// From the products to gates and the new state of one row.
    private void gate(int row, int lane) {
        int g = row * 3 * width;
        int p = lane * 3 * width;
        int h = row * width;
        for (int k = 0; k < 2 * width; k++) {
            scratch[k] = 0.5f * (gates[g + k] + product[p + k] + bias[k]);
        }
        Activation.TANH.apply(scratch, 2 * width); // σ(x) = ½ + ½ tanh(x/2)
        for (int k = 0; k < 2 * width; k++) {
            gates[g + k] = 0.5f + 0.5f * scratch[k];
        }
        int n = g + 2 * width;
        for (int k = 0; k < width; k++) {
            float u = product[p + 2 * width + k] + bias[2 * width + k];
            candidate[h + k] = u;
            scratch[k] = gates[n + k] + gates[g + k] * u;
        }
        Activation.TANH.apply(scratch, width);
        for (int k = 0; k < width; k++) {
            gates[n + k] = scratch[k];
            float z = gates[g + width + k];
            state[h + k] = (1 - z) * scratch[k] + z * before[h + k];
        }
    }

    /// Where the gradient with respect to the states goes before {@link #backward}.
    Matrix outputGradient() {
        return stateGradient.use(states.columns());
    }

    /// Goes back through time. What was carried into the first step counts as given.
    ///
    /// @param inputGradient receives the gradient with respect to the inputs; null if not wanted
    void backward(Matrix inputGradient) {
        int rows = steps * lanes;
        stateGradient.get(0, state, 0, rows * width); // the states are not needed any more
        Arrays.fill(carried, 0, lanes * width, 0);
        for (int t = steps - 1; t >= 0; t--) {
            int row = t * lanes;
            for (int lane = 0; lane < lanes; lane++) {
                ungate(row + lane, lane);
            }
            if (t > 0) {
                stepProduct.use(lanes).put(0, memoryGradient, 3 * width * row, 3 * width * lanes);
                algebra.multiply(weights, true, stepProduct, false, stepState.use(lanes), 0);
                stepState.get(0, product, 0, width * lanes);
                for (int k = 0; k < width * lanes; k++) {
                    carried[k] += product[k];
                }
                forget(carried, 0, row);
            }
        }
        productGradient.use(rows).put(0, memoryGradient, 0, 3 * width * rows);
        previous.use(rows).put(0, before, 0, width * rows);
        algebra.multiply(productGradient, false, previous, true, weightGradient, 0);
        Arrays.fill(bias, 0);
        for (int at = 0; at < 3 * width * rows; at += 3 * width) {
            for (int k = 0; k < bias.length; k++) {
                bias[k] += memoryGradient[at + k];
            }
        }
        biasGradient.put(0, bias, 0, bias.length);
        fromInput.outputGradient().put(0, gateGradient, 0, 3 * width * rows);
        fromInput.backward(inputGradient);
    }

    /// From the gradient of one row's state to those of its products, and, without the share that
    /// goes through the products, of the state before.
    private void ungate(int row, int lane) {
        int g = row * 3 * width;
        int h = row * width;
        int c = lane * width;
        for (int k = 0; k < width; k++) {
            float r = gates[g + k];
            float z = gates[g + width + k];
            float n = gates[g + 2 * width + k];
            float d = state[h + k] + carried[c + k];
            float dn = d * (1 - z) * (1 - n * n);
            float dz = d * (before[h + k] - n) * z * (1 - z);
            float dr = dn * candidate[h + k] * r * (1 - r);
            gateGradient[g + k] = dr;
            gateGradient[g + width + k] = dz;
            gateGradient[g + 2 * width + k] = dn;
            memoryGradient[g + k] = dr;
            memoryGradient[g + width + k] = dz;
            memoryGradient[g + 2 * width + k] = dn * r;
            carried[c + k] = d * z;
        }
    }
}
