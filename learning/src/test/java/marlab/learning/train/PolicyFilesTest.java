package marlab.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import marlab.learning.algo.Setup;
import marlab.learning.net.Network;
import marlab.learning.net.PlainAlgebra;
import marlab.learning.store.NpzReader;
import marlab.sim.env.Workers;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PolicyFilesTest {

    @TempDir private static Path shared;

    @TempDir private Path folder;

    private static PolicySnapshot spread;
    private static Path zip;
    private static Path npz;

    @BeforeAll
    static void learn() {
        spread = learned(TinyRuns.spread("steps", "120", "learning_rate", "0.02"), "spread");
        zip = shared.resolve("spread.zip");
        npz = shared.resolve("spread.npz");
        PolicyFiles.write(spread, zip);
        PolicyFiles.write(spread, npz);
    }

    private static PolicySnapshot learned(RunConfig config, String name) {
        return Runs.newestPolicy(
                Runs.open(TinyRuns.train(config, shared.resolve("runs").resolve(name))));
    }

    private static PolicySnapshot adversaries(String name, String... keysAndValues) {
        RunConfig config =
                TinyRuns.with(
                        RunConfig.defaults("simple_tag", "ippo", 2),
                        "copies",
                        "2",
                        "rollout",
                        "10",
                        "steps",
                        "20",
                        "hidden",
                        "8",
                        "epochs",
                        "1",
                        "minibatches",
                        "1",
                        "evaluate_episodes",
                        "2",
                        "math",
                        "plain");
        return learned(TinyRuns.with(config, keysAndValues), name);
    }

    private static Evaluation evaluate(PolicySnapshot policy) {
        try (Workers workers = new Workers(1)) {
            return Evaluation.run(
                    policy.config().provider(),
                    policy.config().envOptions(),
                    () -> policy.policy(LearnedPolicy.Mode.GREEDY),
                    4,
                    workers,
                    _ -> {},
                    () -> false);
        }
    }

    private static void assertSamePolicy(PolicySnapshot expected, PolicySnapshot actual) {
        assertEquals(expected.config(), actual.config());
        assertEquals(expected.version(), actual.version());
        assertEquals(expected.envSteps(), actual.envSteps());
        assertEquals(expected.units().size(), actual.units().size());
        for (int u = 0; u < expected.units().size(); u++) {
            assertArrayEquals(expected.units().get(u).actor(), actual.units().get(u).actor());
        }
        Evaluation before = evaluate(expected);
        Evaluation after = evaluate(actual);
        assertArrayEquals(before.lengths(), after.lengths());
        for (int e = 0; e < before.episodes(); e++) {
            assertArrayEquals(before.metrics()[e], after.metrics()[e]);
        }
    }

    // -- there and back ----------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"again.zip", "again.npz", "again"})
    void whatComesBackActsTheSame(String name) {
        Path to = folder.resolve(name);
        assertEquals(List.of(to), PolicyFiles.write(spread, to));
        assertTrue(PolicyFiles.isPolicy(to));
        assertFalse(PolicyFiles.isForeign(to));
        assertSamePolicy(spread, PolicyFiles.read(to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag.zip", "tag.npz", "tag"})
    void severalUnitsComeBack(String name) {
        PolicySnapshot tag = adversaries("tag_" + name);
        List<Path> files = PolicyFiles.write(tag, folder.resolve(name));
        assertEquals(name.endsWith(".zip") ? 2 : 1, files.size());
        for (Path file : files) { // whichever is named
            assertSamePolicy(tag, PolicyFiles.read(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"entity", "gru"})
    void everyKindOfNetworkGoesThroughNumPysFormat(String network) {
        PolicySnapshot policy =
                learned(TinyRuns.spread("steps", "60", "network", network), network);
        Path to = folder.resolve("policy.npz");
        PolicyFiles.write(policy, to);
        assertSamePolicy(policy, PolicyFiles.read(to));
        assertRefused(() -> PolicyFiles.write(policy, folder.resolve("policy.zip")), ".npz");
        assertFalse(Files.exists(folder.resolve("policy.zip")));
    }

    @Test
    void valuesComeBackFromNumPysFormat() {
        PolicySnapshot.Unit before = spread.units().getFirst();
        PolicySnapshot.Unit after = PolicyFiles.read(npz).units().getFirst();
        assertArrayEquals(before.critic(), after.critic());
        assertEquals(before.mean(), after.mean());
        assertEquals(before.deviation(), after.deviation());
    }

    @Test
    void aFrozenGroupStaysFrozen() {
        PolicySnapshot tag = adversaries("frozen", "frozen.prey", "random");
        Path to = folder.resolve("frozen.zip");
        assertEquals(List.of(to), PolicyFiles.write(tag, to));
        assertSamePolicy(tag, PolicyFiles.read(to));
    }

    @Test
    void theSamePolicyGivesTheSameBytes() throws IOException {
        for (Path first : List.of(zip, npz)) {
            Path again = folder.resolve(first.getFileName().toString());
            PolicyFiles.write(spread, again);
            assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(again));
        }
    }

    // -- what other programs see -------------------------------------------------------------

    /// DL4J's tanh is the exact one, ours is within 4e-7 of it. At worst these layers, whose units
    /// have weights that sum up to about 4, make 8e-6 of that; it mostly cancels, and outputs are
    /// within 3e-7, with ReLU too, where only rounding differs.
    @ParameterizedTest
    @CsvSource({"tanh, discrete", "relu, discrete", "tanh, continuous", "relu, continuous"})
    void dl4jComputesTheSame(String activation, String actions) throws IOException {
        RunConfig config = TinyRuns.spread("actions", actions, "activation", activation);
        Setup setup = config.setup(new PlainAlgebra());
        Network actor = setup.actor(setup.units().getFirst(), 1);
        Random random = new Random(5);
        float[] weights = actor.parameters().values();
        for (int k = 0; k < weights.length; k++) {
            weights[k] = 0.25f * (float) random.nextGaussian(); // large, as after long training
        }
        actor.parameters().valuesChanged();
        PolicySnapshot policy =
                new PolicySnapshot(
                        config,
                        1,
                        60,
                        List.of(new PolicySnapshot.Unit(weights.clone(), null, 0, 1, 0)));
        Path file = folder.resolve("policy.zip");
        PolicyFiles.write(policy, file);
        MultiLayerNetwork net = ModelSerializer.restoreMultiLayerNetwork(file.toFile());
        for (int row = 0; row < 50; row++) {
            float[] input = new float[actor.inputs()];
            for (int k = 0; k < input.length; k++) {
                input[k] = (float) random.nextGaussian();
            }
            float[] ours = new float[actor.outputs()];
            actor.forward(input, 0, 1, ours);
            if (actions.equals("discrete")) {
                ours = setup.head(setup.units().getFirst()).probabilities(ours, 0);
            }
            float[] theirs = output(net, input);
            assertArrayEquals(ours, theirs, 1e-6f);
        }
    }

    static float[] output(MultiLayerNetwork net, float[] input) {
        INDArray row = Nd4j.createFromArray(new float[][] {input});
        return net.output(row).dup('c').data().asFloat();
    }

    @Test
    void theArraysHaveNamesAndShapes() throws IOException {
        try (NpzReader read = new NpzReader(npz)) {
            assertTrue(
                    read.names()
                            .containsAll(
                                    List.of(
                                            "policy",
                                            "agents.actor.hidden1.weight",
                                            "agents.actor.hidden1.bias",
                                            "agents.actor.out.weight",
                                            "agents.critic.out.bias",
                                            "agents.value_scale")),
                    read.names().toString());
            NpzReader.Table out = read.table("agents.actor.out.weight");
            assertEquals(5, out.rows());
            assertEquals(16, out.columns());
            String about =
                    new String(
                            read.bytes("policy", (int) read.length("policy")),
                            StandardCharsets.UTF_8);
            assertTrue(about.contains("\"world\" : \"simple_spread\""), about);
        }
        Path to = folder.resolve("arrays");
        PolicyFiles.write(spread, to);
        byte[] npy = Files.readAllBytes(to.resolve("agents.actor.out.weight.npy"));
        String head = new String(npy, 10, 118, StandardCharsets.US_ASCII);
        assertTrue(
                head.startsWith("{'descr': '<f4', 'fortran_order': True, 'shape': (5, 16), }"),
                head);
        assertEquals(128 + 5 * 16 * 4, npy.length);
    }

    // -- what can't be read ------------------------------------------------------------------

    static void assertRefused(org.junit.jupiter.api.function.Executable action, String... parts) {
        String text = assertThrows(BadInput.class, action).getMessage();
        for (String part : parts) {
            assertTrue(text.contains(part), "\"" + part + "\" is missing in: " + text);
        }
        assertTrue(text.endsWith("."), text);
        assertFalse(text.contains("\n") || text.contains("Exception"), text);
        assertFalse(text.matches(".*\\.\\s+\\p{Upper}.*"), "two sentences: " + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PK", "no archive at all", "{\"version\": 1}"})
    void whatIsNoArchiveIsRefused(String text) throws IOException {
        for (String name : List.of("a.zip", "a.npz")) {
            Path file = Files.writeString(folder.resolve(name), text);
            assertFalse(PolicyFiles.isForeign(file));
            assertRefused(() -> PolicyFiles.read(file), file.toString(), "marlab export");
        }
    }

    @Test
    void aFileCutShortIsRefused() throws IOException {
        for (Path whole : List.of(zip, npz)) {
            byte[] bytes = Files.readAllBytes(whole);
            for (int part = 1; part < 20; part++) {
                Path file = folder.resolve(part + whole.getFileName().toString());
                Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length * part / 20));
                assertRefused(() -> PolicyFiles.read(file), file.toString());
            }
        }
    }

    /// What comes back is the truth or one sentence.
    @Test
    void aFlippedBitNeverChangesWeights() throws IOException {
        for (Path whole : List.of(zip, npz)) {
            byte[] bytes = Files.readAllBytes(whole);
            Path file = folder.resolve(whole.getFileName().toString());
            int refused = 0;
            for (int at = 0; at < bytes.length; at += 101) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) (1 << at % 8);
                Files.write(file, damaged);
                try {
                    assertArrayEquals(
                            spread.units().getFirst().actor(),
                            PolicyFiles.read(file).units().getFirst().actor());
                } catch (BadInput _) {
                    refused++;
                }
            }
            assertTrue(refused > bytes.length / 101 / 2, refused + " of " + bytes.length / 101);
        }
    }

    /// The entries of a zip, each as it is or as somebody else wants it.
    private static Path rewritten(Path from, Path to, Map<String, byte[]> others)
            throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile read = new ZipFile(from.toFile());
                Stream<? extends ZipEntry> all = read.stream()) {
            for (ZipEntry entry : all.toList()) {
                entries.put(entry.getName(), read.getInputStream(entry).readAllBytes());
            }
        }
        entries.putAll(others);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(to))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                if (entry.getValue() != null) {
                    out.putNextEntry(new ZipEntry(entry.getKey()));
                    out.write(entry.getValue());
                }
            }
        }
        return to;
    }

    private Path with(String entry, byte[] content) throws IOException {
        Map<String, byte[]> others = new LinkedHashMap<>();
        others.put(entry, content);
        return rewritten(zip, folder.resolve("other.zip"), others);
    }

    /// A head that asks for much more memory than there is.
    private static byte[] weightsThatClaim(long length) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(6);
        out.writeUTF("LONG");
        for (long each : new long[] {1, length, 1, 8192, 1, 99}) {
            out.writeLong(each);
        }
        out.writeUTF("MIXED_DATA_TYPES");
        out.writeLong(length);
        out.writeUTF("FLOAT");
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000_000, Long.MAX_VALUE, -1})
    void weightsOfAbsurdSizesAreRefused(long length) throws IOException {
        Path file = with("coefficients.bin", weightsThatClaim(length));
        assertRefused(() -> PolicyFiles.read(file), file.toString(), "cut short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "15", "2000000000", "4611686018427387918", "1e99"})
    void layersOfAbsurdSizesAreRefused(String inputs) throws IOException {
        String text;
        try (ZipFile read = new ZipFile(zip.toFile())) {
            ZipEntry entry = read.getEntry("configuration.json");
            text = new String(read.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        }
        String other = text.replace("\"nin\" : 14", "\"nin\" : " + inputs);
        assertFalse(other.equals(text));
        Path file = with("configuration.json", other.getBytes(StandardCharsets.UTF_8));
        assertRefused(() -> PolicyFiles.read(file), file.toString());
    }

    @Test
    void entriesThatMakeNoSenseAreRefused() throws IOException {
        byte[] nonsense = "{}".getBytes(StandardCharsets.UTF_8);
        Path layers = with("configuration.json", nonsense);
        assertRefused(() -> PolicyFiles.read(layers), layers.toString(), "MultiLayerNetwork");
        Path about = with("policy.json", nonsense);
        assertRefused(() -> PolicyFiles.read(about), about.toString(), "lacks version");
        Path long1 = with("policy.json", new byte[2 << 20]);
        assertRefused(() -> PolicyFiles.read(long1), long1.toString(), "too long");
        Path none = with("coefficients.bin", null);
        assertRefused(() -> PolicyFiles.read(none), none.toString(), "no entry coefficients.bin");
        Path more = with("objects.bin", nonsense); // of other programs
        assertSamePolicy(spread, PolicyFiles.read(more));
    }

    @Test
    void aConfigThatDoesNotFitIsRefused() throws IOException {
        byte[] about;
        try (ZipFile read = new ZipFile(zip.toFile())) {
            about = read.getInputStream(read.getEntry("policy.json")).readAllBytes();
        }
        String text = new String(about, StandardCharsets.UTF_8);
        Path wider =
                with(
                        "policy.json",
                        text.replace("16,16", "16,17").getBytes(StandardCharsets.UTF_8));
        assertRefused(() -> PolicyFiles.read(wider), wider.toString(), "its config asks for");
        Path chess =
                with(
                        "policy.json",
                        text.replace("simple_spread", "chess").getBytes(StandardCharsets.UTF_8));
        assertRefused(() -> PolicyFiles.read(chess), chess.toString(), "\"chess\"");
    }

    @Test
    void arraysWithoutAConfigOrOfAnotherShapeAreRefused() throws IOException {
        Map<String, byte[]> others = new LinkedHashMap<>();
        others.put("policy.npy", null);
        Path foreign = rewritten(npz, folder.resolve("foreign.npz"), others);
        assertRefused(() -> PolicyFiles.read(foreign), foreign.toString(), "\"policy\"");
        others.clear();
        others.put("agents.actor.out.bias.npy", null);
        Path missing = rewritten(npz, folder.resolve("missing.npz"), others);
        assertRefused(() -> PolicyFiles.read(missing), "\"agents.actor.out.bias\" is missing");
        try (ZipFile read = new ZipFile(npz.toFile())) {
            others.put(
                    "agents.actor.out.bias.npy",
                    read.getInputStream(read.getEntry("agents.actor.out.weight.npy"))
                            .readAllBytes());
        }
        Path shape = rewritten(npz, folder.resolve("shape.npz"), others);
        assertRefused(() -> PolicyFiles.read(shape), "out.bias\" should be 5 by 1");
    }

    @Test
    void theOthersFilesMustStandBeside() throws IOException {
        PolicySnapshot tag = adversaries("beside");
        List<Path> files = PolicyFiles.write(tag, folder.resolve("tag.zip"));
        Files.move(files.get(1), folder.resolve("away.zip"));
        assertRefused(
                () -> PolicyFiles.read(files.getFirst()), "beside it", files.getFirst().toString());
        assertRefused(() -> PolicyFiles.read(folder.resolve("away.zip")), "NAME-UNIT.zip");
        Files.copy(files.getFirst(), files.get(1));
        assertRefused(() -> PolicyFiles.read(files.getFirst()), "do not belong together");
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        for (String name : List.of("mine.zip", "mine.npz", "mine")) {
            Path file = Files.writeString(folder.resolve(name), "mine");
            assertRefused(() -> PolicyFiles.write(spread, file), "exists already");
            assertEquals("mine", Files.readString(file));
        }
        Path single = folder.resolve("one.npy");
        assertRefused(() -> PolicyFiles.write(spread, single), "one array only");
        Path below = folder.resolve("mine").resolve("policy.npz");
        assertRefused(() -> PolicyFiles.write(spread, below), "can't be written");
    }
}
