package marlab.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import marlab.learning.store.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ConformTest {

    /// Surefire starts tests in the folder of the module.
    private static final Path GOLDEN = Path.of("../../shared/worlds/golden/mpe");

    private static final String HEADER =
            "{'kind':'header','module':'simple_spread_v3','kwargs':{'N':1},'local_ratio':0.5,"
                    + "'continuous_actions':false,'max_cycles':25,'agents':['agent_0']}";
    private static final String RESET =
            "{'kind':'reset','state':{'agents':[{'pos':[0.0,0.0],'vel':[1.0,0.0]}],"
                    + "'landmarks':[{'pos':[0.5,0.0]}]},'obs':[[1.0,0.0,0.0,0.0,0.5,0.0]]}";
    private static final String STEP =
            "{'kind':'step','actions':[2],'state':{'agents':[{'pos':[0.1,0.0],'vel':[1.25,0.0]}],"
                    + "'landmarks':[{'pos':[0.5,0.0]}]},'obs':[[1.25,0.0,0.1,0.0,0.4,0.0]],"
                    + "'rewards':[-0.2],'terminated':[false],'truncated':[false]}";

    private static final List<String> WORLDS =
            List.of(
                    "simple",
                    "simple_spread",
                    "simple_spread-n5",
                    "simple_adversary",
                    "simple_tag",
                    "simple_push",
                    "simple_world_comm");

    @TempDir private Path folder;

    private record Result(int code, String out, String err) {}

    private static Result run(Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new Conform());
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        return new Result(line.execute(texts), out.toString(), err.toString());
    }

    private Path trace(String... lines) throws IOException {
        Path file = folder.resolve("trace.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (String line : lines) {
                out.write((line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static void refused(Path file, String sentence) {
        Result result = run(file);
        assertEquals(2, result.code);
        assertEquals("marlab: " + sentence, result.err.strip());
        assertEquals("", result.out);
    }

    @Test
    void theGoldenTracesConform() throws IOException {
        assumeTrue(
                Files.isDirectory(GOLDEN),
                "the golden traces are not in " + GOLDEN.toAbsolutePath().normalize());
        List<Object> arguments = new ArrayList<>(List.of("--json"));
        for (String world : WORLDS) {
            try (var files = Files.newDirectoryStream(GOLDEN, world + "__*.jsonl.gz")) {
                files.forEach(arguments::add);
            }
        }
        assertEquals(1 + 2 * WORLDS.size(), arguments.size(), "two traces of each");
        Result result = run(arguments.toArray());
        assertEquals(0, result.code, result.err);
        List<?> reports = (List<?>) Json.object(result.out).get("files");
        for (Object report : reports) {
            Map<?, ?> file = (Map<?, ?>) report;
            assertEquals(150, file.get("steps"));
            for (String key : List.of("state_error", "observation_error", "reward_error")) {
                double error = ((Number) file.get(key)).doubleValue();
                assertTrue(error <= 1e-12, file.get("file") + ": " + key + " " + error);
            }
        }
    }

    @Test
    void aTraceThatIsRightConforms() throws IOException {
        Result result = run(trace(HEADER, RESET, STEP));
        assertEquals(0, result.code, result.err);
        assertTrue(result.out.contains("1 steps  conforms"), result.out);
    }

    @Test
    void aRewardThatDiffersIsSeenAndMeasured() throws IOException {
        Path file = trace(HEADER, RESET, STEP.replace("-0.2", "-0.203"));
        Result result = run(file);
        assertEquals(3, result.code);
        assertTrue(result.out.contains("state 0.0e+00"), result.out);
        assertTrue(result.out.contains("reward 3.0e-03     1 steps  DIFFERS"), result.out);
        assertEquals(0, run("--tolerance", "0.01", file).code);
    }

    @Test
    void aStateAnObservationOrAnEndThatDiffersIsSeen() throws IOException {
        assertEquals(3, run(trace(HEADER, RESET, STEP.replace("1.25,0.0]}", "1.26,0.0]}"))).code);
        assertEquals(3, run(trace(HEADER, RESET, STEP.replace("0.4,0.0]]", "0.4,0.1]]"))).code);
        Result ends = run(trace(HEADER, RESET, STEP.replace("[false]}", "[true]}")));
        assertEquals(3, ends.code);
        assertTrue(ends.out.contains("ends differ at 1 steps"), ends.out);
    }

    @Test
    void jsonHoldsEveryFigure() throws IOException {
        Result result = run("--json", trace(HEADER, RESET, STEP));
        Map<?, ?> tree = Json.object(result.out);
        assertEquals(true, tree.get("ok"));
        Map<?, ?> file = (Map<?, ?>) ((List<?>) tree.get("files")).getFirst();
        assertEquals("simple_spread", file.get("world"));
        assertEquals(1, file.get("steps"));
        assertEquals(0.0, file.get("state_error"));
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("nothing.jsonl.gz");
        refused(file, "There is no file " + file + "; check the name.");
    }

    @Test
    void aFolderWithoutTracesIsRefused() {
        refused(folder, "There is no .jsonl.gz trace in " + folder + "; name another folder.");
    }

    @Test
    void aFileThatIsNotGzipIsRefused() throws IOException {
        Path file = folder.resolve("plain.jsonl.gz");
        Files.writeString(file, "{\"kind\":\"header\"}");
        refused(file, file + " is not gzip after line 0; name a .jsonl.gz trace.");
    }

    @Test
    void aFileCutShortIsRefused() throws IOException {
        Path file = trace(HEADER, RESET, STEP);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 12));
        Result result = run(file);
        assertEquals(2, result.code);
        assertTrue(
                result.err.startsWith("marlab: " + file + " ends in the middle after line "),
                result.err);
    }

    @Test
    void aLineThatIsNotJsonIsNamed() throws IOException {
        Path file = trace(HEADER, RESET, "{'kind':");
        refused(file, file + ", line 3 is not a JSON object; copy the trace again.");
    }

    @Test
    void anUnknownWorldIsNamed() throws IOException {
        Path file = trace(HEADER.replace("simple_spread_v3", "simple_nothing_v3"));
        refused(
                file,
                file
                        + ", line 1: there is no world for \"simple_nothing_v3\"; traces of "
                        + marlab.app.conform.Trace.mpeModules()
                        + " can be checked.");
    }

    @Test
    void aTraceWithoutStepsProvesNothing() throws IOException {
        Path file = trace(HEADER, RESET);
        refused(file, file + " has no steps to compare; copy it again.");
    }

    @Test
    void recordsThatLackWhatIsNeededAreNamed() throws IOException {
        String remedy = "; use a trace of the golden folder as it was published.";
        Path file = trace(HEADER, RESET, STEP.replace("'rewards'", "'gains'"));
        refused(file, file + ", line 3: has no usable \"rewards\"" + remedy);
        file = trace(HEADER, STEP);
        refused(file, file + ", line 2: stands before the first reset" + remedy);
        file = trace(RESET, STEP);
        refused(file, file + ", line 1: begins no trace of a known suite" + remedy);
        file = trace(HEADER, RESET, STEP.replace("'actions':[2]", "'actions':[9]"));
        refused(file, file + ", line 3: lets agent 0 do what is none of 5 choices" + remedy);
        file = trace(HEADER.replace("'N':1", "'gravity':true"), RESET, STEP);
        refused(
                file,
                file + ", line 1: was made with option gravity, which is not played here" + remedy);
    }

    @Test
    void aToleranceThatIsNoneIsRefused() throws IOException {
        Path file = trace(HEADER, RESET, STEP);
        for (String tolerance : List.of("-1", "NaN", "Infinity", "small")) {
            assertEquals(2, run("--tolerance=" + tolerance, file).code, tolerance);
        }
    }

    @Test
    void oneBadFileDoesNotHideTheOthers() throws IOException {
        Result result = run(folder.resolve("missing"), trace(HEADER, RESET, STEP));
        assertEquals(2, result.code);
        assertTrue(result.out.contains("conforms"), result.out);
    }
}
