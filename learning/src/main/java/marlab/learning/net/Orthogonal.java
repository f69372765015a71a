package marlab.learning.net;

import java.util.random.RandomGenerator;

/// Random matrices with orthonormal rows or columns.
final class Orthogonal {

    private Orthogonal() {}

    /// A matrix W with W·Wᵀ = gain²·I or Wᵀ·W = gain²·I, whichever the shape allows, stored column
    /// after column. Gram–Schmidt on Gaussian vectors.
    static float[] matrix(int rows, int columns, double gain, RandomGenerator random) {
        int count = Math.min(rows, columns);
        int length = Math.max(rows, columns);
        double[][] q = new double[count][length];
        for (int v = 0; v < count; v++) {
            for (int k = 0; k < length; k++) {
                q[v][k] = random.nextGaussian();
            }
            for (int u = 0; u < v; u++) {
                subtractProjection(q[v], q[u]);
            }
            normalise(q[v]);
        }
        float[] flat = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                flat[c * rows + r] = (float) (gain * (rows <= columns ? q[r][c] : q[c][r]));
            }
        }
        return flat;
    }

    private static void subtractProjection(double[] v, double[] unit) {
        double dot = 0;
        for (int k = 0; k < v.length; k++) {
            dot += v[k] * unit[k];
        }
        for (int k = 0; k < v.length; k++) {
            v[k] -= dot * unit[k];
        }
    }

    private static void normalise(double[] v) {
        double squares = 0;
        for (double x : v) {
            squares += x * x;
        }
        double scale = 1 / Math.sqrt(squares);
        for (int k = 0; k < v.length; k++) {
            v[k] *= scale;
        }
    }
}
