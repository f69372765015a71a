package marlab.app.raster;

/// The outline of one smooth path whose width changes evenly from its first to its last point: one
/// polygon, so that nothing beads. Reusable; owned by one thread.
public final class TaperOutline {

    private static final int PIECES = 4;

    private double[] curveX = new double[128];
    private double[] curveY = new double[128];
    private double[] edgeX = new double[256];
    private double[] edgeY = new double[256];
    private int corners;

    /// Takes a path through these points.
    ///
    /// @param count points, 2 or more
    public void through(double[] xs, double[] ys, int count, double fromWidth, double toWidth) {
        int n = smooth(xs, ys, count);
        outline(n, fromWidth, toWidth);
        corners = 2 * n;
    }

    /// Corners of the polygon.
    public int corners() {
        return corners;
    }

    /// Horizontal places of the corners; only the first {@link #corners} count.
    public double[] x() {
        return edgeX;
    }

    /// Vertical places of the corners.
    public double[] y() {
        return edgeY;
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
}
