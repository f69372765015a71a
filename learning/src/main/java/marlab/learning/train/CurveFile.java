package marlab.learning.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.learning.store.RunDirectory;

/// The learning curve as `metrics.csv` keeps it.
public final class CurveFile {

    private CurveFile() {}

    /// Points up to a number of environment steps.
    ///
    /// @throws IOException where the file can't be read or a line is not a metric
    public static List<CurvePoint> read(RunDirectory run, long upTo) throws IOException {
        Map<Long, Map<String, Double>> rows = new LinkedHashMap<>();
        for (String line : run.metrics()) {
            String[] cells = line.split(",", -1);
            try {
                long envSteps = Long.parseLong(cells[0]);
                if (envSteps <= upTo) {
                    Map<String, Double> row =
                            rows.computeIfAbsent(envSteps, s -> new LinkedHashMap<>());
                    row.putIfAbsent("wall_s", Double.parseDouble(cells[1]));
                    row.merge(cells[2], Double.parseDouble(cells[4]), Double::sum);
                    row.merge(cells[2] + " rows", 1.0, Double::sum);
                }
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IOException("metrics.csv has the line \"" + line + "\"", e);
            }
        }
        List<CurvePoint> points = new ArrayList<>();
        rows.forEach((envSteps, row) -> {
            if (row.containsKey("return")) {
                points.add(
                        new CurvePoint(
                                envSteps,
                                row.get("wall_s"),
                                row.get("episodes").intValue(),
                                row.get("return"),
                                row.get("return_low"),
                                row.get("return_high"),
                                row.get("training_return") / row.get("training_return rows")));
            }
        });
        return points;
    }
}
