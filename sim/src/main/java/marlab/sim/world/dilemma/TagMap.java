package marlab.sim.world.dilemma;

import java.util.ArrayList;
import java.util.List;
import marlab.sim.draw.Ink;
import marlab.sim.env.PaintableWorld.Tile;
import marlab.sim.map.MapText;

/// The ground of a tag-out world. Cells are numbered row by row from the top left.
///
/// @param rows number of rows
/// @param columns number of columns
/// @param ground per cell its letter in normal form, see {@link #normal}
/// @param apples cells where apples grow, in order
/// @param river cells that can be clean or dirty, in order
/// @param spawns cells where agents start; without marks, the rim inside the walls
public record TagMap(
        int rows, int columns, byte[] ground, int[] apples, int[] river, int[] spawns) {

    static final char WALL = '#';
    static final char FLOOR = ' ';
    static final char SPAWN = 'P';
    static final char APPLE = 'A';
    static final char WASTE = 'H';
    static final char RIVER = 'R';
    static final char STREAM = 'S';

    /// What the floor can be painted with.
    static final List<Tile> TILES =
            List.of(
                    new Tile(FLOOR, "floor", Ink.Role.FLOOR),
                    new Tile(WALL, "wall", Ink.Role.WALL),
                    new Tile(APPLE, "apple", Ink.Role.FOOD),
                    new Tile(SPAWN, "start", Ink.Role.GOAL),
                    new Tile(RIVER, "clean river", Ink.Role.WATER),
                    new Tile(WASTE, "waste", Ink.Role.WASTE),
                    new Tile(STREAM, "stream", Ink.Role.WATER));

    /// Letters that mean the same: `@` a wall, `.` floor, `B` an apple (as on SSD's maps).
    private static final String LETTERS = "#@ .PABHRS";

    private static final String NORMAL = "##  PAAHRS";

    /// A map text with one letter for each meaning.
    ///
    /// @throws marlab.sim.env.TextProblem for a text that is no map
    static String normal(String text) {
        StringBuilder normal = new StringBuilder();
        for (String row : MapText.rows(text, LETTERS, DilemmaMap.LONGEST)) {
            for (int column = 0; column < row.length(); column++) {
                normal.append(NORMAL.charAt(LETTERS.indexOf(row.charAt(column))));
            }
            normal.append('\n');
        }
        return normal.toString();
    }

    /// The map of a text in normal form.
    static TagMap of(String text) {
        List<String> lines = text.lines().toList();
        int columns = lines.getFirst().length();
        byte[] ground = new byte[lines.size() * columns];
        for (int cell = 0; cell < ground.length; cell++) {
            ground[cell] = (byte) lines.get(cell / columns).charAt(cell % columns);
        }
        int[] marked = cells(ground, "" + SPAWN);
        return new TagMap(
                lines.size(),
                columns,
                ground,
                cells(ground, "" + APPLE),
                cells(ground, "" + RIVER + WASTE),
                marked.length > 0 ? marked : rim(ground, columns));
    }

    private static int[] cells(byte[] ground, String letters) {
        List<Integer> found = new ArrayList<>();
        for (int cell = 0; cell < ground.length; cell++) {
            if (letters.indexOf(ground[cell]) >= 0) {
                found.add(cell);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Cells without apples in the outermost rows and columns and beside them; all free cells where
    /// those are none.
    private static int[] rim(byte[] ground, int columns) {
        int rows = ground.length / columns;
        List<Integer> rim = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        for (int cell = 0; cell < ground.length; cell++) {
            int row = cell / columns;
            int column = cell % columns;
            if (ground[cell] != WALL) {
                free.add(cell);
            }
            if (ground[cell] != WALL && ground[cell] != APPLE) {
                boolean near = row <= 1 || row >= rows - 2 || column <= 1 || column >= columns - 2;
                if (near) {
                    rim.add(cell);
                }
            }
        }
        return (rim.isEmpty() ? free : rim).stream().mapToInt(Integer::intValue).toArray();
    }

    /// Bare cells, where agents start when there are more of them than starts.
    int[] open() {
        int[] bare = cells(ground, "" + FLOOR + SPAWN);
        return bare.length > 0 ? bare : spawns;
    }

    /// True for walls and for everything beyond the map.
    boolean blocked(int row, int column) {
        return row < 0
                || row >= rows
                || column < 0
                || column >= columns
                || ground[row * columns + column] == WALL;
    }
}
