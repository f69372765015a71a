package marlab.sim.world.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class PublicGoodsTest {

    private static final PublicGoods WORLD = new PublicGoods();
    private static final Map<String, String> FINES = Map.of("punishment", "on");
    private static final int NOBODY = 5;

    private static ParallelEnv env(Map<String, String> options) {
        ParallelEnv env = WORLD.create(WORLD.configure(options));
        env.reset(1);
        return env;
    }

    private static StepResult play(ParallelEnv env, int... choices) {
        Actions actions = new Actions(env.spec());
        for (int i = 0; i < choices.length; i++) {
            actions.choose(i, choices[i]);
        }
        return env.step(actions);
    }

    private static double[] column(StepResult result, int term) {
        double[] column = new double[4];
        for (int i = 0; i < 4; i++) {
            column[i] = result.terms[4 * i + term];
        }
        return column;
    }

    @Test
    void allEarnMoreByGivingAndEachByNotGiving() {
        ParallelEnv env = env(Map.of());
        assertArrayEquals(new double[] {32, 32, 32, 32}, column(play(env, 4, 4, 4, 4), 0), 1e-12);
        assertArrayEquals(new double[] {44, 24, 24, 24}, column(play(env, 0, 4, 4, 4), 0), 1e-12);
        StepResult none = play(env, 0, 0, 0, 0);
        assertArrayEquals(new double[] {20, 20, 20, 20}, column(none, 0), 1e-12);
        assertEquals(7 / 12.0, none.metrics[1], 1e-15, "given so far");
        assertEquals(0, none.metrics[2], "given at the end");
    }

    @Test
    void levelsAreEvenPartsOfTheEndowment() {
        StepResult result = play(env(Map.of()), 0, 1, 2, 3);
        assertArrayEquals(new double[] {0, 0.25, 0.5, 0.75}, column(result, 3));
        assertArrayEquals(new double[] {32, 27, 22, 17}, column(result, 0), 1e-12);
    }

    @Test
    void aFineCostsOneAndTakesThree() {
        ParallelEnv env = env(FINES);
        play(env, 4, 4, 0, 4);
        StepResult fined = play(env, NOBODY + 2, NOBODY + 1, NOBODY, NOBODY + 1);
        assertArrayEquals(new double[] {-1, -1, 0, -1}, column(fined, 1));
        assertArrayEquals(new double[] {-3, 0, -6, 0}, column(fined, 2), "player 3 fined player 0");
        assertArrayEquals(new double[] {0, 0, 0, 0}, column(fined, 0));
        assertEquals(3, fined.metrics[3]);
        assertEquals(2 / 3.0, fined.metrics[4], 1e-15, "one hit who gave more than the mean");
        assertEquals(-3, fined.metrics[0]);
    }

    @Test
    void theWrongActionForAStepGivesNothingAndFinesNobody() {
        ParallelEnv env = env(FINES);
        assertEquals(0, play(env, NOBODY + 1, 4, 4, 4).terms[3]);
        assertArrayEquals(new double[4], column(play(env, 4, 4, 4, 4), 2));
    }

    @Test
    void playersSeeTheStepAndTheOthersInTheirOwnOrder() {
        ParallelEnv env = env(FINES);
        double[] seen = new double[14];
        env.observe(1, seen, 0);
        assertArrayEquals(new double[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, seen);
        play(env, 4, 3, 2, 1);
        env.observe(1, seen, 0);
        assertArrayEquals(
                new double[] {0, 1, 0.75, 7 / 12.0, 0, 0.5, 0, 0, 0.25, 0, 0, 1, 0, 0},
                seen,
                1e-15);
        play(env, NOBODY + 1, NOBODY, NOBODY, NOBODY + 2);
        env.observe(1, seen, 0);
        assertEquals(0, seen[1]);
        assertEquals(2, seen[4], "fined twice");
        assertEquals(1, seen[9], "by player 3");
        assertEquals(1, seen[12], "and by player 0");
    }

    @Test
    void punishmentMakesFreeRidersGive() {
        assertTrue(givenAtTheEnd(Map.of()) < 0.1);
        assertTrue(givenAtTheEnd(FINES) > givenAtTheEnd(Map.of()));
    }

    private static double givenAtTheEnd(Map<String, String> texts) {
        EnvOptions options = WORLD.configure(texts);
        ParallelEnv env = WORLD.create(options);
        env.reset(1);
        Policy people = WORLD.scriptedPolicies(options).get("mixed people");
        Decision decision = new Decision(env.spec());
        StepResult result;
        do {
            people.act(env, decision, new RandomStream(1));
            result = env.step(decision.actions);
        } while (!result.truncated);
        return result.metrics[1];
    }
}
