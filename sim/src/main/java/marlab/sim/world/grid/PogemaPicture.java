package marlab.sim.world.grid;

import marlab.sim.draw.AgentGlyph;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.EnvOptions;
import marlab.sim.map.GridMap;
import marlab.sim.snapshot.Frame;

/// Obstacles as tiles, goals as rings in their agents' colours, few agents as glyphs, many as
/// discs, or squares where cells are small. Owned by the thread that draws.
final class PogemaPicture implements Portrayal {

    /// Up to this many agents have a glyph each.
    private static final int GLYPHS = 60;

    /// Up to this many agents are linked to their goals.
    private static final int LINKS = 12;

    /// Up to this many agents show their goals.
    private static final int GOALS = 600;

    /// From so many cells a side on, cells are a few pixels: agents fill theirs to be seen.
    private static final int FINE = 100;

    private static final int COLOURS = 7;
    private static final int GONE = COLOURS;
    private static final Ink[] GROUND = {Ink.Role.FLOOR, Ink.Role.WALL, Ink.Role.GRID};
    private static final int[] DX = {0, 0, 0, -1, 1};
    private static final int[] DY = {0, 1, -1, 0, 0};

    private final int agents;
    private final boolean stay;
    private final int rows;
    private final int columns;
    private final int words; // of obstacles, per row
    private final byte[] ground;
    private final boolean[] goalCells; // of a map that says where goals may be
    private final double[] xs;
    private final double[] ys;
    private final byte[] codes;
    private final Ink[] inks = new Ink[COLOURS + 1];

    PogemaPicture(EnvOptions options) {
        agents = options.whole("agents");
        stay = options.word("on_target").equals("nothing");
        GridMap map = Pogema.map(options);
        rows = map == null ? options.whole("height") : map.rows();
        columns = map == null ? options.whole("width") : map.columns();
        words = (columns + PogemaEnv.PACKED - 1) / PogemaEnv.PACKED;
        ground = new byte[rows * columns];
        goalCells = new boolean[ground.length];
        for (int cell = 0; map != null && cell < ground.length; cell++) {
            goalCells[cell] = map.ground()[cell] == '$';
        }
        xs = new double[agents];
        ys = new double[agents];
        codes = new byte[agents];
        for (int k = 0; k < COLOURS; k++) {
            inks[k] = new Ink.Agent(k);
        }
        inks[GONE] = Ink.Role.GRID;
    }

    private double number(Frame frame, int agent, int which) {
        return frame.state[PogemaEnv.AGENT * agent + which];
    }

    private double x(Frame frame, int agent) {
        return number(frame, agent, PogemaEnv.COLUMN) + 0.5;
    }

    private double y(Frame frame, int agent) {
        return rows - number(frame, agent, PogemaEnv.ROW) - 0.5;
    }

    private boolean active(Frame frame, int agent) {
        return number(frame, agent, PogemaEnv.ACTIVE) > 0;
    }

    private boolean there(Frame frame, int agent) {
        return stay && number(frame, agent, PogemaEnv.ARRIVED) > 0;
    }

    /// Between two steps a goal that changes is nowhere.
    private boolean hasGoal(Frame frame, int agent) {
        double row = number(frame, agent, PogemaEnv.GOAL_ROW);
        double column = number(frame, agent, PogemaEnv.GOAL_COLUMN);
        return active(frame, agent) && row == Math.rint(row) && column == Math.rint(column);
    }

    private double goalX(Frame frame, int agent) {
        return number(frame, agent, PogemaEnv.GOAL_COLUMN) + 0.5;
    }

    private double goalY(Frame frame, int agent) {
        return rows - number(frame, agent, PogemaEnv.GOAL_ROW) - 0.5;
    }

    private boolean blocked(Frame frame, int row, int column) {
        int word = PogemaEnv.AGENT * agents + row * words + column / PogemaEnv.PACKED;
        return ((long) frame.state[word] >>> column % PogemaEnv.PACKED & 1) != 0;
    }

    /// The obstacles of a frame as map text.
    String mapText(Frame frame) {
        StringBuilder text = new StringBuilder((columns + 1) * rows);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                text.append(blocked(frame, row, column) ? '#' : '.');
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Override
    public Bounds bounds(Frame frame) {
        return new Bounds(0, 0, columns, rows);
    }

    @Override
    public void draw(Frame frame, Overlays on, Brush brush) {
        readGround(frame);
        brush.tiles(0, rows, 1, rows, columns, ground, GROUND);
        for (int i = 0; i < agents; i++) {
            if ((agents <= LINKS || on.selected == i) && hasGoal(frame, i)) {
                link(frame, i, brush);
            }
        }
        if (agents <= GLYPHS) {
            drawFew(frame, on, brush);
        } else {
            drawMany(frame, on, brush);
        }
    }

    private void readGround(Frame frame) {
        int cell = 0;
        for (int row = 0; row < rows; row++) {
            int word = PogemaEnv.AGENT * agents + row * words;
            for (int from = 0; from < columns; from += PogemaEnv.PACKED) {
                long bits = (long) frame.state[word++];
                int to = Math.min(from + PogemaEnv.PACKED, columns);
                for (int column = from; column < to; column++, cell++, bits >>>= 1) {
                    ground[cell] = (byte) ((bits & 1) != 0 ? 1 : goalCells[cell] ? 2 : 0);
                }
            }
        }
    }

    private void link(Frame frame, int agent, Brush brush) {
        brush.line(
                x(frame, agent),
                y(frame, agent),
                goalX(frame, agent),
                goalY(frame, agent),
                inks[agent % COLOURS],
                1);
    }

    private void drawFew(Frame frame, Overlays on, Brush brush) {
        for (int i = 0; i < agents; i++) {
            if (hasGoal(frame, i)) {
                goal(frame, i, brush);
            }
            if (on.trails && on.paths != null && active(frame, i)) {
                on.paths.draw(i, brush);
            }
        }
        for (int i = 0; i < agents; i++) {
            double x = x(frame, i);
            double y = y(frame, i);
            if (!active(frame, i)) { // gone: only a trace of it stays
                brush.disc(x, y, 0.12, inks[i % COLOURS], Ink.Role.GRID, 1);
                continue;
            }
            if (on.whiskers) {
                whiskers(frame, i, x, y, brush);
            }
            AgentGlyph.draw(brush, i, x, y, 0.3, on);
            if (there(frame, i)) {
                brush.ring(x, y, 0.46, Ink.Role.FOREGROUND, 2, false);
            }
        }
    }

    private void goal(Frame frame, int agent, Brush brush) {
        double x = goalX(frame, agent);
        double y = goalY(frame, agent);
        brush.ring(x, y, 0.34, inks[agent % COLOURS], 2.5, false);
        brush.ring(x, y, 0.14, inks[agent % COLOURS], 2, false);
    }

    private static void whiskers(Frame frame, int agent, double x, double y, Brush brush) {
        for (int a = 1; a < DX.length; a++) {
            double p = frame.probabilities[agent * frame.choicesPerAgent + a];
            if (p > 0.005) { // never so where there is none: NaN
                double from = 0.36;
                double to = from + 0.14 * p;
                brush.line(
                        x + from * DX[a],
                        y + from * DY[a],
                        x + to * DX[a],
                        y + to * DY[a],
                        Ink.Role.FOREGROUND,
                        2.5);
            }
        }
    }

    private void drawMany(Frame frame, Overlays on, Brush brush) {
        if (agents <= GOALS) {
            int count = 0;
            for (int i = 0; i < agents; i++) {
                if (hasGoal(frame, i)) {
                    xs[count] = goalX(frame, i);
                    ys[count] = goalY(frame, i);
                    codes[count++] = (byte) (i % COLOURS);
                }
            }
            brush.sprites(Brush.Sprite.RING, count, xs, ys, null, 0.34, codes, inks);
        }
        int count = 0;
        for (int i = 0; i < agents; i++) {
            if (active(frame, i)) {
                xs[count] = x(frame, i);
                ys[count] = y(frame, i);
                codes[count++] = (byte) (i % COLOURS);
            }
        }
        if (Math.max(rows, columns) < FINE) {
            brush.sprites(Brush.Sprite.DISC, count, xs, ys, null, 0.4, codes, inks);
        } else {
            brush.sprites(Brush.Sprite.SQUARE, count, xs, ys, null, 0.5, codes, inks);
        }
        count = 0;
        for (int i = 0; i < agents; i++) {
            if (!active(frame, i) || there(frame, i)) {
                xs[count] = x(frame, i);
                ys[count] = y(frame, i);
                codes[count++] = GONE;
            }
        }
        brush.sprites(Brush.Sprite.DISC, count, xs, ys, null, 0.15, codes, inks);
        if (on.selected >= 0 && on.selected < agents) {
            selected(frame, on, brush);
        }
    }

    private void selected(Frame frame, Overlays on, Brush brush) {
        int i = on.selected;
        if (on.trails && on.paths != null) {
            on.paths.draw(i, brush);
        }
        if (hasGoal(frame, i)) {
            goal(frame, i, brush);
        }
        AgentGlyph.draw(brush, i, x(frame, i), y(frame, i), 0.3, on);
    }

    @Override
    public void place(Frame frame, int agent, double[] into) {
        into[0] = x(frame, agent);
        into[1] = y(frame, agent);
        into[2] = 0.4;
    }

    @Override
    public boolean glides() {
        return true;
    }

    @Override
    public String describe(Frame frame) {
        int there = 0;
        int gone = 0;
        for (int i = 0; i < agents; i++) {
            there += there(frame, i) ? 1 : 0;
            gone += active(frame, i) ? 0 : 1;
        }
        double arrivals = frame.state[frame.state.length - 2];
        return "Pathfinding, step "
                + frame.step
                + ": "
                + agents
                + " agents on "
                + rows
                + " × "
                + columns
                + " cells; "
                + (stay
                        ? there + " stand on their goals."
                        : gone > 0
                                ? gone + " have finished."
                                : Math.round(arrivals) + " goals have been reached.");
    }
}
