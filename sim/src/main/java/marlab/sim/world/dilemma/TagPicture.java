package marlab.sim.world.dilemma;

import marlab.sim.draw.AgentGlyph;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.AgentId;
import marlab.sim.snapshot.Frame;

/// Ground as tiles, apples as discs, agents as glyphs with a nose; agents that are out are pale and
/// show how many steps they have left. Agents in one cell stand side by side.
final class TagPicture implements Portrayal {

    private static final Ink[] GROUND = {
        Ink.Role.FLOOR,
        Ink.Role.WALL,
        Ink.Role.SOIL,
        Ink.Role.WATER,
        Ink.Role.WASTE,
        Ink.Role.SPRAY,
        Ink.Role.BEAM
    };
    private static final byte FLOOR = 0;
    private static final byte WALL = 1;
    private static final byte SOIL = 2;
    private static final byte WATER = 3;
    private static final byte WASTE = 4;
    private static final byte SPRAY = 5;
    private static final byte BEAM = 6;

    private static final Ink[] APPLE = {Ink.Role.FOOD};
    private static final double RADIUS = 0.34;

    private final String title;
    private final TagMap map;
    private final boolean wet;
    private final int n;
    private final byte[] codes;
    private final double[] appleX;
    private final double[] appleY;
    private final byte[] appleCodes;
    private final double[] noseX = new double[3];
    private final double[] noseY = new double[3];
    private final double[] place = new double[3];

    TagPicture(String title, TagRules rules) {
        this.title = title;
        map = rules.map();
        wet = rules.wet();
        n = rules.agents();
        codes = new byte[map.ground().length];
        appleX = new double[map.apples().length];
        appleY = new double[appleX.length];
        appleCodes = new byte[appleX.length];
    }

    /// Where things stand in the state, see TagOut.exchange.
    private int applesAt() {
        return 6 * n;
    }

    private int dirtAt() {
        return applesAt() + map.apples().length;
    }

    private int lightAt() {
        return dirtAt() + map.river().length;
    }

    @Override
    public Bounds bounds(Frame frame) {
        return new Bounds(0, 0, map.columns(), map.rows());
    }

    @Override
    public boolean glides() {
        return true;
    }

    @Override
    public void draw(Frame frame, Overlays on, Brush brush) {
        ground(frame);
        brush.tiles(0, map.rows(), 1, map.rows(), map.columns(), codes, GROUND);
        int apples = 0;
        for (int k = 0; k < appleX.length; k++) {
            if (frame.state[applesAt() + k] >= 0.5) {
                appleX[apples] = map.apples()[k] % map.columns() + 0.5;
                appleY[apples++] = map.rows() - map.apples()[k] / map.columns() - 0.5;
            }
        }
        brush.sprites(Brush.Sprite.DISC, apples, appleX, appleY, null, 0.27, appleCodes, APPLE);
        for (int i = 0; i < n; i++) {
            if (on.trails && on.paths != null) {
                on.paths.draw(i, brush);
            }
        }
        for (int i = n - 1; i >= 0; i--) {
            agent(frame, i, on, brush);
        }
    }

    private void ground(Frame frame) {
        for (int cell = 0; cell < codes.length; cell++) {
            double light = frame.state[lightAt() + cell];
            codes[cell] =
                    light >= 1.5
                            ? BEAM
                            : light >= 0.75
                                    ? SPRAY
                                    : switch (map.ground()[cell]) {
                                        case TagMap.WALL -> WALL;
                                        case TagMap.APPLE -> SOIL;
                                        case TagMap.STREAM -> wet ? WATER : FLOOR;
                                        default -> FLOOR;
                                    };
        }
        for (int k = 0; wet && k < map.river().length; k++) {
            int cell = map.river()[k];
            if (codes[cell] == FLOOR) {
                codes[cell] = frame.state[dirtAt() + k] >= 0.5 ? WASTE : WATER;
            }
        }
    }

    private void agent(Frame frame, int i, Overlays on, Brush brush) {
        place(frame, i, place);
        double x = place[0];
        double y = place[1];
        double radius = place[2];
        double waiting = frame.state[4 * n + i];
        double hx = frame.state[2 * n + i];
        double hy = frame.state[3 * n + i];
        double length = Math.sqrt(hx * hx + hy * hy);
        if (waiting >= 0.5) {
            brush.disc(x, y, radius, Ink.Role.CANVAS, new Ink.Agent(i), 2);
            String left = AgentId.letter(i) + " " + (int) Math.ceil(waiting);
            brush.text(left, x, y, radius * 0.9, false, Ink.Role.MUTED);
            return;
        }
        if (length > 0.1) {
            double ux = hx / length;
            double uy = hy / length;
            for (int k = 0; k < 3; k++) {
                double ahead = k == 0 ? 1.42 : 0.6;
                double aside = k == 0 ? 0 : k == 1 ? 0.75 : -0.75;
                noseX[k] = x + radius * (ahead * ux - aside * uy);
                noseY[k] = y + radius * (ahead * uy + aside * ux);
            }
            brush.polygon(noseX, noseY, 3, Ink.Role.FOREGROUND, Ink.Role.FOREGROUND, 1);
        }
        AgentGlyph.draw(brush, i, x, y, radius * 0.85, on);
    }

    @Override
    public void place(Frame frame, int agent, double[] into) {
        double x = frame.state[n + agent] + 0.5;
        double y = map.rows() - frame.state[agent] - 0.5;
        int before = 0;
        for (int j = 0; j < agent; j++) {
            boolean here =
                    Math.abs(frame.state[j] - frame.state[agent]) < 0.3
                            && Math.abs(frame.state[n + j] - frame.state[n + agent]) < 0.3;
            before += here ? 1 : 0;
        }
        double shift = before == 0 ? 0 : 0.16 * (1 + (before - 1) % 3 * 0.4);
        into[0] = Math.clamp(x + (before % 2 == 0 ? shift : -shift), 0.5, map.columns() - 0.5);
        into[1] = Math.clamp(y + (before % 4 < 2 ? shift : -shift), 0.5, map.rows() - 0.5);
        into[2] = RADIUS;
    }

    @Override
    public String describe(Frame frame) {
        int apples = 0;
        for (int k = 0; k < appleX.length; k++) {
            apples += frame.state[applesAt() + k] >= 0.5 ? 1 : 0;
        }
        int out = 0;
        for (int i = 0; i < n; i++) {
            out += frame.state[4 * n + i] >= 0.5 ? 1 : 0;
        }
        int waste = 0;
        for (int k = 0; k < map.river().length; k++) {
            waste += frame.state[dirtAt() + k] >= 0.5 ? 1 : 0;
        }
        String river =
                wet ? "; " + waste + " of " + map.river().length + " river cells are dirty" : "";
        return title
                + ", step "
                + frame.step
                + ": "
                + apples
                + " of "
                + appleX.length
                + " apples are there, "
                + out
                + " of "
                + n
                + " agents are out"
                + river
                + ".";
    }
}
