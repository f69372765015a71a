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
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import marlab.learning.algo.Setup;
import marlab.learning.algo.Unit;
import marlab.learning.net.DenseLayers;
import marlab.learning.net.Network;
import marlab.learning.net.Parameters;
import marlab.learning.net.PlainAlgebra;
import marlab.learning.store.ArraySink;
import marlab.learning.store.AtomicFile;
import marlab.learning.store.Json;
import marlab.learning.store.NpzReader;
import marlab.learning.store.NpzWriter;

/// Policies as files for other programs, each with the run's config, so that world, views and
/// actions can be rebuilt: `.npz` for NumPy, a folder of `.npy` files, or `.zip` for DL4J (see
/// {@link PolicyZips}). Every problem becomes one sentence that names the file and the remedy.
///
/// An `.npz` holds for each unit `UNIT.actor.LAYER.weight` [outputs × inputs] and so on, where
/// there is a state-value critic also `UNIT.critic.…` and `UNIT.value_scale` (mean and deviation in
/// the reward's unit that the critic's 0 and 1 stand for), and `policy`, the bytes of a JSON text.
/// A folder holds the same as files, the JSON as `policy.json`.
public final class PolicyFiles {

    /// What a policy says of itself, in a zip or a folder.
    static final String ABOUT = "policy.json";

    private static final String ABOUT_ARRAY = "policy";

    /// Bytes of that text at most.
    static final int LONGEST = 1 << 20;

    private PolicyFiles() {}

    // -- writing -----------------------------------------------------------------------------

    /// Writes a policy; what it is written as follows from the name's ending.
    ///
    /// @param to FILE.npz, FILE.zip, or a folder to make
    /// @return the files, or the folder
    /// @throws BadInput where something is there already, or can't be written, or does not fit
    public static List<Path> write(PolicySnapshot policy, Path to) {
        String name = String.valueOf(to.getFileName());
        try {
            if (name.endsWith(".zip")) {
                return PolicyZips.write(policy, to);
            }
            expectNothingAt(to);
            if (name.endsWith(".npy")) {
                throw new BadInput(
                        to
                                + " would hold one array only; name a FILE.npz, or a folder for a file"
                                + " each.");
            }
            if (name.endsWith(".npz")) {
                writeArchive(policy, to);
            } else {
                writeFolder(policy, to);
            }
            return List.of(to);
        } catch (IOException e) {
            throw new BadInput(
                    to
                            + " can't be written ("
                            + Runs.problem(e)
                            + "); name a file or folder in one where you may write.",
                    e);
        }
    }

    static void expectNothingAt(Path to) {
        if (Files.exists(to)) {
            throw new BadInput(to + " exists already; delete it or name another with --to.");
        }
    }

    private static void writeArchive(PolicySnapshot policy, Path to) throws IOException {
        Path draft = to.resolveSibling(to.getFileName() + ".tmp");
        try {
            try (NpzWriter npz = new NpzWriter(draft)) {
                putUnits(policy, npz::put);
                npz.put(ABOUT_ARRAY, Json.pretty(about(policy)).getBytes(StandardCharsets.UTF_8));
                npz.finish();
            }
            Files.move(draft, to);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    private static void writeFolder(PolicySnapshot policy, Path to) throws IOException {
        Files.createDirectories(to);
        putUnits(
                policy,
                (name, array, shape) ->
                        NpzWriter.writeAlone(to.resolve(name + ".npy"), array, shape));
        AtomicFile.write(to.resolve(ABOUT), Json.pretty(about(policy)));
    }

    private static void putUnits(PolicySnapshot policy, ArraySink arrays) throws IOException {
        Setup setup = policy.config().setup(new PlainAlgebra());
        for (int u = 0; u < setup.units().size(); u++) {
            Unit unit = setup.units().get(u);
            PolicySnapshot.Unit learned = policy.units().get(u);
            Network actor = filled(setup.actor(unit, 1), learned.actor());
            Checkpoint.putLayers(arrays, unit.name() + ".actor", actor.parameters());
            if (learned.critic() != null) {
                Network critic = filled(setup.critic(unit, 1), learned.critic());
                Checkpoint.putLayers(arrays, unit.name() + ".critic", critic.parameters());
                double[] scale = {learned.mean(), learned.deviation()};
                arrays.put(unit.name() + ".value_scale", scale);
            }
        }
    }

    /// A network with these weights.
    static Network filled(Network network, float[] weights) {
        System.arraycopy(weights, 0, network.parameters().values(), 0, weights.length);
        network.parameters().valuesChanged();
        return network;
    }

    /// What a file says of its policy.
    static Map<String, Object> about(PolicySnapshot policy) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("schema", 1);
        about.put("version", policy.version());
        about.put("env_steps", policy.envSteps());
        about.put("config", policy.config().toTree());
        return about;
    }

    // -- reading -----------------------------------------------------------------------------

    /// True where there is a file, or a folder that {@link #write} made, rather than a run.
    public static boolean isPolicy(Path path) {
        return Files.isRegularFile(path) || Files.isRegularFile(path.resolve(ABOUT));
    }

    /// True for a zip of DL4J's that says nothing of a world; see {@link #foreign}.
    public static boolean isForeign(Path file) {
        return Files.isRegularFile(file)
                && hasEntry(file, PolicyZips.CONFIGURATION)
                && !hasEntry(file, ABOUT);
    }

    private static boolean hasEntry(Path file, String name) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.getEntry(name) != null;
        } catch (IOException | IllegalArgumentException _) {
            return false; // whoever reads it says why
        }
    }

    /// Reads what {@link #write} wrote.
    ///
    /// @throws BadInput where that is not possible
    public static PolicySnapshot read(Path file) {
        return read(
                file,
                () -> {
                    if (Files.isDirectory(file)) {
                        return readFolder(file);
                    }
                    if (isForeign(file)) {
                        throw new BadInput(
                                file
                                        + " does not say which world it is for; evaluate it by itself, with"
                                        + " --world.");
                    }
                    if (hasEntry(file, PolicyZips.CONFIGURATION)) {
                        return PolicyZips.read(file);
                    }
                    try (NpzReader npz = new NpzReader(file)) {
                        if (!npz.has(ABOUT_ARRAY)) {
                            throw new BadInput(
                                    file
                                            + " has no array \"policy\" that says which world, networks and"
                                            + " actions its numbers are for; use an .npz that marlab export made.");
                        }
                        int length = (int) Math.min(npz.length(ABOUT_ARRAY), LONGEST);
                        String text =
                                new String(npz.bytes(ABOUT_ARRAY, length), StandardCharsets.UTF_8);
                        return readUnits(about(file, text), npz);
                    }
                });
    }

    /// Reads the layers in a zip of DL4J's, whoever made it.
    ///
    /// @throws BadInput where that is not possible
    public static DenseLayers foreign(Path file) {
        return read(file, () -> PolicyZips.layers(file));
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private static <T> T read(Path file, Reading<T> reading) {
        try {
            return reading.read();
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new BadInput(
                    file
                            + " can't be read as a policy ("
                            + Runs.problem(e)
                            + "); name a run's folder, what marlab export made, or a MultiLayerNetwork"
                            + " saved by DL4J's ModelSerializer.",
                    e);
        }
    }

    private static PolicySnapshot readFolder(Path folder) throws IOException {
        Path file = folder.resolve(ABOUT);
        if (Files.size(file) > LONGEST) {
            throw new IOException(ABOUT + " is too long");
        }
        PolicySnapshot policy = about(file, Files.readString(file));
        Path packed = Files.createTempFile("marlab-policy", ".npz");
        try {
            pack(folder, packed);
            try (NpzReader npz = new NpzReader(packed)) {
                return readUnits(policy, npz);
            }
        } finally {
            Files.deleteIfExists(packed);
        }
    }

    /// Puts a folder's arrays into one archive.
    private static void pack(Path folder, Path into) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(into));
                Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".npy")).toList()) {
                zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                Files.copy(file, zip);
            }
        }
    }

    /// A policy that has no units yet.
    ///
    /// @param text what {@link #about} says of it
    static PolicySnapshot about(Path file, String text) throws IOException {
        Map<?, ?> about = Json.object(text);
        if (!(about.get("version") instanceof Number version)
                || !(about.get("env_steps") instanceof Number steps)
                || !(about.get("config") instanceof Map<?, ?> config)) {
            throw new IOException("what it says of itself lacks version, env_steps or config");
        }
        try {
            return new PolicySnapshot(
                    RunConfig.fromTree(config), version.longValue(), steps.longValue(), List.of());
        } catch (BadInput e) {
            throw new BadInput(file + ": " + e.getMessage(), e);
        }
    }

    private static PolicySnapshot readUnits(PolicySnapshot policy, NpzReader npz)
            throws IOException {
        Setup setup = policy.config().setup(new PlainAlgebra());
        List<PolicySnapshot.Unit> units = new ArrayList<>();
        for (Unit unit : setup.units()) {
            float[] actor = read(npz, unit.name() + ".actor", setup.actor(unit, 1));
            float[] critic = null;
            double[] scale = {0, 1};
            if (npz.has(unit.name() + ".value_scale")) {
                critic = read(npz, unit.name() + ".critic", setup.critic(unit, 1));
                scale = npz.doubles(unit.name() + ".value_scale", 2);
            }
            units.add(
                    new PolicySnapshot.Unit(actor, critic, (float) scale[0], (float) scale[1], 0));
        }
        return with(policy, units);
    }

    static PolicySnapshot with(PolicySnapshot policy, List<PolicySnapshot.Unit> units) {
        return new PolicySnapshot(
                policy.config(), policy.version(), policy.envSteps(), List.copyOf(units));
    }

    /// Arrays may have gone through NumPy, which may have turned their order and precision.
    private static float[] read(NpzReader npz, String name, Network network) throws IOException {
        float[] values = network.parameters().values();
        for (Map.Entry<String, Parameters.Block> e : network.parameters().blocks().entrySet()) {
            String array = name + "." + e.getKey();
            Parameters.Block block = e.getValue();
            int length = block.rows() * block.columns();
            boolean fits = npz.length(array) == length; // else it is not even read
            NpzReader.Table table = fits ? npz.table(array) : null;
            if (!fits || table.rows() != block.rows() || table.columns() != block.columns()) {
                throw new IOException(
                        "array \""
                                + array
                                + "\" should be "
                                + block.rows()
                                + " by "
                                + block.columns());
            }
            System.arraycopy(table.values(), 0, values, block.at(), length);
        }
        return Arrays.copyOf(values, values.length);
    }
}
