package marlab.sim.world.particle;

import java.util.List;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.seed.RandomStream;

/// Simple Line: N agents stand evenly on the line between two landmarks that are 1.25 m apart, both
/// ends included. Rules of MPE2 1.1.0, `simple_line_v1` (after Agarwal et al. 2020).
public final class SimpleLine extends Pattern {

    private static final double LENGTH = 1.25;
    private static final double COS_5 = StrictMath.cos(Math.toRadians(5));
    private static final double SIN_5 = StrictMath.sin(Math.toRadians(5));

    public SimpleLine() {
        super(0.03, 2);
    }

    @Override
    public String name() {
        return "simple_line";
    }

    @Override
    public String title() {
        return "Simple Line";
    }

    @Override
    public String summary() {
        return "The agents line up evenly between two landmarks, without seeing each other.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Nobody sees the others: each must guess from its own place which gap is its own.",
                "A line joins every agent to the place that it is assigned; watch them swap.",
                "The ends are places too: does anybody dare to go there?");
    }

    @Override
    public String source() {
        return "Agarwal et al. 2020; rules of Farama MPE2 1.1.0, simple_line_v1";
    }

    /// The second landmark lies in a random direction, turned on by five degrees until it is inside
    /// the square. (Without sine and cosine, which allocate where they are the same everywhere.)
    @Override
    void lay(ParticlePhysics bodies, RandomStream random) {
        int first = bodies.agents;
        bodies.scatter(first, first + 1, 0.25, random);
        double dx;
        double dy;
        double squared;
        do { // a point of the disc has a random direction
            dx = 2 * random.nextDouble() - 1;
            dy = 2 * random.nextDouble() - 1;
            squared = dx * dx + dy * dy;
        } while (squared > 1 || squared < 1e-4);
        double scale = LENGTH / Math.sqrt(squared);
        dx *= scale;
        dy *= scale;
        while (Math.abs(bodies.x[first] + dx) >= 1 || Math.abs(bodies.y[first] + dy) >= 1) {
            double turned = COS_5 * dx - SIN_5 * dy;
            dy = SIN_5 * dx + COS_5 * dy;
            dx = turned;
        }
        bodies.x[first + 1] = bodies.x[first] + dx;
        bodies.y[first + 1] = bodies.y[first] + dy;
    }

    @Override
    void places(double[] x, double[] y, int agents, double[] placeX, double[] placeY) {
        double stepX = agents > 1 ? (x[agents + 1] - x[agents]) / (agents - 1) : 0;
        double stepY = agents > 1 ? (y[agents + 1] - y[agents]) / (agents - 1) : 0;
        for (int p = 0; p < agents; p++) {
            placeX[p] = x[agents] + p * stepX;
            placeY[p] = y[agents] + p * stepY;
        }
    }

    @Override
    void outline(double[] landmarkX, double[] landmarkY, Brush brush) {
        brush.line(landmarkX[0], landmarkY[0], landmarkX[1], landmarkY[1], Ink.Role.GRID, 1.5);
    }
}
