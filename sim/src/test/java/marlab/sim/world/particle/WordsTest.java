package marlab.sim.world.particle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.sim.env.WorldProvider;
import org.junit.jupiter.api.Test;

/// The worlds that need words.
class WordsTest {

    private static final SimpleSpeakerListener SPEAKER = new SimpleSpeakerListener();
    private static final SimpleReference REFERENCE = new SimpleReference();
    private static final SimpleCrypto CRYPTO = new SimpleCrypto();

    /// Listener at (0.5, 0) in the speaker's company, landmarks on the axes, the goal given.
    private static Staged listening(int goal, Object... options) {
        return new Staged(SPEAKER, options)
                .set(0, 0, 0, 0, 0, 0.5, 0, 0, 0, 1, 0, 0, 1, -1, 0)
                .set(14, 0, 0, 0, goal);
    }

    @Test
    void bothGetMinusTheSquaredDistanceFromListenerToGoal() {
        assertArrayEquals(new double[] {-2.25, -2.25}, listening(2).step(0, 0));
        assertArrayEquals(new double[] {-1.25, -1.25}, listening(1).step(0, 0));
    }

    @Test
    void theSpeakerSeesTheGoalsColourAndNeverMoves() {
        Staged world = listening(1);
        world.step(2, 0);
        assertArrayEquals(new double[] {0.15, 0.65, 0.15}, world.see(0));
        assertEquals(0, world.frame().state[0]);
    }

    @Test
    void theListenerHearsTheWordOfThisStep() {
        Staged world = listening(1);
        world.step(2, 2);
        assertArrayEquals(
                new double[] {0.5, 0, 0.5, 0, -0.5, 1, -1.5, 0, 0, 0, 1}, world.see(1), 1e-15);
    }

    @Test
    void numbersAreSpokenAsTheyAreButWithinZeroAndOne() {
        Staged world = listening(1, "actions", "continuous");
        world.step(new double[] {0.25, 7, Double.NaN}, new double[5]);
        double[] heard = world.see(1);
        assertEquals(0.25, heard[8]);
        assertEquals(1, heard[9]);
        assertEquals(0, heard[10]);
    }

    @Test
    void theNamedGoalIsReached() {
        for (String actions : new String[] {"discrete", "continuous"}) {
            var options = Staged.options(SPEAKER, "actions", actions, "physics", "classic");
            double away = Staged.play(SPEAKER, options, "named goal", "distance_end");
            assertTrue(away < 0.1, actions + ": " + away);
        }
    }

    /// Agents at (0.5, 0) and (0, 0), landmarks at (1, 0), (0, 1), (−1, 0); the first knows
    /// landmark 1, the second landmark 0.
    private static Staged referring(Object... options) {
        return new Staged(REFERENCE, options)
                .set(0, 0.5, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, -1, 0)
                .set(34, 1, 0);
    }

    @Test
    void anAgentIsPaidForTheOthersDistanceToTheLandmarkThatItKnows() {
        double[] rewards = referring().step(0, 0);
        double mean = (1 + 0.5) / 2;
        assertEquals(-(0.5 * mean + 0.5 * 1), rewards[0], 1e-15, "the other is at (0, 0)");
        assertEquals(-(0.5 * mean + 0.5 * 0.5), rewards[1], 1e-15);
    }

    @Test
    void oneChoiceMovesAndSpeaks() {
        Staged world = referring();
        world.step(3 * 5 + 2, 9 * 5 + 4);
        double[] first = world.see(0);
        double[] second = world.see(1);
        assertEquals(0.5, first[0], 1e-15, "pushed right");
        assertEquals(0.5, second[1], 1e-15, "pushed up");
        assertEquals(0.75, first[9], "knows landmark 1");
        assertEquals(1, first[11 + 9], "hears word 9");
        assertEquals(1, second[11 + 3], "hears word 3");
    }

    @Test
    void bothNamedGoalsAreReached() {
        var options = Staged.options(REFERENCE, "actions", "continuous");
        assertTrue(Staged.play(REFERENCE, options, "named goals", "arrived_end") > 0.98);
    }

    private static Staged secret(int secret, int key, Object... options) {
        return new Staged(CRYPTO, options).set(16, new double[12]).set(28, secret, key);
    }

    @Test
    void eveLosesByHerErrorAndTheOthersGainByIt() {
        assertArrayEquals(new double[] {-2, 2, 2}, secret(1, 0).step(0, 1, 3), "Bob is right");
        assertArrayEquals(new double[] {0, -2, -2}, secret(1, 0).step(1, 2, 3), "Eve is right");
    }

    @Test
    void whoIsSilentIsNeverWrong() {
        Staged world = secret(1, 0, "actions", "continuous");
        double[] silent = new double[4];
        double[] half = {0.5, 0.5, 0, 0};
        assertArrayEquals(new double[] {0, -0.5, -0.5}, world.step(silent, half, silent));
    }

    @Test
    void eveHearsAliceOnlyBobHasTheKeyAndAliceHasBoth() {
        Staged world = secret(1, 0);
        world.step(0, 1, 3);
        assertArrayEquals(new double[] {0, 0, 0, 1}, world.see(0));
        assertArrayEquals(new double[] {1, 0, 0, 0, 0, 0, 0, 1}, world.see(1));
        assertArrayEquals(new double[] {0, 1, 0, 0, 1, 0, 0, 0}, world.see(2));
    }

    @Test
    void aCipherLeavesEveGuessing() {
        var options = CRYPTO.defaults();
        double bob = Staged.play(CRYPTO, options, "cipher", "bob_right") / 25;
        double eve = Staged.play(CRYPTO, options, "cipher", "eve_right") / 25;
        assertTrue(bob > 0.95 && Math.abs(eve - 0.5) < 0.2, "Bob " + bob + ", Eve " + eve);
        assertTrue(Staged.play(CRYPTO, options, "plain text", "eve_right") / 25 > 0.95);
    }

    @Test
    void secretAndKeyAreDrawnIndependently() {
        int[] count = new int[4];
        Staged world = new Staged(CRYPTO);
        for (int seed = 0; seed < 2000; seed++) {
            world.env.reset(seed);
            double[] state = world.frame().state;
            count[(int) (2 * state[28] + state[29])]++;
        }
        for (int each : count) {
            assertEquals(500, each, 100);
        }
    }

    @Test
    void groupsHaveTheSpacesOfTheReference() {
        assertEquals("3 3, 5 11", spaces(SPEAKER));
        assertEquals("50 21", spaces(REFERENCE));
        assertEquals("4 4, 4 8, 4 8", spaces(CRYPTO));
    }

    private static String spaces(WorldProvider world) {
        return String.join(
                ", ",
                world.create(world.defaults()).spec().groups().stream()
                        .map(g -> g.action().size() + " " + g.observation().size())
                        .toList());
    }
}
