package marlab.learning.net;

/// A differentiable function from a batch of views of observations to a batch of outputs. Owned by
/// one thread at a time.
public interface Network {

    /// Numbers per input row.
    int inputs();

    /// Numbers per output row.
    int outputs();

    /// Most rows a batch can have.
    int capacity();

    /// Computes outputs and keeps what {@link #backward} needs.
    ///
    /// @param input [rows × inputs]
    /// @param at position of the first row in `input`
    /// @param output receives [rows × outputs] from position 0
    void forward(float[] input, int at, int rows, float[] output);

    /// Numbers that it carries from step to step for each lane; 0 for networks without memory.
    default int memory() {
        return 0;
    }

    /// Computes outputs for sequences, and keeps what {@link #backward} needs to go back through
    /// time. Row = step · lanes + lane.
    ///
    /// @param memory [lanes × {@link #memory}], what is carried into the first step; replaced by
    ///   what is carried out of the last
    /// @param begins [steps × lanes] from `beginsAt`: true where nothing is carried into a row;
    ///   must stay as it is until {@link #backward}
    default void forward(
            float[] input,
            int at,
            int steps,
            int lanes,
            float[] memory,
            boolean[] begins,
            int beginsAt,
            float[] output) {
        forward(input, at, steps * lanes, output);
    }

    /// Computes the gradient of a loss with respect to the weights, into {@link
    /// Parameters#gradient}, for the batch of the last {@link #forward}.
    ///
    /// @param outputGradient [rows × outputs], the loss's gradient with respect to the outputs
    void backward(float[] outputGradient, int rows);

    /// Computes J·v, how the outputs of the last {@link #forward} change per unit of a change of
    /// all weights along v, and leaves that batch ready for {@link #backward}. Exact where a
    /// network says so; here by central differences, within about 1e-4 of the outputs' largest
    /// slope where there are no kinks.
    ///
    /// @param input what that forward pass was given
    /// @param at position of its first row
    /// @param direction v, as many numbers as there are weights
    /// @param output receives [rows × outputs] from position 0
    default void directional(float[] input, int at, int rows, float[] direction, float[] output) {
        double squares = 0;
        for (float d : direction) {
            squares += (double) d * d;
        }
        double step = 0.01 / Math.max(Math.sqrt(squares), 1e-30);
        float[] weights = parameters().values();
        float[] here = weights.clone();
        float[] behind = new float[rows * outputs()];
        for (int side = -1; side <= 1; side += 2) {
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (float) (here[k] + side * step * direction[k]);
            }
            parameters().valuesChanged();
            forward(input, at, rows, side < 0 ? behind : output);
        }
        for (int k = 0; k < behind.length; k++) {
            output[k] = (float) (((double) output[k] - behind[k]) / (2 * step));
        }
        System.arraycopy(here, 0, weights, 0, weights.length);
        parameters().valuesChanged();
        forward(input, at, rows, behind);
    }

    /// Takes note of what inputs look like, for networks that normalise them. To be called once an
    /// update, when its gradient steps are done: it changes what the network computes.
    ///
    /// @param input [all rows × inputs]
    /// @param rows which of them count, the first `count` of the array
    default void observe(float[] input, int[] rows, int count) {}

    /// Computes the gradient of a loss with respect to the inputs of the last {@link #forward}, and
    /// leaves {@link Parameters#gradient} undefined.
    ///
    /// @param outputGradient [rows × outputs], the loss's gradient with respect to the outputs
    /// @param into receives [rows × inputs] from position 0
    /// @throws UnsupportedOperationException where this kind of network has none
    default void inputGradient(float[] outputGradient, int rows, float[] into) {
        throw new UnsupportedOperationException("no gradient with respect to the inputs");
    }

    /// The weights.
    Parameters parameters();
}
