package marlab.learning.algo;

import java.io.IOException;
import java.util.Arrays;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Adam;
import marlab.learning.net.Network;
import marlab.learning.net.NetworkConfig;

/// The plain policy gradient of one unit: one step up Σ A·log π(a|o) / N + c·H, the sum over the
/// samples that count of one roll-out (Williams 1992; Mnih et al. 2016, with the entropy bonus of
/// Williams and Peng 1991). What the advantages A are is up to the algorithm. Owned by one thread
/// at a time.
final class PolicyGradient {

    private final ActionDistribution distribution;
    private final Network actor;
    private final Adam adam;
    private final float[] memory;
    private final float[] output;
    private final float[] gradient;
    private double loss;
    private double entropy;

    /// @param index of the unit
    PolicyGradient(Setup setup, int index) {
        Unit unit = setup.units().get(index);
        int rows = setup.length() * setup.lanes(unit);
        distribution = (ActionDistribution) setup.head(unit);
        actor = setup.actor(unit, rows);
        NetworkConfig.initialise(actor, 0.01, setup.seeds().stream("actor", index));
        adam = new Adam(actor.parameters().size(), 1e-5);
        memory = new float[setup.lanes(unit) * actor.memory()];
        output = new float[rows * distribution.outputs()];
        gradient = new float[output.length];
    }

    /// The acting network.
    Network actor() {
        return actor;
    }

    /// Runs the network over a roll-out, of which {@link #step} needs the outcome.
    void forward(Rollout rollout) {
        System.arraycopy(rollout.memory, 0, memory, 0, memory.length);
        actor.forward(
                rollout.input,
                0,
                rollout.length(),
                rollout.width(),
                memory,
                rollout.begins,
                0,
                output);
    }

    /// One step of Adam. The weights must be those of {@link #forward}.
    ///
    /// @param rows the rows that count, the first `count` of the array; at least one
    /// @param bonus weight c of the entropy
    /// @param rate of learning
    /// @param maxNorm largest norm of the gradient
    void step(Rollout rollout, int[] rows, int count, double bonus, double rate, double maxNorm) {
        Arrays.fill(gradient, 0, rollout.rows() * distribution.outputs(), 0);
        loss(rollout, rows, count, bonus);
        actor.backward(gradient, rollout.rows());
        adam.step(actor.parameters().values(), actor.parameters().gradient(), rate, maxNorm);
        actor.parameters().valuesChanged();
        actor.observe(rollout.input, rows, count);
    }

    private void loss(Rollout rollout, int[] rows, int count, double bonus) {
        int width = distribution.outputs();
        int size = distribution.actionSize();
        float share = 1f / count;
        loss = 0;
        entropy = 0;
        for (int k = 0; k < count; k++) {
            int row = rows[k];
            float advantage = rollout.advantage[row];
            float logP =
                    distribution.logProbability(output, row * width, rollout.action, row * size);
            distribution.gradient(
                    -share * advantage, (float) -bonus * share, gradient, row * width);
            loss -= share * advantage * logP;
            entropy += share * distribution.entropy();
        }
    }

    /// −Σ A·log π(a|o) / N of the last step.
    double loss() {
        return loss;
    }

    /// Mean entropy of the policy before the last step, nats.
    double entropy() {
        return entropy;
    }

    /// Shows all state, see {@link Persistence}.
    void persist(Persistence state, String unit) throws IOException {
        state.network(unit + ".actor", actor);
        state.adam(unit + ".actor", adam);
    }
}
