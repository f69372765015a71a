package marlab.learning.algo;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import marlab.learning.net.Adam;
import marlab.learning.net.Network;
import marlab.sim.seed.RandomStream;

/// A learner's networks and optimisers by name, live.
final class Probe implements Persistence {

    final Map<String, Network> networks = new HashMap<>();
    final Map<String, Adam> adams = new HashMap<>();

    Probe(Learner learner) {
        show(learner);
    }

    /// Also hands changed weights to all replicas.
    void show(Learner learner) {
        try {
            learner.persist(this);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Makes a network return one number, whatever it is given.
    void constant(String name, float value) {
        float[] weights = networks.get(name).parameters().values();
        java.util.Arrays.fill(weights, 0);
        weights[networks.get(name).parameters().blocks().get("out.bias").at()] = value;
        networks.get(name).parameters().valuesChanged();
    }

    float value(String name, float... input) {
        float[] output = new float[networks.get(name).outputs()];
        networks.get(name).forward(input, 0, 1, output);
        return output[0];
    }

    @Override
    public void network(String name, Network network) {
        networks.put(name, network);
    }

    @Override
    public void adam(String name, Adam adam) {
        adams.put(name, adam);
    }

    @Override
    public void norm(String name, ValueNorm norm) {}

    @Override
    public void stream(String name, RandomStream stream) {}

    @Override
    public void longs(String name, long[] values) {}

    @Override
    public void doubles(String name, double[] values) {}

    @Override
    public void floats(String name, float[] values, int count) {}
}
