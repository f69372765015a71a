package marlab.sim.world.dilemma;

import java.util.Arrays;
import marlab.sim.env.Actions;

/// Where agents stand and look, and who goes where when several want the same cell. The rules are
/// those of sequential_social_dilemma_games, `map_env.py`, `update_moves`:
///
/// 1. a move into a wall is a stay; agents that turn or use a beam have no move
/// 2. a cell that several want goes to the first of them in an order drawn by lot, unless for one
///    of them the way is barred: whoever stands there stays, or wants to change places with it. All
///    others stay
/// 3. in passes over the agents, a move into an empty cell is made, one into an agent that stays is
///    dropped, and so are two that would change places; where a pass brings nothing, the rest move
///    at once, round in circles
///
/// As coded there, the winner of a contested cell enters at once, even if the one who stands there
/// has yet to leave and then can't: two agents in one cell. Here it waits its turn like all others;
/// `upstream` brings the reference's rule back.
final class Walkers {

    static final int NOBODY = -1;

    static final int UP = 0;
    static final int RIGHT = 1;
    static final int DOWN = 2;
    static final int LEFT = 3;

    /// Choices below this one are moves, this one is to stay; then come the turns.
    static final int STAY = 4;

    static final int TURN_RIGHT = 5;
    static final int TURN_LEFT = 6;

    /// Heading of each move, from the agent's own.
    private static final int[] TURN = {LEFT, RIGHT, UP, DOWN};

    final int[] cell;

    /// {@link #UP}, {@link #RIGHT}, {@link #DOWN} or {@link #LEFT}.
    final int[] heading;

    /// From a cell to the next one in each heading.
    final int[] ahead;

    private final int count;
    private final boolean upstream;
    private final int[] standing; // per cell, the last agent that stands there
    private final byte[] claims; // per cell; all zero between steps
    private final int[] wanted;
    private final int[] target;
    private final boolean[] pending;
    private final int[] order;
    private final int[] contested;
    private final int[] before;
    private int movers;

    Walkers(int agents, DilemmaMap map, boolean upstream) {
        count = agents;
        this.upstream = upstream;
        ahead = new int[] {-map.stride, 1, map.stride, -1};
        cell = new int[agents];
        heading = new int[agents];
        standing = new int[map.size()];
        claims = new byte[map.size()];
        wanted = new int[agents];
        target = new int[agents];
        pending = new boolean[agents];
        order = new int[agents];
        contested = new int[agents];
        before = new int[agents];
    }

    /// The agent that stands in a cell, the last one where there are several, or {@link #NOBODY}.
    int at(int where) {
        return standing[where];
    }

    /// Takes note of agents that were put somewhere.
    void locate() {
        Arrays.fill(standing, NOBODY);
        for (int i = 0; i < count; i++) {
            standing[cell[i]] = i;
        }
    }

    /// Lets everybody turn or move.
    void move(Actions actions, byte[] ground, GridDilemma.Chance chance) {
        movers = 0;
        for (int i = 0; i < count; i++) {
            intend(i, actions.choice(i), ground);
        }
        int contests = contests();
        if (contests > 0) {
            settle(contests, chance);
        }
        int left = movers;
        for (int waiting = movers + 1; left > 0 && left < waiting; ) {
            waiting = left;
            left = pass(waiting);
        }
        if (left > 0) {
            moveRound();
        }
    }

    private void intend(int i, int choice, byte[] ground) {
        pending[i] = choice <= STAY;
        if (choice <= STAY) {
            int to = cell[i];
            if (choice < STAY) {
                int next = to + ahead[(heading[i] + TURN[choice]) & 3];
                to = ground[next] < DilemmaMap.WALL ? next : to;
            }
            wanted[i] = to;
            target[i] = to;
            order[movers++] = i;
        } else if (choice == TURN_RIGHT) {
            heading[i] = (heading[i] + 1) & 3;
        } else if (choice == TURN_LEFT) {
            heading[i] = (heading[i] + 3) & 3;
        }
    }

    /// Lists the cells that several want, in the order of their numbers.
    private int contests() {
        int contests = 0;
        for (int k = 0; k < movers; k++) {
            int to = wanted[order[k]];
            if (++claims[to] == 2) {
                contested[contests++] = to;
            }
        }
        for (int k = 0; k < movers; k++) {
            claims[wanted[order[k]]] = 0;
        }
        if (contests > 1) {
            Arrays.sort(contested, 0, contests);
        }
        return contests;
    }

    private void settle(int contests, GridDilemma.Chance chance) {
        chance.orderMoves(order, movers);
        for (int c = 0; c < contests; c++) {
            int to = contested[c];
            boolean open = open(to);
            boolean first = true;
            for (int k = 0; k < movers; k++) {
                int i = order[k];
                if (wanted[i] == to) {
                    if (open && first && upstream) {
                        relocate(i, to);
                    }
                    if (!open || !first || upstream) {
                        target[i] = cell[i];
                    }
                    first = false;
                }
            }
        }
    }

    /// True where a contested cell is or may become free for every contender.
    private boolean open(int to) {
        int there = standing[to];
        if (there == NOBODY) {
            return true;
        }
        if (!pending[there] || target[there] == cell[there]) {
            return false;
        }
        for (int k = 0; k < movers; k++) {
            int i = order[k];
            if (wanted[i] == to && target[there] == cell[i]) {
                return false;
            }
        }
        return true;
    }

    /// One pass over those who wait to move; returns how many still do.
    private int pass(int waiting) {
        if (upstream) {
            System.arraycopy(cell, 0, before, 0, count);
        }
        int left = waiting;
        for (int i = 0; i < count; i++) {
            if (!pending[i]) {
                continue;
            }
            int to = target[i];
            if (standing[to] == NOBODY) {
                relocate(i, to);
                pending[i] = false;
                left--;
                continue;
            }
            int there = upstream ? last(before, to) : standing[to];
            if (there == i || !pending[there] || target[there] == cell[there]) {
                pending[i] = false;
                left--;
            } else if (target[there] == cell[i]) {
                pending[i] = false;
                pending[there] = false;
                left -= 2;
            }
        }
        return left;
    }

    private void moveRound() {
        for (int i = 0; i < count; i++) {
            standing[cell[i]] = NOBODY;
        }
        for (int i = 0; i < count; i++) {
            cell[i] = pending[i] ? target[i] : cell[i];
        }
        for (int i = 0; i < count; i++) {
            standing[cell[i]] = i;
        }
    }

    private void relocate(int agent, int to) {
        int from = cell[agent];
        cell[agent] = to;
        standing[to] = Math.max(standing[to], agent);
        standing[from] = upstream ? last(cell, from) : NOBODY;
    }

    private int last(int[] cells, int where) {
        for (int i = count - 1; i >= 0; i--) {
            if (cells[i] == where) {
                return i;
            }
        }
        return NOBODY;
    }
}
