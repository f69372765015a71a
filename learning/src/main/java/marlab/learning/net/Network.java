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

    /// Computes the gradient of a loss with respect to the weights, into {@link
    /// Parameters#gradient}, for the batch of the last {@link #forward}.
    ///
    /// @param outputGradient [rows × outputs], the loss's gradient with respect to the outputs
    void backward(float[] outputGradient, int rows);

    /// The weights.
    Parameters parameters();
}
