package marlab.sim.world.dilemma;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class TagOutTest {

    private static final Gathering WORLD = new Gathering();
    private static final int NORTH = 0;
    private static final int EAST = 1;
    private static final int SOUTH = 2;
    private static final int WEST = 3;
    private static final int FORWARD = 0;
    private static final int BACKWARD = 1;
    private static final int STEP_LEFT = 2;
    private static final int STEP_RIGHT = 3;

    /// A world with this map; options as name, value, name, value …
    private static TagOut world(String map, int agents, String... options) {
        Map<String, String> texts = new HashMap<>();
        texts.put("map", map);
        texts.put("agents", Integer.toString(agents));
        for (int k = 0; k < options.length; k += 2) {
            texts.put(options[k], options[k + 1]);
        }
        TagOut world = (TagOut) WORLD.create(WORLD.configure(texts));
        world.reset(1);
        return world;
    }

    private static StepResult step(TagOut world, int... choices) {
        Actions actions = new Actions(world.spec());
        for (int i = 0; i < choices.length; i++) {
            actions.choose(i, choices[i]);
        }
        return world.step(actions);
    }

    private static void stand(TagOut world, int steps) {
        int[] all = new int[world.spec().agentCount()];
        Arrays.fill(all, TagOut.STAND);
        for (int t = 0; t < steps; t++) {
            step(world, all);
        }
    }

    private static double term(TagOut world, StepResult result, int agent, String term) {
        return result.terms[agent * world.spec().terms().size() + world.spec().termIndex(term)];
    }

    private static int[] at(TagOut world, int agent) {
        return new int[] {world.row(agent), world.column(agent)};
    }

    @Test
    void movesAreRelativeToWhereAnAgentLooks() {
        TagOut world = world(" \n".repeat(5).replace(" ", "     "), 1);
        int[][][] ends = { // per orientation: forward, backward, left, right
            {{1, 2}, {3, 2}, {2, 1}, {2, 3}},
            {{2, 3}, {2, 1}, {1, 2}, {3, 2}},
            {{3, 2}, {1, 2}, {2, 3}, {2, 1}},
            {{2, 1}, {2, 3}, {3, 2}, {1, 2}}
        };
        for (int way = NORTH; way <= WEST; way++) {
            for (int move = FORWARD; move <= STEP_RIGHT; move++) {
                world.place(0, 2, 2, way, 0, 0);
                world.begin();
                step(world, move);
                assertArrayEquals(ends[way][move], at(world, 0), way + " " + move);
            }
        }
    }

    @Test
    void wallsAndTheEdgeBlockAndAgentsDoNot() {
        TagOut world = world("  #\n", 2);
        world.place(0, 0, 1, EAST, 0, 0);
        world.place(1, 0, 0, EAST, 0, 0);
        world.begin();
        step(world, FORWARD, FORWARD);
        assertArrayEquals(new int[] {0, 1}, at(world, 0));
        assertArrayEquals(new int[] {0, 1}, at(world, 1), "they share a cell");
        step(world, STEP_LEFT, BACKWARD);
        assertArrayEquals(new int[] {0, 1}, at(world, 0), "the edge blocks");
        assertArrayEquals(new int[] {0, 0}, at(world, 1));
    }

    @Test
    void aBeamPassesWallsAndAgentsAndHitsAllInReach() {
        TagOut world = world("  #    \n", 4, "beam_length", "5", "hits_to_tag", "1");
        world.place(0, 0, 0, EAST, 0, 0);
        world.place(1, 0, 1, EAST, 0, 0);
        world.place(2, 0, 5, EAST, 0, 0);
        world.place(3, 0, 6, EAST, 0, 0);
        world.begin();
        StepResult result = step(world, TagOut.FIRE, TagOut.STAND, TagOut.STAND, TagOut.STAND);
        assertEquals(25, world.timeout(1));
        assertEquals(25, world.timeout(2), "five cells away, behind wall and agent");
        assertEquals(0, world.timeout(3), "six cells away");
        assertEquals(2, term(world, result, 0, "strikes"));
        assertEquals(-1, term(world, result, 1, "struck"));
        assertFalse(world.lit(2, true), "walls are skipped");
        assertTrue(world.lit(5, true));
        assertEquals(0, result.metrics[0], "hits bring and cost nothing here");
    }

    @Test
    void aWideBeamReachesHalfItsWidthToEitherSide() {
        String map = "     \n".repeat(7);
        for (String width : new String[] {"4", "5"}) {
            TagOut world = world(map, 3, "beam_width", width, "hits_to_tag", "1");
            world.place(0, 6, 2, NORTH, 0, 0);
            world.place(1, 5, 0, NORTH, 0, 0);
            world.place(2, 6, 1, NORTH, 0, 0);
            world.begin();
            step(world, TagOut.FIRE, TagOut.STAND, TagOut.STAND);
            assertEquals(25, world.timeout(1));
            assertEquals(0, world.timeout(2), "it begins in front of the agent");
        }
    }

    @Test
    void theSecondHitTagsAndWhoIsOutCannotBeHitOrAct() {
        TagOut world = world("    \n", 2, "timeout", "3");
        world.place(0, 0, 0, EAST, 0, 0);
        world.place(1, 0, 3, WEST, 0, 0);
        world.begin();
        step(world, TagOut.FIRE, TagOut.STAND);
        assertEquals(1, world.hits(1));
        step(world, TagOut.FIRE, FORWARD);
        assertEquals(3, world.timeout(1));
        assertEquals(0, world.hits(1), "hits are forgotten");
        assertArrayEquals(new int[] {0, 3}, at(world, 1), "out before its turn came");
        step(world, TagOut.FIRE, FORWARD);
        step(world, TagOut.FIRE, FORWARD);
        assertEquals(1, world.timeout(1));
        assertEquals(0, world.hits(1));
        assertArrayEquals(new int[] {0, 3}, at(world, 1));
        step(world, TagOut.STAND, FORWARD);
        assertArrayEquals(new int[] {0, 2}, at(world, 1), "back when the count is at 0");
    }

    @Test
    void whoActsEarlierHasActedEvenWhenTaggedInTheSameStep() {
        TagOut world = world("    \n", 2, "hits_to_tag", "1");
        world.place(0, 0, 0, EAST, 0, 0);
        world.place(1, 0, 3, WEST, 0, 0);
        world.begin();
        step(world, FORWARD, TagOut.FIRE);
        assertArrayEquals(new int[] {0, 1}, at(world, 0));
        assertEquals(25, world.timeout(0));
    }

    @Test
    void anEatenAppleIsBackAfterItsTimeEvenUnderAnAgent() {
        TagOut world = world("A \n", 1, "respawn_time", "3");
        world.place(0, 0, 1, WEST, 0, 0);
        world.begin();
        StepResult result = step(world, FORWARD);
        assertEquals(1, result.metrics[0]);
        assertFalse(world.apple(0));
        stand(world, 2);
        assertFalse(world.apple(0));
        result = step(world, TagOut.STAND);
        assertEquals(1, term(world, result, 0, "apples"), "the third respawn phase, then eaten");
    }

    @Test
    void whoIsOutDoesNotEatAndTheLowerIndexEatsFirst() {
        TagOut world = world("A\n", 3);
        world.place(0, 0, 0, NORTH, 9, 0);
        world.place(1, 0, 0, NORTH, 0, 0);
        world.place(2, 0, 0, NORTH, 0, 0);
        world.begin();
        StepResult result = step(world, TagOut.STAND, TagOut.STAND, TagOut.STAND);
        assertEquals(0, term(world, result, 0, "apples"));
        assertEquals(1, term(world, result, 1, "apples"));
        assertEquals(0, term(world, result, 2, "apples"));
    }

    /// Draws the same number again and again and counts.
    private static final class Fixed implements TagOut.Chance {
        private final double value;
        private int draws;

        Fixed(double value) {
            this.value = value;
        }

        @Override
        public double uniform() {
            draws++;
            return value;
        }

        @Override
        public int index(int count) {
            return count - 1;
        }
    }

    @Test
    void regrowthDependsOnLiveApplesWithinTwoCells() {
        double[] expected = {0, 0.01, 0.01, 0.05, 0.05, 0.1, 0.1};
        for (int live = 0; live < expected.length; live++) {
            for (double off : new double[] {-1e-9, 1e-9}) {
                TagOut world = world("AAAAA \nAAAAA \n      \n", 1, "respawn", "neighbours");
                world.place(0, 2, 5, NORTH, 0, 0);
                for (int k = 0; k < 10; k++) {
                    world.apple(k, k == 9 ? live > 0 : k < live - 1, 0);
                }
                world.apple(2, false, 0); // row 0, column 2: all others are within two cells
                boolean counted = live - 1 > 2;
                int near = live - (counted ? 1 : 0);
                world.begin();
                Fixed chance = new Fixed(expected[near] + off);
                world.draws(chance);
                step(world, TagOut.STAND);
                assertEquals(off < 0 && near > 0, world.apple(2), live + " " + off);
            }
        }
    }

    @Test
    void applesThatComeBackEarlyInAStepCountForLaterOnes() {
        TagOut world = world("AAA \n", 1, "respawn", "neighbours");
        world.place(0, 0, 3, NORTH, 0, 0);
        world.apple(0, true, 0);
        world.apple(1, false, 0);
        world.apple(2, false, 0);
        world.begin();
        Fixed chance = new Fixed(0.005);
        world.draws(chance);
        step(world, TagOut.STAND);
        assertTrue(world.apple(1) && world.apple(2));
        assertEquals(2, chance.draws);
        TagOut bare = world("AAA \n", 1, "respawn", "neighbours");
        bare.place(0, 0, 3, NORTH, 0, 0);
        for (int k = 0; k < 3; k++) {
            bare.apple(k, false, 0);
        }
        bare.begin();
        bare.draws(chance);
        step(bare, TagOut.STAND);
        assertEquals(2, chance.draws, "without a neighbour nothing is drawn");
    }

    @Test
    void wasteStopsGrowthAndAboveTheThresholdNoWasteIsAdded() {
        TagOut world = world("HHRRR A\n", 1, "respawn", "river");
        world.place(0, 0, 5, WEST, 0, 0);
        world.apple(0, false, 0);
        world.begin();
        Fixed chance = new Fixed(0);
        world.draws(chance);
        step(world, TagOut.STAND);
        assertEquals(0, chance.draws, "2 of 5 are dirty: the threshold itself");
        assertEquals(0, world.growth());
        world.waste(1, false);
        world.begin();
        step(world, TagOut.STAND);
        assertEquals(1, chance.draws, "one draw for waste");
        assertTrue(world.waste(4), "the last clean cell without an agent");
        assertEquals(0.4, world.density(), "counted after the new waste");
        assertFalse(world.apple(0));
    }

    @Test
    void growthFallsInAStraightLineFromClearToThreshold() {
        TagOut world = world("RRRRRRRRRR A\n", 1, "respawn", "river");
        world.place(0, 0, 10, WEST, 0, 0);
        for (int dirty = 0; dirty <= 4; dirty++) {
            for (int k = 0; k < 10; k++) {
                world.waste(k, k < dirty);
            }
            world.begin();
            assertEquals(Math.max(0, 0.05 * (1 - dirty / 4.0)), world.growth(), 1e-15);
        }
    }

    @Test
    void cleaningCostsShootingCostsMoreAndSprayCleansAllItCovers() {
        TagOut world =
                world(
                        "HHH \nHHH \nHHH \n",
                        2,
                        "respawn",
                        "river",
                        "beam_width",
                        "3",
                        "beam_length",
                        "2",
                        "hits_to_tag",
                        "1",
                        "fire_cost",
                        "1",
                        "fire_penalty",
                        "50");
        world.place(0, 1, 3, WEST, 0, 0);
        world.place(1, 1, 1, WEST, 0, 0);
        world.begin();
        world.draws(new Fixed(0.9));
        StepResult result = step(world, TagOut.CLEAN, TagOut.STAND);
        assertEquals(-0.5, result.metrics[0]);
        assertEquals(3 / 9.0, world.density(), "six cells at once, past the other agent");
        result = step(world, TagOut.FIRE, TagOut.STAND);
        assertEquals(-51 / 2.0, result.metrics[0]);
        assertEquals(25, world.timeout(1));
    }

    @Test
    void applesGrowOnlyOnCellsWithoutAgents() {
        TagOut world = world("RRR A A\n", 1, "respawn", "river");
        world.place(0, 0, 4, WEST, 3, 0);
        world.apple(0, false, 0);
        world.apple(1, false, 0);
        world.begin();
        Fixed chance = new Fixed(0.01);
        world.draws(chance);
        step(world, TagOut.STAND);
        assertEquals(2, chance.draws, "one for waste, one for the free cell");
        assertFalse(world.apple(0));
    }

    /// What the cell `ahead` and `aside` of an agent shows: a channel, −1 for nothing.
    private static int seen(TagOut world, int agent, int ahead, int aside) {
        float[] view = new float[world.spec().groupOf(agent).observation().size()];
        world.observe(agent, view, 0);
        int columns = world.rules().viewColumns();
        int layer = world.rules().viewRows() * columns;
        int cell = (world.rules().ahead() - ahead) * columns + world.rules().side() + aside;
        int found = -1;
        for (int channel = 0; channel * layer + TagRules.OWN < view.length; channel++) {
            if (view[TagRules.OWN + channel * layer + cell] != 0) {
                assertEquals(-1, found, "two things in one cell");
                found = channel;
            }
        }
        return found;
    }

    @Test
    void aheadIsUpForEveryOrientation() {
        String map = "#####\n#   #\n#   #\n#  A#\n#####\n";
        TagOut world = world(map, 1, "view_ahead", "3", "view_side", "2");
        int[][] apple = {{-1, 1}, {1, 1}, {1, -1}, {-1, -1}}; // ahead, aside of the middle
        for (int way = NORTH; way <= WEST; way++) {
            world.place(0, 2, 2, way, 0, 0);
            world.begin();
            if (apple[way][0] >= 0) {
                assertEquals(
                        TagRules.APPLE, seen(world, 0, apple[way][0], apple[way][1]), "" + way);
            }
            assertEquals(TagRules.WALL, seen(world, 0, 2, 0));
            assertEquals(TagRules.WALL, seen(world, 0, 3, 0), "all beyond the map is wall");
            assertEquals(-1, seen(world, 0, 0, 0), "nothing marks the observer");
        }
    }

    @Test
    void theLowestIndexHidesOthersInItsCellAndAgentsHideBeams() {
        TagOut world = world("     \n", 4, "view_ahead", "4", "view_side", "1");
        world.place(0, 0, 1, EAST, 0, 0);
        world.place(1, 0, 1, EAST, 0, 0);
        world.place(2, 0, 3, WEST, 5, 0);
        world.place(3, 0, 3, WEST, 0, 0);
        world.begin();
        step(world, TagOut.FIRE, TagOut.STAND, TagOut.STAND, TagOut.STAND);
        assertEquals(TagRules.OTHER, seen(world, 1, 0, 0), "agent 0 stands on agent 1");
        assertEquals(-1, seen(world, 0, 0, 0));
        assertEquals(TagRules.BEAM, seen(world, 0, 1, 0));
        assertEquals(TagRules.OUT, seen(world, 0, 2, 0), "agent 2 hides agent 3 and the beam");
        stand(world, 1);
        assertEquals(-1, seen(world, 0, 1, 0), "beams last a step");
    }

    @Test
    void everyStartIsTakenOnceAndFurtherAgentsStandOnBareGround() {
        TagOut world = world("PAPP\n#PP \n", 7);
        for (int seed = 0; seed < 50; seed++) {
            world.reset(seed);
            int[] count = new int[8];
            for (int i = 0; i < 7; i++) {
                count[world.row(i) * 4 + world.column(i)] += 1;
            }
            assertEquals(0, count[1], "an apple grows there");
            assertEquals(0, count[4], "a wall");
            for (int cell : new int[] {0, 2, 3, 5, 6}) {
                assertTrue(count[cell] >= 1);
            }
        }
    }

    @Test
    void aMapThatCannotBePlayedIsRefusedWithARemedy() {
        for (String map : new String[] {"##\n", "#A\n###\n", "#x\n"}) {
            assertThrows(IllegalArgumentException.class, () -> world(map, 1), map);
        }
        assertTrue(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> world("A  \n", 1, "respawn", "river"))
                        .getMessage()
                        .contains("write cells R or H"));
        assertEquals("# PAA\nHRS #\n", TagMap.normal("@.PAB\nHRS.#"));
    }

    @Test
    void cleanupAndCommonsHarvestHaveTheseRulesToo() {
        for (WorldProvider world : List.of(new Cleanup(), new CommonsHarvest())) {
            ParallelEnv env = world.create(world.configure(Map.of("rules", "tag_out")));
            TagRules rules = ((TagOut) env).rules();
            assertEquals(world.name(), env.spec().world());
            assertEquals(5, rules.agents());
            assertEquals(1, rules.hitsToTag());
            assertEquals(rules.wet() ? 9 : 8, env.spec().groupOf(0).action().size());
        }
    }

    @Test
    void aMapThatBeginsWithAtIsNotTakenForAFile() {
        Map<String, String> painted = Map.of("map", "@@@@\n@PA@\n@@@@\n", "agents", "1");
        assertEquals("####\n#PA#\n####\n", WORLD.configure(painted).text("map"));
        assertEquals("@@@@\n@PA@\n@@@@\n", new CommonsHarvest().configure(painted).text("map"));
    }

    /// Metrics of an episode with a script.
    private static double[] play(String example, String script, int steps) {
        var options = WORLD.configure(WORLD.examples().get(example));
        ParallelEnv env = WORLD.create(options);
        Policy policy = WORLD.scriptedPolicies(options).get(script);
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(7);
        env.reset(5);
        double[] sums = new double[env.spec().metrics().size()];
        for (int t = 0; t < steps; t++) {
            policy.act(env, decision, random);
            StepResult result = env.step(decision.actions);
            for (int k = 0; k < sums.length; k++) {
                sums[k] += result.metrics[k];
            }
        }
        return sums;
    }

    @Test
    void sparingApplesKeepsACommonsThatGreedDepletes() {
        double sustainable = play("commons", "sustainable", 1000)[0];
        double greedy = play("commons", "greedy", 1000)[0];
        assertTrue(sustainable > 2 * greedy, sustainable + " against " + greedy);
    }

    @Test
    void aRiverNeedsSomebodyWhoCleans() {
        double[] third = play("cleanup", "a third cleans", 1000);
        double[] nobody = play("cleanup", "nobody cleans", 1000);
        assertTrue(third[5] > 2 * nobody[5], third[5] + " apples against " + nobody[5]);
        assertTrue(third[9] < nobody[9], "waste");
    }

    @Test
    void armedGatherersTagEachOther() {
        assertTrue(play("reference map", "armed gatherers", 500)[7] > 5);
        assertEquals(0, play("reference map", "peaceful gatherers", 500)[7]);
    }
}
