package marlab.app.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import marlab.learning.analysis.Interval;
import marlab.learning.train.Evaluation;
import marlab.sim.env.Metric;
import marlab.sim.env.ReturnDialect;

/// How figures are written, for people and for programs.
final class Output {

    private Output() {}

    /// A number with two decimals, always with a point.
    static String fixed(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    /// A mean with its interval: `-7.52 [-7.72, -7.31]`.
    static String interval(Interval i) {
        return String.format(Locale.ROOT, "%8.2f  [%.2f, %.2f]", i.mean(), i.low(), i.high());
    }

    /// A count with thin groups for people: 1 234 567.
    static String count(double value) {
        return String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ');
    }

    /// Minutes and seconds.
    static String clock(double seconds) {
        long s = Math.round(seconds);
        return s >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
    }

    /// The tree that `evaluate --json` prints.
    static Map<String, Object> tree(String policy, Evaluation evaluation) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("world", evaluation.spec().world());
        tree.put("policy", policy);
        tree.put("agents", evaluation.spec().agentCount());
        tree.put("episodes", evaluation.episodes());
        tree.put("interval", "95 %, Student t");
        Map<String, Object> returns = new LinkedHashMap<>();
        for (ReturnDialect dialect : evaluation.spec().dialects()) {
            returns.put(dialect.name(), tree(evaluation.dialect(dialect)));
        }
        tree.put("returns", returns);
        Map<String, Object> metrics = new LinkedHashMap<>();
        int m = 0;
        for (Metric metric : evaluation.spec().metrics()) {
            metrics.put(metric.name(), tree(evaluation.metric(m++)));
        }
        tree.put("metrics", metrics);
        return tree;
    }

    static Map<String, Object> tree(Interval i) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("mean", i.mean());
        // JSON has no NaN: with a single episode there is no interval
        tree.put("ci95", i.n() < 2 ? null : new double[] {i.low(), i.high()});
        return tree;
    }
}
