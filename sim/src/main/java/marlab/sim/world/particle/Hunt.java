package marlab.sim.world.particle;

import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.snapshot.Frame;

/// What Simple Tag and Simple World Comm share: slow predators, who come first in the agents'
/// order, fast prey, round obstacles.
final class Hunt {

    static final double PREDATOR_RADIUS = 0.075;
    static final double PREDATOR_THRUST = 3;
    static final double PREDATOR_SPEED = 1;
    static final double PREY_THRUST = 4;
    static final double PREY_SPEED = 1.3;
    static final double OBSTACLE_RADIUS = 0.2;

    /// Landmarks start within this square, metres from its centre.
    static final double LANDMARK_REACH = 0.9;

    private Hunt() {}

    /// What prey pays for leaving the arena along one axis: nothing up to 0.9 m, then ever more, at
    /// most 10.
    static double outside(double coordinate) {
        double v = Math.abs(coordinate);
        if (v < 0.9) {
            return 0;
        }
        return v < 1 ? (v - 0.9) * 10 : Math.min(StrictMath.exp(2 * v - 2), 10);
    }

    /// How many predators touch this prey.
    static int hits(ParticlePhysics bodies, int predators, int prey) {
        int count = 0;
        for (int j = 0; j < predators; j++) {
            count += bodies.hit(j, prey) ? 1 : 0;
        }
        return count;
    }

    /// How many prey this predator touches.
    static int hitsOf(ParticlePhysics bodies, int predators, int predator) {
        int count = 0;
        for (int i = predators; i < bodies.agents; i++) {
            count += bodies.hit(predator, i) ? 1 : 0;
        }
        return count;
    }

    /// Distance from a body to the nearest among those from `from` up to, not including, `to`.
    static double nearest(ParticlePhysics bodies, int body, int from, int to) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int j = from; j < to; j++) {
            nearest = Math.min(nearest, bodies.distance(body, j));
        }
        return nearest;
    }

    /// Draws the agents, a ring round predators, a line from predators to the prey that they touch.
    static void drawContacts(ParticlePicture picture, Frame frame, int predators, Brush brush) {
        ParticleScene scene = picture.scene();
        for (int j = 0; j < predators; j++) {
            double x = scene.agentX(frame, j);
            double y = scene.agentY(frame, j);
            ParticleScene.hunter(brush, x, y, picture.radius(j));
            for (int i = predators; i < scene.agents(); i++) {
                if (touching(picture, frame, j, i)) {
                    brush.line(
                            x,
                            y,
                            scene.agentX(frame, i),
                            scene.agentY(frame, i),
                            Ink.Role.WARNING,
                            6);
                }
            }
        }
    }

    /// How many pairs of predator and prey touch in a frame.
    static int contacts(ParticlePicture picture, Frame frame, int predators) {
        int count = 0;
        for (int j = 0; j < predators; j++) {
            for (int i = predators; i < picture.scene().agents(); i++) {
                count += touching(picture, frame, j, i) ? 1 : 0;
            }
        }
        return count;
    }

    private static boolean touching(ParticlePicture picture, Frame frame, int a, int b) {
        ParticleScene scene = picture.scene();
        double dx = scene.agentX(frame, a) - scene.agentX(frame, b);
        double dy = scene.agentY(frame, a) - scene.agentY(frame, b);
        return Math.sqrt(dx * dx + dy * dy) < picture.radius(a) + picture.radius(b);
    }
}
