package marlab.sim.world.particle;

import marlab.sim.env.EnvOptions;
import marlab.sim.policy.Decision;

/// Steers agents of scripts to places, by looking a few pushes ahead in the world's own physics.
final class Steering {

    /// Pushes that are tried in all combinations.
    private static final int AHEAD = 3;

    /// Steps of coasting that are judged after them.
    private static final int COAST = 4;

    private static final double KEEP = 1 - ParticlePhysics.DAMPING;
    private static final double DT = ParticlePhysics.DT;

    private final boolean continuous;
    private final boolean positionFirst;
    private final double gain;

    /// @param thrust change of velocity that a full push brings in a second, m/s²
    Steering(EnvOptions options, double thrust) {
        continuous = ParticleOptions.continuous(options);
        positionFirst = options.word("physics").equals("mpe2");
        gain = thrust * DT;
    }

    /// Decides how an agent moves that has no words.
    ///
    /// @param dx where it shall go, relative to it
    void to(double dx, double dy, double vx, double vy, int agent, Decision into) {
        to(dx, dy, vx, vy, agent, 0, into);
    }

    /// Decides how an agent moves; where actions are choices, also what it says meanwhile.
    void to(double dx, double dy, double vx, double vy, int agent, int word, Decision into) {
        if (continuous) {
            into.actions.box(agent, 0, 0);
            drive(into, agent, 1, bestForce(-dx, vx));
            drive(into, agent, 3, bestForce(-dy, vy));
        } else {
            choose(agent, bestPush(-dx, -dy, vx, vy) + Movement.WAYS * word, into);
        }
    }

    /// Decides for a choice with certainty.
    static void choose(int agent, int choice, Decision into) {
        into.actions.choose(agent, choice);
        int at = agent * into.choicesPerAgent;
        for (int a = 0; a < into.choicesPerAgent; a++) {
            into.probabilities[at + a] = a == choice ? 1 : 0;
        }
    }

    private static void drive(Decision into, int agent, int minus, double force) {
        into.actions.box(agent, minus, Math.max(-force, 0));
        into.actions.box(agent, minus + 1, Math.max(force, 0));
    }

    /// The first of the pushes with the smallest sum of distances; the goal is at the origin.
    private int bestPush(double x, double y, double vx, double vy) {
        int best = 0;
        double bestCost = Double.POSITIVE_INFINITY;
        for (int a = 0; a < Movement.WAYS; a++) {
            double cost = cost(a, 1, x, y, vx, vy);
            if (cost < bestCost - 1e-12) {
                bestCost = cost;
                best = a;
            }
        }
        return best;
    }

    private double cost(int a, int depth, double x, double y, double vx, double vy) {
        double newVx = vx * KEEP + (a == 1 ? -gain : a == 2 ? gain : 0);
        double newVy = vy * KEEP + (a == 3 ? -gain : a == 4 ? gain : 0);
        double newX = x + DT * (positionFirst ? vx : newVx);
        double newY = y + DT * (positionFirst ? vy : newVy);
        double here = Math.sqrt(newX * newX + newY * newY);
        double best = Double.POSITIVE_INFINITY;
        if (depth == AHEAD) {
            best = 0;
            for (int t = 0; t < COAST; t++) {
                newX += DT * newVx;
                newY += DT * newVy;
                newVx *= KEEP;
                newVy *= KEEP;
                best += Math.sqrt(newX * newX + newY * newY);
            }
        } else {
            for (int next = 0; next < Movement.WAYS; next++) {
                best = Math.min(best, cost(next, depth + 1, newX, newY, newVx, newVy));
            }
        }
        return here + best;
    }

    /// Force along one axis, in full pushes within −1 and 1, that is soonest at rest at the origin.
    private double bestForce(double x, double v) {
        double best = 0;
        double bestCost = Double.POSITIVE_INFINITY;
        for (int k = -20; k <= 20; k++) {
            double force = k / 20.0;
            double cost = axisCost(force, 1, x, v);
            if (cost < bestCost - 1e-12) {
                bestCost = cost;
                best = force;
            }
        }
        return best;
    }

    private double axisCost(double force, int depth, double x, double v) {
        double newV = v * KEEP + force * gain;
        double newX = x + DT * (positionFirst ? v : newV);
        double here = Math.abs(newX);
        double best = Double.POSITIVE_INFINITY;
        if (depth > AHEAD) {
            best = 0;
            for (int t = 0; t < COAST; t++) {
                newX += DT * newV;
                newV *= KEEP;
                best += Math.abs(newX);
            }
        } else {
            for (int next = -2; next <= 2; next++) {
                best = Math.min(best, axisCost(next / 2.0, depth + 1, newX, newV));
            }
        }
        return here + best;
    }
}
