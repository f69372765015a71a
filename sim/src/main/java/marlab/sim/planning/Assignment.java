package marlab.sim.planning;

import java.util.Arrays;

/// Minimum-cost assignment of rows to columns: the Hungarian method in its shortest-augmenting-path
/// form (Jonker and Volgenant 1987), O(n³).
public final class Assignment {

    private Assignment() {}

    /// Assigns every row a column of its own so that the sum of costs is smallest.
    ///
    /// @param cost square matrix [rows][columns], finite
    /// @return column of each row
    public static int[] solve(double[][] cost) {
        int n = cost.length;
        double[] rowPrice = new double[n + 1];
        double[] columnPrice = new double[n + 1];
        int[] rowOf = new int[n + 1]; // row at column, 1-based; column 0 holds the row being placed
        for (int row = 1; row <= n; row++) {
            augment(cost, row, rowPrice, columnPrice, rowOf);
        }
        int[] columnOf = new int[n];
        for (int column = 1; column <= n; column++) {
            columnOf[rowOf[column] - 1] = column - 1;
        }
        return columnOf;
    }

    private static void augment(
            double[][] cost, int row, double[] rowPrice, double[] columnPrice, int[] rowOf) {
        int n = cost.length;
        double[] slack = new double[n + 1];
        int[] cameFrom = new int[n + 1];
        boolean[] done = new boolean[n + 1];
        Arrays.fill(slack, Double.POSITIVE_INFINITY);
        rowOf[0] = row;
        int at = 0;
        do {
            done[at] = true;
            int next = relax(cost, at, rowPrice, columnPrice, rowOf, slack, cameFrom, done);
            double step = slack[next];
            for (int j = 0; j <= n; j++) {
                if (done[j]) {
                    rowPrice[rowOf[j]] += step;
                    columnPrice[j] -= step;
                } else {
                    slack[j] -= step;
                }
            }
            at = next;
        } while (rowOf[at] != 0);
        while (at != 0) {
            rowOf[at] = rowOf[cameFrom[at]];
            at = cameFrom[at];
        }
    }

    private static int relax(
            double[][] cost,
            int at,
            double[] rowPrice,
            double[] columnPrice,
            int[] rowOf,
            double[] slack,
            int[] cameFrom,
            boolean[] done) {
        int row = rowOf[at];
        int best = -1;
        for (int j = 1; j < slack.length; j++) {
            if (done[j]) {
                continue;
            }
            double reduced = cost[row - 1][j - 1] - rowPrice[row] - columnPrice[j];
            if (reduced < slack[j]) {
                slack[j] = reduced;
                cameFrom[j] = at;
            }
            if (best < 0 || slack[j] < slack[best]) {
                best = j;
            }
        }
        return best;
    }
}
