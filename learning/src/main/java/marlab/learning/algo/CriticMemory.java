package marlab.learning.algo;

import java.io.IOException;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Network;

/// What a critic with memory carries from step to step, kept from roll-out to roll-out: it looks
/// along with the agents, while they alone act. What it carries into a roll-out comes from the
/// weights that it had then, as with actors. Owned by the learner.
final class CriticMemory {

    private final Network critic;
    private final int lanes;
    private final float[] carried;
    private final float[] start;
    private final float[] aside;
    private final float[] values;
    private final boolean[] never;

    /// @param critic with room for one step of all lanes
    CriticMemory(Network critic, int lanes) {
        this.critic = critic;
        this.lanes = lanes;
        carried = new float[lanes * critic.memory()];
        start = new float[carried.length];
        aside = new float[carried.length];
        values = new float[lanes];
        never = new boolean[lanes];
    }

    /// What was carried into the roll-out that was last looked at, [lanes × memory].
    float[] start() {
        return start;
    }

    /// Values of all rows, and after those that need it, and on to the next roll-out.
    ///
    /// @param mean what an output of 0 means
    /// @param deviation what 1 means beyond that
    void evaluate(Rollout rollout, float mean, float deviation) {
        System.arraycopy(carried, 0, start, 0, start.length);
        int inputs = critic.inputs();
        for (int t = 0; t < rollout.length(); t++) {
            int row = t * lanes;
            critic.forward(
                    rollout.criticInput,
                    row * inputs,
                    1,
                    lanes,
                    carried,
                    rollout.begins,
                    row,
                    values);
            boolean ahead = false;
            for (int lane = 0; lane < lanes; lane++) {
                rollout.value[row + lane] = mean + deviation * values[lane];
                ahead |= rollout.needsNext(row + lane);
            }
            if (ahead) {
                System.arraycopy(carried, 0, aside, 0, aside.length);
                critic.forward(rollout.nextInput, row * inputs, 1, lanes, aside, never, 0, values);
                for (int lane = 0; lane < lanes; lane++) {
                    if (rollout.needsNext(row + lane)) {
                        rollout.next[row + lane] = mean + deviation * values[lane];
                    }
                }
            }
        }
    }

    /// Shows what is carried, see {@link Persistence}.
    void persist(Persistence state, String unit) throws IOException {
        if (carried.length > 0) {
            state.floats(unit + ".critic_memory", carried, carried.length);
        }
    }
}
