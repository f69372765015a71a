package marlab.sim.world.grid;

import marlab.sim.env.Actions;
import marlab.sim.map.GridPlane;
import marlab.sim.map.GridWindows;

/// Moves all agents of a grid at once by one of POGEMA's rules for who gives way. No two agents
/// ever share a cell. Keeps the picture of agents as it should be (upstream's `soft` forgets
/// followers in it).
final class GridMoves {

    /// Who gives way.
    enum Rule {
        /// One after another in agent order: whoever comes first takes a free cell.
        PRIORITY,
        /// Nobody enters a cell that is occupied, be it about to be left, or that two want.
        BLOCK_BOTH,
        /// All together: of several who want a free cell the first in agent order gets it, agents
        /// follow each other and go round in rings of three and more, nobody swaps places; who
        /// can't move stops those who follow.
        SOFT
    }

    private final Rule rule;
    private final byte[] wall;
    private final GridWindows occupied;
    private final int[] at;
    private final boolean[] active;
    private final int[] to;
    private final int[] claim; // per cell; all zeros between steps
    private final int[] delta;
    private final int agents;

    /// @param at cell of every agent, kept up to date here
    /// @param active agents that are on the grid; the others neither move nor stand in the way
    GridMoves(Rule rule, GridPlane walls, GridWindows occupied, int[] at, boolean[] active) {
        this.rule = rule;
        this.wall = walls.cells;
        this.occupied = occupied;
        this.at = at;
        this.active = active;
        agents = at.length;
        to = new int[agents];
        claim = new int[wall.length];
        delta = new int[] {0, -walls.stride, walls.stride, -1, 1};
    }

    /// Moves everybody; `occupied` must show where all active agents are.
    ///
    /// @return number of moves that were wanted and not made
    int move(Actions actions, boolean[] refused) {
        switch (rule) {
            case PRIORITY -> inTurn(actions);
            case BLOCK_BOTH -> apart(actions);
            case SOFT -> together(actions);
        }
        int count = 0;
        for (int i = 0; i < agents; i++) {
            boolean stuck = active[i] & actions.choice(i) != 0 & to[i] == at[i];
            refused[i] = stuck;
            count += stuck ? 1 : 0;
        }
        leave();
        arrive();
        return count;
    }

    private void leave() {
        for (int i = 0; i < agents; i++) {
            claim[to[i]] = 0;
            if (to[i] != at[i]) {
                occupied.set(at[i], (byte) 0);
            }
        }
    }

    private void arrive() {
        for (int i = 0; i < agents; i++) {
            if (to[i] != at[i]) {
                at[i] = to[i];
                occupied.set(to[i], (byte) 1);
            }
        }
    }

    private void inTurn(Actions actions) {
        for (int i = 0; i < agents; i++) {
            claim[at[i]] |= active[i] ? 1 : 0;
        }
        for (int i = 0; i < agents; i++) {
            int here = at[i];
            int wish = here + delta[actions.choice(i)];
            boolean goes = active[i] && wall[wish] == 0 && claim[wish] == 0;
            to[i] = goes ? wish : here;
            if (goes) {
                claim[here] = 0;
                claim[wish] = 1;
            }
        }
    }

    private void apart(Actions actions) {
        for (int i = 0; i < agents; i++) {
            if (active[i]) {
                int here = at[i];
                int wish = here + delta[actions.choice(i)];
                claim[here]++;
                claim[wish] += wish == here ? 0 : 1;
            }
        }
        for (int i = 0; i < agents; i++) {
            int wish = at[i] + delta[actions.choice(i)];
            boolean goes = active[i] && wall[wish] == 0 && claim[wish] == 1;
            to[i] = goes ? wish : at[i];
        }
        for (int i = 0; i < agents; i++) {
            claim[at[i]] = 0;
            claim[at[i] + delta[actions.choice(i)]] = 0;
        }
    }

    /// Upstream undoes claims one by one from the last agent to the first. What comes out is this:
    /// the first claimant of a cell goes, unless its cell is an obstacle, it would swap with the
    /// one it comes to, or that one stays.
    private void together(Actions actions) {
        for (int i = 0; i < agents; i++) {
            int here = at[i];
            int wish = here + delta[actions.choice(i)];
            boolean first = active[i] && wish != here && wall[wish] == 0 && claim[wish] == 0;
            to[i] = first ? wish : here;
            if (first) {
                claim[wish] = i + 1;
            }
        }
        for (int i = 0; i < agents; i++) {
            if (active[i]) {
                int comer = claim[at[i]];
                if (comer != 0 && (to[i] == at[i] || at[comer - 1] == to[i])) {
                    stop(at[i]);
                }
            }
        }
    }

    /// Whoever comes to this cell stays, and so on back through those that follow. In a swap the
    /// first one stopped stops the other.
    private void stop(int cell) {
        int here = cell;
        for (int comer = claim[here]; comer != 0; comer = claim[here]) {
            claim[here] = 0;
            here = at[comer - 1];
            to[comer - 1] = here;
        }
    }
}
