package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import marlab.learning.buffer.Rollout;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComaTest {

    private static final double[][] PAYOFF = {{0, 6, 5}, {-30, 7, 0}, {11, -30, 0}};

    private final Workers workers = new Workers(2);
    private final RandomStream random = new RandomStream(3);

    @AfterEach
    void close() {
        workers.close();
    }

    @Test
    void advantagesAddUpToNothingUnderThePolicy() {
        for (int state = 0; state < 1000; state++) {
            int choices = 2 + random.nextInt(9);
            float[] q = new float[choices];
            float[] logits = new float[choices];
            for (int k = 0; k < choices; k++) {
                q[k] = (float) (3 * random.nextGaussian());
                logits[k] = (float) (2 * random.nextGaussian());
            }
            float[] policy = new Categorical(choices).probabilities(logits, 0);
            float[] advantage = q.clone();
            ComaUnit.counterfactual(advantage, policy);
            double sum = 0;
            for (int k = 0; k < choices; k++) {
                sum += (double) policy[k] * advantage[k];
                assertEquals(q[k] - q[0], advantage[k] - advantage[0], 1e-5);
            }
            assertEquals(0, sum, 1e-6);
        }
    }

    @Test
    void theBaselineIsWhatThePolicyEarnsWhileTheOthersDoTheSame() {
        float[] q = {4, -2, 10};
        ComaUnit.counterfactual(q, new float[] {0.5f, 0.25f, 0.25f});
        assertArrayEquals(new float[] {0, -6, 6}, q, 1e-6f);
    }

    /// Both choose among three at random; a linear critic has a weight for every choice of the
    /// other and every own one, which is a table. Policies stand still (rate 0) while it learns;
    /// then the advantages must be those of the table of pay-offs.
    @ParameterizedTest
    @ValueSource(ints = {Unit.NONE, Unit.ALL})
    void advantagesAreTheCounterfactualsOfTheGame(int sharing) {
        OneShot game =
                new OneShot(
                        Algorithm.COMA,
                        sharing,
                        2,
                        3,
                        90,
                        List.of(),
                        1,
                        Map.of("learning_rate", "0", "critic_rate", "0.02", "final_rate", "1"));
        // the same from both sides, so that those who share a critic can agree on it
        ToDoubleFunction<int[]> payoff = j -> PAYOFF[j[0]][j[1]] + PAYOFF[j[1]][j[0]];
        Learner learner = new Coma(game.setup);
        List<Figure> figures = List.of();
        for (int update = 0; update < 80; update++) {
            game.play(learner, payoff);
            figures = learner.update(game.experience, 0, workers);
        }
        double[][] policies = game.policies(learner);
        // mean and deviation of pay-offs: what values are counted in
        double mean = game.mean(policies, payoff);
        double square = game.mean(policies, j -> Math.pow(payoff.applyAsDouble(j) - mean, 2));
        double deviation = Math.sqrt(square);
        for (int copy = 0; copy < 90; copy++) {
            int[] joint = {action(game, 0, copy), action(game, 1, copy)};
            for (int i = 0; i < 2; i++) {
                double baseline = 0;
                for (int k = 0; k < 3; k++) {
                    int[] other = joint.clone();
                    other[i] = k;
                    baseline += policies[i][k] * payoff.applyAsDouble(other);
                }
                double exact = (payoff.applyAsDouble(joint) - baseline) / deviation;
                double found = game.rollout(i).advantage[game.row(i, copy)];
                assertEquals(exact, found, 0.12, "agent " + i + ", copy " + copy);
            }
        }
        assertTrue(figures.stream().anyMatch(f -> f.key().equals("advantage") && f.value() > 0.3));
    }

    private static int action(OneShot game, int agent, int copy) {
        return (int) game.rollout(agent).action[game.row(agent, copy)];
    }

    /// One of two must switch: the reward of one choice depends on nothing but the other's.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whoIsToldOfTheOtherLearnsToDiffer(long seed) {
        OneShot game =
                new OneShot(
                        Algorithm.COMA,
                        Unit.NONE,
                        2,
                        2,
                        50,
                        List.of(8),
                        seed,
                        Map.of("learning_rate", "0.01", "critic_rate", "0.01", "entropy", "0.001"));
        ToDoubleFunction<int[]> differ = j -> j[0] != j[1] ? 1 : 0;
        Learner learner = new Coma(game.setup);
        for (int update = 0; update < 100; update++) {
            game.play(learner, differ);
            learner.update(game.experience, 0, workers);
        }
        assertTrue(game.mean(game.policies(learner), differ) > 0.95);
    }

    /// A chain by hand: one agent, rewards 1, 2, 4, discount 1/2. The target network is fresh, so
    /// its values are known from a copy of its weights.
    @Test
    void whatFollowsACutIsAveragedOverThePolicyAndNothingFollowsAnEnd() {
        OneShot game =
                new OneShot(
                        Algorithm.COMA,
                        Unit.NONE,
                        1,
                        2,
                        4,
                        List.of(),
                        1,
                        Map.of("learning_rate", "0", "critic_rate", "0", "discount", "0.5"));
        Learner learner = new Coma(game.setup);
        game.play(learner, j -> 3);
        Rollout r = game.rollout(0);
        java.util.Arrays.fill(game.experience.nextState, 1);
        java.util.Arrays.fill(r.nextActor, 1);
        r.end(1, true, false); // the time limit
        r.end(2, false, false); // the end of the roll-out
        game.experience.over[2] = false;
        learner.update(game.experience, 0, workers);
        double[] policy = game.policies(learner)[0];
        // both states are alike: the value of a state is the policy's mean of its actions' values
        double[] value = new double[2];
        boolean[] seen = new boolean[2];
        for (int row = 0; row < 4; row++) {
            value[(int) r.action[row]] = r.value[row];
            seen[(int) r.action[row]] = true;
        }
        assertTrue(seen[0] && seen[1], "both actions must have been taken");
        double next = policy[0] * value[0] + policy[1] * value[1];
        assertTrue(Math.abs(next) > 1e-3);
        assertEquals(3, r.target[0], 1e-6);
        assertEquals(3 + 0.5 * next, r.target[1], 1e-5);
        assertEquals(3 + 0.5 * next, r.target[2], 1e-5);
        assertEquals(3, r.target[3], 1e-6);
    }
}
