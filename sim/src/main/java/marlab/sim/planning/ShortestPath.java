package marlab.sim.planning;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Everybody takes a shortest path to its goal as if alone, and a random action whenever it did not
/// get away from where it was: what A\* on the map gives when it is asked anew at every step (the
/// baseline of POGEMA), read off the distance field.
final class ShortestPath implements Planner {

    private final Crowd crowd;
    private final int[] stoodAt;

    ShortestPath(Crowd crowd) {
        this.crowd = crowd;
        stoodAt = new int[crowd.agents];
        Arrays.fill(stoodAt, -1);
    }

    @Override
    public void plan(RandomGenerator random) {
        for (int i = 0; i < crowd.agents; i++) {
            boolean stuck = crowd.at[i] == stoodAt[i];
            int move = 0;
            if (crowd.active[i] && crowd.at[i] != crowd.goal[i] && crowd.connected(i)) {
                move = stuck ? random.nextInt(PaddedMap.MOVES) : towardsGoal(i);
            }
            crowd.move[i] = move;
            stoodAt[i] = crowd.at[i] == crowd.goal[i] ? -1 : crowd.at[i];
        }
    }

    private int towardsGoal(int i) {
        PaddedMap map = crowd.map;
        int at = crowd.at[i];
        int goal = crowd.goal[i];
        long[] field = crowd.fields.of(goal);
        int move = 1;
        while (map.free[at + map.step[move]] == 0
                || !DistanceFields.nearer(field, goal, at, at + map.step[move])) {
            move++;
        }
        return move;
    }
}
