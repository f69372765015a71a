package marlab.app.picture;

import java.awt.geom.Path2D;
import marlab.sim.draw.Brush;

/// The outlines of a small mark, the same shapes that {@link marlab.app.raster.Stamp} has as
/// pixels. Immutable.
///
/// @param radius in pixels
record Mark(Brush.Sprite shape, double radius) {

    /// Length of the handles of four Bézier curves that make a circle of radius 1.
    private static final double ROUND = 0.5522847498;

    /// Width of the rim, pixels.
    private static final double RIM = 1;

    /// Adds the mark to a path that is filled by the non-zero rule.
    ///
    /// @param heading radians from the x axis, counter-clockwise; only arrows turn
    void addTo(Path2D path, double x, double y, double heading) {
        switch (shape) {
            case DISC -> circle(path, x, y, radius, 1);
            case SQUARE -> square(path, x, y, 0.9 * radius);
            case ARROW -> arrow(path, x, y, heading, radius, 0);
            case RING -> {
                double half = Math.max(0.6, 0.12 * radius);
                circle(path, x, y, 0.86 * radius + half, 1);
                circle(path, x, y, 0.86 * radius - half, -1);
            }
        }
    }

    /// Adds what is within the rim: the same shape, smaller.
    void addInnerTo(Path2D path, double x, double y, double heading) {
        switch (shape) {
            case DISC -> circle(path, x, y, radius - RIM, 1);
            case SQUARE -> square(path, x, y, 0.9 * radius - RIM);
            case ARROW -> innerArrow(path, x, y, heading);
            case RING -> {} // is all rim
        }
    }

    /// @param way 1 or −1
    private static void circle(Path2D path, double x, double y, double r, int way) {
        double h = ROUND * r;
        path.moveTo(x + r, y);
        path.curveTo(x + r, y + way * h, x + h, y + way * r, x, y + way * r);
        path.curveTo(x - h, y + way * r, x - r, y + way * h, x - r, y);
        path.curveTo(x - r, y - way * h, x - h, y - way * r, x, y - way * r);
        path.curveTo(x + h, y - way * r, x + r, y - way * h, x + r, y);
        path.closePath();
    }

    private static void square(Path2D path, double x, double y, double half) {
        double[] xs = {half, half, -half, -half};
        double[] ys = {-half, half, half, -half};
        corners(path, x, y, 0, xs, ys);
    }

    /// A dart: tip ahead, two barbs, a notch behind.
    private static void arrow(
            Path2D path, double x, double y, double heading, double r, double ahead) {
        double[] xs = {r + ahead, -0.8 * r + ahead, -0.4 * r + ahead, -0.8 * r + ahead};
        double[] ys = {0, 0.62 * r, 0, -0.62 * r};
        corners(path, x, y, heading, xs, ys);
    }

    /// The dart whose sides lie one rim further in: the same shape, smaller and moved along.
    private void innerArrow(Path2D path, double x, double y, double heading) {
        double side = Math.hypot(1.8, 0.62); // tip to barb, for radius 1
        double behind = Math.hypot(0.4, 0.62); // barb to notch
        double tip = radius - RIM * side / 0.62;
        double notch = -0.4 * radius + RIM * behind / 0.62;
        double smaller = (tip - notch) / 1.4;
        if (smaller > 0) {
            arrow(path, x, y, heading, smaller, tip - smaller);
        }
    }

    private static void corners(
            Path2D path, double x, double y, double heading, double[] xs, double[] ys) {
        double cos = Math.cos(heading);
        double sin = Math.sin(heading);
        for (int j = 0; j < xs.length; j++) {
            double px = x + xs[j] * cos - ys[j] * sin;
            double py = y - xs[j] * sin - ys[j] * cos;
            if (j == 0) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
        path.closePath();
    }
}
