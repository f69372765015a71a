package marlab.sim.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Turns a flat observation into a network's input with the symmetry of the task taken out, and
/// maps actions to and fro. Free of world-specific code: it reads the structure of the spaces.
///
/// {@link SymmetryLevel#PERMUTATION} orders the entities of every set by their distance from the
/// observer. {@link SymmetryLevel#FULL} then mirrors and turns everything so that the nearest
/// entity of the first set lies in the first octant; the actions are mapped back, so that a policy
/// π over canonical actions obeys π(g·o) = g·π(o) exactly, and its log-probabilities are those of
/// the mapped action. Fields that are always zero are left out.
///
/// Not thread-safe: it keeps scratch space.
public final class CanonicalView {

    private final ObservationSpace space;
    private final SymmetryLevel level;
    private final int[] keep;
    private final int size;
    private final int[][] toWorld;
    private final int[][] toCanonical;
    private final int[][] order;
    private final Field[] relative;
    private final double[][] distance;

    /// A view that keeps every entity.
    public CanonicalView(ObservationSpace space, ActionSpace actions, SymmetryLevel level) {
        this(space, actions, level, counts(space));
    }

    /// A view that keeps only the nearest entities of each set, so that a policy trained among few
    /// also runs among many.
    ///
    /// @param keep how many of each set
    /// @throws IllegalArgumentException where a set has fewer, or the level is above {@link
    ///   #highestLevel}
    public CanonicalView(
            ObservationSpace space, ActionSpace actions, SymmetryLevel level, int[] keep) {
        if (level.compareTo(highestLevel(space, actions)) > 0) {
            throw new IllegalArgumentException(
                    "these spaces have symmetry "
                            + highestLevel(space, actions)
                            + ", not "
                            + level);
        }
        this.space = space;
        this.level = level;
        this.keep = keep.clone();
        int inputs = space.own().stream().mapToInt(CanonicalView::inputs).sum();
        order = new int[keep.length][];
        distance = new double[keep.length][];
        relative = new Field[keep.length];
        for (int s = 0; s < keep.length; s++) {
            EntitySet set = space.sets().get(s);
            if (keep[s] > set.count()) {
                throw new IllegalArgumentException(
                        "the network was made for "
                                + keep[s]
                                + " "
                                + set.name()
                                + ", here are only "
                                + set.count());
            }
            inputs += keep[s] * set.fields().stream().mapToInt(CanonicalView::inputs).sum();
            order[s] = new int[set.count()];
            distance[s] = new double[set.count()];
            relative[s] = set.relativePosition().orElse(null);
        }
        size = inputs;
        toWorld = new int[SquareSymmetry.ORDER][];
        toCanonical = new int[SquareSymmetry.ORDER][];
        for (int g = 0; g < SquareSymmetry.ORDER; g++) {
            int[] table = SquareSymmetry.onActions(level == SymmetryLevel.FULL ? g : 0, actions);
            toCanonical[g] = table;
            toWorld[g] = inverse(table);
        }
    }

    private static int inputs(Field field) {
        return field.kind() == FieldKind.ALWAYS_ZERO ? 0 : field.size();
    }

    private static int[] counts(ObservationSpace space) {
        return space.sets().stream().mapToInt(EntitySet::count).toArray();
    }

    private static int[] inverse(int[] table) {
        int[] inverse = new int[table.length];
        for (int k = 0; k < table.length; k++) {
            inverse[table[k]] = k;
        }
        return inverse;
    }

    /// The most symmetry that these spaces allow. Pictures of cells do not turn with the rest, so
    /// where there is one there is no more than {@link SymmetryLevel#PERMUTATION}.
    public static SymmetryLevel highestLevel(ObservationSpace space, ActionSpace actions) {
        if (space.sets().isEmpty()
                || space.sets().stream().anyMatch(s -> s.relativePosition().isEmpty())) {
            return SymmetryLevel.NONE;
        }
        if (space.own().stream().anyMatch(f -> f.kind() == FieldKind.GRID)) {
            return SymmetryLevel.PERMUTATION;
        }
        for (int g = 0; g < SquareSymmetry.ORDER; g++) {
            if (SquareSymmetry.onActions(g, actions) == null) {
                return SymmetryLevel.PERMUTATION;
            }
        }
        return SymmetryLevel.FULL;
    }

    /// The structure that this view reads.
    public ObservationSpace space() {
        return space;
    }

    /// Where the entities of one set stand in the view.
    ///
    /// @param at position of the first entity
    /// @param count entities kept
    /// @param width numbers per entity
    /// @param position where, within an entity, its relative position is; −1 if it has none
    public record Part(int at, int count, int width, int position) {}

    /// Numbers about the observer itself; they stand first in the view.
    public int ownSize() {
        return space.own().stream().mapToInt(CanonicalView::inputs).sum();
    }

    /// Where the sets stand in the view.
    public List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        int at = ownSize();
        for (int s = 0; s < keep.length; s++) {
            int width = 0;
            int position = -1;
            for (Field field : space.sets().get(s).fields()) {
                if (field.kind() == FieldKind.RELATIVE_POSITION && position < 0) {
                    position = width;
                }
                width += inputs(field);
            }
            parts.add(new Part(at, keep[s], width, position));
            at += keep[s] * width;
        }
        return parts;
    }

    /// Numbers in the view.
    public int size() {
        return size;
    }

    /// Entities kept of each set.
    public int[] kept() {
        return keep.clone();
    }

    /// Writes the canonical view of an observation.
    ///
    /// @return the element of {@link SquareSymmetry} that was applied; 0 below FULL
    public int view(float[] flat, int at, float[] into, int intoAt) {
        sort(flat, at);
        int g = level == SymmetryLevel.FULL ? frame(flat, at) : 0;
        write(g, flat, at, into, intoAt);
        return g;
    }

    /// Writes the view of an observation in another observer's frame, for instance what all agents
    /// see as seen from one of them. The sets are in this observer's own order.
    ///
    /// @param g what {@link #view} returned for the other observer
    public void viewIn(int g, float[] flat, int at, float[] into, int intoAt) {
        sort(flat, at);
        write(g, flat, at, into, intoAt);
    }

    private void write(int g, float[] flat, int at, float[] into, int intoAt) {
        int k = intoAt;
        for (int f = 0; f < space.own().size(); f++) {
            Field field = space.own().get(f);
            k = put(g, field, flat, at + field.offset(), into, k);
        }
        for (int s = 0; s < keep.length; s++) {
            EntitySet set = space.sets().get(s);
            for (int e = 0; e < keep[s]; e++) {
                int entity = level == SymmetryLevel.NONE ? e : order[s][e];
                for (int f = 0; f < set.fields().size(); f++) {
                    Field field = set.fields().get(f);
                    k = put(g, field, flat, at + field.at(entity), into, k);
                }
            }
        }
    }

    private static int put(int g, Field field, float[] flat, int from, float[] into, int k) {
        if (field.kind() == FieldKind.ALWAYS_ZERO) {
            return k;
        }
        if (field.kind().turnsWithTheWorld()) {
            into[k] = SquareSymmetry.imageX(g, flat[from], flat[from + 1]);
            into[k + 1] = SquareSymmetry.imageY(g, flat[from], flat[from + 1]);
            return k + 2;
        }
        System.arraycopy(flat, from, into, k, field.size());
        return k + field.size();
    }

    private void sort(float[] flat, int at) {
        if (level != SymmetryLevel.NONE) {
            for (int s = 0; s < keep.length; s++) {
                sort(s, flat, at);
            }
        }
    }

    /// Insertion sort by distance: the sets are small and nearly sorted from step to step. What has
    /// a name stays in its place.
    private void sort(int s, float[] flat, int at) {
        EntitySet set = space.sets().get(s);
        Field where = relative[s];
        int[] index = order[s];
        double[] key = distance[s];
        for (int e = 0; e < set.count(); e++) {
            int from = at + where.at(e);
            double d = (double) flat[from] * flat[from] + (double) flat[from + 1] * flat[from + 1];
            int slot = e;
            while (!set.named() && slot > 0 && key[slot - 1] > d) {
                key[slot] = key[slot - 1];
                index[slot] = index[slot - 1];
                slot--;
            }
            key[slot] = d;
            index[slot] = e;
        }
    }

    private int frame(float[] flat, int at) {
        if (order[0].length == 0) {
            return 0;
        }
        int from = at + relative[0].at(order[0][0]);
        return SquareSymmetry.intoFirstOctant(flat[from], flat[from + 1]);
    }

    /// The world's action for a canonical one.
    ///
    /// @param g what {@link #view} returned
    public int toWorld(int g, int action) {
        return toWorld[g][action];
    }

    /// The canonical action for one of the world's.
    public int toCanonical(int g, int action) {
        return toCanonical[g][action];
    }

    @Override
    public String toString() {
        return level + " view, " + size + " inputs, keeping " + Arrays.toString(keep);
    }
}
