package marlab.app.fx;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Paint;
import javafx.scene.paint.Stop;

/// Fills one smooth path whose width grows from its first to its last point and that fades out
/// towards the first. One polygon, so that nothing beads. Owned by the FX thread.
final class Taper {

    private static final int PIECES = 4;
    private static final double FAINT = 0.12;
    private static final double STRONG = 0.9;

    private double[] curveX = new double[128];
    private double[] curveY = new double[128];
    private double[] edgeX = new double[256];
    private double[] edgeY = new double[256];

    void fill(
            GraphicsContext gc,
            double[] xs,
            double[] ys,
            int count,
            Color colour,
            double fromWidth,
            double toWidth) {
        int n = smooth(xs, ys, count);
        outline(n, fromWidth, toWidth);
        gc.setFill(fading(n, colour));
        gc.fillPolygon(edgeX, edgeY, 2 * n);
    }

    /// A Catmull-Rom curve through the points (Catmull and Rom 1974).
    private int smooth(double[] xs, double[] ys, int count) {
        int n = (count - 1) * PIECES + 1;
        grow(n);
        for (int k = 0; k < count - 1; k++) {
            for (int j = 0; j < PIECES; j++) {
                double t = (double) j / PIECES;
                curveX[k * PIECES + j] = between(xs, k, count, t);
                curveY[k * PIECES + j] = between(ys, k, count, t);
            }
        }
        curveX[n - 1] = xs[count - 1];
        curveY[n - 1] = ys[count - 1];
        return n;
    }

    private static double between(double[] v, int k, int count, double t) {
        double a = v[Math.max(k - 1, 0)];
        double b = v[k];
        double c = v[k + 1];
        double d = v[Math.min(k + 2, count - 1)];
        return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
    }

    private void grow(int n) {
        if (curveX.length < n) {
            curveX = new double[2 * n];
            curveY = new double[2 * n];
            edgeX = new double[4 * n];
            edgeY = new double[4 * n];
        }
    }

    /// Walks up one side of the curve and down the other.
    private void outline(int n, double fromWidth, double toWidth) {
        for (int k = 0; k < n; k++) {
            double dx = curveX[Math.min(k + 1, n - 1)] - curveX[Math.max(k - 1, 0)];
            double dy = curveY[Math.min(k + 1, n - 1)] - curveY[Math.max(k - 1, 0)];
            double length = Math.sqrt(dx * dx + dy * dy);
            double half = 0.5 * (fromWidth + (toWidth - fromWidth) * k / (n - 1));
            double nx = length < 1e-9 ? 0 : -dy / length * half;
            double ny = length < 1e-9 ? half : dx / length * half;
            edgeX[k] = curveX[k] + nx;
            edgeY[k] = curveY[k] + ny;
            edgeX[2 * n - 1 - k] = curveX[k] - nx;
            edgeY[2 * n - 1 - k] = curveY[k] - ny;
        }
    }

    private Paint fading(int n, Color colour) {
        double dx = curveX[n - 1] - curveX[0];
        double dy = curveY[n - 1] - curveY[0];
        if (dx * dx + dy * dy < 64) {
            return colour.deriveColor(0, 1, 1, 0.5);
        }
        return new LinearGradient(
                curveX[0],
                curveY[0],
                curveX[n - 1],
                curveY[n - 1],
                false,
                CycleMethod.NO_CYCLE,
                new Stop(0, colour.deriveColor(0, 1, 1, FAINT)),
                new Stop(1, colour.deriveColor(0, 1, 1, STRONG)));
    }
}
