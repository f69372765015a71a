package marlab.app.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;

/// Remembers what a portrayal draws, to draw it again elsewhere: what takes long is done on another
/// thread while the world goes on. Owned by one thread until it is handed on.
public final class BrushRecord implements Brush {

    private final List<Consumer<Brush>> calls = new ArrayList<>();

    /// Nothing yet.
    public BrushRecord() {}

    /// Draws all of it, in the same order.
    public void drawOn(Brush brush) {
        calls.forEach(call -> call.accept(brush));
    }

    @Override
    public void disc(double x, double y, double radius, Ink fill, Ink outline, double width) {
        calls.add(brush -> brush.disc(x, y, radius, fill, outline, width));
    }

    @Override
    public void ring(double x, double y, double radius, Ink ink, double width, boolean dashed) {
        calls.add(brush -> brush.ring(x, y, radius, ink, width, dashed));
    }

    @Override
    public void polygon(double[] xs, double[] ys, int count, Ink fill, Ink outline, double width) {
        double[] px = Arrays.copyOf(xs, count);
        double[] py = Arrays.copyOf(ys, count);
        calls.add(brush -> brush.polygon(px, py, count, fill, outline, width));
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Ink ink, double width) {
        calls.add(brush -> brush.line(x1, y1, x2, y2, ink, width));
    }

    @Override
    public void taper(
            double[] xs, double[] ys, int count, Ink ink, double fromWidth, double toWidth) {
        double[] px = Arrays.copyOf(xs, count);
        double[] py = Arrays.copyOf(ys, count);
        calls.add(brush -> brush.taper(px, py, count, ink, fromWidth, toWidth));
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
        byte[] cells = Arrays.copyOf(codes, rows * columns);
        Ink[] colours = inks.clone();
        calls.add(brush -> brush.tiles(minX, maxY, size, rows, columns, cells, colours));
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
        double[] px = Arrays.copyOf(xs, count);
        double[] py = Arrays.copyOf(ys, count);
        double[] ways = headings == null ? null : Arrays.copyOf(headings, count);
        byte[] which = Arrays.copyOf(codes, count);
        Ink[] colours = inks.clone();
        calls.add(brush -> brush.sprites(shape, count, px, py, ways, radius, which, colours));
    }

    @Override
    public void text(String text, double x, double y, double size, boolean bold, Ink ink) {
        calls.add(brush -> brush.text(text, x, y, size, bold, ink));
    }
}
