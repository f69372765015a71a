package marlab.sim.world.dilemma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;

/// Cells of the board: 0 1 2 / 3 4 5 / 6 7 8.
class CoinGameTest {

    private static final CoinGame WORLD = new CoinGame();
    private static final int RIGHT = 0;
    private static final int LEFT = 1;
    private static final int UP = 2;
    private static final int DOWN = 3;
    private static final int STAY = 4;

    private final ParallelEnv env = WORLD.create(WORLD.configure(Map.of()));
    private final Frame frame = new Frame(env.spec());

    private StepResult after(int red, int blue, int redCoin, int blueCoin, int first, int second) {
        env.reset(1);
        env.snapshot(frame);
        frame.state[0] = red;
        frame.state[1] = blue;
        frame.state[2] = redCoin;
        frame.state[3] = blueCoin;
        env.restore(frame);
        Actions actions = new Actions(env.spec());
        actions.choose(0, first);
        actions.choose(1, second);
        StepResult result = env.step(actions);
        env.snapshot(frame);
        return result;
    }

    private double[] rewards(StepResult result) {
        double[] rewards = new double[2];
        RewardWeights.defaults(env.spec().terms()).combine(result.terms, 0, 2, rewards, 0);
        return rewards;
    }

    @Test
    void anyCoinIsWorthOneAndALostOneCostsTwo() {
        assertArrayEquals(new double[] {1, 0}, rewards(after(3, 8, 4, 0, RIGHT, STAY)));
        assertArrayEquals(new double[] {1, -2}, rewards(after(3, 8, 0, 4, RIGHT, STAY)));
        assertArrayEquals(new double[] {-2, 1}, rewards(after(8, 3, 4, 0, STAY, RIGHT)));
        assertArrayEquals(new double[] {1, 1}, rewards(after(3, 8, 4, 7, RIGHT, LEFT)));
        assertArrayEquals(new double[] {-1, -1}, rewards(after(3, 8, 7, 4, RIGHT, LEFT)));
        assertArrayEquals(new double[] {0, 0}, rewards(after(3, 8, 0, 1, STAY, STAY)));
    }

    @Test
    void bothTakeACoinThatTheyReachTogether() {
        assertArrayEquals(new double[] {-1, 1}, rewards(after(3, 5, 4, 0, RIGHT, LEFT)));
        assertArrayEquals(new double[] {2, -2}, rewards(after(3, 8, 4, 4, RIGHT, STAY)));
    }

    @Test
    void theBoardHasNoEdges() {
        after(0, 8, 4, 4, LEFT, RIGHT);
        assertArrayEquals(new double[] {2, 6}, new double[] {frame.state[0], frame.state[1]});
        after(1, 7, 4, 4, UP, DOWN);
        assertArrayEquals(new double[] {7, 1}, new double[] {frame.state[0], frame.state[1]});
    }

    @Test
    void everyAgentSeesItselfInTheFirstPlane() {
        after(0, 8, 4, 3, STAY, STAY);
        double[] seen = new double[36];
        env.observe(0, seen, 0);
        double[] expected = new double[36];
        expected[0] = 1;
        expected[9 + 8] = 1;
        expected[18 + 4] = 1;
        expected[27 + 3] = 1;
        assertArrayEquals(expected, seen);
        Arrays.fill(expected, 0);
        env.observe(1, seen, 0);
        expected[8] = 1;
        expected[9] = 1;
        expected[18 + 3] = 1;
        expected[27 + 4] = 1;
        assertArrayEquals(expected, seen);
    }

    @Test
    void theCentredViewHasTheObserverInTheMiddle() {
        ParallelEnv centred = WORLD.create(WORLD.configure(Map.of("view", "centred")));
        centred.reset(1);
        centred.restore(frameOf(0, 8, 1, 3));
        double[] seen = new double[36];
        centred.observe(0, seen, 0);
        assertEquals(1, seen[4]);
        assertEquals(1, seen[9], "the corner across is the neighbour up left");
        assertEquals(1, seen[18 + 5]);
        assertEquals(1, seen[27 + 7]);
    }

    private Frame frameOf(int... at) {
        env.reset(1);
        env.snapshot(frame);
        for (int k = 0; k < at.length; k++) {
            frame.state[k] = at[k];
        }
        return frame;
    }

    @Test
    void newCoinsLieAnywhereWithEqualProbability() {
        int[] count = new int[9];
        env.reset(3);
        Actions actions = new Actions(env.spec());
        actions.choose(0, STAY);
        actions.choose(1, STAY);
        for (int k = 0; k < 9000; k++) {
            env.snapshot(frame);
            frame.state[2] = frame.state[0];
            env.restore(frame);
            env.step(actions);
            env.snapshot(frame);
            count[(int) frame.state[2]]++;
        }
        for (int each : count) {
            assertEquals(1000, each, 5 * Math.sqrt(1000));
        }
    }

    private double[] play(String script) {
        Policy policy = WORLD.scriptedPolicies(WORLD.defaults()).get(script);
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(1);
        env.reset(4);
        double total = 0;
        double share = 0;
        for (int t = 0; t < 2000; t++) {
            policy.act(env, decision, random);
            StepResult result = env.step(decision.actions);
            total += result.metrics[0];
            share = result.metrics[2];
        }
        return new double[] {total / 2000, share};
    }

    @Test
    void cooperationPaysTogetherAndGreedPaysLess() {
        double[] selfish = play("selfish");
        double[] cooperative = play("cooperative");
        assertTrue(cooperative[0] > 0.5 && cooperative[1] > 0.85, cooperative[0] + "");
        assertTrue(selfish[0] < 0.5 * cooperative[0] && selfish[1] < 0.7, selfish[0] + "");
        assertTrue(play("tit for tat")[1] > 0.8);
        assertTrue(play("tit for tat meets greed")[1] < 0.75);
    }
}
