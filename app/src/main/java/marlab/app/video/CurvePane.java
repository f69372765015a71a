package marlab.app.video;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import marlab.app.chart.ChartFonts;
import marlab.app.chart.ChartRequest;
import marlab.app.chart.ReturnChart;
import marlab.app.theme.ColourRegistry;
import marlab.learning.train.CurvePoint;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;

/// A curve in a film, drawn once and uncovered from the left. Owned by one thread.
final class CurvePane {

    private static final double TYPE = 28 / 12.0; // charts are made with type of 12

    private final List<CurvePoint> points;
    private final BufferedImage whole;
    private final BufferedImage bare;
    private final Rectangle2D area;
    private final double scale;
    private final XYPlot plot;
    private final Color line;
    private final Color rim;

    /// @param wide of the picture, in pixels
    /// @param unit pixels per pixel at 1080
    /// @param label below the horizontal axis; null for the chart's own
    CurvePane(
            List<CurvePoint> points,
            List<ChartRequest.Reference> references,
            String label,
            int wide,
            int high,
            double unit,
            ColourRegistry colours,
            ChartFonts fonts) {
        this.points = points;
        scale = TYPE * unit;
        double chartWide = wide / scale;
        double chartHigh = high / scale;
        ChartRequest request =
                new ChartRequest(chartWide, chartHigh, points, List.of(), references, 0, colours);
        JFreeChart chart = new ReturnChart(request, fonts.regular, fonts.bold).build();
        plot = chart.getXYPlot();
        plot.setBackgroundPaint(awt(colours.palette().colour("-c-surface")));
        if (label != null) {
            plot.getDomainAxis().setLabel(label);
        }
        line = awt(colours.line(0));
        rim = awt(colours.palette().colour("-c-surface"));
        ChartRenderingInfo info = new ChartRenderingInfo();
        whole = draw(chart, wide, high, info);
        area = info.getPlotInfo().getDataArea();
        var data = plot.getDataset();
        plot.setDataset(null);
        bare = draw(chart, wide, high, null);
        plot.setDataset(data);
    }

    private static Color awt(javafx.scene.paint.Color colour) {
        return new Color(
                (float) colour.getRed(), (float) colour.getGreen(), (float) colour.getBlue());
    }

    private BufferedImage draw(JFreeChart chart, int wide, int high, ChartRenderingInfo info) {
        BufferedImage image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.scale(scale, scale);
        chart.draw(pen, new Rectangle2D.Double(0, 0, wide / scale, high / scale), info);
        pen.dispose();
        return image;
    }

    /// Paints the curve up to a place on its horizontal axis, which is marked with a dot.
    ///
    /// @param upTo negative for the whole curve
    void paint(Graphics2D pen, int x, int y, double upTo) {
        if (upTo < 0) {
            pen.drawImage(whole, x, y, null);
            return;
        }
        double across =
                plot.getDomainAxis().valueToJava2D(upTo, area, RectangleEdge.BOTTOM) * scale;
        int edge = Math.clamp(Math.round(across), 0, whole.getWidth());
        pen.drawImage(bare, x, y, null);
        if (edge > 0) {
            pen.drawImage(whole.getSubimage(0, 0, edge, whole.getHeight()), x, y, null);
        }
        double value = at(upTo);
        if (Double.isFinite(value)) {
            double down =
                    plot.getRangeAxis().valueToJava2D(value, area, RectangleEdge.LEFT) * scale;
            dot(pen, x + across, y + down);
        }
    }

    private void dot(Graphics2D pen, double x, double y) {
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        double radius = 4.5 * scale;
        pen.setColor(rim);
        pen.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        radius = 3.2 * scale;
        pen.setColor(line);
        pen.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    /// The curve's value there, on straight lines between points; NaN before the first.
    private double at(double steps) {
        for (int k = 0; k < points.size(); k++) {
            CurvePoint right = points.get(k);
            if (right.envSteps() >= steps) {
                if (k == 0) {
                    return right.envSteps() > steps ? Double.NaN : right.mean();
                }
                CurvePoint left = points.get(k - 1);
                double part =
                        (steps - left.envSteps()) / (double) (right.envSteps() - left.envSteps());
                return left.mean() + part * (right.mean() - left.mean());
            }
        }
        return points.isEmpty() ? Double.NaN : points.getLast().mean();
    }
}
