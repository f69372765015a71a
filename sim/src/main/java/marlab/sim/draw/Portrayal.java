package marlab.sim.draw;

import marlab.sim.snapshot.Frame;

/// Draws the frames of one world, in any toolkit. Stateless.
public interface Portrayal {

    /// The part of the world to show for a frame. Stays the same as long as it can: things that do
    /// not move must not seem to.
    Bounds bounds(Frame frame);

    /// Draws a frame. Nothing is drawn outside {@link #bounds}, but for the old ends of trails.
    void draw(Frame frame, Overlays on, Brush brush);

    /// Position and radius of an agent, for hover, selection and trails.
    ///
    /// @param into receives x, y, radius
    void place(Frame frame, int agent, double[] into);

    /// One sentence on what the frame shows, for screen readers.
    String describe(Frame frame);

    /// True when a frame halfway between two steps, every number of the state being halfway, is one
    /// that can be drawn: things glide instead of jumping at slow speeds.
    default boolean glides() {
        return false;
    }
}
