package marlab.sim.world.swarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SwarmsTest {

    private static Map<String, String> options(String... pairs) {
        Map<String, String> options = new HashMap<>();
        for (int k = 0; k < pairs.length; k += 2) {
            options.put(pairs[k], pairs[k + 1]);
        }
        return options;
    }

    /// Mean of the first metric over the second half of an episode.
    private static double order(
            WorldProvider world, String script, int steps, String... optionPairs) {
        var options = world.configure(options(optionPairs));
        ParallelEnv env = world.create(options);
        env.reset(1);
        Policy policy = world.scriptedPolicies(options).get(script);
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(2);
        double sum = 0;
        for (int t = 0; t < steps; t++) {
            policy.act(env, decision, random);
            double now = env.step(decision.actions).metrics[0];
            sum += t >= steps / 2 ? now : 0;
        }
        return sum / (steps - steps / 2);
    }

    private static double way(double difference, double side) {
        return difference - side * Math.rint(difference / side);
    }

    @ParameterizedTest
    @CsvSource({
        "10,4,1",
        "30,4,1",
        "400,4,1",
        "500,1,0.3",
        "36,4,1",
        "200,0.1,1",
        "700,10,1",
        "57,4,0.9"
    })
    void cellListsFindExactlyWhoIsNear(int n, double density, double radius) {
        Vicsek world = new Vicsek();
        var options =
                world.configure(
                        options(
                                "agents",
                                "" + n,
                                "density",
                                "" + density,
                                "radius",
                                "" + radius,
                                "speed",
                                "0.5"));
        Vicsek.Env env = (Vicsek.Env) world.create(options);
        env.reset(n);
        Decision decision = new Decision(env.spec());
        double side = Vicsek.side(options);
        for (int t = 0; t < 5; t++) {
            env.step(decision.actions);
            for (int i = 0; i < n; i++) {
                double sx = 0;
                double sy = 0;
                int count = 0;
                double[] squared = new double[n];
                for (int j = 0; j < n; j++) {
                    double dx = way(env.x[j] - env.x[i], side);
                    double dy = way(env.y[j] - env.y[i], side);
                    squared[j] = j == i ? Double.POSITIVE_INFINITY : dx * dx + dy * dy;
                    if (j == i || squared[j] <= radius * radius) {
                        sx += env.headX[j];
                        sy += env.headY[j];
                        count++;
                    }
                }
                assertEquals(count, env.near[i]);
                assertEquals(sx, env.sumX[i], 1e-11);
                assertEquals(sy, env.sumY[i], 1e-11);
                assertNearestFirst(env, i, squared, count - 1);
            }
        }
    }

    private static void assertNearestFirst(Vicsek.Env env, int i, double[] squared, int others) {
        double[] seen = new double[env.spec().groups().getFirst().observation().size()];
        env.observe(i, seen, 0);
        Arrays.sort(squared);
        for (int e = 0; e < Vicsek.SEEN; e++) {
            int at = 4 + 5 * e;
            assertEquals(e < others ? 1 : 0, seen[at + 4]);
            if (e < others) {
                double distance = seen[at] * seen[at] + seen[at + 1] * seen[at + 1];
                assertEquals(squared[e], distance, 1e-12);
            }
        }
    }

    @Test
    void withoutNoiseEverybodyTakesTheMeanHeadingAndMovesWithTheOldOne() {
        Vicsek world = new Vicsek();
        var options = world.configure(options("agents", "20", "noise", "0"));
        Vicsek.Env env = (Vicsek.Env) world.create(options);
        env.reset(3);
        Decision decision = new Decision(env.spec());
        for (int i = 0; i < 20; i++) {
            decision.actions.choose(i, 1);
        }
        double angle = Math.atan2(env.sumY[0], env.sumX[0]);
        double x = env.x[0] + 0.03 * env.headX[0];
        env.step(decision.actions);
        assertEquals(Math.cos(angle), env.headX[0], 1e-12);
        assertEquals(Math.sin(angle), env.headY[0], 1e-12);
        assertEquals(0, way(x - env.x[0], Vicsek.side(options)), 1e-12);
    }

    @Test
    void aTurnToTheLeftIsAddedToTheMeanHeading() {
        Vicsek world = new Vicsek();
        var options = world.configure(options("agents", "20", "noise", "0", "turn", "0.3"));
        Vicsek.Env env = (Vicsek.Env) world.create(options);
        env.reset(3);
        double angle = Math.atan2(env.sumY[7], env.sumX[7]) + 0.3;
        env.step(new Decision(env.spec()).actions);
        assertEquals(Math.cos(angle), env.headX[7], 1e-12);
        assertEquals(Math.sin(angle), env.headY[7], 1e-12);
    }

    /// Figure 2 of Vicsek et al. 1995: order falls from 1 to almost nothing as noise grows.
    @Test
    void noiseBreaksTheOrderOfAFlock() {
        double before = 1.01;
        for (String noise : new String[] {"0.1", "1.5", "3", "4.5", "6.2"}) {
            double order = order(new Vicsek(), "passive", 600, "noise", noise);
            assertTrue(order < before, noise + ": " + order);
            before = order;
        }
        assertTrue(order(new Vicsek(), "passive", 600, "noise", "0.1") > 0.98);
        assertTrue(before < 0.15);
    }

    @Test
    void aFewLeadersTurnTheWholeFlockEast() {
        Vicsek world = new Vicsek();
        var options = world.configure(options("controlled", "0.1", "noise", "0.5"));
        Vicsek.Env env = (Vicsek.Env) world.create(options);
        env.reset(1);
        assertEquals(30, env.spec().agentCount());
        Policy policy = world.scriptedPolicies(options).get("east");
        Decision decision = new Decision(env.spec());
        for (int t = 0; t < 500; t++) {
            policy.act(env, decision, new RandomStream(1));
            env.step(decision.actions);
        }
        assertTrue(Arrays.stream(env.headX).average().orElseThrow() > 0.9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "ring", "random"})
    void theMeanFieldIsTheSumOverPairs(String topology) {
        Kuramoto world = new Kuramoto();
        var options =
                world.configure(
                        options(
                                "agents",
                                "50",
                                "topology",
                                topology,
                                "coupling",
                                "3",
                                "dt",
                                "0.1"));
        Kuramoto.Env env = (Kuramoto.Env) world.create(options);
        env.reset(5);
        double[] seen = new double[env.spec().groups().getFirst().observation().size()];
        Decision decision = new Decision(env.spec());
        for (int i = 0; i < 50; i++) {
            decision.actions.choose(i, i % 3);
        }
        double[] expected = new double[50];
        for (int i = 0; i < 50; i++) {
            double sum = 0;
            int count = 0;
            for (int j = 0; j < 50; j++) {
                int apart = Math.min(Math.floorMod(i - j, 50), Math.floorMod(j - i, 50));
                if (topology.equals("all") || apart > 0 && apart <= 3) {
                    sum += Math.sin(env.phase[j] - env.phase[i]);
                    count++;
                }
            }
            env.observe(i, seen, 0);
            double pull = topology.equals("random") ? seen[4] : sum / count;
            expected[i] = env.phase[i] + 0.1 * (env.frequency[i] + 3 * pull + i % 3 - 1);
        }
        env.step(decision.actions);
        for (int i = 0; i < 50; i++) {
            assertEquals(0, way(expected[i] - env.phase[i], 2 * Math.PI), 1e-11);
        }
    }

    /// Kuramoto's exact result for Cauchy frequencies: K_c = 2γ = 1 here, and r = √(1 − K_c / K)
    /// beyond.
    @ParameterizedTest
    @CsvSource({"0.5,0", "0.8,0", "1.5,0.577", "2,0.707", "4,0.866"})
    void orderSetsInAtTheCriticalCoupling(String coupling, double expected) {
        double order =
                order(
                        new Kuramoto(),
                        "passive",
                        1200,
                        "agents",
                        "10000",
                        "controlled",
                        "0.001",
                        "coupling",
                        coupling);
        assertEquals(expected, order, expected == 0 ? 0.06 : 0.03);
    }

    @Test
    void scriptsBringOscillatorsIntoStepAndOutOfIt() {
        double passive = order(new Kuramoto(), "passive", 600, "coupling", "1.5");
        double together = order(new Kuramoto(), "synchronise", 600, "coupling", "1.5");
        double apart = order(new Kuramoto(), "desynchronise", 600, "coupling", "1.5");
        assertTrue(together > passive + 0.1, together + " " + passive);
        assertTrue(apart < passive - 0.2, apart + " " + passive);
    }
}
