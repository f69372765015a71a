package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Table;
import marlab.sim.env.Workers;
import org.junit.jupiter.api.Test;

class TabularQTest {

    private static final float A = 1;
    private static final float B = 2;

    private final Rollout rollout = new Rollout(3, 1, 1, 0, 1, false, true, 0);

    private static TabularQ learner(String... keysAndValues) {
        Map<String, String> hyper =
                new HashMap<>(Map.of("learning_rate", "0.5", "discount", "0.8"));
        for (int k = 0; k < keysAndValues.length; k += 2) {
            hyper.put(keysAndValues[k], keysAndValues[k + 1]);
        }
        return new TabularQ(Duel.setup(Algorithm.TABULAR_Q, Map.of("memory", "off"), 1, hyper), 0);
    }

    private static float[] q(TabularQ learner, float state) {
        float[] q = new float[2];
        learner.behaviour().network().forward(new float[] {state}, 0, 1, q);
        return q;
    }

    /// A, choice 0, reward 1 → B, choice 1, reward 4 → A, choice 0, reward 2 → B by the clock.
    private void fill() {
        float[] states = {A, B, A};
        float[] rewards = {1, 4, 2};
        float[] choices = {0, 1, 0};
        for (int t = 0; t < 3; t++) {
            rollout.input[t] = states[t];
            rollout.reward[t] = rewards[t];
            rollout.action[t] = choices[t];
            rollout.gone(t, false);
            rollout.end(t, t == 2, false);
        }
        rollout.nextActor[2] = B;
    }

    private List<Figure> update(TabularQ learner, double progress) {
        try (Workers workers = new Workers(1)) {
            return learner.update(rollout, progress, workers, "");
        }
    }

    @Test
    void valuesMoveTowardsRewardAndBestNextValue() {
        fill();
        TabularQ learner = learner();
        List<Figure> figures = update(learner, 0);
        // Q(A,0) = ½·1; Q(B,1) = ½·(4 + 0.8·0.5) = 2.2; Q(A,0) = ½·0.5 + ½·(2 + 0.8·2.2)
        assertArrayEquals(new float[] {2.13f, 0}, q(learner, A), 1e-6f);
        assertArrayEquals(new float[] {0, 2.2f}, q(learner, B), 1e-6f);
        assertEquals(2, figures.get(0).value(), "states");
        assertEquals((1 + 4.4 + 3.26) / 3, figures.get(2).value(), 1e-6, "mean error");
    }

    @Test
    void nothingFollowsTheEndOfATask() {
        fill();
        rollout.end(2, true, true);
        TabularQ learner = learner();
        update(learner, 0);
        assertArrayEquals(new float[] {1.25f, 0}, q(learner, A), 1e-6f);
    }

    @Test
    void whoIsGoneLearnsNothing() {
        fill();
        rollout.gone(1, true);
        TabularQ learner = learner();
        update(learner, 0);
        assertArrayEquals(new float[2], q(learner, B));
        assertEquals(1, ((Table) learner.behaviour().network()).count());
    }

    @Test
    void optimistsThinkUntriedChoicesAreWorthMuch() {
        fill();
        TabularQ learner = learner("initial", "10");
        update(learner, 0);
        // Q(A,0) = 5 + ½·(1 + 0.8·10); B: 5 + ½·(4 + 8); A: 4.75 + ½·(2 + 0.8·11)
        assertArrayEquals(new float[] {10.15f, 10}, q(learner, A), 1e-5f);
        assertArrayEquals(new float[] {10, 11}, q(learner, B), 1e-5f);
    }

    @Test
    void ratesFallWithVisits() {
        fill();
        TabularQ learner = learner("rate_power", "1", "learning_rate", "1", "discount", "0");
        update(learner, 0);
        update(learner, 0);
        assertEquals((1 + 2 + 1 + 2) / 4f, q(learner, A)[0], 1e-6, "the mean of all visits");
    }

    @Test
    void fallingValuesFallSlowly() {
        fill();
        Arrays.fill(rollout.reward, -4);
        TabularQ learner = learner("falling", "0.25", "discount", "0");
        update(learner, 0);
        assertEquals(-0.5f, q(learner, B)[1], 1e-6);
    }

    @Test
    void exploringLessAndLess() {
        fill();
        TabularQ learner =
                learner("epsilon", "0.9", "final_epsilon", "0.1", "epsilon_share", "0.5");
        assertEquals(0.9, learner.behaviour().exploration(), 1e-12);
        update(learner, 0.25);
        assertEquals(0.5, learner.behaviour().exploration(), 1e-12);
        update(learner, 0.9);
        assertEquals(0.1, learner.behaviour().exploration(), 1e-12);
    }

    @Test
    void aFullTableTakesNoMore() {
        Rollout many = new Rollout(100, 1, 1, 0, 1, false, true, 0);
        for (int t = 0; t < 100; t++) {
            many.input[t] = t;
            many.reward[t] = 1;
            many.end(t, true, true);
        }
        TabularQ learner = learner();
        try (Workers workers = new Workers(1)) {
            assertEquals(56, learner.update(many, 0, workers, "").getFirst().value());
            assertEquals(56, learner.update(many, 0, workers, "").getFirst().value());
        }
        assertEquals(0.75f, q(learner, 55)[0]);
        assertArrayEquals(new float[2], q(learner, 56));
    }

    @Test
    void defectionIsLearnedInThePrisonersDilemma() {
        try (Duel duel = new Duel(Algorithm.TABULAR_Q, "3 0 ; 5 1", 1, Map.of())) {
            duel.play(100);
            for (int player = 0; player < 2; player++) {
                float[] q = duel.outputs(player);
                assertEquals(1, q[1], 0.3, "both defect");
                assertEquals(0, q[0], 0.3, "being the only one to cooperate");
            }
        }
    }

    /// The best joint choice (11) lies beside −30; whoever forgives gets there.
    @Test
    void forgivenessClimbs() {
        String climbing = "0,0 6,6 5,5 ; -30,-30 7,7 0,0 ; 11,11 -30,-30 0,0";
        try (Duel duel = new Duel(Algorithm.TABULAR_Q, climbing, 1, Map.of("falling", "0.01"))) {
            duel.play(500);
            assertEquals(11, duel.outputs(0)[2], 1.5);
            assertEquals(11, duel.outputs(1)[0], 1.5);
        }
    }
}
