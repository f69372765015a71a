package marlab.sim.world.particle;

import static marlab.sim.world.particle.ParticleWorlds.at;
import static marlab.sim.world.particle.ParticleWorlds.given;
import static marlab.sim.world.particle.ParticleWorlds.idle;
import static marlab.sim.world.particle.ParticleWorlds.observe;
import static marlab.sim.world.particle.ParticleWorlds.rewards;
import static marlab.sim.world.particle.ParticleWorlds.score;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import org.junit.jupiter.api.Test;

class SimpleTagTest {

    private static final SimpleTag WORLD = new SimpleTag();
    private static final Map<String, String> SMALL = given("adversaries", 2, "obstacles", 1);
    private static final double[][] OBSTACLE = {{-0.5, -0.5}};

    private static ParallelEnv hunt(Map<String, String> options, double[]... agents) {
        return at(WORLD, options, agents, OBSTACLE);
    }

    @Test
    void everyPairThatTouchesPaysEveryPredatorAndCostsThePrey() {
        ParallelEnv env =
                hunt(SMALL, new double[] {0, 0}, new double[] {0.2, 0}, new double[] {0.1, 0});
        StepResult result = idle(env);
        assertArrayEquals(new double[] {20, 20, -20}, rewards(env, result), 1e-12);
        assertEquals(2, result.metrics[3]);
    }

    @Test
    void ownCatchIsOnesOwn() {
        ParallelEnv env =
                hunt(SMALL, new double[] {0, 0}, new double[] {0.6, 0}, new double[] {0.1, 0});
        StepResult result = idle(env);
        int term = env.spec().termIndex("own_catch");
        int terms = env.spec().terms().size();
        assertEquals(1, result.terms[term]);
        assertEquals(0, result.terms[terms + term]);
        assertArrayEquals(new double[] {10, 10, -10}, rewards(env, result), 1e-12);
    }

    @Test
    void predatorsExactlyAtTouchingDistanceDoNotCatch() {
        double[] far = {0.125, 0};
        assertEquals(
                0, idle(hunt(SMALL, new double[] {0, 0}, new double[] {3, 0}, far)).metrics[3]);
        double[] near = {Math.nextDown(0.125), 0};
        assertEquals(
                1, idle(hunt(SMALL, new double[] {0, 0}, new double[] {3, 0}, near)).metrics[3]);
    }

    @Test
    void leavingTheArenaCostsThePreyMoreAndMoreAndThePredatorsNothing() {
        assertEquals(0, Hunt.outside(-0.89));
        assertEquals(0.5, Hunt.outside(-0.95), 1e-12);
        assertEquals(1, Hunt.outside(1), 1e-12);
        assertEquals(Math.exp(0.5), Hunt.outside(1.25), 1e-12);
        assertEquals(10, Hunt.outside(5));
        ParallelEnv env =
                hunt(SMALL, new double[] {5, 5}, new double[] {-5, 5}, new double[] {1, -0.95});
        assertArrayEquals(new double[] {0, 0, -1.5}, rewards(env, idle(env)), 1e-12);
    }

    @Test
    void everybodySeesVelocitiesOfOtherPreyOnly() {
        double[][] agents = {{0, 0, 1, 0}, {1, 0, 0, 1}, {0, 1, 0.5, 0.5}};
        ParallelEnv env = hunt(SMALL, agents);
        double[] predator = {1, 0, 0, 0, -0.5, -0.5, 1, 0, 0, 1, 0.5, 0.5};
        double[] prey = {0.5, 0.5, 0, 1, -0.5, -1.5, 0, -1, 1, -1};
        assertArrayEquals(predator, observe(env, 0), 1e-15);
        assertArrayEquals(prey, observe(env, 2), 1e-15);
    }

    @Test
    void amongTheNearestPredatorsHaveAPlaceForAVelocityThatIsZero() {
        double[][] agents = {{0, 0, 1, 0}, {1, 0, 0, 1}, {0, 0.5, 0.5, 0.5}};
        Map<String, String> options =
                given(
                        "adversaries", 2,
                        "obstacles", 1,
                        "agent_neighbors", 3,
                        "landmark_neighbors", 2);
        double[] expected = {
            1, 0, 0, 0, -0.5, -0.5, 0, 0, 0, 0.5, 1, 0, 0, 0, 0.5, 0.5, 0, 0, 0, 0
        };
        assertArrayEquals(expected, observe(hunt(options, agents), 0), 1e-15);
    }

    @Test
    void obstaclesStopPrey() {
        double[] inside = {-0.5, -0.3, 0, 0};
        ParallelEnv env = hunt(SMALL, new double[] {1, 1}, new double[] {-1, 1}, inside);
        idle(env);
        assertEquals(0.5, observe(env, 2)[1], 1e-9); // 0.05 m deep: 5 N
    }

    private static double firstSpeed(int agent, int steps, Object... options) {
        ParallelEnv env = WORLD.create(WORLD.configure(given(options)));
        env.reset(1);
        Actions actions = new Actions(env.spec());
        actions.choose(agent, 2);
        for (int t = 0; t < steps; t++) {
            env.step(actions);
        }
        return observe(env, agent)[0];
    }

    @Test
    void theCurriculumSlowsThePrey() {
        Object[] alone = {"adversaries", 1, "obstacles", 0, "stage", 0};
        assertEquals(0.2, firstSpeed(1, 1, alone), 1e-12);
        assertEquals(0.65, firstSpeed(1, 20, alone), 1e-12);
        alone[5] = 1;
        assertEquals(0.3, firstSpeed(1, 1, alone), 1e-12);
        alone[5] = 2;
        assertEquals(1.3, firstSpeed(1, 20, alone), 1e-12);
    }

    @Test
    void predatorsCanBeUnequal() {
        Object[] options = {"adversaries", 2, "obstacles", 0, "speeds", "0.5, 1.5"};
        assertEquals(0.15, firstSpeed(0, 1, options), 1e-12);
        assertEquals(0.45, firstSpeed(1, 1, options), 1e-12);
        assertEquals(1.5, firstSpeed(1, 20, options), 1e-12);
    }

    @Test
    void speedsThatAreNoneAreRefusedInOneSentence() {
        assertEquals(
                "0.7,1",
                WORLD.configure(given("adversaries", 2, "speeds", " 0.7, 1.0")).text("speeds"));
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> WORLD.configure(given("speeds", "1,1")));
        assertEquals(
                "world option speeds has 2 numbers for 3 predators; give one for all or one for each",
                e.getMessage());
        e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> WORLD.configure(given("speeds", "1,fast,1")));
        assertEquals(
                "world option speeds, \"fast\" is no speed; write numbers from 0.1 to 10 with commas"
                        + " between",
                e.getMessage());
    }

    @Test
    void successIsAllPreyTouchedAtOnce() {
        Map<String, String> options =
                given("adversaries", 2, "good", 2, "obstacles", 1, "success", "on");
        double[] first = {0, 0};
        double[] second = {0.6, 0};
        double[] caught = {0.1, 0};
        ParallelEnv one = hunt(options, first, second, caught, new double[] {0.6, 0.6});
        assertFalse(idle(one).over());
        ParallelEnv both = hunt(options, first, second, caught, new double[] {0.6, 0.1});
        StepResult result = idle(both);
        assertTrue(result.over() && !result.truncated);
    }

    @Test
    void aPackThatSurroundsCatchesMoreThanARandomOne() {
        Map<String, String> options = given("walls", "on", "horizon", 50);
        double surround = score(WORLD, options, "surround", 3);
        double random = score(WORLD, options, "random", 3);
        assertTrue(surround > random, surround + " against " + random);
    }

    @Test
    void preyThatFleesIsCaughtLessThanPreyThatStumbles() {
        Map<String, String> options = given("adversaries", 1, "walls", "on");
        assertTrue(score(WORLD, options, "run after", 3) < 3);
    }
}
