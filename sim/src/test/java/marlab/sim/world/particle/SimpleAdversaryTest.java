package marlab.sim.world.particle;

import static marlab.sim.world.particle.ParticleWorlds.at;
import static marlab.sim.world.particle.ParticleWorlds.given;
import static marlab.sim.world.particle.ParticleWorlds.idle;
import static marlab.sim.world.particle.ParticleWorlds.observe;
import static marlab.sim.world.particle.ParticleWorlds.rewards;
import static marlab.sim.world.particle.ParticleWorlds.score;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.sim.env.ParallelEnv;
import org.junit.jupiter.api.Test;

class SimpleAdversaryTest {

    private static final SimpleAdversary WORLD = new SimpleAdversary();
    private static final double[][] AGENTS = {{0, 0}, {1, 0}, {0, 0.5}};
    private static final double[][] LANDMARKS = {{0, 1}, {-1, 0}};

    @Test
    void goodAgentsSeeTheGoalFirstAndTheAdversaryDoesNot() {
        ParallelEnv env = at(WORLD, given(), AGENTS, LANDMARKS, 1);
        double[] adversary = {0, 1, -1, 0, 1, 0, 0, 0.5};
        double[] good = {-2, 0, -1, 1, -2, 0, -1, 0, -1, 0.5};
        assertArrayEquals(adversary, observe(env, 0), 1e-15);
        assertArrayEquals(good, observe(env, 1), 1e-15);
    }

    @Test
    void onlyTheNearestGoodAgentCounts() {
        ParallelEnv env = at(WORLD, given(), AGENTS, LANDMARKS, 0);
        double[] rewards = rewards(env, idle(env));
        assertArrayEquals(new double[] {-1, 0.5, 0.5}, rewards, 1e-15); // −0.5 + 1
    }

    @Test
    void shortSightShowsTheNearestFirstAndPadsWithZeros() {
        var options = given("agent_neighbors", 3, "landmark_neighbors", 1);
        ParallelEnv env = at(WORLD, options, AGENTS, LANDMARKS, 1);
        double[] expected = {-2, 0, -1, 1, -1, 0, -1, 0.5, 0, 0};
        assertArrayEquals(expected, observe(env, 1), 1e-15);
    }

    @Test
    void agentsGoThroughEachOther() {
        double[][] same = {{0, 0}, {0, 0}, {0, 0}};
        ParallelEnv env = at(WORLD, given(), same, LANDMARKS, 1);
        idle(env);
        assertArrayEquals(new double[8], subtract(observe(env, 0), new double[] {0, 1, -1, 0}));
    }

    private static double[] subtract(double[] a, double[] b) {
        double[] difference = a.clone();
        for (int k = 0; k < b.length; k++) {
            difference[k] -= b[k];
        }
        return difference;
    }

    @Test
    void everyLandmarkIsTheGoalEquallyOften() {
        ParallelEnv env = WORLD.create(WORLD.configure(given("good", 4)));
        int[] count = new int[4];
        for (int seed = 0; seed < 4_000; seed++) {
            env.reset(seed);
            double[] seen = observe(env, 1);
            for (int l = 0; l < 4; l++) {
                boolean goal = seen[0] == seen[2 + 2 * l] && seen[1] == seen[3 + 2 * l];
                count[l] += goal ? 1 : 0;
            }
        }
        for (int l = 0; l < 4; l++) {
            assertEquals(1_000, count[l], 150);
        }
    }

    @Test
    void splittingUpKeepsTheAdversaryFartherOffThanRunningToTheGoal() {
        double split = score(WORLD, given("good", 3), "split up", 4);
        double run = score(WORLD, given("good", 3), "all to the goal", 4);
        assertTrue(split > run, split + " against " + run);
        double good = score(WORLD, given("good", 3), "split up", 1);
        double random = score(WORLD, given("good", 3), "random", 1);
        assertTrue(good > random, good + " against " + random);
    }
}
