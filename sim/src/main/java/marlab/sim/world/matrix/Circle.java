package marlab.sim.world.matrix;

import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;

/// Places of players on a circle about the origin, A on top, then clockwise. Owned by the thread
/// that draws.
final class Circle {

    private final double[] xs;
    private final double[] ys;
    private final double radius;
    private final double[] headX = new double[3];
    private final double[] headY = new double[3];

    /// @param reach radius of the circle
    Circle(int players, double reach) {
        xs = new double[players];
        ys = new double[players];
        for (int i = 0; i < players; i++) {
            double angle = Math.PI / 2 - 2 * Math.PI * i / players;
            xs[i] = reach * Math.cos(angle);
            ys[i] = reach * Math.sin(angle);
        }
        radius = Math.min(0.13 * reach, 0.62 * Math.PI * reach / players);
    }

    double x(int player) {
        return xs[player];
    }

    double y(int player) {
        return ys[player];
    }

    /// Of a player's glyph.
    double radius() {
        return radius;
    }

    /// An arrow from one player to another, a little to its left, so that there and back differ.
    void arrow(int from, int to, Ink ink, double width, Brush brush) {
        double dx = xs[to] - xs[from];
        double dy = ys[to] - ys[from];
        double length = Math.sqrt(dx * dx + dy * dy);
        dx /= length;
        dy /= length;
        double side = 0.35 * radius;
        double startX = xs[from] + 1.2 * radius * dx - side * dy;
        double startY = ys[from] + 1.2 * radius * dy + side * dx;
        double tipX = xs[to] - 1.35 * radius * dx - side * dy;
        double tipY = ys[to] - 1.35 * radius * dy + side * dx;
        double head = 0.7 * radius;
        double neckX = tipX - head * dx;
        double neckY = tipY - head * dy;
        brush.line(startX, startY, neckX, neckY, ink, width);
        headX[0] = tipX;
        headY[0] = tipY;
        headX[1] = neckX - 0.5 * head * dy;
        headY[1] = neckY + 0.5 * head * dx;
        headX[2] = neckX + 0.5 * head * dy;
        headY[2] = neckY - 0.5 * head * dx;
        brush.polygon(headX, headY, 3, ink, Ink.Role.MUTED, 0.5);
    }
}
