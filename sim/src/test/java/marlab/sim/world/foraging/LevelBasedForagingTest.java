package marlab.sim.world.foraging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;

class LevelBasedForagingTest {

    private static final LevelBasedForaging WORLD = new LevelBasedForaging();

    private static final int NORTH = 1;
    private static final int SOUTH = 2;
    private static final int WEST = 3;
    private static final int EAST = 4;
    private static final int LOAD = 5;

    private static EnvOptions options(Object... pairs) {
        Map<String, String> texts = new HashMap<>();
        for (int k = 0; k < pairs.length; k += 2) {
            texts.put(pairs[k].toString(), pairs[k + 1].toString());
        }
        return WORLD.configure(texts);
    }

    /// A copy with players and foods given as row, column, level.
    private static ParallelEnv at(EnvOptions options, int[][] players, int[][] foods) {
        ParallelEnv env = WORLD.create(options);
        env.reset(0);
        Frame frame = new Frame(env.spec());
        env.snapshot(frame);
        int n = players.length;
        int f = foods.length;
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < n; i++) {
                frame.state[k * n + i] = players[i][k];
            }
            for (int i = 0; i < f; i++) {
                frame.state[4 * n + k * f + i] = foods[i][k];
            }
        }
        for (int i = 0; i < f; i++) {
            frame.state[4 * n + 3 * f + i] = 1;
            sum += foods[i][2];
        }
        frame.state[frame.state.length - 1] = sum;
        env.restore(frame);
        return env;
    }

    private static StepResult step(ParallelEnv env, int... choices) {
        Actions actions = new Actions(env.spec());
        for (int i = 0; i < choices.length; i++) {
            actions.choose(i, choices[i]);
        }
        return env.step(actions);
    }

    private static double[] rewards(ParallelEnv env, StepResult result) {
        double[] rewards = new double[env.spec().agentCount()];
        RewardWeights.defaults(env.spec().terms())
                .combine(result.terms, 0, rewards.length, rewards, 0);
        return rewards;
    }

    private static int[] place(ParallelEnv env, int player) {
        Frame frame = new Frame(env.spec());
        env.snapshot(frame);
        int n = env.spec().agentCount();
        return new int[] {(int) frame.state[player], (int) frame.state[n + player]};
    }

    private static double[] seen(ParallelEnv env, int player) {
        double[] seen = new double[env.spec().groups().getFirst().observation().size()];
        env.observe(player, seen, 0);
        return seen;
    }

    private static EnvOptions five(int players, Object... more) {
        Object[] pairs = new Object[8 + more.length];
        System.arraycopy(
                new Object[] {"rows", 5, "columns", 5, "foods", 1, "players", players},
                0,
                pairs,
                0,
                8);
        System.arraycopy(more, 0, pairs, 8, more.length);
        return options(pairs);
    }

    @Test
    void foodGoesWhenLevelsReachItsOwnAndIsSharedByLevel() {
        ParallelEnv env =
                at(five(3), new int[][] {{1, 2, 1}, {2, 1, 2}, {4, 4, 1}}, new int[][] {{2, 2, 3}});
        StepResult result = step(env, LOAD, LOAD, 0);
        assertArrayEquals(new double[] {1.0 / 3, 2.0 / 3, 0}, rewards(env, result), 1e-15);
        assertTrue(result.over());
        assertFalse(result.truncated);
    }

    @Test
    void whoeverDoesNotLoadGetsNothingAndDoesNotHelp() {
        ParallelEnv env =
                at(
                        five(2, "penalty", 0.25),
                        new int[][] {{1, 2, 1}, {2, 1, 2}},
                        new int[][] {{2, 2, 3}});
        StepResult result = step(env, LOAD, 0);
        assertArrayEquals(new double[] {-0.25, 0}, rewards(env, result));
        assertFalse(result.over());
        assertEquals(1, result.metrics[3]);
    }

    @Test
    void withoutNormalisationFoodIsWorthItsLevelTimesThePlayers() {
        ParallelEnv env =
                at(
                        five(2, "normalize_reward", "off"),
                        new int[][] {{1, 2, 1}, {2, 1, 2}},
                        new int[][] {{2, 2, 3}});
        assertArrayEquals(new double[] {3, 6}, rewards(env, step(env, LOAD, LOAD)));
    }

    @Test
    void foodAndTheEdgeStopPlayersAndLoadingFarFromFoodIsNothing() {
        ParallelEnv env =
                at(five(3), new int[][] {{1, 2, 1}, {0, 0, 1}, {4, 4, 1}}, new int[][] {{2, 2, 3}});
        step(env, SOUTH, NORTH, LOAD);
        assertArrayEquals(new int[] {1, 2}, place(env, 0));
        assertArrayEquals(new int[] {0, 0}, place(env, 1));
        assertArrayEquals(new int[] {4, 4}, place(env, 2));
    }

    @Test
    void twoWhoWantTheSameCellBothStay() {
        ParallelEnv env = at(five(2), new int[][] {{0, 0, 1}, {0, 2, 1}}, new int[][] {{3, 3, 3}});
        step(env, EAST, WEST);
        assertArrayEquals(new int[] {0, 0}, place(env, 0));
        assertArrayEquals(new int[] {0, 2}, place(env, 1));
    }

    @Test
    void oneMayEnterACellThatIsBeingLeftAndTwoMaySwap() {
        ParallelEnv env =
                at(five(3), new int[][] {{0, 0, 1}, {0, 1, 1}, {0, 2, 1}}, new int[][] {{3, 3, 3}});
        step(env, EAST, EAST, SOUTH);
        assertArrayEquals(new int[] {0, 1}, place(env, 0));
        assertArrayEquals(new int[] {0, 2}, place(env, 1));
        step(env, EAST, WEST, 0);
        assertArrayEquals(new int[] {0, 2}, place(env, 0));
        assertArrayEquals(new int[] {0, 1}, place(env, 1));
    }

    @Test
    void whoFollowsABlockedPlayerEntersItsCellUpstreamButNotHere() {
        int[][] players = {{0, 0, 1}, {0, 1, 1}, {0, 2, 1}, {0, 4, 1}};
        for (String rule : new String[] {"upstream", "strict"}) {
            ParallelEnv env = at(five(4, "collisions", rule), players, new int[][] {{3, 3, 3}});
            step(env, EAST, EAST, EAST, WEST); // the last two want the same cell
            assertArrayEquals(new int[] {0, 2}, place(env, 2));
            boolean upstream = rule.equals("upstream");
            assertArrayEquals(new int[] {0, upstream ? 2 : 1}, place(env, 1), rule);
            assertArrayEquals(new int[] {0, upstream ? 1 : 0}, place(env, 0), rule);
        }
    }

    @Test
    void strictRulesNeverPutTwoPlayersIntoACell() {
        EnvOptions crowded = options("rows", 4, "columns", 4, "players", 12, "foods", 1);
        ParallelEnv env = WORLD.create(crowded);
        RandomStream random = new RandomStream(7);
        int[] choices = new int[12];
        for (int episode = 0; episode < 100; episode++) {
            env.reset(episode);
            for (int t = 0; t < 20; t++) {
                for (int i = 0; i < 12; i++) {
                    choices[i] = random.nextInt(6);
                }
                step(env, choices);
                boolean[] used = new boolean[16];
                for (int i = 0; i < 12; i++) {
                    int[] place = place(env, i);
                    assertFalse(used[4 * place[0] + place[1]], "two in a cell");
                    used[4 * place[0] + place[1]] = true;
                }
            }
        }
    }

    @Test
    void placesAreRelativeToTheWindowThatEndsAtTheFieldsEdge() {
        EnvOptions near = options("players", 2, "foods", 2, "sight", 2);
        ParallelEnv env =
                at(near, new int[][] {{1, 5, 1}, {3, 6, 2}}, new int[][] {{1, 6, 3}, {7, 7, 2}});
        assertArrayEquals(
                new double[] {1, 3, 3, -1, -1, 0, 1, 2, 1, 3, 3, 2}, seen(env, 0), "row 1 of 0..3");
        assertArrayEquals(
                new double[] {0, 2, 3, -1, -1, 0, 2, 2, 2, 0, 1, 1}, seen(env, 1), "row 2 of 1..5");
    }

    @Test
    void playersAreSeenBelowAWindowThatIsCutAtTheTop() {
        EnvOptions near = options("players", 2, "foods", 1, "sight", 2);
        ParallelEnv env = at(near, new int[][] {{0, 5, 1}, {4, 5, 2}}, new int[][] {{4, 6, 3}});
        assertArrayEquals(
                new double[] {-1, -1, 0, 0, 2, 1, 4, 2, 2},
                seen(env, 0),
                "four rows away with sight 2, while the food there is not");
    }

    @Test
    void picturesShowLevelsAndWhereOneCanGo() {
        EnvOptions pictures = options("players", 2, "foods", 1, "sight", 1, "observation", "grid");
        ParallelEnv env = at(pictures, new int[][] {{0, 1, 1}, {0, 2, 2}}, new int[][] {{1, 1, 3}});
        double[] expected = {
            0, 0, 0, 0, 1, 2, 0, 0, 0, // players
            0, 0, 0, 0, 0, 0, 0, 3, 0, // foods
            0, 0, 0, 1, 0, 0, 1, 0, 1 // accessible
        };
        assertArrayEquals(expected, seen(env, 0));
    }

    @Test
    void hiddenLevelsLeaveOnlyPlaces() {
        EnvOptions hidden = five(2, "observe_levels", "off");
        ParallelEnv env = at(hidden, new int[][] {{0, 1, 1}, {4, 2, 2}}, new int[][] {{1, 1, 3}});
        assertArrayEquals(new double[] {1, 1, 3, 4, 2, 0, 1}, seen(env, 1));
    }

    @Test
    void foodsKeepApartOffTheEdgeAndWithinTheirLevels() {
        ParallelEnv env = WORLD.create(options("foods", 8, "force_coop", "off"));
        Frame frame = new Frame(env.spec());
        for (int seed = 0; seed < 200; seed++) {
            env.reset(seed);
            env.snapshot(frame);
            double sum = frame.state[6] + frame.state[7] + frame.state[8];
            for (int a = 0; a < 8; a++) {
                int row = (int) frame.state[12 + a];
                int column = (int) frame.state[20 + a];
                double level = frame.state[28 + a];
                assertTrue(row >= 1 && row <= 8 && column >= 1 && column <= 8, "off the edge");
                assertTrue(level >= 1 && level <= sum, "level " + level + " of " + sum);
                for (int b = 0; b < a; b++) {
                    double apart =
                            Math.abs(row - frame.state[12 + b])
                                    + Math.abs(column - frame.state[20 + b]);
                    assertTrue(apart > 2, "apart " + apart);
                }
            }
        }
    }

    @Test
    void forcedCooperationGivesEveryFoodTheSumOfTheThreeLowestLevels() {
        ParallelEnv env =
                WORLD.create(options("players", 4, "max_player_level", 9, "force_coop", "on"));
        Frame frame = new Frame(env.spec());
        for (int seed = 0; seed < 50; seed++) {
            env.reset(seed);
            env.snapshot(frame);
            double sum = 0;
            double highest = 0;
            for (int i = 8; i < 12; i++) {
                sum += frame.state[i];
                highest = Math.max(highest, frame.state[i]);
            }
            for (int k = 0; k < 3; k++) {
                assertEquals(sum - highest, frame.state[16 + 6 + k]);
            }
        }
    }

    @Test
    void playersThatGoTogetherClearTheField() {
        EnvOptions coop = options("force_coop", "on");
        double cleared = 0;
        for (int seed = 0; seed < 40; seed++) {
            cleared += play(coop, "together", seed);
        }
        assertTrue(cleared >= 39, "cleared " + cleared + " of 40");
    }

    private static double play(EnvOptions options, String script, int seed) {
        ParallelEnv env = WORLD.create(options);
        Policy policy = WORLD.scriptedPolicies(options).get(script);
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(seed);
        env.reset(seed);
        policy.episodeBegins(env);
        while (true) {
            policy.act(env, decision, random);
            StepResult result = env.step(decision.actions);
            if (result.over()) {
                return result.metrics[4];
            }
        }
    }

    @Test
    void optionsThatCannotBeTogetherAreRefused() {
        refused("do not fit into the 9 cells", "rows", 3, "columns", 3, "players", 9, "foods", 1);
        refused("at most 6 fit", "rows", 6, "columns", 6, "foods", 7);
        refused("sight must be a whole number from 1", "sight", 0);
        refused("above max_player_level", "min_player_level", 3);
        refused("above max_food_level", "min_food_level", 3, "max_food_level", 2);
        refused("three lowest player levels", "min_food_level", 4);
        refused("only 10 cells long", "observation", "grid", "sight", 11);
    }

    private static void refused(String why, Object... pairs) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> options(pairs));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }
}
