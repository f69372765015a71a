package marlab.learning.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.learning.algo.Learner;
import marlab.learning.algo.Persistence;
import marlab.learning.algo.ValueNorm;
import marlab.learning.net.Adam;
import marlab.learning.net.Network;
import marlab.learning.net.Parameters;
import marlab.learning.store.Json;
import marlab.learning.store.Npz;
import marlab.sim.env.VectorEnv;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;

/// A checkpoint's files: `weights.npz` (named layers, for people and other programs),
/// `training.npz` (optimisers, random streams, copies of the world) and `state.json` (counters).
/// Together they continue a run bit for bit.
final class Checkpoint {

    private Checkpoint() {}

    /// Counters of a run.
    ///
    /// @param version updates
    /// @param envSteps environment steps
    /// @param wallSeconds wall clock so far
    /// @param weights reward weights in force
    record Counters(long version, long envSteps, double wallSeconds, RewardWeights weights) {}

    /// Names that begin so go to a file of their own, which is large.
    private static final String REPLAY = "replay.";

    static Map<String, byte[]> encode(Counters counters, Learner learner, Collector collector)
            throws IOException {
        Writer writer = new Writer();
        learner.persist(writer);
        Npz training = writer.training;
        Collector.Saved saved = collector.save();
        training.put("exploration", saved.streams());
        if (saved.scripts().length > 0) {
            training.put("scripts", saved.scripts());
        }
        training.put("acting", saved.acting());
        for (int k = 0; k < saved.memories().size(); k++) {
            if (saved.memories().get(k).length > 0) {
                training.put("memory" + k, saved.memories().get(k));
            }
        }
        for (int s = 0; s < saved.slices().size(); s++) {
            VectorEnv.Saved slice = saved.slices().get(s);
            training.put("env" + s + ".state", slice.state());
            training.put("env" + s + ".random", slice.random());
            training.put("env" + s + ".counters", slice.counters());
            training.put("env" + s + ".sums", slice.sums());
            training.put("env" + s + ".gone", slice.gone());
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("weights.npz", writer.weights.bytes());
        files.put("training.npz", training.bytes());
        if (writer.replayed) {
            files.put("replay.npz", writer.replay.bytes());
        }
        files.put("state.json", state(counters).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /// Saves.
    private static final class Writer implements Persistence {
        final Npz weights = new Npz();
        final Npz training = new Npz();
        final Npz replay = new Npz();
        boolean replayed;

        @Override
        public void network(String name, Network network) {
            putLayers(weights, name, network.parameters());
        }

        @Override
        public void norm(String name, ValueNorm norm) {
            weights.put(name, norm.save());
        }

        @Override
        public void adam(String name, Adam adam) {
            training.put(name + ".adam_mean", adam.mean().clone());
            training.put(name + ".adam_square", adam.square().clone());
            training.put(name + ".adam_steps", new long[] {adam.steps()});
        }

        @Override
        public void stream(String name, RandomStream stream) {
            long[] state = new long[RandomStream.STATE_SIZE];
            stream.save(state, 0);
            training.put(name, state);
        }

        @Override
        public void longs(String name, long[] values) {
            training.put(name, values.clone());
        }

        @Override
        public void doubles(String name, double[] values) {
            training.put(name, values.clone());
        }

        @Override
        public void floats(String name, float[] values, int count) {
            boolean many = name.startsWith(REPLAY);
            replayed |= many;
            (many ? replay : training).put(name, Arrays.copyOf(values, count));
        }
    }

    /// Takes up again.
    private static final class Reader implements Persistence {
        final Npz weights;
        final Npz training;
        final Npz replay;

        Reader(Path folder) throws IOException {
            weights = Npz.read(Files.readAllBytes(folder.resolve("weights.npz")));
            training = Npz.read(Files.readAllBytes(folder.resolve("training.npz")));
            Path large = folder.resolve("replay.npz");
            replay = Files.exists(large) ? Npz.read(Files.readAllBytes(large)) : new Npz();
        }

        @Override
        public void network(String name, Network network) throws IOException {
            getLayers(weights, name, network.parameters());
        }

        @Override
        public void norm(String name, ValueNorm norm) throws IOException {
            norm.load(weights.doubles(name, 3));
        }

        @Override
        public void adam(String name, Adam adam) throws IOException {
            floats(name + ".adam_mean", adam.mean(), adam.mean().length);
            floats(name + ".adam_square", adam.square(), adam.square().length);
            adam.steps(training.longs(name + ".adam_steps", 1)[0]);
        }

        @Override
        public void stream(String name, RandomStream stream) throws IOException {
            stream.load(training.longs(name, RandomStream.STATE_SIZE), 0);
        }

        @Override
        public void longs(String name, long[] values) throws IOException {
            System.arraycopy(training.longs(name, values.length), 0, values, 0, values.length);
        }

        @Override
        public void doubles(String name, double[] values) throws IOException {
            System.arraycopy(training.doubles(name, values.length), 0, values, 0, values.length);
        }

        @Override
        public void floats(String name, float[] values, int count) throws IOException {
            Npz from = name.startsWith(REPLAY) ? replay : training;
            System.arraycopy(from.floats(name, count), 0, values, 0, count);
        }
    }

    private static String state(Counters counters) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("version", counters.version);
        state.put("env_steps", counters.envSteps);
        state.put("wall_s", counters.wallSeconds);
        List<Double> weights = new ArrayList<>();
        for (int k = 0; k < counters.weights.size(); k++) {
            weights.add(counters.weights.weight(k));
        }
        state.put("reward_weights", weights);
        state.put("share", counters.weights.share());
        return Json.pretty(state);
    }

    private static void putLayers(Npz npz, String name, Parameters parameters) {
        parameters.blocks().entrySet().stream()
                .sorted(java.util.Comparator.comparingInt(e -> e.getValue().at()))
                .forEach(e -> {
                    Parameters.Block b = e.getValue();
                    float[] block =
                            java.util.Arrays.copyOfRange(
                                    parameters.values(), b.at(), b.at() + b.rows() * b.columns());
                    npz.put(name + "." + e.getKey(), block, b.rows(), b.columns());
                });
    }

    static Counters readCounters(Path folder) throws IOException {
        Map<?, ?> state = Json.object(Files.readString(folder.resolve("state.json")));
        if (!(state.get("version") instanceof Number version)
                || !(state.get("env_steps") instanceof Number steps)
                || !(state.get("wall_s") instanceof Number wall)
                || !(state.get("share") instanceof Number share)
                || !(state.get("reward_weights") instanceof List<?> list)) {
            throw new IOException("state.json lacks a counter");
        }
        if (!list.stream().allMatch(Number.class::isInstance)) {
            throw new IOException("state.json has a reward weight that is no number");
        }
        double[] weights = list.stream().mapToDouble(w -> ((Number) w).doubleValue()).toArray();
        return new Counters(
                version.longValue(),
                steps.longValue(),
                wall.doubleValue(),
                new RewardWeights(weights, share.doubleValue()));
    }

    /// Reads everything once, so that damage is told before anything begins.
    static void check(Path folder) throws IOException {
        new Reader(folder);
    }

    /// Puts back what was learned, without the copies that it was learned in.
    static void restore(Path folder, Learner learner) throws IOException {
        learner.persist(new Reader(folder));
    }

    /// Puts everything back into a fresh learner and fresh copies.
    static Counters restore(Path folder, Learner learner, Collector collector) throws IOException {
        Reader reader = new Reader(folder);
        learner.persist(reader);
        Npz training = reader.training;
        List<VectorEnv.Saved> slices = new ArrayList<>();
        Collector.Saved shape = collector.save();
        for (int s = 0; s < shape.slices().size(); s++) {
            VectorEnv.Saved like = shape.slices().get(s);
            slices.add(
                    new VectorEnv.Saved(
                            training.doubles("env" + s + ".state", like.state().length),
                            training.longs("env" + s + ".random", like.random().length),
                            training.longs("env" + s + ".counters", like.counters().length),
                            training.doubles("env" + s + ".sums", like.sums().length),
                            gone(training, s, like.gone().length)));
        }
        List<float[]> memories = new ArrayList<>();
        for (float[] like : shape.memories()) {
            String name = "memory" + memories.size();
            memories.add(like.length == 0 ? like : training.floats(name, like.length));
        }
        int scripts = shape.scripts().length;
        collector.load(
                new Collector.Saved(
                        slices,
                        training.longs("exploration", shape.streams().length),
                        scripts == 0 ? shape.scripts() : training.longs("scripts", scripts),
                        training.has("acting") // older runs have none
                                ? training.longs("acting", shape.acting().length)
                                : shape.acting(),
                        memories));
        return readCounters(folder);
    }

    /// Runs begun before agents could end early have no such array: nobody had.
    private static long[] gone(Npz training, int slice, int length) throws IOException {
        String name = "env" + slice + ".gone";
        return training.has(name) ? training.longs(name, length) : new long[length];
    }

    private static void getLayers(Npz npz, String name, Parameters parameters) throws IOException {
        for (Map.Entry<String, Parameters.Block> e : parameters.blocks().entrySet()) {
            Parameters.Block b = e.getValue();
            float[] block = npz.floats(name + "." + e.getKey(), b.rows() * b.columns());
            System.arraycopy(block, 0, parameters.values(), b.at(), block.length);
        }
        parameters.valuesChanged();
    }
}
