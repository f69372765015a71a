package marlab.learning.analysis;

import java.util.Arrays;

/// The figure below which a share of all figures lies.
public final class Percentile {

    private Percentile() {}

    /// The percentile with straight lines between neighbours (definition 7 of Hyndman and Fan 1996,
    /// the usual one of R and NumPy); NaN of nothing.
    ///
    /// @param share within [0, 1]: 0.5 is the median
    public static double of(double[] figures, double share) {
        double[] sorted = figures.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, share);
    }

    static double ofSorted(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
