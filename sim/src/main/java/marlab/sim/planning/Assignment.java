package marlab.sim.planning;

import java.util.Arrays;

/// Minimum-cost assignment of rows to columns: the Hungarian method in its shortest-augmenting-path
/// form (Jonker and Volgenant 1987), O(n³). Not thread-safe.
public final class Assignment {

    /// Up to here, trying all subsets of columns is faster.
    private static final int FEW = 6;

    private final int n;
    private final double[] subsetCost; // of the first rows on each subset of columns
    private final int[] lastColumn; // in that subset, the column of the last row
    private final double[] rowPrice;
    private final double[] columnPrice;
    private final int[] rowOf; // row at column, 1-based; column 0 holds the row being placed
    private final int[] columnOf;
    private final double[] slack;
    private final int[] cameFrom;
    private final int[] open; // columns, those on the tree first

    /// Room for so many rows and columns, to be used again and again.
    public Assignment(int n) {
        this.n = n;
        subsetCost = new double[n <= FEW ? 1 << n : 0];
        lastColumn = new int[subsetCost.length];
        rowPrice = new double[n + 1];
        columnPrice = new double[n + 1];
        rowOf = new int[n + 1];
        columnOf = new int[n];
        slack = new double[n + 1];
        cameFrom = new int[n + 1];
        open = new int[n];
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
        if (n <= FEW) {
            trySubsets(cost);
            return columnOf;
        }
        price(cost);
        for (int row = 1; row <= n; row++) {
            if (columnOf[row - 1] < 0) {
                augment(cost, row);
            }
        }
        for (int column = 1; column <= n; column++) {
            columnOf[rowOf[column] - 1] = column - 1;
        }
        return columnOf;
    }

    /// The cheapest way to put the first k rows on k columns, for every set of k columns.
    private void trySubsets(double[][] cost) {
        for (int set = 1; set < subsetCost.length; set++) {
            double[] row = cost[Integer.bitCount(set) - 1];
            double best = Double.POSITIVE_INFINITY;
            int last = 0;
            for (int left = set; left != 0; left &= left - 1) {
                int column = Integer.numberOfTrailingZeros(left);
                double sum = subsetCost[set ^ 1 << column] + row[column];
                if (sum < best) {
                    best = sum;
                    last = column;
                }
            }
            subsetCost[set] = best;
            lastColumn[set] = last;
        }
        int set = subsetCost.length - 1;
        for (int row = n - 1; row >= 0; row--) {
            columnOf[row] = lastColumn[set];
            set ^= 1 << columnOf[row];
        }
    }

    /// First prices: the cheapest row of every column, then what is left of every row; rows that
    /// find their cheapest column free take it.
    private void price(double[][] cost) {
        Arrays.fill(columnPrice, Double.POSITIVE_INFINITY);
        for (double[] row : cost) {
            for (int j = 0; j < n; j++) {
                columnPrice[j + 1] = Math.min(columnPrice[j + 1], row[j]);
            }
        }
        columnPrice[0] = 0;
        Arrays.fill(rowOf, 0);
        for (int i = 0; i < n; i++) {
            int cheapest = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < n; j++) {
                double reduced = cost[i][j] - columnPrice[j + 1];
                if (reduced < least) {
                    least = reduced;
                    cheapest = j;
                }
            }
            rowPrice[i + 1] = least;
            boolean free = rowOf[cheapest + 1] == 0;
            rowOf[cheapest + 1] = free ? i + 1 : rowOf[cheapest + 1];
            columnOf[i] = free ? cheapest : -1;
        }
    }

    /// Shortest augmenting path from a row without a column. Prices change once, at the end, for
    /// the tree only.
    private void augment(double[][] cost, int row) {
        for (int k = 0; k < n; k++) {
            slack[k + 1] = Double.POSITIVE_INFINITY;
            open[k] = k + 1;
        }
        rowOf[0] = row;
        int reached = 0;
        int at = 0;
        double length = 0;
        do {
            int pick = relax(cost, at, reached, length);
            int next = open[pick];
            open[pick] = open[reached];
            open[reached++] = next;
            length = slack[next];
            at = next;
        } while (rowOf[at] != 0);
        rowPrice[row] += length;
        for (int k = 0; k < reached - 1; k++) {
            int column = open[k];
            double rest = length - slack[column];
            rowPrice[rowOf[column]] += rest;
            columnPrice[column] -= rest;
        }
        while (at != 0) {
            rowOf[at] = rowOf[cameFrom[at]];
            at = cameFrom[at];
        }
    }

    /// Tries the way through a column's row to all columns not yet reached.
    ///
    /// @param length of the path to that column
    /// @return where in `open` the nearest of them is
    private int relax(double[][] cost, int at, int reached, double length) {
        double[] costs = cost[rowOf[at] - 1];
        double offset = length - rowPrice[rowOf[at]];
        int best = reached;
        double least = Double.POSITIVE_INFINITY;
        for (int k = reached; k < n; k++) {
            int column = open[k];
            double reduced = costs[column - 1] - columnPrice[column] + offset;
            if (reduced < slack[column]) {
                slack[column] = reduced;
                cameFrom[column] = at;
            }
            if (slack[column] < least) {
                least = slack[column];
                best = k;
            }
        }
        return best;
    }
}
