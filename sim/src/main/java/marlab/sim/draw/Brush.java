package marlab.sim.draw;

/// What portrayals draw with, whatever the toolkit: a canvas, an SVG file, a video frame. Positions
/// and radii are in world units with y upwards; line widths and type sizes in pixels at 100 % zoom,
/// so that lines stay legible on a projector.
public interface Brush {

    /// A filled disc with an outline.
    void disc(double x, double y, double radius, Ink fill, Ink outline, double width);

    /// A circle line.
    void ring(double x, double y, double radius, Ink ink, double width, boolean dashed);

    /// A filled polygon with an outline; the first `count` points of the arrays.
    void polygon(double[] xs, double[] ys, int count, Ink fill, Ink outline, double width);

    /// A straight line with round ends.
    void line(double x1, double y1, double x2, double y2, Ink ink, double width);

    /// One path whose width changes evenly from its first to its last point.
    void taper(double[] xs, double[] ys, int count, Ink ink, double fromWidth, double toWidth);

    /// Text centred at a point. The size is in world units when positive, in pixels when negative.
    void text(String text, double x, double y, double size, boolean bold, Ink ink);
}
