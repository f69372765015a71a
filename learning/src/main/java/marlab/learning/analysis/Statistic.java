package marlab.learning.analysis;

import java.util.stream.DoubleStream;

/// One figure that sums up several, such as the mean or the {@link Iqm}.
@FunctionalInterface
public interface Statistic {

    /// The mean.
    Statistic MEAN = figures -> DoubleStream.of(figures).average().orElse(Double.NaN);

    /// The median.
    Statistic MEDIAN = figures -> Percentile.of(figures, 0.5);

    /// The figure; must not change its argument.
    ///
    /// @param figures at least one
    double of(double[] figures);
}
