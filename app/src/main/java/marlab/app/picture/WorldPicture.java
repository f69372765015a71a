package marlab.app.picture;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import marlab.app.chart.ChartFonts;
import marlab.app.theme.ColourRegistry;
import marlab.learning.store.AtomicFile;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.draw.Trails;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;

/// Pictures of worlds as files, without a window or a display: one world in the middle of a
/// scripted episode, or many on a contact sheet.
public final class WorldPicture {

    private static final int MARGIN = 12;
    private static final int CAPTION = 44;

    private final ColourRegistry colours;
    private final ChartFonts fonts = new ChartFonts();
    private final double zoom;

    /// Pictures in these colours.
    ///
    /// @param zoom pixels per pixel at 100 %
    public WorldPicture(ColourRegistry colours, double zoom) {
        this.colours = colours;
        this.zoom = zoom;
    }

    /// The world after some steps of the script that is worth watching.
    ///
    /// @param size of a side, in pixels
    /// @param seed of the episode
    /// @param steps as many as the episode has, at most
    public BufferedImage of(
            WorldProvider world, EnvOptions options, int size, long seed, int steps) {
        Moment moment = play(world, options, seed, steps);
        ImageBrush brush = new ImageBrush(size, size, zoom, colours, fonts);
        brush.frame(moment.bounds(), 0, 0, size, size);
        moment.draw(brush);
        return brush.image();
    }

    /// The same as vectors.
    ///
    /// @param size of a side, in pixels at 100 %
    public Drawing drawing(
            WorldProvider world, EnvOptions options, int size, long seed, int steps) {
        return drawing(play(world, options, seed, steps), size, size);
    }

    /// A moment as vectors.
    ///
    /// @param width in pixels at 100 %
    public Drawing drawing(Moment moment, double width, double height) {
        BrushRecord record = new BrushRecord();
        moment.draw(record);
        return new WorldDrawing(width, height, moment.bounds(), record, "", colours);
    }

    /// A moment of a world with what its agents did just before.
    public record Moment(Portrayal portrayal, Frame frame, Trails trails) {

        Bounds bounds() {
            return portrayal.bounds(frame);
        }

        void draw(Brush brush) {
            Overlays overlays = new Overlays();
            overlays.paths = trails;
            portrayal.draw(frame, overlays, brush);
        }
    }

    private static Moment play(WorldProvider world, EnvOptions options, long seed, int steps) {
        ParallelEnv env = world.create(options);
        Portrayal portrayal = world.portrayal(options);
        Policy policy = world.scriptedPolicies(options).values().iterator().next();
        Decision decision = new Decision(env.spec());
        RandomStream random = new RandomStream(seed);
        Trails trails = new Trails(env.spec().agentCount());
        Frame frame = new Frame(env.spec());
        env.reset(seed);
        policy.episodeBegins(env);
        env.snapshot(frame);
        trails.note(frame, portrayal);
        for (int t = 0; t < steps; t++) {
            decision.clear();
            policy.act(env, decision, random);
            boolean over = env.step(decision.actions).over();
            env.snapshot(frame);
            trails.note(frame, portrayal);
            if (over) {
                break;
            }
        }
        System.arraycopy(
                decision.probabilities, 0, frame.probabilities, 0, frame.probabilities.length);
        return new Moment(portrayal, frame, trails);
    }

    /// A picture and what is written below it.
    ///
    /// @param title bold
    /// @param detail small
    public record Captioned(BufferedImage image, String title, String detail) {}

    /// Many pictures of one size on one sheet.
    public BufferedImage sheet(List<Captioned> pictures, int mostColumns) {
        int columns = Math.min(mostColumns, pictures.size());
        int side = pictures.getFirst().image.getWidth();
        int cellWidth = side + 2 * MARGIN;
        int cellHeight = side + 2 * MARGIN + CAPTION;
        int rows = (pictures.size() + columns - 1) / columns;
        ImageBrush brush =
                new ImageBrush(columns * cellWidth, rows * cellHeight, zoom, colours, fonts);
        Graphics2D graphics = brush.image().createGraphics();
        for (int k = 0; k < pictures.size(); k++) {
            Captioned each = pictures.get(k);
            int x = k % columns * cellWidth + MARGIN;
            int y = k / columns * cellHeight + MARGIN;
            graphics.drawImage(each.image, x, y, null);
            brush.write(each.title, x, y + side + 14, 14, true, Ink.Role.FOREGROUND, 0);
            brush.write(each.detail, x, y + side + 32, 12, false, Ink.Role.MUTED, 0);
        }
        graphics.dispose();
        return brush.image();
    }

    /// Writes a PNG, whole or not at all.
    public static void write(Path file, BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        AtomicFile.write(file, bytes.toByteArray());
    }
}
