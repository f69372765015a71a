package marlab.learning.algo;

/// What is done with rows of a roll-out to learn from some of them at a time.
final class Minibatches {

    private Minibatches() {}

    /// Copies rows side by side.
    ///
    /// @param from [rows × width]
    /// @param index which rows: `rows` entries from position `at`
    /// @param into receives [rows × width] from position 0
    static void gather(float[] from, int width, int[] index, int at, int rows, float[] into) {
        for (int k = 0; k < rows; k++) {
            int row = index[at + k] * width;
            for (int i = 0; i < width; i++) {
                into[k * width + i] = from[row + i];
            }
        }
    }
}
