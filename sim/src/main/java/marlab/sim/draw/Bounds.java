package marlab.sim.draw;

/// The part of the world to show.
public record Bounds(double minX, double minY, double maxX, double maxY) {

    /// A square about the origin.
    public static Bounds square(double half) {
        return new Bounds(-half, -half, half, half);
    }

    /// True when the point lies inside.
    public boolean contains(double x, double y) {
        return x >= minX && x <= maxX && y >= minY && y <= maxY;
    }
}
