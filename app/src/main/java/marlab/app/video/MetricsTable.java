package marlab.app.video;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.learning.train.CurvePoint;

/// Reads the learning curve out of a replay's table of metrics.
final class MetricsTable {

    private MetricsTable() {}

    /// The points of the curve in order; lines that can't be understood are left out.
    ///
    /// @param table comma-separated values with a head: env_steps, wall_s, episodes, return_mean,
    ///   return_ci95_low, return_ci95_high, training_return in any order; "" for none
    static List<CurvePoint> curve(String table) {
        List<String> lines = table.lines().toList();
        List<CurvePoint> points = new ArrayList<>();
        if (lines.isEmpty()) {
            return points;
        }
        List<String> head = Arrays.asList(lines.getFirst().split(",", -1));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            double steps = cell(head, cells, "env_steps");
            double mean = cell(head, cells, "return_mean");
            boolean later = points.isEmpty() || steps > points.getLast().envSteps();
            if (Double.isFinite(steps) && Double.isFinite(mean) && later) {
                points.add(
                        new CurvePoint(
                                (long) steps,
                                cell(head, cells, "wall_s"),
                                (int) cell(head, cells, "episodes"),
                                mean,
                                cell(head, cells, "return_ci95_low"),
                                cell(head, cells, "return_ci95_high"),
                                cell(head, cells, "training_return")));
            }
        }
        return points;
    }

    private static double cell(List<String> head, String[] cells, String name) {
        int at = head.indexOf(name);
        if (at < 0 || at >= cells.length) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(cells[at]);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
