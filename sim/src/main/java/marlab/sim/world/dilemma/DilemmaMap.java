package marlab.sim.world.dilemma;

import java.util.Arrays;
import java.util.List;
import marlab.sim.map.MapText;

/// A map as read. Immutable, shared by all copies of a world. Cells are numbered row by row in a
/// grid that has a rim of {@link #OUTSIDE} round the map, so that neighbours need no checks.
final class DilemmaMap {

    static final byte EMPTY = 0;
    static final byte APPLE = 1;
    static final byte WASTE = 2;
    static final byte RIVER = 3;
    static final byte STREAM = 4;

    /// From here on up, nobody walks and no beam passes.
    static final byte WALL = 5;

    static final byte OUTSIDE = 6;

    /// Letter of each kind of ground but the last.
    static final String LETTERS = " AHRS@";

    /// Most rows, and most columns, of a map.
    static final int LONGEST = 128;

    final int rows;
    final int columns;

    /// From a cell to the one below it.
    final int stride;

    final int[] appleCells;
    final int[] riverCells;
    final int[] streamCells;

    /// Where agents start: cells marked `P`.
    final int[] startCells;

    /// Cells that can be walked on.
    final int[] openCells;

    private final List<String> lines;
    private final byte[] start;

    /// @param text checked by {@link #check}
    /// @param applesAtStart whether apple cells bear an apple when an episode begins
    DilemmaMap(String text, boolean applesAtStart) {
        lines = text.lines().toList();
        rows = lines.size();
        columns = lines.getFirst().length();
        stride = columns + 2;
        start = new byte[(rows + 2) * stride];
        Arrays.fill(start, OUTSIDE);
        appleCells = cells("AB");
        riverCells = cells("HR");
        streamCells = cells("S");
        startCells = cells("P");
        openCells = cells(" PABHRS");
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                char letter = lines.get(row).charAt(column);
                start[cell(row, column)] = kind(letter, applesAtStart);
            }
        }
    }

    private static byte kind(char letter, boolean applesAtStart) {
        return switch (letter) {
            case '@' -> WALL;
            case 'A', 'B' -> applesAtStart ? APPLE : EMPTY;
            case 'H' -> WASTE;
            case 'R' -> RIVER;
            case 'S' -> STREAM;
            default -> EMPTY;
        };
    }

    private int[] cells(String letters) {
        int[] found = new int[rows * columns];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                if (letters.indexOf(lines.get(row).charAt(column)) >= 0) {
                    found[count++] = cell(row, column);
                }
            }
        }
        return Arrays.copyOf(found, count);
    }

    /// A map text in its normal form; the empty text stays, it stands for a map of ours.
    ///
    /// @throws marlab.sim.env.TextProblem on a text that is no map
    static String check(String text, String letters) {
        return text.isEmpty()
                ? text
                : String.join("\n", MapText.rows(text, letters, LONGEST)) + "\n";
    }

    /// Number of a cell.
    int cell(int row, int column) {
        return (row + 1) * stride + column + 1;
    }

    int row(int cell) {
        return cell / stride - 1;
    }

    int column(int cell) {
        return cell % stride - 1;
    }

    /// Cells with the rim.
    int size() {
        return start.length;
    }

    /// Writes the ground at the start of an episode.
    void lay(byte[] ground) {
        System.arraycopy(start, 0, ground, 0, start.length);
    }

    /// Where so many agents start: on marks, or anywhere where there are too few of them.
    int[] startsFor(int agents) {
        return startCells.length >= agents ? startCells : openCells;
    }

    /// True where a cell of the map can have this ground: apples and water are where the map says.
    boolean canBe(int row, int column, byte ground) {
        return switch (letter(row, column)) {
            case '@' -> ground == WALL;
            case 'A', 'B' -> ground == EMPTY || ground == APPLE;
            case 'H', 'R' -> ground == WASTE || ground == RIVER;
            case 'S' -> ground == STREAM;
            default -> ground == EMPTY;
        };
    }

    /// The letter that the map text has for a cell.
    char letter(int row, int column) {
        return lines.get(row).charAt(column);
    }
}
