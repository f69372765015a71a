package marlab.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import marlab.app.cli.Verbs.Result;
import marlab.learning.store.Json;
import marlab.sim.replay.Replay;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir static Path folder;

    private static Path run;
    private static Result trained;

    @BeforeAll
    static void train() {
        run = folder.resolve("run");
        trained =
                Verbs.run(
                        "train",
                        "--steps",
                        "9600",
                        "--seed",
                        "7",
                        "--set",
                        "copies=32",
                        "--set",
                        "evaluate_every=2",
                        "--set",
                        "evaluate_episodes=5",
                        "--set",
                        "checkpoint_every=4",
                        "--out",
                        run.toString());
        assertEquals(0, trained.code(), trained.err());
    }

    @Test
    void trainLeavesARunFolderThatHoldsWhatItSays() throws IOException {
        assertTrue(Files.exists(run.resolve("DONE")));
        assertEquals("done", Json.object(Files.readString(run.resolve("run.json"))).get("status"));
        Path curve = run.resolve("images/learning-curve.png");
        Path replay = run.resolve("replays/learned.marlab-replay");
        assertTrue(trained.out().contains(curve.toString()), trained.out());
        assertTrue(trained.out().contains(replay.toString()), trained.out());
        assertEquals(1440, ImageIO.read(curve.toFile()).getWidth());
        Replay recorded = Replay.read(replay);
        assertEquals("simple_spread", recorded.header().world());
        assertEquals(3 * 26, recorded.recording().size());
        assertTrue(Files.exists(run.resolve("checkpoints/000012/weights.npz")));
    }

    @Test
    void progressGoesToStandardErrorWithReturnAndTimeLeft() {
        assertTrue(trained.err().contains("100 %"), trained.err());
        assertTrue(
                trained.err().contains("return −") || trained.err().contains("return -"),
                trained.err());
        assertTrue(trained.err().contains("left"), trained.err());
        assertFalse(trained.out().contains("left"), trained.out());
    }

    @Test
    void theConfigOfARunRepeatsItsMetricsButForTheWallClock() throws IOException {
        Path again = folder.resolve("again");
        Result result =
                Verbs.run(
                        "train",
                        "--config",
                        run.resolve("config.json").toString(),
                        "--out",
                        again.toString());
        assertEquals(0, result.code(), result.err());
        assertEquals(withoutWallClock(run), withoutWallClock(again));
    }

    private static List<String> withoutWallClock(Path runFolder) throws IOException {
        return Files.readAllLines(runFolder.resolve("metrics.csv")).stream()
                .map(line -> line.replaceFirst(",[^,]*,", ","))
                .toList();
    }

    @Test
    void evaluatePrintsEveryDialectAndMetricAsJson() {
        Result result = Verbs.run("evaluate", run.toString(), "--episodes", "20", "--json");
        assertEquals(0, result.code(), result.err());
        Map<?, ?> tree = Json.object(result.out());
        assertEquals("simple_spread", tree.get("world"));
        assertEquals("learned", tree.get("policy"));
        assertEquals(20, tree.get("episodes"));
        Map<?, ?> returns = (Map<?, ?>) tree.get("returns");
        assertEquals(
                Set.of("mpe2_per_agent", "mpe2_sum", "openai_per_agent", "epymarl", "maddpg_log"),
                returns.keySet());
        Map<?, ?> metrics = (Map<?, ?>) tree.get("metrics");
        assertTrue(metrics.keySet().containsAll(Set.of("D", "C", "coverage")), metrics.toString());
        double d = mean(metrics.get("D"));
        double c = mean(metrics.get("C"));
        assertEquals(-(0.5 * d + c / 3), mean(returns.get("mpe2_per_agent")), 1e-9);
        assertEquals(-(3 * d + 2 * c + 75), mean(returns.get("epymarl")), 1e-9);
        List<?> interval = (List<?>) ((Map<?, ?>) metrics.get("D")).get("ci95");
        assertTrue((Double) interval.get(0) < d && d < (Double) interval.get(1));
    }

    private static double mean(Object figure) {
        return ((Number) ((Map<?, ?>) figure).get("mean")).doubleValue();
    }

    @Test
    void aPolicyTrainedAmongThreeActsAmongFive() {
        Result result =
                Verbs.run(
                        "evaluate",
                        run.toString(),
                        "--episodes",
                        "5",
                        "--set",
                        "agents=5",
                        "--json");
        assertEquals(0, result.code(), result.err());
        assertEquals(5, Json.object(result.out()).get("agents"));
    }

    @Test
    void aForkIsARunOfItsOwnAndRunsAreCompared() throws IOException {
        Path fork = folder.resolve("fork");
        Result forked =
                Verbs.run(
                        "fork",
                        run.toString(),
                        "--steps",
                        "1600",
                        "--set",
                        "reward.near=0.1",
                        "--out",
                        fork.toString());
        assertEquals(0, forked.code(), forked.err());
        Map<?, ?> provenance = Json.object(Files.readString(fork.resolve("run.json")));
        assertEquals(12, ((Map<?, ?>) provenance.get("parent")).get("version"));
        Result compared =
                Verbs.run(
                        "evaluate", run.toString(), fork.toString(), "--episodes", "20", "--json");
        assertEquals(0, compared.code(), compared.err());
        Map<?, ?> tree = Json.object(compared.out());
        List<?> runs = (List<?>) tree.get("runs");
        assertEquals(2, runs.size());
        Map<?, ?> first = (Map<?, ?>) runs.getFirst();
        Map<?, ?> scripted = (Map<?, ?>) tree.get("scripted");
        assertEquals(
                mean(((Map<?, ?>) first.get("returns")).get("mpe2_per_agent"))
                        - mean(scripted.get("random")),
                mean(((Map<?, ?>) first.get("beyond")).get("random")),
                1e-9);
        Result text = Verbs.run("evaluate", run.toString(), fork.toString(), "--episodes", "5");
        assertTrue(text.out().contains("Beyond random, paired by episode"), text.out());
        assertTrue(text.out().contains("All 2 runs: interquartile mean"), text.out());
        Result bad = Verbs.run("fork", run.toString(), "--from", "7");
        assertEquals(2, bad.code());
        assertTrue(bad.err().contains("no checkpoint 7"), bad.err());
    }

    @Test
    void aRunThatIsDoneIsNotResumed() throws IOException {
        List<String> before = withoutWallClock(run);
        Result result = Verbs.run("resume", run.toString());
        assertEquals(2, result.code(), result.err());
        assertOneSentence(result, run.toString());
        assertEquals(before, withoutWallClock(run));
    }

    @Test
    void resumingMakesUpForAnInterruptAfterTheTraining() throws IOException {
        Path copy = copyOf(run, folder.resolve("interrupted"));
        Path replay = copy.resolve("replays/learned.marlab-replay");
        Files.delete(replay);
        Result result = Verbs.run("resume", copy.toString());
        assertEquals(0, result.code(), result.err());
        Replay before = Replay.read(run.resolve("replays/learned.marlab-replay"));
        Replay after = Replay.read(replay);
        String lastColumn = "(?m),[^,]*$"; // a mean over agents, here of sums that were read back
        assertEquals(
                before.metrics().replaceAll(lastColumn, ""),
                after.metrics().replaceAll(lastColumn, ""));
        assertEquals(before.header().config(), after.header().config());
        assertEquals("interrupted", after.header().about().get("run"), "else as before");
        assertEquals(before.header(), after.header().with("run", run.getFileName().toString()));
        Frame one = new Frame(before.recording().spec());
        Frame other = new Frame(before.recording().spec());
        for (long moment = 0; moment <= before.recording().newest(); moment++) {
            before.recording().frame(moment, one);
            after.recording().frame(moment, other);
            assertArrayEquals(one.state, other.state);
            assertArrayEquals(one.actions.choices(), other.actions.choices());
            assertArrayEquals(one.values, other.values);
        }
    }

    static Stream<Arguments> badInputs() {
        String somewhere = "out-of-bad-input";
        return Stream.of(
                Arguments.of(
                        "no world", List.of("train", "--world", "nowhere", "--out", somewhere)),
                Arguments.of(
                        "no algorithm",
                        List.of("train", "--algorithm", "magic", "--out", somewhere)),
                Arguments.of(
                        "setting", List.of("train", "--set", "colour=red", "--out", somewhere)),
                Arguments.of("agents", List.of("train", "--set", "agents=0", "--out", somewhere)),
                Arguments.of("agents", List.of("train", "--set", "agents=51", "--out", somewhere)),
                Arguments.of(
                        "agents", List.of("train", "--set", "agents=three", "--out", somewhere)),
                Arguments.of("steps", List.of("train", "--steps", "-5", "--out", somewhere)),
                Arguments.of("steps", List.of("train", "--steps", "many", "--out", somewhere)),
                Arguments.of(
                        "cover", List.of("train", "--set", "reward.cover=NaN", "--out", somewhere)),
                Arguments.of(
                        "reward term",
                        List.of("train", "--set", "reward.joy=1", "--out", somewhere)),
                Arguments.of("share", List.of("train", "--set", "share=2", "--out", somewhere)),
                Arguments.of("--seed", List.of("train", "--seed", "seven", "--out", somewhere)),
                Arguments.of("--sed", List.of("train", "--sed", "7", "--out", somewhere)),
                Arguments.of(
                        "minibatches",
                        List.of(
                                "train",
                                "--set",
                                "copies=1",
                                "--set",
                                "rollout=2",
                                "--out",
                                somewhere)),
                Arguments.of(
                        "nowhere.json",
                        List.of("train", "--config", "nowhere.json", "--out", somewhere)),
                Arguments.of("nowhere", List.of("resume", "nowhere")),
                Arguments.of("nowhere", List.of("evaluate", "nowhere")),
                Arguments.of(
                        "--episodes",
                        List.of("evaluate", "--world", "simple_spread", "--episodes", "0")),
                Arguments.of(
                        "genius",
                        List.of("evaluate", "--world", "simple_spread", "--policy", "genius")),
                Arguments.of("world", List.of("evaluate")),
                Arguments.of("key=value", List.of("train", "--set", "agents")),
                Arguments.of("dance", List.of("dance")));
    }

    @ParameterizedTest
    @MethodSource("badInputs")
    void badInputGetsOneSentenceAndExitCode2(String named, List<String> arguments) {
        Result result = Verbs.run(arguments.toArray(String[]::new));
        assertEquals(2, result.code(), result.err());
        assertOneSentence(result, named);
        assertFalse(Files.exists(Path.of("out-of-bad-input")));
    }

    private static void assertOneSentence(Result result, String named) {
        assertEquals("", result.out());
        assertEquals(
                1,
                result.err().lines().filter(l -> !l.startsWith("Run folder")).count(),
                result.err());
        assertTrue(result.err().contains(named), result.err());
        assertTrue(result.err().strip().endsWith("."), result.err());
        assertFalse(result.err().contains("Exception"), result.err());
    }

    @Test
    void anOutputFolderThatExistsIsLeftAlone() throws IOException {
        Path precious = Files.createDirectory(folder.resolve("precious"));
        Files.writeString(precious.resolve("thesis.txt"), "done");
        Result result = Verbs.run("train", "--steps", "3200", "--out", precious.toString());
        assertEquals(2, result.code());
        assertOneSentence(result, precious.toString());
        try (Stream<Path> files = Files.list(precious)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void anOutputFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("a-file"), "");
        Result result =
                Verbs.run("train", "--steps", "3200", "--out", file.resolve("run").toString());
        assertEquals(2, result.code());
        assertOneSentence(result, file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.npz", "training.npz", "state.json"})
    void aTruncatedCheckpointIsNamedWithTheRemedy(String file) throws IOException {
        Path copy = copyOf(run, folder.resolve("cut-" + file));
        Path newest = copy.resolve("checkpoints/000012");
        Files.delete(copy.resolve("DONE"));
        byte[] bytes = Files.readAllBytes(newest.resolve(file));
        Files.write(newest.resolve(file), java.util.Arrays.copyOf(bytes, bytes.length / 2));
        Result result = Verbs.run("resume", copy.toString());
        assertEquals(2, result.code(), result.err());
        assertOneSentence(result, newest.toString());
        assertTrue(result.err().contains("delete that folder"), result.err());
    }

    private static Path copyOf(Path from, Path to) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(from)) {
            walk.forEach(all::add);
        }
        for (Path path : all) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
        return to;
    }

    @Test
    void everyVerbExplainsItself() {
        Result result = Verbs.run("--help");
        assertEquals(0, result.code());
        Set<String> verbs =
                Set.of(
                        "train",
                        "resume",
                        "evaluate",
                        "export",
                        "bench",
                        "conform",
                        "worlds",
                        "algorithms",
                        "doctor");
        for (String verb : verbs) {
            assertTrue(result.out().contains("  " + verb + " "), result.out());
            Result help = Verbs.run(verb, "--help");
            assertEquals(0, help.code(), verb);
            assertTrue(help.out().contains("Usage: marlab " + verb), help.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"worlds", "algorithms", "doctor"})
    void listsComeAsJsonToo(String verb) {
        Result result = Verbs.run(verb, "--json");
        assertEquals(0, result.code(), result.err());
        Object tree = Json.object("{\"it\":" + result.out() + "}").get("it");
        assertTrue(
                tree.toString().contains("name=") || tree.toString().contains("what="),
                result.out());
    }

    @Test
    void benchMeasuresSteppingAndLearning() {
        Result result = Verbs.run("bench", "--seconds", "0.1", "--json");
        assertEquals(0, result.code(), result.err());
        List<?> rows = (List<?>) Json.object("{\"rows\":" + result.out() + "}").get("rows");
        for (Object row : rows) {
            assertTrue(((Number) ((Map<?, ?>) row).get("rate")).doubleValue() > 0, row.toString());
        }
        assertTrue(rows.size() >= 6, rows.toString());
    }
}
