package marlab.app.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Palette;
import marlab.app.theme.Scheme;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FxBrushTest {

    @Test
    void worldsAreLetterboxedWithYUpwards() {
        FxBrush brush = new FxBrush(new Canvas(400, 200).getGraphicsContext2D(), colours());
        brush.frame(Bounds.square(1), 400, 200);
        assertEquals(100, brush.scale());
        assertEquals(200, brush.pixelX(0));
        assertEquals(0, brush.pixelY(1));
        assertEquals(0.5, brush.worldX(brush.pixelX(0.5)), 1e-12);
        assertEquals(0.5, brush.worldY(brush.pixelY(0.5)), 1e-12);
    }

    @Test
    void aPictureOfAWorldIsNotBlank() {
        TestToolkit.start();
        WritableImage image = TestToolkit.fx(FxBrushTest::picture);
        Set<Integer> found = new HashSet<>();
        for (int x = 0; x < 300; x++) {
            for (int y = 0; y < 300; y++) {
                found.add(image.getPixelReader().getArgb(x, y));
            }
        }
        assertTrue(found.size() > 20, found.size() + " colours");
    }

    @Test
    void cellsAndMarksLieInTheOrderInWhichTheyWereDrawn() {
        TestToolkit.start();
        WritableImage image = TestToolkit.fx(FxBrushTest::layers);
        ColourRegistry colours = colours();
        // top left: a tile; over it in the middle a mark, over that a disc
        assertEquals(colours.argb(Ink.Role.WALL), image.getPixelReader().getArgb(5, 5));
        assertEquals(colours.argb(Ink.Role.FOOD), image.getPixelReader().getArgb(50, 30));
        assertEquals(colours.argb(Ink.Role.GOAL), image.getPixelReader().getArgb(50, 50));
        assertEquals(colours.argb(Ink.Role.WATER), image.getPixelReader().getArgb(85, 85));
    }

    private static WritableImage layers() {
        Canvas canvas = new Canvas(100, 100);
        FxBrush brush = new FxBrush(canvas.getGraphicsContext2D(), colours());
        brush.frame(new Bounds(0, 0, 2, 2), 100, 100);
        Ink[] inks = {Ink.Role.WALL, Ink.Role.FOOD, Ink.Role.WATER};
        brush.tiles(0, 2, 1, 2, 2, new byte[] {0, 0, 0, 0}, inks);
        double[] middle = {1};
        brush.sprites(Brush.Sprite.DISC, 1, middle, middle, null, 0.5, new byte[] {1}, inks);
        brush.disc(1, 1, 0.2, Ink.Role.GOAL, Ink.Role.GOAL, 1);
        brush.tiles(1, 1, 1, 1, 1, new byte[] {2}, inks);
        brush.disc(1, 1, 0.2, Ink.Role.GOAL, Ink.Role.GOAL, 1);
        brush.finish();
        return canvas.snapshot(null, null);
    }

    private static WritableImage picture() {
        WorldProvider world = Worlds.named("simple_spread");
        var env = world.create(world.defaults());
        env.reset(1);
        Frame frame = new Frame(env.spec());
        env.snapshot(frame);
        Canvas canvas = new Canvas(300, 300);
        FxBrush brush = new FxBrush(canvas.getGraphicsContext2D(), colours());
        var portrayal = world.portrayal(world.defaults());
        brush.frame(portrayal.bounds(frame), 300, 300);
        portrayal.draw(frame, new Overlays(), brush);
        brush.finish();
        return canvas.snapshot(null, null);
    }

    private static ColourRegistry colours() {
        return new ColourRegistry(Palette.of(Scheme.LIGHT));
    }
}
