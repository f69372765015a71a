package marlab.learning.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.learning.analysis.Interval;
import marlab.learning.train.Evaluation;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.ReturnDialect;

/// What came of a run, or of a policy that does not learn, on the fixed evaluation seeds.
///
/// @param episodes n of the means
/// @param returns mean return by dialect, in the world's order
/// @param metrics mean of each metric of the world
/// @param envSteps environment steps that were learned from; 0 without learning
/// @param seconds of wall clock that learning took
public record Outcome(
        int episodes,
        Map<String, Interval> returns,
        Map<String, Interval> metrics,
        long envSteps,
        double seconds) {

    static Outcome of(Evaluation evaluation, long envSteps, double seconds) {
        EnvSpec spec = evaluation.spec();
        Map<String, Interval> returns = new LinkedHashMap<>();
        for (ReturnDialect dialect : spec.dialects()) {
            returns.put(dialect.name(), evaluation.dialect(dialect));
        }
        Map<String, Interval> metrics = new LinkedHashMap<>();
        int m = 0;
        for (Metric metric : spec.metrics()) {
            metrics.put(metric.name(), evaluation.metric(m++));
        }
        return new Outcome(evaluation.episodes(), returns, metrics, envSteps, seconds);
    }

    /// The figure with this name: a dialect of the return or a metric.
    ///
    /// @throws IllegalArgumentException where there is none
    public Interval figure(String name) {
        Interval figure = returns.getOrDefault(name, metrics.get(name));
        if (figure == null) {
            throw new IllegalArgumentException(
                    "there is no figure \""
                            + name
                            + "\"; there are "
                            + String.join(", ", returns.keySet())
                            + ", "
                            + String.join(", ", metrics.keySet()));
        }
        return figure;
    }

    Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("episodes", episodes);
        tree.put("interval", "95 %, Student t, over episodes");
        tree.put("returns", tree(returns));
        tree.put("metrics", tree(metrics));
        tree.put("env_steps", envSteps);
        tree.put("wall_s", seconds);
        return tree;
    }

    private static Map<String, Object> tree(Map<String, Interval> figures) {
        Map<String, Object> tree = new LinkedHashMap<>();
        figures.forEach((name, i) -> {
            boolean sure = i.n() > 1; // JSON has no NaN: of one episode there is no interval
            tree.put(name, sure ? List.of(i.mean(), i.low(), i.high()) : List.of(i.mean()));
        });
        return tree;
    }

    /// Reads what {@link #toTree} wrote.
    ///
    /// @throws IllegalArgumentException where it is something else
    static Outcome fromTree(Map<?, ?> tree) {
        try {
            int episodes = ((Number) tree.get("episodes")).intValue();
            return new Outcome(
                    episodes,
                    figures((Map<?, ?>) tree.get("returns"), episodes),
                    figures((Map<?, ?>) tree.get("metrics"), episodes),
                    ((Number) tree.get("env_steps")).longValue(),
                    ((Number) tree.get("wall_s")).doubleValue());
        } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("it is not the result of a run", e);
        }
    }

    private static Map<String, Interval> figures(Map<?, ?> tree, int n) {
        Map<String, Interval> figures = new LinkedHashMap<>();
        tree.forEach((name, value) -> {
            List<?> list = (List<?>) value;
            double mean = ((Number) list.getFirst()).doubleValue();
            boolean sure = list.size() == 3;
            figures.put(
                    name.toString(),
                    new Interval(
                            n,
                            mean,
                            sure ? ((Number) list.get(1)).doubleValue() : Double.NaN,
                            sure ? ((Number) list.get(2)).doubleValue() : Double.NaN));
        });
        return figures;
    }
}
