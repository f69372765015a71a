package marlab.sim.world.dilemma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class DilemmaPoliciesTest {

    private static final int HORIZON = 1000;

    /// One episode.
    ///
    /// @param bare first step after which no apple was left, the horizon where there was none
    /// @param reward mean over agents
    private record Episode(int bare, double reward, double stock) {}

    private static Episode play(
            WorldProvider world, Map<String, String> texts, Policy policy, long seed) {
        EnvOptions options = world.configure(texts);
        GridDilemma env = (GridDilemma) world.create(options);
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(seed);
        env.reset(seed);
        int bare = HORIZON;
        double reward = 0;
        StepResult result = null;
        for (int t = 0; t < HORIZON; t++) {
            policy.act(env, decision, random);
            result = env.step(decision.actions);
            reward += result.metrics[0];
            if (bare == HORIZON && result.metrics[result.metrics.length - 1] == 0) {
                bare = t + 1;
            }
        }
        return new Episode(bare, reward, result.metrics[result.metrics.length - 1]);
    }

    @Test
    void greedDepletesTheOrchardInTheFirstQuarterAndRestraintKeepsItToTheEnd() {
        double greedy = 0;
        double restrained = 0;
        for (int seed = 1; seed <= 3; seed++) {
            Episode greed = play(new CommonsHarvest(), Map.of(), new Gatherers(0), seed);
            assertTrue(greed.bare < HORIZON / 4, "bare at step " + greed.bare);
            Episode lasting =
                    play(new CommonsHarvest(), Map.of(), new Gatherers(Gatherers.SPARED), seed);
            assertEquals(HORIZON, lasting.bare);
            assertTrue(lasting.stock > 0.5, "left at the end: " + lasting.stock);
            greedy += greed.reward / 3;
            restrained += lasting.reward / 3;
        }
        assertTrue(restrained > 2 * greedy, greedy + " against " + restrained);
    }

    @Test
    void theBestNumberOfCleanersIsNeitherNoneNorAll() {
        double[] reward = new double[6];
        for (int cleaners = 0; cleaners <= 5; cleaners++) {
            for (int seed = 1; seed <= 2; seed++) {
                Policy policy = new Cleaners(cleaners, 0);
                reward[cleaners] += play(new Cleanup(), Map.of(), policy, seed).reward / 2;
            }
        }
        int best = 0;
        for (int cleaners = 1; cleaners <= 5; cleaners++) {
            best = reward[cleaners] > reward[best] ? cleaners : best;
        }
        assertTrue(best > 0 && best < 5, "best with " + best);
        assertEquals(0, reward[0], "nothing grows on a dirty river");
    }
}
