package marlab.sim.world.dilemma;

import java.util.Arrays;

/// Pictures of the ground as agents see it: square, centred on the agent, what lies ahead of it on
/// top. The ground is kept as bits, once for every heading, so that a row of a picture is a shift
/// and two copies out of a table, and many copies of a world fit into the cache.
final class Views {

    /// Largest radius: a row of a picture must fit into 32 bits.
    static final int FARTHEST = 15;

    /// Every byte as eight numbers, lowest bit first.
    private static final float[] NUMBERS = new float[256 * 8];

    static {
        for (int k = 0; k < NUMBERS.length; k++) {
            NUMBERS[k] = (k >> 3) >> (k & 7) & 1;
        }
    }

    private final int rows;
    private final int columns;
    private final int radius;
    private final int channels;

    /// Per heading [channels × lines × words]; word w has the bits 32 w to 32 w + 63 of a line.
    private final long[][] bits = new long[4][];

    private final int[] lines = new int[4];
    private final int[] words = new int[4];

    Views(int rows, int columns, int radius, int channels) {
        this.rows = rows;
        this.columns = columns;
        this.radius = radius;
        this.channels = channels;
        for (int h = 0; h < 4; h++) {
            lines[h] = (h % 2 == 0 ? rows : columns) + 2 * radius;
            words[h] = ((h % 2 == 0 ? columns : rows) + 2 * radius - 1 >> 5) + 1;
            bits[h] = new long[channels * lines[h] * words[h]];
        }
    }

    /// Cells of a picture's side.
    int width() {
        return 2 * radius + 1;
    }

    void clear() {
        for (long[] each : bits) {
            Arrays.fill(each, 0);
        }
    }

    /// Inverts what a channel has for a cell.
    void flip(int channel, int row, int column) {
        for (int h = 0; h < 4; h++) {
            int bit = across(h, row, column) + radius;
            int at = (channel * lines[h] + line(h, row, column) + radius) * words[h] + (bit >> 5);
            bits[h][at] ^= 1L << (bit & 31);
            if (bit >= 32) {
                bits[h][at - 1] ^= 1L << (bit & 31) + 32;
            }
        }
    }

    /// The line of a cell in the map turned so that `heading` points up.
    private int line(int heading, int row, int column) {
        return switch (heading) {
            case Walkers.UP -> row;
            case Walkers.RIGHT -> columns - 1 - column;
            case Walkers.DOWN -> rows - 1 - row;
            default -> column;
        };
    }

    /// The place of a cell in its line in the map turned so that `heading` points up.
    private int across(int heading, int row, int column) {
        return switch (heading) {
            case Walkers.UP -> column;
            case Walkers.RIGHT -> row;
            case Walkers.DOWN -> columns - 1 - column;
            default -> rows - 1 - row;
        };
    }

    /// Writes all channels over zeros, and up to seven more zeros after them.
    void copy(int heading, int row, int column, float[] into, int at) {
        int width = width();
        long mask = (1L << width) - 1;
        long[] from = bits[heading];
        int step = words[heading];
        int left = across(heading, row, column);
        int first = line(heading, row, column) * step + (left >> 5);
        int p = at;
        for (int channel = 0; channel < channels; channel++) {
            int k = first + channel * lines[heading] * step;
            for (int end = p + width * width; p < end; p += width) {
                long cells = from[k] >>> (left & 31) & mask;
                k += step;
                for (int c = p; cells != 0; c += 8) {
                    System.arraycopy(NUMBERS, (int) (cells & 255) << 3, into, c, 8);
                    cells >>>= 8;
                }
            }
        }
    }

    /// Where a cell is in the picture of an agent at (0, 0), as line · width + column; −1 where it
    /// is not in it.
    int spot(int heading, int down, int right) {
        int line =
                radius
                        + switch (heading) {
                            case Walkers.UP -> down;
                            case Walkers.RIGHT -> -right;
                            case Walkers.DOWN -> -down;
                            default -> right;
                        };
        int across =
                radius
                        + switch (heading) {
                            case Walkers.UP -> right;
                            case Walkers.RIGHT -> down;
                            case Walkers.DOWN -> -right;
                            default -> -down;
                        };
        int width = width();
        boolean seen = line >= 0 && line < width && across >= 0 && across < width;
        return seen ? line * width + across : -1;
    }
}
