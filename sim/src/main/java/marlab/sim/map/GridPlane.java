package marlab.sim.map;

import java.util.Arrays;

/// A picture of cells with a margin all round, so that no step from a cell needs to ask whether it
/// leaves the map. Cells are numbered over margin and all: {@link #at} and {@link #row} convert.
public final class GridPlane {

    /// Cells from top to bottom, the margin not counted.
    public final int rows;

    /// Cells from left to right, the margin not counted.
    public final int columns;

    /// Width of the margin, in cells; at least 1.
    public final int margin;

    /// From a cell to the one below it.
    public final int stride;

    /// One small number a cell, margin included, row after row.
    public final byte[] cells;

    private final long reciprocal;

    /// All zeros.
    public GridPlane(int rows, int columns, int margin) {
        this.rows = rows;
        this.columns = columns;
        this.margin = margin;
        stride = columns + 2 * margin;
        cells = new byte[(rows + 2 * margin) * stride];
        reciprocal = (1L << 32) / stride + 1;
    }

    /// Number of a cell.
    public int at(int row, int column) {
        return (row + margin) * stride + column + margin;
    }

    /// Number of the cell that is `row · columns + column` where there is no margin.
    public int within(int cell) {
        return at(cell / columns, cell % columns);
    }

    /// `row · columns + column` of a cell that is not in the margin.
    public int without(int at) {
        return row(at) * columns + column(at);
    }

    /// Row of a cell. A multiplication in place of a division: exact, as numbers of cells stay
    /// below 2³² / stride.
    public int row(int at) {
        return (int) (at * reciprocal >>> 32) - margin;
    }

    /// Column of a cell.
    public int column(int at) {
        return at - (row(at) + margin) * stride - margin;
    }

    /// Sets every cell that is not in the margin.
    public void fill(byte value) {
        for (int row = 0; row < rows; row++) {
            int from = at(row, 0);
            Arrays.fill(cells, from, from + columns, value);
        }
    }

    /// Sets the cells of the margin that touch the inside, corners included.
    public void frame(byte value) {
        Arrays.fill(cells, at(-1, -1), at(-1, columns) + 1, value);
        Arrays.fill(cells, at(rows, -1), at(rows, columns) + 1, value);
        for (int row = 0; row < rows; row++) {
            cells[at(row, -1)] = value;
            cells[at(row, columns)] = value;
        }
    }
}
