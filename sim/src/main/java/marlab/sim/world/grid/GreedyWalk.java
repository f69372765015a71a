package marlab.sim.world.grid;

import java.util.random.RandomGenerator;
import marlab.sim.env.ParallelEnv;
import marlab.sim.planning.GridWorld;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;

/// Every agent steps towards its goal where no obstacle is in the way, and anywhere at random now
/// and then and where one is. Knows nothing of the others. Reads the world's true state.
final class GreedyWalk implements Policy {

    private static final double ASTRAY = 0.15;

    @Override
    public void act(ParallelEnv env, Decision into, RandomGenerator random) {
        GridWorld grid = (GridWorld) env;
        for (int agent = 0; agent < grid.agents(); agent++) {
            into.actions.choose(agent, choice(grid, agent, random));
        }
    }

    private static int choice(GridWorld grid, int agent, RandomGenerator random) {
        int here = grid.cellOf(agent);
        int goal = grid.goalOf(agent);
        int down = goal / grid.columns() - here / grid.columns();
        int right = goal % grid.columns() - here % grid.columns();
        if (down == 0 && right == 0) {
            return 0;
        }
        if (random.nextDouble() < ASTRAY) {
            return random.nextInt(5);
        }
        boolean upOrDown = down != 0 && (right == 0 || random.nextBoolean());
        if (upOrDown) {
            boolean free = !grid.blocked(here + (down < 0 ? -1 : 1) * grid.columns());
            return !free ? 1 + random.nextInt(4) : down < 0 ? 1 : 2;
        }
        boolean free = !grid.blocked(here + (right < 0 ? -1 : 1));
        return !free ? 1 + random.nextInt(4) : right < 0 ? 3 : 4;
    }
}
