package marlab.sim.map;

import java.util.random.RandomGenerator;

/// Draws maps for agents that walk to goals: 1 for an obstacle on a plane of zeros. Written after
/// the descriptions of POGEMA's generators (Skrynnik et al. 2025, pogema-toolbox). Drawing
/// allocates nothing.
public enum GridGenerator {
    /// Every cell is an obstacle with the same probability, whatever the others are.
    RANDOM {
        @Override
        public void draw(GridPlane walls, double density, RandomGenerator random) {
            long below = (long) (density * 0x1p32);
            int half = 0; // of a drawn number that is left
            long drawn = 0;
            for (int row = 0; row < walls.rows; row++) {
                int first = walls.at(row, 0);
                for (int p = first; p < first + walls.columns; p++) {
                    drawn = half == 0 ? random.nextLong() : drawn >>> 32;
                    half ^= 1;
                    walls.cells[p] = (byte) ((drawn & 0xFFFF_FFFFL) - below >>> 63);
                }
            }
        }
    },
    /// Walls that walk over the odd rows and columns, mostly straight on (as in PRIMAL2): the
    /// others stay corridors, one cell wide.
    MAZE {
        @Override
        public void draw(GridPlane walls, double density, RandomGenerator random) {
            walls.fill((byte) 0);
            int down = walls.rows / 2;
            int right = walls.columns / 2;
            int length = 1 + random.nextInt(LONGEST_WALL);
            int cells = down * right == 0 ? 0 : walls.rows * walls.columns;
            int count = (int) (cells * density * FULLNESS / length);
            for (int wall = 0; wall < count; wall++) {
                walk(
                        walls,
                        2 * random.nextInt(down) + 1,
                        2 * random.nextInt(right) + 1,
                        length,
                        random);
            }
        }
    },
    /// Rooms: the ground is split by walls with a door or two each, and the parts again, until they
    /// are small. With less density walls have more doors.
    HOUSE {
        @Override
        public void draw(GridPlane walls, double density, RandomGenerator random) {
            walls.fill((byte) 0);
            if (density > 0) {
                split(walls, 0, 0, walls.rows, walls.columns, density, random);
            }
        }
    };

    private static final int LONGEST_WALL = 8;
    private static final int SMALLEST_ROOM = 4;
    private static final double STRAIGHT = 0.8;

    /// Walls meet and overlap; with this many, about `density` of all cells become obstacles at the
    /// usual densities.
    private static final double FULLNESS = 1.3;

    /// Draws the obstacles; margin and frame are left as they are.
    ///
    /// @param density about the fraction of obstacles, 0 for none
    public abstract void draw(GridPlane walls, double density, RandomGenerator random);

    /// A wall from where it begins; steps that would leave the map or join a wall are not made, so
    /// that walls seldom close anything in.
    private static void walk(
            GridPlane walls, int fromRow, int fromColumn, int length, RandomGenerator random) {
        int row = fromRow;
        int column = fromColumn;
        int heading = random.nextInt(4);
        walls.cells[walls.at(row, column)] = 1;
        for (int step = 1; step < length; step++) {
            if (random.nextDouble() >= STRAIGHT) {
                heading = heading + 1 + random.nextInt(3) & 3;
            }
            int dr = heading == 0 ? -1 : heading == 1 ? 1 : 0;
            int dc = heading == 2 ? -1 : heading == 3 ? 1 : 0;
            int nextRow = row + 2 * dr;
            int nextColumn = column + 2 * dc;
            if (nextRow >= 0
                    && nextRow < walls.rows
                    && nextColumn >= 0
                    && nextColumn < walls.columns
                    && walls.cells[walls.at(nextRow, nextColumn)] == 0) {
                walls.cells[walls.at(row + dr, column + dc)] = 1;
                walls.cells[walls.at(nextRow, nextColumn)] = 1;
                row = nextRow;
                column = nextColumn;
            }
        }
    }

    /// Splits a part across its longer side, if it is large enough for two rooms.
    private static void split(
            GridPlane walls,
            int top,
            int left,
            int rows,
            int columns,
            double density,
            RandomGenerator random) {
        boolean across = rows > columns || rows == columns && random.nextBoolean();
        int side = across ? rows : columns;
        if (side < 2 * SMALLEST_ROOM + 1) {
            return;
        }
        int wall = place(walls, top, left, rows, columns, across, random);
        if (wall == 0) {
            return;
        }
        int length = across ? columns : rows;
        int doors = 1 + (int) (length / 8 * (1 - density));
        for (int k = 0; k < length; k++) {
            walls.cells[across ? walls.at(top + wall, left + k) : walls.at(top + k, left + wall)] =
                    1;
        }
        for (int door = 0; door < doors; door++) {
            open(
                    walls,
                    across,
                    across ? top + wall : left + wall,
                    across ? left : top,
                    length,
                    random);
        }
        if (across) {
            split(walls, top, left, wall, columns, density, random);
            split(walls, top + wall + 1, left, rows - wall - 1, columns, density, random);
        } else {
            split(walls, top, left, rows, wall, density, random);
            split(walls, top, left + wall + 1, rows, columns - wall - 1, density, random);
        }
    }

    /// Where a wall may stand: both its ends must meet walls, not doors; 0 where there is no place.
    private static int place(
            GridPlane walls,
            int top,
            int left,
            int rows,
            int columns,
            boolean across,
            RandomGenerator random) {
        int places = (across ? rows : columns) - 2 * SMALLEST_ROOM;
        int first = random.nextInt(places);
        for (int k = 0; k < places; k++) {
            int wall = SMALLEST_ROOM + (first + k) % places;
            int from = across ? walls.at(top + wall, left - 1) : walls.at(top - 1, left + wall);
            int to =
                    across
                            ? walls.at(top + wall, left + columns)
                            : walls.at(top + rows, left + wall);
            if (walls.cells[from] != 0 && walls.cells[to] != 0) {
                return wall;
            }
        }
        return 0;
    }

    private static void open(
            GridPlane walls,
            boolean across,
            int wall,
            int from,
            int length,
            RandomGenerator random) {
        int at = from + random.nextInt(length);
        walls.cells[across ? walls.at(wall, at) : walls.at(at, wall)] = 0;
    }
}
