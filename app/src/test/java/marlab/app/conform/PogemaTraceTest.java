package marlab.app.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import marlab.learning.train.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PogemaTraceTest {

    /// Surefire starts tests in the folder of the module.
    private static final Path GOLDEN = Path.of("../../shared/worlds/golden");

    private static final String RESET =
            "{'kind':'reset','source':'Cognitive-AI-Systems/pogema','config':{'num_agents':2,"
                    + "'obs_radius':1,'max_episode_steps':2,'on_target':'restart',"
                    + "'collision_system':'soft'},'map':['...#'],'starts':[[0,0],[0,1]],"
                    + "'targets':[[0,1],[0,0]],'target_sequences':[[[0,1],[0,2]],[[0,0]]],"
                    + "'obs':[['111100111','000011000','000001000'],"
                    + "['111000111','000110000','000100000']]}";
    private static final String STEP =
            "{'kind':'step','t':1,'actions':[4,4],'positions':[[0,1],[0,2]],"
                    + "'targets':[[0,2],[0,0]],'active':[true,true],'rewards':[1.0,0.0],"
                    + "'terminated':[false,false],'truncated':[false,false],"
                    + "'agents_missing_from_channel1':[[0,1]],"
                    + "'obs':[['111000111','000001000','000001000'],"
                    + "['111001111','000010000','000100000']]}";
    private static final String LAST =
            "{'kind':'step','t':2,'actions':[0,0],'positions':[[0,1],[0,2]],"
                    + "'targets':[[0,2],[0,0]],'active':[true,true],'rewards':[0.0,0.0],"
                    + "'terminated':[false,false],'truncated':[true,true],"
                    + "'obs':[['111000111','000011000','000001000'],"
                    + "['111001111','000110000','000100000']],'metrics':{'avg_throughput':0.5}}";
    private static final String MOVE =
            "{'map':['..','..'],'before':[[0,0],[0,1],[1,1],[1,0]],'actions':[4,2,3,1],"
                    + "'after':[[0,1],[1,1],[1,0],[0,0]]}";

    @TempDir private Path folder;

    private Comparison play(String name, String... lines) throws IOException {
        Path file = folder.resolve(name + ".jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (String line : lines) {
                out.write((line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return Trace.play(file);
    }

    private void refused(String end, String... lines) {
        BadInput refusal = assertThrows(BadInput.class, () -> play("trace", lines));
        String remedy = "; use a trace of the golden folder as it was published.";
        assertTrue(refusal.getMessage().endsWith(end + remedy), refusal.getMessage());
    }

    @Test
    void anEpisodeThatIsRightConformsAndSaysWhatItCorrects() throws IOException {
        Comparison comparison = play("trace", RESET, STEP, LAST);
        assertTrue(comparison.within(0));
        assertEquals(2, comparison.steps());
        assertEquals(1, comparison.notes().size());
        assertEquals("restart", comparison.options().get("on_target"));
    }

    @Test
    void everythingThatDiffersIsSeen() throws IOException {
        assertFalse(play("trace", RESET, STEP.replace("[[0,1],[0,2]]", "[[0,0],[0,1]]")).within(0));
        assertFalse(play("trace", RESET, STEP.replace("[[0,2],[0,0]]", "[[0,2],[0,1]]")).within(0));
        assertFalse(play("trace", RESET, STEP.replace("[1.0,0.0]", "[0.0,0.0]")).within(0));
        assertFalse(play("trace", RESET, STEP.replace("[true,true]", "[true,false]")).within(0));
        assertFalse(play("trace", RESET, STEP.replace("[[0,1]],'obs'", "[],'obs'")).within(0));
        assertFalse(play("trace", RESET, STEP.replace("000010000", "100010000")).within(0));
        assertFalse(play("trace", RESET, STEP, LAST.replace("0.5", "0.6")).within(0));
        assertFalse(
                play("trace", RESET, STEP, LAST.replace("'truncated':[true", "'truncated':[false"))
                        .within(0));
    }

    @Test
    void singleMovesTakeTheirRuleFromTheNameOfTheFile() throws IOException {
        assertTrue(play("transitions__soft", MOVE, MOVE).within(0));
        assertFalse(play("transitions__block_both", MOVE).within(0));
        assertThrows(BadInput.class, () -> play("transitions", MOVE));
    }

    @Test
    void instancesOfTheBenchmarkAreCheckedByTheirShortestPaths() throws IOException {
        String instance =
                "{'family':'f','map_name':'m','num_agents':1,'map':['...','##.','...'],"
                        + "'starts':[[0,0]],'targets':[[2,0]],'sum_of_shortest_paths':6}";
        assertTrue(play("instances", instance).within(0));
        assertFalse(play("instances", instance.replace(":6", ":7")).within(0));
    }

    @Test
    void recordsThatWontDoAreNamed() {
        refused(
                "line 1: has no usable \"starts\"",
                RESET.replace("'starts':[", "'starts':1,'x':["));
        refused("line 2: has no usable \"positions\"", RESET, STEP.replace("positions", "places"));
        refused(
                "line 1: stands before the first reset",
                STEP.replace("'kind'", "'map':[],'config'" + ":{},'starts':[],'kind'"));
        refused(
                "line 2: has something else than numbers in \"rewards\"",
                RESET,
                STEP.replace("[1.0,0.0]", "[null,0.0]"));
        refused(
                "line 2: has lists instead of numbers in \"active\"",
                RESET,
                STEP.replace("[true,true]", "[[],true]"));
        refused("line 2: is of the unknown kind \"jump\"", RESET, STEP.replace("step", "jump"));
        refused(
                "line 2: lets agent 1 do what is none of 5 choices",
                RESET,
                STEP.replace("[4,4]", "[4,5]"));
        refused(
                "line 1: puts agent 1 of \"starts\" into an obstacle",
                RESET.replace("[[0,0],[0,1]]", "[[0,0],[0,3]]"));
        refused(
                "line 1: has [0.0, 4.0] in \"starts\", which is no cell",
                RESET.replace("[[0,0],[0,1]]", "[[0,0],[0,4]]"));
        refused(
                "line 1: has a map of something else than rows of '.' and '#'",
                RESET.replace("...#", "..a#"));
        refused("line 1: has an empty map", RESET.replace("'...#'", ""));
        refused(
                "line 2: has no \"obs\" of three pictures of 3 × 3 digits for every agent",
                RESET,
                STEP.replace("000001000", "00000100"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pogema", "pogema-bench"})
    void theGoldenTracesConformExactly(String suite) throws IOException {
        Path golden = GOLDEN.resolve(suite);
        assumeTrue(Files.isDirectory(golden), "no traces in " + golden.toAbsolutePath());
        try (var files = Files.newDirectoryStream(golden, "*.jsonl.gz")) {
            for (Path file : files) {
                assertTrue(Trace.play(file).within(0), file.toString());
            }
        }
    }
}
