package marlab.sim.world.particle;

import marlab.sim.env.EnvOptions;

/// How predators chase and prey flees, by script. Predators lead the target: they steer to where it
/// will be. Prey tries a few pushes ahead in its mind and takes the one that ends farthest from
/// predators, obstacles and the edge.
abstract class HuntScript extends ParticleScript {

    private static final int AHEAD = 6;
    private static final double DT = ParticlePhysics.DT;
    private static final double KEEP = 1 - ParticlePhysics.DAMPING;

    /// Nearer than this, metres, who surrounds goes straight for the prey.
    private static final double POUNCE = 0.3;

    /// Room to keep from obstacles, metres.
    private static final double CLEARANCE = 0.15;

    final int predators;
    final int n;
    private final int obstacles;

    HuntScript(int predators, int prey, int obstacles, int landmarks, EnvOptions options) {
        super(predators + prey, landmarks, options);
        this.predators = predators;
        this.obstacles = obstacles;
        n = predators + prey;
    }

    /// The prey nearest to an agent.
    final int nearestPrey(int agent) {
        int nearest = predators;
        for (int i = predators + 1; i < n; i++) {
            nearest = distance(agent, i) < distance(agent, nearest) ? i : nearest;
        }
        return nearest;
    }

    /// Distance from prey to the predator nearest to it.
    final double danger(int prey) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < predators; j++) {
            nearest = Math.min(nearest, distance(j, prey));
        }
        return nearest;
    }

    /// Steers a predator to where the prey will be.
    ///
    /// @param surround whether all but the nearest come from sides of their own first
    final void chase(int predator, int prey, boolean surround) {
        double far = distance(predator, prey);
        double lead = Math.min(0.6, far / 1.5);
        double aimX = Math.clamp(x(prey) + lead * vx(prey), -1.0, 1.0);
        double aimY = Math.clamp(y(prey) + lead * vy(prey), -1.0, 1.0);
        int nearest = nearestPredator(prey);
        if (surround && far > POUNCE && predator != nearest) {
            double side = side(predator, prey, nearest);
            aimX += POUNCE * StrictMath.cos(side);
            aimY += POUNCE * StrictMath.sin(side);
        }
        steer(predator, aimX, aimY);
    }

    /// The bearing, as seen from the prey, from which a predator should come, radians: those after
    /// the same prey share the circle, in the order in which they stand, from the nearest on.
    private double side(int predator, int prey, int nearest) {
        double mine = turn(predator, prey, nearest);
        int rank = 0;
        int pack = 0;
        for (int j = 0; j < predators; j++) {
            if (nearestPrey(j) == prey) {
                pack++;
                double theirs = turn(j, prey, nearest);
                rank += theirs < mine || theirs == mine && j < predator ? 1 : 0;
            }
        }
        return bearing(nearest, prey) + 2 * Math.PI * rank / Math.max(1, pack);
    }

    /// How far round the prey a predator stands from the nearest one, radians within 0 and 2π.
    private double turn(int predator, int prey, int nearest) {
        double turn = bearing(predator, prey) - bearing(nearest, prey);
        return turn < 0 ? turn + 2 * Math.PI : turn;
    }

    private int nearestPredator(int prey) {
        int nearest = 0;
        for (int j = 1; j < predators; j++) {
            nearest = distance(j, prey) < distance(nearest, prey) ? j : nearest;
        }
        return nearest;
    }

    private double bearing(int predator, int prey) {
        return StrictMath.atan2(y(predator) - y(prey), x(predator) - x(prey));
    }

    /// Full speed towards a place, round obstacles.
    final void steer(int agent, double toX, double toY) {
        double dx = toX - x(agent) - 0.2 * vx(agent);
        double dy = toY - y(agent) - 0.2 * vy(agent);
        double far = Math.max(1e-9, length(dx, dy));
        dx /= far;
        dy /= far;
        for (int o = 0; o < obstacles; o++) {
            double awayX = x(agent) - landmarkX(o);
            double awayY = y(agent) - landmarkY(o);
            double gap = length(awayX, awayY) - Hunt.OBSTACLE_RADIUS - Hunt.PREDATOR_RADIUS;
            if (gap < CLEARANCE && dx * awayX + dy * awayY < 0) {
                double turn = dx * -awayY + dy * awayX >= 0 ? 1 : -1;
                double size = Math.max(1e-9, length(awayX, awayY));
                dx = (turn * -awayY + 0.3 * awayX) / size;
                dy = (turn * awayX + 0.3 * awayY) / size;
            }
        }
        push(agent, dx, dy);
    }

    /// Pushes prey the way that looks best.
    final void flee(int prey) {
        double bestX = 0;
        double bestY = 0;
        double best = Double.NEGATIVE_INFINITY;
        for (int ux = -1; ux <= 1; ux++) {
            for (int uy = -1; uy <= 1; uy++) {
                if (ux == 0 || uy == 0 || continuous()) {
                    double worth = worth(prey, ux, uy);
                    if (worth > best + 1e-12) {
                        best = worth;
                        bestX = ux;
                        bestY = uy;
                    }
                }
            }
        }
        push(prey, bestX, bestY);
    }

    /// What a push is worth when kept up for a few steps while predators come on as they do.
    private double worth(int prey, int ux, int uy) {
        double px = x(prey);
        double py = y(prey);
        double qx = vx(prey);
        double qy = vy(prey);
        double worth = 0;
        for (int t = 1; t <= AHEAD; t++) {
            px += DT * qx;
            py += DT * qy;
            qx = KEEP * qx + DT * Hunt.PREY_THRUST * ux;
            qy = KEEP * qy + DT * Hunt.PREY_THRUST * uy;
            double slow = Math.min(1, Hunt.PREY_SPEED / Math.max(1e-9, length(qx, qy)));
            qx *= slow;
            qy *= slow;
            worth += safety(px, py, t * DT) - Hunt.outside(px) - Hunt.outside(py);
            worth -= 0.2 * Math.max(Math.abs(px), Math.abs(py)); // corners are traps
        }
        return worth;
    }

    private double safety(double px, double py, double later) {
        double nearest = 1;
        for (int j = 0; j < predators; j++) {
            double dx = x(j) + later * vx(j) - px;
            double dy = y(j) + later * vy(j) - py;
            nearest = Math.min(nearest, length(dx, dy) - Hunt.PREDATOR_RADIUS);
        }
        double bumps = 0;
        for (int o = 0; o < obstacles; o++) {
            double gap = length(landmarkX(o) - px, landmarkY(o) - py) - Hunt.OBSTACLE_RADIUS;
            bumps += gap < 0.05 ? 1 : 0;
        }
        return 2 * nearest - bumps;
    }
}
