package marlab.app.card;

import marlab.app.picture.Drawing;

/// A node whose content can be drawn as vectors although it paints on a canvas: the world, a chart.
/// Pictures of its card then use the drawing instead of the canvas's pixels.
public interface VectorContent {

    /// What is shown now, from the node's upper left corner on; null while there is nothing, so
    /// that what the node shows is drawn like any other. Called on the FX thread and quick; the
    /// drawing is drawn elsewhere, later.
    Drawing vectors();
}
