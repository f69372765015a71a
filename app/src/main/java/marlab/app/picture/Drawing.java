package marlab.app.picture;

import java.awt.Graphics2D;

/// Something that can be drawn any number of times, on whatever Graphics2D: pixels, SVG, PDF. Holds
/// all it needs, so that it can be made on one thread and drawn on another.
public interface Drawing {

    /// In pixels at 100 %.
    double width();

    /// In pixels at 100 %.
    double height();

    /// Draws within (0, 0) and ({@link #width}, {@link #height}); leaves clip, transform and the
    /// like as it found them.
    void draw(Graphics2D graphics);
}
