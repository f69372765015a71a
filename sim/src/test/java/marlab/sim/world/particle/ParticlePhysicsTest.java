package marlab.sim.world.particle;

import static marlab.sim.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
