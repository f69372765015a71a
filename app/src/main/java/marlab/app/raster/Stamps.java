package marlab.app.raster;

import java.util.Arrays;
import marlab.sim.draw.Brush;

/// The stamps of one shape and radius, one for each of 64 headings, made when first asked for.
/// Owned by one thread.
public final class Stamps {

    /// Headings that look different enough.
    private static final int HEADINGS = 64;

    private final Stamp[] stamps = new Stamp[HEADINGS];
    private Brush.Sprite shape;
    private double radius;

    /// Serves this shape and radius from now on.
    ///
    /// @param pixels radius, rounded to a quarter of a pixel; below 1 a mark would be too faint to
    ///   see
    public void use(Brush.Sprite next, double pixels) {
        double rounded = Math.max(1, Math.rint(4 * pixels) / 4);
        if (next != shape || rounded != radius) {
            shape = next;
            radius = rounded;
            Arrays.fill(stamps, null);
        }
    }

    /// The stamp that points this way.
    ///
    /// @param heading radians
    public Stamp at(double heading) {
        int k = shape == Brush.Sprite.ARROW ? bucket(heading) : 0;
        if (stamps[k] == null) {
            stamps[k] = new Stamp(shape, radius, 2 * Math.PI * k / HEADINGS);
        }
        return stamps[k];
    }

    private static int bucket(double heading) {
        return (int) Math.rint(heading * (HEADINGS / (2 * Math.PI))) & (HEADINGS - 1);
    }
}
