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

class SimplePushTest {

    private static final SimplePush WORLD = new SimplePush();
    private static final double[][] AGENTS = {{0, 0, 0.5, 0}, {1, 0}};
    private static final double[][] LANDMARKS = {{0, 1}, {-1, 0}};

    @Test
    void theAgentSeesGoalAndColoursAndTheAdversaryDoesNot() {
        ParallelEnv env = at(WORLD, given(), AGENTS, LANDMARKS, 1);
        double[] adversary = {0.5, 0, 0, 1, -1, 0, 1, 0};
        double[] agent = {
            0, 0, -2, 0, 0.25, 0.25, 0.75, -1, 1, -2, 0, 0.1, 0.9, 0.1, 0.1, 0.1, 0.9, -1, 0
        };
        assertArrayEquals(adversary, observe(env, 0), 1e-15);
        assertArrayEquals(agent, observe(env, 1), 1e-15);
    }

    @Test
    void theAdversaryIsPaidForTheAgentsDistanceMinusItsOwn() {
        double[][] agents = {{-0.75, 0}, {1, 0}};
        ParallelEnv env = at(WORLD, given(), agents, LANDMARKS, 1);
        assertArrayEquals(new double[] {2 - 0.25, -2}, rewards(env, idle(env)), 1e-15);
    }

    @Test
    void ofSeveralAgentsTheNearestCountsForEveryAdversary() {
        double[][] agents = {{-0.75, 0}, {-1, 2}, {1, 0}, {-1, 0.5}};
        ParallelEnv env = at(WORLD, given("good", 2, "adversaries", 2), agents, LANDMARKS, 1);
        double[] expected = {0.5 - 0.25, 0.5 - 2, -2, -0.5};
        assertArrayEquals(expected, rewards(env, idle(env)), 1e-15);
    }

    @Test
    void theyPushEachOther() {
        double[][] close = {{0, 0}, {0.05, 0}};
        ParallelEnv env = at(WORLD, given(), close, LANDMARKS, 0);
        assertEquals(1, idle(env).metrics[4]);
        assertEquals(-0.5, observe(env, 0)[0], 1e-9); // 0.05 m deep: 5 N
    }

    @Test
    void theScriptedAdversaryHoldsItsOwnAgainstAnAgentThatDrivesToTheGoal() {
        double adversary = score(WORLD, given(), "drive and block", 2);
        assertTrue(adversary > -5, "return " + adversary); // idle it would lose about 20
        double good = score(WORLD, given(), "drive and block", 1);
        double random = score(WORLD, given(), "random", 1);
        assertTrue(good > random, good + " against " + random);
    }
}
