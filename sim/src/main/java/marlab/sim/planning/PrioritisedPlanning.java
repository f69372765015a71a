package marlab.sim.planning;

import java.util.random.RandomGenerator;

/// Prioritised planning (Erdmann and Lozano-Pérez 1987) in a window (WHCA\*, Silver 2005): one
/// agent after the other finds its walk by {@link AStar} and reserves it; later ones go round.
/// After half a window all plan anew, those first that had found no way and else the next in turn.
/// An agent with a new goal, or whose step did not succeed, plans anew among the others'
/// reservations.
///
/// Incomplete: who comes early may park where another must pass, and who finds no way stays. With a
/// window twice as long as the episode it is classic prioritised planning, in agent order.
final class PrioritisedPlanning implements Planner {

    /// Memory goes with places times window: what large maps are given at most.
    private static final int ROOM = 1 << 24;

    private final Crowd crowd;
    private final int window;
    private final int every;
    private final Reservations reservations;
    private final AStar search;
    private final int[] path; // [agents × (window + 1)]
    private final int[] goal; // that the path leads to
    private final boolean[] lost; // found no way
    private final int[] order;
    private final int[] spare;
    private int time;

    /// Plans this many steps ahead.
    PrioritisedPlanning(Crowd crowd, int window) {
        this.crowd = crowd;
        this.window = Math.clamp(ROOM / crowd.map.size - 1, 2, window);
        every = this.window / 2;
        reservations = new Reservations(crowd.map, this.window);
        search = new AStar(crowd.map, crowd.fields, reservations, this.window);
        int n = crowd.agents;
        path = new int[n * (this.window + 1)];
        goal = new int[n];
        lost = new boolean[n];
        order = new int[n];
        spare = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        planAll();
    }

    @Override
    public void plan(RandomGenerator random) {
        if (time == every) {
            for (int i = 0; i < crowd.agents; i++) {
                release(i, 0);
            }
            rotate();
            planAll();
        } else {
            mend();
        }
        for (int i = 0; i < crowd.agents; i++) {
            int k = i * (window + 1) + time;
            crowd.move[i] = crowd.active[i] ? move(path[k + 1] - path[k]) : 0;
        }
        time++;
    }

    private int move(int step) {
        int move = 0;
        while (crowd.map.step[move] != step) {
            move++;
        }
        return move;
    }

    private void planAll() {
        time = 0;
        for (int i = 0; i < crowd.agents; i++) {
            if (crowd.active[i]) {
                reservations.take(0, crowd.at[i], i);
            }
        }
        for (int i : order) {
            if (crowd.active[i]) {
                planOne(i);
            }
        }
    }

    /// The lost come first, then everybody from the second on; so all are first in turn.
    private void rotate() {
        int n = order.length;
        int count = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int k = 1; k <= n; k++) {
                int i = order[k % n];
                if (lost[i] == (pass == 0)) {
                    spare[count++] = i;
                }
            }
        }
        System.arraycopy(spare, 0, order, 0, n);
    }

    /// Plans anew where goals changed or things came otherwise. First everybody gives up what will
    /// not be used, then everybody says where it really is.
    private void mend() {
        int count = 0;
        for (int i : order) {
            if (lost[i]
                    || !crowd.active[i]
                    || crowd.goal[i] != goal[i]
                    || crowd.at[i] != path[i * (window + 1) + time]) {
                release(i, time);
                if (crowd.active[i]) {
                    spare[count++] = i;
                }
            }
        }
        for (int k = 0; k < count; k++) {
            reservations.take(time, crowd.at[spare[k]], spare[k]);
        }
        for (int k = 0; k < count; k++) {
            planOne(spare[k]);
        }
    }

    private void release(int i, int from) {
        for (int t = from; t <= window; t++) {
            reservations.free(t, path[i * (window + 1) + t], i);
        }
    }

    private void planOne(int i) {
        int at = i * (window + 1);
        goal[i] = crowd.goal[i];
        lost[i] = !search.find(crowd.at[i], goal[i], time, path, at);
        for (int t = time; t <= window; t++) {
            if (lost[i]) {
                path[at + t] = crowd.at[i];
            }
            reservations.take(t, path[at + t], i);
        }
    }
}
