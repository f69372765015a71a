package marlab.app.curves;

import java.util.List;
import javafx.scene.canvas.Canvas;
import marlab.learning.train.CurvePoint;

/// A painted chart and where in it things are.
///
/// @param canvas painted off screen; put it into the scene once
/// @param left first pixel column of the data area
/// @param steps environment steps at its right end
record ChartPicture(
        Canvas canvas,
        double left,
        double top,
        double right,
        double bottom,
        double steps,
        double low,
        double high,
        List<CurvePoint> points) {

    /// Pixel column of a number of steps.
    double column(double envSteps) {
        return left + (right - left) * envSteps / steps;
    }

    /// Pixel row of a return.
    double row(double value) {
        return bottom - (bottom - top) * (value - low) / (high - low);
    }

    /// The point whose column is nearest, null if there is none.
    CurvePoint nearest(double column) {
        CurvePoint nearest = null;
        for (CurvePoint point : points) {
            double distance = Math.abs(column(point.envSteps()) - column);
            if (nearest == null || distance < Math.abs(column(nearest.envSteps()) - column)) {
                nearest = point;
            }
        }
        return nearest;
    }

    /// True when the pixel lies in the data area.
    boolean contains(double x, double y) {
        return x >= left && x <= right && y >= top && y <= bottom;
    }
}
