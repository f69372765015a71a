package marlab.sim.planning;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Priority inheritance with backtracking (Okumura, Machida, Défago and Tamura 2022, "Priority
/// Inheritance with Backtracking for Iterative Multi-agent Path Finding"). One step for all: agents
/// choose in order of priority; who wants a cell on which somebody stands lends its priority to
/// that agent, which must choose at once, and takes something else if that fails. Never two agents
/// in a cell, never a swap. Where every edge lies on a cycle, every agent reaches its goal at some
/// time.
///
/// Priority: a fraction given by the distance at the start, plus 1 for every step since the agent
/// was on a goal of its own; so one that reaches its goal becomes meek.
final class Pibt implements Planner {

    private static final int NONE = -1;

    /// Ends a list of actions, see {@link #preferences}.
    private static final int END = 7;

    /// The orders of the four neighbours, three bits an action.
    private static final int[] ORDERS = orders();

    private final Crowd crowd;
    private final int[] byRank; // agents, the farthest from its goal first
    private final int[] waited; // steps since on a goal, by rank
    private final int[] goalBefore;
    private final long[] queue;
    private final int[] next; // place after the step
    private final int[] now; // agent by place
    private final int[] then; // agent by place after the step
    private final int[] chain;
    private final int[] left; // what each in the chain has yet to try

    Pibt(Crowd crowd) {
        this.crowd = crowd;
        int n = crowd.agents;
        byRank = new int[n];
        waited = new int[n];
        goalBefore = new int[n];
        queue = new long[n];
        next = new int[n];
        chain = new int[n];
        left = new int[n];
        now = filled(crowd.map.size);
        then = filled(crowd.map.size);
        Arrays.fill(goalBefore, NONE);
        rank();
    }

    private static int[] filled(int size) {
        int[] array = new int[size];
        Arrays.fill(array, NONE);
        return array;
    }

    private static int[] orders() {
        int[] orders = new int[24];
        int count = 0;
        for (int code = 0; code < 256; code++) {
            int a = code & 3;
            int b = code >> 2 & 3;
            int c = code >> 4 & 3;
            int d = code >> 6;
            if ((1 << a | 1 << b | 1 << c | 1 << d) == 15) {
                orders[count++] = a + 1 | b + 1 << 3 | c + 1 << 6 | d + 1 << 9;
            }
        }
        return orders;
    }

    private void rank() {
        int n = crowd.agents;
        for (int i = 0; i < n; i++) {
            boolean walks = crowd.active[i] && crowd.connected(i);
            long distance = walks ? crowd.fields.distance(crowd.at[i], crowd.goal[i]) : 0;
            queue[i] = -distance << 32 | i;
        }
        Arrays.sort(queue);
        for (int rank = 0; rank < n; rank++) {
            byRank[rank] = (int) queue[rank];
        }
    }

    @Override
    public void plan(RandomGenerator random) {
        int n = crowd.agents;
        for (int rank = 0; rank < n; rank++) {
            int i = byRank[rank];
            waited[rank] =
                    goalBefore[i] == NONE || crowd.at[i] == goalBefore[i] ? 0 : waited[rank] + 1;
            goalBefore[i] = crowd.goal[i];
            queue[rank] = (long) -waited[rank] << 32 | rank;
            next[i] = NONE;
            if (crowd.active[i]) {
                now[crowd.at[i]] = i;
            }
        }
        Arrays.sort(queue);
        for (int k = 0; k < n; k++) {
            int i = byRank[(int) queue[k]];
            if (next[i] == NONE && crowd.active[i]) {
                choose(i, random);
            }
        }
        for (int i = 0; i < n; i++) {
            if (crowd.active[i]) {
                now[crowd.at[i]] = NONE;
                then[next[i]] = NONE;
            }
        }
    }

    /// The reference's recursion as a loop: a chain may be as long as there are agents. As soon as
    /// its last member gets what it tries, everybody in the chain does.
    private void choose(int first, RandomGenerator random) {
        int depth = 0;
        chain[0] = first;
        left[0] = preferences(first, random);
        while (depth >= 0) {
            int i = chain[depth];
            int move = left[depth] & 7;
            left[depth] >>>= 3;
            int at = crowd.at[i];
            if (move == END) {
                take(i, 0, at);
                depth--;
                continue;
            }
            int place = at + crowd.map.step[move];
            int other = now[place];
            if (then[place] != NONE || other != NONE && other != i && next[other] == at) {
                continue;
            }
            take(i, move, place);
            if (other == NONE || next[other] != NONE) {
                return;
            }
            chain[++depth] = other;
            left[depth] = preferences(other, random);
        }
    }

    private void take(int i, int move, int place) {
        crowd.move[i] = move;
        next[i] = place;
        then[place] = i;
    }

    /// What an agent tries, three bits an action, first the lowest: nearer neighbours, staying,
    /// farther ones, equals in random order.
    private int preferences(int i, RandomGenerator random) {
        PaddedMap map = crowd.map;
        int at = crowd.at[i];
        int goal = crowd.goal[i];
        boolean connected = crowd.connected(i);
        long[] field = connected ? crowd.fields.of(goal) : null;
        int order = ORDERS[(int) ((random.nextLong() >>> 32) * ORDERS.length >>> 32)];
        int near = 0;
        int nearBits = 0;
        int far = END;
        for (int k = 9; k >= 0; k -= 3) {
            int move = order >> k & 7;
            int place = at + map.step[move];
            if (map.free[place] == 0) {
                continue;
            }
            if (connected && DistanceFields.nearer(field, goal, at, place)) {
                near = near << 3 | move;
                nearBits += 3;
            } else {
                far = far << 3 | move;
            }
        }
        return (far << 3) << nearBits | near;
    }
}
