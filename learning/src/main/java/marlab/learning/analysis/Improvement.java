package marlab.learning.analysis;

/// How probably a training by one algorithm ends better than one by another: P(X > Y) + ½ P(X = Y)
/// over all pairs of seeds, the Mann–Whitney statistic per pair, averaged over tasks (Agarwal et
/// al. 2021, section 4.3). ½ where the two do equally well.
public final class Improvement {

    private Improvement() {}

    /// The probability on one task.
    ///
    /// @param x one figure per seed of the one, larger is better
    /// @param y of the other
    public static double probability(double[] x, double[] y) {
        double better = 0;
        for (double a : x) {
            for (double b : y) {
                better += a > b ? 1 : a == b ? 0.5 : 0;
            }
        }
        return better / ((double) x.length * y.length);
    }

    /// The probability on one task, with its interval over the seeds of both.
    public static Estimate of(double[] x, double[] y) {
        return of(new double[][] {x}, new double[][] {y});
    }

    /// The mean probability over tasks, with its interval over the seeds of both.
    ///
    /// @param x [task][seed] of the one, larger is better
    /// @param y [task][seed] of the other, the same tasks in the same order
    /// @throws IllegalArgumentException where the numbers of tasks differ
    public static Estimate of(double[][] x, double[][] y) {
        if (x.length != y.length) {
            throw new IllegalArgumentException(
                    "the one has " + x.length + " tasks, the other " + y.length);
        }
        double[][] both = new double[2 * x.length][];
        for (int task = 0; task < x.length; task++) {
            both[2 * task] = x[task];
            both[2 * task + 1] = y[task];
        }
        return Bootstrap.resample(
                both,
                drawn -> {
                    double sum = 0;
                    for (int task = 0; task < x.length; task++) {
                        sum += probability(drawn[2 * task], drawn[2 * task + 1]);
                    }
                    return sum / x.length;
                });
    }
}
