package marlab.sim.world.particle;

import java.util.Arrays;
import marlab.sim.env.EnvOptions;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.StateCursor;

/// The physics shared by all particle worlds: circles that are pushed, collide softly and are
/// slowed by friction (MPE2 1.1.0, `mpe2/_mpe_utils/core.py`). Flat arrays, no allocation.
///
/// Bodies are numbered agents first, then landmarks; landmarks never move, but may be obstacles.
/// One step of length {@link #DT}: forces, contacts, then for every agent in the order of {@link
/// Order}: position and velocity, v ← v·(1 − {@link #DAMPING}) + F/m·dt, m = 1, v no faster than
/// the agent's limit.
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

    /// Radius of a body that nothing else is said of, metres.
    static final double RADIUS = 0.05;

    /// Force of a full push where nothing else is said, newtons.
    static final double THRUST = 5;

    /// How far from the centre the walls stop an agent's centre, metres.
    static final double WALL = 1;

    /// Stiffness of contacts, newtons per metre of penetration.
    static final double CONTACT_FORCE = 100;

    /// Softness of contacts, metres.
    static final double CONTACT_MARGIN = 1e-3;

    /// Gap beyond which a contact's force is left out: it is below 2e-29 N there, under the last
    /// bit of any force that a simulation can tell from zero.
    private static final double REACH = 64 * CONTACT_MARGIN;

    private static final double FAR = 38;

    final int agents;
    final int bodies;

    /// Positions of agents, then landmarks, metres.
    final double[] x;

    final double[] y;

    /// Velocities of agents, metres per second.
    final double[] vx;

    final double[] vy;

    /// Radii of all bodies, metres.
    final double[] radius;

    /// Which bodies push each other away.
    final boolean[] collides;

    /// Which agents can move at all.
    final boolean[] movable;

    /// Force of a full push of each agent, newtons.
    final double[] thrust;

    /// Highest speed of each agent, metres per second; infinite where there is no limit.
    final double[] maxSpeed;

    private final double[] fx;
    private final double[] fy;
    private final Order order;
    private final boolean walls;

    /// Bodies at the origin, all of {@link #RADIUS}, colliding with nothing, agents free to move.
    ///
    /// @param walls whether agents' centres are kept within |x| ≤ 1, |y| ≤ 1
    ParticlePhysics(int agents, int landmarks, Order order, boolean walls) {
        this.agents = agents;
        this.order = order;
        this.walls = walls;
        bodies = agents + landmarks;
        x = new double[bodies];
        y = new double[bodies];
        vx = new double[agents];
        vy = new double[agents];
        fx = new double[agents];
        fy = new double[agents];
        radius = new double[bodies];
        collides = new boolean[bodies];
        movable = new boolean[agents];
        thrust = new double[agents];
        maxSpeed = new double[agents];
        Arrays.fill(radius, RADIUS);
        Arrays.fill(movable, true);
        Arrays.fill(thrust, THRUST);
        Arrays.fill(maxSpeed, Double.POSITIVE_INFINITY);
    }

    /// Bodies as the standard options of particle worlds say.
    ParticlePhysics(int agents, int landmarks, EnvOptions options) {
        this(
                agents,
                landmarks,
                options.word("physics").equals("mpe2")
                        ? Order.POSITION_FIRST
                        : Order.VELOCITY_FIRST,
                options.on("walls"));
    }

    /// Makes the bodies from `from` up to, not including, `to` circles of this kind.
    void shape(int from, int to, double size, boolean colliding) {
        Arrays.fill(radius, from, to, size);
        Arrays.fill(collides, from, to, colliding);
    }

    /// Gives the agents from `from` up to, not including, `to` this force and speed limit.
    void drive(int from, int to, double force, double fastest) {
        Arrays.fill(thrust, from, to, force);
        Arrays.fill(maxSpeed, from, to, fastest);
    }

    /// Puts the bodies from `from` up to, not including, `to` at rest where chance wants, uniform
    /// in |x|, |y| < reach.
    void scatter(int from, int to, double reach, RandomStream random) {
        for (int i = from; i < to; i++) {
            x[i] = reach * (2 * random.nextDouble() - 1);
            y[i] = reach * (2 * random.nextDouble() - 1);
            if (i < agents) {
                vx[i] = 0;
                vy[i] = 0;
            }
        }
    }

    /// Sets an agent's push for the next step, in full pushes along x and y.
    void push(int agent, double ux, double uy) {
        fx[agent] = ux * thrust[agent];
        fy[agent] = uy * thrust[agent];
    }

    /// Distance of two bodies' centres; drawn as the reference draws it, so that the last bit is
    /// the same.
    double distance(int a, int b) {
        double dx = x[a] - x[b];
        double dy = y[a] - y[b];
        return Math.sqrt(dx * dx + dy * dy);
    }

    /// True when two bodies overlap: nearer than the sum of their radii, strictly.
    boolean hit(int a, int b) {
        return distance(a, b) < radius[a] + radius[b];
    }

    /// One step: contacts among all bodies that collide, then movement.
    void step() {
        collide();
        integrate();
    }

    /// Adds the contact forces among all bodies that collide.
    private void collide() {
        for (int a = 0; a < agents; a++) {
            if (!collides[a]) {
                continue;
            }
            for (int b = a + 1; b < bodies; b++) {
                if (!collides[b]) {
                    continue;
                }
                double dx = x[a] - x[b];
                double dy = y[a] - y[b];
                double squared = dx * dx + dy * dy;
                double touching = radius[a] + radius[b];
                if (squared <= (touching + REACH) * (touching + REACH)) {
                    contact(a, b, dx, dy, Math.sqrt(squared), touching);
                }
            }
        }
    }

    /// One step where all agents collide, all have this radius, and nothing else collides: the same
    /// to the last bit, and faster.
    void stepAmongEquals(double size) {
        collideAmongEquals(size);
        integrate();
    }

    private void collideAmongEquals(double size) {
        double touching = size + size;
        double nearSquared = (touching + REACH) * (touching + REACH);
        for (int a = 0; a < agents; a++) {
            double xa = x[a];
            double ya = y[a];
            for (int b = a + 1; b < agents; b++) {
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
        if (b < agents) {
            fx[b] = -forceX + fx[b];
            fy[b] = -forceY + fy[b];
        }
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

    private void integrate() {
        for (int i = 0; i < agents; i++) {
            if (movable[i]) {
                move(i, maxSpeed[i]);
            }
        }
        stayInside();
    }

    private void move(int i, double fastest) {
        double newVx = vx[i] * (1 - DAMPING) + fx[i] * DT;
        double newVy = vy[i] * (1 - DAMPING) + fy[i] * DT;
        if (fastest < Double.POSITIVE_INFINITY) {
            double speed = Math.sqrt(newVx * newVx + newVy * newVy);
            if (speed > fastest) {
                newVx = newVx / speed * fastest;
                newVy = newVy / speed * fastest;
            }
        }
        boolean positionFirst = order == Order.POSITION_FIRST;
        x[i] += (positionFirst ? vx[i] : newVx) * DT;
        y[i] += (positionFirst ? vy[i] : newVy) * DT;
        vx[i] = newVx;
        vy[i] = newVy;
    }

    /// Stops at the wall who would go through it or leans on it: the speed into the wall is lost.
    private void stayInside() {
        for (int i = 0; walls && i < agents; i++) {
            if (Math.abs(x[i]) >= WALL) {
                x[i] = Math.copySign(WALL, x[i]);
                vx[i] = vx[i] * x[i] > 0 ? 0 : vx[i];
            }
            if (Math.abs(y[i]) >= WALL) {
                y[i] = Math.copySign(WALL, y[i]);
                vy[i] = vy[i] * y[i] > 0 ? 0 : vy[i];
            }
        }
    }

    /// Walks over the state: x, y and velocity of every agent, then x and y of every landmark.
    void exchange(StateCursor state) {
        for (int i = 0; i < bodies; i++) {
            x[i] = state.number(x[i]);
            y[i] = state.number(y[i]);
            if (i < agents) {
                vx[i] = state.number(vx[i]);
                vy[i] = state.number(vy[i]);
            }
        }
    }

    /// Numbers that {@link #exchange} walks over.
    static int stateSize(int agents, int landmarks) {
        return 4 * agents + 2 * landmarks;
    }

    /// Writes where the bodies from `from` up to, not including, `to` are, relative to an agent,
    /// who is left out if among them.
    ///
    /// @return the place after them
    int see(int agent, int from, int to, double[] into, int at) {
        int k = seeRun(agent, from, Math.min(to, agent), into, at);
        return seeRun(agent, Math.max(from, agent + 1), to, into, k);
    }

    /// The same where the observer is not among them.
    private int seeRun(int agent, int from, int to, double[] into, int at) {
        double myX = x[agent];
        double myY = y[agent];
        int k = at;
        for (int j = from; j < to; j++) {
            into[k++] = x[j] - myX;
            into[k++] = y[j] - myY;
        }
        return k;
    }

    /// Writes the velocities of the agents from `from` up to, not including, `to`, the observer
    /// left out.
    ///
    /// @return the place after them
    int seeVelocities(int agent, int from, int to, double[] into, int at) {
        int k = at;
        for (int j = from; j < to; j++) {
            if (j != agent) {
                into[k++] = vx[j];
                into[k++] = vy[j];
            }
        }
        return k;
    }

    /// Writes all that is known of the bodies, for a central critic: own velocity and position,
    /// then landmarks' and other agents' relative positions, then other agents' velocities.
    ///
    /// @return the place after it
    int seeAll(int agent, double[] into, int at) {
        int k = seeOwnVelocity(agent, into, at);
        k = seeOwnPosition(agent, into, k);
        k = see(agent, agents, bodies, into, k);
        k = see(agent, 0, agents, into, k);
        return seeVelocities(agent, 0, agents, into, k);
    }

    /// Writes an agent's own velocity, as the reference does first.
    ///
    /// @return the place after it
    int seeOwnVelocity(int agent, double[] into, int at) {
        into[at] = vx[agent];
        into[at + 1] = vy[agent];
        return at + 2;
    }

    /// Writes an agent's own position.
    ///
    /// @return the place after it
    int seeOwnPosition(int agent, double[] into, int at) {
        into[at] = x[agent];
        into[at + 1] = y[agent];
        return at + 2;
    }
}
