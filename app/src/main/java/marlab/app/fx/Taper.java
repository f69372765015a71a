package marlab.app.fx;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Paint;
import javafx.scene.paint.Stop;
import marlab.app.raster.TaperOutline;

/// Fills one smooth path whose width grows from its first to its last point and that fades out
/// towards the first. Owned by the FX thread.
final class Taper {

    private static final double FAINT = 0.12;
    private static final double STRONG = 0.9;

    private final TaperOutline outline = new TaperOutline();

    void fill(
            GraphicsContext gc,
            double[] xs,
            double[] ys,
            int count,
            Color colour,
            double fromWidth,
            double toWidth) {
        outline.through(xs, ys, count, fromWidth, toWidth);
        gc.setFill(fading(xs, ys, count, colour));
        gc.fillPolygon(outline.x(), outline.y(), outline.corners());
    }

    private static Paint fading(double[] xs, double[] ys, int count, Color colour) {
        double dx = xs[count - 1] - xs[0];
        double dy = ys[count - 1] - ys[0];
        if (dx * dx + dy * dy < 64) {
            return colour.deriveColor(0, 1, 1, 0.5);
        }
        return new LinearGradient(
                xs[0],
                ys[0],
                xs[count - 1],
                ys[count - 1],
                false,
                CycleMethod.NO_CYCLE,
                new Stop(0, colour.deriveColor(0, 1, 1, FAINT)),
                new Stop(1, colour.deriveColor(0, 1, 1, STRONG)));
    }
}
