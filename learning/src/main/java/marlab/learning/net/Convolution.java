package marlab.learning.net;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A convolution of pictures with 3×3 windows, followed by max(x, 0). Zeros surround the picture,
/// so that a stride of 1 keeps its size and one of 2 halves it, rounded up. Pictures are stored
/// cell after cell, all channels of a cell side by side.
///
/// Windows are laid out as columns and multiplied by the weights, some pictures at a time: as many
/// as stay in the cache. The backward pass lays them out anew instead of keeping them, since they
/// are nine times as large as the pictures.
final class Convolution {

    private static final int SIDE = 3;

    /// Floats of windows to work on at a time.
    private static final int TILE = 1 << 16;

    final int rows;
    final int columns;
    final int channels;

    private final int inRows;
    private final int inColumns;
    private final int inChannels;
    private final int stride;
    private final int window;
    private final LinearAlgebra algebra;
    private final Parameters parameters;
    private final Parameters.Block weightBlock;
    private final Parameters.Block biasBlock;
    private Matrix weights;
    private Matrix weightGradient;
    private Matrix biasGradient;
    private final int perTile;
    private final Matrix windows;
    private final Matrix products;
    private final float[] windowData;
    private final float[] productData;
    private final float[] bias;
    private float[] input;
    private int count;

    /// Pictures that come out, [capacity × cells × channels].
    final float[] output;

    /// Where the gradient with respect to them goes before {@link #backward}.
    final float[] outputGradient;

    Convolution(
            LinearAlgebra algebra,
            Parameters parameters,
            String name,
            int inRows,
            int inColumns,
            int inChannels,
            int channels,
            int stride,
            int capacity) {
        this.algebra = algebra;
        this.parameters = parameters;
        this.inRows = inRows;
        this.inColumns = inColumns;
        this.inChannels = inChannels;
        this.channels = channels;
        this.stride = stride;
        rows = (inRows + stride - 1) / stride;
        columns = (inColumns + stride - 1) / stride;
        window = SIDE * SIDE * inChannels;
        weightBlock = parameters.reserve(name + ".weight", channels, window);
        biasBlock = parameters.reserve(name + ".bias", channels, 1);
        perTile = Math.max(1, Math.min(capacity, TILE / (window * rows * columns)));
        windows = algebra.matrix(window, perTile * rows * columns);
        products = algebra.matrix(channels, perTile * rows * columns);
        windowData = new float[window * perTile * rows * columns];
        productData = new float[channels * perTile * rows * columns];
        bias = new float[channels];
        output = new float[capacity * size()];
        outputGradient = new float[output.length];
    }

    /// After {@link Parameters#build}.
    void build() {
        weights = parameters.valueView(algebra, weightBlock);
        weightGradient = parameters.gradientView(algebra, weightBlock);
        biasGradient = parameters.gradientView(algebra, biasBlock);
    }

    /// Orthogonal weights with a gain of √2, zero biases.
    void initialise(RandomGenerator random) {
        Dense.orthogonal(parameters, weightBlock, Math.sqrt(2), 1, random);
        int at = biasBlock.at();
        Arrays.fill(parameters.values(), at, at + biasBlock.rows(), 0);
    }

    /// Numbers per picture that comes out.
    int size() {
        return rows * columns * channels;
    }

    /// Computes {@link #output} for these pictures, which must stay as they are until the backward
    /// pass.
    void forward(float[] pictures, int pictureCount) {
        input = pictures;
        count = pictureCount;
        int cells = rows * columns;
        float[] values = parameters.values();
        for (int first = 0; first < count; first += perTile) {
            int here = Math.min(perTile, count - first);
            layOut(first, here);
            algebra.multiply(weights, false, windows, false, products.use(here * cells), 0);
            int at = first * size();
            products.get(0, output, at, here * size());
            for (int cell = at; cell < at + here * size(); cell += channels) {
                for (int k = 0; k < channels; k++) {
                    output[cell + k] = Math.max(output[cell + k] + values[biasBlock.at() + k], 0);
                }
            }
        }
    }

    /// Writes the windows of some pictures, one column for each cell that comes out.
    private void layOut(int first, int here) {
        int to = 0;
        int line = SIDE * inChannels;
        for (int p = first; p < first + here; p++) {
            int picture = p * inRows * inColumns * inChannels;
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    int left = c * stride - 1;
                    int from = Math.max(left, 0);
                    int width = (Math.min(left + SIDE, inColumns) - from) * inChannels;
                    int skipped = (from - left) * inChannels;
                    for (int dr = 0; dr < SIDE; dr++, to += line) {
                        int row = r * stride - 1 + dr;
                        if (row < 0 || row >= inRows) {
                            Arrays.fill(windowData, to, to + line, 0);
                            continue;
                        }
                        if (width < line) {
                            Arrays.fill(windowData, to, to + line, 0);
                        }
                        System.arraycopy(
                                input,
                                picture + (row * inColumns + from) * inChannels,
                                windowData,
                                to + skipped,
                                width);
                    }
                }
            }
        }
        windows.use(here * rows * columns).put(0, windowData, 0, to);
    }

    /// From the gradient in {@link #outputGradient}: those of weights and biases, and of the input.
    ///
    /// @param inputGradient receives the gradient with respect to the input, in its layout; null if
    ///   not wanted
    void backward(float[] inputGradient) {
        int cells = rows * columns;
        int inSize = inRows * inColumns * inChannels;
        Arrays.fill(bias, 0);
        if (inputGradient != null) {
            Arrays.fill(inputGradient, 0, count * inSize, 0);
        }
        for (int first = 0; first < count; first += perTile) {
            int here = Math.min(perTile, count - first);
            int at = first * size();
            for (int cell = 0; cell < here * size(); cell += channels) {
                for (int k = 0; k < channels; k++) {
                    float d = output[at + cell + k] > 0 ? outputGradient[at + cell + k] : 0;
                    productData[cell + k] = d;
                    bias[k] += d;
                }
            }
            products.use(here * cells).put(0, productData, 0, here * size());
            layOut(first, here);
            algebra.multiply(products, false, windows, true, weightGradient, first == 0 ? 0 : 1);
            if (inputGradient != null) {
                algebra.multiply(weights, true, products, false, windows, 0);
                windows.get(0, windowData, 0, windows.size());
                addUp(first, here, inputGradient);
            }
        }
        biasGradient.put(0, bias, 0, channels);
    }

    /// The reverse of {@link #layOut}.
    private void addUp(int first, int here, float[] into) {
        int at = 0;
        int line = SIDE * inChannels;
        for (int p = first; p < first + here; p++) {
            int picture = p * inRows * inColumns * inChannels;
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    int left = c * stride - 1;
                    int from = Math.max(left, 0);
                    int width = (Math.min(left + SIDE, inColumns) - from) * inChannels;
                    int skipped = at + (from - left) * inChannels;
                    for (int dr = 0; dr < SIDE; dr++, at += line, skipped += line) {
                        int row = r * stride - 1 + dr;
                        if (row >= 0 && row < inRows) {
                            int to = picture + (row * inColumns + from) * inChannels;
                            for (int k = 0; k < width; k++) {
                                into[to + k] += windowData[skipped + k];
                            }
                        }
                    }
                }
            }
        }
    }
}
