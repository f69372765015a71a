package marlab.learning.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {

    /// t₀.₉₇₅ from the printed tables.
    @ParameterizedTest
    @CsvSource({"2,12.7062", "3,4.3027", "5,2.7764", "10,2.2622", "31,2.0423", "1001,1.9623"})
    void halfTheWidthIsStudentsQuantileTimesTheStandardError(int n, double t) {
        double[] figures = new double[n];
        for (int k = 0; k < n; k++) {
            figures[k] = 5 + 3 * (k - (n - 1) / 2.0);
        }
        double sd = 3 * Math.sqrt(n * (n + 1) / 12.0); // of n evenly spaced figures
        Interval interval = Interval.of(figures);
        assertEquals(n, interval.n());
        assertEquals(5, interval.mean(), 1e-9);
        assertEquals(t * sd / Math.sqrt(n), interval.half(), 1e-4 * interval.half());
        assertEquals(interval.mean() - interval.half(), interval.low(), 1e-9 * n);
    }

    @Test
    void oneFigureHasAMeanButNoInterval() {
        Interval interval = Interval.of(new double[] {4});
        assertEquals(4, interval.mean());
        assertTrue(Double.isNaN(interval.low()) && Double.isNaN(interval.high()));
    }

    @Test
    void noFiguresHaveNoMean() {
        Interval interval = Interval.of(new double[0]);
        assertEquals(0, interval.n());
        assertTrue(Double.isNaN(interval.mean()));
    }

    @Test
    void equalFiguresHaveAnIntervalOfWidthZero() {
        assertEquals(0, Interval.of(new double[] {2, 2, 2}).half());
    }
}
