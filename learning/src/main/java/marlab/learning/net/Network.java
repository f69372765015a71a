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
    /// @param begins [steps × lanes] from `beginsAt`: true where nothing is carried into a row
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
