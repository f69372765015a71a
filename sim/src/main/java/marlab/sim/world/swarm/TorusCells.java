package marlab.sim.world.swarm;

import java.util.Arrays;

/// Finds who is near whom on a square with periodic borders: points are sorted into square cells no
/// smaller than the radius, so that neighbours lie in the 3 × 3 cells around. Where fewer than
/// three cells fit along a side, all pairs are looked at. Allocates nothing after its making.
final class TorusCells {

    /// How many neighbours {@link #nearest} finds at most.
    static final int NEAREST = 6;

    /// A cell and its neighbours are at most this many runs of consecutive points.
    private static final int RUNS = 6;

    /// Neighbours gathered before the nearest of them are kept; a power of two.
    private static final int ROOM = 64;

    private static final long NOBODY = Long.MAX_VALUE;

    /// In sorted order, like the other three.
    final double[] x;

    final double[] y;
    final double[] headX;
    final double[] headY;

    private final int n;
    private final double side;
    private final double squaredRadius;
    private final int perSide;
    private final int[] cellOf;
    private final int[] start; // first point of every cell, in sorted order
    private final int[] agent; // by sorted order
    private final int[] place; // in the sorted order, by agent
    private final double[] sumX; // in sorted order, like the next two
    private final double[] sumY;
    private final int[] near;
    private final int[] runFrom = new int[RUNS];
    private final int[] runTo = new int[RUNS];
    private final double[] runX = new double[RUNS];
    private final double[] runY = new double[RUNS];
    private int runs;
    private final long[] keys = new long[ROOM + 1];
    private final int[] gathered = new int[ROOM + 1];
    private final int[] kept = new int[NEAREST];

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
        place = new int[n];
        x = new double[n];
        y = new double[n];
        headX = new double[n];
        headY = new double[n];
        sumX = new double[n];
        sumY = new double[n];
        near = new int[n];
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
            place[i] = k;
            x[k] = px[i];
            y[k] = py[i];
            headX[k] = hx[i];
            headY[k] = hy[i];
        }
    }

    /// For every point the sum of the headings of all within the radius, itself included, and how
    /// many they are.
    void sums(double[] intoX, double[] intoY, int[] count) {
        System.arraycopy(headX, 0, sumX, 0, n);
        System.arraycopy(headY, 0, sumY, 0, n);
        Arrays.fill(near, 1);
        for (int row = 0; row < perSide; row++) {
            for (int column = 0; column < perSide; column++) {
                meet(row, column);
            }
        }
        for (int i = 0; i < n; i++) {
            int k = place[i];
            intoX[i] = sumX[k];
            intoY[i] = sumY[k];
            count[i] = near[k];
        }
    }

    /// Every pair is looked at once: a cell's points meet those after them in the cell, those to
    /// the right and those in the three cells of the next row.
    private void meet(int row, int column) {
        int cell = row * perSide + column;
        int last = perSide - 1;
        runs = 0;
        if (column == last && last > 0) {
            run(row, 0, 0, side, 0);
        }
        if (last > 0) {
            rowOfThree(row + 1, column);
        }
        int right = start[column < last ? cell + 2 : cell + 1];
        for (int k = start[cell]; k < start[cell + 1]; k++) {
            meet(k, k + 1, right, x[k], y[k]);
            for (int run = 0; run < runs; run++) {
                meet(k, runFrom[run], runTo[run], x[k] - runX[run], y[k] - runY[run]);
            }
        }
    }

    /// Adds up without branches: many of the points that are looked at are near, so a branch would
    /// be mispredicted often. The sign bit of r² − d² masks those that are not.
    private void meet(int k, int from, int to, double fromX, double fromY) {
        double hx = headX[k];
        double hy = headY[k];
        double sx = 0;
        double sy = 0;
        int count = 0;
        for (int j = from; j < to; j++) {
            double dx = least(x[j] - fromX);
            double dy = least(y[j] - fromY);
            long inside = inside(dx * dx + dy * dy);
            sx += masked(headX[j], inside);
            sy += masked(headY[j], inside);
            sumX[j] += masked(hx, inside);
            sumY[j] += masked(hy, inside);
            near[j] -= (int) inside;
            count -= (int) inside;
        }
        sumX[k] += sx;
        sumY[k] += sy;
        near[k] += count;
    }

    private static double masked(double number, long mask) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(number) & mask);
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
        rowOfThree(row - 1, column);
        rowOfThree(row, column);
        rowOfThree(row + 1, column);
    }

    private void rowOfThree(int row, int column) {
        int last = perSide - 1;
        int wrapped = row < 0 ? last : row > last ? 0 : row;
        double shift = row < 0 ? -side : row > last ? side : 0;
        run(wrapped, Math.max(column - 1, 0), Math.min(column + 1, last), 0, shift);
        if (column == 0) {
            run(wrapped, last, last, -side, shift);
        } else if (column == last) {
            run(wrapped, 0, 0, side, shift);
        }
    }

    private void run(int row, int from, int to, double shiftX, double shiftY) {
        runFrom[runs] = start[row * perSide + from];
        runTo[runs] = start[row * perSide + to + 1];
        runX[runs] = shiftX;
        runY[runs] = shiftY;
        runs++;
    }

    /// The nearest others within the radius, the nearest first; of two whose squared distances are
    /// the same but for their last six bits, the first in sorted order.
    ///
    /// @param into receives places in the sorted order
    /// @return how many there are, at most {@link #NEAREST}
    int nearest(int i, int[] into) {
        int self = place[i];
        around(cellOf[i]);
        int found = 0;
        for (int run = 0; run < runs; run++) {
            double fromX = x[self] - runX[run];
            double fromY = y[self] - runY[run];
            for (int j = runFrom[run]; j < runTo[run]; j++) {
                double dx = least(x[j] - fromX);
                double dy = least(y[j] - fromY);
                double squared = dx * dx + dy * dy;
                // a number of the same order, its last bits saying where it is gathered
                keys[found] = Double.doubleToRawLongBits(squared) & -ROOM | found;
                gathered[found] = j;
                int other = (j - self | self - j) >>> 31;
                found += (int) inside(squared) & other;
                if (found == ROOM) {
                    found = keepNearest(found);
                }
            }
        }
        found = keepNearest(found);
        System.arraycopy(gathered, 0, into, 0, found);
        return found;
    }

    /// Sorts the nearest of those gathered to the front, without branches: each passes along the
    /// six nearest so far, and the farther of two goes on.
    private int keepNearest(int found) {
        long a = NOBODY;
        long b = NOBODY;
        long c = NOBODY;
        long d = NOBODY;
        long e = NOBODY;
        long f = NOBODY;
        for (int k = 0; k < found; k++) {
            long key = keys[k];
            long far = Math.max(a, key);
            a = Math.min(a, key);
            key = Math.max(b, far);
            b = Math.min(b, far);
            far = Math.max(c, key);
            c = Math.min(c, key);
            key = Math.max(d, far);
            d = Math.min(d, far);
            far = Math.max(e, key);
            e = Math.min(e, key);
            f = Math.min(f, far);
        }
        keep(0, a);
        keep(1, b);
        keep(2, c);
        keep(3, d);
        keep(4, e);
        keep(5, f);
        int left = Math.min(found, NEAREST);
        System.arraycopy(kept, 0, gathered, 0, left);
        return left;
    }

    private void keep(int k, long key) {
        kept[k] = gathered[(int) key & ROOM - 1];
        keys[k] = key & -ROOM | k;
    }
}
