package marlab.learning.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import marlab.learning.algo.Categorical;
import marlab.learning.algo.Setup;
import marlab.learning.algo.Unit;
import marlab.learning.nd4j.Dl4jZip;
import marlab.learning.nd4j.Nd4jAlgebra;
import marlab.learning.net.DenseLayers;
import marlab.learning.net.DenseLayers.Function;
import marlab.learning.net.Mlp;
import marlab.learning.net.Network;
import marlab.learning.net.PlainAlgebra;
import marlab.learning.store.AtomicFile;
import marlab.learning.store.Json;

/// Policies as zips that DL4J's `ModelSerializer` restores. Each holds one unit's acting network;
/// where a policy has several units, they stand side by side as NAME-UNIT.zip. What DL4J has no use
/// for is in an entry `policy.json`. The last layer is a softmax where actions are drawn from one,
/// else linear.
final class PolicyZips {

    static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final String NORMALISER = "normalizer.bin";
    private static final String ENDING = ".zip";

    /// Bytes of a text or of weights at most; unpacked, whatever the zip says.
    private static final int MOST_TEXT = 1 << 22;

    private static final int MOST_WEIGHTS = 1 << 28;

    /// See {@link marlab.learning.store.NpzWriter}.
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);

    private PolicyZips() {}

    /// Writes one zip per unit.
    static List<Path> write(PolicySnapshot policy, Path to) throws IOException {
        Setup setup = policy.config().setup(new PlainAlgebra());
        Map<Path, byte[]> files = new LinkedHashMap<>();
        List<String> units = setup.units().stream().map(Unit::name).toList();
        for (int u = 0; u < units.size(); u++) {
            Path file = units.size() == 1 ? to : sibling(to, "", units.get(u));
            PolicyFiles.expectNothingAt(file);
            Mlp mlp = mlp(setup, setup.units().get(u));
            PolicyFiles.filled(mlp, policy.units().get(u).actor());
            boolean drawn = setup.head(setup.units().get(u)) instanceof Categorical;
            DenseLayers layers =
                    DenseLayers.of(
                            mlp,
                            policy.config().network().activation(),
                            drawn ? Function.SOFTMAX : Function.IDENTITY);
            Map<String, Object> about = PolicyFiles.about(policy);
            about.put("unit", units.get(u));
            about.put("units", units);
            files.put(file, withEntry(nd4j(() -> Dl4jZip.write(layers)), Json.pretty(about)));
        }
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            AtomicFile.write(file.getKey(), file.getValue());
        }
        return List.copyOf(files.keySet());
    }

    /// @param unit whose file it is; empty where the name is nobody's yet
    /// @param other whose file is wanted
    private static Path sibling(Path file, String unit, String other) {
        String name = file.getFileName().toString();
        String end = unit.isEmpty() ? ENDING : "-" + unit + ENDING;
        String base = name.substring(0, name.length() - end.length());
        return file.resolveSibling(base + "-" + other + ENDING);
    }

    private static Mlp mlp(Setup setup, Unit unit) {
        Network network = setup.actor(unit, 1);
        if (network instanceof Mlp mlp) {
            return mlp;
        }
        throw new BadInput(
                "A DL4J zip holds plain dense layers, which the networks of this run are not"
                        + " (network=sorted_mlp or flat_mlp with normalise=off and without an ensemble"
                        + " are); export to an .npz file.");
    }

    private static byte[] withEntry(byte[] zip, String about) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry each = in.getNextEntry(); each != null; each = in.getNextEntry()) {
                put(out, each.getName(), in.readAllBytes());
            }
            put(out, PolicyFiles.ABOUT, about.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(EPOCH);
        zip.putNextEntry(entry);
        zip.write(content);
    }

    /// Reads a policy, of which one zip is named and the others stand beside it.
    static PolicySnapshot read(Path file) throws IOException {
        PolicySnapshot policy = PolicyFiles.about(file, text(file));
        Setup setup = policy.config().setup(new PlainAlgebra());
        List<PolicySnapshot.Unit> units = new ArrayList<>();
        Map<Object, Object> about = new LinkedHashMap<>(Json.object(text(file)));
        String mine = String.valueOf(about.remove("unit"));
        for (Unit unit : setup.units()) {
            Path there = setup.units().size() == 1 ? file : ofUnit(file, mine, unit.name());
            Map<Object, Object> same = new LinkedHashMap<>(Json.object(text(there)));
            if (!unit.name().equals(same.remove("unit")) || !same.equals(about)) {
                throw new BadInput(
                        there + " and " + file + " do not belong together; export both again.");
            }
            Mlp mlp = mlp(setup, unit);
            layers(there).into(mlp);
            units.add(new PolicySnapshot.Unit(mlp.parameters().values(), null, 0, 1, 0));
        }
        return PolicyFiles.with(policy, units);
    }

    private static Path ofUnit(Path file, String mine, String wanted) {
        boolean named = file.getFileName().toString().endsWith("-" + mine + ENDING);
        Path there = named ? sibling(file, mine, wanted) : null;
        if (there == null || !Files.isRegularFile(there)) {
            throw new BadInput(
                    file
                            + " holds the network of "
                            + mine
                            + " only; put the file of "
                            + wanted
                            + " beside it, both named as marlab export named them, NAME-UNIT.zip.");
        }
        return there;
    }

    /// The layers in a zip.
    static DenseLayers layers(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.getEntry(NORMALISER) != null) {
                throw new IOException(
                        "it scales its inputs with a normaliser of its own, which is not read");
            }
            byte[] configuration = entry(zip, CONFIGURATION, MOST_TEXT);
            byte[] coefficients = entry(zip, COEFFICIENTS, MOST_WEIGHTS);
            return nd4j(() -> Dl4jZip.read(configuration, coefficients));
        }
    }

    private static String text(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return new String(
                    entry(zip, PolicyFiles.ABOUT, PolicyFiles.LONGEST), StandardCharsets.UTF_8);
        }
    }

    private static byte[] entry(ZipFile zip, String name, int most) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it has no entry " + name);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(most);
            if (in.read() >= 0) {
                throw new IOException("its entry " + name + " is too long");
            }
            CRC32 sum = new CRC32();
            sum.update(bytes);
            if (sum.getValue() != entry.getCrc()) {
                throw new IOException("its entry " + name + " is damaged");
            }
            return bytes;
        } catch (ZipException | EOFException e) {
            throw new IOException("its entry " + name + " is damaged", e);
        }
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    /// Does what needs native code.
    private static <T> T nd4j(Work<T> work) throws IOException {
        try {
            Nd4jAlgebra.load();
        } catch (LinkageError | RuntimeException e) {
            throw new BadInput(
                    "DL4J's zips need ND4J, which can't be loaded here ("
                            + e
                            + "); use an .npz file.",
                    e);
        }
        return work.run();
    }
}
