package marlab.sim.map;

/// Maps for pathfinding that come with the product, drawn by its makers.
public enum GridPresets {
    /// Two rooms and one narrow way between them, with a place to pass: who waits?
    CORRIDOR(
            """
            .....#########.....
            .....#########.....
            .....####.####.....
            ...................
            .....#########.....
            .....#########.....
            .....#########.....
            """),
    /// Nine rooms with narrow doors.
    ROOMS(
            """
            .....#.....#.....
            .....#.....#.....
            .................
            .....#.....#.....
            .....#.....#.....
            ##.#####.#####.##
            .....#.....#.....
            .....#.....#.....
            .................
            .....#.....#.....
            .....#.....#.....
            ##.#####.#####.##
            .....#.....#.....
            .....#.....#.....
            .................
            .....#.....#.....
            .....#.....#.....
            """),
    /// Four places, one lane to each, and a ring to turn on: traffic flows if all go round one way.
    ROUNDABOUT(
            """
            #####.....#####
            #####.....#####
            #####.....#####
            #######.#######
            ####.......####
            ...#.#####.#...
            ...#.#####.#...
            .....#####.....
            ...#.#####.#...
            ...#.#####.#...
            ####.......####
            #######.#######
            #####.....#####
            #####.....#####
            #####.....#####
            """);

    /// Width of the strips on both sides of a warehouse where agents start.
    private static final int STRIP = 7;

    private static final int SHELF = 10;

    private final String text;

    GridPresets(String text) {
        this.text = text;
    }

    /// The map.
    public GridMap map() {
        return GridMap.of(text);
    }

    /// A warehouse of this size, laid out as in POGEMA's benchmark (33 × 46 is its
    /// `wfi_warehouse`): rows of shelves ten cells long, goals above and below them, starts in
    /// strips on both sides.
    public static GridMap warehouse(int rows, int columns) {
        byte[] ground = new byte[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int inside = Math.min(column, columns - 1 - column);
                ground[row * columns + column] =
                        (byte)
                                (inside < STRIP
                                        ? strip(row, rows, inside)
                                        : shelf(row, rows, column - STRIP));
            }
        }
        return new GridMap(rows, columns, ground, new int[0], new int[0]);
    }

    /// Pairs of columns in pieces of three rows, with aisles about them.
    private static char strip(int row, int rows, int inside) {
        boolean aisle = inside % 3 == 0 || row % 4 == 0 || row == rows - 1;
        return aisle ? '!' : '@';
    }

    private static char shelf(int row, int rows, int column) {
        int from = row - row % 4; // the aisle above
        if (from + 4 > rows || row % 4 == 0 || column % (SHELF + 1) == SHELF) {
            return '!';
        }
        return row % 4 == 2 ? '#' : '$';
    }
}
