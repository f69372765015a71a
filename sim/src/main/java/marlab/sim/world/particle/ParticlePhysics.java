package marlab.sim.world.particle;

/// The physics shared by all particle worlds: circles that are pushed, collide softly and are
/// slowed by friction (MPE2 1.1.0, `mpe2/_mpe_utils/core.py`). Flat arrays, no allocation.
///
/// One step of length {@link #DT}: forces, contacts, then for every body in the order of {@link
/// Order}: position and velocity, v ← v·(1 − {@link #DAMPING}) + F/m·dt, m = 1.
final class ParticlePhysics {

    /// Which of position and velocity moves first: a difference of one step of delay that costs
    /// about ten points on the EPyMARL scale.
    enum Order {
        /// MPE2, PettingZoo from 1.23, JaxMARL: x moves with the old velocity.
        POSITION_FIRST,
        /// OpenAI's original, VMAS: v is updated first and x moves with the new velocity.
        VELOCITY_FIRST
    }

    /// Length of a step, seconds.
    static final double DT = 0.1;

    /// Share of the velocity lost per step.
    static final double DAMPING = 0.25;

    /// Stiffness of contacts, newtons per metre of penetration.
    static final double CONTACT_FORCE = 100;

    /// Softness of contacts, metres.
    static final double CONTACT_MARGIN = 1e-3;

    /// Gap beyond which a contact's force is left out: it is below 2e-29 N there, under the last
    /// bit of any force that a simulation can tell from zero.
    private static final double REACH = 64 * CONTACT_MARGIN;

    private static final double FAR = 38;

    final double[] x;
    final double[] y;
    final double[] vx;
    final double[] vy;
    private final double[] fx;
    private final double[] fy;
    private final int bodies;

    ParticlePhysics(int bodies) {
        this.bodies = bodies;
        x = new double[bodies];
        y = new double[bodies];
        vx = new double[bodies];
        vy = new double[bodies];
        fx = new double[bodies];
        fy = new double[bodies];
    }

    /// Sets the force of a body for the next step, newtons.
    void push(int body, double forceX, double forceY) {
        fx[body] = forceX;
        fy[body] = forceY;
    }

    /// Adds the contact forces among bodies that all collide and all have this radius.
    void collide(double radius) {
        double touching = radius + radius;
        double nearSquared = (touching + REACH) * (touching + REACH);
        for (int a = 0; a < bodies; a++) {
            double xa = x[a];
            double ya = y[a];
            for (int b = a + 1; b < bodies; b++) {
                double dx = xa - x[b];
                double dy = ya - y[b];
                double squared = dx * dx + dy * dy;
                if (squared <= nearSquared) {
                    contact(a, b, dx, dy, Math.sqrt(squared), touching);
                }
            }
        }
    }

    private void contact(int a, int b, double dx, double dy, double distance, double touching) {
        double penetration = CONTACT_MARGIN * softplus(-(distance - touching) / CONTACT_MARGIN);
        double forceX;
        double forceY;
        if (distance > 0) {
            forceX = CONTACT_FORCE * dx / distance * penetration;
            forceY = CONTACT_FORCE * dy / distance * penetration;
        } else { // exactly on top of each other: the reference divides 0 by 0; part them along x
            forceX = CONTACT_FORCE * penetration;
            forceY = 0;
        }
        fx[a] = forceX + fx[a];
        fy[a] = forceY + fy[a];
        fx[b] = -forceX + fx[b];
        fy[b] = -forceY + fy[b];
    }

    /// log(1 + e^z) in the form that cannot overflow. Beyond {@link #FAR} the term left out is
    /// under half the last bit. StrictMath, because Math.exp may differ in the last bit from
    /// machine to machine and the same seed must give the same bytes everywhere.
    static double softplus(double z) {
        if (z > FAR) {
            return z;
        }
        double tail = StrictMath.exp(-Math.abs(z));
        return z < -FAR ? tail : Math.max(z, 0) + StrictMath.log1p(tail);
    }

    /// Moves all bodies by one step.
    void integrate(Order order) {
        boolean positionFirst = order == Order.POSITION_FIRST;
        for (int i = 0; i < bodies; i++) {
            double newVx = vx[i] * (1 - DAMPING) + fx[i] * DT;
            double newVy = vy[i] * (1 - DAMPING) + fy[i] * DT;
            x[i] += (positionFirst ? vx[i] : newVx) * DT;
            y[i] += (positionFirst ? vy[i] : newVy) * DT;
            vx[i] = newVx;
            vy[i] = newVy;
        }
    }
}
