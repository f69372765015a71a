package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import marlab.learning.buffer.Rollout;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What HAPPO and HATRPO do in turn, on games that can be enumerated.
class SequentialTest {

    private static final int COPIES = 200;
    private static final List<Integer> HIDDEN = List.of(8);

    private final Workers workers = new Workers(2);

    @AfterEach
    void close() {
        workers.close();
    }

    /// Exactly one of two must switch. With the same policy p for both the best is p = 1/2, which
    /// earns 1/2; different ones earn 1.
    private static double oneSwitches(int[] joint) {
        return joint[0] != joint[1] ? 1 : 0;
    }

    private static OneShot game(Algorithm algorithm, int sharing, long seed, String... settings) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int k = 0; k < settings.length; k += 2) {
            map.put(settings[k], settings[k + 1]);
        }
        return new OneShot(algorithm, sharing, 2, 2, COPIES, HIDDEN, seed, map);
    }

    @Test
    void everyOrderComesUpAndTheSameSeedGivesTheSameOnes() {
        Happo.Sequence one = new Happo.Sequence(3, new RandomStream(4));
        Happo.Sequence other = new Happo.Sequence(3, new RandomStream(4));
        Set<List<Integer>> orders = new HashSet<>();
        int[] firsts = new int[3];
        for (int draw = 0; draw < 3000; draw++) {
            int[] order = one.next().clone();
            assertArrayEquals(order, other.next());
            orders.add(Arrays.stream(order).boxed().toList());
            firsts[order[0]]++;
        }
        assertEquals(6, orders.size());
        for (int count : firsts) {
            assertEquals(1000, count, 120);
        }
    }

    /// Over all joint choices, weighted by the old policies, M times the pay-off is the new
    /// policies' mean pay-off: importance weights, exactly.
    @Test
    void theFactorIsTheRatioOfTheJointPolicies() {
        OneShot game = new OneShot(Algorithm.HAPPO, Unit.NONE, 2, 3, 9, HIDDEN, 1, Map.of());
        Learner learner = new Happo(game.setup);
        double[][] before = game.policies(learner);
        List<int[]> all = game.joint();
        for (int i = 0; i < 2; i++) {
            Rollout rollout = game.rollout(i);
            Arrays.fill(rollout.input, 1);
            for (int copy = 0; copy < 9; copy++) {
                rollout.action[copy] = all.get(copy)[i];
                rollout.logProbability[copy] = (float) Math.log(before[i][all.get(copy)[i]]);
                rollout.advantage[copy] = 2;
            }
            rollout.findLive();
        }
        RandomStream random = new RandomStream(8);
        JointRatio ratio = new JointRatio(9);
        ratio.reset();
        double[][] mixed = before.clone();
        for (int i = 0; i < 2; i++) {
            float[] weights = learner.behaviours().get(i).network().parameters().values();
            for (int k = 0; k < weights.length; k++) {
                weights[k] += (float) random.nextGaussian();
            }
            learner.behaviours().get(i).network().parameters().valuesChanged();
            ratio.include(
                    learner.behaviours().get(i).network(), new Categorical(3), game.rollout(i));
            mixed[i] = game.policies(learner)[i]; // those so far in sequence
            double sum = 0;
            for (int copy = 0; copy < 9; copy++) {
                int[] joint = all.get(copy);
                double exact = OneShot.probability(mixed, joint);
                double weighted = OneShot.probability(before, joint) * ratio.factor()[copy];
                assertEquals(exact, weighted, 1e-6);
                sum += weighted * (joint[0] - 2 * joint[1]);
            }
            assertEquals(game.mean(mixed, j -> j[0] - 2 * j[1]), sum, 1e-5);
        }
        ratio.weigh(game.rollout(1));
        for (int copy = 0; copy < 9; copy++) {
            assertEquals(2 * ratio.factor()[copy], game.rollout(1).advantage[copy]);
        }
        assertTrue(ratio.factor()[0] < 0.9 || ratio.factor()[0] > 1.1, "nothing had changed");
    }

    @Test
    void membersOfAUnitMultiplyAndWhoeverIsGoneCountsForNothing() {
        OneShot game = new OneShot(Algorithm.HAPPO, Unit.ALL, 3, 2, 2, HIDDEN, 1, Map.of());
        Learner learner = new Happo(game.setup);
        Rollout rollout = game.experience.rollout(0);
        Arrays.fill(rollout.input, 1);
        double[] p = game.policies(learner)[0];
        double[] ratios = {0.5, 2, 3, 0.25, 7, 2}; // three members in each of two copies
        for (int row = 0; row < 6; row++) {
            rollout.action[row] = row % 2;
            rollout.logProbability[row] = (float) Math.log(p[row % 2] / ratios[row]);
            rollout.gone(row, row == 4);
        }
        rollout.findLive();
        JointRatio ratio = new JointRatio(2);
        ratio.reset();
        ratio.include(learner.behaviours().getFirst().network(), new Categorical(2), rollout);
        assertEquals(3, ratio.factor()[0], 1e-5);
        assertEquals(0.5, ratio.factor()[1], 1e-6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyStepOfHatrpoStaysWithinItsBoundAndImprovesTheJointSurrogate(long seed) {
        double bound = 0.01;
        OneShot game = game(Algorithm.HATRPO, Unit.NONE, seed, "kl_bound", "0.01");
        Learner learner = new Hatrpo(game.setup);
        int taken = 0;
        for (int update = 0; update < 25; update++) {
            game.play(learner, SequentialTest::oneSwitches);
            double[][] before = game.policies(learner);
            List<Figure> figures = learner.update(game.experience, 0, workers);
            double[][] after = game.policies(learner);
            double improvements = 0;
            for (int i = 0; i < 2; i++) {
                double kl = 0;
                for (int k = 0; k < 2; k++) {
                    kl += before[i][k] * Math.log(before[i][k] / after[i][k]);
                }
                assertTrue(kl <= bound + 1e-7, "divergence " + kl);
                assertEquals(kl, figure(figures, "kl", "agent_" + i), 1e-6);
                double improvement = figure(figures, "improvement", "agent_" + i);
                boolean moved = figure(figures, "step_taken", "agent_" + i) > 0;
                assertTrue(moved ? improvement > 0 : improvement == 0);
                taken += moved ? 1 : 0;
                improvements += improvement;
            }
            // the sum telescopes to the joint surrogate, mean Π π_new/π_old · A
            assertEquals(surrogate(game, before, after), improvements, 1e-4);
        }
        assertTrue(taken > 20, taken + " steps of 50"); // none where all copies earn the same
        assertTrue(game.mean(game.policies(learner), SequentialTest::oneSwitches) > 0.9);
    }

    /// Mean over the copies of the joint ratio times the normalised pay-off.
    private static double surrogate(OneShot game, double[][] before, double[][] after) {
        double[] payoff = new double[COPIES];
        double mean = 0;
        double squares = 0;
        for (int copy = 0; copy < COPIES; copy++) {
            payoff[copy] = game.rollout(0).reward[copy];
            mean += payoff[copy] / COPIES;
            squares += payoff[copy] * payoff[copy] / COPIES;
        }
        double deviation = Math.sqrt(Math.max(0, squares - mean * mean)) + 1e-8;
        double sum = 0;
        for (int copy = 0; copy < COPIES; copy++) {
            int[] joint = {(int) game.rollout(0).action[copy], (int) game.rollout(1).action[copy]};
            double ratio = OneShot.probability(after, joint) / OneShot.probability(before, joint);
            sum += ratio * (payoff[copy] - mean) / deviation / COPIES;
        }
        return sum;
    }

    private static double figure(List<Figure> figures, String key, String who) {
        return figures.stream()
                .filter(f -> f.key().equals(key) && f.who().equals(who))
                .findFirst()
                .orElseThrow()
                .value();
    }

    /// Mean pay-off after each of some updates.
    private List<Double> curve(Algorithm algorithm, int sharing, int updates, String... settings) {
        OneShot game = game(algorithm, sharing, 1, settings);
        Learner learner = algorithm.learner(game.setup);
        List<Double> curve = new ArrayList<>();
        for (int update = 0; update < updates; update++) {
            game.play(learner, SequentialTest::oneSwitches);
            learner.update(game.experience, 0, workers);
            curve.add(game.mean(game.policies(learner), SequentialTest::oneSwitches));
        }
        return curve;
    }

    private static int falls(List<Double> curve) {
        int falls = 0;
        for (int k = 1; k < curve.size(); k++) {
            falls += curve.get(k) < curve.get(k - 1) - 1e-3 ? 1 : 0;
        }
        return falls;
    }

    /// The example that sequential updates were invented for: agents that share one policy and
    /// update it at once stay at 1/2 or below, and often become worse.
    @Test
    void whoSharesAPolicyAndLearnsAtOnceDoesNotImproveWhereOneMustSwitch() {
        List<Double> shared = curve(Algorithm.MAPPO, Unit.ALL, 40, "entropy", "0");
        assertTrue(
                shared.stream().allMatch(p -> p <= 0.5 + 1e-6), "a shared policy can't do better");
        assertTrue(falls(shared) > 5, shared.toString());
        List<Double> sequential = curve(Algorithm.HAPPO, Unit.NONE, 40, "entropy", "0");
        assertTrue(sequential.getLast() > 0.95, sequential.toString());
    }

    @ParameterizedTest
    @CsvSource({"HAPPO", "HATRPO"})
    void inTurnMeansThatTheSecondKnowsOfTheFirst(Algorithm algorithm) {
        List<Double> curve = curve(algorithm, Unit.NONE, 40);
        assertTrue(curve.getLast() > 0.9, curve.toString());
        assertTrue(falls(curve) <= 3, curve.toString()); // of 40; what chance can do
    }
}
