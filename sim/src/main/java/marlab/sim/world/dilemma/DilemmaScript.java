package marlab.sim.world.dilemma;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;

/// A script for a {@link GridDilemma}. It looks at the world's true state, which agents can't, and
/// finds shortest ways round walls and others.
abstract class DilemmaScript implements Policy {

    private static final int UNSEEN = -1;

    /// The move towards each heading, counted from the agent's own.
    private static final int[] MOVE = {2, 1, 3, 0};

    GridDilemma world;
    private int[] cameBy = {}; // per cell, heading of the step into it
    private int[] queue = {};

    @Override
    public void act(ParallelEnv env, Decision into, RandomGenerator random) {
        world = (GridDilemma) env;
        if (cameBy.length != world.map().size()) {
            cameBy = new int[world.map().size()];
            queue = new int[world.map().size()];
        }
        int agents = env.spec().agentCount();
        for (int i = 0; i < agents; i++) {
            into.actions.choose(i, choose(i, agents, random));
        }
    }

    /// What an agent does.
    abstract int choose(int agent, int agents, RandomGenerator random);

    /// True where an agent wants to be.
    abstract boolean goal(int agent, int cell);

    /// True where an agent would rather not step.
    abstract boolean shunned(int cell);

    /// The first move of a shortest way to the nearest goal, or to stay where there is none or the
    /// agent is there.
    int towardsGoal(int agent, RandomGenerator random) {
        int[] ahead = world.walkers().ahead;
        int start = world.walkers().cell[agent];
        int firstTried = random.nextInt(4);
        Arrays.fill(cameBy, UNSEEN);
        cameBy[start] = 0;
        queue[0] = start;
        int end = 1;
        for (int k = 0; k < end; k++) {
            int here = queue[k];
            if (goal(agent, here)) {
                return here == start ? Walkers.STAY : firstMove(agent, start, here);
            }
            for (int d = 0; d < 4; d++) {
                int heading = firstTried + d & 3;
                int next = here + ahead[heading];
                if (cameBy[next] == UNSEEN && passable(next)) {
                    cameBy[next] = heading;
                    queue[end++] = next;
                }
            }
        }
        return Walkers.STAY;
    }

    private boolean passable(int cell) {
        return world.ground()[cell] < DilemmaMap.WALL && !world.occupied(cell) && !shunned(cell);
    }

    private int firstMove(int agent, int start, int goal) {
        int here = goal;
        int heading = cameBy[here];
        while (here - world.walkers().ahead[heading] != start) {
            here -= world.walkers().ahead[heading];
            heading = cameBy[here];
        }
        return MOVE[heading - world.walkers().heading[agent] & 3];
    }
}
