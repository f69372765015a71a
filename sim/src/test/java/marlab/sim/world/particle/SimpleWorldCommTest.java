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

import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import org.junit.jupiter.api.Test;

class SimpleWorldCommTest {

    private static final SimpleWorldComm WORLD = new SimpleWorldComm();
    private static final Map<String, String> SMALL =
            given("adversaries", 2, "good", 2, "obstacles", 1, "food", 1, "forests", 1);
    private static final double[][] LANDMARKS = {{-0.8, -0.8}, {0.8, 0.8}, {0, 0}};

    private static ParallelEnv hunt(double[]... agents) {
        return at(WORLD, SMALL, agents, LANDMARKS, 0, 0, 0, 0);
    }

    private static final double[] LEADER = {0.5, 0.5};
    private static final double[] PREDATOR = {-0.5, 0.5};
    private static final double[] HIDDEN = {0.1, 0, 0.25, 0};
    private static final double[] OPEN = {0.5, -0.5, 0, 0.25};

    @Test
    void theLeaderSeesIntoTheForestAndOthersDoNot() {
        ParallelEnv env = hunt(LEADER, PREDATOR, HIDDEN, OPEN);
        double[] leader = observe(env, 0);
        double[] predator = observe(env, 1);
        assertArrayEquals(new double[] {-0.4, -0.5}, new double[] {leader[12], leader[13]}, 1e-15);
        assertEquals(0.25, leader[16]);
        assertEquals(0, predator[12]);
        assertEquals(0, predator[13]);
        assertEquals(0, predator[16], "nor its velocity");
        assertEquals(1, predator[14], "prey in the open is seen");
        assertEquals(0.25, predator[19]);
    }

    @Test
    void whoHidesSeesNobodyOutsideButWhoSharesTheForest() {
        double[] prey = observe(hunt(LEADER, new double[] {0, -0.2}, HIDDEN, OPEN), 2);
        assertEquals(0, prey[10], "the leader outside");
        assertEquals(-0.1, prey[12], 1e-15);
        assertEquals(-0.2, prey[13], 1e-15);
        assertEquals(0, prey[14], "prey outside");
    }

    @Test
    void theForestStandsBeforeVelocitiesForPreyAndAfterThemForPredators() {
        ParallelEnv env = hunt(LEADER, PREDATOR, HIDDEN, OPEN);
        double[] prey = observe(env, 2);
        double[] open = observe(env, 3);
        double[] predator = observe(env, 1);
        assertEquals(19, prey.length);
        assertEquals(1, prey[16]);
        assertEquals(-1, open[16]);
        assertEquals(25, predator.length);
        assertEquals(-1, predator[20]);
    }

    @Test
    void theForestsEdgeIsWhereBodiesOverlapIt() {
        double edge = 0.3 + 0.045;
        double[] outside = observe(hunt(LEADER, PREDATOR, new double[] {edge, 0}, OPEN), 2);
        double[] inside =
                observe(hunt(LEADER, PREDATOR, new double[] {Math.nextDown(edge), 0}, OPEN), 2);
        assertEquals(-1, outside[16]);
        assertEquals(1, inside[16]);
    }

    @Test
    void theLeadersWordIsHeardByPredatorsAtOnce() {
        ParallelEnv env = hunt(LEADER, PREDATOR, HIDDEN, OPEN);
        Actions actions = new Actions(env.spec());
        actions.choose(0, 2 + 5 * 3); // right, and the fourth word
        env.step(actions);
        for (int j = 0; j < 2; j++) {
            double[] seen = observe(env, j);
            assertArrayEquals(
                    new double[] {0, 0, 0, 1},
                    new double[] {seen[21], seen[22], seen[23], seen[24]});
        }
        assertEquals(0.3, observe(env, 0)[0], 1e-12);
    }

    @Test
    void aMessageOfNumbersIsHeardAsItIs() {
        Map<String, String> options = given("actions", "continuous");
        ParallelEnv env = WORLD.create(WORLD.configure(options));
        env.reset(1);
        Actions actions = new Actions(env.spec());
        for (int k = 0; k < 9; k++) {
            actions.box(0, k, 0.1 * k);
        }
        env.step(actions);
        double[] seen = observe(env, 3);
        assertEquals(0.5, seen[30], 1e-15);
        assertEquals(0.8, seen[33], 1e-15);
    }

    @Test
    void rewardsAreTheReferences() {
        double[] eats = {0.8, 0.73};
        ParallelEnv env = hunt(new double[] {0.8, 0.63}, PREDATOR, eats, new double[] {0, -0.95});
        StepResult result = idle(env);
        double[] rewards = rewards(env, result);
        double chase = Math.min(Math.hypot(1.3, 0.23), Math.hypot(0.5, 1.45));
        assertEquals(5 - 0.1 * 0.1, rewards[0], 1e-12);
        assertEquals(5 - 0.1 * chase, rewards[1], 1e-12);
        assertEquals(-5 + 2 - 0.05 * 0.07, rewards[2], 1e-12);
        assertEquals(-2 * 0.5 - 0.05 * Math.hypot(0.8, 1.75), rewards[3], 1e-12);
        assertEquals(1, result.metrics[4]);
    }

    @Test
    void theScriptsHuntAndEatBetterThanChance() {
        Map<String, String> options = given("horizon", 60, "walls", "on");
        double eaten = score(WORLD, options, "hunt by word", 4);
        assertTrue(eaten > 2 * score(WORLD, options, "random", 4), "eaten " + eaten);
        double contacts = score(WORLD, options, "hunt by word", 3);
        double chance = score(WORLD, options, "random", 3);
        assertTrue(contacts > chance, contacts + " against " + chance);
    }
}
