package marlab.learning.analysis;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import marlab.sim.seed.RandomStream;

/// The 95 % interval of a figure by the percentile bootstrap (Efron 1979; over tasks stratified, as
/// in Agarwal et al. 2021): the seeds of a training are drawn anew 10,000 times with replacement,
/// and the middle 95 % of what the figure then is makes the interval. The draws are the same every
/// time, so the same figures have the same interval.
///
/// With few seeds the interval is too narrow: that of the mean of 5 normal figures holds the truth
/// in 84 of 100 cases where it says 95, of 10 in 90, of 20 in 93.
public final class Bootstrap {

    /// How often seeds are drawn anew.
    public static final int RESAMPLES = 10_000;

    private static final double LOW = 0.025;
    private static final double HIGH = 0.975;
    private static final long SEED = 20210830; // any number, but always this one

    private Bootstrap() {}

    /// The interval of a figure that sums up one task.
    ///
    /// @param figures one per seed
    public static Estimate interval(double[] figures, Statistic statistic) {
        return interval(new double[][] {figures}, statistic);
    }

    /// The interval of a figure that sums up several tasks, all figures in one heap. The seeds of
    /// each task are drawn apart from those of the others.
    ///
    /// @param tasks [task][seed], made comparable before; tasks may differ in their seeds
    public static Estimate interval(double[][] tasks, Statistic statistic) {
        int n = Arrays.stream(tasks).mapToInt(task -> task.length).sum();
        double[] heap = new double[n];
        return resample(
                tasks,
                drawn -> {
                    int at = 0;
                    for (double[] task : drawn) {
                        System.arraycopy(task, 0, heap, at, task.length);
                        at += task.length;
                    }
                    return statistic.of(heap);
                });
    }

    /// The interval of any figure of several lists, each drawn anew by itself.
    ///
    /// @param figure of lists as long as these; must not change them
    static Estimate resample(double[][] lists, ToDoubleFunction<double[][]> figure) {
        int n = Arrays.stream(lists).mapToInt(list -> list.length).sum();
        double value = n == 0 ? Double.NaN : figure.applyAsDouble(lists);
        if (Arrays.stream(lists).allMatch(list -> list.length < 2)) {
            return new Estimate(n, value, Double.NaN, Double.NaN);
        }
        RandomStream random = new RandomStream(SEED);
        double[][] drawn = Arrays.stream(lists).map(double[]::clone).toArray(double[][]::new);
        double[] figures = new double[RESAMPLES];
        for (int k = 0; k < RESAMPLES; k++) {
            for (int l = 0; l < lists.length; l++) {
                draw(lists[l], drawn[l], random);
            }
            figures[k] = figure.applyAsDouble(drawn);
        }
        Arrays.sort(figures);
        return new Estimate(
                n, value, Percentile.ofSorted(figures, LOW), Percentile.ofSorted(figures, HIGH));
    }

    private static void draw(double[] from, double[] into, RandomStream random) {
        for (int k = 0; k < from.length; k++) {
            into[k] = from[(int) (random.nextDouble() * from.length)];
        }
    }
}
