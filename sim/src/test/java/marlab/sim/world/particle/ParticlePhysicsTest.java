package marlab.sim.world.particle;

import static marlab.sim.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.sim.seed.RandomStream;
import marlab.sim.world.particle.ParticlePhysics.Order;
import org.junit.jupiter.api.Test;

class ParticlePhysicsTest {

    private static final double RADIUS = 0.15;

    private static ParticlePhysics agents(int count, Order order) {
        ParticlePhysics bodies = new ParticlePhysics(count, 0, order, false);
        bodies.shape(0, count, RADIUS, true);
        return bodies;
    }

    private static ParticlePhysics pair(double distance) {
        ParticlePhysics bodies = agents(2, Order.POSITION_FIRST);
        bodies.x[1] = distance;
        return bodies;
    }

    /// Force on the right one of two bodies, from the velocity that a step gives it.
    private static double contactForce(double distance) {
        ParticlePhysics bodies = pair(distance);
        bodies.step();
        assertEquals(0, bodies.vx[0] + bodies.vx[1], "forces are opposite");
        return bodies.vx[1] / ParticlePhysics.DT;
    }

    @Test
    void positionMovesWithTheOldVelocityInMpe2() {
        ParticlePhysics body = agents(1, Order.POSITION_FIRST);
        body.vx[0] = 1;
        body.vy[0] = -2;
        body.push(0, 1, 0);
        body.step();
        assertEquals(0.1, body.x[0], 1e-15);
        assertEquals(-0.2, body.y[0], 1e-15);
        assertEquals(1.25, body.vx[0], 1e-15);
        assertEquals(-1.5, body.vy[0], 1e-15);
    }

    @Test
    void positionMovesWithTheNewVelocityInClassicPhysics() {
        ParticlePhysics body = agents(1, Order.VELOCITY_FIRST);
        body.vx[0] = 1;
        body.vy[0] = -2;
        body.push(0, 1, 0);
        body.step();
        assertEquals(0.125, body.x[0], 1e-15);
        assertEquals(-0.15, body.y[0], 1e-15);
        assertEquals(1.25, body.vx[0], 1e-15);
        assertEquals(-1.5, body.vy[0], 1e-15);
    }

    @Test
    void frictionTakesAQuarterOfTheSpeedEachStepInBothOrders() {
        for (Order order : Order.values()) {
            ParticlePhysics body = agents(1, order);
            body.vx[0] = 3;
            for (int t = 0; t < 4; t++) {
                body.step();
            }
            assertEquals(3 * Math.pow(0.75, 4), body.vx[0], 1e-15, order.name());
        }
    }

    @Test
    void aConstantPushTendsToTheSpeedWhereFrictionEatsIt() {
        ParticlePhysics body = agents(1, Order.POSITION_FIRST);
        for (int t = 0; t < 200; t++) {
            body.push(0, 1, 0);
            body.step();
        }
        assertEquals(2, body.vx[0], 1e-12); // v = 0.75 v + 0.5
    }

    @Test
    void overlappingBodiesArePartedByAHundredNewtonsPerMetre() {
        assertEquals(10, contactForce(0.2), 1e-12); // 0.1 m deep
    }

    @Test
    void bodiesThatJustTouchFeelTheSoftMargin() {
        assertEquals(100 * 1e-3 * Math.log(2), contactForce(0.3), 1e-12);
    }

    @Test
    void bodiesACentimetreApartFeelNextToNothing() {
        assertEquals(100 * 1e-3 * Math.log1p(Math.exp(-10)), contactForce(0.31), 1e-18);
    }

    @Test
    void contactsBeyondReachAreLeftOutAndWereNothingBefore() {
        assertEquals(0, contactForce(0.3641));
        double last = contactForce(0.3639);
        assertTrue(last > 0 && last < 1e-28, "force " + last);
    }

    @Test
    void contactForceIsStableForHugePenetration() {
        assertEquals(30, contactForce(1e-12), 1e-6);
        assertEquals(1e6, ParticlePhysics.softplus(1e6));
        assertEquals(0, ParticlePhysics.softplus(-1e6));
    }

    @Test
    void bodiesExactlyOnTopOfEachOtherArePartedAlongX() {
        assertEquals(-30, contactForce(0), 1e-12);
    }

    @Test
    void theShortcutFarFromContactChangesNoBit() {
        forAll(
                2_000,
                random -> {
                    double z = random.nextDouble(30, 50) * (random.nextBoolean() ? 1 : -1);
                    double tail = StrictMath.exp(-Math.abs(z));
                    assertEquals(
                            Math.max(z, 0) + StrictMath.log1p(tail), ParticlePhysics.softplus(z));
                });
    }

    @Test
    void softnessObeysItsIdentity() {
        forAll(
                500,
                random -> {
                    double z = random.nextDouble(-60, 60);
                    double difference = ParticlePhysics.softplus(z) - ParticlePhysics.softplus(-z);
                    assertEquals(z, difference, 1e-13);
                });
    }

    @Test
    void contactsKeepTheMomentum() {
        forAll(
                300,
                random -> {
                    int n = random.nextInt(2, 8);
                    ParticlePhysics bodies = agents(n, Order.POSITION_FIRST);
                    for (int i = 0; i < n; i++) {
                        bodies.x[i] = random.nextDouble(-0.1, 0.1);
                        bodies.y[i] = random.nextDouble(-0.1, 0.1);
                    }
                    bodies.step();
                    double sumX = 0;
                    double sumY = 0;
                    double most = 0;
                    for (int i = 0; i < n; i++) {
                        sumX += bodies.vx[i];
                        sumY += bodies.vy[i];
                        most = Math.max(most, Math.abs(bodies.vx[i]));
                    }
                    assertEquals(0, sumX, 1e-12);
                    assertEquals(0, sumY, 1e-12);
                    assertNotEquals(0, most, "somebody was pushed");
                });
    }

    @Test
    void nobodyIsFasterThanItsLimitAndTheDirectionStays() {
        ParticlePhysics body = agents(1, Order.POSITION_FIRST);
        body.drive(0, 1, 30, 1.3);
        body.push(0, 0.6, 0.8);
        body.step();
        assertEquals(0.6 * 1.3, body.vx[0], 1e-15);
        assertEquals(0.8 * 1.3, body.vy[0], 1e-15);
        assertEquals(0, body.x[0], "the position moved with the old velocity");
    }

    @Test
    void theLimitHoldsForThePositionTooWhereVelocityGoesFirst() {
        ParticlePhysics body = agents(1, Order.VELOCITY_FIRST);
        body.drive(0, 1, 100, 1);
        body.push(0, 1, 0);
        body.step();
        assertEquals(0.1, body.x[0], 1e-15);
    }

    @Test
    void whoCannotMoveStaysAndStillPushesOthersAway() {
        ParticlePhysics bodies = pair(0.2);
        bodies.movable[0] = false;
        bodies.push(0, 1, 0);
        bodies.step();
        bodies.step();
        assertEquals(0, bodies.x[0]);
        assertEquals(0, bodies.vx[0]);
        assertTrue(bodies.vx[1] > 1, "speed " + bodies.vx[1]);
    }

    @Test
    void obstaclesPushAndAreNotPushed() {
        ParticlePhysics bodies = new ParticlePhysics(1, 1, Order.POSITION_FIRST, false);
        bodies.shape(0, 1, 0.05, true);
        bodies.shape(1, 2, 0.2, true);
        bodies.x[0] = -0.15; // 0.1 m deep
        bodies.step();
        assertEquals(-1, bodies.vx[0], 1e-12);
        assertEquals(0, bodies.x[1]);
    }

    @Test
    void radiiAddUpWhereTheyDiffer() {
        ParticlePhysics bodies = agents(2, Order.POSITION_FIRST);
        bodies.shape(0, 1, 0.05, true);
        bodies.shape(1, 2, 0.2, true);
        bodies.x[1] = 0.25;
        assertFalse(bodies.hit(0, 1), "just touching is no hit");
        bodies.step();
        assertEquals(0.1 * 100 * 1e-3 * Math.log(2), bodies.vx[1], 1e-12);
        bodies.x[1] = Math.nextDown(bodies.x[0] + 0.25);
        assertTrue(bodies.hit(0, 1));
    }

    @Test
    void bodiesThatDoNotCollideGoThroughEachOther() {
        ParticlePhysics bodies = pair(0.1);
        bodies.collides[1] = false;
        bodies.step();
        assertEquals(0, bodies.vx[0]);
        assertEquals(0, bodies.vx[1]);
    }

    @Test
    void bodiesOfDifferentSizeOnTopOfEachOtherArePartedToo() {
        ParticlePhysics bodies = new ParticlePhysics(1, 1, Order.POSITION_FIRST, false);
        bodies.shape(0, 2, 0.2, true);
        bodies.step();
        assertEquals(4, bodies.vx[0], 1e-9); // 0.4 m deep: 40 N for 0.1 s
        assertEquals(0, bodies.vy[0]);
    }

    @Test
    void wallsStopWhoRunsIntoThemAndLetItSlideAlong() {
        ParticlePhysics body = new ParticlePhysics(1, 0, Order.POSITION_FIRST, true);
        body.x[0] = 0.95;
        body.vx[0] = 1;
        body.vy[0] = 0.5;
        body.step();
        assertEquals(1, body.x[0]);
        assertEquals(0, body.vx[0]);
        assertEquals(0.375, body.vy[0]);
        body.vx[0] = -1;
        body.step();
        assertEquals(0.9, body.x[0], 1e-15, "the way back is free");
    }

    @Test
    void nobodyLeavesTheWallsWhateverHappens() {
        forAll(
                200,
                random -> {
                    int n = random.nextInt(1, 6);
                    ParticlePhysics bodies =
                            new ParticlePhysics(n, 1, Order.values()[random.nextInt(2)], true);
                    bodies.shape(0, n + 1, 0.3, true);
                    bodies.scatter(0, n + 1, 1, new RandomStream(random.nextLong()));
                    for (int t = 0; t < 20; t++) {
                        for (int i = 0; i < n; i++) {
                            bodies.push(i, random.nextDouble(-1, 1), random.nextDouble(-1, 1));
                        }
                        bodies.step();
                        for (int i = 0; i < n; i++) {
                            assertTrue(Math.abs(bodies.x[i]) <= 1 && Math.abs(bodies.y[i]) <= 1);
                        }
                    }
                });
    }

    @Test
    void theFastWayAmongEqualsIsTheSameToTheLastBit() {
        forAll(
                300,
                random -> {
                    int n = random.nextInt(1, 8);
                    ParticlePhysics fast = agents(n, Order.POSITION_FIRST);
                    ParticlePhysics general = agents(n, Order.POSITION_FIRST);
                    long seed = random.nextLong();
                    fast.scatter(0, n, 0.3, new RandomStream(seed));
                    general.scatter(0, n, 0.3, new RandomStream(seed));
                    for (int t = 0; t < 5; t++) {
                        fast.stepAmongEquals(RADIUS);
                        general.step();
                    }
                    assertArrayEquals(general.x, fast.x);
                    assertArrayEquals(general.vy, fast.vy);
                });
    }
}
