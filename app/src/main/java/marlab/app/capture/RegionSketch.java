package marlab.app.capture;

import java.awt.BasicStroke;
import java.awt.Paint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import javafx.geometry.Insets;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.BorderStroke;
import javafx.scene.layout.BorderStrokeStyle;
import javafx.scene.layout.BorderWidths;
import javafx.scene.layout.CornerRadii;
import javafx.scene.layout.Region;
import marlab.app.picture.Sketch;

/// Backgrounds and borders of regions as vectors. FX thread.
final class RegionSketch {

    private final Sketch sketch;

    RegionSketch(Sketch sketch) {
        this.sketch = sketch;
    }

    void show(Region region, SceneSketch.Place place) {
        if (region.getBackground() != null) {
            for (BackgroundFill fill : region.getBackground().getFills()) {
                background(region, fill, place);
            }
        }
        if (region.getBorder() != null && region.getShape() == null) {
            for (BorderStroke stroke : region.getBorder().getStrokes()) {
                border(region, stroke, place);
            }
        }
    }

    private void background(Region region, BackgroundFill fill, SceneSketch.Place place) {
        Rectangle2D box = inside(region, fill.getInsets());
        boolean ownSize = region.getShape() != null && !region.isScaleShape();
        if (!ownSize && (box.getWidth() <= 0 || box.getHeight() <= 0)) {
            return;
        }
        Shape outline =
                region.getShape() == null
                        ? Outlines.rounded(
                                box.getX(),
                                box.getY(),
                                box.getWidth(),
                                box.getHeight(),
                                fill.getRadii())
                        : fitted(region, box);
        Shape there = place.at().createTransformedShape(outline);
        Paint paint = Outlines.paint(fill.getFill(), there.getBounds2D());
        if (paint != null) {
            sketch.fill(place.clip(), place.opacity(), there, paint);
        }
    }

    private static Rectangle2D inside(Region region, Insets insets) {
        return new Rectangle2D.Double(
                insets.getLeft(),
                insets.getTop(),
                region.getWidth() - insets.getLeft() - insets.getRight(),
                region.getHeight() - insets.getTop() - insets.getBottom());
    }

    /// The shape of a region, as large as the box or in its middle.
    private static Shape fitted(Region region, Rectangle2D box) {
        Shape shape = Outlines.area(region.getShape());
        Rectangle2D own = shape.getBounds2D();
        AffineTransform fit = new AffineTransform();
        if (region.isScaleShape()) {
            fit.translate(box.getX(), box.getY());
            fit.scale(box.getWidth() / own.getWidth(), box.getHeight() / own.getHeight());
            fit.translate(-own.getX(), -own.getY());
        } else if (region.isCenterShape()) {
            fit.translate(box.getCenterX() - own.getCenterX(), box.getCenterY() - own.getCenterY());
        }
        return fit.createTransformedShape(shape);
    }

    private void border(Region region, BorderStroke border, SceneSketch.Place place) {
        BorderWidths widths = border.getWidths();
        Rectangle2D box = inside(region, border.getInsets());
        double top = widths.getTop();
        boolean even =
                widths.getRight() == top
                        && widths.getBottom() == top
                        && widths.getLeft() == top
                        && border.isStrokeUniform();
        if (even) {
            evenly(border, box, top, place);
            return;
        }
        double x = box.getX();
        double y = box.getY();
        double w = box.getWidth();
        double h = box.getHeight();
        side(border.getTopStroke(), border.getTopStyle(), x, y, w, top, place);
        double right = widths.getRight();
        side(border.getRightStroke(), border.getRightStyle(), x + w - right, y, right, h, place);
        double bottom = widths.getBottom();
        side(
                border.getBottomStroke(),
                border.getBottomStyle(),
                x,
                y + h - bottom,
                w,
                bottom,
                place);
        side(border.getLeftStroke(), border.getLeftStyle(), x, y, widths.getLeft(), h, place);
    }

    private void evenly(
            BorderStroke border, Rectangle2D box, double width, SceneSketch.Place place) {
        BorderStrokeStyle style = border.getTopStyle();
        if (style == BorderStrokeStyle.NONE || width <= 0 || box.getWidth() <= width) {
            return;
        }
        CornerRadii radii = border.getRadii();
        double r = Math.max(0, radii.getTopLeftHorizontalRadius() - width / 2);
        double[] inner =
                radii.isUniform()
                        ? new double[] {r, r, r, r}
                        : new double[] {
                            r,
                            Math.max(0, radii.getTopRightHorizontalRadius() - width / 2),
                            Math.max(0, radii.getBottomRightHorizontalRadius() - width / 2),
                            Math.max(0, radii.getBottomLeftHorizontalRadius() - width / 2)
                        };
        double most = (Math.min(box.getWidth(), box.getHeight()) - width) / 2;
        for (int k = 0; k < inner.length; k++) {
            inner[k] = Math.min(inner[k], most);
        }
        Path2D outline =
                Outlines.rounded(
                        box.getX() + width / 2,
                        box.getY() + width / 2,
                        box.getWidth() - width,
                        box.getHeight() - width,
                        inner);
        Shape there = place.at().createTransformedShape(outline);
        Paint paint = Outlines.paint(border.getTopStroke(), there.getBounds2D());
        if (paint != null) {
            sketch.stroke(place.clip(), place.opacity(), there, paint, stroke(style, width));
        }
    }

    private static BasicStroke stroke(BorderStrokeStyle style, double width) {
        float[] dashes = null;
        if (!style.getDashArray().isEmpty()) {
            dashes = new float[style.getDashArray().size()];
            for (int k = 0; k < dashes.length; k++) {
                dashes[k] = style.getDashArray().get(k).floatValue();
            }
        } else if (style == BorderStrokeStyle.DASHED || style == BorderStrokeStyle.DOTTED) {
            float part = (float) (style == BorderStrokeStyle.DASHED ? 2 * width : width);
            dashes = new float[] {part, (float) (1.4 * width)};
        }
        return new BasicStroke(
                (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dashes, 0);
    }

    private void side(
            javafx.scene.paint.Paint fill,
            BorderStrokeStyle style,
            double x,
            double y,
            double width,
            double height,
            SceneSketch.Place place) {
        if (width <= 0 || height <= 0 || style == BorderStrokeStyle.NONE) {
            return;
        }
        Shape there =
                place.at().createTransformedShape(new Rectangle2D.Double(x, y, width, height));
        Paint paint = Outlines.paint(fill, there.getBounds2D());
        if (paint != null) {
            sketch.fill(place.clip(), place.opacity(), there, paint);
        }
    }
}
