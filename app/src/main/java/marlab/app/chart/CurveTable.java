package marlab.app.chart;

import java.util.List;
import marlab.learning.train.CurvePoint;

/// The curve as a table of comma-separated values, complete and exact.
public final class CurveTable {

    private static final String HEAD =
            "env_steps,wall_s,episodes,return_mean,return_ci95_low,return_ci95_high,"
                    + "training_return";

    private CurveTable() {}

    /// A head and one line per point, ended by line feeds.
    public static String text(List<CurvePoint> points) {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        for (CurvePoint p : points) {
            text.append(p.envSteps())
                    .append(',')
                    .append(p.wallSeconds())
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
}
