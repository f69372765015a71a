package marlab.app.capture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Comparator;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.layout.Region;
import javafx.scene.paint.LinearGradient;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.scene.text.TextLineInfo;
import javafx.scene.transform.Transform;
import marlab.app.card.VectorContent;
import marlab.app.picture.Drawing;
import marlab.app.picture.Sketch;
import org.kordamp.ikonli.javafx.FontIcon;

/// Walks a part of the scene and notes down what it looks like as vectors: backgrounds, borders,
/// text, shapes, icons, and of canvases what their owners offer ({@link VectorContent}) or, where
/// they offer nothing, pixels. Effects such as shadows are left out. FX thread; what comes out is
/// drawn on any other.
public final class SceneSketch {

    /// Pixels per pixel at 100 % of canvases that offer no vectors.
    private static final double ZOOM = 2;

    private final Sketch sketch;
    private final RegionSketch regions;

    private SceneSketch(Sketch sketch) {
        this.sketch = sketch;
        regions = new RegionSketch(sketch);
    }

    /// Where in the picture a node is and what of it is to be seen.
    ///
    /// @param at from the node's coordinates to the picture's
    /// @param clip in the picture's coordinates; null for all
    record Place(AffineTransform at, double opacity, Shape clip) {

        /// The same for a child.
        Place of(Node child) {
            AffineTransform there = new AffineTransform(at);
            there.concatenate(Outlines.transform(child.getLocalToParentTransform()));
            Place place = new Place(there, opacity * child.getOpacity(), clip);
            return child.getClip() == null ? place : place.within(child.getClip());
        }

        private Place within(Node cut) {
            Shape local =
                    cut instanceof javafx.scene.shape.Shape shape
                            ? outline(shape)
                            : Outlines.bounds(cut);
            AffineTransform there = new AffineTransform(at);
            there.concatenate(Outlines.transform(cut.getLocalToParentTransform()));
            return new Place(at, opacity, both(clip, there.createTransformedShape(local)));
        }

        private static Shape both(Shape one, Shape other) {
            if (one == null) {
                return other;
            }
            Area area = new Area(one);
            area.intersect(new Area(other));
            return area.isRectangular() ? area.getBounds2D() : area;
        }
    }

    /// A node and all in it, as large as its layout says.
    public static Drawing of(Node node) {
        Rectangle2D bounds = Outlines.bounds(node);
        Sketch sketch = new Sketch(Math.ceil(bounds.getWidth()), Math.ceil(bounds.getHeight()));
        AffineTransform at = AffineTransform.getTranslateInstance(-bounds.getX(), -bounds.getY());
        new SceneSketch(sketch).show(node, new Place(at, 1, null));
        return sketch;
    }

    /// A whole scene on its background.
    public static Drawing of(javafx.scene.Scene scene) {
        Sketch sketch = new Sketch(scene.getWidth(), scene.getHeight());
        Rectangle2D all = new Rectangle2D.Double(0, 0, scene.getWidth(), scene.getHeight());
        Paint fill = Outlines.paint(scene.getFill(), all);
        if (fill != null) {
            sketch.fill(null, 1, all, fill);
        }
        Place place = new Place(new AffineTransform(), 1, all);
        new SceneSketch(sketch).child(scene.getRoot(), place);
        return sketch;
    }

    /// Loads what a first walk would otherwise load on the FX thread, Java 2D above all. Any
    /// thread.
    static void warmUp() {
        javafx.scene.layout.StackPane root = new javafx.scene.layout.StackPane();
        Text text = new Text("-");
        Rectangle dashed = new Rectangle(8, 8, javafx.scene.paint.Color.BLACK);
        dashed.getStrokeDashArray().add(2.0);
        dashed.setStroke(javafx.scene.paint.Color.BLACK);
        dashed.setClip(new Circle(3));
        root.getChildren()
                .addAll(text, new Line(0, 0, 8, 8), dashed, new javafx.scene.shape.SVGPath());
        root.setBackground(javafx.scene.layout.Background.fill(javafx.scene.paint.Color.BLACK));
        root.setBorder(javafx.scene.layout.Border.stroke(javafx.scene.paint.Color.BLACK));
        root.resize(20, 20);
        root.layout();
        of(root);
        Outlines.area(text);
    }

    private void child(Node node, Place parent) {
        if (node.isVisible() && node.getOpacity() > 0) {
            Place place = parent.of(node);
            if (place.clip == null || touches(node, place)) {
                show(node, place);
            }
        }
    }

    private static boolean touches(Node node, Place place) {
        Bounds b = node.getBoundsInLocal();
        Rectangle2D local =
                new Rectangle2D.Double(b.getMinX(), b.getMinY(), b.getWidth(), b.getHeight());
        Rectangle2D there = place.at.createTransformedShape(local).getBounds2D();
        Rectangle2D clip = place.clip.getBounds2D();
        return there.getMaxX() >= clip.getMinX()
                && there.getMinX() <= clip.getMaxX()
                && there.getMaxY() >= clip.getMinY()
                && there.getMinY() <= clip.getMaxY();
    }

    private void show(Node node, Place place) {
        if (node instanceof Region region) {
            regions.show(region, place);
        }
        if (node instanceof VectorContent content) {
            Drawing vectors = content.vectors();
            if (vectors != null) {
                sketch.drawing(place.clip, place.opacity, place.at, vectors);
                return;
            }
        }
        switch (node) {
            case Canvas canvas -> canvas(canvas, place);
            case ImageView view -> image(view.getImage(), view.getLayoutBounds(), place);
            case FontIcon icon -> area(icon, place);
            case Text text -> text(text, place);
            case javafx.scene.shape.Shape shape -> shape(shape, place);
            case Parent parent -> children(parent, place);
            default -> {} // 3D, media, web: not in this program
        }
    }

    private void children(Parent parent, Place place) {
        List<Node> children = parent.getChildrenUnmodifiable();
        if (children.stream().anyMatch(child -> child.getViewOrder() != 0)) {
            Comparator<Node> order = Comparator.comparingDouble(Node::getViewOrder);
            children = children.stream().sorted(order.reversed()).toList();
        }
        children.forEach(child -> child(child, place));
    }

    private void canvas(Canvas canvas, Place place) {
        if (canvas.getWidth() >= 1 && canvas.getHeight() >= 1) {
            SnapshotParameters parameters = new SnapshotParameters();
            parameters.setTransform(Transform.scale(ZOOM, ZOOM));
            parameters.setFill(javafx.scene.paint.Color.TRANSPARENT);
            image(canvas.snapshot(parameters, null), canvas.getLayoutBounds(), place);
        }
    }

    private void image(Image image, Bounds bounds, Place place) {
        if (image == null || image.getPixelReader() == null) {
            return;
        }
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader()
                .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        copy.setRGB(0, 0, width, height, pixels, 0, width);
        AffineTransform at = new AffineTransform(place.at);
        at.translate(bounds.getMinX(), bounds.getMinY());
        at.scale(bounds.getWidth() / width, bounds.getHeight() / height);
        sketch.image(place.clip, place.opacity, at, copy);
    }

    /// Line by line, as it is broken on screen.
    private void text(Text text, Place place) {
        if (text.getText().isEmpty()
                || !(colour(text.getFill()) instanceof Color colour)
                || colour.getAlpha() == 0) {
            return;
        }
        double baseline = text.getBaselineOffset();
        boolean bold = text.getFont().getStyle().contains("Bold");
        for (TextLineInfo line : text.getLayoutInfo().getTextLines(false)) {
            String words = text.getText().substring(line.start(), line.end()).stripTrailing();
            if (!words.isEmpty()) {
                AffineTransform at = new AffineTransform(place.at);
                at.translate(line.bounds().getMinX(), line.bounds().getMinY() + baseline);
                sketch.text(
                        place.clip,
                        place.opacity,
                        at,
                        words,
                        text.getFont().getFamily(),
                        bold,
                        text.getFont().getSize(),
                        colour);
            }
        }
    }

    /// Text in a gradient is written in its last colour.
    private static Color colour(javafx.scene.paint.Paint paint) {
        return switch (paint) {
            case javafx.scene.paint.Color colour -> Outlines.colour(colour);
            case LinearGradient gradient ->
                    Outlines.colour(gradient.getStops().getLast().getColor());
            case null, default -> null;
        };
    }

    /// An icon is a letter of a typeface that nobody has installed: it becomes its outline.
    private void area(Text icon, Place place) {
        Paint fill = Outlines.paint(icon.getFill(), Outlines.bounds(icon));
        if (fill != null) {
            Shape outline = place.at.createTransformedShape(Outlines.area(icon));
            sketch.fill(place.clip, place.opacity, outline, fill);
        }
    }

    private void shape(javafx.scene.shape.Shape shape, Place place) {
        Shape local = outline(shape);
        Shape there = place.at.createTransformedShape(local);
        Rectangle2D within = there.getBounds2D();
        Paint fill = Outlines.paint(shape.getFill(), within);
        if (fill != null && !(shape instanceof Line)) {
            sketch.fill(place.clip, place.opacity, there, fill);
        }
        Paint line = Outlines.paint(shape.getStroke(), within);
        if (line != null && shape.getStrokeWidth() > 0) {
            BasicStroke stroke = Outlines.stroke(shape, scale(place.at));
            sketch.stroke(place.clip, place.opacity, there, line, stroke);
        }
    }

    private static double scale(AffineTransform at) {
        return Math.sqrt(Math.abs(at.getDeterminant()));
    }

    /// The outline of a shape without its line; of rare ones with it.
    static Shape outline(javafx.scene.shape.Shape shape) {
        return switch (shape) {
            case Line l ->
                    new Line2D.Double(l.getStartX(), l.getStartY(), l.getEndX(), l.getEndY());
            case Circle c ->
                    new Ellipse2D.Double(
                            c.getCenterX() - c.getRadius(),
                            c.getCenterY() - c.getRadius(),
                            2 * c.getRadius(),
                            2 * c.getRadius());
            case Rectangle r -> {
                double radius = Math.max(r.getArcWidth(), r.getArcHeight()) / 2;
                double[] radii = {radius, radius, radius, radius};
                yield radius == 0
                        ? new Rectangle2D.Double(r.getX(), r.getY(), r.getWidth(), r.getHeight())
                        : Outlines.rounded(r.getX(), r.getY(), r.getWidth(), r.getHeight(), radii);
            }
            default -> Outlines.area(shape);
        };
    }
}
