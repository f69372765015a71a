package marlab.sim.world.dilemma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.EnvOptions;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// What agents of a {@link GridDilemma} see: a square picture that turns with them, what lies ahead
/// on top, nothing but zeros off the map. The reference's picture is in colours, ours has one
/// channel of zeros and ones for each colour: wall, apple, (waste, water,) agents; the agents' own
/// colours are there with `seen_as` numbered. Beside it the agent's heading, as a compass.
final class DilemmaSight {

    private static final int NO_CHANNEL = -1;

    /// Channel of each kind of ground, in the order of {@link DilemmaMap#LETTERS}.
    private static final int[] CHANNEL = {NO_CHANNEL, 1, 2, 3, 3, 0, NO_CHANNEL};

    private static final int[] UPSTREAM_TURN = {
        Walkers.UP, Walkers.LEFT, Walkers.DOWN, Walkers.RIGHT
    };
    private static final int[] CORRECT_TURN = {
        Walkers.UP, Walkers.RIGHT, Walkers.DOWN, Walkers.LEFT
    };

    private final DilemmaMap map;
    private final Walkers walkers;
    private final int n;
    private final Views views;
    private final int[] turn;
    private final boolean numbered;
    private final boolean beamsVisible;
    private final boolean hiddenAtFirst;
    private final boolean cleaning;
    private final int grounds; // channels
    private final int cells; // of a channel
    private final int size;
    private final int gauges;
    private final float[] scratch;
    private final int[] rows; // of agents
    private final int[] columns;
    private boolean first;
    private int[] beamCell = {};
    private int[] beamKind = {};
    private int beams;

    DilemmaSight(EnvOptions options, DilemmaMap map, Walkers walkers, boolean cleaning) {
        this.map = map;
        this.walkers = walkers;
        this.cleaning = cleaning;
        n = options.whole("agents");
        rows = new int[n];
        columns = new int[n];
        grounds = cleaning ? 4 : 2;
        views = new Views(map.rows, map.columns, options.whole("view"), grounds);
        cells = views.width() * views.width();
        turn = options.word("view_rotation").equals("upstream") ? UPSTREAM_TURN : CORRECT_TURN;
        numbered = options.word("seen_as").equals("numbered");
        beamsVisible = options.on("beams_visible");
        hiddenAtFirst = options.word("first_view").equals("upstream");
        gauges = cleaning ? 2 : 1;
        size = channels().size() * cells + 4;
        scratch = new float[centralSpace().size()];
    }

    private List<String> channels() {
        List<String> names = new ArrayList<>(List.of("wall", "apple"));
        if (cleaning) {
            names.addAll(List.of("waste", "water"));
        }
        names.add("agents");
        if (beamsVisible) {
            names.add("fire");
            if (cleaning) {
                names.add("spray");
            }
        }
        return names;
    }

    private List<Field> own() {
        int width = views.width();
        return List.of(
                Field.grid("view", channels(), width, width, numbered ? n : 1, 0),
                Field.own("heading", FieldKind.SYMBOL, "", 0, 1, 4, size - 4));
    }

    /// What an agent sees.
    ObservationSpace space() {
        return new ObservationSpace(own(), List.of(), size);
    }

    /// Beside that: how the commons is, where the agent is, and where the others are and look, in
    /// its own frame (x right, y ahead).
    ObservationSpace centralSpace() {
        double reach = Math.max(map.rows, map.columns);
        List<Field> fields = new ArrayList<>(own());
        fields.add(Field.own("commons", FieldKind.SCALAR, "of 1", 0, 1, gauges, size));
        int at = size + gauges;
        fields.add(Field.own("position", FieldKind.POSITION, "cells", -reach, reach, 2, at));
        at += 2;
        List<Field> other =
                List.of(
                        new Field(
                                "position",
                                FieldKind.RELATIVE_POSITION,
                                "cells",
                                -reach,
                                reach,
                                2,
                                at,
                                6),
                        new Field("heading", FieldKind.SYMBOL, "", 0, 1, 4, at + 2, 6));
        return new ObservationSpace(
                fields, List.of(new EntitySet("others", n - 1, other)), at + 6 * (n - 1));
    }

    /// Paints the ground anew.
    void lay(byte[] ground) {
        views.clear();
        for (int row = 0; row < map.rows; row++) {
            for (int column = 0; column < map.columns; column++) {
                int channel = CHANNEL[ground[map.cell(row, column)]];
                if (channel != NO_CHANNEL) {
                    views.flip(channel, row, column);
                }
            }
        }
    }

    /// Takes note that a cell has changed.
    void changed(int cell, byte was, byte now) {
        int row = map.row(cell);
        int column = map.column(cell);
        if (CHANNEL[was] != NO_CHANNEL) {
            views.flip(CHANNEL[was], row, column);
        }
        if (CHANNEL[now] != NO_CHANNEL) {
            views.flip(CHANNEL[now], row, column);
        }
    }

    /// Takes note of where agents are.
    ///
    /// @param isFirst whether an episode begins
    void locate(boolean isFirst) {
        first = isFirst;
        for (int i = 0; i < n; i++) {
            rows[i] = map.row(walkers.cell[i]);
            columns[i] = map.column(walkers.cell[i]);
        }
    }

    /// Says what the beams of the last step covered; the arrays are the world's own.
    void beams(int[] cellsOfBeams, int[] kinds, int count) {
        beamCell = cellsOfBeams;
        beamKind = kinds;
        beams = count;
    }

    void observe(int agent, float[] into, int at) {
        int heading = walkers.heading[agent];
        int up = turn[heading];
        int row = rows[agent];
        int column = columns[agent];
        Arrays.fill(into, at, at + size, 0);
        views.copy(up, row, column, into, at);
        int p = at + grounds * cells;
        if (!(first && hiddenAtFirst)) {
            for (int j = 0; j < n; j++) {
                int spot = views.spot(up, rows[j] - row, columns[j] - column);
                if (spot >= 0) {
                    into[p + spot] = numbered ? j + 1 : 1;
                }
            }
        }
        if (beamsVisible) {
            observeBeams(up, row, column, into, p + cells);
        }
        into[at + size - 4 + heading] = 1;
    }

    private void observeBeams(int up, int row, int column, float[] into, int at) {
        for (int k = 0; k < beams; k++) {
            int cell = beamCell[k];
            int spot = views.spot(up, map.row(cell) - row, map.column(cell) - column);
            if (spot >= 0) {
                into[at + (beamKind[k] == GridDilemma.FIRE ? 0 : cells) + spot] = 1;
            }
        }
    }

    void observe(int agent, double[] into, int at) {
        observe(agent, scratch, 0);
        widen(size, into, at);
    }

    void observeCentral(int agent, Growth growth, float[] into, int at) {
        observe(agent, into, at);
        int heading = walkers.heading[agent];
        int row = rows[agent];
        int column = columns[agent];
        int p = growth.gauges(into, at + size);
        into[p++] = column - (map.columns - 1) / 2f;
        into[p++] = (map.rows - 1) / 2f - row;
        for (int j = 0; j < n; j++) {
            if (j != agent) {
                int down = rows[j] - row;
                int right = columns[j] - column;
                into[p] = inFrame(heading, right, down);
                into[p + 1] = inFrame(heading, -down, right);
                Arrays.fill(into, p + 2, p + 6, 0);
                into[p + 2 + (walkers.heading[j] - heading & 3)] = 1;
                p += 6;
            }
        }
    }

    /// The first of two numbers, turned with the agent.
    private static int inFrame(int heading, int right, int down) {
        return switch (heading) {
            case Walkers.UP -> right;
            case Walkers.RIGHT -> down;
            case Walkers.DOWN -> -right;
            default -> -down;
        };
    }

    void observeCentral(int agent, Growth growth, double[] into, int at) {
        observeCentral(agent, growth, scratch, 0);
        widen(scratch.length, into, at);
    }

    private void widen(int count, double[] into, int at) {
        for (int k = 0; k < count; k++) {
            into[at + k] = scratch[k];
        }
    }
}
