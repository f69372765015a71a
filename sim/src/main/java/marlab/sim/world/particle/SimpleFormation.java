package marlab.sim.world.particle;

import java.util.List;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.seed.RandomStream;

/// Simple Formation: N agents stand evenly on a circle of radius 0.5 m round a landmark, the first
/// place being where the agent with the smallest angle stands. Rules of MPE2 1.1.0,
/// `simple_formation_v1` (after Agarwal et al. 2020).
public final class SimpleFormation extends Pattern {

    private static final double RADIUS = 0.5;

    public SimpleFormation() {
        super(0.05, 1);
    }

    @Override
    public String name() {
        return "simple_formation";
    }

    @Override
    public String title() {
        return "Simple Formation";
    }

    @Override
    public String summary() {
        return "The agents spread evenly on a circle round the landmark, without seeing each other.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Nobody sees the others: each must guess from its own place which gap is its own.",
                "The places turn with the agent whose angle is smallest, so nobody can aim at a"
                        + " fixed point.",
                "A line joins every agent to the place that it is assigned; watch them swap.",
                "With more agents the circle gets crowded, and bumping costs time.");
    }

    @Override
    public String source() {
        return "Agarwal et al. 2020; rules of Farama MPE2 1.1.0, simple_formation_v1";
    }

    @Override
    void lay(ParticlePhysics bodies, RandomStream random) {
        bodies.scatter(bodies.agents, bodies.bodies, 0.5, random);
    }

    /// The reference's angles without their sines: the direction to the first agent is turned by
    /// the N-th part of a circle again and again, the same but for the last bit.
    @Override
    void places(double[] x, double[] y, int agents, double[] placeX, double[] placeY) {
        double centreX = x[agents];
        double centreY = y[agents];
        int first = 0;
        for (int i = 1; i < agents; i++) {
            boolean before =
                    before(x[i] - centreX, y[i] - centreY, x[first] - centreX, y[first] - centreY);
            first = before ? i : first;
        }
        double dx = x[first] - centreX;
        double dy = y[first] - centreY;
        double length = Math.sqrt(dx * dx + dy * dy);
        double cos = length > 0 ? dx / length : 1;
        double sin = length > 0 ? dy / length : 0;
        double[] turns = TURNS[agents];
        for (int p = 0; p < agents; p++) {
            double turnCos = turns[2 * p];
            double turnSin = turns[2 * p + 1];
            placeX[p] = centreX + RADIUS * (cos * turnCos - sin * turnSin);
            placeY[p] = centreY + RADIUS * (sin * turnCos + cos * turnSin);
        }
    }

    private static final double[][] TURNS = turns();

    /// Per number of agents, cosine and sine of the places' angles from the first.
    private static double[][] turns() {
        double[][] turns = new double[31][];
        for (int n = 1; n < turns.length; n++) {
            turns[n] = new double[2 * n];
            for (int p = 0; p < n; p++) {
                turns[n][2 * p] = StrictMath.cos(p * (2 * Math.PI / n));
                turns[n][2 * p + 1] = StrictMath.sin(p * (2 * Math.PI / n));
            }
        }
        return turns;
    }

    /// True when the angle of (ax, ay) is below that of (bx, by), both within 0 and 2π.
    private static boolean before(double ax, double ay, double bx, double by) {
        boolean aLow = ay < 0 || ay == 0 && ax < 0; // from π on
        boolean bLow = by < 0 || by == 0 && bx < 0;
        return aLow == bLow ? ax * by - ay * bx > 0 : bLow;
    }

    @Override
    void outline(double[] landmarkX, double[] landmarkY, Brush brush) {
        brush.ring(landmarkX[0], landmarkY[0], RADIUS, Ink.Role.GRID, 1.5, false);
    }
}
