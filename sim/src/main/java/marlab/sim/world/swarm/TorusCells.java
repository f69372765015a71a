package marlab.sim.world.swarm;

import java.util.Arrays;

/// Finds who is near whom on a square with periodic borders: points are sorted into square cells no
/// smaller than the radius, so that neighbours lie in the 3 × 3 cells around. Where fewer than
/// three cells fit along a side, all pairs are looked at. Allocates nothing after its making.
final class TorusCells {

    /// A cell and its neighbours are at most this many runs of consecutive points.
    private static final int RUNS = 6;

    private final int n;
    private final double side;
    private final double squaredRadius;
    private final int perSide;
    private final int[] cellOf;
    private final int[] start; // first point of every cell, in sorted order
    private final int[] agent; // by sorted order
    private final double[] x; // in sorted order, like the next three
    private final double[] y;
    private final double[] headX;
    private final double[] headY;
    private final int[] runFrom = new int[RUNS];
    private final int[] runTo = new int[RUNS];
    private final double[] runX = new double[RUNS];
    private final double[] runY = new double[RUNS];
    private int runs;

    /// Cells for n points on a square with this side, neighbours being within the radius.
    TorusCells(int n, double side, double radius) {
        this.n = n;
        this.side = side;
        squaredRadius = radius * radius;
        int fit = (int) Math.min(side / radius, Math.ceil(Math.sqrt(n)));
        perSide = fit < 3 ? 1 : fit;
        cellOf = new int[n];
        start = new int[perSide * perSide + 1];
        agent = new int[n];
        x = new double[n];
        y = new double[n];
        headX = new double[n];
        headY = new double[n];
    }

    /// Takes in points, each within [0, side), and their headings.
    void sort(double[] px, double[] py, double[] hx, double[] hy) {
        Arrays.fill(start, 0);
        double perUnit = perSide / side;
        for (int i = 0; i < n; i++) {
            int column = Math.min((int) (px[i] * perUnit), perSide - 1);
            int row = Math.min((int) (py[i] * perUnit), perSide - 1);
            cellOf[i] = row * perSide + column;
            start[cellOf[i]]++;
        }
        int end = 0;
        for (int cell = 0; cell < start.length; cell++) {
            end += start[cell];
            start[cell] = end;
        }
        for (int i = n - 1; i >= 0; i--) {
            int k = --start[cellOf[i]];
            agent[k] = i;
            x[k] = px[i];
            y[k] = py[i];
            headX[k] = hx[i];
            headY[k] = hy[i];
        }
    }

    /// For every point the sum of the headings of all within the radius, itself included, and how
    /// many they are.
    void sums(double[] sumX, double[] sumY, int[] count) {
        for (int cell = 0; cell < perSide * perSide; cell++) {
            if (start[cell] == start[cell + 1]) {
                continue;
            }
            around(cell);
            for (int k = start[cell]; k < start[cell + 1]; k++) {
                sum(k, sumX, sumY, count);
            }
        }
    }

    /// Adds up without branches: half of the points that are looked at are near, so a branch would
    /// be mispredicted often. The sign bit of r² − d² masks those that are not.
    private void sum(int k, double[] sumX, double[] sumY, int[] count) {
        double sx = 0;
        double sy = 0;
        int near = 0;
        for (int run = 0; run < runs; run++) {
            double fromX = x[k] - runX[run];
            double fromY = y[k] - runY[run];
            for (int j = runFrom[run]; j < runTo[run]; j++) {
                double dx = least(x[j] - fromX);
                double dy = least(y[j] - fromY);
                long inside = inside(dx * dx + dy * dy);
                sx += Double.longBitsToDouble(Double.doubleToRawLongBits(headX[j]) & inside);
                sy += Double.longBitsToDouble(Double.doubleToRawLongBits(headY[j]) & inside);
                near -= (int) inside;
            }
        }
        sumX[agent[k]] = sx;
        sumY[agent[k]] = sy;
        count[agent[k]] = near;
    }

    /// All ones where the squared distance is at most the squared radius, else 0.
    private long inside(double squared) {
        return ~(Double.doubleToRawLongBits(squaredRadius - squared) >> 63);
    }

    /// The way that does not lead round the square. Only needed where there are no cells: runs know
    /// on which side of the border they are.
    private double least(double way) {
        if (perSide > 1) {
            return way;
        }
        return way > 0.5 * side ? way - side : way < -0.5 * side ? way + side : way;
    }

    /// Notes the runs of points in the cells around, and by how much to shift them so that they lie
    /// next to the cell.
    private void around(int cell) {
        runs = 0;
        if (perSide == 1) {
            run(0, 0, 0, 0, 0);
            return;
        }
        int row = cell / perSide;
        int column = cell - row * perSide;
        int last = perSide - 1;
        for (int r = row - 1; r <= row + 1; r++) {
            int wrapped = r < 0 ? last : r > last ? 0 : r;
            double shift = r < 0 ? -side : r > last ? side : 0;
            run(wrapped, Math.max(column - 1, 0), Math.min(column + 1, last), 0, shift);
            if (column == 0) {
                run(wrapped, last, last, -side, shift);
            } else if (column == last) {
                run(wrapped, 0, 0, side, shift);
            }
        }
    }

    private void run(int row, int from, int to, double shiftX, double shiftY) {
        runFrom[runs] = start[row * perSide + from];
        runTo[runs] = start[row * perSide + to + 1];
        runX[runs] = shiftX;
        runY[runs] = shiftY;
        runs++;
    }

    /// The nearest others within the radius, the nearest first.
    ///
    /// @param keys receives squared distances
    /// @param into receives agents; as long as `keys`
    /// @return how many there are, at most the length of `into`
    int nearest(int i, double px, double py, double[] keys, int[] into) {
        around(cellOf[i]);
        int found = 0;
        double limit = squaredRadius;
        for (int run = 0; run < runs; run++) {
            double fromX = px - runX[run];
            double fromY = py - runY[run];
            for (int j = runFrom[run]; j < runTo[run]; j++) {
                double dx = least(x[j] - fromX);
                double dy = least(y[j] - fromY);
                double squared = dx * dx + dy * dy;
                if (squared <= limit && agent[j] != i) {
                    found = insert(squared, agent[j], keys, into, found);
                    limit = found == into.length ? keys[found - 1] : limit;
                }
            }
        }
        return found;
    }

    private static int insert(double key, int who, double[] keys, int[] into, int found) {
        int slot = Math.min(found, into.length - 1);
        while (slot > 0 && keys[slot - 1] > key) {
            keys[slot] = keys[slot - 1];
            into[slot] = into[slot - 1];
            slot--;
        }
        keys[slot] = key;
        into[slot] = who;
        return Math.min(found + 1, into.length);
    }
}
