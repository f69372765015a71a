package marlab.learning.algo;

import static marlab.learning.algo.Played.BOX;
import static marlab.learning.algo.Played.TWO;
import static marlab.learning.algo.Played.figure;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import marlab.learning.buffer.Rollout;
import org.junit.jupiter.api.Test;

class DdpgTest {

    @Test
    void nothingFollowsATaskThatIsOverButATimeLimitEndsNoTask() {
        Rollout r = new Rollout(1, 3, 1, 0, 1, false);
        r.end(0, true, true); // the task is over
        r.end(1, true, false); // the time limit
        r.end(2, false, false);
        boolean[] terminated = {r.terminated(0), r.terminated(1), r.terminated(2)};
        float[] goals = new float[3];
        ActionCritic.goals(
                new float[] {1, 2, 3}, terminated, new float[] {10, 20, 40}, 0.5, 3, goals);
        assertArrayEquals(new float[] {1, 12, 23}, goals);
    }

    /// Reward 1 at every step: with γ = ½ and a state that repeats itself, Q is 2 where only the
    /// time is over and 1 where the task is.
    @Test
    void valuesAreThoseOfAnEndlessTaskUnderATimeLimit() {
        for (boolean terminated : List.of(true, false)) {
            try (Played game =
                    new Played(Algorithm.DDPG, 1, TWO, "discount", "0.5", "tau", "0.1")) {
                List<Figure> figures = List.of();
                for (int k = 0; k < 30; k++) {
                    figures = game.round((_, _, _) -> 1, false, terminated);
                }
                assertEquals(terminated ? -1 : -2, figure(figures, "policy_loss"), 0.05);
            }
        }
    }

    /// The reward is highest at 3 + 2x: 5 where 1 is seen and 1 where −1 is.
    @Test
    void theBestRealActionIsFound() {
        try (Played game =
                new Played(Algorithm.DDPG, 1, BOX, "warm_up", "1000", "critic_rate", "0.01")) {
            for (int k = 0; k < 100; k++) {
                game.round((x, a, _) -> -square((a[0] - 3 - 2 * x[0]) / 4), true, true);
            }
            assertEquals(5, game.mode(0, 1), 0.4);
            assertEquals(1, game.mode(0, -1), 0.4);
        }
    }

    private static float square(float x) {
        return x * x;
    }

    @Test
    void theBestChoiceIsFound() {
        try (Played game = new Played(Algorithm.DDPG, 1, TWO, "learning_rate", "0.003")) {
            for (int k = 0; k < 20; k++) {
                game.round((x, a, _) -> a[0] == 1 == x[0] > 0 ? 1 : 0, true, true);
            }
            assertEquals(1, game.mode(0, 1));
            assertEquals(0, game.mode(0, -1));
        }
    }

    @Test
    void nothingIsLearnedBeforeTheWarmUpIsOver() {
        try (Played game = new Played(Algorithm.DDPG, 1, TWO, "warm_up", "300")) {
            Probe probe = new Probe(game.learner);
            game.round((_, _, _) -> 1, true, true); // 128 transitions
            game.round((_, _, _) -> 1, true, true);
            assertEquals(0, probe.adams.get("agent0.actor").steps());
            game.round((_, _, _) -> 1, true, true);
            assertTrue(probe.adams.get("agent0.actor").steps() > 0);
        }
    }
}
