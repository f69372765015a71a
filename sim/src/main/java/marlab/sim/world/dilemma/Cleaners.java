package marlab.sim.world.dilemma;

import java.util.random.RandomGenerator;

/// Some agents clean, the others eat; the roles go round, or stay with the first ones.
final class Cleaners extends DilemmaScript {

    private final int cleaners;
    private final int turn;

    /// @param cleaners how many clean at a time
    /// @param turn steps after which the roles go on by one agent; 0 for never
    Cleaners(int cleaners, int turn) {
        this.cleaners = cleaners;
        this.turn = turn;
    }

    private boolean cleans(int agent) {
        int agents = world.spec().agentCount();
        int place = turn == 0 ? agent : (agent + world.steps() / turn) % agents;
        return place < cleaners;
    }

    @Override
    int choose(int agent, int agents, RandomGenerator random) {
        if (!cleans(agent)) {
            return towardsGoal(agent, random);
        }
        int here = world.walkers().cell[agent];
        int heading = world.walkers().heading[agent];
        if (reaches(here, heading)) {
            return GridDilemma.CLEAN;
        }
        for (int quarter = 1; quarter < 4; quarter++) {
            if (reaches(here, heading + quarter & 3)) {
                return quarter == 3 ? Walkers.TURN_LEFT : Walkers.TURN_RIGHT;
            }
        }
        return towardsGoal(agent, random);
    }

    @Override
    boolean goal(int agent, int cell) {
        if (!cleans(agent)) {
            return world.ground()[cell] == DilemmaMap.APPLE;
        }
        for (int heading = 0; heading < 4; heading++) {
            if (reaches(cell, heading)) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean shunned(int cell) {
        return false;
    }

    /// True where a cleaning beam from a cell would clean something.
    private boolean reaches(int cell, int heading) {
        int front = world.walkers().ahead[heading];
        int right = world.walkers().ahead[heading + 1 & 3];
        return rayReaches(cell + front, front)
                || rayReaches(cell + right, front)
                || rayReaches(cell - right, front);
    }

    private boolean rayReaches(int from, int front) {
        byte[] ground = world.ground();
        int at = from;
        for (int k = 0; k < GridDilemma.BEAM_LENGTH && ground[at] < DilemmaMap.WALL; k++) {
            if (ground[at] == DilemmaMap.WASTE) {
                return true;
            }
            if (world.occupied(at)) {
                return false;
            }
            at += front;
        }
        return false;
    }
}
