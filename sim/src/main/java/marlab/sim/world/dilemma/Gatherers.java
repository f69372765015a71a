package marlab.sim.world.dilemma;

import java.util.random.RandomGenerator;

/// Everybody goes to the nearest apple that has at least so many others around it, and steps on no
/// other one. With 0 that is greed; with {@link #SPARED} a patch keeps what it regrows fastest
/// from.
final class Gatherers extends DilemmaScript {

    /// Apples around an empty cell from which on it regrows fastest.
    static final int SPARED = 3;

    private final int spared;

    Gatherers(int spared) {
        this.spared = spared;
    }

    @Override
    int choose(int agent, int agents, RandomGenerator random) {
        return towardsGoal(agent, random);
    }

    @Override
    boolean goal(int agent, int cell) {
        return world.ground()[cell] == DilemmaMap.APPLE && applesAround(cell) >= spared;
    }

    @Override
    boolean shunned(int cell) {
        return world.ground()[cell] == DilemmaMap.APPLE && applesAround(cell) < spared;
    }

    private int applesAround(int cell) {
        int stride = world.map().stride;
        int apples = -1; // the one in the middle
        for (int row = cell - stride; row <= cell + stride; row += stride) {
            for (int other = row - 1; other <= row + 1; other++) {
                apples += world.ground()[other] == DilemmaMap.APPLE ? 1 : 0;
            }
        }
        return apples;
    }
}
