package marlab.app.picture;

import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Ink;

/// A moment of a world as vectors. Immutable once the record is.
///
/// @param width in pixels at 100 %
/// @param bounds what of the world is seen, as large as fits
/// @param world what was drawn
/// @param legend what the overlays mean, in the lower left corner; may be empty
public record WorldDrawing(
        double width,
        double height,
        Bounds bounds,
        BrushRecord world,
        String legend,
        ColourRegistry colours)
        implements Drawing {

    private static final double LEGEND_SIZE = 12;
    private static final double LEGEND_PLACE = 10;

    @Override
    public void draw(Graphics2D graphics) {
        Shape clip = graphics.getClip();
        graphics.clip(new Rectangle2D.Double(0, 0, width, height));
        GraphicsBrush brush = new GraphicsBrush(graphics, 1, colours, Typefaces.inter());
        brush.canvas(0, 0, width, height);
        brush.frame(bounds, 0, 0, width, height);
        world.drawOn(brush);
        if (!legend.isEmpty()) {
            double middle = height - LEGEND_PLACE - 0.35 * LEGEND_SIZE;
            brush.write(legend, LEGEND_PLACE, middle, LEGEND_SIZE, false, Ink.Role.MUTED, 0);
        }
        graphics.setClip(clip);
    }
}
