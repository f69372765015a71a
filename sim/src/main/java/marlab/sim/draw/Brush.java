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

    /// A raster of square cells, all at once. The cell in row r and column c covers `minX + c·size`
    /// to `minX + (c+1)·size` and, row 0 being on top, `maxY − (r+1)·size` to `maxY − r·size`.
    ///
    /// @param codes [rows × columns], each an index into `inks`; negative cells are left as they
    ///   are
    void tiles(
            double minX, double maxY, double size, int rows, int columns, byte[] codes, Ink[] inks);

    /// What {@link #sprites} can look like.
    enum Sprite {
        /// A disc.
        DISC,
        /// A square with sides along the axes.
        SQUARE,
        /// An arrow head that points along its heading.
        ARROW,
        /// A circle line.
        RING
    }

    /// Many small marks of one shape, all at once: thousands cost no more than a few big things.
    ///
    /// @param headings radians from the x axis, counter-clockwise; null where the shape has none
    /// @param radius of every mark
    /// @param codes per mark an index into `inks`
    void sprites(
            Sprite shape,
            int count,
            double[] xs,
            double[] ys,
            double[] headings,
            double radius,
            byte[] codes,
            Ink[] inks);

    /// Text centred at a point. The size is in world units when positive, in pixels when negative.
    void text(String text, double x, double y, double size, boolean bold, Ink ink);
}
