package marlab.sim.replay;

import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.snapshot.Frame;

/// Draws moments that come from a file. A file can tell of states that no world comes to, and a
/// portrayal that meets one may fail; then the picture says so, in place of the program.
final class ReplayPortrayal implements Portrayal {

    private static final Bounds SOMEWHERE = Bounds.square(1);
    private static final double MOST = 1e9; // world units
    private static final double TYPE = -18; // pixels

    private final Portrayal world;

    ReplayPortrayal(Portrayal world) {
        this.world = world;
    }

    @Override
    public Bounds bounds(Frame frame) {
        try {
            Bounds bounds = world.bounds(frame);
            return isRoom(bounds.minX(), bounds.maxX()) && isRoom(bounds.minY(), bounds.maxY())
                    ? bounds
                    : SOMEWHERE;
        } catch (RuntimeException e) {
            return SOMEWHERE;
        }
    }

    private static boolean isRoom(double low, double high) {
        return high - low > 1 / MOST && low > -MOST && high < MOST; // false for NaN
    }

    @Override
    public void draw(Frame frame, Overlays on, Brush brush) {
        try {
            world.draw(frame, on, brush);
        } catch (RuntimeException e) {
            Bounds bounds = bounds(frame);
            double x = (bounds.minX() + bounds.maxX()) / 2;
            double y = (bounds.minY() + bounds.maxY()) / 2;
            brush.text(impossible(frame), x, y, TYPE, true, Ink.Role.WARNING);
        }
    }

    @Override
    public void place(Frame frame, int agent, double[] into) {
        try {
            world.place(frame, agent, into);
        } catch (RuntimeException e) {
            java.util.Arrays.fill(into, 0, 3, 0);
        }
    }

    @Override
    public String describe(Frame frame) {
        try {
            return world.describe(frame);
        } catch (RuntimeException e) {
            return impossible(frame);
        }
    }

    private static String impossible(Frame frame) {
        return "Moment " + frame.moment + " can't be drawn: its state is impossible.";
    }

    @Override
    public boolean glides() {
        return world.glides();
    }
}
