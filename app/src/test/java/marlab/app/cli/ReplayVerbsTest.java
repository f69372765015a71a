package marlab.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import marlab.app.cli.Verbs.Result;
import marlab.learning.store.Json;
import marlab.sim.replay.Recording;
import marlab.sim.replay.Replay;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayWriter;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayVerbsTest {

    @TempDir private static Path shared;

    @TempDir private Path folder;

    private static Path spread;

    @BeforeAll
    static void record() {
        spread = shared.resolve("spread.marlab-replay");
        Result result =
                Verbs.run(
                        "record",
                        "--world",
                        "simple_spread",
                        "--set",
                        "agents=2",
                        "--steps",
                        "60",
                        "--seed",
                        "3",
                        "--out",
                        spread.toString(),
                        "--json");
        assertEquals(0, result.code(), result.err());
        Map<?, ?> tree = Json.object(result.out());
        assertEquals(60, tree.get("steps"));
        assertEquals(3, tree.get("episodes"));
        assertEquals(63, tree.get("moments"));
    }

    @Test
    void recordWritesWhatItSaysAndSaysWhereItComesFrom() throws IOException {
        Replay replay = Replay.read(spread);
        assertNull(replay.damage());
        assertEquals(63, replay.recording().size());
        assertEquals("2", replay.header().options().get("agents"));
        Map<String, String> about = replay.header().about();
        assertEquals(List.of("program", "made", "policy", "seed"), List.copyOf(about.keySet()));
        assertTrue(about.get("program").startsWith("Marlab"));
        assertEquals("3", about.get("seed"));
    }

    @Test
    void theSameSeedGivesTheSameMoments() throws IOException {
        Path again = folder.resolve("again.marlab-replay");
        String[] record = {
            "record",
            "--world",
            "simple_spread",
            "--set",
            "agents=2",
            "--episodes",
            "2",
            "--seed",
            "3",
            "--out",
            again.toString()
        };
        assertEquals(0, Verbs.run(record).code());
        Recording one = Replay.read(spread).recording();
        Recording two = Replay.read(again).recording();
        assertEquals(52, two.size());
        Frame a = new Frame(one.spec());
        Frame b = new Frame(one.spec());
        for (long moment = 0; moment < 52; moment++) {
            one.frame(moment, a);
            two.frame(moment, b);
            assertArrayEquals(a.state, b.state);
            assertArrayEquals(a.actions.choices(), b.actions.choices());
        }
    }

    @Test
    void aRunBringsItsConfigAndItsCurveAlong() throws IOException {
        Path run = folder.resolve("run");
        String[] train = {
            "train", "--world", "coin_game", "--algorithm", "ippo", "--seed", "1", "--set",
            "hidden=8,8", "--set", "copies=4", "--set", "steps=400", "--set", "math=plain", "--set",
            "evaluate_episodes=2", "--out", run.toString()
        };
        Result trained = Verbs.run(train);
        assertEquals(0, trained.code(), trained.err());
        Path file = folder.resolve("learned.marlab-replay");
        Result result =
                Verbs.run("record", run.toString(), "--episodes", "1", "--out", file.toString());
        assertEquals(0, result.code(), result.err());
        Replay replay = Replay.read(file);
        assertEquals("run", replay.header().about().get("run"));
        assertEquals(
                Json.object(Files.readString(run.resolve("config.json"))),
                Json.object(replay.header().config()));
        assertTrue(replay.metrics().startsWith("env_steps,wall_s,episodes,return_mean,"));
        assertTrue(replay.metrics().lines().count() > 1, replay.metrics());
        Frame frame = new Frame(replay.recording().spec());
        replay.recording().frame(1, frame);
        assertFalse(Double.isNaN(frame.values[0]), "values are there for a learned policy");
        assertFalse(Double.isNaN(frame.probabilities[0]));
        Result told = Verbs.run("replay", file.toString(), "--check");
        assertEquals(0, told.code(), told.err());
        assertTrue(told.out().contains("IPPO"), told.out());
    }

    @Test
    void replayTellsTheReturnThatTheWorldItselfTells() {
        Result result = Verbs.run("replay", spread.toString(), "--json", "--check");
        assertEquals(0, result.code(), result.err());
        Map<?, ?> tree = Json.object(result.out());
        assertEquals(63, tree.get("moments"));
        assertEquals(60, tree.get("steps_played_again"));
        assertEquals(true, tree.get("exact"));
        assertEquals("mpe2_per_agent", tree.get("dialect"));
        List<?> episodes = (List<?>) tree.get("episodes");
        assertEquals(3, episodes.size());
        double first = figure(episodes.get(0));
        assertEquals(
                (first + figure(episodes.get(1))) / 2, (Double) tree.get("mean_return"), 1e-12);
        assertNull(((Map<?, ?>) episodes.get(2)).get("return"), "it was cut short");
        assertTrue(first < 0, "simple_spread has costs only");
        Result words = Verbs.run("replay", spread.toString());
        assertTrue(words.out().contains(Output.fixed(first)), words.out());
        assertTrue(words.out().contains("yes, 60 steps played again"), words.out());
    }

    private static double figure(Object episode) {
        return ((Number) ((Map<?, ?>) episode).get("return")).doubleValue();
    }

    @Test
    void theTableHasARowPerMomentAndAgent() throws IOException {
        Path csv = folder.resolve("out.csv");
        Result result = Verbs.run("replay", spread.toString(), "--csv", csv.toString());
        assertEquals(0, result.code(), result.err());
        List<String> lines = Files.readAllLines(csv);
        List<String> comments = lines.stream().filter(l -> l.startsWith("# ")).toList();
        assertTrue(comments.contains("# world: simple_spread"), comments.toString());
        assertTrue(comments.contains("# option agents: 2"), comments.toString());
        List<String> rows = lines.subList(comments.size(), lines.size());
        assertTrue(rows.getFirst().startsWith("moment,episode,seed,step,agent,"), rows.getFirst());
        assertEquals(1 + 63 * 2, rows.size());
        long columns = rows.getFirst().chars().filter(c -> c == ',').count();
        for (String row : rows) {
            assertEquals(columns, row.chars().filter(c -> c == ',').count(), row);
        }
        Result again = Verbs.run("replay", spread.toString(), "--csv", csv.toString());
        assertEquals(2, again.code());
        assertTrue(again.err().contains("exists already"), again.err());
    }

    /// A state that no step leads to, in a file that is otherwise whole.
    private Path forged() throws IOException {
        Replay replay = Replay.read(spread);
        Recording changed = new Recording(replay.recording().spec());
        replay.recording()
                .forEach(frame -> {
                    frame.state[0] += frame.moment == 40 ? 1e-9 : 0;
                    changed.add(frame);
                });
        Path file = folder.resolve("forged.marlab-replay");
        ReplayHeader header = replay.header();
        ReplayWriter.save(file, header, changed, "");
        return file;
    }

    @Test
    void checkEndsWithThreeAndTheFirstDifference() throws IOException {
        Path file = forged();
        Result result = Verbs.run("replay", file.toString(), "--check");
        assertEquals(3, result.code(), result.err());
        assertTrue(result.out().contains("no. At moment 40 (episode 1, step 14) state 0"));
        assertEquals(0, Verbs.run("replay", file.toString()).code());
        Result several = Verbs.run("replay", spread.toString(), file.toString(), "--check");
        assertEquals(3, several.code());
        assertEquals(3, several.out().lines().count(), several.out());
    }

    @Test
    void repairKeepsWhatCanBeRead() throws IOException {
        Path torn = folder.resolve("torn.marlab-replay");
        byte[] whole = Files.readAllBytes(spread);
        byte[] cut = Arrays.copyOf(whole, whole.length - 30);
        Files.write(torn, cut);
        Path repaired = folder.resolve("repaired.marlab-replay");
        Result result = Verbs.run("replay", torn.toString(), "--repair", repaired.toString());
        assertEquals(0, result.code(), result.err());
        Replay replay = Replay.read(repaired);
        assertNull(replay.damage());
        assertEquals(63, replay.recording().size());
        assertArrayEquals(whole, Files.readAllBytes(repaired), "nothing was lost but the end");
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "record --world simple_spread, Missing required option",
        "record --world simple_spread --out SPREAD, exists already",
        "record --world simple_spread --out DIR/no/a.x, folder does not exist",
        "record --world nowhere --out DIR/a.x, there is no world",
        "record --world simple_spread --policy nobody --out DIR/a.x, There is no policy",
        "record --world simple_spread --set agents=0 --out DIR/a.x, agents",
        "record --world simple_spread --steps 0 --out DIR/a.x, whole number",
        "record --world simple_spread --steps 5 --episodes 5 --out DIR/a.x, use one",
        "record --out DIR/a.x, Name a run",
        "record DIR --out DIR/a.x, is not a run",
        "replay DIR/nothing, There is no replay",
        "replay DIR, is no file",
        "replay SPREAD --repair SPREAD, exists already",
        "replay SPREAD SPREAD --csv DIR/a.csv, name only one"
    })
    void badInputIsOneSentenceAndCodeTwo(String command, String says) throws IOException {
        String[] words =
                command.replace("SPREAD", spread.toString())
                        .replace("DIR", folder.toString())
                        .split(" ");
        Result result = Verbs.run(words);
        assertEquals(2, result.code(), result.err());
        assertTrue(result.err().toLowerCase().contains(says.toLowerCase()), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count(), "nothing half-written");
        }
    }

    /// A real process, really killed while it records.
    @Test
    void aKilledRecordingOpensUpToTheLastSecond() throws Exception {
        Path file = folder.resolve("killed.marlab-replay");
        byte[] before = Files.readAllBytes(spread);
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RecordUntilKilled.class.getName(),
                                file.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        long told;
        try {
            long flushes = 0;
            long size = 0;
            while (process.isAlive() && flushes < 4) {
                Thread.sleep(5);
                long now = Files.exists(file) ? Files.size(file) : 0;
                flushes += now > size ? 1 : 0;
                size = now;
            }
            Thread.sleep(300); // amid a second
            assertTrue(process.isAlive(), "over too early to prove anything");
            told = Replay.read(file).recording().newest(); // while it grows
        } finally {
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        Replay replay = Replay.read(file);
        assertNull(replay.damage());
        assertTrue(replay.recording().newest() >= told && told > 100, told + " moments");
        assertArrayEquals(before, Files.readAllBytes(spread));
        assertEquals(0, Verbs.run("replay", file.toString(), "--check").code());
        assertPythonFinds(file);
    }

    private static void assertPythonFinds(Path file) throws Exception {
        try {
            assumeTrue(new ProcessBuilder("python3", "--version").start().waitFor() == 0);
        } catch (IOException e) {
            assumeTrue(false, "python3 is not here: the file is not opened with it");
        }
        String program =
                "import sys,zipfile; assert zipfile.ZipFile(sys.argv[1]).testzip() is None";
        Process python =
                new ProcessBuilder("python3", "-c", program, file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, python.waitFor(), said);
    }

    /// What the other process does.
    static final class RecordUntilKilled {

        private RecordUntilKilled() {}

        public static void main(String[] arguments) {
            String[] record = {
                "record", "--world", "matrix_game", "--steps", "9000000", "--out", arguments[0]
            };
            System.exit(CommandLineMain.run(record));
        }
    }
}
