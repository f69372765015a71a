package marlab.app.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import marlab.app.chart.ChartFonts;
import marlab.app.raster.Raster;
import marlab.app.raster.Stamps;
import marlab.app.raster.TaperOutline;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;

/// A brush on a picture in memory, for files: needs no display. Looks as {@link
/// marlab.app.fx.FxBrush} does. Owned by one thread.
public final class ImageBrush implements Brush {

    private static final double OUTLINE_OPACITY = 0.8;
    private static final float[] DASHES = {6, 4};

    private final BufferedImage image;
    private final Graphics2D graphics;
    private final Raster raster;
    private final ColourRegistry colours;
    private final ChartFonts fonts;
    private final TaperOutline taper = new TaperOutline();
    private final Stamps stamps = new Stamps();
    private final double zoom;
    private double scale = 1;
    private double left;
    private double top;

    /// A brush on a new picture, all canvas.
    ///
    /// @param width in pixels
    /// @param zoom pixels per pixel at 100 %: lines and type grow with it
    public ImageBrush(
            int width, int height, double zoom, ColourRegistry colours, ChartFonts fonts) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB_PRE);
        this.zoom = zoom;
        this.colours = colours;
        this.fonts = fonts;
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        raster = new Raster(pixels, width, height);
        graphics = image.createGraphics();
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        clear();
    }

    /// Makes everything canvas again, for the next frame of a film.
    public void clear() {
        graphics.setColor(colour(Ink.Role.CANVAS, 1));
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    }

    /// The picture.
    public BufferedImage image() {
        return image;
    }

    /// Shows this part of the world within a rectangle of the picture, as large as fits.
    public void frame(Bounds bounds, double x, double y, double width, double height) {
        double worldWidth = bounds.maxX() - bounds.minX();
        double worldHeight = bounds.maxY() - bounds.minY();
        scale = Math.min(width / worldWidth, height / worldHeight);
        left = x + (width - scale * worldWidth) / 2 - scale * bounds.minX();
        top = y + (height - scale * worldHeight) / 2 + scale * bounds.maxY();
    }

    private double pixelX(double x) {
        return left + scale * x;
    }

    private double pixelY(double y) {
        return top - scale * y;
    }

    private Color colour(Ink ink, double opacity) {
        int argb = colours.argb(ink);
        return new Color(
                argb >> 16 & 0xFF, argb >> 8 & 0xFF, argb & 0xFF, (int) Math.round(255 * opacity));
    }

    private void paint(Shape shape, Ink fill, Ink outline, double width) {
        graphics.setColor(colour(fill, 1));
        graphics.fill(shape);
        graphics.setColor(colour(outline, OUTLINE_OPACITY));
        graphics.setStroke(stroke(width, null));
        graphics.draw(shape);
    }

    private BasicStroke stroke(double width, float[] dashes) {
        return new BasicStroke(
                (float) (width * zoom),
                BasicStroke.CAP_ROUND,
                BasicStroke.JOIN_ROUND,
                10,
                dashes,
                0);
    }

    private Shape circle(double x, double y, double radius) {
        double r = radius * scale;
        return new Ellipse2D.Double(pixelX(x) - r, pixelY(y) - r, 2 * r, 2 * r);
    }

    @Override
    public void disc(double x, double y, double radius, Ink fill, Ink outline, double width) {
        paint(circle(x, y, radius), fill, outline, width);
    }

    @Override
    public void ring(double x, double y, double radius, Ink ink, double width, boolean dashed) {
        graphics.setColor(colour(ink, 1));
        graphics.setStroke(stroke(width, dashed ? DASHES : null));
        graphics.draw(circle(x, y, radius));
    }

    @Override
    public void polygon(double[] xs, double[] ys, int count, Ink fill, Ink outline, double width) {
        Path2D path = new Path2D.Double();
        for (int k = 0; k < count; k++) {
            if (k == 0) {
                path.moveTo(pixelX(xs[k]), pixelY(ys[k]));
            } else {
                path.lineTo(pixelX(xs[k]), pixelY(ys[k]));
            }
        }
        path.closePath();
        paint(path, fill, outline, width);
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Ink ink, double width) {
        graphics.setColor(colour(ink, 1));
        graphics.setStroke(stroke(width, null));
        graphics.draw(new Line2D.Double(pixelX(x1), pixelY(y1), pixelX(x2), pixelY(y2)));
    }

    @Override
    public void taper(
            double[] xs, double[] ys, int count, Ink ink, double fromWidth, double toWidth) {
        if (count < 2) {
            return;
        }
        double[] px = new double[count];
        double[] py = new double[count];
        for (int k = 0; k < count; k++) {
            px[k] = pixelX(xs[k]);
            py[k] = pixelY(ys[k]);
        }
        taper.through(px, py, count, fromWidth * zoom, toWidth * zoom);
        Path2D path = new Path2D.Double();
        path.moveTo(taper.x()[0], taper.y()[0]);
        for (int k = 1; k < taper.corners(); k++) {
            path.lineTo(taper.x()[k], taper.y()[k]);
        }
        path.closePath();
        graphics.setPaint(
                new GradientPaint(
                        (float) px[0],
                        (float) py[0],
                        colour(ink, 0.12),
                        (float) px[count - 1],
                        (float) py[count - 1],
                        colour(ink, 0.9)));
        graphics.fill(path);
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
        raster.tiles(pixelX(minX), pixelY(maxY), size * scale, rows, columns, codes, pixels(inks));
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
        int[] fills = pixels(inks);
        int outline = colours.argb(Ink.Role.FOREGROUND);
        stamps.use(shape, radius * scale);
        for (int k = 0; k < count; k++) {
            raster.stamp(
                    stamps.at(headings == null ? 0 : headings[k]),
                    pixelX(xs[k]),
                    pixelY(ys[k]),
                    fills[codes[k]],
                    outline);
        }
    }

    private int[] pixels(Ink[] inks) {
        int[] pixels = new int[inks.length];
        for (int k = 0; k < inks.length; k++) {
            pixels[k] = colours.argb(inks[k]);
        }
        return pixels;
    }

    @Override
    public void text(String text, double x, double y, double size, boolean bold, Ink ink) {
        write(text, pixelX(x), pixelY(y), size > 0 ? size * scale : -size * zoom, bold, ink, 0.5);
    }

    /// Writes text at a place of the picture, in pixels.
    ///
    /// @param anchor 0 begins there, 0.5 has its middle there
    void write(String text, double x, double y, double size, boolean bold, Ink ink, double anchor) {
        Font font = (bold ? fonts.bold : fonts.regular).deriveFont((float) size);
        graphics.setFont(font);
        graphics.setColor(colour(ink, 1));
        FontMetrics metrics = graphics.getFontMetrics();
        double startX = x - anchor * metrics.stringWidth(text);
        double baseline = y + (metrics.getAscent() - metrics.getDescent()) / 2.0;
        graphics.drawString(text, (float) startX, (float) baseline);
    }
}
