package marlab.learning.analysis;

/// A figure that sums up several, with an interval around it.
///
/// @param n how many figures it was made of
/// @param value the figure
/// @param low lower end of the interval; NaN with fewer than two figures
/// @param high upper end
public record Estimate(int n, double value, double low, double high) {

    /// Half the interval's width.
    public double half() {
        return (high - low) / 2;
    }
}
