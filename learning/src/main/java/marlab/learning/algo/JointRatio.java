package marlab.learning.algo;

import java.util.Arrays;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Network;

/// M = Π π_new(a)/π_old(a) over the agents that were updated already in an iteration of HAPPO or
/// HATRPO, for every step of every copy (Kuba et al. 2022, equation 10): an advantage weighted by
/// it is the one that the next agent has among the changed policies of those before it. Held
/// constant while others learn. Owned by the learner thread.
///
/// The members of a unit share one policy and are updated at once; their ratios multiply. A member
/// that was gone did nothing, and its ratio is 1.
final class JointRatio {

    private final float[] factor;
    private float[] input = new float[0];
    private float[] output = new float[0];

    /// @param rows steps × copies
    JointRatio(int rows) {
        factor = new float[rows];
    }

    /// Nobody was updated yet.
    void reset() {
        Arrays.fill(factor, 1);
    }

    /// Per step and copy, live.
    float[] factor() {
        return factor;
    }

    /// Multiplies the advantages of a unit's roll-out.
    void weigh(Rollout rollout) {
        int members = rollout.rows() / factor.length;
        for (int row = 0; row < rollout.rows(); row++) {
            rollout.advantage[row] *= factor[row / members];
        }
    }

    /// Takes in a unit whose policy was just updated.
    ///
    /// @param rollout with its live rows found
    void include(Network actor, ActionDistribution distribution, Rollout rollout) {
        int members = rollout.rows() / factor.length;
        int inputs = rollout.inputs();
        int width = distribution.outputs();
        int room = actor.capacity();
        if (input.length < room * inputs) {
            input = new float[room * inputs];
        }
        if (output.length < room * width) {
            output = new float[room * width];
        }
        for (int from = 0; from < rollout.liveRows(); from += room) {
            int rows = Math.min(room, rollout.liveRows() - from);
            Minibatches.gather(rollout.input, inputs, rollout.live, from, rows, input);
            actor.forward(input, 0, rows, output);
            for (int k = 0; k < rows; k++) {
                int row = rollout.live[from + k];
                float logP =
                        distribution.logProbability(
                                output, k * width, rollout.action, row * rollout.actionSize());
                factor[row / members] *= (float) Math.exp(logP - rollout.logProbability[row]);
            }
        }
    }
}
