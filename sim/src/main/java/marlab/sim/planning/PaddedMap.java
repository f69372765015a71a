package marlab.sim.planning;

/// The obstacles of a grid world inside a border of obstacles, so that looking at a neighbour needs
/// no check. A *place* is a cell's index in here; the number of places in a row is odd, so that
/// places of even and odd index lie like the fields of a chessboard. Immutable.
final class PaddedMap {

    /// Actions of a grid world: stay and the four neighbours.
    static final int MOVES = 5;

    /// Number of places.
    final int size;

    /// 1 where agents can stand, else 0.
    final byte[] free;

    /// What to add to a place, by action.
    final int[] step;

    /// Which connected part a place belongs to, from 1; 0 for obstacles.
    final int[] component;

    private final int rows;
    private final int columns;
    private final int stride;

    /// The map as it is now.
    PaddedMap(GridWorld world) {
        rows = world.rows();
        columns = world.columns();
        stride = columns + 2 | 1;
        size = (rows + 2) * stride;
        step = new int[] {0, -stride, stride, -1, 1};
        free = new byte[size];
        for (int cell = 0; cell < rows * columns; cell++) {
            free[place(cell)] = (byte) (world.blocked(cell) ? 0 : 1);
        }
        component = new int[size];
        label();
    }

    private void label() {
        int[] queue = new int[size];
        int labels = 0;
        for (int first = 0; first < size; first++) {
            if (free[first] == 0 || component[first] != 0) {
                continue;
            }
            component[first] = ++labels;
            queue[0] = first;
            int tail = 1;
            for (int head = 0; head < tail; head++) {
                for (int move = 1; move < MOVES; move++) {
                    int next = queue[head] + step[move];
                    if (free[next] == 1 && component[next] == 0) {
                        component[next] = labels;
                        queue[tail++] = next;
                    }
                }
            }
        }
    }

    /// Place of a cell.
    int place(int cell) {
        int row = cell / columns;
        return (row + 1) * stride + cell - row * columns + 1;
    }

    /// True when the world still has these obstacles.
    boolean shows(GridWorld world) {
        if (world.rows() != rows || world.columns() != columns) {
            return false;
        }
        for (int cell = 0; cell < rows * columns; cell++) {
            if (world.blocked(cell) != (free[place(cell)] == 0)) {
                return false;
            }
        }
        return true;
    }
}
