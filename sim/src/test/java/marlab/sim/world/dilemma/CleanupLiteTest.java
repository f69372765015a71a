package marlab.sim.world.dilemma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;

/// Five rows of four columns; state: rows, columns and frozen steps of two agents, then apples and
/// dirt per row.
class CleanupLiteTest {

    private static final CleanupLite WORLD = new CleanupLite();
    private static final int LEFT = 0;
    private static final int RIGHT = 1;
    private static final int UP = 2;
    private static final int ZAP = 4;
    private static final int STAY = 5;
    private static final int APPLE = 6;
    private static final int DIRT = 11;

    private ParallelEnv env;
    private Frame frame;

    /// Agents at (row, column), nothing else; options as name, value, name, value …
    private void start(int row0, int column0, int row1, int column1, String... options) {
        Map<String, String> texts = new HashMap<>(Map.of("dirt_rate", "0"));
        for (int k = 0; k < options.length; k += 2) {
            texts.put(options[k], options[k + 1]);
        }
        env = WORLD.create(WORLD.configure(texts));
        env.reset(1);
        frame = new Frame(env.spec());
        env.snapshot(frame);
        Arrays.fill(frame.state, 0);
        frame.state[0] = row0;
        frame.state[1] = row1;
        frame.state[2] = column0;
        frame.state[3] = column1;
    }

    private StepResult step(int first, int second) {
        env.restore(frame);
        Actions actions = new Actions(env.spec());
        actions.choose(0, first);
        actions.choose(1, second);
        StepResult result = env.step(actions);
        env.snapshot(frame);
        return result;
    }

    /// As dirty as can be, so that no apple appears.
    private void dirty() {
        for (int r = 2; r < 5; r++) {
            frame.state[DIRT + r] = 1;
        }
    }

    private int count(int from) {
        int count = 0;
        for (int r = 0; r < 5; r++) {
            count += frame.state[from + r] > 0 ? 1 : 0;
        }
        return count;
    }

    @Test
    void anEpisodeBeginsWithThreeDirtyCellsAndNoApples() {
        start(0, 0, 0, 0);
        for (int seed = 0; seed < 40; seed++) {
            env.reset(seed);
            env.snapshot(frame);
            assertEquals(3, count(DIRT));
            assertEquals(0, count(APPLE));
        }
    }

    @Test
    void enteringEatsAndCleansAndStandingDoesNot() {
        start(0, 1, 0, 2);
        dirty();
        frame.state[APPLE] = 1;
        frame.state[DIRT] = 1;
        StepResult result = step(LEFT, RIGHT);
        assertEquals(1, result.terms[0]);
        assertEquals(0, frame.state[APPLE]);
        assertEquals(1, result.terms[4], "cleaned");
        assertEquals(0, frame.state[DIRT]);
        frame.state[APPLE] = 1;
        result = step(LEFT, STAY);
        assertEquals(0, result.terms[0], "the wall keeps it where it is");
        assertEquals(1, frame.state[APPLE]);
    }

    @Test
    void applesAppearWithOneMinusAThirdOfTheDirt() {
        int tries = 3000;
        for (int dirt = 0; dirt <= 3; dirt++) {
            start(0, 1, 0, 2);
            int appeared = 0;
            for (int k = 0; k < tries; k++) {
                for (int r = 0; r < 5; r++) {
                    frame.state[APPLE + r] = 0;
                    frame.state[DIRT + r] = r < dirt ? 1 : 0;
                }
                step(STAY, STAY);
                appeared += count(APPLE);
            }
            double p = 1 - dirt / 3.0;
            assertEquals(p * tries, appeared, 1 + 5 * Math.sqrt(tries * p * (1 - p)), "" + dirt);
        }
    }

    @Test
    void dirtAppearsWithItsRateOnAnyFreeRiverCell() {
        start(0, 3, 0, 1, "dirt_rate", "0.35");
        int[] where = new int[5];
        int tries = 4000;
        for (int k = 0; k < tries; k++) {
            Arrays.fill(frame.state, APPLE, DIRT + 5, 0);
            frame.state[DIRT + 1] = 1;
            step(STAY, STAY);
            for (int r = 0; r < 5; r++) {
                where[r] += frame.state[DIRT + r] > 0 ? 1 : 0;
            }
        }
        assertEquals(0, where[0], "somebody stands there");
        assertEquals(tries, where[1], "it was dirty");
        for (int r = 2; r < 5; r++) {
            assertEquals(0.35 / 3 * tries, where[r], 5 * Math.sqrt(tries * 0.117));
        }
    }

    @Test
    void aZapReachesTwoStepsAndFreezesForFiveInWhichNobodyCanHit() {
        start(0, 1, 1, 2, "hit_rate", "1");
        dirty();
        StepResult result = step(ZAP, STAY);
        assertEquals(5, frame.state[5]);
        assertEquals(-1, result.terms[5]);
        for (int left = 4; left >= 0; left--) {
            result = step(ZAP, UP);
            assertEquals(left, frame.state[5]);
            assertEquals(0, result.terms[5], "immune");
            assertEquals(1, frame.state[1], "frozen");
        }
        step(STAY, UP);
        assertEquals(0, frame.state[1], "five steps later it moves again");
        start(0, 0, 1, 2, "hit_rate", "1");
        step(ZAP, STAY);
        assertEquals(0, frame.state[5], "three steps away");
    }

    @Test
    void bothZapsOfAStepCountAndMostOfThemHit() {
        start(0, 1, 0, 2, "hit_rate", "1");
        step(ZAP, ZAP);
        assertEquals(5, frame.state[4]);
        assertEquals(5, frame.state[5]);
        start(0, 1, 0, 2);
        int hits = 0;
        for (int k = 0; k < 2000; k++) {
            frame.state[5] = 0;
            step(ZAP, STAY);
            hits += frame.state[5] > 0 ? 1 : 0;
        }
        assertEquals(1800, hits, 5 * Math.sqrt(2000 * 0.09));
    }

    @Test
    void chanceDecidesBetweenTwoWhoEnterAtOnce() {
        start(0, 1, 1, 0);
        int first = 0;
        for (int k = 0; k < 1000; k++) {
            dirty();
            frame.state[0] = 0;
            frame.state[1] = 1;
            frame.state[2] = 1;
            frame.state[3] = 0;
            frame.state[APPLE] = 1;
            StepResult result = step(LEFT, UP);
            assertEquals(1, result.terms[0] + result.terms[3]);
            first += (int) result.terms[0];
        }
        assertEquals(500, first, 5 * Math.sqrt(250));
    }

    @Test
    void moreDirtThanRiverIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> WORLD.configure(Map.of("rows", "3", "worst", "4")));
    }

    private static double[] play(String script) {
        ParallelEnv env = WORLD.create(WORLD.defaults());
        Policy policy = WORLD.scriptedPolicies(WORLD.defaults()).get(script);
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(1);
        env.reset(4);
        double total = 0;
        double equality = 0;
        for (int t = 0; t < 640; t++) {
            policy.act(env, decision, random);
            StepResult result = env.step(decision.actions);
            total += result.metrics[0];
            equality = result.metrics[2];
        }
        return new double[] {total, equality};
    }

    @Test
    void takingTurnsFeedsBothAndNeglectFeedsNobody() {
        double[] turns = play("taking turns");
        assertTrue(turns[1] > 0.9, "equality " + turns[1]);
        assertTrue(turns[0] > 5 * play("nobody cleans")[0], turns[0] + "");
        assertTrue(play("one cleans")[1] < 0.6);
    }
}
