package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import marlab.learning.buffer.ReplayMemory;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.Replicas;

/// One unit's action values: the networks that learn, the slow ones that targets come from, and
/// room for the parts of a minibatch.
final class QNets {

    final Replicas online;
    final Replicas target;
    final Behaviour behaviour;
    private final EpsilonGreedy head;
    private final List<QBatch> batches = new ArrayList<>();

    /// @param index of the unit
    /// @param parts of a minibatch
    /// @param items most transitions, or chunks, of a part
    QNets(Setup setup, int index, ReplayMemory memory, QConfig config, int parts, int items) {
        Unit unit = setup.units().get(index);
        int capacity = QBatch.capacity(setup, index, items);
        online = new Replicas(parts, 1e-5, part -> setup.actor(unit, capacity));
        target = new Replicas(parts, 1e-5, part -> setup.actor(unit, capacity));
        NetworkConfig.initialise(online.main(), 0.1, setup.seeds().stream("actor", index));
        online.spread();
        target.follow(online.main(), 1);
        head = (EpsilonGreedy) setup.head(unit);
        behaviour = new Behaviour(online.main());
        behaviour.explore(config.epsilon(0));
        for (int part = 0; part < parts; part++) {
            batches.add(new QBatch(setup, index, memory, config.steps(), items));
        }
    }

    /// Takes note of what was seen, when the gradient steps of an update are done.
    void observe(Rollout rollout) {
        online.observe(rollout.input, rollout.live, rollout.findLive());
    }

    /// A part of the minibatch.
    QBatch batch(int part) {
        return batches.get(part);
    }

    /// Fetches a part of what was drawn and computes its values.
    QBatch evaluate(int part, int[] drawn, int from, int count, boolean doubled) {
        QBatch batch = batches.get(part);
        batch.gather(drawn, from, count);
        batch.evaluate(online.part(part), target.part(part), doubled);
        return batch;
    }

    /// Values of all choices in a situation that is remembered, with nothing carried into it.
    ///
    /// @param row transition · members + member
    float[] values(ReplayMemory.Part kept, int row) {
        float[] outputs = new float[online.main().outputs()];
        online.main().forward(kept.input, row * kept.inputs, 1, outputs);
        float[] values = new float[head.choices()];
        for (int k = 0; k < values.length; k++) {
            values[k] = head.q(outputs, 0, k);
        }
        return values;
    }

    void persist(Persistence state, String unit) throws IOException {
        state.network(unit + ".actor", online.main());
        state.network(unit + ".target", target.main());
        state.adam(unit + ".actor", online.adam());
        online.spread();
        target.spread();
        double[] epsilon = {behaviour.exploration()};
        state.doubles(unit + ".epsilon", epsilon);
        behaviour.explore(epsilon[0]);
    }
}
