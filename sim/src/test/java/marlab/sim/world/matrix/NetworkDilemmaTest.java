package marlab.sim.world.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import marlab.sim.ForAll;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkDilemmaTest {

    private static final NetworkDilemma WORLD = new NetworkDilemma();

    private static ParallelEnv env(Map<String, String> options) {
        ParallelEnv env = WORLD.create(WORLD.configure(options));
        env.reset(1);
        return env;
    }

    /// Everybody cooperates but the agents named.
    private static StepResult playWithDefectors(ParallelEnv env, int... defectors) {
        Actions actions = new Actions(env.spec());
        Arrays.stream(defectors).forEach(i -> actions.choose(i, 1));
        return env.step(actions);
    }

    @Test
    void aDefectorAmongCooperatorsGetsTheTemptationAndItsNeighboursPay() {
        ParallelEnv env = env(Map.of());
        StepResult result = playWithDefectors(env, 0);
        assertEquals(1.3, result.terms[0], 1e-15);
        assertEquals(0.75, result.terms[3], "the neighbour to the right: three of four");
        assertEquals(0.75, result.terms[9 * 3], "the neighbour across the left border");
        assertEquals(0.75, result.terms[90 * 3], "the neighbour across the upper border");
        assertEquals(1, result.terms[11 * 3], "diagonally there is nobody");
        assertEquals(0, result.terms[1], "it gives its neighbours the sucker's payoff");
        assertEquals(1.075, result.terms[3 + 1], 1e-15, "they give 1, 1, 1 and 1.3");
        assertEquals((1.3 + 4 * 0.75 + 95) / 100, result.metrics[0], 1e-12);
        assertEquals(0.99, result.metrics[1]);
    }

    @Test
    void withEightNeighboursTheDiagonalCounts() {
        StepResult result = playWithDefectors(env(Map.of("degree", "8")), 0);
        assertEquals(7 / 8.0, result.terms[11 * 3]);
        assertEquals(7 / 8.0, result.terms[99 * 3]);
    }

    @Test
    void agentsSeeTheLastRound() {
        ParallelEnv env = env(Map.of());
        playWithDefectors(env, 0, 1);
        double[] seen = new double[11];
        env.observe(0, seen, 0);
        double own = (3 * 1.3 + 0.1) / 4;
        assertArrayEquals(
                new double[] {0, 0.75, own, 1, 0.75, -1, own, 1, 0.75, 1, 0.75}, seen, 1e-15);
        env.observe(5, seen, 0);
        assertArrayEquals(new double[] {1, 1, 1}, Arrays.copyOf(seen, 3));
    }

    @Test
    void aSummaryIsThreeNumbers() {
        ParallelEnv env = env(Map.of("sight", "summary"));
        assertEquals(3, env.spec().groups().getFirst().observation().size());
    }

    @Test
    void clusteringComparesTheNeighboursOfBothKinds() {
        ParallelEnv env = env(Map.of("rows", "4", "columns", "10"));
        int[] half = new int[20];
        Arrays.setAll(half, i -> i / 5 * 10 + i % 5);
        assertEquals(0.8, playWithDefectors(env, half).metrics[3], 1e-15, "0.9 and 0.1");
        int[] chess = new int[20];
        Arrays.setAll(chess, i -> 2 * i + i / 5 % 2);
        assertEquals(-1, playWithDefectors(env, chess).metrics[3]);
        assertEquals(0, playWithDefectors(env).metrics[3], "one kind only");
    }

    @Test
    void cooperatorsAtTheStartAreAsManyAsSaid() {
        ParallelEnv env = env(Map.of("rows", "100", "columns", "100", "start", "0.3"));
        double[] seen = new double[11];
        int cooperators = 0;
        for (int i = 0; i < 10_000; i++) {
            env.observe(i, seen, 0);
            cooperators += (int) seen[0];
        }
        assertEquals(0.3, cooperators / 10_000.0, 0.02);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lattice", "small_world", "regular", "random"})
    void networksAreSimpleAndHaveAsManyEdgesAsSaid(String kind) {
        ForAll.forAll(
                20,
                random -> {
                    Map<String, String> options = new HashMap<>();
                    int rows = 3 + random.nextInt(12);
                    int columns = 3 + random.nextInt(12);
                    options.put("topology", kind);
                    options.put("degree", random.nextBoolean() ? "4" : "8");
                    options.put("rows", "" + rows);
                    options.put("columns", "" + columns);
                    options.put("rewire", "" + random.nextDouble());
                    options.put("wiring", "" + random.nextInt(1000));
                    EnvOptions checked = WORLD.configure(options);
                    Network network = NetworkDilemma.network(checked);
                    int degree = Integer.parseInt(checked.word("degree"));
                    assertEquals(rows * columns * degree, network.others().length);
                    boolean equal = kind.equals("lattice") || kind.equals("regular");
                    assertTrue(!equal || network.largestDegree() == degree);
                    checkEdges(network);
                });
    }

    private static void checkEdges(Network network) {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < network.size(); i++) {
            for (int e = network.first()[i]; e < network.first()[i + 1]; e++) {
                int j = network.others()[e];
                assertNotEquals(i, j);
                assertTrue(seen.add(((long) i << 32) + j), "twice");
            }
        }
        for (long edge : seen) {
            assertTrue(seen.contains((edge << 32) | (edge >>> 32)), "both ways");
        }
    }

    @Test
    void shortcutsAreAsManyAsSaid() {
        Network network = Network.smallWorld(2000, 4, 0.2, new RandomStream(1));
        int shortcuts = 0;
        for (int i = 0; i < 2000; i++) {
            for (int e = network.first()[i]; e < network.first()[i + 1]; e++) {
                int gap = Math.abs(i - network.others()[e]);
                shortcuts += Math.min(gap, 2000 - gap) > 2 ? 1 : 0;
            }
        }
        assertEquals(0.2, shortcuts / 8000.0, 0.02);
    }

    @Test
    void theBestIsImitatedAndTiesChangeNothing() {
        EnvOptions options = WORLD.configure(Map.of("rows", "3", "columns", "5"));
        ParallelEnv env = WORLD.create(options);
        env.reset(1);
        playWithDefectors(env, 0);
        Policy policy = WORLD.scriptedPolicies(options).get("imitate the best");
        Decision decision = new Decision(env.spec());
        policy.act(env, decision, new RandomStream(1));
        for (int i = 0; i < 15; i++) {
            boolean next = Set.of(0, 1, 4, 5, 10).contains(i);
            assertEquals(next ? 1 : 0, decision.actions.choice(i), "agent " + i);
        }
    }
}
