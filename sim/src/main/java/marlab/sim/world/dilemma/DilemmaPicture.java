package marlab.sim.world.dilemma;

import marlab.sim.draw.AgentGlyph;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.snapshot.Frame;

/// Ground as tiles, apples as discs on soil, agents as glyphs with a nose where they look, beams as
/// small squares on what they covered, probabilities of the four moves as whiskers. Owned by the
/// drawing thread.
final class DilemmaPicture implements Portrayal {

    /// Agents from which on they are drawn as arrow heads.
    private static final int MANY = 60;

    private static final double RADIUS = 0.32;

    private static final byte SOIL = 5;

    private static final Ink[] GROUND = {
        Ink.Role.FLOOR,
        Ink.Role.WASTE,
        Ink.Role.WATER,
        Ink.Role.WALL,
        Ink.Role.CANVAS,
        Ink.Role.SOIL
    };

    /// Ink of each kind of ground, in the order of {@link DilemmaMap#LETTERS}; apples lie on soil.
    private static final byte[] GROUND_OF = {0, SOIL, 1, 2, 2, 3};

    private static final Ink[] FOOD = {Ink.Role.FOOD};
    private static final Ink[] BEAMS = {Ink.Role.BEAM, Ink.Role.SPRAY};

    private static final double[] HEADINGS = {Math.PI / 2, 0, -Math.PI / 2, Math.PI};

    private final String title;
    private final DilemmaMap map;
    private final int n;
    private final byte[] tiles;
    private final boolean[] soil;
    private final double[] xs;
    private final double[] ys;
    private final byte[] codes;
    private final double[] headings;
    private final Ink[] agentInks;

    DilemmaPicture(String title, DilemmaMap map, int agents) {
        this.title = title;
        this.map = map;
        n = agents;
        tiles = new byte[map.rows * map.columns];
        soil = new boolean[map.size()];
        for (int cell : map.appleCells) {
            soil[cell] = true;
        }
        int most = Math.max(agents * GridDilemma.BEAM_CELLS, map.rows * map.columns);
        xs = new double[most];
        ys = new double[most];
        codes = new byte[most];
        headings = new double[agents];
        agentInks = new Ink[agents];
        for (int i = 0; i < agents; i++) {
            agentInks[i] = new Ink.Agent(i);
        }
    }

    @Override
    public Bounds bounds(Frame frame) {
        return new Bounds(0, 0, map.columns, map.rows);
    }

    private double x(int cell) {
        return map.column(cell) + 0.5;
    }

    private double y(int cell) {
        return map.rows - map.row(cell) - 0.5;
    }

    private int cellOf(Frame frame, int agent) {
        return (int) frame.state[map.size() + agent];
    }

    private int headingOf(Frame frame, int agent) {
        return (int) frame.state[map.size() + n + agent];
    }

    @Override
    public void draw(Frame frame, Overlays on, Brush brush) {
        ground(frame, brush);
        beams(frame, brush);
        if (on.trails && on.paths != null) {
            for (int i = 0; i < n; i++) {
                on.paths.draw(i, brush);
            }
        }
        if (n > MANY) {
            crowd(frame, brush);
            if (on.selected >= 0) {
                int cell = cellOf(frame, on.selected);
                brush.ring(x(cell), y(cell), 0.48, Ink.Role.ACCENT, 3, false);
            }
            return;
        }
        for (int i = 0; i < n; i++) {
            agent(frame, i, on, brush);
        }
    }

    private void ground(Frame frame, Brush brush) {
        int apples = 0;
        for (int row = 0; row < map.rows; row++) {
            for (int column = 0; column < map.columns; column++) {
                int cell = map.cell(row, column);
                int kind = (int) frame.state[cell];
                boolean bare = kind == DilemmaMap.EMPTY && soil[cell];
                tiles[row * map.columns + column] = bare ? SOIL : GROUND_OF[kind];
                if (kind == DilemmaMap.APPLE) {
                    xs[apples] = column + 0.5;
                    ys[apples] = map.rows - row - 0.5;
                    codes[apples++] = 0;
                }
            }
        }
        brush.tiles(0, map.rows, 1, map.rows, map.columns, tiles, GROUND);
        brush.sprites(Brush.Sprite.DISC, apples, xs, ys, null, 0.3, codes, FOOD);
    }

    private void beams(Frame frame, Brush brush) {
        int at = map.size() + 2 * n;
        int count = (int) frame.state[at];
        for (int k = 0; k < count; k++) {
            int cell = (int) frame.state[at + 1 + k];
            int kind = (int) frame.state[at + 1 + n * GridDilemma.BEAM_CELLS + k];
            xs[k] = x(cell);
            ys[k] = y(cell);
            codes[k] = (byte) (kind == GridDilemma.FIRE ? 0 : 1);
        }
        if (count > 0) {
            brush.sprites(Brush.Sprite.SQUARE, count, xs, ys, null, 0.4, codes, BEAMS);
        }
    }

    private void crowd(Frame frame, Brush brush) {
        for (int i = 0; i < n; i++) {
            xs[i] = x(cellOf(frame, i));
            ys[i] = y(cellOf(frame, i));
            headings[i] = HEADINGS[headingOf(frame, i)];
            codes[i] = (byte) i;
        }
        brush.sprites(Brush.Sprite.ARROW, n, xs, ys, headings, 0.45, codes, agentInks);
    }

    private void agent(Frame frame, int i, Overlays on, Brush brush) {
        double x = x(cellOf(frame, i));
        double y = y(cellOf(frame, i));
        double angle = HEADINGS[headingOf(frame, i)];
        double dx = Math.cos(angle);
        double dy = Math.sin(angle);
        if (on.whiskers) {
            whiskers(frame, i, x, y, dx, dy, brush);
        }
        double[] cornersX = {x + 0.5 * dx, x + 0.25 * dx - 0.25 * dy, x + 0.25 * dx + 0.25 * dy};
        double[] cornersY = {y + 0.5 * dy, y + 0.25 * dy + 0.25 * dx, y + 0.25 * dy - 0.25 * dx};
        brush.polygon(cornersX, cornersY, 3, Ink.Role.FOREGROUND, Ink.Role.FOREGROUND, 1);
        AgentGlyph.draw(brush, i, x, y, RADIUS, on);
    }

    private static void whiskers(
            Frame frame, int agent, double x, double y, double dx, double dy, Brush brush) {
        double[] right = {-1, 1, 0, 0};
        double[] ahead = {0, 0, 1, -1};
        for (int a = 0; a < 4; a++) {
            double p = frame.probabilities[agent * frame.choicesPerAgent + a];
            if (p > 0.005) {
                double wx = right[a] * dy + ahead[a] * dx;
                double wy = -right[a] * dx + ahead[a] * dy;
                double to = RADIUS + (0.5 - RADIUS) * p;
                brush.line(
                        x + RADIUS * wx,
                        y + RADIUS * wy,
                        x + to * wx,
                        y + to * wy,
                        Ink.Role.FOREGROUND,
                        2.5);
            }
        }
    }

    @Override
    public void place(Frame frame, int agent, double[] into) {
        into[0] = x(cellOf(frame, agent));
        into[1] = y(cellOf(frame, agent));
        into[2] = 0.45;
    }

    @Override
    public String describe(Frame frame) {
        int apples = 0;
        int waste = 0;
        for (int cell = 0; cell < map.size(); cell++) {
            apples += frame.state[cell] == DilemmaMap.APPLE ? 1 : 0;
            waste += frame.state[cell] == DilemmaMap.WASTE ? 1 : 0;
        }
        String river = waste + " of " + map.riverCells.length + " river cells are dirty, ";
        return title
                + ", step "
                + frame.step
                + ": "
                + (map.riverCells.length > 0 ? river : "")
                + apples
                + " of "
                + map.appleCells.length
                + " apple cells bear an apple.";
    }
}
