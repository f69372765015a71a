package marlab.sim.map;

import java.util.Arrays;

/// Regions of a map: free cells that are connected by steps up, down, left and right. Found by
/// flooding; the queue of every flood is the list of its region's cells. Cells are numbered as in
/// the {@link GridPlane}. Finding allocates nothing.
public final class GridRegions {

    private static final int WALL = -1;

    private final int[] region; // per cell: 1, 2, … ; WALL for obstacles and the margin
    private final int[] cells; // region after region
    private final int[] from; // per region, and one more, in cells
    private int count;
    private int largest;

    /// Room for the regions of planes of this shape.
    public GridRegions(GridPlane shape) {
        region = new int[shape.cells.length];
        Arrays.fill(region, WALL);
        cells = new int[shape.rows * shape.columns + 1];
        from = new int[cells.length / 2 + 3];
    }

    /// Finds the regions of the zeros of a plane whose margin begins with a frame of other numbers.
    public void find(GridPlane walls) {
        byte[] wall = walls.cells;
        for (int row = 0; row < walls.rows; row++) {
            int first = walls.at(row, 0);
            for (int p = first; p < first + walls.columns; p++) {
                region[p] = -wall[p];
            }
        }
        count = 0;
        largest = 0;
        int filled = 0;
        for (int row = 0; row < walls.rows; row++) {
            int first = walls.at(row, 0);
            for (int p = first; p < first + walls.columns; p++) {
                if (region[p] == 0) {
                    from[++count] = filled;
                    filled = flood(p, filled, walls.stride);
                    from[count + 1] = filled;
                    largest = largest == 0 || size(count) > size(largest) ? count : largest;
                }
            }
        }
    }

    private int flood(int seed, int filled, int stride) {
        int head = filled;
        int tail = filled;
        region[seed] = count;
        cells[tail++] = seed;
        while (head < tail) {
            int p = cells[head++];
            tail = reach(p - stride, tail);
            tail = reach(p + stride, tail);
            tail = reach(p - 1, tail);
            tail = reach(p + 1, tail);
        }
        return tail;
    }

    /// Appends a cell if it is free and new; without a branch, as no one can foretell it.
    private int reach(int p, int tail) {
        int now = region[p];
        int isNew = (now | -now) >>> 31 ^ 1;
        cells[tail] = p;
        region[p] = now + (count & -isNew);
        return tail + isNew;
    }

    /// Keeps only some cells in the lists; regions stay what they are, even without a cell.
    ///
    /// @param wanted by number of cell
    public void keep(boolean[] wanted) {
        int filled = 0;
        int next = 0;
        for (int which = 1; which <= count; which++) {
            from[which] = filled;
            for (int end = from[which + 1]; next < end; next++) {
                if (wanted[cells[next]]) {
                    cells[filled++] = cells[next];
                }
            }
        }
        from[count + 1] = filled;
    }

    /// Number of regions; they are numbered from 1.
    public int count() {
        return count;
    }

    /// Region of a free cell; −1 for an obstacle.
    public int of(int cell) {
        return region[cell];
    }

    /// The region with the most cells, the first of several; 0 where there is no free cell.
    public int largest() {
        return largest;
    }

    /// Number of cells of a region.
    public int size(int which) {
        return from[which + 1] - from[which];
    }

    /// Place of a region's first cell among all cells, see {@link #cell}.
    public int first(int which) {
        return from[which];
    }

    /// Number of cells in all lists.
    public int total() {
        return count == 0 ? 0 : from[count + 1];
    }

    /// The k-th cell of the lists, region after region.
    public int cell(int k) {
        return cells[k];
    }

    /// Copies all lists, region after region.
    public void copyTo(int[] into) {
        System.arraycopy(cells, 0, into, 0, total());
    }
}
