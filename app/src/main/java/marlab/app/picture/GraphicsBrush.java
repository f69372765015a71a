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
import java.awt.geom.Rectangle2D;
import marlab.app.chart.ChartFonts;
import marlab.app.raster.TaperOutline;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;

/// A brush on any Graphics2D: a picture in memory, an SVG document, a page of a PDF. Needs no
/// display and looks as {@link marlab.app.fx.FxBrush} does; tiles and sprites are vectors here, one
/// path per ink, so that thousands of marks stay one element each. Owned by one thread.
public class GraphicsBrush implements Brush {

    private static final double OUTLINE_OPACITY = 0.8;
    private static final float[] DASHES = {6, 4};

    /// Marks smaller than this, pixels, have no rim; as in {@link marlab.app.raster.Stamp}.
    private static final double RIMMED = 4;

    /// More marks than this are one path per ink, whichever covers whichever.
    private static final int CROWD = 1_000;

    /// Below this radius, pixels, a mark would be too faint to see.
    private static final double SMALLEST = 1;

    private final Graphics2D graphics;
    private final ColourRegistry colours;
    private final ChartFonts fonts;
    private final TaperOutline taper = new TaperOutline();
    private final double zoom;
    private double scale = 1;
    private double left;
    private double top;

    /// A brush on these graphics; nothing is drawn yet.
    ///
    /// @param zoom pixels per pixel at 100 %: lines and type grow with it
    public GraphicsBrush(
            Graphics2D graphics, double zoom, ColourRegistry colours, ChartFonts fonts) {
        this.graphics = graphics;
        this.zoom = zoom;
        this.colours = colours;
        this.fonts = fonts;
        smooth(graphics);
    }

    /// Asks for smooth edges and type, and for lines where they are and not where pixels are.
    static void smooth(Graphics2D graphics) {
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(
                RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    }

    /// Fills a rectangle of the picture, in pixels, with the colour of the canvas.
    public void canvas(double x, double y, double width, double height) {
        graphics.setColor(colour(Ink.Role.CANVAS, 1));
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    /// What is drawn on.
    protected final Graphics2D graphics() {
        return graphics;
    }

    /// The colour of an ink.
    protected final int argb(Ink ink) {
        return colours.argb(ink);
    }

    /// The colours of these inks.
    protected final int[] argb(Ink[] inks) {
        int[] pixels = new int[inks.length];
        for (int k = 0; k < inks.length; k++) {
            pixels[k] = colours.argb(inks[k]);
        }
        return pixels;
    }

    /// Pixels per unit of the world.
    public final double scale() {
        return scale;
    }

    /// Shows this part of the world within a rectangle of the picture, as large as fits.
    public final void frame(Bounds bounds, double x, double y, double width, double height) {
        double worldWidth = bounds.maxX() - bounds.minX();
        double worldHeight = bounds.maxY() - bounds.minY();
        scale = Math.min(width / worldWidth, height / worldHeight);
        left = x + (width - scale * worldWidth) / 2 - scale * bounds.minX();
        top = y + (height - scale * worldHeight) / 2 + scale * bounds.maxY();
    }

    /// Where a place of the world is, in pixels.
    public final double pixelX(double x) {
        return left + scale * x;
    }

    /// Where a place of the world is, in pixels from the top.
    public final double pixelY(double y) {
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
        hardEdges(true); // soft edges would leave hairlines between neighbours
        for (int code = 0; code < inks.length; code++) {
            Path2D cells = new Path2D.Double(Path2D.WIND_NON_ZERO);
            for (int r = 0; r < rows; r++) {
                cellsOfRow(cells, minX, maxY - r * size, size, columns, codes, r * columns, code);
            }
            fill(cells, colour(inks[code], 1));
        }
        hardEdges(false);
    }

    /// Adds what a row has of one ink: neighbours are one rectangle.
    private void cellsOfRow(
            Path2D into,
            double minX,
            double top,
            double size,
            int columns,
            byte[] codes,
            int at,
            int code) {
        for (int c = 0; c < columns; ) {
            int next = c + 1;
            if (codes[at + c] == code) {
                while (next < columns && codes[at + next] == code) {
                    next++;
                }
                rectangle(
                        into,
                        Math.rint(pixelX(minX + c * size)),
                        Math.rint(pixelY(top)),
                        Math.rint(pixelX(minX + next * size)),
                        Math.rint(pixelY(top - size)));
            }
            c = next;
        }
    }

    private static void rectangle(Path2D into, double x1, double y1, double x2, double y2) {
        into.moveTo(x1, y1);
        into.lineTo(x2, y1);
        into.lineTo(x2, y2);
        into.lineTo(x1, y2);
        into.closePath();
    }

    private void hardEdges(boolean hard) {
        graphics.setRenderingHint(
                RenderingHints.KEY_ANTIALIASING,
                hard ? RenderingHints.VALUE_ANTIALIAS_OFF : RenderingHints.VALUE_ANTIALIAS_ON);
    }

    private void fill(Path2D path, Color colour) {
        if (path.getCurrentPoint() != null) {
            graphics.setColor(colour);
            graphics.fill(path);
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
        double r = Math.max(SMALLEST, radius * scale);
        Mark mark = new Mark(shape, r);
        boolean rimmed = r >= RIMMED && shape != Sprite.RING;
        if (rimmed && count <= CROWD) {
            for (int k = 0; k < count; k++) { // in turn: each covers the rims of those before it
                Path2D[] paths = {new Path2D.Double(), new Path2D.Double()};
                mark.addTo(paths[0], pixelX(xs[k]), pixelY(ys[k]), heading(headings, k));
                mark.addInnerTo(paths[1], pixelX(xs[k]), pixelY(ys[k]), heading(headings, k));
                fill(paths[0], rim(inks[codes[k]]));
                fill(paths[1], colour(inks[codes[k]], 1));
            }
            return;
        }
        for (int code = 0; code < inks.length; code++) {
            Path2D outer = new Path2D.Double(Path2D.WIND_NON_ZERO);
            Path2D inner = new Path2D.Double(Path2D.WIND_NON_ZERO);
            for (int k = 0; k < count; k++) {
                if (codes[k] == code) {
                    mark.addTo(outer, pixelX(xs[k]), pixelY(ys[k]), heading(headings, k));
                    if (rimmed) {
                        mark.addInnerTo(inner, pixelX(xs[k]), pixelY(ys[k]), heading(headings, k));
                    }
                }
            }
            fill(outer, rimmed ? rim(inks[code]) : colour(inks[code], 1));
            fill(inner, colour(inks[code], 1));
        }
    }

    /// What an outline over this ink looks like.
    private Color rim(Ink ink) {
        Color over = colour(Ink.Role.FOREGROUND, 1);
        Color under = colour(ink, 1);
        return new Color(
                mix(over.getRed(), under.getRed()),
                mix(over.getGreen(), under.getGreen()),
                mix(over.getBlue(), under.getBlue()));
    }

    private static int mix(int over, int under) {
        return (int) Math.round(OUTLINE_OPACITY * over + (1 - OUTLINE_OPACITY) * under);
    }

    private static double heading(double[] headings, int k) {
        return headings == null ? 0 : headings[k];
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
