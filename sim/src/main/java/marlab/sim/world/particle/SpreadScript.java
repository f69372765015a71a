package marlab.sim.world.particle;

import java.util.random.RandomGenerator;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.planning.Assignment;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;

/// A coordinated script for Simple Spread: at the start of an episode everyone is given the
/// landmark that makes the sum of distances smallest; then each drives there by looking a few
/// pushes ahead in the world's own physics and steers round predicted contacts. The yardstick for
/// what learning can reach.
final class SpreadScript implements Policy {

    /// Pushes that are tried in all combinations.
    private static final int AHEAD = 3;

    /// Steps of coasting that are judged after them.
    private static final int COAST = 4;

    /// Cost of a contact in metres of distance: C weighs 2/n as much as D in the reward.
    private static final double BUMP = 0.4;

    private static final double GAIN = ParticlePhysics.THRUST * ParticlePhysics.DT;
    private static final double KEEP = 1 - ParticlePhysics.DAMPING;
    private static final double DT = ParticlePhysics.DT;

    private final int n;
    private final boolean continuous;
    private final boolean positionFirst;
    private final double[] seen;
    private final double[][] neighbourX;
    private final double[][] neighbourY;
    private int neighbours;
    private int[] landmarkOf;

    SpreadScript(EnvOptions options) {
        n = options.whole("agents");
        continuous = ParticleOptions.continuous(options);
        positionFirst = options.word("physics").equals("mpe2");
        seen = new double[6 * n];
        neighbourX = new double[n][AHEAD + COAST];
        neighbourY = new double[n][AHEAD + COAST];
    }

    @Override
    public void episodeBegins(ParallelEnv env) {
        double[][] cost = new double[n][n];
        for (int i = 0; i < n; i++) {
            env.observeCentral(i, seen, 0);
            for (int l = 0; l < n; l++) {
                cost[i][l] = Math.sqrt(square(seen[4 + 2 * l]) + square(seen[5 + 2 * l]));
            }
        }
        landmarkOf = Assignment.solve(cost);
    }

    private static double square(double x) {
        return x * x;
    }

    @Override
    public void act(ParallelEnv env, Decision into, RandomGenerator random) {
        if (landmarkOf == null) {
            episodeBegins(env);
        }
        for (int i = 0; i < n; i++) {
            env.observeCentral(i, seen, 0);
            double x = -seen[4 + 2 * landmarkOf[i]]; // position as seen from the landmark
            double y = -seen[5 + 2 * landmarkOf[i]];
            if (continuous) {
                drive(into, i, 1, 2, bestForce(x, seen[0]));
                drive(into, i, 3, 4, bestForce(y, seen[1]));
            } else {
                foresee(env, i, x, y);
                int choice = bestPush(x, y, seen[0], seen[1]);
                into.actions.choose(i, choice);
                int at = i * into.choicesPerAgent;
                for (int a = 0; a < 5; a++) {
                    into.probabilities[at + a] = a == choice ? 1 : 0;
                }
            }
        }
    }

    private static void drive(Decision into, int agent, int minus, int plus, double force) {
        into.actions.box(agent, minus, Math.max(-force, 0));
        into.actions.box(agent, plus, Math.max(force, 0));
    }

    /// The first of the {@link #AHEAD} pushes with the smallest cost: distances to the landmark
    /// summed over steps, plus {@link #BUMP} for every predicted contact.
    private int bestPush(double x, double y, double vx, double vy) {
        int best = 0;
        double bestCost = Double.POSITIVE_INFINITY;
        for (int a = 0; a < 5; a++) {
            double cost = cost(a, 0, x, y, vx, vy);
            if (cost < bestCost - 1e-12) {
                bestCost = cost;
                best = a;
            }
        }
        return best;
    }

    private double cost(int a, int t, double x, double y, double vx, double vy) {
        double newVx = vx * KEEP + (a == 1 ? -GAIN : a == 2 ? GAIN : 0);
        double newVy = vy * KEEP + (a == 3 ? -GAIN : a == 4 ? GAIN : 0);
        double newX = x + DT * (positionFirst ? vx : newVx);
        double newY = y + DT * (positionFirst ? vy : newVy);
        double here = judge(t, newX, newY);
        if (t == AHEAD - 1) {
            return here + coast(t + 1, newX, newY, newVx, newVy);
        }
        double best = Double.POSITIVE_INFINITY;
        for (int next = 0; next < 5; next++) {
            best = Math.min(best, cost(next, t + 1, newX, newY, newVx, newVy));
        }
        return here + best;
    }

    private double coast(int from, double x, double y, double vx, double vy) {
        double sum = 0;
        for (int t = from; t < AHEAD + COAST; t++) {
            x += DT * vx;
            y += DT * vy;
            vx *= KEEP;
            vy *= KEEP;
            sum += judge(t, x, y);
        }
        return sum;
    }

    private double judge(int t, double x, double y) {
        double cost = Math.sqrt(x * x + y * y);
        for (int k = 0; k < neighbours; k++) {
            double dx = x - neighbourX[k][t];
            double dy = y - neighbourY[k][t];
            if (dx * dx + dy * dy < 4 * SimpleSpread.AGENT_RADIUS * SimpleSpread.AGENT_RADIUS) {
                cost += BUMP;
            }
        }
        return cost;
    }

    /// Where the others that are near will be if they coast, as seen from this agent's landmark.
    private void foresee(ParallelEnv env, int agent, double x, double y) {
        env.observeCentral(agent, seen, 0);
        neighbours = 0;
        int others = 4 + 2 * n;
        for (int j = 0; j < n - 1; j++) {
            double dx = seen[others + 2 * j];
            double dy = seen[others + 2 * j + 1];
            if (dx * dx + dy * dy > 1) {
                continue;
            }
            double vx = seen[others + 2 * (n - 1) + 2 * j];
            double vy = seen[others + 2 * (n - 1) + 2 * j + 1];
            double px = x + dx;
            double py = y + dy;
            for (int t = 0; t < AHEAD + COAST; t++) {
                px += DT * vx;
                py += DT * vy;
                vx *= KEEP;
                vy *= KEEP;
                neighbourX[neighbours][t] = px;
                neighbourY[neighbours][t] = py;
            }
            neighbours++;
        }
    }

    /// Force along one axis, in full pushes within −1 and 1: the one that stands still on the
    /// landmark soonest. With the push now and a counter-push at the next step, x and v can both be
    /// brought to zero in two steps when the forces suffice; else drive so that coasting would stop
    /// there, which is never too fast.
    private double bestForce(double x, double v) {
        double best = 0;
        double bestCost = Double.POSITIVE_INFINITY;
        for (int k = -20; k <= 20; k++) {
            double force = k / 20.0;
            double cost = axisCost(force, 4, x, v);
            if (cost < bestCost - 1e-12) {
                bestCost = cost;
                best = force;
            }
        }
        return best;
    }

    private double axisCost(double force, int left, double x, double v) {
        double newV = v * KEEP + force * GAIN;
        double newX = x + DT * (positionFirst ? v : newV);
        if (left == 1) {
            double sum = Math.abs(newX);
            for (int t = 0; t < COAST; t++) {
                newX += DT * newV;
                newV *= KEEP;
                sum += Math.abs(newX);
            }
            return sum;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int next = -2; next <= 2; next++) {
            best = Math.min(best, axisCost(next / 2.0, left - 1, newX, newV));
        }
        return Math.abs(newX) + best;
    }
}
