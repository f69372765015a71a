package marlab.learning.analysis;

import java.util.Arrays;

/// The interquartile mean: the mean of the middle half. Hardly moved by one lucky or failed seed,
/// and far steadier from few seeds than the median (Agarwal et al. 2021, "Deep reinforcement
/// learning at the edge of the statistical precipice"; as in their library rliable, ⌊n/4⌋ figures
/// are left out at either end).
public final class Iqm {

    private Iqm() {}

    /// The interquartile mean; NaN of nothing. Fewer than four figures are all kept.
    public static double of(double[] figures) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        int cut = sorted.length / 4;
        double sum = 0;
        for (int k = cut; k < sorted.length - cut; k++) {
            sum += sorted[k];
        }
        return sum / (sorted.length - 2 * cut);
    }
}
