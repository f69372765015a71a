package marlab.sim.space;

/// The eight symmetries of the square as (mirror x, mirror y, then swap axes), numbered 0 to 7: bit
/// 0 negates x, bit 1 negates y, bit 2 then swaps x and y. Number 0 changes nothing.
public final class SquareSymmetry {

    /// Number of elements of the group.
    public static final int ORDER = 8;

    private SquareSymmetry() {}

    /// The element that brings (x, y) into the first octant, 0 ≤ y' ≤ x'. Exact; on the octant's
    /// borders, where several elements would do, the one with the smallest number.
    public static int intoFirstOctant(double x, double y) {
        return (x < 0 ? 1 : 0) | (y < 0 ? 2 : 0) | (Math.abs(y) > Math.abs(x) ? 4 : 0);
    }

    /// First coordinate of the image of (x, y).
    public static float imageX(int g, float x, float y) {
        return (g & 4) == 0 ? ((g & 1) == 0 ? x : -x) : ((g & 2) == 0 ? y : -y);
    }

    /// Second coordinate of the image of (x, y).
    public static float imageY(int g, float x, float y) {
        return (g & 4) == 0 ? ((g & 2) == 0 ? y : -y) : ((g & 1) == 0 ? x : -x);
    }

    /// For every part of an action space, the part that pushes in the image of its direction; null
    /// where the space has no such part, that is where the element is no symmetry of the actions.
    /// Where several parts push the same way, as where a word is said meanwhile, the first goes
    /// with the first and so on.
    ///
    /// @return table with `table[part] = image of part under g`
    public static int[] onActions(int g, ActionSpace space) {
        int[] table = new int[space.size()];
        for (int part = 0; part < table.length; part++) {
            ActionSpace.Push push = space.parts().get(part);
            if (push.dx() == 0 && push.dy() == 0) {
                table[part] = part;
                continue;
            }
            float dx = imageX(g, push.dx(), push.dy());
            float dy = imageY(g, push.dx(), push.dy());
            int image = find(space, dx, dy, earlier(space, part));
            if (image < 0) {
                return null;
            }
            table[part] = image;
        }
        return table;
    }

    /// How many parts before this one push as it does.
    private static int earlier(ActionSpace space, int part) {
        ActionSpace.Push push = space.parts().get(part);
        int count = 0;
        for (ActionSpace.Push before : space.parts().subList(0, part)) {
            count += before.dx() == push.dx() && before.dy() == push.dy() ? 1 : 0;
        }
        return count;
    }

    private static int find(ActionSpace space, float dx, float dy, int skip) {
        int left = skip;
        for (int part = 0; part < space.size(); part++) {
            ActionSpace.Push push = space.parts().get(part);
            if (push.dx() == dx && push.dy() == dy && left-- == 0) {
                return part;
            }
        }
        return -1;
    }
}
