package marlab.learning.train;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import marlab.learning.algo.Learner;
import marlab.learning.algo.Persistence;
import marlab.learning.algo.ValueNorm;
import marlab.learning.net.Adam;
import marlab.learning.net.Network;
import marlab.learning.net.Parameters;
import marlab.learning.store.ArraySink;
import marlab.learning.store.AtomicFile;
import marlab.learning.store.Json;
import marlab.learning.store.NpzReader;
import marlab.learning.store.NpzWriter;
import marlab.sim.env.VectorEnv;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.RandomStream;

/// A checkpoint's files: `weights.npz` (named layers, for people and other programs),
/// `training.npz` (optimisers, random streams, copies of the world), `replay.npz` where the
/// algorithm learns from the past, and `state.json` (counters, and a checksum of each file and of
/// itself). Each checkpoint is complete: together its files continue a run bit for bit, whichever
/// of those that are kept it is.
final class Checkpoint {

    private Checkpoint() {}

    /// Counters of a run.
    ///
    /// @param version updates
    /// @param envSteps environment steps
    /// @param wallSeconds wall clock so far
    /// @param weights reward weights in force
    record Counters(long version, long envSteps, double wallSeconds, RewardWeights weights) {}

    static final String WEIGHTS = "weights.npz";
    static final String TRAINING = "training.npz";
    private static final String LARGE = "replay.npz";
    private static final String STATE = "state.json";

    /// Names that begin so go to a file of their own, which is large.
    private static final String REPLAY = "replay.";

    /// Weights that a unit acts with in the roll-out that comes, where that is begun already.
    private static final String ACTING = "acting.";

    private static final String ACTING_EXPLORATION = "acting.exploration";

    /// What `state.json` ends with: its own checksum, of everything before this word.
    private static final String CHECK = "\"check\"";

    /// Writes a checkpoint's files.
    static void write(
            Path folder,
            Counters counters,
            Learner learner,
            Collector.Saved saved,
            Divergence divergence)
            throws IOException {
        Map<String, String> sums = new LinkedHashMap<>();
        try (Writer writer = new Writer(folder)) {
            learner.persist(writer);
            NpzWriter training = writer.training;
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
            for (int u = 0; u < saved.policies().size(); u++) {
                training.put(ACTING + u, saved.policies().get(u));
            }
            if (saved.exploration().length > 0) {
                training.put(ACTING_EXPLORATION, saved.exploration());
            }
            training.put("divergence", divergence.save());
            sums.put(WEIGHTS, hex(writer.weights.finish()));
            sums.put(TRAINING, hex(training.finish()));
            if (writer.replay != null) {
                sums.put(LARGE, hex(writer.replay.finish()));
            }
        }
        AtomicFile.writeSynced(
                folder.resolve(STATE), state(counters, sums).getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(long crc) {
        return String.format(java.util.Locale.ROOT, "%08x", crc);
    }

    /// Saves, each array at once.
    private static final class Writer implements Persistence, Closeable {
        final Path folder;
        final NpzWriter weights;
        final NpzWriter training;
        NpzWriter replay;

        Writer(Path folder) throws IOException {
            this.folder = folder;
            weights = new NpzWriter(folder.resolve(WEIGHTS));
            try {
                training = new NpzWriter(folder.resolve(TRAINING));
            } catch (IOException e) {
                weights.close();
                throw e;
            }
        }

        @Override
        public void network(String name, Network network) throws IOException {
            putLayers(weights::put, name, network.parameters());
        }

        @Override
        public void norm(String name, ValueNorm norm) throws IOException {
            weights.put(name, norm.save());
        }

        @Override
        public void adam(String name, Adam adam) throws IOException {
            training.put(name + ".adam_mean", adam.mean());
            training.put(name + ".adam_square", adam.square());
            training.put(name + ".adam_steps", new long[] {adam.steps()});
        }

        @Override
        public void stream(String name, RandomStream stream) throws IOException {
            long[] state = new long[RandomStream.STATE_SIZE];
            stream.save(state, 0);
            training.put(name, state);
        }

        @Override
        public void longs(String name, long[] values) throws IOException {
            training.put(name, values);
        }

        @Override
        public void doubles(String name, double[] values) throws IOException {
            training.put(name, values);
        }

        @Override
        public void floats(String name, float[] values, int count) throws IOException {
            if (name.startsWith(REPLAY) && replay == null) {
                replay = new NpzWriter(folder.resolve(LARGE));
            }
            (name.startsWith(REPLAY) ? replay : training).putFirst(name, values, count);
        }

        @Override
        public void close() throws IOException {
            try (weights;
                    training) {
                if (replay != null) {
                    replay.close();
                }
            }
        }
    }

    /// Takes up again.
    private static final class Reader implements Persistence, Closeable {
        final NpzReader weights;
        final NpzReader training;
        final NpzReader replay;

        Reader(Path folder) throws IOException {
            List<NpzReader> opened = new ArrayList<>();
            try {
                weights = open(folder, WEIGHTS, opened);
                training = open(folder, TRAINING, opened);
                boolean large = Files.exists(folder.resolve(LARGE));
                replay = large ? open(folder, LARGE, opened) : null;
            } catch (IOException e) {
                for (NpzReader reader : opened) {
                    reader.close();
                }
                throw e;
            }
        }

        private static NpzReader open(Path folder, String file, List<NpzReader> opened)
                throws IOException {
            NpzReader reader = new NpzReader(folder.resolve(file));
            opened.add(reader);
            return reader;
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
            if (count > values.length) {
                throw new IOException("there are " + count + " of " + name + ", which is too many");
            }
            if (!name.startsWith(REPLAY)) {
                training.readInto(name, values, count);
            } else if (replay != null) {
                replay.readInto(name, values, count);
            } else {
                throw new NoSuchFileException(LARGE);
            }
        }

        /// What is left was not saved by this algorithm with these settings.
        void expectNothingMore() throws IOException {
            List<String> left = new ArrayList<>(weights.left());
            left.addAll(training.left());
            if (replay != null) {
                left.addAll(replay.left());
            }
            if (!left.isEmpty()) {
                throw new IOException(
                        "array \"" + left.getFirst() + "\" belongs to another kind of run");
            }
        }

        @Override
        public void close() throws IOException {
            try (weights;
                    training) {
                if (replay != null) {
                    replay.close();
                }
            }
        }
    }

    private static String state(Counters counters, Map<String, String> sums) {
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
        state.put("files", sums);
        state.put("check", hex(0));
        String text = Json.pretty(state);
        int end = text.lastIndexOf(CHECK);
        return text.substring(0, end) + text.substring(end).replace(hex(0), sum(text, end));
    }

    private static String sum(String text, int end) {
        CRC32 crc = new CRC32();
        crc.update(text.substring(0, end).getBytes(StandardCharsets.UTF_8));
        return hex(crc.getValue());
    }

    /// Writes a network's layers.
    static void putLayers(ArraySink arrays, String name, Parameters parameters) throws IOException {
        List<Map.Entry<String, Parameters.Block>> blocks =
                parameters.blocks().entrySet().stream()
                        .sorted(Comparator.comparingInt(e -> e.getValue().at()))
                        .toList();
        for (Map.Entry<String, Parameters.Block> e : blocks) {
            Parameters.Block b = e.getValue();
            float[] block =
                    Arrays.copyOfRange(
                            parameters.values(), b.at(), b.at() + b.rows() * b.columns());
            arrays.put(name + "." + e.getKey(), block, b.rows(), b.columns());
        }
    }

    /// What a checkpoint says of itself.
    ///
    /// @param sums checksums of its files; empty in runs begun before there were any
    private record State(Counters counters, Map<?, ?> sums) {}

    static Counters readCounters(Path folder) throws IOException {
        return readState(folder).counters;
    }

    private static State readState(Path folder) throws IOException {
        String text = Files.readString(folder.resolve(STATE));
        Map<?, ?> state = Json.object(text);
        boolean sums = state.get("files") instanceof Map<?, ?>;
        String check = String.valueOf(state.get("check"));
        boolean checked = sums || state.containsKey("check"); // older runs have neither
        if (checked && !check.equals(sum(text, Math.max(0, text.lastIndexOf(CHECK))))) {
            throw new IOException("state.json is damaged");
        }
        if (!(state.get("version") instanceof Number version)
                || !(state.get("env_steps") instanceof Number steps)
                || !(state.get("wall_s") instanceof Number wall)
                || !(state.get("share") instanceof Number share)
                || !(state.get("reward_weights") instanceof List<?> list)) {
            throw new IOException("state.json lacks a counter");
        }
        if (!isCount(version) || !isCount(steps) || !isCount(wall)) {
            throw new IOException("state.json has an impossible counter");
        }
        if (!list.stream().allMatch(Number.class::isInstance)) {
            throw new IOException("state.json has a reward weight that is no number");
        }
        double[] weights = list.stream().mapToDouble(w -> ((Number) w).doubleValue()).toArray();
        return new State(
                new Counters(
                        version.longValue(),
                        steps.longValue(),
                        wall.doubleValue(),
                        new RewardWeights(weights, share.doubleValue())),
                sums ? (Map<?, ?>) state.get("files") : Map.of());
    }

    private static boolean isCount(Number number) {
        return number.doubleValue() >= 0 && number.doubleValue() <= 1e15;
    }

    /// Reads everything once, so that damage is told before anything begins.
    static void check(Path folder) throws IOException {
        for (Map.Entry<?, ?> file : readState(folder).sums.entrySet()) {
            checkSum(folder, file.getKey().toString(), file.getValue());
        }
        try (Reader reader = new Reader(folder)) {
            reader.weights.names(); // that they can be opened is enough: no array is needed yet
        }
    }

    private static void checkSum(Path folder, String file, Object expected) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream in =
                new CheckedInputStream(Files.newInputStream(folder.resolve(file)), crc)) {
            byte[] chunk = new byte[1 << 16];
            while (in.read(chunk) >= 0) {} // the checksum takes what is read
        }
        if (!hex(crc.getValue()).equals(expected)) {
            throw new IOException(file + " is damaged");
        }
    }

    /// Opens the networks of a checkpoint.
    static NpzReader weights(Path folder) throws IOException {
        Object sum = readState(folder).sums.get(WEIGHTS);
        if (sum != null) {
            checkSum(folder, WEIGHTS, sum);
        }
        return new NpzReader(folder.resolve(WEIGHTS));
    }

    /// Puts back what was learned, without the copies that it was learned in.
    static void restore(Path folder, Learner learner) throws IOException {
        learner.persist(new Reader(folder));
    }

    /// Puts everything back into a fresh learner.
    ///
    /// @param shape of what was saved of the copies
    /// @return what was saved of the copies
    static Collector.Saved restore(
            Path folder, Learner learner, Collector.Saved shape, Divergence divergence)
            throws IOException {
        check(folder);
        try (Reader reader = new Reader(folder)) {
            learner.persist(reader);
            Collector.Saved saved = copies(reader.training, shape);
            if (reader.training.has("divergence")) {
                int length = (int) Math.min(reader.training.length("divergence"), 1 << 20);
                divergence.load(reader.training.doubles("divergence", length));
            }
            reader.expectNothingMore();
            return saved;
        } catch (IndexOutOfBoundsException | ArithmeticException | NegativeArraySizeException e) {
            throw new IOException("what it holds makes no sense", e);
        }
    }

    private static Collector.Saved copies(NpzReader training, Collector.Saved shape)
            throws IOException {
        List<VectorEnv.Saved> slices = new ArrayList<>();
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
        List<float[]> policies = new ArrayList<>();
        for (float[] like : shape.policies()) {
            policies.add(training.floats(ACTING + policies.size(), like.length));
        }
        int scripts = shape.scripts().length;
        int units = shape.exploration().length;
        return new Collector.Saved(
                slices,
                training.longs("exploration", shape.streams().length),
                scripts == 0 ? shape.scripts() : training.longs("scripts", scripts),
                training.has("acting") // older runs have none
                        ? training.longs("acting", shape.acting().length)
                        : shape.acting(),
                memories,
                policies,
                units == 0 ? shape.exploration() : training.doubles(ACTING_EXPLORATION, units));
    }

    /// Runs begun before agents could end early have no such array: nobody had.
    private static long[] gone(NpzReader training, int slice, int length) throws IOException {
        String name = "env" + slice + ".gone";
        return training.has(name) ? training.longs(name, length) : new long[length];
    }

    /// Reads a network's layers.
    static void getLayers(NpzReader npz, String name, Parameters parameters) throws IOException {
        for (Map.Entry<String, Parameters.Block> e : parameters.blocks().entrySet()) {
            Parameters.Block b = e.getValue();
            float[] block = npz.floats(name + "." + e.getKey(), b.rows() * b.columns());
            System.arraycopy(block, 0, parameters.values(), b.at(), block.length);
        }
        parameters.valuesChanged();
    }
}
