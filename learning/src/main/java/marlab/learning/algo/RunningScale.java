package marlab.learning.algo;

import java.io.IOException;

/// Mean and deviation of columns of numbers, over all rows ever seen, to put quantities of any unit
/// on one scale. Batches are merged exactly (Chan, Golub and LeVeque 1983, Algorithms for computing
/// the sample variance, equation 2.1).
final class RunningScale {

    /// Scaled inputs stay within ± this: what was hardly ever seen is no reason to go astray.
    private static final float FAR = 5;

    /// A smaller deviation is none.
    private static final double LEAST = 1e-6;

    private final int size;

    /// Count, then means, then sums of squared deviations.
    private final double[] moments;

    private final float[] mean;
    private final float[] deviation;

    /// @param size columns
    RunningScale(int size) {
        this.size = size;
        moments = new double[1 + 2 * size];
        mean = new float[size];
        deviation = new float[size];
        refresh();
    }

    /// Takes note of rows.
    void add(float[] numbers, int rows) {
        double before = moments[0];
        double after = before + rows;
        for (int k = 0; k < size; k++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += numbers[row * size + k];
            }
            double batchMean = sum / rows;
            double squares = 0;
            for (int row = 0; row < rows; row++) {
                double d = numbers[row * size + k] - batchMean;
                squares += d * d;
            }
            double apart = batchMean - moments[1 + k];
            moments[1 + k] += apart * rows / after;
            moments[1 + size + k] += squares + apart * apart * before * rows / after;
        }
        moments[0] = after;
        refresh();
    }

    private void refresh() {
        for (int k = 0; k < size; k++) {
            double spread = Math.sqrt(moments[1 + size + k] / Math.max(1, moments[0]));
            mean[k] = (float) moments[1 + k];
            deviation[k] = spread < LEAST ? 1 : (float) spread;
        }
    }

    /// Mean of a column; 0 before any row.
    float mean(int column) {
        return mean[column];
    }

    /// Deviation of a column; 1 where it does not vary.
    float deviation(int column) {
        return deviation[column];
    }

    /// Writes a row as multiples of the deviations from the means, at most ±5.
    void scale(float[] from, int at, float[] into, int intoAt) {
        for (int k = 0; k < size; k++) {
            float scaled = (from[at + k] - mean[k]) / deviation[k];
            into[intoAt + k] = Math.max(-FAR, Math.min(FAR, scaled));
        }
    }

    void persist(Persistence state, String name) throws IOException {
        state.doubles(name, moments);
        refresh();
    }
}
