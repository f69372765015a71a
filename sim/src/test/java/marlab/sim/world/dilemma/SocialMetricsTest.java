package marlab.sim.world.dilemma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import marlab.sim.snapshot.StateCursor;
import org.junit.jupiter.api.Test;

class SocialMetricsTest {

    private static SocialMetrics after(double[][] rewards, int... timedOut) {
        SocialMetrics social = new SocialMetrics(rewards[0].length);
        for (int t = 0; t < rewards.length; t++) {
            for (int i = 0; i < rewards[t].length; i++) {
                social.earn(i, rewards[t][i]);
            }
            social.endStep(t < timedOut.length ? timedOut[t] : 0);
        }
        return social;
    }

    @Test
    void equalReturnsAreFullEquality() {
        assertEquals(1, after(new double[][] {{1, 0, 2}, {1, 2, 0}}).equality(), 1e-15);
    }

    @Test
    void oneOfFiveWhoGetsAllLeavesAFifthOfEquality() {
        assertEquals(0.2, after(new double[][] {{7, 0, 0, 0, 0}}).equality(), 1e-15);
    }

    @Test
    void equalityIsOneWhereNothingIsLeftToShare() {
        assertEquals(1, after(new double[][] {{0, 0}}).equality());
        assertEquals(1, after(new double[][] {{3, -50}}).equality());
        assertEquals(1, new SocialMetrics(4).equality());
    }

    @Test
    void efficiencyIsTheSumOfReturnsPerStep() {
        assertEquals(1.5, after(new double[][] {{1, 0}, {1, 1}, {4, -1}, {0, 0}}).efficiency());
        assertEquals(0, new SocialMetrics(2).efficiency());
    }

    @Test
    void sustainabilityIsTheMeanStepOfGainsOfThoseWhoHadAny() {
        double[][] rewards = {{1, 0, 0}, {0, 0, -1}, {1, 0, 0}, {0, 5, 0}};
        assertEquals((1 + 3) / 2.0, after(rewards).sustainability());
        assertEquals(0, after(new double[][] {{0, -1}}).sustainability());
    }

    @Test
    void peaceIsTheMeanNumberOfAgentsInPlay() {
        double[][] rewards = new double[4][3];
        assertEquals(3, after(rewards).peace());
        assertEquals(3 - 5 / 4.0, after(rewards, 2, 2, 0, 1).peace());
        assertEquals(3, new SocialMetrics(3).peace());
    }

    @Test
    void aCopyGoesOnExactly() {
        SocialMetrics social = after(new double[][] {{1, 0.1}, {-1, 2}}, 1, 0);
        StateCursor size = StateCursor.measuring();
        social.exchange(size);
        double[] state = new double[size.position()];
        social.exchange(StateCursor.saving().over(state));
        SocialMetrics copy = new SocialMetrics(2);
        copy.exchange(StateCursor.loading().over(state));
        for (SocialMetrics each : new SocialMetrics[] {social, copy}) {
            each.earn(1, 3);
            each.endStep(1);
        }
        assertArrayEquals(figures(social), figures(copy));
        social.clear();
        assertArrayEquals(figures(new SocialMetrics(2)), figures(social));
    }

    private static double[] figures(SocialMetrics social) {
        double[] figures = new double[SocialMetrics.METRICS.size()];
        social.write(figures, 0);
        return figures;
    }
}
