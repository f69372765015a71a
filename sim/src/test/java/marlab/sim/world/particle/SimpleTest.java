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
import marlab.sim.env.StepResult;
import org.junit.jupiter.api.Test;

class SimpleTest {

    private static final Simple WORLD = new Simple();

    @Test
    void theRewardIsMinusTheSquaredDistance() {
        ParallelEnv env = at(WORLD, given(), new double[][] {{0, 0}}, new double[][] {{0.3, 0.4}});
        StepResult result = idle(env);
        assertEquals(-0.25, rewards(env, result)[0], 1e-15);
        assertEquals(-0.5, result.terms[1], 1e-15);
    }

    @Test
    void theAgentSeesVelocityAndLandmark() {
        double[][] agents = {{0.1, 0.2, 0.5, -0.5}};
        ParallelEnv env = at(WORLD, given(), agents, new double[][] {{0.3, -0.4}});
        assertArrayEquals(new double[] {0.5, -0.5, 0.2, -0.6}, observe(env, 0), 1e-15);
    }

    @Test
    void theScriptGetsThereAndStays() {
        for (String actions : new String[] {"discrete", "continuous"}) {
            double script = score(WORLD, given("actions", actions), "drive there", 0);
            assertTrue(script > -9, actions + " " + script);
        }
    }
}
