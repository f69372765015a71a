package marlab.sim.planning;

import java.util.Arrays;

/// Minimum-cost assignment of rows to columns: the Hungarian method in its shortest-augmenting-path
/// form (Jonker and Volgenant 1987), O(n³). Not thread-safe.
public final class Assignment {

    private final int n;
    private final double[] rowPrice;
    private final double[] columnPrice;
    private final int[] rowOf; // row at column, 1-based; column 0 holds the row being placed
    private final int[] columnOf;
    private final double[] slack;
    private final int[] cameFrom;
    private final boolean[] done;

    /// Room for so many rows and columns, to be used again and again.
    public Assignment(int n) {
        this.n = n;
        rowPrice = new double[n + 1];
        columnPrice = new double[n + 1];
        rowOf = new int[n + 1];
        columnOf = new int[n];
        slack = new double[n + 1];
        cameFrom = new int[n + 1];
        done = new boolean[n + 1];
    }

    /// Assigns every row a column of its own so that the sum of costs is smallest.
    ///
    /// @param cost square matrix [rows][columns], finite
    /// @return column of each row
    public static int[] solve(double[][] cost) {
        return new Assignment(cost.length).assign(cost);
    }

    /// As {@link #solve}, allocating nothing.
    ///
    /// @return column of each row; overwritten by the next call
    public int[] assign(double[][] cost) {
        Arrays.fill(rowPrice, 0);
        Arrays.fill(columnPrice, 0);
        Arrays.fill(rowOf, 0);
        for (int row = 1; row <= n; row++) {
            augment(cost, row);
        }
        for (int column = 1; column <= n; column++) {
            columnOf[rowOf[column] - 1] = column - 1;
        }
        return columnOf;
    }

    private void augment(double[][] cost, int row) {
        Arrays.fill(slack, Double.POSITIVE_INFINITY);
        Arrays.fill(done, false);
        rowOf[0] = row;
        int at = 0;
        do {
            done[at] = true;
            int next = relax(cost, at);
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

    private int relax(double[][] cost, int at) {
        int row = rowOf[at];
        int best = -1;
        for (int j = 1; j <= n; j++) {
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
