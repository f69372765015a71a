package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Network;
import marlab.learning.net.NetworkConfig;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Targets of value learning against what the definitions give, case by case. One copy, four steps:
///
/// | step | agent one | agent two  | episode |
/// |------|-----------|------------|---------|
/// | 0    | goes on   | terminates | goes on |
/// | 1    | goes on   | gone       | cut by the time limit |
/// | 2    | goes on   | goes on    | a new one, goes on |
/// | 3    | goes on   | goes on    | goes on; the roll-out ends |
class QTargetsTest {

    private static final float GAMMA = 0.9f;
    private static final float CLOSE = 1e-5f;

    private final RandomStream random = new RandomStream(3);

    private Experience scene(Setup setup) {
        Experience e = QScenes.random(setup, random);
        Rollout r = e.rollout(0);
        r.end(1, false, true);
        r.gone(3, true);
        r.end(2, true, false);
        r.end(3, true, true);
        e.over[1] = true;
        r.begins[4] = true;
        r.begins[5] = true;
        return e;
    }

    private static float[] q(Network network, float x) {
        float[] q = new float[QScenes.CHOICES];
        network.forward(new float[] {x}, 0, 1, q);
        return q;
    }

    private static int best(float[] q) {
        int best = 0;
        for (int k = 1; k < q.length; k++) {
            best = q[k] > q[best] ? k : best;
        }
        return best;
    }

    private static float next(QNets nets, boolean doubled, float x) {
        float[] slow = q(nets.target.main(), x);
        return slow[best(doubled ? q(nets.online.main(), x) : slow)];
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void anAgentsTargetsOfOneStep(String doubled) {
        Object[] hyper = QScenes.still(Map.of("double", doubled, "n_step", 1, "discount", GAMMA));
        Setup setup = QScenes.setup(Algorithm.IQL, NetworkConfig.Kind.FLAT_MLP, 1, 4, hyper);
        Iql iql = new Iql(setup);
        Experience e = scene(setup);
        QScenes.remember(iql, e);
        QScenes.roughen(iql.nets(0), random);
        Rollout r = e.rollout(0);
        boolean two = doubled.equals("on");
        QBatch batch = iql.nets(0).evaluate(0, new int[] {0, 1, 2, 3}, 0, 4, two);
        // within an episode the next row is what comes next; at its end and the roll-out's not
        float[][] expected = {
            {r.reward[0] + GAMMA * next(iql.nets(0), two, r.input[2]), r.reward[1]},
            {r.reward[2] + GAMMA * next(iql.nets(0), two, r.nextActor[2]), Float.NaN},
            {
                r.reward[4] + GAMMA * next(iql.nets(0), two, r.input[6]),
                r.reward[5] + GAMMA * next(iql.nets(0), two, r.input[7])
            },
            {
                r.reward[6] + GAMMA * next(iql.nets(0), two, r.nextActor[6]),
                r.reward[7] + GAMMA * next(iql.nets(0), two, r.nextActor[7])
            }
        };
        for (int t = 0; t < 4; t++) {
            for (int m = 0; m < 2; m++) {
                if (!Float.isNaN(expected[t][m])) { // who is gone has none
                    assertEquals(expected[t][m], iql.target(0, batch, t, m), CLOSE, t + " " + m);
                }
            }
        }
    }

    @Test
    void anAgentsTargetsOfThreeStepsStopAtEndsOfEpisodesAndRollOuts() {
        Object[] hyper = QScenes.still(Map.of("n_step", 3, "discount", GAMMA));
        Setup setup = QScenes.setup(Algorithm.IQL, NetworkConfig.Kind.FLAT_MLP, 1, 4, hyper);
        Iql iql = new Iql(setup);
        Experience e = scene(setup);
        QScenes.remember(iql, e);
        QScenes.roughen(iql.nets(0), random);
        Rollout r = e.rollout(0);
        QBatch batch = iql.nets(0).evaluate(0, new int[] {0, 2}, 0, 2, true);
        float one =
                r.reward[0]
                        + GAMMA * r.reward[2]
                        + GAMMA * GAMMA * next(iql.nets(0), true, r.nextActor[2]);
        assertEquals(one, iql.target(0, batch, 0, 0), CLOSE);
        assertEquals(r.reward[1], iql.target(0, batch, 0, 1), CLOSE);
        float two =
                r.reward[5]
                        + GAMMA * r.reward[7]
                        + GAMMA * GAMMA * next(iql.nets(0), true, r.nextActor[7]);
        assertEquals(two, iql.target(0, batch, 1, 1), CLOSE);
    }

    /// Less the mean and by the deviation is exactly that: (Q − mean/(1 − γ))/deviation.
    @Test
    void standardisedTargetsAreThoseOfStandardisedValues() {
        Object[] plain = {"learning_rate", 0, "reward_scale", "standardise", "n_step", 1};
        Setup setup = QScenes.setup(Algorithm.IQL, NetworkConfig.Kind.FLAT_MLP, 1, 4, plain);
        Iql iql = new Iql(setup);
        Experience e = scene(setup);
        QScenes.remember(iql, e);
        Rollout r = e.rollout(0);
        double mean = 0;
        double square = 0;
        for (float reward : r.reward) {
            mean += reward / 8.0;
            square += (double) reward * reward / 8;
        }
        double deviation = Math.sqrt(square - mean * mean);
        QBatch batch = iql.nets(0).evaluate(0, new int[] {0}, 0, 1, true);
        double goesOn = (r.reward[0] - mean) / deviation;
        goesOn += 0.9 * next(iql.nets(0), true, r.input[2]);
        assertEquals(goesOn, iql.target(0, batch, 0, 0), 1e-4);
        double ends = (r.reward[1] - mean / (1 - 0.9)) / deviation; // Q is the reward alone
        assertEquals(ends, iql.target(0, batch, 0, 1), 1e-4);
    }

    @Test
    void aTeamsTargetsHaveTheMeanRewardAndThoseWhoAreThere() {
        Object[] hyper = QScenes.still(Map.of("n_step", 1, "discount", GAMMA));
        Setup setup = QScenes.setup(Algorithm.VDN, NetworkConfig.Kind.FLAT_MLP, 1, 4, hyper);
        TeamValues vdn = new TeamValues(setup, false);
        Experience e = scene(setup);
        QScenes.remember(vdn, e);
        QNets nets = vdn.nets(0);
        QScenes.roughen(nets, random);
        Rollout r = e.rollout(0);
        vdn.evaluate(0, new int[] {0, 1, 2}, 0, 3);
        float first = (r.reward[0] + r.reward[1]) / 2 + GAMMA * next(nets, true, r.input[2]);
        float second = r.reward[2] / 2 + GAMMA * next(nets, true, r.nextActor[2]);
        float third =
                (r.reward[4] + r.reward[5]) / 2
                        + GAMMA * (next(nets, true, r.input[6]) + next(nets, true, r.input[7]));
        assertEquals(first, vdn.target(0, 0), CLOSE);
        assertEquals(second, vdn.target(0, 1), CLOSE);
        assertEquals(third, vdn.target(0, 2), CLOSE);
    }

    @ParameterizedTest
    @CsvSource({"VDN, off", "QMIX, off", "QMIX, standardise"})
    void whereAllAreDoneNothingFollows(Algorithm algorithm, String scale) {
        Object[] hyper = {"learning_rate", 0, "reward_scale", scale, "n_step", 3, "discount", 0.9};
        Setup setup = QScenes.setup(algorithm, NetworkConfig.Kind.FLAT_MLP, 1, 4, hyper);
        TeamValues team = new TeamValues(setup, algorithm == Algorithm.QMIX);
        Experience e = scene(setup);
        Rollout r = e.rollout(0);
        r.end(2, true, true);
        QScenes.remember(team, e);
        team.evaluate(0, new int[] {0}, 0, 1);
        double[] rewards = new double[4];
        double mean = 0;
        double square = 0;
        for (int t = 0; t < 4; t++) {
            rewards[t] = (r.reward[2 * t] + (t == 1 ? 0 : r.reward[2 * t + 1])) / 2;
            mean += rewards[t] / 4;
            square += rewards[t] * rewards[t] / 4;
        }
        double deviation = Math.sqrt(square - mean * mean);
        double value = rewards[0] + 0.9 * rewards[1];
        double expected = scale.equals("off") ? value : (value - mean / (1 - 0.9)) / deviation;
        assertEquals(expected, team.target(0, 0), 1e-4);
    }

    /// Chunks of a network with memory: every row as if the network had walked there step by step.
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aNetworkWithMemoryLearnsFromWholeChunks(int steps) {
        Object[] hyper = QScenes.still(Map.of("n_step", steps, "discount", GAMMA, "batch", 16));
        Setup setup = QScenes.setup(Algorithm.IQL, NetworkConfig.Kind.GRU, 2, 4, hyper);
        Iql iql = new Iql(setup);
        Experience e = QScenes.random(setup, random);
        Rollout r = e.rollout(0); // copy 1 goes on throughout, copy 0 begins anew after its step 1
        int lanes = 4;
        for (int m = 0; m < 2; m++) {
            r.end(lanes + m, true, false);
            r.begins[2 * lanes + m] = true;
        }
        e.over[2] = true;
        QScenes.remember(iql, e);
        QNets nets = iql.nets(0);
        QScenes.roughen(nets, random);
        QBatch batch = nets.evaluate(0, new int[] {1, 0}, 0, 2, true);
        assertEquals(8, batch.transitions());
        for (int copy = 0; copy < 2; copy++) {
            for (int m = 0; m < 2; m++) {
                int lane = copy * 2 + m;
                float[] fast = memory(r, lane);
                float[] slow = memory(r, lane);
                float[] taken = new float[4];
                float[] next = new float[4];
                for (int t = 0; t < 4; t++) {
                    int row = t * lanes + lane;
                    if (r.begins[row]) {
                        java.util.Arrays.fill(fast, 0);
                        java.util.Arrays.fill(slow, 0);
                    }
                    taken[t] = walk(nets.online.main(), r.input[row], fast)[(int) r.action[row]];
                    walk(nets.target.main(), r.input[row], slow);
                    boolean ends = t == 3 || copy == 0 && t == 1;
                    float seen = ends ? r.nextActor[row] : r.input[row + lanes];
                    int pick = best(walk(nets.online.main(), seen, fast.clone()));
                    next[t] = walk(nets.target.main(), seen, slow.clone())[pick];
                }
                for (int t = 0; t < 4; t++) {
                    int b = (1 - copy) * 4 + t; // chunk 1 was drawn first
                    assertEquals(taken[t], batch.value(b, m), CLOSE);
                    int last = Math.min(copy == 0 && t < 2 ? 1 : 3, t + steps - 1);
                    double expected = 0;
                    for (int k = t; k <= last; k++) {
                        expected += Math.pow(GAMMA, k - t) * r.reward[k * lanes + lane];
                    }
                    expected += Math.pow(GAMMA, last + 1 - t) * next[last];
                    assertEquals(expected, iql.target(0, batch, b, m), CLOSE);
                }
            }
        }
    }

    private static float[] memory(Rollout r, int lane) {
        int size = r.memorySize();
        return java.util.Arrays.copyOfRange(r.memory, lane * size, (lane + 1) * size);
    }

    private static float[] walk(Network network, float x, float[] memory) {
        float[] q = new float[QScenes.CHOICES];
        network.forward(new float[] {x}, 0, 1, 1, memory, new boolean[1], 0, q);
        return q;
    }

    @Test
    void theBestJointActionIsThatOfEachAgentsBest() {
        Setup setup =
                QScenes.setup(
                        Algorithm.QMIX,
                        NetworkConfig.Kind.FLAT_MLP,
                        100,
                        2,
                        QScenes.still(Map.of()));
        TeamValues team = new TeamValues(setup, true);
        Experience e = QScenes.random(setup, random);
        QScenes.remember(team, e);
        for (int transition = 0; transition < 200; transition++) {
            double[][] joint = team.jointValues(transition);
            int copy = transition / 2;
            int row = (transition % 2 * 100 + copy) * 2;
            int one = best(q(team.nets(0).online.main(), e.rollout(0).input[row]));
            int two = best(q(team.nets(0).online.main(), e.rollout(0).input[row + 1]));
            for (double[] line : joint) {
                for (double value : line) {
                    assertTrue(joint[one][two] >= value);
                }
            }
        }
    }

    @Test
    void vdnsJointValuesAreSums() {
        Setup setup =
                QScenes.setup(
                        Algorithm.VDN,
                        NetworkConfig.Kind.FLAT_MLP,
                        3,
                        2,
                        QScenes.still(Map.of("discount", 0)));
        TeamValues team = new TeamValues(setup, false);
        Experience e = QScenes.random(setup, random);
        QScenes.remember(team, e);
        double[][] joint = JointValues.payoffs(team);
        float[] one = q(team.nets(0).online.main(), e.rollout(0).input[0]);
        float[] two = q(team.nets(0).online.main(), e.rollout(0).input[1]);
        for (int a = 0; a < 3; a++) {
            double[] sums = new double[3];
            for (int b = 0; b < 3; b++) {
                sums[b] = one[a] + two[b];
            }
            assertArrayEquals(sums, joint[a], CLOSE);
        }
    }

    @Test
    void independentLearnersHaveNoJointValues() {
        Setup setup =
                QScenes.setup(
                        Algorithm.IQL, NetworkConfig.Kind.FLAT_MLP, 1, 2, QScenes.still(Map.of()));
        assertThrows(IllegalArgumentException.class, () -> JointValues.payoffs(new Iql(setup)));
    }
}
