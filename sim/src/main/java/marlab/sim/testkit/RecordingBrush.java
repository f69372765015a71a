package marlab.sim.testkit;

import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;

/// Draws nothing and notes what was drawn outside the bounds or without a place.
final class RecordingBrush implements Brush {

    private static final double SLACK = 1e-9;

    private final Bounds bounds;
    private String firstOutside = "";
    private int strokes;

    RecordingBrush(Bounds bounds) {
        this.bounds = bounds;
    }

    /// What was drawn outside first, in words; "" where nothing was.
    String firstOutside() {
        return firstOutside;
    }

    /// How many things were drawn.
    int strokes() {
        return strokes;
    }

    private void stroke(String what, double x, double y, double reach) {
        strokes++;
        boolean inside =
                x - reach >= bounds.minX() - SLACK
                        && x + reach <= bounds.maxX() + SLACK
                        && y - reach >= bounds.minY() - SLACK
                        && y + reach <= bounds.maxY() + SLACK;
        if (!inside && firstOutside.isEmpty()) {
            firstOutside =
                    what + " at (" + x + ", " + y + ") reaching " + reach + " is outside " + bounds;
        }
    }

    private void strokes(String what, double[] xs, double[] ys, int count) {
        for (int k = 0; k < count; k++) {
            stroke(what, xs[k], ys[k], 0);
        }
    }

    @Override
    public void disc(double x, double y, double radius, Ink fill, Ink outline, double width) {
        stroke("a disc", x, y, radius);
    }

    @Override
    public void ring(double x, double y, double radius, Ink ink, double width, boolean dashed) {
        stroke("a ring", x, y, radius);
    }

    @Override
    public void polygon(double[] xs, double[] ys, int count, Ink fill, Ink outline, double width) {
        strokes("a polygon's corner", xs, ys, count);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Ink ink, double width) {
        stroke("a line's end", x1, y1, 0);
        stroke("a line's end", x2, y2, 0);
    }

    @Override
    public void taper(
            double[] xs, double[] ys, int count, Ink ink, double fromWidth, double toWidth) {
        strokes("a path's point", xs, ys, count);
    }

    @Override
    public void tiles(
            double minX,
            double maxY,
            double size,
            int rows,
            int columns,
            byte[] codes,
            Ink[] inks) {
        stroke("a raster's corner", minX, maxY, 0);
        stroke("a raster's corner", minX + columns * size, maxY - rows * size, 0);
        for (int k = 0; k < rows * columns; k++) {
            ink(codes[k], inks);
        }
    }

    @Override
    public void sprites(
            Sprite shape,
            int count,
            double[] xs,
            double[] ys,
            double[] headings,
            double radius,
            byte[] codes,
            Ink[] inks) {
        for (int k = 0; k < count; k++) {
            stroke("a sprite", xs[k], ys[k], radius);
            ink(codes[k], inks);
        }
    }

    private void ink(byte code, Ink[] inks) {
        if (code >= inks.length && firstOutside.isEmpty()) {
            firstOutside = "colour " + code + " is none of the " + inks.length + " given";
        }
    }

    @Override
    public void text(String text, double x, double y, double size, boolean bold, Ink ink) {
        stroke("the text \"" + text + "\"", x, y, 0);
    }
}
