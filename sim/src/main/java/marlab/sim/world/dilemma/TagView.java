package marlab.sim.world.dilemma;

import java.util.Arrays;

/// The ground of a tag-out world as agents see it: one plane per channel, laid out four times,
/// turned so that each orientation in turn is up. A view is then a window of whole rows.
final class TagView {

    private final TagRules rules;
    private final byte[] shown; // per cell its channel
    private final int[] stride = new int[4];
    private final int[][] spot = new int[4][]; // per orientation and cell its place in a plane
    private final float[][][] planes; // per orientation and channel, padded with walls

    /// All wall.
    TagView(TagRules rules) {
        this.rules = rules;
        TagMap map = rules.map();
        int rows = map.rows();
        int columns = map.columns();
        int pad = Math.max(rules.ahead(), rules.side());
        shown = new byte[rows * columns];
        Arrays.fill(shown, (byte) TagRules.WALL);
        planes = new float[4][rules.channels()][];
        for (int o = 0; o < 4; o++) {
            stride[o] = (o % 2 == 0 ? columns : rows) + 2 * pad;
            int height = (o % 2 == 0 ? rows : columns) + 2 * pad;
            spot[o] = new int[rows * columns];
            for (int cell = 0; cell < spot[o].length; cell++) {
                int r = cell / columns;
                int c = cell % columns;
                int y = o == 0 ? r : o == 1 ? columns - 1 - c : o == 2 ? rows - 1 - r : c;
                int x = o == 0 ? c : o == 1 ? r : o == 2 ? columns - 1 - c : rows - 1 - r;
                spot[o][cell] = (y + pad) * stride[o] + x + pad;
            }
            for (int channel = TagRules.WALL; channel < planes[o].length; channel++) {
                planes[o][channel] = new float[height * stride[o]];
            }
            Arrays.fill(planes[o][TagRules.WALL], 1);
        }
    }

    /// Channel that a cell shows, −1 for none.
    int shown(int cell) {
        return shown[cell];
    }

    /// From now on a cell shows this channel, or nothing.
    void show(int cell, int now) {
        int before = shown[cell];
        if (now != before) {
            shown[cell] = (byte) now;
            for (int o = 0; o < 4; o++) {
                int at = spot[o][cell];
                if (before >= 0) {
                    planes[o][before][at] = 0;
                }
                if (now >= 0) {
                    planes[o][now][at] = 1;
                }
            }
        }
    }

    /// Writes what an agent in a cell sees of the ground that looks this way: agents, beams and
    /// sprays are left out.
    void write(int cell, int way, float[] into, int at) {
        int rows = rules.viewRows();
        int columns = rules.viewColumns();
        int layer = rows * columns;
        Arrays.fill(into, at, at + TagRules.WALL * layer, 0);
        int first = spot[way][cell] - rules.ahead() * stride[way] - rules.side();
        for (int channel = TagRules.WALL; channel < planes[way].length; channel++) {
            int k = at + channel * layer;
            if (channel == TagRules.SPRAY) {
                Arrays.fill(into, k, k + layer, 0);
                continue;
            }
            float[] plane = planes[way][channel];
            int from = first;
            for (int y = 0; y < rows; y++) {
                System.arraycopy(plane, from, into, k, columns);
                from += stride[way];
                k += columns;
            }
        }
    }
}
