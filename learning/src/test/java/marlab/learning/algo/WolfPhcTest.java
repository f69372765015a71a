package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Table;
import marlab.sim.env.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WolfPhcTest {

    private static final String PENNIES = "1,-1 -1,1 ; -1,1 1,-1";
    private static final String ROCK_PAPER_SCISSORS =
            "0,0 -1,1 1,-1 ; 1,-1 0,0 -1,1 ; -1,1 1,-1 0,0";
    private static final Map<String, String> NO_SCHEDULE =
            Map.of("epsilon", "0", "final_epsilon", "0", "final_rate", "1");

    /// The equilibrium of the second game is (1/3, 2/3) for both.
    @ParameterizedTest
    @ValueSource(strings = {PENNIES, "3,-3 -1,1 ; -1,1 1,-1", ROCK_PAPER_SCISSORS})
    void matchersSettleAtTheMixedEquilibrium(String game) {
        Map<String, String> exploring = Map.of("epsilon", "0.05", "final_epsilon", "0.05");
        float[] first = game.startsWith("3") ? new float[] {1 / 3f, 2 / 3f} : null;
        try (Duel duel = new Duel(Algorithm.WOLF_PHC, game, 1, exploring)) {
            duel.play(2000);
            for (int player = 0; player < 2; player++) {
                float[] p = duel.chances(player);
                for (int k = 0; k < p.length; k++) {
                    assertEquals(first == null ? 1f / p.length : first[k], p[k], 0.06);
                }
            }
        }
    }

    /// Plain hill-climbing on the same pennies ends in a corner or on the way from one to another.
    @Test
    void withoutTheTwoRatesTheyGoRoundAndRound() {
        Map<String, String> phc =
                Map.of("epsilon", "0.05", "final_epsilon", "0.05", "win_share", "1");
        try (Duel duel = new Duel(Algorithm.WOLF_PHC, PENNIES, 1, phc)) {
            double widest = 0;
            for (int k = 0; k < 20; k++) {
                duel.play(100);
                widest = Math.max(widest, Math.abs(duel.chances(0)[0] - 0.5));
            }
            assertTrue(widest > 0.4, () -> "should come near a corner");
        }
    }

    /// Three steps of table 6 by hand: α 0.5, δ_l 0.2, δ_w 0.05, γ 0; two choices.
    @Test
    void stepsAreThoseOfThePaper() {
        Map<String, String> hyper =
                Map.of(
                        "learning_rate", "0.5",
                        "delta_lose", "0.2",
                        "win_share", "0.25",
                        "discount", "0",
                        "epsilon", "0",
                        "final_epsilon", "0",
                        "final_rate", "1");
        Setup setup =
                Duel.setup(
                        Algorithm.WOLF_PHC, Map.of("payoffs", PENNIES, "memory", "off"), 1, hyper);
        WolfPhc learner = new WolfPhc(setup, 0);
        Rollout one = new Rollout(1, 1, 1, 0, 1, false, true, 0);
        // choice 1, reward 2: Q = (0, 1); π = π̄, so it does not win; 0.2 goes to choice 1
        assertArrayEquals(new double[] {0.3, 0.7}, after(learner, one, 1, 2), 1e-6);
        // choice 0, reward 1: Q = (0.5, 1); π̄ = ½·(0.5, 0.5) + ½·(0.3, 0.7) = (0.4, 0.6);
        // 0.85 > 0.8 wins: 0.05 goes to choice 1
        assertArrayEquals(new double[] {0.25, 0.75}, after(learner, one, 0, 1), 1e-6);
        // choice 1, reward −5: Q = (0.5, −2); π̄ = (0.35, 0.65); 0.125 − 1.5 < 0.175 − 1.3 loses:
        // 0.2 goes to choice 0
        assertArrayEquals(new double[] {0.45, 0.55}, after(learner, one, 1, -5), 1e-6);
        // choice 0, reward 90: Q = (45.25, −2); losing or not, no more than there is can be given
        for (int k = 0; k < 20; k++) {
            after(learner, one, 0, 90);
        }
        assertArrayEquals(new double[] {1, 0}, after(learner, one, 0, 90), 1e-6);
    }

    private static double[] after(WolfPhc learner, Rollout one, int choice, float reward) {
        one.input[0] = 1;
        one.nextActor[0] = 1;
        one.action[0] = choice;
        one.reward[0] = reward;
        one.end(0, true, false);
        try (Workers workers = new Workers(1)) {
            learner.update(one, 0, workers, "");
        }
        float[] logits = new float[2];
        learner.behaviour().network().forward(one.input, 0, 1, logits);
        double p = 1 / (1 + Math.exp(logits[1] - logits[0]));
        return new double[] {p, 1 - p};
    }

    @Test
    void explorationIsMixedIntoTheStrategyThatActs() {
        Map<String, String> hyper =
                Map.of(
                        "delta_lose", "1",
                        "win_share", "1",
                        "epsilon", "0.3",
                        "final_epsilon", "0.3",
                        "final_rate", "1");
        Setup setup =
                Duel.setup(
                        Algorithm.WOLF_PHC, Map.of("payoffs", PENNIES, "memory", "off"), 1, hyper);
        WolfPhc learner = new WolfPhc(setup, 0);
        Rollout one = new Rollout(1, 1, 1, 0, 1, false, true, 0);
        assertArrayEquals(new double[] {0.15, 0.85}, after(learner, one, 1, 2), 1e-6);
        assertEquals(1, ((Table) learner.behaviour().network()).count());
    }

    /// In the prisoner's dilemma there is nothing to mix.
    @Test
    void dominatedChoicesDieOut() {
        try (Duel duel = new Duel(Algorithm.WOLF_PHC, "3 0 ; 5 1", 2, NO_SCHEDULE)) {
            duel.play(300);
            assertEquals(1, duel.chances(0)[1], 1e-3);
            assertEquals(1, duel.chances(1)[1], 1e-3);
        }
    }
}
