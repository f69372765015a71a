package marlab.learning.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import marlab.learning.algo.Figure;
import org.junit.jupiter.api.Test;

class DivergenceTest {

    private static boolean alarms(Divergence watch, String key, double value) {
        return watch.look(
                        List.of(new Figure("entropy", "A", 1), new Figure(key, "A", value)),
                        List.of())
                .isPresent();
    }

    /// First update that alarms, −1 where none does.
    private static int firstAlarm(Divergence watch, String key, int n, IntToDoubleFunction value) {
        for (int k = 0; k < n; k++) {
            if (alarms(watch, key, value.applyAsDouble(k))) {
                return k;
            }
        }
        return -1;
    }

    @Test
    void whatIsNoFiniteNumberAlarmsAtOnceWhateverItIs() {
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1 / 0.0}) {
            assertTrue(alarms(new Divergence(), "policy_loss", value));
        }
        assertFalse(alarms(new Divergence(), "policy_loss", -1e30), "policy losses have no scale");
    }

    @Test
    void growthWithoutLimitAlarmsOnceItHasLasted() {
        for (String key : List.of("value_loss", "td_error", "gradient_norm")) {
            int alarm =
                    firstAlarm(
                            new Divergence(), key, 500, k -> k < 100 ? 1 : Math.pow(1.5, k - 100));
            // 1.5^35 is more than a million, and what is usual has hardly moved by then
            assertTrue(alarm >= 100 + 34 + 19 && alarm < 100 + 90, key + " " + alarm);
        }
    }

    @Test
    void oneGreatUpdateIsNoAlarm() {
        assertEquals(
                -1, firstAlarm(new Divergence(), "value_loss", 500, k -> k % 25 == 3 ? 1e9 : 1));
    }

    /// Nothing for long, then the first rewards.
    @Test
    void aFirstRewardIsNoAlarm() {
        assertEquals(-1, firstAlarm(new Divergence(), "value_loss", 2000, k -> k < 1000 ? 0 : 1e5));
    }

    @Test
    void largeRewardsFromTheStartAreNoAlarm() {
        assertEquals(
                -1, firstAlarm(new Divergence(), "td_error", 2000, k -> 1e12 * (1 + Math.sin(k))));
    }

    @Test
    void editedRewardsAreNoAlarm() {
        Divergence watch = new Divergence();
        assertEquals(-1, firstAlarm(watch, "value_loss", 200, k -> 1));
        watch.forget();
        assertEquals(-1, firstAlarm(watch, "value_loss", 200, k -> 1e11));
    }

    @Test
    void aResumedWatchAlarmsWhenTheUndisturbedOneDoes() {
        IntToDoubleFunction growth = k -> Math.pow(1.3, k);
        int undisturbed = firstAlarm(new Divergence(), "value_loss", 1000, growth);
        Divergence first = new Divergence();
        int until = undisturbed - 5;
        assertEquals(-1, firstAlarm(first, "value_loss", until, growth));
        Divergence second = new Divergence();
        second.load(first.save());
        assertEquals(
                undisturbed,
                until
                        + firstAlarm(
                                second, "value_loss", 1000, k -> growth.applyAsDouble(until + k)));
    }
}
