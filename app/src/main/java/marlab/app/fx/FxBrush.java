package marlab.app.fx;

import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import marlab.app.raster.Raster;
import marlab.app.raster.Stamp;
import marlab.app.raster.Stamps;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;

/// A brush on a JavaFX canvas. World units are letterboxed into the canvas, y upwards. Cells and
/// crowds of marks go through a {@link Raster}, everything else through the canvas; {@link #finish}
/// ends a picture. Owned by the FX thread.
public final class FxBrush implements Brush {

    private static final double OUTLINE_OPACITY = 0.8;
    private static final double[] DASHES = {6, 4};
    private static final String FAMILY = "Inter";

    private final GraphicsContext gc;
    private final Taper taper = new Taper();
    private final RasterLayers layers;
    private final Stamps stamps = new Stamps();
    private int[] inkPixels = new int[16];
    private ColourRegistry colours;
    private double scale = 1;
    private double left;
    private double top;
    private double[] xs = new double[16];
    private double[] ys = new double[16];
    private Font font;
    private double fontSize;
    private boolean fontBold;

    /// A brush for this canvas.
    public FxBrush(GraphicsContext gc, ColourRegistry colours) {
        this.gc = gc;
        this.colours = colours;
        layers = new RasterLayers(gc);
        gc.setLineCap(StrokeLineCap.ROUND);
        gc.setLineJoin(StrokeLineJoin.ROUND);
        gc.setTextAlign(TextAlignment.CENTER);
        gc.setTextBaseline(VPos.CENTER);
    }

    /// Draws in these colours from now on.
    public void colours(ColourRegistry now) {
        colours = now;
    }

    /// Shows this part of the world, as large as fits and in the middle.
    public void frame(Bounds bounds, double width, double height) {
        double worldWidth = bounds.maxX() - bounds.minX();
        double worldHeight = bounds.maxY() - bounds.minY();
        scale = Math.min(width / worldWidth, height / worldHeight);
        left = (width - scale * worldWidth) / 2 - scale * bounds.minX();
        top = (height - scale * worldHeight) / 2 + scale * bounds.maxY();
        layers.begin(width, height);
    }

    /// Pixel column of a world coordinate.
    public double pixelX(double x) {
        return left + scale * x;
    }

    /// Pixel row of a world coordinate.
    public double pixelY(double y) {
        return top - scale * y;
    }

    /// World coordinate of a pixel column.
    public double worldX(double pixel) {
        return (pixel - left) / scale;
    }

    /// World coordinate of a pixel row.
    public double worldY(double pixel) {
        return (top - pixel) / scale;
    }

    /// Pixels per world unit.
    public double scale() {
        return scale;
    }

    @Override
    public void disc(double x, double y, double radius, Ink fill, Ink outline, double width) {
        layers.flush();
        double r = radius * scale;
        double px = pixelX(x) - r;
        double py = pixelY(y) - r;
        gc.setFill(colours.colour(fill));
        gc.fillOval(px, py, 2 * r, 2 * r);
        outline(outline, width);
        gc.strokeOval(px, py, 2 * r, 2 * r);
    }

    @Override
    public void ring(double x, double y, double radius, Ink ink, double width, boolean dashed) {
        layers.flush();
        double r = radius * scale;
        gc.setStroke(colours.colour(ink));
        gc.setLineWidth(width);
        if (dashed) {
            gc.setLineDashes(DASHES);
        }
        gc.strokeOval(pixelX(x) - r, pixelY(y) - r, 2 * r, 2 * r);
        if (dashed) {
            gc.setLineDashes((double[]) null);
        }
    }

    @Override
    public void polygon(double[] px, double[] py, int count, Ink fill, Ink outline, double width) {
        layers.flush();
        toPixels(px, py, count);
        gc.setFill(colours.colour(fill));
        gc.fillPolygon(xs, ys, count);
        outline(outline, width);
        gc.strokePolygon(xs, ys, count);
    }

    private void outline(Ink ink, double width) {
        Color colour = colours.colour(ink);
        gc.setStroke(colour.deriveColor(0, 1, 1, OUTLINE_OPACITY));
        gc.setLineWidth(width);
    }

    private void toPixels(double[] px, double[] py, int count) {
        if (xs.length < count) {
            xs = new double[2 * count];
            ys = new double[2 * count];
        }
        for (int k = 0; k < count; k++) {
            xs[k] = pixelX(px[k]);
            ys[k] = pixelY(py[k]);
        }
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Ink ink, double width) {
        layers.flush();
        gc.setStroke(colours.colour(ink));
        gc.setLineWidth(width);
        gc.strokeLine(pixelX(x1), pixelY(y1), pixelX(x2), pixelY(y2));
    }

    @Override
    public void taper(
            double[] px, double[] py, int count, Ink ink, double fromWidth, double toWidth) {
        if (count < 2) {
            return;
        }
        layers.flush();
        toPixels(px, py, count);
        taper.fill(gc, xs, ys, count, colours.colour(ink), fromWidth, toWidth);
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
        double density = layers.density();
        layers.top()
                .tiles(
                        pixelX(minX) * density,
                        pixelY(maxY) * density,
                        size * scale * density,
                        rows,
                        columns,
                        codes,
                        pixels(inks));
    }

    /// Premultiplied ARGB of opaque inks.
    private int[] pixels(Ink[] inks) {
        if (inkPixels.length < inks.length) {
            inkPixels = new int[inks.length];
        }
        for (int k = 0; k < inks.length; k++) {
            inkPixels[k] = colours.argb(inks[k]);
        }
        return inkPixels;
    }

    @Override
    public void sprites(
            Sprite shape,
            int count,
            double[] px,
            double[] py,
            double[] headings,
            double radius,
            byte[] codes,
            Ink[] inks) {
        double density = layers.density();
        Raster raster = layers.top();
        int[] fills = pixels(inks);
        int outline = colours.argb(Ink.Role.FOREGROUND);
        stamps.use(shape, radius * scale * density);
        for (int k = 0; k < count; k++) {
            Stamp stamp = stamps.at(headings == null ? 0 : headings[k]);
            double x = pixelX(px[k]) * density;
            double y = pixelY(py[k]) * density;
            raster.stamp(stamp, x, y, fills[codes[k]], outline);
        }
    }

    /// Ends the picture. Call it after the last stroke.
    public void finish() {
        layers.flush();
    }

    @Override
    public void text(String text, double x, double y, double size, boolean bold, Ink ink) {
        layers.flush();
        double pixels = size > 0 ? size * scale : -size;
        if (font == null || Math.abs(fontSize - pixels) > 0.25 || fontBold != bold) {
            font = Font.font(FAMILY, bold ? FontWeight.BOLD : FontWeight.NORMAL, pixels);
            fontSize = pixels;
            fontBold = bold;
        }
        gc.setFont(font);
        gc.setFill(colours.colour(ink));
        gc.fillText(text, pixelX(x), pixelY(y));
    }
}
