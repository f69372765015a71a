package marlab.learning.analysis;

import java.util.Arrays;
import java.util.function.Function;

/// Learning curves of several seeds as one: a line and a band around it, point by point. Where a
/// curve has no value (NaN) it does not count.
///
/// @param middle the line; NaN where no curve has a value
/// @param low lower edge of the band
/// @param high upper edge
public record Band(double[] middle, double[] low, double[] high) {

    /// A statistic with its bootstrap interval.
    ///
    /// @param curves [seed][point], all at the same steps
    public static Band interval(double[][] curves, Statistic statistic) {
        return of(curves, figures -> Bootstrap.interval(figures, statistic));
    }

    /// The median, and the percentiles that hold a share of the curves in the middle: how much
    /// seeds differ, not how well the median is known.
    ///
    /// @param curves [seed][point], all at the same steps
    /// @param share within [0, 1]: 0.5 spans the middle half
    public static Band percentiles(double[][] curves, double share) {
        return of(
                curves,
                figures ->
                        new Estimate(
                                figures.length,
                                Percentile.of(figures, 0.5),
                                Percentile.of(figures, (1 - share) / 2),
                                Percentile.of(figures, (1 + share) / 2)));
    }

    private static Band of(double[][] curves, Function<double[], Estimate> at) {
        int points = Arrays.stream(curves).mapToInt(curve -> curve.length).max().orElse(0);
        Band band = new Band(new double[points], new double[points], new double[points]);
        for (int p = 0; p < points; p++) {
            int point = p;
            double[] figures =
                    Arrays.stream(curves)
                            .filter(curve -> point < curve.length)
                            .mapToDouble(curve -> curve[point])
                            .filter(figure -> !Double.isNaN(figure))
                            .toArray();
            Estimate estimate = at.apply(figures);
            band.middle[p] = estimate.value();
            band.low[p] = estimate.low();
            band.high[p] = estimate.high();
        }
        return band;
    }
}
