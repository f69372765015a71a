package marlab.learning.train;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import marlab.learning.algo.Persistence;
import marlab.learning.algo.ValueNorm;
import marlab.learning.net.Adam;
import marlab.learning.net.Network;
import marlab.learning.net.Parameters;
import marlab.learning.store.NpzReader;
import marlab.sim.seed.RandomStream;

/// What a fork takes over of its parent's checkpoint: networks, scales and other learned numbers,
/// and optimisers if they are wanted. Policies must fit; whatever else does not stays as new.
/// Random streams, counters and the past stay as new, too: they belong to the parent's episodes.
final class Inheritance implements Persistence, Closeable {

    private final NpzReader weights;
    private final NpzReader training;
    private final boolean optimisers;
    private final List<String> fresh = new ArrayList<>();

    /// @param folder the checkpoint
    Inheritance(Path folder, boolean optimisers) throws IOException {
        this.optimisers = optimisers;
        Checkpoint.check(folder);
        weights = new NpzReader(folder.resolve(Checkpoint.WEIGHTS));
        try {
            training = new NpzReader(folder.resolve(Checkpoint.TRAINING));
        } catch (IOException e) {
            weights.close();
            throw e;
        }
    }

    /// Names of networks that did not fit, so that they are new.
    List<String> fresh() {
        return fresh;
    }

    @Override
    public void network(String name, Network network) throws IOException {
        Parameters parameters = network.parameters();
        if (name.endsWith(".actor") || fits(name, parameters)) {
            Checkpoint.getLayers(weights, name, parameters);
        } else {
            fresh.add(name);
        }
    }

    private boolean fits(String name, Parameters parameters) throws IOException {
        for (var block : parameters.blocks().entrySet()) {
            int size = block.getValue().rows() * block.getValue().columns();
            if (!weights.has(name + "." + block.getKey(), size)) {
                return false;
            }
        }
        return true;
    }

    /// A scale goes with the network whose outputs it is for.
    @Override
    public void norm(String name, ValueNorm norm) throws IOException {
        if (weights.has(name, 3) && !fresh.contains(name.replace(".value_norm", ".critic"))) {
            norm.load(weights.doubles(name, 3));
        }
    }

    @Override
    public void adam(String name, Adam adam) throws IOException {
        int size = adam.mean().length;
        if (optimisers && !fresh.contains(name) && training.has(name + ".adam_mean", size)) {
            training.readInto(name + ".adam_mean", adam.mean(), size);
            training.readInto(name + ".adam_square", adam.square(), size);
            adam.steps(training.longs(name + ".adam_steps", 1)[0]);
        }
    }

    @Override
    public void doubles(String name, double[] values) throws IOException {
        if (training.has(name, values.length)) {
            System.arraycopy(training.doubles(name, values.length), 0, values, 0, values.length);
        }
    }

    @Override
    public void stream(String name, RandomStream stream) {}

    @Override
    public void longs(String name, long[] values) {}

    @Override
    public void floats(String name, float[] values, int count) {}

    @Override
    public void close() throws IOException {
        try (weights) {
            training.close();
        }
    }
}
