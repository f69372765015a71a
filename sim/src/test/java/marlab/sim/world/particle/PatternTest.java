package marlab.sim.world.particle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.sim.env.Actions;
import org.junit.jupiter.api.Test;

/// Simple Formation and Simple Line.
class PatternTest {

    private static final SimpleFormation FORMATION = new SimpleFormation();
    private static final SimpleLine LINE = new SimpleLine();

    @Test
    void placesOfAFormationBeginAtTheSmallestAngle() {
        // Round (0, 0): agent 0 at 190°, agent 1 at 10°; so the places are at 10° and 190°.
        double angle = Math.toRadians(10);
        Staged world =
                new Staged(FORMATION, "agents", 2)
                        .set(0, -Math.cos(angle), -Math.sin(angle), 0, 0)
                        .set(4, 0.8 * Math.cos(angle), 0.8 * Math.sin(angle), 0, 0, 0, 0);
        assertEquals(-(0.5 + 0.3) / 2, world.step(0, 0)[0], 1e-12);
    }

    @Test
    void anAngleBelowTheAxisIsLarge() {
        // At −1° and 90°: the smallest angle is 90°, so the places are at 90° and 270°.
        double angle = Math.toRadians(-1);
        Staged world =
                new Staged(FORMATION, "agents", 2)
                        .set(0, 0.5 * Math.cos(angle), 0.5 * Math.sin(angle), 0, 0)
                        .set(4, 0, 0.5, 0, 0, 0, 0);
        double away = Math.hypot(0.5 * Math.cos(angle), 0.5 * Math.sin(angle) + 0.5);
        assertEquals(-away / 2, world.step(0, 0)[0], 1e-12);
    }

    @Test
    void placesOfALineIncludeBothEnds() {
        Staged world =
                new Staged(LINE, "agents", 3)
                        .set(0, 1, 0.5, 0, 0, 0, 0.5, 0, 0, -1, 0.5, 0, 0, -1, 0, 1, 0);
        double[] rewards = world.step(0, 0, 0);
        assertEquals(-0.5, rewards[0], 1e-15);
        assertEquals(-0.5, rewards[2], 1e-15, "everybody gets the same");
    }

    @Test
    void aDistanceCountsUpToTwoMetres() {
        Staged world = new Staged(LINE, "agents", 1).set(0, 5, 0, 0, 0, 0, 0, 1, 0);
        assertEquals(-2, world.step(0)[0]);
    }

    @Test
    void anEpisodeMayEndWhenEverybodyIsInPlace() {
        double[] state = {0.04, 0, 0, 0, 1.25, 0.04, 0, 0, 0, 0, 1.25, 0};
        Staged world = new Staged(LINE, "agents", 2, "success", "on").set(0, state);
        assertTrue(world.env.step(new Actions(world.env.spec())).terminated[1]);
        world.set(0, 0.06);
        assertTrue(!world.env.step(new Actions(world.env.spec())).terminated[1]);
    }

    @Test
    void theEndsOfALineAreInsideAndAsFarApartAsTheyMust() {
        Staged world = new Staged(LINE);
        double meanX = 0;
        for (int seed = 0; seed < 500; seed++) {
            world.env.reset(seed);
            double[] state = world.frame().state;
            double dx = state[18] - state[16];
            double dy = state[19] - state[17];
            assertEquals(1.25, Math.sqrt(dx * dx + dy * dy), 1e-12);
            assertTrue(Math.abs(state[16]) <= 0.25 && Math.abs(state[17]) <= 0.25);
            assertTrue(Math.abs(state[18]) < 1 && Math.abs(state[19]) < 1);
            meanX += dx / 500;
        }
        assertEquals(0, meanX, 0.15);
    }

    @Test
    void assignedAgentsTakeTheirPlaces() {
        for (Pattern world : new Pattern[] {FORMATION, LINE}) {
            var options = Staged.options(world, "actions", "continuous");
            double placed = Staged.play(world, options, "assigned", "placed_end");
            assertTrue(placed > 0.9, world.name() + ": " + placed);
        }
    }
}
