package marlab.app.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;
import java.util.List;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.learning.train.CurvePoint;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/// Builds the chart of returns in Marlab's own look. Stateless; any thread.
public final class ReturnChart {

    private static final float[] DOTS = {1.5f, 4};
    private static final float[] DASHES = {6, 4};
    private static final int MOST_POINTS = 500;
    private static final double LABEL_ROOM = 0.3;
    private static final double LABEL_PIXELS = 20;
    private static final double WORD_PIXELS = 54;
    private static final double AXIS_PIXELS = 44;
    private static final double EMPTY_STEPS = 1_040_000;

    private final ChartRequest request;
    private final Font font;
    private final Font bold;

    /// A chart for this request in these typefaces.
    public ReturnChart(ChartRequest request, Font font, Font bold) {
        this.request = request;
        this.font = font;
        this.bold = bold;
    }

    /// The chart.
    public JFreeChart build() {
        Range steps = stepRange();
        XYPlot plot = new XYPlot(data(), stepAxis(steps), returnAxis(returnRange()), renderer());
        plot.setBackgroundPaint(awt("-c-inset"));
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinePaint(awt("-c-grid"));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setInsets(new RectangleInsets(9, 0, 0, 18));
        request.references().forEach(reference -> addReference(plot, reference));
        addEdits(plot, steps);
        JFreeChart chart = new JFreeChart(null, bold, plot, false);
        chart.setBackgroundPaint(awt("-c-surface"));
        chart.setPadding(RectangleInsets.ZERO_INSETS);
        return chart;
    }

    /// From 0 to the last point; to a round number before there is one.
    public Range stepRange() {
        List<CurvePoint> points = request.points();
        double last = points.isEmpty() ? 0 : points.getLast().envSteps();
        return new Range(0, last > 0 ? last * 1.03 : EMPTY_STEPS);
    }

    /// Everything that is shown, and a little air.
    public Range returnRange() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (CurvePoint point : request.points()) {
            low = Math.min(low, Double.isFinite(point.low()) ? point.low() : point.mean());
            high = Math.max(high, Double.isFinite(point.high()) ? point.high() : point.mean());
        }
        for (ChartRequest.Reference reference : request.references()) {
            low = Math.min(low, reference.value());
            high = Math.max(high, reference.value());
        }
        if (!(high > low)) {
            return low == high ? new Range(low - 1, high + 1) : new Range(-30, 0);
        }
        double part = Math.max(LABEL_PIXELS / Math.max(60, request.height() - AXIS_PIXELS), 0.07);
        double air = part * (high - low);
        return new Range(low - air, high + 1.3 * air);
    }

    private YIntervalSeriesCollection data() {
        YIntervalSeries series = new YIntervalSeries("return", false, true);
        List<CurvePoint> points = request.points();
        int stride = 1 + points.size() / MOST_POINTS;
        for (int k = 0; k < points.size(); k++) {
            CurvePoint p = points.get(k);
            if (k % stride == 0 || k == points.size() - 1) {
                double low = Double.isFinite(p.low()) ? p.low() : p.mean();
                double high = Double.isFinite(p.high()) ? p.high() : p.mean();
                series.add(p.envSteps(), p.mean(), low, high);
            }
        }
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        data.addSeries(series);
        return data;
    }

    private DeviationRenderer renderer() {
        DeviationRenderer renderer = new DeviationRenderer(true, false);
        Color line = awt(request.colours().line(0));
        renderer.setSeriesPaint(0, line);
        renderer.setSeriesFillPaint(0, line);
        renderer.setSeriesStroke(
                0, new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        boolean dark = request.colours().palette().scheme() == marlab.app.theme.Scheme.DARK;
        renderer.setAlpha(dark ? 0.28f : 0.18f);
        return renderer;
    }

    private NumberAxis stepAxis(Range range) {
        NumberAxis axis = axis(range, new StepFormat(), 4);
        axis.setLabel(Messages.text("curves.steps"));
        axis.setLabelFont(font);
        axis.setLabelPaint(awt("-c-fg-muted"));
        axis.setLabelInsets(new RectangleInsets(0, 0, 2, 0));
        return axis;
    }

    private NumberAxis returnAxis(Range range) {
        return axis(range, new ReturnFormat(), 6);
    }

    private NumberAxis axis(Range range, java.text.NumberFormat format, int ticks) {
        NumberAxis axis = new NumberAxis(null);
        axis.setRange(range);
        axis.setTickUnit(new NumberTickUnit(roundUnit(range.getLength() / ticks)));
        axis.setNumberFormatOverride(format);
        axis.setTickLabelFont(font);
        axis.setTickLabelPaint(awt("-c-fg-muted"));
        axis.setAxisLineVisible(false);
        axis.setTickMarksVisible(false);
        axis.setTickLabelInsets(new RectangleInsets(3, 5, 3, 5));
        return axis;
    }

    /// The next number of the series 1, 2, 5, 10, 20, 50 …
    static double roundUnit(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        double part = least / power;
        return power * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10);
    }

    private void addReference(XYPlot plot, ChartRequest.Reference reference) {
        Stroke stroke =
                new BasicStroke(1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0);
        ValueMarker marker = new ValueMarker(reference.value(), awt("-c-fg-muted"), stroke);
        marker.setAlpha(1);
        marker.setLabel(reference.text());
        marker.setLabelFont(font);
        marker.setLabelPaint(awt("-c-fg"));
        marker.setLabelBackgroundColor(new Color(0, 0, 0, 0));
        boolean early = reference.early();
        marker.setLabelAnchor(early ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
        marker.setLabelTextAnchor(early ? TextAnchor.BOTTOM_LEFT : TextAnchor.BOTTOM_RIGHT);
        marker.setLabelOffset(new RectangleInsets(2, 4, 2, 4));
        plot.addRangeMarker(marker, Layer.FOREGROUND);
    }

    /// Dotted lines where the reward was edited, with a word; edits close together share one.
    private void addEdits(XYPlot plot, Range steps) {
        List<Long> edits = request.edits();
        for (int k = 0; k < edits.size(); ) {
            int next = k + 1;
            double room = LABEL_ROOM * steps.getLength();
            while (next < edits.size() && edits.get(next) - edits.get(k) < room) {
                next++;
            }
            for (int j = k; j < next; j++) {
                plot.addDomainMarker(editLine(edits.get(j)), Layer.BACKGROUND);
            }
            plot.addAnnotation(word(edits.get(k), next - k, steps));
            k = next;
        }
    }

    private ValueMarker editLine(double at) {
        Stroke stroke =
                new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND, 1, DOTS, 0);
        ValueMarker marker = new ValueMarker(at, awt(request.colours().line(1)), stroke);
        marker.setAlpha(1);
        return marker;
    }

    private XYTextAnnotation word(double at, int count, Range steps) {
        String text =
                count == 1
                        ? Messages.text("curves.edited")
                        : Messages.text("curves.edited.many", count);
        boolean late = at > steps.getUpperBound() * (1 - LABEL_ROOM);
        Range returns = returnRange();
        double above = WORD_PIXELS / Math.max(60, request.height() - AXIS_PIXELS);
        double y = returns.getLowerBound() + Math.max(0.25, above) * returns.getLength();
        String spaced = late ? text + "  " : "  " + text;
        XYTextAnnotation word = new XYTextAnnotation(spaced, at, y);
        word.setTextAnchor(late ? TextAnchor.CENTER_RIGHT : TextAnchor.CENTER_LEFT);
        word.setFont(font);
        word.setPaint(awt("-c-fg"));
        return word;
    }

    private Color awt(String token) {
        return awt(request.colours().palette().colour(token));
    }

    private static Color awt(javafx.scene.paint.Color colour) {
        return new Color(
                (float) colour.getRed(),
                (float) colour.getGreen(),
                (float) colour.getBlue(),
                (float) colour.getOpacity());
    }

    /// 0, 400 k, 1.2 M.
    private static final class StepFormat extends OneWayFormat {
        private static final long serialVersionUID = 1;

        @Override
        String text(double value) {
            if (value >= 1e6) {
                String million = Figures.fixed(value / 1e6, 2).replaceAll("\\.?0+$", "");
                return million + Figures.THIN_SPACE + "M";
            }
            return value < 1_000
                    ? Figures.whole(Math.round(value))
                    : Figures.whole(Math.round(value / 1_000)) + Figures.THIN_SPACE + "k";
        }
    }

    /// −20, −7.5.
    private static final class ReturnFormat extends OneWayFormat {
        private static final long serialVersionUID = 1;

        @Override
        String text(double value) {
            boolean whole = Math.abs(value - Math.rint(value)) < 1e-9;
            return Figures.fixed(value, whole ? 0 : 1);
        }
    }
}
