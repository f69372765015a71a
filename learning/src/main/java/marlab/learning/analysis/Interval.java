package marlab.learning.analysis;

import org.apache.commons.math3.distribution.TDistribution;

/// A mean with its 95 % interval by Student's t: mean ± t₀.₉₇₅(n − 1) · s/√n. For independent
/// figures, such as returns of episodes from different seeds.
///
/// @param n how many figures
/// @param mean their mean
/// @param low lower end; NaN with fewer than two figures
/// @param high upper end
public record Interval(int n, double mean, double low, double high) {

    /// The interval of some figures.
    public static Interval of(double[] figures) {
        int n = figures.length;
        double sum = 0;
        for (double x : figures) {
            sum += x;
        }
        double mean = sum / n;
        if (n < 2) {
            return new Interval(n, n == 0 ? Double.NaN : mean, Double.NaN, Double.NaN);
        }
        double squares = 0;
        for (double x : figures) {
            squares += (x - mean) * (x - mean);
        }
        double half =
                new TDistribution(n - 1).inverseCumulativeProbability(0.975)
                        * Math.sqrt(squares / (n - 1) / n);
        return new Interval(n, mean, mean - half, mean + half);
    }

    /// Half the interval's width.
    public double half() {
        return (high - low) / 2;
    }
}
