package marlab.app.capture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.LinearGradientPaint;
import java.awt.MultipleGradientPaint;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.layout.CornerRadii;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Stop;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.CubicCurveTo;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.shape.QuadCurveTo;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;
import javafx.scene.transform.Transform;

/// What JavaFX says of shapes and colours, in the words of Java 2D. FX thread.
final class Outlines {

    /// Length of the handles of a Bézier curve that makes a quarter of a circle of radius 1.
    private static final double ROUND = 0.5522847498;

    private Outlines() {}

    static AffineTransform transform(Transform t) {
        return new AffineTransform(
                t.getMxx(), t.getMyx(), t.getMxy(), t.getMyy(), t.getTx(), t.getTy());
    }

    /// A colour or gradient; null for what cannot be drawn.
    static Paint paint(javafx.scene.paint.Paint paint, Rectangle2D within) {
        return switch (paint) {
            case javafx.scene.paint.Color colour ->
                    colour.getOpacity() == 0 ? null : colour(colour);
            case LinearGradient gradient -> gradient(gradient, within);
            case null, default -> null;
        };
    }

    static Color colour(javafx.scene.paint.Color colour) {
        return new Color(
                (float) colour.getRed(),
                (float) colour.getGreen(),
                (float) colour.getBlue(),
                (float) colour.getOpacity());
    }

    private static Paint gradient(LinearGradient gradient, Rectangle2D within) {
        double sx = gradient.isProportional() ? within.getWidth() : 1;
        double sy = gradient.isProportional() ? within.getHeight() : 1;
        double x = gradient.isProportional() ? within.getX() : 0;
        double y = gradient.isProportional() ? within.getY() : 0;
        Point2D from =
                new Point2D.Double(x + gradient.getStartX() * sx, y + gradient.getStartY() * sy);
        Point2D to = new Point2D.Double(x + gradient.getEndX() * sx, y + gradient.getEndY() * sy);
        List<Float> places = new ArrayList<>();
        List<Color> colours = new ArrayList<>();
        for (Stop stop : gradient.getStops()) {
            float place = (float) stop.getOffset();
            if (places.isEmpty() || place > places.getLast()) {
                places.add(place);
                colours.add(colour(stop.getColor()));
            }
        }
        if (places.size() < 2 || from.equals(to)) {
            return colours.isEmpty() ? null : colours.getLast();
        }
        float[] fractions = new float[places.size()];
        for (int k = 0; k < fractions.length; k++) {
            fractions[k] = places.get(k);
        }
        return new LinearGradientPaint(
                from,
                to,
                fractions,
                colours.toArray(Color[]::new),
                MultipleGradientPaint.CycleMethod.NO_CYCLE);
    }

    /// A rectangle with these corners, as backgrounds and borders have.
    static Path2D rounded(double x, double y, double width, double height, CornerRadii radii) {
        double most = Math.min(width, height) / 2;
        double[] r = {
            radius(
                    radii.getTopLeftHorizontalRadius(),
                    radii.isTopLeftHorizontalRadiusAsPercentage(),
                    width,
                    most),
            radius(
                    radii.getTopRightHorizontalRadius(),
                    radii.isTopRightHorizontalRadiusAsPercentage(),
                    width,
                    most),
            radius(
                    radii.getBottomRightHorizontalRadius(),
                    radii.isBottomRightHorizontalRadiusAsPercentage(),
                    width,
                    most),
            radius(
                    radii.getBottomLeftHorizontalRadius(),
                    radii.isBottomLeftHorizontalRadiusAsPercentage(),
                    width,
                    most)
        };
        return rounded(x, y, width, height, r);
    }

    private static double radius(double radius, boolean part, double size, double most) {
        return Math.clamp(part ? radius * size : radius, 0, Math.max(0, most));
    }

    /// @param r radii from the top left corner on, clockwise
    static Path2D rounded(double x, double y, double width, double height, double[] r) {
        double right = x + width;
        double bottom = y + height;
        double h = 1 - ROUND;
        Path2D path = new Path2D.Double();
        path.moveTo(x + r[0], y);
        path.lineTo(right - r[1], y);
        corner(path, right - h * r[1], y, right, y + h * r[1], right, y + r[1], r[1]);
        path.lineTo(right, bottom - r[2]);
        corner(
                path,
                right,
                bottom - h * r[2],
                right - h * r[2],
                bottom,
                right - r[2],
                bottom,
                r[2]);
        path.lineTo(x + r[3], bottom);
        corner(path, x + h * r[3], bottom, x, bottom - h * r[3], x, bottom - r[3], r[3]);
        path.lineTo(x, y + r[0]);
        corner(path, x, y + h * r[0], x + h * r[0], y, x + r[0], y, r[0]);
        path.closePath();
        return path;
    }

    private static void corner(
            Path2D path,
            double x1,
            double y1,
            double x2,
            double y2,
            double x3,
            double y3,
            double radius) {
        if (radius > 0) {
            path.curveTo(x1, y1, x2, y2, x3, y3);
        }
    }

    /// What a shape covers, its line included, in its own coordinates.
    static Shape area(javafx.scene.shape.Shape shape) {
        Bounds bounds = shape.getLayoutBounds();
        Rectangle frame =
                new Rectangle(
                        bounds.getMinX() - 1e3,
                        bounds.getMinY() - 1e3,
                        bounds.getWidth() + 2e3,
                        bounds.getHeight() + 2e3);
        frame.getTransforms().add(shape.getLocalToSceneTransform());
        Path whole = (Path) javafx.scene.shape.Shape.intersect(shape, frame);
        Path2D inScene = path(whole.getElements());
        try {
            AffineTransform back = transform(shape.getLocalToSceneTransform()).createInverse();
            return back.createTransformedShape(inScene);
        } catch (java.awt.geom.NoninvertibleTransformException e) {
            return new Path2D.Double(); // squeezed to nothing
        }
    }

    /// A path of absolute elements.
    static Path2D path(List<PathElement> elements) {
        Path2D path = new Path2D.Double();
        for (PathElement element : elements) {
            switch (element) {
                case MoveTo to -> path.moveTo(to.getX(), to.getY());
                case LineTo to -> path.lineTo(to.getX(), to.getY());
                case QuadCurveTo to ->
                        path.quadTo(to.getControlX(), to.getControlY(), to.getX(), to.getY());
                case CubicCurveTo to ->
                        path.curveTo(
                                to.getControlX1(),
                                to.getControlY1(),
                                to.getControlX2(),
                                to.getControlY2(),
                                to.getX(),
                                to.getY());
                case ClosePath end -> path.closePath();
                default -> {} // areas consist of these only
            }
        }
        return path;
    }

    static BasicStroke stroke(javafx.scene.shape.Shape shape, double scale) {
        List<Double> dashes = shape.getStrokeDashArray();
        float[] array = dashes.isEmpty() ? null : new float[dashes.size()];
        for (int k = 0; k < dashes.size(); k++) {
            array[k] = (float) (dashes.get(k) * scale);
        }
        return new BasicStroke(
                (float) (shape.getStrokeWidth() * scale),
                cap(shape.getStrokeLineCap()),
                join(shape.getStrokeLineJoin()),
                (float) Math.max(1, shape.getStrokeMiterLimit()),
                array,
                (float) (shape.getStrokeDashOffset() * scale));
    }

    private static int cap(StrokeLineCap cap) {
        return switch (cap) {
            case BUTT -> BasicStroke.CAP_BUTT;
            case ROUND -> BasicStroke.CAP_ROUND;
            case SQUARE -> BasicStroke.CAP_SQUARE;
        };
    }

    private static int join(StrokeLineJoin join) {
        return switch (join) {
            case MITER -> BasicStroke.JOIN_MITER;
            case BEVEL -> BasicStroke.JOIN_BEVEL;
            case ROUND -> BasicStroke.JOIN_ROUND;
        };
    }

    /// The bounds of a node's layout as a rectangle of Java 2D.
    static Rectangle2D bounds(Node node) {
        Bounds b = node.getLayoutBounds();
        return new Rectangle2D.Double(b.getMinX(), b.getMinY(), b.getWidth(), b.getHeight());
    }
}
