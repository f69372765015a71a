package marlab.learning.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import marlab.learning.analysis.Bootstrap;
import marlab.learning.analysis.Estimate;
import marlab.learning.analysis.Interval;
import marlab.learning.analysis.Iqm;
import marlab.learning.store.AtomicFile;

/// The benchmark table as far as its runs are done: `table.md` and `table.csv`.
public final class BenchmarkReport {

    private final Benchmarks benchmarks;
    private final SweepFolder folder;
    private final Map<String, Map<String, Outcome>> baselines;
    private final String machine;
    private final StringBuilder page = new StringBuilder();
    private final Tables programs =
            new Tables(
                    List.of(
                            "task",
                            "algorithm",
                            "figure",
                            "unit",
                            "mark",
                            "seeds",
                            "failed",
                            "budget_steps",
                            "reached_mark",
                            "steps_to_mark_median",
                            "seconds_to_mark_median",
                            "iqm",
                            "iqm_low",
                            "iqm_high",
                            "mean",
                            "worst_seed",
                            "best_seed",
                            "episodes_pooled",
                            "seconds_mean",
                            "machine"));

    /// @param baselines outcome by task and scripted policy
    /// @param machine what it was run on and how, one sentence
    public BenchmarkReport(
            Benchmarks benchmarks,
            SweepFolder folder,
            Map<String, Map<String, Outcome>> baselines,
            String machine) {
        this.benchmarks = benchmarks;
        this.folder = folder;
        this.baselines = baselines;
        this.machine = machine;
    }

    /// Writes the files.
    ///
    /// @param appendix further Markdown for the end
    /// @return the table as Markdown
    /// @throws marlab.learning.train.BadInput where they can't be written
    public String write(String appendix) {
        page.append("# Benchmark table\n\n")
                .append(machine)
                .append(
                        """


                        Final: return of the greedy policy at the end of training (not the best on the way), mean \
                        over fixed evaluation seeds, then interquartile mean (IQM) over training seeds with its 95 % \
                        percentile-bootstrap interval over training seeds; n episodes are those of all seeds \
                        together. To the mark: environment steps and seconds of wall clock, evaluations included, \
                        when an evaluation (during training, or the final one) was first at or above the mark; median over training \
                        seeds, those that never were counting as never. Baselines: mean and 95 % interval by \
                        Student's t over the same evaluation seeds; frozen groups stay frozen.
                        """);
        for (Benchmarks.Task task : benchmarks.tasks()) {
            task(task);
        }
        page.append(appendix);
        try {
            AtomicFile.write(folder.path().resolve("table.md"), page.toString());
            AtomicFile.write(folder.path().resolve("table.csv"), programs.csv());
        } catch (IOException e) {
            throw folder.unwritable(e);
        }
        return page.toString();
    }

    private void task(Benchmarks.Task task) {
        page.append("\n## ").append(task.title()).append("\n\nUnit: ").append(task.unit());
        if (!Double.isNaN(task.mark())) {
            page.append("; mark ").append(Tables.words(task.mark()));
        }
        page.append(".  \nBaselines: ");
        List<String> scripted = new ArrayList<>();
        baselines
                .getOrDefault(task.name(), Map.of())
                .forEach((name, outcome) -> {
                    Interval i = outcome.figure(task.figure());
                    scripted.add(
                            name
                                    + " "
                                    + Tables.words(
                                            task.scale() * i.mean(),
                                            task.scale() * i.low(),
                                            task.scale() * i.high())
                                    + " (n = "
                                    + count(i.n())
                                    + ")");
                });
        page.append(String.join("; ", scripted)).append(".\n\n");
        Tables people =
                new Tables(
                        List.of(
                                "algorithm",
                                "seeds",
                                "budget, steps",
                                "steps to the mark",
                                "seconds to the mark",
                                "final, IQM [95 %]",
                                "worst … best seed",
                                "n episodes"));
        task.rows().forEach(row -> row(task, row, people));
        page.append(people.markdown());
        if (!task.published().isEmpty()) {
            page.append("\nPublished: ").append(String.join(" ", task.published())).append('\n');
        }
    }

    private void row(Benchmarks.Task task, Benchmarks.Row row, Tables people) {
        List<Member> members = benchmarks.members(task, row);
        List<Member> done = members.stream().filter(m -> folder.outcome(m).isPresent()).toList();
        List<Outcome> outcomes =
                done.stream().map(folder::outcome).flatMap(Optional::stream).toList();
        long failed = members.stream().filter(m -> folder.failure(m).isPresent()).count();
        double[] figures =
                outcomes.stream()
                        .mapToDouble(o -> task.scale() * o.figure(task.figure()).mean())
                        .toArray();
        Estimate iqm = Bootstrap.interval(figures, Iqm::of);
        var all = Arrays.stream(figures).summaryStatistics();
        List<Curves> curves =
                done.stream()
                        .map(m ->
                                Curves.of(
                                        folder.run(m),
                                        folder.outcome(m).orElseThrow(),
                                        task.figure()))
                        .toList();
        double mark = task.mark() / task.scale();
        double steps = median(curves, c -> c.stepsTo(mark));
        double seconds = median(curves, c -> c.secondsTo(mark));
        long reached = curves.stream().filter(c -> c.stepsTo(mark).isPresent()).count();
        long episodes = outcomes.stream().mapToLong(Outcome::episodes).sum();
        boolean any = !done.isEmpty();
        boolean marked = any && !Double.isNaN(task.mark());
        String of = " (" + reached + " of " + done.size() + ")";
        long budget = members.getFirst().config().training().steps();
        people.add(
                List.of(
                        row.name(),
                        done.size()
                                + " of "
                                + members.size()
                                + (failed > 0 ? ", " + failed + " failed" : ""),
                        count(budget),
                        marked ? (steps < Double.MAX_VALUE ? count(steps) : "never") + of : "–",
                        marked && seconds < Double.MAX_VALUE ? count(seconds) : "–",
                        Tables.words(iqm.value(), iqm.low(), iqm.high()),
                        any ? Tables.words(all.getMin()) + " … " + Tables.words(all.getMax()) : "–",
                        count(episodes)));
        programs.add(
                List.of(
                        task.name(),
                        row.name(),
                        task.figure(),
                        task.unit(),
                        Tables.number(task.mark()),
                        Integer.toString(done.size()),
                        Long.toString(failed),
                        Long.toString(budget),
                        marked ? Long.toString(reached) : "",
                        marked && steps < Double.MAX_VALUE ? Tables.number(steps) : "",
                        marked && seconds < Double.MAX_VALUE ? Tables.number(seconds) : "",
                        Tables.number(iqm.value()),
                        Tables.number(iqm.low()),
                        Tables.number(iqm.high()),
                        any ? Tables.number(all.getAverage()) : "",
                        any ? Tables.number(all.getMin()) : "",
                        any ? Tables.number(all.getMax()) : "",
                        Long.toString(episodes),
                        Tables.number(
                                outcomes.stream()
                                        .mapToDouble(Outcome::seconds)
                                        .average()
                                        .orElse(Double.NaN)),
                        machine));
    }

    /// The lower median, infinite where it is a run that never came there.
    private static double median(List<Curves> runs, Function<Curves, OptionalDouble> when) {
        double[] sorted =
                runs.stream()
                        .mapToDouble(c -> when.apply(c).orElse(Double.POSITIVE_INFINITY))
                        .sorted()
                        .toArray();
        return sorted.length == 0 ? Double.POSITIVE_INFINITY : sorted[(sorted.length - 1) / 2];
    }

    private static String count(double value) {
        return String.format(Locale.ROOT, "%,.0f", value).replace(',', ' ');
    }
}
