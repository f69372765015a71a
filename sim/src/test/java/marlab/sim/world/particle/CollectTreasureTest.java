package marlab.sim.world.particle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CollectTreasureTest {

    private static final CollectTreasure WORLD = new CollectTreasure();

    private static final int HOLDS = 14;
    private static final int KIND = 16;
    private static final int THERE = 17;

    /// Two collectors, a deposit, a treasure that is there; nobody holds anything.
    private static Staged stage(double first, double second, double deposit, double treasure) {
        return stage("events", first, second, deposit, treasure);
    }

    private static Staged stage(
            String counting, double first, double second, double deposit, double treasure) {
        return new Staged(
                        WORLD, "collectors", 2, "deposits", 1, "treasures", 1, "counting", counting)
                .set(0, first, 0, 0, 0, second, 0, 0, 0, deposit, 0, 0, 0, treasure, 0)
                .set(HOLDS, -1, -1, 0, 1);
    }

    @Test
    void theDefaultVectorsAreThoseOfTheReference() {
        Staged world = new Staged(WORLD);
        assertEquals(86, world.see(0).length);
        assertEquals(84, world.see(7).length);
    }

    @Test
    void theFirstWhoTouchesATreasureTakesIt() {
        Staged world = stage(0.05, -0.05, 5, 0);
        double[] rewards = world.step(0, 0, 0);
        double[] state = world.frame().state;
        assertEquals(0, state[HOLDS], "collector 0 holds kind 0");
        assertEquals(-1, state[HOLDS + 1]);
        assertEquals(0, state[THERE]);
        assertEquals(5 - 0.1 * 4.95, rewards[0], 1e-12, "0.1 m apart: no bump");
        assertEquals(5, rewards[1], 1e-12, "nothing is left to go for");
        assertEquals(5 - 0.1 * 4.95, rewards[2], 1e-12, "a deposit goes to who carries");
    }

    @Test
    void whatIsDeliveredIsPaidToAllAndTheTreasureReappearsInTheStepAfterItWasTaken() {
        Staged world = stage(0.07, -0.5, 0, 0.07);
        double[] rewards = world.step(0, 0, 0);
        assertEquals(-1, world.frame().state[HOLDS], "picked up and delivered at once");
        assertEquals(10 - 0.1 * 0.215, rewards[2], 1e-12, "to the middle of both collectors");
        assertEquals(0, world.frame().state[THERE]);
        world.step(0, 0, 0);
        assertEquals(1, world.frame().state[THERE]);
    }

    @Test
    void theReferenceCountsAfterHandsHaveChanged() {
        double[] rewards = stage("upstream", 0.07, -0.5, 0, 0.07).step(0, 0, 0);
        assertEquals(-0.1 * 0.215, rewards[2], 1e-12);
    }

    @Test
    void whoHoldsSomethingTakesNothing() {
        Staged world = stage(0, 3, 5, 0).set(HOLDS, 0, -1);
        world.step(0, 0, 0);
        assertEquals(1, world.frame().state[THERE]);
    }

    @Test
    void collectorsThatOverlapPayForEachOtherAndPassThroughEachOther() {
        Staged world = stage(0, 0.09, 5, 3);
        double[] rewards = world.step(0, 0, 0);
        assertEquals(-5 - 0.3, rewards[0], 1e-12);
        assertEquals(0, world.frame().state[2], "no force");
    }

    @Test
    void othersAndTreasuresAreSeenTheNearestFirst() {
        Staged world = stage(0, 1, -0.5, 0.25);
        double[] seen = world.see(0);
        double[] expected = {
            0,
            0,
            0,
            0,
            0, // position, velocity, holds nothing
            -0.5,
            0,
            0,
            0,
            1,
            0, // the deposit
            1,
            0,
            0,
            0,
            0,
            0, // the other collector
            0.25,
            0,
            1 // the treasure
        };
        assertArrayEquals(expected, seen);
        world.set(THERE, 0).set(HOLDS + 1, 0);
        seen = world.see(0);
        assertArrayEquals(
                new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0},
                Arrays.copyOfRange(seen, 11, 20),
                "it holds kind 0; no treasure is zeros");
        assertEquals(0, world.frame().state[KIND]);
    }

    @Test
    void aDepositIsHeavier() {
        Staged world = stage(0, 1, -0.5, 0.25);
        world.step(2, 0, 2);
        assertEquals(0.15, world.see(0)[2], 1e-15);
        assertEquals(0.15 / 2.25, world.see(2)[2], 1e-15);
    }

    @Test
    void theNearestTreasureIsCollectedAndDelivered() {
        var options = Staged.options(WORLD, "horizon", 200);
        double delivered = Staged.play(WORLD, options, "nearest", "delivered");
        assertTrue(delivered > 20, "delivered " + delivered);
    }
}
