package marlab.learning.algo;

import java.io.IOException;
import marlab.learning.buffer.Rollout;

/// How many steps into its episode each row of a roll-out was taken, also where the episode began
/// in an earlier roll-out. Owned by the learner, who shows it every roll-out once, in order.
final class EpisodeSteps {

    private final long[] age; // per lane, at the roll-out's beginning
    private final int[] step;

    /// @param lanes agents × copies
    /// @param rows of a roll-out
    EpisodeSteps(int lanes, int rows) {
        age = new long[lanes];
        step = new int[rows];
    }

    /// Counts on through the next roll-out.
    ///
    /// @return steps into the episode of every row, from 0; reused. Of rows in which the agent was
    ///   gone nothing is said.
    int[] count(Rollout rollout) {
        int width = rollout.width();
        for (int row = 0; row < rollout.rows(); row++) {
            int lane = row % width;
            step[row] = (int) age[lane];
            age[lane] = rollout.over[row] ? 0 : age[lane] + 1;
        }
        return step;
    }

    /// Shows what it keeps, see {@link Persistence}.
    void persist(Persistence state, String name) throws IOException {
        state.longs(name, age);
    }
}
