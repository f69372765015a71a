package marlab.learning.train;

import static marlab.learning.train.TinyRuns.newestCheckpoint;
import static marlab.learning.train.TinyRuns.spread;
import static marlab.learning.train.TinyRuns.train;
import static marlab.learning.train.TinyRuns.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import marlab.learning.store.NpzReader;
import marlab.learning.store.NpzWriter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A hundred ways to spoil a checkpoint and more, of an algorithm without a past and of one with:
/// each is told in one sentence that names the file and the remedy, soon and in little memory.
class DamageTest {

    @TempDir private Path folder;

    /// Changes the files of a run, which are a fresh copy each time.
    private interface Damage {
        void to(Path run, Path checkpoint) throws IOException;
    }

    private static RunConfig config(String algorithm) {
        return algorithm.equals("mappo")
                ? spread("steps", "300", "evaluate_every", "0", "hidden", "8")
                : with(
                        RunConfig.defaults("simple_spread", "iql", 3),
                        "copies",
                        "4",
                        "rollout",
                        "10",
                        "steps",
                        "200",
                        "hidden",
                        "8",
                        "warm_up",
                        "10",
                        "batch",
                        "8",
                        "checkpoint_every",
                        "2",
                        "evaluate_every",
                        "0",
                        "math",
                        "plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mappo", "iql"})
    void everyDamageIsToldInOneSentence(String algorithm) throws IOException {
        RunConfig config = config(algorithm);
        Path whole = train(config, folder.resolve("whole"));
        assertUnharmed(copy(whole, "copied"));
        Map<String, Damage> damages = damages(newestCheckpoint(whole), new Random(7));
        assertTrue(damages.size() >= 100, "" + damages.size());
        List<String> wrong = new ArrayList<>();
        int n = 0;
        for (Map.Entry<String, Damage> damage : damages.entrySet()) {
            Path run = copy(whole, "run" + n++);
            Path checkpoint = newestCheckpoint(run);
            damage.getValue().to(run, checkpoint);
            String problem = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> problem(run));
            if (problem != null) {
                wrong.add(damage.getKey() + ": " + problem);
            }
        }
        assertEquals("", String.join("\n", wrong));
    }

    private static void assertUnharmed(Path run) {
        try (Trainer trainer = Trainer.resume(run)) {
            TinyRuns.finish(trainer);
        }
    }

    /// What is not as it should be when such a run is taken up; null where all is.
    private static String problem(Path run) {
        long before = allocated();
        Throwable told = null;
        try (Trainer trainer = Trainer.resume(run)) {
            trainer.run();
            told = trainer.failure();
        } catch (Throwable e) {
            told = e;
        }
        long megabytes = (allocated() - before) >> 20;
        if (!(told instanceof BadInput)) {
            return "it was not refused but " + told;
        }
        String text = told.getMessage();
        if (!text.contains(run.toString())
                || !text.endsWith(".")
                || text.contains("\n")
                || text.matches(".*(Exception|java\\.|null).*")
                || text.replace("...", "").matches(".*\\.\\s+\\p{Upper}.*")
                || !text.matches(".*(delete that folder|config.json|train again).*")) {
            return text;
        }
        return megabytes > 200 ? megabytes + " MB were needed" : null;
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }

    private static Map<String, Damage> damages(Path like, Random random) throws IOException {
        Map<String, Damage> all = new LinkedHashMap<>();
        for (String file : names(like)) {
            int size = (int) Files.size(like.resolve(file));
            all.put(file + " missing", (run, c) -> Files.delete(c.resolve(file)));
            all.put(
                    file + " is a folder",
                    (run, c) -> {
                        Files.delete(c.resolve(file));
                        Files.createDirectory(c.resolve(file));
                    });
            for (double part : new double[] {0, 0.001, 0.1, 0.4, 0.7, 0.95, 1 - 1.5 / size}) {
                int length = (int) (part * size);
                all.put(
                        file + " cut to " + length,
                        (run, c) -> edit(c.resolve(file), b -> Arrays.copyOf(b, length)));
            }
            for (int k = 0; k < 14; k++) {
                int at = (int) ((long) size * k / 14) + random.nextInt(size / 14);
                int bit = 1 << random.nextInt(8);
                all.put(
                        file + " byte " + at + " flipped by " + bit,
                        (run, c) ->
                                edit(
                                        c.resolve(file),
                                        b -> {
                                            b[at] ^= (byte) bit;
                                            return b;
                                        }));
            }
            all.put(file + " followed by more", (run, c) -> edit(c.resolve(file), b -> more(b)));
            all.put(
                    file + " of another checkpoint",
                    (run, c) -> {
                        Path other = earlier(run, c).resolve(file);
                        Files.write(c.resolve(file), Files.readAllBytes(other));
                    });
        }
        for (String text :
                new String[] {
                    "",
                    "{",
                    "{}",
                    "[]",
                    "null",
                    "true",
                    "\0\0\0",
                    "{\"version\": 1e999999}",
                    "[".repeat(100_000),
                    "{\"a\":".repeat(5_000),
                    "\u00ff\u00fe"
                }) {
            String start = text.substring(0, Math.min(9, text.length()));
            all.put("state.json is " + start, (run, c) -> write(c.resolve("state.json"), text));
        }
        for (String[] change :
                new String[][] {
                    {"\"version\" : \\d+", "\"version\" : -5"},
                    {"\"env_steps\" : \\d+", "\"env_steps\" : 99999999999999999999999"},
                    {"\"env_steps\" : \\d+", "\"env_steps\" : \"many\""},
                    {"\"wall_s\" : [^,]+", "\"wall_s\" : -1"},
                    {"\"share\" : [^,]+", "\"share\" : 17"},
                    {"\"reward_weights\" : \\[", "\"reward_weights\" : [ 1,"},
                    {"\"reward_weights\" : \\[", "\"reward_weights\" : [ {},"},
                }) {
            all.put("counters with " + change[1], (run, c) -> rewrite(c, change[0], change[1]));
        }
        for (String file : List.of("weights.npz", "training.npz")) {
            all.put(file + " of other sizes", (run, c) -> resize(c, file));
            all.put(file + " with one array more", (run, c) -> add(c, file));
        }
        for (String[] change :
                new String[][] {
                    {"\"hidden\" : \"8\"", "\"hidden\" : \"9\""},
                    {"\"agents\" : \"3\"", "\"agents\" : \"4\""},
                    {"\"copies\" : \"\\d+\"", "\"copies\" : \"5\""},
                    {"\"actions\" : \"discrete\"", "\"actions\" : \"nonsense\""},
                    {"\"algorithm\" : \"\\w+\"", "\"algorithm\" : \"vdn\""},
                    {"\"world\" : \"\\w+\"", "\"world\" : \"simple_tag\""},
                    {"\"network\" : \"\\w+\"", "\"network\" : \"entity\""},
                    {"\"sharing\" : \"on\"", "\"sharing\" : \"off\""},
                }) {
            all.put(
                    "config with " + change[1],
                    (run, c) -> {
                        Path file = run.resolve("config.json");
                        String text = Files.readString(file);
                        String changed = text.replaceFirst(change[0], change[1]);
                        assertFalse(text.equals(changed), change[0]);
                        Files.writeString(file, changed);
                    });
        }
        return all;
    }

    private interface Edit {
        byte[] of(byte[] bytes);
    }

    private static void edit(Path file, Edit edit) throws IOException {
        Files.write(file, edit.of(Files.readAllBytes(file)));
    }

    private static byte[] more(byte[] bytes) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 5);
        Arrays.fill(longer, bytes.length, longer.length, (byte) 'x');
        return longer;
    }

    private static void write(Path file, String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Path earlier(Path run, Path checkpoint) throws IOException {
        List<Long> all = Runs.open(run).checkpoints();
        Path other = Runs.open(run).checkpointPath(all.get(all.size() - 2));
        assertFalse(other.equals(checkpoint));
        return other;
    }

    /// Without checksums, so that the counters themselves are looked at.
    private static void rewrite(Path checkpoint, String regex, String by) throws IOException {
        Path state = checkpoint.resolve("state.json");
        String text = Files.readString(state).replaceFirst("(?s),\\s*\"files\".*", "}");
        String changed = text.replaceFirst(regex, by);
        assertFalse(text.equals(changed), regex);
        Files.writeString(state, changed);
    }

    private static void resize(Path checkpoint, String file) throws IOException {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        try (NpzReader npz = new NpzReader(checkpoint.resolve(file))) {
            for (String name : npz.names()) {
                arrays.put(name, new float[(int) npz.length(name) + 1]);
            }
        }
        put(checkpoint, file, arrays);
    }

    private static void add(Path checkpoint, String file) throws IOException {
        Map<String, Object> arrays = new LinkedHashMap<>();
        try (NpzReader npz = new NpzReader(checkpoint.resolve(file))) {
            for (String name : npz.names()) {
                int length = (int) npz.length(name);
                Object array;
                try {
                    array = npz.floats(name, length);
                } catch (IOException real) {
                    try {
                        array = npz.doubles(name, length);
                    } catch (IOException whole) {
                        array = npz.longs(name, length);
                    }
                }
                arrays.put(name, array);
            }
        }
        arrays.put("stranger", new float[3]);
        put(checkpoint, file, arrays);
    }

    private static void put(Path checkpoint, String file, Map<String, ?> arrays)
            throws IOException {
        try (NpzWriter npz = new NpzWriter(checkpoint.resolve(file))) {
            for (Map.Entry<String, ?> array : arrays.entrySet()) {
                npz.put(array.getKey(), array.getValue());
            }
            npz.finish();
        }
        rewrite(checkpoint, "\"version\" :", "\"version\":");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    /// A copy of a finished run, as if one more update were to come.
    private Path copy(Path whole, String name) throws IOException {
        Path run = folder.resolve(name);
        try (Stream<Path> all = Files.walk(whole)) {
            for (Path file : all.toList()) {
                Files.copy(file, run.resolve(whole.relativize(file).toString()));
            }
        }
        Files.delete(run.resolve("DONE"));
        Path config = run.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceFirst("\"steps\" : \"\\d+\"", "\"steps\" : \"400\""));
        return run;
    }
}
