package marlab.sim.planning;

import java.util.Arrays;

/// A\* for one agent through space and time, round what others have reserved (Silver 2005,
/// "Cooperative Pathfinding"): the cheapest walk up to the end of a window, where a step costs 1,
/// waiting on the goal nothing, and what is left at the end its true distance. As the window ends
/// on a place that nobody else has from then on, a walk that has reached the goal has parked there.
/// With nothing reserved it is plain A\*.
///
/// True distances as heuristic leave only three kinds of steps: nearer costs f nothing, waiting 1,
/// farther 2. So the open list is a stack for every f.
final class AStar {

    /// Steps looked at before a search gives up.
    private static final int PATIENCE = 100_000;

    private final PaddedMap map;
    private final DistanceFields fields;
    private final Reservations reservations;
    private final int window;
    private final int[] seen; // [times × places], number of the search · 8 + action that led here
    private final int[] top; // of the stack of every f
    private final int[] state = new int[PATIENCE];
    private final int[] below = new int[PATIENCE];
    private int nodes;
    private int searches;

    /// Searches among these reservations.
    AStar(PaddedMap map, DistanceFields fields, Reservations reservations, int window) {
        this.map = map;
        this.fields = fields;
        this.reservations = reservations;
        this.window = window;
        seen = new int[(window + 1) * map.size];
        top = new int[2 * window + 3];
    }

    /// Finds a walk.
    ///
    /// @param time at which the agent stands on `from`
    /// @param path receives the place at every time from `time` to the window's end
    /// @param at where in `path` time 0 is
    /// @return false if there is none, or none was found in time
    boolean find(int from, int goal, int time, int[] path, int at) {
        if (map.component[from] != map.component[goal]) {
            return false;
        }
        long[] field = fields.of(goal);
        searches = (searches + 1) % (Integer.MAX_VALUE >> 3);
        nodes = 0;
        Arrays.fill(top, -1);
        offer(time, from, 0, 0);
        for (int f = 0; f < top.length; ) {
            int node = top[f];
            if (node < 0) {
                f++;
                continue;
            }
            top[f] = below[node];
            int now = state[node] / map.size;
            int place = state[node] - now * map.size;
            if (now == window) {
                trace(place, time, path, at);
                return true;
            }
            if (nodes + PaddedMap.MOVES > PATIENCE) {
                return false;
            }
            expand(now, place, goal, field, f);
        }
        return false;
    }

    private void expand(int now, int place, int goal, long[] field, int f) {
        for (int move = PaddedMap.MOVES - 1; move >= 0; move--) {
            int next = place + map.step[move];
            if (map.free[next] == 0
                    || reservations.taken(now + 1, next)
                    || reservations.swaps(now, place, next)) {
                continue;
            }
            int more;
            if (move == 0) {
                more = place == goal ? 0 : 1;
            } else {
                more = DistanceFields.nearer(field, goal, place, next) ? 0 : 2;
            }
            offer(now + 1, next, move, f + more);
        }
    }

    private void offer(int time, int place, int move, int f) {
        int index = time * map.size + place;
        if (seen[index] >> 3 == searches) {
            return;
        }
        seen[index] = searches << 3 | move;
        state[nodes] = index;
        below[nodes] = top[f];
        top[f] = nodes++;
    }

    private void trace(int end, int time, int[] path, int at) {
        int place = end;
        for (int t = window; t > time; t--) {
            path[at + t] = place;
            place -= map.step[seen[t * map.size + place] & 7];
        }
        path[at + time] = place;
    }
}
