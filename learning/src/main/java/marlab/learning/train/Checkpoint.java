package marlab.learning.train;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.learning.algo.Ppo;
import marlab.learning.net.Adam;
import marlab.learning.net.Parameters;
import marlab.learning.store.Json;
import marlab.learning.store.Npz;
import marlab.sim.env.VectorEnv;
import marlab.sim.reward.RewardWeights;

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

    static Map<String, byte[]> encode(
            Counters counters, List<Unit> units, List<Ppo> learners, Collector collector)
            throws IOException {
        Npz weights = new Npz();
        Npz training = new Npz();
        for (int u = 0; u < units.size(); u++) {
            String name = units.get(u).name();
            Ppo ppo = learners.get(u);
            putLayers(weights, name + ".actor", ppo.actor().parameters());
            putLayers(weights, name + ".critic", ppo.critic().parameters());
            weights.put(name + ".value_norm", ppo.norm().save());
            putAdam(training, name + ".actor", ppo.actorAdam());
            putAdam(training, name + ".critic", ppo.criticAdam());
            long[] stream = new long[2];
            ppo.shuffling().save(stream, 0);
            training.put(name + ".shuffling", stream);
        }
        Collector.Saved saved = collector.save();
        training.put("exploration", saved.streams());
        for (int s = 0; s < saved.slices().size(); s++) {
            VectorEnv.Saved slice = saved.slices().get(s);
            training.put("env" + s + ".state", slice.state());
            training.put("env" + s + ".random", slice.random());
            training.put("env" + s + ".counters", slice.counters());
            training.put("env" + s + ".sums", slice.sums());
            training.put("env" + s + ".gone", slice.gone());
        }
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("weights.npz", weights.bytes());
        files.put("training.npz", training.bytes());
        files.put("state.json", state(counters).getBytes(StandardCharsets.UTF_8));
        return files;
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

    private static void putAdam(Npz npz, String name, Adam adam) {
        npz.put(name + ".adam_mean", adam.mean().clone());
        npz.put(name + ".adam_square", adam.square().clone());
        npz.put(name + ".adam_steps", new long[] {adam.steps()});
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
        Npz.read(Files.readAllBytes(folder.resolve("weights.npz")));
        Npz.read(Files.readAllBytes(folder.resolve("training.npz")));
    }

    /// Puts everything back into fresh learners and copies.
    static Counters restore(Path folder, List<Unit> units, List<Ppo> learners, Collector collector)
            throws IOException {
        Npz weights = Npz.read(Files.readAllBytes(folder.resolve("weights.npz")));
        Npz training = Npz.read(Files.readAllBytes(folder.resolve("training.npz")));
        for (int u = 0; u < units.size(); u++) {
            String name = units.get(u).name();
            Ppo ppo = learners.get(u);
            getLayers(weights, name + ".actor", ppo.actor().parameters());
            getLayers(weights, name + ".critic", ppo.critic().parameters());
            ppo.norm().load(weights.doubles(name + ".value_norm", 3));
            getAdam(training, name + ".actor", ppo.actorAdam());
            getAdam(training, name + ".critic", ppo.criticAdam());
            ppo.shuffling().load(training.longs(name + ".shuffling", 2), 0);
        }
        List<VectorEnv.Saved> slices = new ArrayList<>();
        int copies = 0;
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
            copies += like.random().length / 2;
        }
        collector.load(new Collector.Saved(slices, training.longs("exploration", 2 * copies)));
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

    private static void getAdam(Npz npz, String name, Adam adam) throws IOException {
        float[] mean = npz.floats(name + ".adam_mean", adam.mean().length);
        float[] square = npz.floats(name + ".adam_square", adam.square().length);
        System.arraycopy(mean, 0, adam.mean(), 0, mean.length);
        System.arraycopy(square, 0, adam.square(), 0, square.length);
        adam.steps(npz.longs(name + ".adam_steps", 1)[0]);
    }
}
