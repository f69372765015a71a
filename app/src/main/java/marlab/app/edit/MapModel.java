package marlab.app.edit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/// A map that is being painted, stroke by stroke, each of which can be taken back. FX thread.
final class MapModel {

    /// Cells that are remembered for taking strokes back, of all strokes together.
    private static final int REMEMBERED = 1 << 24;

    private record Sheet(int rows, int columns, char[] cells) {

        Sheet copy() {
            return new Sheet(rows, columns, cells.clone());
        }

        boolean same(Sheet other) {
            return columns == other.columns && Arrays.equals(cells, other.cells);
        }
    }

    private final Deque<Sheet> before = new ArrayDeque<>();
    private final Deque<Sheet> after = new ArrayDeque<>();
    private Sheet now;
    private Sheet strokeBegan; // null between strokes

    /// The map of this text: rows of equal length.
    MapModel(String text) {
        List<String> lines = text.lines().toList();
        char[] cells = String.join("", lines).toCharArray();
        now = new Sheet(lines.size(), lines.getFirst().length(), cells);
    }

    int rows() {
        return now.rows;
    }

    int columns() {
        return now.columns;
    }

    char letter(int row, int column) {
        return now.cells[row * now.columns + column];
    }

    /// Begins a stroke.
    void press() {
        release();
        strokeBegan = now.copy();
    }

    /// Paints a cell as part of the stroke; cells outside are left alone.
    ///
    /// @return true when something changed
    boolean paint(int row, int column, char letter) {
        boolean inside = row >= 0 && row < rows() && column >= 0 && column < columns();
        if (!inside || strokeBegan == null || letter(row, column) == letter) {
            return false;
        }
        now.cells[row * now.columns + column] = letter;
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
        if (strokeBegan != null && !strokeBegan.same(now)) {
            remember(strokeBegan);
        }
        strokeBegan = null;
    }

    /// Crops the map at the right and at the bottom, or extends it there with this letter; as one
    /// stroke.
    void resize(int rows, int columns, char letter) {
        release();
        if (rows == rows() && columns == columns()) {
            return;
        }
        char[] cells = new char[rows * columns];
        Arrays.fill(cells, letter);
        for (int row = 0; row < Math.min(rows, rows()); row++) {
            int length = Math.min(columns, columns());
            System.arraycopy(now.cells, row * columns(), cells, row * columns, length);
        }
        remember(now);
        now = new Sheet(rows, columns, cells);
    }

    private void remember(Sheet sheet) {
        before.push(sheet);
        after.clear();
        long cells = before.stream().mapToLong(s -> s.cells.length).sum();
        while (cells > REMEMBERED && before.size() > 1) {
            cells -= before.removeLast().cells.length;
        }
    }

    boolean canUndo() {
        return !before.isEmpty();
    }

    boolean canRedo() {
        return !after.isEmpty();
    }

    void undo() {
        release();
        if (canUndo()) {
            after.push(now);
            now = before.pop();
        }
    }

    void redo() {
        release();
        if (canRedo()) {
            before.push(now);
            now = after.pop();
        }
    }

    /// The map as text, a line a row.
    String text() {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows(); row++) {
            text.append(now.cells, row * columns(), columns()).append('\n');
        }
        return text.toString();
    }
}
