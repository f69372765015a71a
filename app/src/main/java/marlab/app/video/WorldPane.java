package marlab.app.video;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import marlab.app.chart.ChartFonts;
import marlab.app.picture.ImageBrush;
import marlab.app.theme.ColourRegistry;
import marlab.sim.draw.AgentFigures;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.draw.Trails;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Family;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.snapshot.Frame;
import marlab.sim.space.ActionSpace;

/// The world in a film at any time of an episode, between two steps too where things glide. Looks
/// as on screen. What it paints follows from the time alone, not from what it painted before. Owned
/// by one thread.
final class WorldPane {

    private static final double ZOOM = 2;
    private static final int FEW = 60; // agents whose paths can be told apart
    private static final double PADDING = 14;
    private static final double GRID = 0.25;
    private static final int GRID_PIXELS = 60;

    private final Strip strip;
    private final Recording recording;
    private final Portrayal portrayal;
    private final Overlays overlays = new Overlays();
    private final AgentFigures figures; // null where agents are too many
    private final Trails trails;
    private final ImageBrush brush;
    private final Graphics2D pen;
    private final Color gridColour;
    private final boolean plane;
    private final double unit;
    private final Frame from; // the moment before, where there is one
    private final Frame to;
    private final Frame between;
    private int shown = -1;

    /// @param wide of the picture, in pixels
    /// @param unit pixels per pixel at 1080
    WorldPane(
            Strip strip,
            int wide,
            int high,
            double unit,
            FilmPlan.Look look,
            ColourRegistry colours,
            ChartFonts fonts) {
        this.strip = strip;
        this.unit = unit;
        recording = strip.source().replay().recording();
        ReplayHeader header = strip.source().replay().header();
        portrayal = header.portrayal();
        Family family = header.provider().family();
        plane = family == Family.PARTICLES || family == Family.SWARMS;
        EnvSpec spec = recording.spec();
        boolean trailing = look.trails() && spec.agentCount() <= FEW && moves(spec);
        trails = new Trails(trailing ? spec.agentCount() : 0);
        overlays.trails = trailing;
        overlays.paths = trailing ? trails : null;
        overlays.whiskers = look.whiskers() && spec.agentCount() <= FEW && moves(spec);
        overlays.letters = look.letters();
        overlays.rewards = look.rewards();
        overlays.values = look.values();
        figures = spec.agentCount() <= AgentFigures.MOST_AGENTS ? new AgentFigures(spec) : null;
        brush = new ImageBrush(wide, high, ZOOM * unit, colours, fonts);
        pen = brush.image().createGraphics();
        gridColour = new Color(colours.argb(Ink.Role.GRID));
        from = new Frame(spec);
        to = new Frame(spec);
        between = new Frame(spec);
    }

    private static boolean moves(EnvSpec spec) {
        return spec.groups().stream()
                .flatMap(group -> group.action().parts().stream())
                .anyMatch((ActionSpace.Push part) -> part.dx() != 0 || part.dy() != 0);
    }

    /// The part of the world to show now.
    Bounds bounds() {
        return portrayal.bounds(between);
    }

    /// Paints the world as it is now.
    ///
    /// @param bounds the part of it to show
    BufferedImage paint(Bounds bounds) {
        int wide = brush.image().getWidth();
        int high = brush.image().getHeight();
        brush.canvas(0, 0, wide, high);
        double padding = PADDING * unit;
        brush.frame(bounds, padding, padding, wide - 2 * padding, high - 2 * padding);
        if (plane) {
            grid(wide, high);
        }
        portrayal.draw(between, overlays, brush);
        if (figures != null) {
            figures.draw(between, recording.weights(), overlays, portrayal, brush);
        }
        return brush.image();
    }

    /// The last step that the world really was in.
    Frame exact() {
        return to;
    }

    /// Goes to a time.
    ///
    /// @param position steps since the strip begins, with a fraction
    void moveTo(double position) {
        int before = strip.at(position);
        int last = strip.steps().length - 1;
        double part = strip.steps()[0] + position - strip.steps()[before];
        boolean glides =
                portrayal.glides()
                        && part > 0
                        && before < last
                        && strip.steps()[before + 1] == strip.steps()[before] + 1;
        show(glides ? before + 1 : before);
        between.copyFrom(to);
        if (glides) {
            for (int k = 0; k < between.state.length; k++) {
                between.state[k] = from.state[k] + part * (to.state[k] - from.state[k]);
            }
        }
        trails.head(between, portrayal);
    }

    /// Makes this the newest moment of the trails.
    private void show(int index) {
        if (index == shown) {
            return;
        }
        if (shown >= 0 && index == shown + 1) {
            trails.head(to, portrayal);
            note(index);
        } else {
            trails.clear();
            for (int k = Math.max(0, index - Trails.LENGTH); k <= index; k++) {
                note(k);
            }
        }
        shown = index;
    }

    private void note(int index) {
        from.copyFrom(to);
        recording.frame(strip.moments()[index], to);
        trails.note(to, portrayal);
    }

    /// Lines to measure by, half a world unit or more apart, as on screen.
    private void grid(int wide, int high) {
        double gap = GRID;
        while (gap * brush.scale() < GRID_PIXELS * unit) {
            gap *= 2;
        }
        int thick = Math.max(1, (int) Math.round(unit));
        double column = brush.pixelX(0);
        double row = brush.pixelY(0);
        double apart = gap * brush.scale();
        pen.setColor(gridColour);
        for (double x = column - apart * Math.floor(column / apart); x < wide; x += apart) {
            pen.fillRect((int) Math.round(x), 0, thick, high);
        }
        for (double y = row - apart * Math.floor(row / apart); y < high; y += apart) {
            pen.fillRect(0, (int) Math.round(y), wide, thick);
        }
    }
}
