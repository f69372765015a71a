package marlab.sim.draw;

import marlab.sim.env.AgentId;

/// An agent as shape + letter + colour, so that no one of the three carries the meaning alone: A
/// circle, B square, C triangle, D diamond, E pentagon, F hexagon, G star, then round again.
public final class AgentGlyph {

    private static final int SHAPES = 7;

    private AgentGlyph() {}

    /// Draws agent `index` with an area about that of a disc of this radius.
    public static void draw(
            Brush brush, int index, double x, double y, double radius, Overlays on) {
        if (on.selected == index) {
            brush.ring(x, y, radius * 1.45, Ink.Role.ACCENT, 3, false);
        }
        Ink fill = new Ink.Agent(index);
        double letterY = y;
        switch (index % SHAPES) {
            case 0 -> brush.disc(x, y, radius, fill, Ink.Role.FOREGROUND, 1.5);
            case 1 -> regular(brush, fill, x, y, radius * 1.25, 4, 45);
            case 2 -> {
                regular(brush, fill, x, y, radius * 1.35, 3, 90);
                letterY = y - radius * 0.12;
            }
            case 3 -> regular(brush, fill, x, y, radius * 1.25, 4, 90);
            case 4 -> regular(brush, fill, x, y, radius * 1.15, 5, 90);
            case 5 -> regular(brush, fill, x, y, radius * 1.1, 6, 0);
            default -> star(brush, fill, x, y, radius * 1.4);
        }
        if (on.letters) {
            String letter = AgentId.letter(index);
            double size = radius * (letter.length() == 1 ? 1.05 : 0.8);
            brush.text(letter, x, letterY, size, true, new Ink.OnAgent(index));
        }
    }

    private static void regular(
            Brush brush, Ink fill, double x, double y, double radius, int corners, double degrees) {
        double[] xs = new double[corners];
        double[] ys = new double[corners];
        for (int k = 0; k < corners; k++) {
            double angle = Math.toRadians(degrees + 360.0 * k / corners);
            xs[k] = x + radius * Math.cos(angle);
            ys[k] = y + radius * Math.sin(angle);
        }
        brush.polygon(xs, ys, corners, fill, Ink.Role.FOREGROUND, 1.5);
    }

    private static void star(Brush brush, Ink fill, double x, double y, double radius) {
        double[] xs = new double[10];
        double[] ys = new double[10];
        for (int k = 0; k < 10; k++) {
            double angle = Math.toRadians(90 + 36.0 * k);
            double r = k % 2 == 0 ? radius : radius * 0.55;
            xs[k] = x + r * Math.cos(angle);
            ys[k] = y + r * Math.sin(angle);
        }
        brush.polygon(xs, ys, 10, fill, Ink.Role.FOREGROUND, 1.5);
    }
}
