package marlab.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.learning.analysis.Bootstrap;
import marlab.learning.analysis.Estimate;
import marlab.learning.analysis.Interval;
import marlab.learning.analysis.Iqm;
import marlab.learning.train.Evaluation;
import marlab.sim.env.ReturnDialect;

/// Runs of one world beside each other and beside scripted policies, all on the same starts. Within
/// a run the episodes make the interval (Student t); across runs, which are the independent
/// trainings, the interquartile mean of the runs' means with its bootstrap interval does.
///
/// @param learned by run
/// @param scripted by policy
record Comparison(Map<String, Evaluation> learned, Map<String, Evaluation> scripted) {

    private Evaluation any() {
        return learned.values().iterator().next();
    }

    private ReturnDialect dialect() {
        return any().spec().dialects().getFirst();
    }

    private Estimate across() {
        double[] means =
                learned.values().stream().mapToDouble(e -> e.dialect(dialect()).mean()).toArray();
        return Bootstrap.interval(means, Iqm::of);
    }

    private Map<String, Evaluation> all() {
        Map<String, Evaluation> all = new LinkedHashMap<>(learned);
        all.putAll(scripted);
        return all;
    }

    void print(String how) {
        System.out.printf(
                "%s, %d agents, %d runs, policies %s, %s episodes each on the same fixed seeds%n",
                any().spec().world(),
                any().spec().agentCount(),
                learned.size(),
                how,
                Output.count(any().episodes()));
        System.out.printf("%nReturn, %s (mean, 95 %% interval by Student t)%n", dialect().label());
        all().forEach((name, e) -> line(name, e.dialect(dialect())));
        scripted.forEach((baseline, b) -> {
            System.out.printf("%nBeyond %s, paired by episode%n", baseline);
            learned.forEach((name, e) -> line(name, e.beyond(b, dialect())));
        });
        Estimate iqm = across();
        System.out.printf(
                "%nAll %d runs: interquartile mean %s (95 %% interval by bootstrap over runs)%n",
                iqm.n(), Output.interval(asInterval(iqm)).strip());
    }

    private static Interval asInterval(Estimate e) {
        return new Interval(e.n(), e.value(), e.low(), e.high());
    }

    private static void line(String name, Interval interval) {
        System.out.printf("  %-42s %s%n", name, Output.interval(interval));
    }

    /// The tree that `evaluate --json` prints for several runs.
    Map<String, Object> tree(String how) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("world", any().spec().world());
        tree.put("dialect", dialect().name());
        List<Object> runs = new ArrayList<>();
        learned.forEach((name, e) -> {
            Map<String, Object> run = Output.tree(how, e);
            run.put("run", name);
            Map<String, Object> beyond = new LinkedHashMap<>();
            scripted.forEach(
                    (baseline, b) -> beyond.put(baseline, Output.tree(e.beyond(b, dialect()))));
            run.put("beyond", beyond);
            runs.add(run);
        });
        tree.put("runs", runs);
        Map<String, Object> baselines = new LinkedHashMap<>();
        scripted.forEach((name, e) -> baselines.put(name, Output.tree(e.dialect(dialect()))));
        tree.put("scripted", baselines);
        tree.put("iqm", Output.tree(asInterval(across())));
        tree.put("iqm_interval", "95 %, percentile bootstrap over runs");
        return tree;
    }
}
