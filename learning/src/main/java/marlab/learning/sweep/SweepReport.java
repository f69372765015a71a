package marlab.learning.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import marlab.learning.analysis.Bootstrap;
import marlab.learning.analysis.Estimate;
import marlab.learning.analysis.Iqm;
import marlab.learning.store.AtomicFile;
import marlab.sim.env.ReturnDialect;

/// What a sweep found, so far: `table.csv`, `table.md` and `curves.csv` in its folder.
public final class SweepReport {

    private SweepReport() {}

    /// Writes the files.
    ///
    /// @return the table, for people
    public static String write(SweepFolder folder, List<Member> members) {
        Map<Map<String, String>, List<Member>> points = new LinkedHashMap<>();
        members.forEach(m -> points.computeIfAbsent(m.point(), p -> new ArrayList<>()).add(m));
        Tables people =
                new Tables(List.of("point", "return", "done", "failed", "return, IQM [95 %]"));
        Tables programs =
                new Tables(
                        List.of(
                                "point",
                                "figure",
                                "n",
                                "failed",
                                "iqm",
                                "iqm_low",
                                "iqm_high",
                                "mean",
                                "worst",
                                "best",
                                "episodes_each",
                                "wall_s_mean"));
        StringBuilder curves = new StringBuilder(Curves.HEAD).append('\n');
        points.forEach((point, runs) -> {
            String label = Member.label(point);
            ReturnDialect dialect = runs.getFirst().config().spec().dialects().getFirst();
            List<Outcome> outcomes =
                    runs.stream().map(folder::outcome).flatMap(Optional::stream).toList();
            long failed = runs.stream().filter(m -> folder.failure(m).isPresent()).count();
            double[] figures =
                    outcomes.stream().mapToDouble(o -> o.figure(dialect.name()).mean()).toArray();
            Estimate iqm = Bootstrap.interval(figures, Iqm::of);
            people.add(
                    List.of(
                            label,
                            dialect.label(),
                            outcomes.size() + " of " + runs.size(),
                            Long.toString(failed),
                            Tables.words(iqm.value(), iqm.low(), iqm.high())));
            var all = java.util.Arrays.stream(figures).summaryStatistics();
            boolean any = figures.length > 0;
            programs.add(
                    List.of(
                            label,
                            dialect.name(),
                            Integer.toString(figures.length),
                            Long.toString(failed),
                            Tables.number(iqm.value()),
                            Tables.number(iqm.low()),
                            Tables.number(iqm.high()),
                            any ? Tables.number(all.getAverage()) : "",
                            any ? Tables.number(all.getMin()) : "",
                            any ? Tables.number(all.getMax()) : "",
                            any ? Integer.toString(outcomes.getFirst().episodes()) : "",
                            Tables.number(
                                    outcomes.stream()
                                            .mapToDouble(Outcome::seconds)
                                            .average()
                                            .orElse(Double.NaN))));
            List<Curves> read =
                    runs.stream()
                            .filter(m -> folder.outcome(m).isPresent())
                            .map(m ->
                                    Curves.of(
                                            folder.run(m),
                                            folder.outcome(m).orElseThrow(),
                                            dialect.name()))
                            .toList();
            Curves.lines(label, Curves.together(read))
                    .forEach(line -> curves.append(line).append('\n'));
        });
        String foot =
                "\nReturns are those of the greedy policy at the end of training, on fixed seeds;"
                        + " IQM: interquartile mean over training seeds; interval: percentile"
                        + " bootstrap over training seeds, 95 %.\n";
        try {
            AtomicFile.write(folder.path().resolve("table.csv"), programs.csv());
            AtomicFile.write(folder.path().resolve("table.md"), people.markdown() + foot);
            AtomicFile.write(folder.path().resolve("curves.csv"), curves.toString());
        } catch (IOException e) {
            throw folder.unwritable(e);
        }
        return people.markdown() + foot;
    }
}
