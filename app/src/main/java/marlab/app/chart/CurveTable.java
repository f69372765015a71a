package marlab.app.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import marlab.learning.train.CurvePoint;

/// The curve as a table of comma-separated values, complete and exact.
public final class CurveTable {

    private static final String HEAD =
            "env_steps,wall_s,episodes,return_mean,return_ci95_low,return_ci95_high,"
                    + "training_return";

    private static final int MOST_LINES = 200_000;

    private CurveTable() {}

    /// A head and one line per point, ended by line feeds. Seconds to the millisecond, as in a
    /// run's `metrics.csv`: a curve that was read back gives the same table.
    public static String text(List<CurvePoint> points) {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        for (CurvePoint p : points) {
            text.append(p.envSteps())
                    .append(',')
                    .append(String.format(Locale.ROOT, "%.3f", p.wallSeconds()))
                    .append(',')
                    .append(p.episodes())
                    .append(',')
                    .append(p.mean())
                    .append(',')
                    .append(p.low())
                    .append(',')
                    .append(p.high())
                    .append(',')
                    .append(p.training())
                    .append('\n');
        }
        return text.toString();
    }

    /// Reads a table of somebody else's: columns are known by their names, lines without a mean or
    /// out of order are left out, and what is not there is not a number.
    public static List<CurvePoint> points(String table) {
        List<String> lines = table.lines().limit(MOST_LINES).toList();
        if (lines.isEmpty()) {
            return List.of();
        }
        List<String> head = List.of(lines.getFirst().split(","));
        List<CurvePoint> points = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",");
            double steps = number(head, cells, "env_steps");
            double mean = number(head, cells, "return_mean");
            double low = number(head, cells, "return_ci95_low");
            double high = number(head, cells, "return_ci95_high");
            boolean later = points.isEmpty() ? steps >= 0 : steps > points.getLast().envSteps();
            if (Double.isFinite(mean) && later) {
                points.add(
                        new CurvePoint(
                                (long) steps,
                                number(head, cells, "wall_s"),
                                (int) number(head, cells, "episodes"),
                                mean,
                                Double.isFinite(low) ? low : mean,
                                Double.isFinite(high) ? high : mean,
                                number(head, cells, "training_return")));
            }
        }
        return points;
    }

    private static double number(List<String> head, String[] cells, String name) {
        int column = head.indexOf(name);
        try {
            return column < 0 || column >= cells.length
                    ? Double.NaN
                    : Double.parseDouble(cells[column]);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
