package marlab.sim.planning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlannersTest {

    /// A corridor of five cells with a pocket in the middle; the agents must change sides.
    private static Town corridor() {
        return new Town(List.of("##.##", "....."), new int[] {5, 9}, new int[] {9, 5});
    }

    private static void play(Town town, Function<Crowd, Planner> maker, int steps, long seed) {
        RandomStream random = new RandomStream(seed);
        Crowd crowd = Crowd.of(town);
        Planner planner = maker.apply(crowd);
        for (int t = 0; t < steps; t++) {
            crowd.read(town);
            planner.plan(random);
            town.step(crowd.move);
        }
    }

    private static int[] plainDistances(PaddedMap map, int goal) {
        int[] distance = new int[map.size];
        Arrays.fill(distance, -1);
        distance[goal] = 0;
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(goal));
        while (!queue.isEmpty()) {
            int place = queue.remove();
            for (int move = 1; move < PaddedMap.MOVES; move++) {
                int next = place + map.step[move];
                if (map.free[next] == 1 && distance[next] < 0) {
                    distance[next] = distance[place] + 1;
                    queue.add(next);
                }
            }
        }
        return distance;
    }

    @Test
    void oneBitPerPlaceTellsWhichNeighbourIsNearer() {
        for (int size : new int[] {1, 7, 30, 31, 61, 62, 63, 64}) {
            Town town = Town.random(size, size + 3, 0.3, 5, size);
            PaddedMap map = new PaddedMap(town);
            DistanceFields fields = new DistanceFields(map);
            for (int goalCell : town.goal) {
                int goal = map.place(goalCell);
                int[] distance = plainDistances(map, goal);
                for (int place = 0; place < map.size; place++) {
                    if (map.component[place] == map.component[goal]) {
                        assertEquals(distance[place], fields.distance(place, goal));
                    }
                }
            }
        }
    }

    @Test
    void fieldsThatMustGiveWayComeBackTheSame() {
        int[][] ends = new int[2][];
        for (int k = 0; k < 2; k++) {
            Town town = Town.random(20, 20, 0.2, 60, 4);
            PaddedMap map = new PaddedMap(town);
            DistanceFields fields = new DistanceFields(map, k == 0 ? 1 << 30 : 1000);
            Crowd crowd = new Crowd(map, fields, town.agents());
            crowd.read(town);
            Pibt pibt = new Pibt(crowd);
            RandomStream random = new RandomStream(1);
            for (int t = 0; t < 50; t++) {
                crowd.read(town);
                pibt.plan(random);
                town.step(crowd.move);
            }
            ends[k] = town.at;
        }
        assertArrayEquals(ends[0], ends[1]);
    }

    @Test
    void aStarAloneWalksAShortestPathAndParks() {
        for (int seed = 0; seed < 50; seed++) {
            Town town = Town.random(12, 12, 0.25, 2, seed);
            PaddedMap map = new PaddedMap(town);
            DistanceFields fields = new DistanceFields(map);
            AStar search = new AStar(map, fields, new Reservations(map, 80), 80);
            int from = map.place(town.at[0]);
            int goal = map.place(town.goal[0]);
            int[] path = new int[81];
            if (map.component[from] != map.component[goal]) {
                assertFalse(search.find(from, goal, 0, path, 0));
                continue;
            }
            assertTrue(search.find(from, goal, 0, path, 0));
            int arrival = 0;
            while (path[arrival] != goal) {
                arrival++;
            }
            assertEquals(plainDistances(map, goal)[from], arrival);
            for (int t = arrival; t <= 80; t++) {
                assertEquals(goal, path[t]);
            }
        }
    }

    /// 40 crowds of up to every free cell, about a million agent-steps.
    @Test
    void pibtNeverHasAConflict() {
        long agentSteps = 0;
        for (int seed = 0; seed < 40; seed++) {
            RandomStream size = new RandomStream(seed);
            int rows = 2 + size.nextInt(12);
            int columns = 2 + size.nextInt(12);
            int agents = 1 + size.nextInt(rows * columns);
            Town town = Town.random(rows, columns, 0.4 * size.nextDouble(), agents, seed);
            int steps = 25_000 / town.agents() + 1;
            play(town, Pibt::new, steps, seed);
            assertEquals(0, town.cancelled);
            agentSteps += (long) steps * town.agents();
        }
        assertTrue(agentSteps >= 1_000_000);
    }

    /// Theorem 1 of Okumura et al. 2022: where every edge is on a cycle, everybody reaches its goal
    /// at some time within diameter × agents steps; also when no cell is free.
    @ParameterizedTest
    @ValueSource(ints = {5, 20, 35, 36})
    void pibtBringsEverybodyToItsGoalOnBiconnectedMaps(int agents) {
        for (int seed = 0; seed < 20; seed++) {
            Town drawn = Town.random(6, 6, 0, agents, seed);
            Town town = new Town(Collections.nCopies(6, "......"), drawn.at, drawn.goal);
            play(town, Pibt::new, 10 * agents, seed);
            for (int arrivals : town.arrivals) {
                assertTrue(arrivals > 0);
            }
        }
    }

    @Test
    void aLongQueueOfAgentsIsNoProblem() {
        int n = 20_000;
        int[] starts = new int[n];
        int[] goals = new int[n];
        for (int i = 0; i < n; i++) {
            starts[i] = i;
            goals[i] = i + 1;
        }
        Town town = new Town(List.of(".".repeat(n + 1)), starts, goals);
        play(town, Pibt::new, 1, 1);
        assertEquals(n, town.allArrivals());
    }

    /// The first takes the straight way and parks where the second stands: incomplete, although
    /// there is a way for both.
    @Test
    void prioritisedPlanningInAFixedOrderFailsInACorridor() {
        Town town = corridor();
        play(town, crowd -> new PrioritisedPlanning(crowd, 100), 50, 1);
        assertFalse(town.at[0] == town.goal[0] && town.at[1] == town.goal[1]);

        Town solved = corridor();
        int[][] firstGivesWay = {{4, 3}, {4, 0}, {1, 3}, {0, 3}, {2, 3}, {4, 0}, {4, 0}};
        for (int[] moves : firstGivesWay) {
            solved.step(moves);
        }
        assertEquals(0, solved.cancelled);
        assertArrayEquals(solved.goal, solved.at);
    }

    @Test
    void rotatedPrioritiesSolveTheCorridor() {
        Town town = corridor();
        play(town, crowd -> new PrioritisedPlanning(crowd, 16), 60, 1);
        assertArrayEquals(town.goal, town.at);
    }

    @Test
    void prioritisedPlanningHasNoConflictsWhileEverybodyFindsAWay() {
        for (int seed = 0; seed < 20; seed++) {
            Town town = Town.random(16, 16, 0, 12, seed);
            play(town, crowd -> new PrioritisedPlanning(crowd, 16), 200, seed);
            assertEquals(0, town.cancelled);
            assertTrue(town.allArrivals() > 160);
        }
    }

    @Test
    void everyPlannerStaysWhereThereIsNoWay() {
        List<Function<Crowd, Planner>> makers =
                List.of(ShortestPath::new, Pibt::new, c -> new PrioritisedPlanning(c, 8));
        for (Function<Crowd, Planner> maker : makers) {
            Town town = new Town(List.of("..#.."), new int[] {0, 4}, new int[] {4, 1});
            play(town, maker, 20, 1);
            assertArrayEquals(new int[] {0, 4}, town.at);
        }
    }

    @Test
    void whoGetsStuckOnItsShortestPathTriesSomethingElse() {
        Town town = new Town(List.of("...", "..."), new int[] {0, 2}, new int[] {2, 0});
        play(town, ShortestPath::new, 100, 3);
        assertTrue(town.arrivals[0] > 0 && town.arrivals[1] > 0);
    }
}
