package marlab.sim.world.grid;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.StepResult;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PogemaTest {

    private static final int[][] MOVES = {{0, 0}, {-1, 0}, {1, 0}, {0, -1}, {0, 1}};

    private static final Pogema WORLD = new Pogema();

    /// A world on a map that names its agents.
    private static PogemaEnv on(String map, String... more) {
        Map<String, String> texts = new HashMap<>();
        long letters = map.chars().filter(c -> c >= 'a' && c <= 'z').count();
        texts.put("map", map);
        texts.put("agents", Long.toString(letters));
        for (int k = 0; k < more.length; k += 2) {
            texts.put(more[k], more[k + 1]);
        }
        PogemaEnv env = (PogemaEnv) WORLD.create(WORLD.configure(texts));
        env.reset(1);
        return env;
    }

    private static StepResult step(PogemaEnv env, int... choices) {
        Actions actions = new Actions(env.spec());
        for (int i = 0; i < choices.length; i++) {
            actions.choose(i, choices[i]);
        }
        return env.step(actions);
    }

    private static int[] cells(PogemaEnv env) {
        int[] cells = new int[env.agents()];
        Arrays.setAll(cells, env::cellOf);
        return cells;
    }

    private static void refused(String sentence, String... texts) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int k = 0; k < texts.length; k += 2) {
            options.put(texts[k], texts[k + 1]);
        }
        var refusal = assertThrows(IllegalArgumentException.class, () -> WORLD.configure(options));
        assertEquals(sentence, refusal.getMessage());
    }

    @Test
    void byPriorityFollowersGoOnlyBehindLowerIndices() {
        PogemaEnv env = on("ba.BA", "collision", "priority");
        step(env, 4, 4);
        assertArrayEquals(new int[] {2, 1}, cells(env));
        env = on("ab.AB", "collision", "priority");
        step(env, 4, 4);
        assertArrayEquals(new int[] {0, 2}, cells(env));
    }

    @Test
    void blockBothLetsNobodyIntoACellThatTwoWantOrOneLeaves() {
        PogemaEnv env = on("a.bAB", "collision", "block_both");
        step(env, 4, 3);
        assertArrayEquals(new int[] {0, 2}, cells(env));
        env = on("ab.AB", "collision", "block_both");
        step(env, 4, 4);
        assertArrayEquals(new int[] {0, 2}, cells(env));
    }

    @Test
    void softGivesAContestedCellToTheLowestIndexAndLetsFollowersFollow() {
        PogemaEnv env = on("a.bAB");
        step(env, 4, 3);
        assertArrayEquals(new int[] {1, 2}, cells(env));
        env = on("ab.AB");
        step(env, 4, 4);
        assertArrayEquals(new int[] {1, 2}, cells(env));
    }

    @Test
    void softForbidsSwapsAndAllowsRings() {
        PogemaEnv env = on("abAB");
        StepResult result = step(env, 4, 3);
        assertArrayEquals(new int[] {0, 1}, cells(env));
        assertEquals(2, result.metrics[result.metrics.length - 1], "blocked moves");
        env = on("ab\ndc\nAB\nDC\n");
        step(env, 4, 2, 3, 1);
        assertArrayEquals(new int[] {1, 3, 2, 0}, cells(env));
    }

    @Test
    void aBlockedHeadOfAQueueStopsAllWhoFollow() {
        PogemaEnv env = on("abc#\nABC.");
        StepResult result = step(env, 4, 4, 4);
        assertArrayEquals(new int[] {0, 1, 2}, cells(env));
        assertArrayEquals(
                new double[] {-1, -1, -1},
                new double[] {result.terms[2], result.terms[5], result.terms[8]});
    }

    /// Upstream's way, claim by claim, written out naively.
    private static int[] softByTheBook(int columns, String map, int[] at, int[] choices) {
        int[] chosen = choices.clone();
        Map<Integer, List<Integer>> claims = new HashMap<>();
        Map<String, List<Integer>> edges = new HashMap<>();
        for (int i = 0; i < at.length; i++) {
            int to = to(columns, at[i], chosen[i]);
            claims.computeIfAbsent(to, k -> new ArrayList<>()).add(i);
            edges.put(at[i] + ">" + to, new ArrayList<>(List.of(i)));
            if (to != at[i]) {
                edges.computeIfAbsent(to + ">" + at[i], k -> new ArrayList<>()).add(i);
            }
        }
        for (int i = 0; i < at.length; i++) {
            int to = to(columns, at[i], chosen[i]);
            if (edges.get(at[i] + ">" + to).size() > 1) {
                claims.get(to).remove((Integer) i);
                claims.computeIfAbsent(at[i], k -> new ArrayList<>()).add(i);
                chosen[i] = 0;
            }
        }
        for (int i = at.length - 1; i >= 0; i--) {
            int to = to(columns, at[i], chosen[i]);
            if (claims.get(to).size() > 1 || map.charAt(to) == '#') {
                revert(i, to, at, chosen, claims);
            }
        }
        int[] after = new int[at.length];
        Arrays.setAll(after, i -> to(columns, at[i], chosen[i]));
        return after;
    }

    private static void revert(
            int agent, int to, int[] at, int[] chosen, Map<Integer, List<Integer>> claims) {
        chosen[agent] = 0;
        claims.get(to).remove((Integer) agent);
        List<Integer> home = claims.computeIfAbsent(at[agent], k -> new ArrayList<>());
        boolean wanted = !home.isEmpty();
        home.add(agent);
        if (wanted) {
            revert(home.getFirst(), at[agent], at, chosen, claims);
        }
    }

    private static int to(int columns, int from, int choice) {
        return from + MOVES[choice][0] * columns + MOVES[choice][1];
    }

    @Test
    void softEqualsTheClaimByClaimAlgorithmInCrowds() {
        String map = "#######" + "#.....#" + "#.....#" + "#.#...#" + "#.....#" + "#######";
        StringBuilder rows = new StringBuilder();
        for (int row = 0; row < 6; row++) {
            rows.append(map, 7 * row, 7 * row + 7).append('\n');
        }
        RandomStream random = new RandomStream(4);
        PogemaEnv env =
                (PogemaEnv)
                        WORLD.create(
                                EnvOptions.of(
                                        WORLD.options(),
                                        Map.of(
                                                "map",
                                                rows.toString(),
                                                "agents",
                                                "14",
                                                "on_target",
                                                "nothing")));
        for (int round = 0; round < 3000; round++) {
            int[] at = crowd(map, 14, random);
            int[] choices = random.ints(14, 0, 5).toArray();
            env.begin(at, at);
            step(env, choices);
            assertArrayEquals(softByTheBook(7, map, at, choices), cells(env));
        }
    }

    private static int[] crowd(String map, int agents, RandomStream random) {
        Set<Integer> cells = new HashSet<>();
        List<Integer> order = new ArrayList<>();
        while (order.size() < agents) {
            int cell = random.nextInt(map.length());
            if (map.charAt(cell) == '.' && cells.add(cell)) {
                order.add(cell);
            }
        }
        return order.stream().mapToInt(c -> c).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"soft", "block_both", "priority"})
    void agentsNeverShareACellAndAreSeenWhereTheyAre(String rule) {
        Map<String, String> options =
                Map.of(
                        "height",
                        "9",
                        "width",
                        "7",
                        "agents",
                        "18",
                        "radius",
                        "2",
                        "collision",
                        rule);
        PogemaEnv env = (PogemaEnv) WORLD.create(WORLD.configure(options));
        RandomStream random = new RandomStream(2);
        float[] seen = new float[75];
        env.reset(3);
        for (int t = 0; t < 100; t++) {
            step(env, random.ints(18, 0, 5).toArray());
            Set<Integer> taken = new HashSet<>();
            for (int cell : cells(env)) {
                assertTrue(taken.add(cell) && !env.blocked(cell));
            }
            for (int i = 0; i < 18; i++) {
                env.observe(i, seen, 0);
                int row = env.cellOf(i) / 7;
                int column = env.cellOf(i) % 7;
                for (int k = 0; k < 25; k++) {
                    int r = row + k / 5 - 2;
                    int c = column + k % 5 - 2;
                    boolean inside = r >= 0 && r < 9 && c >= 0 && c < 7;
                    boolean frame = !inside && r >= -1 && r <= 9 && c >= -1 && c <= 7;
                    boolean wall = inside ? env.blocked(7 * r + c) : frame;
                    assertEquals(wall ? 1 : 0, seen[k]);
                    assertEquals(inside && taken.contains(7 * r + c) ? 1 : 0, seen[25 + k]);
                }
            }
        }
    }

    @Test
    void windowsOfLargeMapsAreThoseOfSmallOnes() {
        PogemaEnv env =
                (PogemaEnv)
                        WORLD.create(
                                WORLD.configure(
                                        Map.of("height", "200", "width", "180", "agents", "400")));
        env.reset(5);
        RandomStream random = new RandomStream(2);
        for (int t = 0; t < 5; t++) {
            step(env, random.ints(400, 0, 5).toArray());
        }
        Set<Integer> taken = new HashSet<>();
        for (int cell : cells(env)) {
            taken.add(cell);
        }
        float[] seen = new float[363];
        for (int i = 0; i < 400; i++) {
            env.observe(i, seen, 0);
            for (int k = 0; k < 121; k++) {
                int r = env.cellOf(i) / 180 + k / 11 - 5;
                int c = env.cellOf(i) % 180 + k % 11 - 5;
                boolean inside = r >= 0 && r < 200 && c >= 0 && c < 180;
                assertEquals(inside && taken.contains(180 * r + c) ? 1 : 0, seen[121 + k]);
                if (inside) {
                    assertEquals(env.blocked(180 * r + c) ? 1 : 0, seen[k]);
                }
            }
        }
    }

    @Test
    void theGoalIsClampedToTheEdgeOfSight() {
        PogemaEnv env = on("a....A", "radius", "1");
        float[] seen = new float[27];
        env.observe(0, seen, 0);
        assertArrayEquals(
                new float[] {0, 0, 0, 0, 0, 1, 0, 0, 0}, Arrays.copyOfRange(seen, 18, 27));
    }

    @Test
    void whoFinishesLeavesTheGridAndStaysTerminated() {
        PogemaEnv env = on("aAb.B", "on_target", "finish", "horizon", "5");
        StepResult result = step(env, 4, 0);
        assertArrayEquals(new boolean[] {true, false}, result.terminated);
        assertEquals(1, result.terms[0]);
        result = step(env, 4, 3);
        assertEquals(1, env.cellOf(1), "b walks through the cell that a has left");
        assertEquals(0, result.terms[0], "and a is paid once");
        assertArrayEquals(new boolean[] {true, false}, result.terminated);
        for (int t = 0; t < 3; t++) {
            result = step(env, 0, 0);
        }
        assertTrue(result.truncated);
        assertArrayEquals(
                new double[] {0, 0.5, 0, 3, 0}, result.metrics, "R, ISR, CSR, ep_length, blocked");
    }

    @Test
    void whereAllMustBeThereAtOnceLeavingInTheLastStepBreaksNoStay() {
        PogemaEnv env = on("aA\nbB", "on_target", "nothing", "horizon", "3");
        step(env, 4, 0);
        step(env, 0, 0);
        StepResult result = step(env, 3, 0);
        assertArrayEquals(new double[] {0, 0, 0, 3, 1 + 3, 3, 0}, result.metrics);
        env.reset(2);
        step(env, 4, 0);
        result = step(env, 0, 4);
        assertArrayEquals(new double[] {1, 1, 1, 2, 1 + 2, 2, 0}, result.metrics);
        assertArrayEquals(new boolean[] {true, true}, result.terminated);
        assertFalse(result.truncated);
    }

    @Test
    void aReachedGoalIsReplacedInTheSameStepAndCountsForTheWholeEpisode() {
        PogemaEnv env = on("aA.", "horizon", "10");
        env.goalsFrom(agent -> 2);
        StepResult result = step(env, 4);
        assertEquals(1, result.terms[0]);
        assertEquals(2, env.goalOf(0));
        assertEquals(0.1, result.metrics[1]);
        result = step(env, 4);
        assertEquals(0.2, result.metrics[1]);
    }

    @Test
    void newGoalsAreUniformOverTheCellsInReachWithoutOwnOneUnlessAskedFor() {
        for (String same : List.of("off", "on")) {
            PogemaEnv env = on("aA...\n#####\n.....", "same_goal", same, "horizon", "100000");
            Map<Integer, Integer> counts = new TreeMap<>();
            int rounds = 20_000;
            for (int t = 0; t < rounds; t++) {
                env.begin(new int[] {0}, new int[] {1});
                step(env, 4);
                counts.merge(env.goalOf(0), 1, Integer::sum);
            }
            Set<Integer> cells = same.equals("on") ? Set.of(0, 1, 2, 3, 4) : Set.of(0, 2, 3, 4);
            assertEquals(cells, counts.keySet());
            double p = 1.0 / cells.size();
            double sigma = Math.sqrt(rounds * p * (1 - p));
            counts.values().forEach(n -> assertEquals(rounds * p, n, 4.5 * sigma));
        }
    }

    @Test
    void agentsOnlyOccupyTheMainPartUnlessAskedForTheReference() {
        String map = "..#......\n###......\n.........\n";
        int pockets = 0;
        for (String placement : List.of("main", "reference")) {
            for (int seed = 0; seed < 50; seed++) {
                PogemaEnv env =
                        (PogemaEnv)
                                WORLD.create(
                                        WORLD.configure(
                                                Map.of(
                                                        "map",
                                                        map,
                                                        "agents",
                                                        "8",
                                                        "placement",
                                                        placement)));
                env.reset(seed);
                Set<Integer> cells = new HashSet<>();
                for (int i = 0; i < 8; i++) {
                    boolean pocket = env.cellOf(i) < 2;
                    assertEquals(pocket, env.goalOf(i) < 2, "starts and goals are connected");
                    assertTrue(cells.add(env.cellOf(i)) && cells.add(env.goalOf(i)));
                    assertFalse(pocket && placement.equals("main"));
                    pockets += pocket ? 1 : 0;
                }
            }
        }
        assertTrue(pockets > 10);
    }

    @Test
    void mapsWithoutRoomAreDrawnWithFewerObstacles() {
        PogemaEnv env =
                (PogemaEnv)
                        WORLD.create(
                                WORLD.configure(
                                        Map.of(
                                                "height", "6", "width", "6", "agents", "18",
                                                "density", "0.9")));
        env.reset(1);
        for (int cell = 0; cell < 36; cell++) {
            assertFalse(env.blocked(cell));
        }
    }

    @Test
    void scenariosGiveTheirFirstAgentsWithXAsTheColumn() {
        PogemaEnv env =
                (PogemaEnv)
                        WORLD.create(
                                WORLD.configure(
                                        Map.of(
                                                "map",
                                                "type octile\nheight 2\nwidth 4\nmap\n..GS\n@TW.\n",
                                                "scen",
                                                "version 1\n0\tm.map\t4\t2\t3\t1\t0\t0\t4.4\n"
                                                        + "0\tm.map\t4\t2\t1\t0\t2\t0\t1\n",
                                                "agents",
                                                "2")));
        env.reset(1);
        assertArrayEquals(new int[] {7, 1}, cells(env));
        assertEquals(0, env.goalOf(0));
        assertEquals(2, env.goalOf(1));
    }

    @Test
    void mapsThatWontDoAreRefusedWithPlaceAndRemedy() {
        refused(
                "world option map, line 2, column 3: the row has 2 cells where the first has 3; make"
                        + " all rows equally long",
                "map",
                "...\n..\n");
        refused(
                "world option map, line 1, column 3: goal 'A' can't be reached from agent 'a'; open"
                        + " the walls between them",
                "map",
                "a#A\n");
        refused(
                "world option map, line 1, column 1: agent 'a' has no goal; write 'A' where it wants"
                        + " to go",
                "map",
                "a..\n");
        refused(
                "world option map, line 1, column 2: goal 'T' has no agent; write 't' where it"
                        + " starts, or, in a MovingAI map, keep the line \"type octile\"",
                "map",
                ".T.\n");
        refused(
                "world option map, line 2, column 1: letter 'a' stands twice; write another letter"
                        + " or '.'",
                "map",
                "aA\na.\n");
        refused(
                "world option agents is 8 but the map names 1; set agents to at most that, or write"
                        + " more letters into the map",
                "map",
                "aA\n");
        refused(
                "world option agents is 8 but on this map there is room for starts and goals of 1;"
                        + " take fewer agents or a larger map",
                "map",
                "..#\n##.\n");
        refused(
                "world option agents is 8 but on this map there is room for starts and goals of 0;"
                        + " take fewer agents or a larger map",
                "map",
                "##\n##\n");
        refused(
                "world option generator is \"map\" but option map is empty; give a map, for instance"
                        + " map=@my.map",
                "generator",
                "map");
        refused(
                "world option map, line 2: the height is 3 but there are 1 rows; correct the one or"
                        + " the other",
                "map",
                "type octile\nheight 3\nwidth 2\nmap\n..\n");
        refused(
                "world option map, line 3: the width must be from 1 to 1024, not 5000; cut the map",
                "map",
                "type octile\nheight 1\nwidth 5000\nmap\n..\n");
        refused(
                "world option map, line 5, column 2: unknown letter 'x'; a cell of a MovingAI map is"
                        + " one of . G S @ O T W",
                "map",
                "type octile\nheight 1\nwidth 2\nmap\n.x\n");
    }

    @Test
    void scenariosThatWontDoAreRefusedWithPlaceAndRemedy() {
        String map = "....\n#...\n";
        String head = "version 1\n0\tm\t4\t2\t";
        refused(
                "world option scen, line 2, column 9: the start (x 0, y 1) is an obstacle; x is the"
                        + " column, y the row",
                "map",
                map,
                "agents",
                "1",
                "scen",
                head + "0\t1\t3\t0\t3\n");
        refused(
                "world option scen, line 2, column 13: the goal (x 3, y 2) is outside the map of 4 ×"
                        + " 2 cells; x is the column, y the row",
                "map",
                map,
                "agents",
                "1",
                "scen",
                head + "0\t0\t3\t2\t3\n");
        refused(
                "world option scen, line 2: the scenario has 1 agents where 2 are asked for; set"
                        + " agents to at most 1",
                "map",
                map,
                "agents",
                "2",
                "scen",
                head + "0\t0\t3\t0\t3\n");
        refused(
                "world option scen, line 2, column 13: the goal can't be reached from the start;"
                        + " remove the line",
                "map",
                "..#.\n..#.\n",
                "agents",
                "1",
                "scen",
                head + "0\t0\t3\t0\t3\n");
        refused(
                "world option scen needs the map that it belongs to; set option map",
                "scen",
                head + "0\t0\t3\t0\t3\n");
        refused(
                "world option scen, line 1: a scenario begins with the line \"version 1\"; write"
                        + " that line",
                "map",
                map,
                "scen",
                "0\tm\t4\t2\t0\t0\t3\t0\t3\n");
    }

    @Test
    void moreThanACopyCanHoldIsRefused() {
        refused(
                "world options agents 10000, radius 15 and observation local make 28830000 numbers a"
                        + " step, more than 16777216; take fewer agents or let them see less",
                "agents",
                "10000",
                "radius",
                "15",
                "height",
                "512",
                "width",
                "512");
        refused(
                "world option agents is 200 but on 16 × 16 cells there is room for starts and goals"
                        + " of 128; take fewer agents or a larger map",
                "agents",
                "200");
        assertThrows(IllegalArgumentException.class, () -> WORLD.configure(Map.of("agents", "0")));
    }
}
