package marlab.app.raster;

import marlab.sim.draw.Brush;

/// The shape of a small mark as coverage, 0 to 255 a pixel, drawn once and put down many times.
/// Immutable.
public final class Stamp {

    /// Samples per pixel side.
    private static final int FINE = 4;

    /// Width of the rim, pixels; marks smaller than {@link #RIMMED} have none.
    private static final double RIM = 1;

    private static final double RIMMED = 4;

    private final int size;
    private final byte[] cover;
    private final byte[] rim;
    private final int[] from; // first column that is covered, per row
    private final int[] to;

    /// A mark of this radius in pixels.
    ///
    /// @param heading radians from the x axis, counter-clockwise
    public Stamp(Brush.Sprite shape, double radius, double heading) {
        size = 2 * (int) Math.ceil(radius + 0.5);
        cover = new byte[size * size];
        rim = new byte[size * size];
        double rimWidth = radius >= RIMMED && shape != Brush.Sprite.RING ? RIM : 0;
        double cos = Math.cos(heading);
        double sin = Math.sin(heading);
        for (int k = 0; k < size * size; k++) {
            int inside = 0;
            int edge = 0;
            for (int s = 0; s < FINE * FINE; s++) {
                double dx = k % size + (s % FINE + 0.5) / FINE - size / 2.0;
                double dy = size / 2.0 - (k / size + (s / FINE + 0.5) / FINE);
                double depth = depth(shape, radius, dx * cos + dy * sin, dy * cos - dx * sin);
                inside += depth >= 0 ? 1 : 0;
                edge += depth >= 0 && depth < rimWidth ? 1 : 0;
            }
            cover[k] = (byte) (inside * 255 / (FINE * FINE));
            rim[k] = (byte) (inside == 0 ? 0 : 0.8 * edge * 255 / inside);
        }
        from = new int[size];
        to = new int[size];
        for (int row = 0; row < size; row++) {
            span(row);
        }
    }

    private void span(int row) {
        int first = 0;
        int last = size;
        while (first < size && cover[row * size + first] == 0) {
            first++;
        }
        while (last > first && cover[row * size + last - 1] == 0) {
            last--;
        }
        from[row] = first;
        to[row] = last;
    }

    /// How far within the shape a point is, in pixels; negative outside. x points along the
    /// heading.
    private static double depth(Brush.Sprite shape, double radius, double x, double y) {
        double distance = Math.sqrt(x * x + y * y);
        return switch (shape) {
            case DISC -> radius - distance;
            case SQUARE -> 0.9 * radius - Math.max(Math.abs(x), Math.abs(y));
            case RING -> Math.max(0.6, radius * 0.12) - Math.abs(distance - 0.86 * radius);
            case ARROW -> arrow(radius, x, Math.abs(y));
        };
    }

    /// A dart: tip ahead, two barbs, a notch behind.
    private static double arrow(double radius, double x, double y) {
        double barbX = -0.8 * radius;
        double barbY = 0.62 * radius;
        double notchX = -0.4 * radius;
        double side = below(radius, 0, barbX, barbY, x, y);
        double back = below(barbX, barbY, notchX, 0, x, y);
        return Math.min(side, back);
    }

    /// Distance of (x, y) from the line through two points, positive on its right-hand side when
    /// walking from the second to the first.
    private static double below(double x1, double y1, double x2, double y2, double x, double y) {
        double dx = x2 - x1;
        double dy = y2 - y1;
        return (dx * (y - y1) - dy * (x - x1)) / Math.sqrt(dx * dx + dy * dy);
    }

    /// Pixels per side; even.
    int size() {
        return size;
    }

    /// Pixels from the middle to the edge of the square.
    double reach() {
        return size / 2.0;
    }

    /// The first column of a row that is covered.
    int from(int row) {
        return from[row];
    }

    /// One after the last column of a row that is covered.
    int to(int row) {
        return to[row];
    }

    /// How much of a pixel is covered, 0 to 255.
    int cover(int row, int column) {
        return cover[row * size + column] & 0xFF;
    }

    /// How much of what is covered is rim, 0 to 255.
    int rim(int row, int column) {
        return rim[row * size + column] & 0xFF;
    }
}
