package marlab.learning.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import marlab.learning.analysis.Band;
import marlab.learning.analysis.Iqm;
import marlab.learning.train.BadInput;

/// What runs earned on fixed seeds while they learned.
///
/// @param points of one run: environment steps → seconds of wall clock and mean return
public record Curves(NavigableMap<Long, Point> points) {

    /// One evaluation.
    ///
    /// @param seconds of wall clock since the run began
    /// @param figure mean over the evaluation's episodes
    public record Point(double seconds, double figure) {}

    /// Several runs of one point of a sweep together.
    ///
    /// @param steps environment steps of the evaluations
    /// @param n runs that were evaluated then
    /// @param median and the middle half of the runs
    /// @param iqm interquartile mean and its bootstrap interval
    public record Together(long[] steps, int[] n, Band median, Band iqm) {}

    /// Reads the evaluations of a run.
    ///
    /// @param figure dialect of the return or metric
    /// @throws BadInput where they can't be read
    public static Curves read(Path run, String figure) {
        Path file = run.resolve("metrics.csv");
        String key = ",evaluation_return." + figure + ",,";
        String other = ",evaluation_" + figure + ",,";
        NavigableMap<Long, Point> points = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.contains(key) || line.contains(other)) {
                    String[] cells = line.split(",", -1);
                    points.put(
                            Long.parseLong(cells[0]),
                            new Point(Double.parseDouble(cells[1]), Double.parseDouble(cells[4])));
                }
            }
        } catch (IOException | NumberFormatException e) {
            throw new BadInput(
                    file
                            + " can't be read ("
                            + e.getMessage()
                            + "); mend it or delete the run's folder.",
                    e);
        }
        return new Curves(points);
    }

    /// The evaluations during training, then the one at its end.
    ///
    /// @throws BadInput where they can't be read
    static Curves of(Path run, Outcome outcome, String figure) {
        Curves curves = read(run, figure);
        curves.points.put(
                outcome.envSteps(), new Point(outcome.seconds(), outcome.figure(figure).mean()));
        return curves;
    }

    /// Environment steps of the first evaluation at or above a mark, if there is one.
    public OptionalDouble stepsTo(double mark) {
        return points.entrySet().stream()
                .filter(e -> e.getValue().figure >= mark)
                .mapToDouble(e -> e.getKey())
                .findFirst();
    }

    /// Seconds of wall clock, evaluations included, until the first evaluation at or above a mark.
    public OptionalDouble secondsTo(double mark) {
        return points.values().stream()
                .filter(p -> p.figure >= mark)
                .mapToDouble(Point::seconds)
                .findFirst();
    }

    /// Puts runs together, evaluation by evaluation. A run that was not evaluated at some step does
    /// not count there.
    public static Together together(List<Curves> runs) {
        SortedSet<Long> all = new TreeSet<>();
        runs.forEach(run -> all.addAll(run.points.keySet()));
        long[] steps = all.stream().mapToLong(s -> s).toArray();
        double[][] figures = new double[runs.size()][steps.length];
        int[] n = new int[steps.length];
        for (int r = 0; r < runs.size(); r++) {
            for (int k = 0; k < steps.length; k++) {
                Point point = runs.get(r).points.get(steps[k]);
                figures[r][k] = point == null ? Double.NaN : point.figure;
                n[k] += point == null ? 0 : 1;
            }
        }
        return new Together(
                steps, n, Band.percentiles(figures, 0.5), Band.interval(figures, Iqm::of));
    }

    /// As lines of CSV below {@link #HEAD}.
    ///
    /// @param label of the point
    public static List<String> lines(String label, Together t) {
        List<String> lines = new ArrayList<>();
        for (int k = 0; k < t.steps.length; k++) {
            lines.add(
                    String.join(
                            ",",
                            Tables.cell(label),
                            Long.toString(t.steps[k]),
                            Integer.toString(t.n[k]),
                            Tables.number(t.median.middle()[k]),
                            Tables.number(t.median.low()[k]),
                            Tables.number(t.median.high()[k]),
                            Tables.number(t.iqm.middle()[k]),
                            Tables.number(t.iqm.low()[k]),
                            Tables.number(t.iqm.high()[k])));
        }
        return lines;
    }

    /// First line of a file of such lines.
    public static final String HEAD =
            "point,env_steps,n,median,quartile_low,quartile_high,iqm,iqm_low,iqm_high";
}
