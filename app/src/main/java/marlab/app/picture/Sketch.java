package marlab.app.picture;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/// A list of what to draw: filled up quickly on one thread, drawn later on another. Everything is
/// in pixels of the picture. Not thread-safe while it is filled.
public final class Sketch implements Drawing {

    private final double width;
    private final double height;
    private final List<Entry> entries = new ArrayList<>();

    /// An empty sketch of this size.
    public Sketch(double width, double height) {
        this.width = width;
        this.height = height;
    }

    @Override
    public double width() {
        return width;
    }

    @Override
    public double height() {
        return height;
    }

    private record Entry(Shape clip, float opacity, Action action) {}

    @FunctionalInterface
    private interface Action {
        void draw(Graphics2D graphics);
    }

    private void add(Shape clip, double opacity, Action action) {
        entries.add(new Entry(clip, (float) Math.clamp(opacity, 0, 1), action));
    }

    /// How many things there are to draw.
    public int size() {
        return entries.size();
    }

    /// Fills a shape.
    ///
    /// @param clip only what is within; null for all
    public void fill(Shape clip, double opacity, Shape shape, Paint paint) {
        add(
                clip,
                opacity,
                graphics -> {
                    graphics.setPaint(paint);
                    graphics.fill(shape);
                });
    }

    /// Draws along a shape.
    public void stroke(Shape clip, double opacity, Shape shape, Paint paint, Stroke stroke) {
        add(
                clip,
                opacity,
                graphics -> {
                    graphics.setPaint(paint);
                    graphics.setStroke(stroke);
                    graphics.draw(shape);
                });
    }

    /// Writes one line of text.
    ///
    /// @param place its transform; the text begins at the origin, on the base line
    /// @param size in pixels
    public void text(
            Shape clip,
            double opacity,
            AffineTransform place,
            String text,
            String family,
            boolean bold,
            double size,
            Color colour) {
        add(
                clip,
                opacity,
                graphics -> {
                    graphics.setColor(colour);
                    boolean turned = (place.getType() & ~AffineTransform.TYPE_TRANSLATION) != 0;
                    graphics.setFont(Typefaces.of(family, bold, size));
                    if (turned) {
                        AffineTransform before = graphics.getTransform();
                        graphics.transform(place);
                        graphics.drawString(text, 0f, 0f);
                        graphics.setTransform(before);
                    } else {
                        graphics.drawString(
                                text, (float) place.getTranslateX(), (float) place.getTranslateY());
                    }
                });
    }

    /// Puts a picture of pixels.
    ///
    /// @param place from its pixels to those of the sketch
    public void image(Shape clip, double opacity, AffineTransform place, BufferedImage image) {
        add(clip, opacity, graphics -> graphics.drawImage(image, place, null));
    }

    /// Puts another drawing.
    public void drawing(Shape clip, double opacity, AffineTransform place, Drawing drawing) {
        add(
                clip,
                opacity,
                graphics -> {
                    AffineTransform before = graphics.getTransform();
                    graphics.transform(place);
                    drawing.draw(graphics);
                    graphics.setTransform(before);
                });
    }

    @Override
    public void draw(Graphics2D graphics) {
        GraphicsBrush.smooth(graphics);
        graphics.setRenderingHint(
                RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        Shape clip = graphics.getClip();
        Composite composite = graphics.getComposite();
        for (Entry entry : entries) {
            if (entry.clip != null) {
                graphics.clip(entry.clip);
            }
            if (entry.opacity < 1) {
                graphics.setComposite(
                        AlphaComposite.getInstance(AlphaComposite.SRC_OVER, entry.opacity));
            }
            entry.action.draw(graphics);
            graphics.setComposite(composite);
            graphics.setClip(clip);
        }
    }
}
