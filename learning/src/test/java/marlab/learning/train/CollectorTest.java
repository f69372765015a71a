package marlab.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import marlab.learning.algo.ActionDistribution;
import marlab.learning.algo.Learner;
import marlab.learning.algo.Setup;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Three steps of five copies with two agents: an episode, and the first step of the next.
class CollectorTest {

    private static final int COPIES = 5;
    private static final int AGENTS = 2;
    private static final int LANES = COPIES * AGENTS;

    private Learner learner;
    private Experience experience;
    private Collector collector;
    private RunConfig config;

    private Collector.Episodes collect(String algorithm, String... keysAndValues) {
        config =
                TinyRuns.with(
                        RunConfig.defaults(TwoStepWorld.NAME, algorithm, 1),
                        "copies",
                        Integer.toString(COPIES),
                        "rollout",
                        "3",
                        "hidden",
                        "8");
        config = TinyRuns.with(config, keysAndValues);
        Setup setup = config.setup(new PlainAlgebra());
        learner = config.algorithm().learner(setup);
        experience = setup.experience();
        collector = new Collector(config, setup, learner.behaviours());
        collector.reset();
        return again();
    }

    private Collector.Episodes again() {
        try (Workers workers = new Workers(1)) {
            return collector.collect(config.rewardWeights(), experience, workers);
        }
    }

    private static float[] part(float[] numbers, int row, int width) {
        return Arrays.copyOfRange(numbers, row * width, (row + 1) * width);
    }

    @Test
    void rowsHoldWhatTheAgentsSawOneEpisodeAfterTheOther() {
        collect("mappo");
        Rollout r = experience.rollout(0);
        for (int lane = 0; lane < LANES; lane++) {
            float[] first = part(r.input, lane, 2);
            float[] second = part(r.input, LANES + lane, 2);
            float[] third = part(r.input, 2 * LANES + lane, 2);
            assertEquals(1, Math.abs(first[1]));
            assertArrayEquals(new float[] {0, first[1]}, first);
            assertArrayEquals(new float[] {1, first[1]}, second); // the signal stays
            assertEquals(0, third[0]); // a new episode
        }
    }

    @Test
    void aCentralCriticSeesTheSignalsOfAll() {
        collect("mappo");
        Rollout r = experience.rollout(0);
        for (int row = 0; row < r.rows(); row++) {
            int firstOfCopy = row - row % AGENTS;
            float[] own = part(r.input, row, 2);
            float[] central = part(r.criticInput, row, 2 + AGENTS);
            assertEquals(own[0], central[0]);
            assertEquals(own[1], central[1]);
            for (int i = 0; i < AGENTS; i++) {
                assertEquals(part(r.input, firstOfCopy + i, 2)[1], central[2 + i]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ippo", "mappo"})
    void whatFollowsACutIsTheLastObservationAndNotTheNextEpisodes(String algorithm) {
        collect(algorithm, "ending", "truncated");
        Rollout r = experience.rollout(0);
        int width = r.criticInputs();
        for (int lane = 0; lane < LANES; lane++) {
            assertFalse(r.over[lane]);
            assertFalse(r.needsNext(lane));
            int cut = LANES + lane;
            assertTrue(r.over[cut] && r.needsNext(cut));
            float[] last = part(r.nextInput, cut, width);
            assertEquals(2, last[0], "stage after the second step");
            assertEquals(part(r.criticInput, cut, width)[1], last[1], "the old signal");
            int open = 2 * LANES + lane;
            assertTrue(!r.over[open] && r.needsNext(open));
            assertEquals(1, part(r.nextInput, open, width)[0]);
        }
    }

    @Test
    void nothingFollowsATermination() {
        collect("ippo", "ending", "terminated");
        Rollout r = experience.rollout(0);
        for (int lane = 0; lane < LANES; lane++) {
            assertTrue(r.over[LANES + lane]);
            assertFalse(r.needsNext(LANES + lane));
            assertEquals(0, r.nextValue(LANES + lane));
        }
    }

    /// Whether a row's action goes with the signal of that row.
    private static boolean with(Rollout r, int row) {
        return r.action[row] == 1 == part(r.input, row, 2)[1] > 0;
    }

    @Test
    void rewardsAndEpisodesFollowFromTheActions() {
        Collector.Episodes episodes = collect("ippo", "share", "0.25");
        Rollout r = experience.rollout(0);
        assertEquals(COPIES, episodes.metrics.size());
        for (int c = 0; c < COPIES; c++) {
            double[] own = new double[AGENTS];
            for (int i = 0; i < AGENTS; i++) {
                int lane = c * AGENTS + i;
                own[i] = with(r, lane) && !with(r, LANES + lane) ? 1 : 0;
                assertEquals(0, r.reward[lane]);
            }
            double mean = (own[0] + own[1]) / 2;
            assertArrayEquals(new double[] {own[0] + own[1]}, episodes.metrics.get(c));
            assertEquals(2, episodes.lengths.get(c));
            for (int i = 0; i < AGENTS; i++) {
                double reward = 0.75 * own[i] + 0.25 * mean;
                assertEquals(reward, r.reward[LANES + c * AGENTS + i], 1e-6);
                assertEquals(reward, episodes.returns.get(c)[i], 1e-6);
            }
        }
    }

    @Test
    void logProbabilitiesAreThoseOfThePolicyThatActed() {
        collect("ippo", "actions", "continuous");
        Rollout r = experience.rollout(0);
        ActionDistribution distribution =
                ActionDistribution.of(config.spec().groups().getFirst().action());
        float[] output = new float[2];
        for (int row = 0; row < r.rows(); row++) {
            learner.behaviours().getFirst().network().forward(r.input, row * 2, 1, output);
            float logP = distribution.logProbability(output, 0, r.action, row);
            assertEquals(logP, r.logProbability[row], 1e-5f);
        }
    }

    @Test
    void theNextRollOutGoesOnWhereTheLastOneEnded() {
        collect("ippo");
        Rollout r = experience.rollout(0);
        float[] left = part(r.nextInput, 2 * LANES, 2);
        again();
        assertArrayEquals(left, part(r.input, 0, 2));
        assertTrue(r.over[0]);
    }

    @Test
    void withoutSharingEveryAgentFillsItsOwnRollOut() {
        collect("mappo", "sharing", "off");
        assertEquals(AGENTS, experience.rollouts().size());
        Rollout one = experience.rollout(0);
        Rollout other = experience.rollout(1);
        assertEquals(COPIES, one.width());
        for (int row = 0; row < one.rows(); row++) {
            float[] a = part(one.criticInput, row, 4);
            float[] b = part(other.criticInput, row, 4);
            assertEquals(a[1], a[2], "agent 0's own signal is the first of all");
            assertEquals(b[1], b[3], "agent 1's own signal is the second of all");
            assertEquals(a[3], b[3]);
        }
    }
}
