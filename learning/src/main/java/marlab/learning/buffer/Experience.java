package marlab.learning.buffer;

import java.util.List;
import marlab.sim.reward.RewardWeights;

/// What all units went through in one roll-out: one {@link Rollout} each, aligned (row = step ·
/// lanes + copy · members + member), and the global state where an algorithm wants it. Reused.
public final class Experience {

    private final List<Rollout> rollouts;
    private final int length;
    private final int copies;
    private final int stateSize;

    /// Global state when the agents acted: all agents' observations in agent order, in the world's
    /// frame, [steps × copies × state size].
    public final float[] state;

    /// Global state after the step, filled only where an episode ended with it and in the last
    /// step's rows; elsewhere it is the next row's {@link #state}.
    public final float[] nextState;

    /// Reward weights that were in force.
    public RewardWeights weights;

    /// Per step and copy: the episode ended with this step.
    public final boolean[] over;

    /// @param stateSize numbers of the global state; 0 where nobody wants it
    public Experience(List<Rollout> rollouts, int length, int copies, int stateSize) {
        this.rollouts = List.copyOf(rollouts);
        this.length = length;
        this.copies = copies;
        this.stateSize = stateSize;
        state = new float[length * copies * stateSize];
        nextState = new float[state.length];
        over = new boolean[length * copies];
    }

    /// One per unit, in the units' order.
    public List<Rollout> rollouts() {
        return rollouts;
    }

    /// What one unit went through.
    public Rollout rollout(int unit) {
        return rollouts.get(unit);
    }

    /// Steps.
    public int length() {
        return length;
    }

    /// Copies of the world.
    public int copies() {
        return copies;
    }

    /// Numbers of the global state; 0 where it is not kept.
    public int stateSize() {
        return stateSize;
    }

    /// True where what follows this step is kept in the `next` arrays and not in the next row: at
    /// the end of an episode and of the roll-out.
    ///
    /// @param row step · copies + copy
    public boolean endsHere(int row) {
        return over[row] || row >= (length - 1) * copies;
    }

    /// Copies the global state after a step.
    ///
    /// @param row step · copies + copy
    public void nextState(int row, float[] into, int at) {
        boolean here = endsHere(row);
        int from = (here ? row : row + copies) * stateSize;
        System.arraycopy(here ? nextState : state, from, into, at, stateSize);
    }
}
