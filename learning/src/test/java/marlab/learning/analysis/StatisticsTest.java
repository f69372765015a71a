package marlab.learning.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Interquartile mean, percentiles, bootstrap intervals, probability of improvement and bands,
/// against answers known from counting.
class StatisticsTest {

    @Test
    void theMiddleHalfIsAveragedAndOutliersAreNot() {
        assertEquals(4.5, Iqm.of(new double[] {100, 1, 2, 3, 4, 5, 6, 7}));
        assertEquals(3, Iqm.of(new double[] {-1e9, 2, 4, 3, 1e9}));
        assertEquals(2, Iqm.of(new double[] {1, 2, 3}), "⌊3/4⌋ = 0 are left out");
        assertTrue(Double.isNaN(Iqm.of(new double[0])));
    }

    @Test
    void figuresStayInTheirOrder() {
        double[] figures = {3, 1, 2, 5, 4};
        Iqm.of(figures);
        Percentile.of(figures, 0.3);
        Bootstrap.interval(figures, Statistic.MEDIAN);
        assertArrayEquals(new double[] {3, 1, 2, 5, 4}, figures);
    }

    @Test
    void percentilesLieOnStraightLinesBetweenNeighbours() {
        double[] figures = {40, 10, 30, 20};
        assertEquals(10, Percentile.of(figures, 0));
        assertEquals(17.5, Percentile.of(figures, 0.25));
        assertEquals(25, Percentile.of(figures, 0.5));
        assertEquals(40, Percentile.of(figures, 1));
        assertEquals(25, Statistic.MEDIAN.of(figures));
    }

    /// The number of ones among ten draws from half ones is binomial: P(≤ 1) = 0.011, P(≤ 2) =
    /// 0.055, so that the ends are 0.2 and 0.8.
    @Test
    void theIntervalOfAShareIsBinomial() {
        Estimate e =
                Bootstrap.interval(new double[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1}, Statistic.MEAN);
        assertEquals(10, e.n());
        assertEquals(0.5, e.value());
        assertEquals(0.2, e.low(), 1e-12);
        assertEquals(0.8, e.high(), 1e-12);
        assertEquals(0.3, e.half(), 1e-12);
    }

    /// All 5⁵ ways to draw five of five.
    @Test
    void theIntervalOfAnIqmIsThatOfAllDraws() {
        double[] figures = {3, 17, 4, 11, 5};
        double[] all = new double[3125];
        for (int way = 0; way < all.length; way++) {
            double[] drawn = new double[5];
            for (int k = 0, left = way; k < 5; k++, left /= 5) {
                drawn[k] = figures[left % 5];
            }
            all[way] = Iqm.of(drawn);
        }
        Estimate e = Bootstrap.interval(figures, Iqm::of);
        assertEquals(20.0 / 3, e.value(), 1e-12);
        assertEquals(Percentile.of(all, 0.025), e.low(), 0.34); // a step of the IQM is 1/3
        assertEquals(Percentile.of(all, 0.975), e.high(), 0.67);
    }

    @Test
    void theSameFiguresHaveTheSameIntervalAlways() {
        double[] figures = {1.25, 7.5, 3.75, 4, 9};
        assertEquals(
                Bootstrap.interval(figures, Statistic.MEAN),
                Bootstrap.interval(figures, Statistic.MEAN));
    }

    /// Two tasks without any spread of their own: drawn together they would vary.
    @Test
    void tasksAreDrawnApart() {
        double[][] tasks = {{0, 0, 0, 0}, {10, 10, 10, 10}};
        assertEquals(new Estimate(8, 5, 5, 5), Bootstrap.interval(tasks, Statistic.MEAN));
        Estimate heap =
                Bootstrap.interval(new double[] {0, 0, 0, 0, 10, 10, 10, 10}, Statistic.MEAN);
        assertTrue(heap.low() < 3 && heap.high() > 7, heap::toString);
    }

    @Test
    void oneSeedHasNoInterval() {
        Estimate e = Bootstrap.interval(new double[] {4}, Statistic.MEAN);
        assertEquals(4, e.value());
        assertTrue(Double.isNaN(e.low()) && Double.isNaN(e.high()));
        assertTrue(Double.isNaN(Bootstrap.interval(new double[0], Statistic.MEAN).value()));
    }

    /// Of the six pairs, 3 > 2, 5 > 2 and 5 > 4 are better and 1 < 2 and 1, 3 < 4 worse; 2.5 with a
    /// tie.
    @Test
    void improvementCountsPairs() {
        assertEquals(0.5, Improvement.probability(new double[] {1, 3, 5}, new double[] {2, 4}));
        assertEquals(
                2.5 / 6,
                Improvement.probability(new double[] {1, 3, 4}, new double[] {2, 4}),
                1e-12);
        assertEquals(1, Improvement.of(new double[] {5, 6}, new double[] {1, 2}).low());
        Estimate same = Improvement.of(new double[] {1, 2, 3, 4}, new double[] {1, 2, 3, 4});
        assertEquals(0.5, same.value());
        assertTrue(same.low() < 0.25 && same.high() > 0.75, same::toString);
    }

    @Test
    void improvementIsAveragedOverTasks() {
        double[][] x = {{5, 6}, {1, 2}};
        double[][] y = {{1, 2}, {5, 6}};
        assertEquals(new Estimate(8, 0.5, 0.5, 0.5), Improvement.of(x, y));
        assertThrows(IllegalArgumentException.class, () -> Improvement.of(x, new double[1][1]));
    }

    @Test
    void bandsLeaveOutWhatIsMissing() {
        double[][] curves = {{1, 10}, {2, Double.NaN}, {3, 30}, {4}, {5, 20}};
        Band band = Band.percentiles(curves, 0.5);
        assertArrayEquals(new double[] {3, 20}, band.middle());
        assertArrayEquals(new double[] {2, 15}, band.low());
        assertArrayEquals(new double[] {4, 25}, band.high());
        Band means = Band.interval(curves, Statistic.MEAN);
        Estimate first = Bootstrap.interval(new double[] {1, 2, 3, 4, 5}, Statistic.MEAN);
        assertEquals(first.low(), means.low()[0]);
        assertEquals(first.high(), means.high()[0]);
        assertEquals(20, means.middle()[1]);
        assertEquals(0, Arrays.stream(Band.percentiles(new double[0][], 0.5).middle()).count());
    }
}
