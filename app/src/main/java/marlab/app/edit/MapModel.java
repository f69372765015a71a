package marlab.app.edit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// A map that is being painted, stroke by stroke, each of which can be taken back. FX thread.
final class MapModel {

    private final Deque<char[]> before = new ArrayDeque<>();
    private final Deque<char[]> after = new ArrayDeque<>();
    private final int rows;
    private final int columns;
    private char[] cells;
    private char[] strokeBegan;

    /// The map of this text: rows of equal length.
    MapModel(String text) {
        List<String> lines = text.lines().toList();
        rows = lines.size();
        columns = lines.getFirst().length();
        cells = String.join("", lines).toCharArray();
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    char letter(int row, int column) {
        return cells[row * columns + column];
    }

    /// Begins a stroke.
    void press() {
        strokeBegan = cells.clone();
    }

    /// Paints a cell as part of the stroke; cells outside are left alone.
    ///
    /// @return true when something changed
    boolean paint(int row, int column, char letter) {
        boolean inside = row >= 0 && row < rows && column >= 0 && column < columns;
        if (!inside || strokeBegan == null || letter(row, column) == letter) {
            return false;
        }
        cells[row * columns + column] = letter;
        return true;
    }

    /// Paints all cells on the straight line between two, so that a fast hand leaves no gaps.
    boolean paint(int fromRow, int fromColumn, int toRow, int toColumn, char letter) {
        int steps = Math.max(Math.abs(toRow - fromRow), Math.abs(toColumn - fromColumn));
        boolean changed = false;
        for (int k = 0; k <= steps; k++) {
            double part = steps == 0 ? 0 : (double) k / steps;
            int row = (int) Math.rint(fromRow + part * (toRow - fromRow));
            int column = (int) Math.rint(fromColumn + part * (toColumn - fromColumn));
            changed |= paint(row, column, letter);
        }
        return changed;
    }

    /// Ends the stroke.
    void release() {
        if (strokeBegan != null && !Arrays.equals(strokeBegan, cells)) {
            before.push(strokeBegan);
            after.clear();
        }
        strokeBegan = null;
    }

    boolean canUndo() {
        return !before.isEmpty();
    }

    boolean canRedo() {
        return !after.isEmpty();
    }

    void undo() {
        if (canUndo()) {
            after.push(cells);
            cells = before.pop();
        }
    }

    void redo() {
        if (canRedo()) {
            before.push(cells);
            cells = after.pop();
        }
    }

    /// The map as text, a line a row.
    String text() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            text.append(cells, row * columns, columns).append('\n');
        }
        return text.toString();
    }
}
