package marlab.sim.map;

/// A picture of cells of which square windows are read far more often than cells change: for every
/// column it holds a strip as wide as a window, row after row, so that a window is one run of
/// numbers (11 × 11 take 9 ns as floats and 15 ns as bytes instead of 38 ns for eleven rows). A
/// cell stands in as many strips as a window is wide.
public final class GridWindows {

    /// Most numbers that are kept as floats; more go as bytes, or they would not stay in the second
    /// cache (1 MB: maps of about 140 × 140 cells).
    private static final int WIDE = 1 << 18;

    private final GridPlane shape;
    private final int side;
    private final int rows; // of a strip
    private final int next; // from a cell in one strip to the same cell in the one to the left
    private final float[] wide; // null on large maps
    private final byte[] narrow; // null on others

    /// All zeros.
    ///
    /// @param shape of the plane by whose numbers cells are asked; windows reach as far as its
    ///   margin is wide
    public GridWindows(GridPlane shape) {
        this.shape = shape;
        side = 2 * shape.margin + 1;
        rows = shape.rows + 2 * shape.margin;
        next = 1 - rows * side;
        int size = shape.stride * rows * side;
        wide = size <= WIDE ? new float[size] : null;
        narrow = size <= WIDE ? null : new byte[size];
    }

    /// Place of the first number of a row of a strip, both from 0 in the margin.
    private int place(int row, int strip) {
        return (strip * rows + row) * side;
    }

    /// Sets one cell that is not in the margin.
    public void set(int at, byte value) {
        int row = shape.row(at) + shape.margin;
        int k = place(row, shape.column(at) + 2 * shape.margin);
        if (wide == null) {
            for (int strip = 0; strip < side; strip++) {
                narrow[k] = value;
                k += next;
            }
            return;
        }
        for (int strip = 0; strip < side; strip++) {
            wide[k] = value;
            k += next;
        }
    }

    /// Takes over a whole plane, margin included.
    public void setAll(GridPlane plane) {
        for (int column = 0; column < shape.columns; column++) {
            int into = place(0, column + shape.margin);
            int last = column + rows * shape.stride;
            for (int from = column; from < last; from += shape.stride) {
                setRow(plane.cells, from, into);
                into += side;
            }
        }
    }

    private void setRow(byte[] cells, int from, int into) {
        if (wide == null) {
            System.arraycopy(cells, from, narrow, into, side);
            return;
        }
        for (int k = 0; k < side; k++) {
            wide[into + k] = cells[from + k];
        }
    }

    /// Writes the window about a cell, row after row.
    public void copy(int at, float[] into, int to) {
        int from = place(shape.row(at), shape.column(at) + shape.margin);
        int count = side * side;
        if (wide != null) {
            System.arraycopy(wide, from, into, to, count);
            return;
        }
        byte[] bytes = narrow;
        for (int k = 0; k < count; k++) {
            into[to + k] = bytes[from + k];
        }
    }
}
