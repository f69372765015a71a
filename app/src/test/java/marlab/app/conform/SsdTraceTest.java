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

class SsdTraceTest {

    private static final Path GOLDEN = Path.of("../../shared/worlds/golden/ssd");

    private static final String RESET =
            "{'kind':'reset','source':'eugenevinitsky/sequential_social_dilemma_games',"
                    + "'env':'cleanup','num_agents':2,'view_len':1,'base_map':['PP ','HRB'],"
                    + "'world_map':['   ','HR '],'agents':[[0,0,'UP'],[0,2,'LEFT']],"
                    + "'palette':[[0,0,0],[99,156,194],[113,75,24],[0,0,255],[2,81,154],[0,255,0]]}";

    /// Both want the middle; agent 1 comes first and looks left: what lies ahead is at the bottom
    /// to the reference.
    private static final String STEP =
            "{'kind':'step','actions':[1,2],'move_priority':[1,0],'beam_order':[0,1],"
                    + "'agents':[[0,0,'UP'],[0,1,'LEFT']],'rewards':[0.0,0.0],'beams':[],"
                    + "'map_before_spawn':['   ','HR '],'spawn':[[1,2,'A']],"
                    + "'views':['000034012','005042031'],'apple_prob':0.0,'waste_prob':0.0}";

    @TempDir private Path folder;

    private Comparison play(String... lines) throws IOException {
        Path file = folder.resolve("trace.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (String line : lines) {
                out.write((line.replace('\'', '"') + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        return Trace.play(file);
    }

    @Test
    void theGoldenTracesConformExactly() throws IOException {
        assumeTrue(
                Files.isDirectory(GOLDEN),
                "the golden traces are not in " + GOLDEN.toAbsolutePath().normalize());
        int files = 0;
        try (var traces = Files.newDirectoryStream(GOLDEN, "*.jsonl.gz")) {
            for (Path trace : traces) {
                assertTrue(Trace.play(trace).within(0), trace.toString());
                files++;
            }
        }
        assertEquals(8, files);
    }

    @Test
    void aTraceThatIsRightConforms() throws IOException {
        Comparison found = play(RESET, STEP);
        assertEquals("cleanup", found.world());
        assertEquals(0, found.state());
        assertEquals(0, found.observation());
        assertTrue(found.within(0));
    }

    @Test
    void whateverDiffersIsSeen() throws IOException {
        String[][] changes = {
            {"'move_priority':[1,0]", "'move_priority':[0,1]"},
            {"[0,1,'LEFT']]", "[0,1,'UP']]"},
            {"[0.0,0.0]", "[0.0,1.0]"},
            {"'beams':[]", "'beams':[[0,1,'F']]"},
            {"'map_before_spawn':['   ','HR ']", "'map_before_spawn':['   ','RR ']"},
            {"[[1,2,'A']]", "[]"},
            {"'005042031'", "'005042030'"},
            {"'apple_prob':0.0", "'apple_prob':0.05"},
            {"'waste_prob':0.0", "'waste_prob':0.5"}
        };
        for (String[] change : changes) {
            String step = STEP.replace(change[0], change[1]);
            assertFalse(step.equals(STEP));
            assertFalse(play(RESET, step).within(0), change[1]);
        }
    }

    @Test
    void recordsThatCantBePlayedAreRefusedWithTheirLine() {
        refused("line 1: stands before the first reset", STEP.replace("{", "{" + source()));
        refused("unknown world \"tag\"", RESET.replace("cleanup", "tag"));
        refused("does not fit the world", RESET.replace("'PP '", "'PX '"));
        refused("does not fit the world", RESET.replace("'num_agents':2", "'num_agents':0"));
        refused("no usable \"base_map\"", RESET.replace("base_map", "map"));
        refused("another size in \"world_map\"", RESET.replace("'   ',", ""));
        refused("does not fit the map", RESET.replace("'HR '", "'HRX'"));
        refused("does not fit the map", RESET.replace("[0,2,'LEFT']", "[0,3,'LEFT']"));
        refused("where agent 1 stands", RESET.replace("'LEFT'", "'AHEAD'"));
        refused("has no usable \"palette\"", RESET.replace("'palette':[", "'palette':3,'a':["));
        refused("none of 9 choices", RESET, STEP.replace("[1,2]", "[1,9]"));
        refused("lacks agents in \"move_priority\"", RESET, STEP.replace("[1,0],'b", "[1],'b"));
        refused("letters in \"spawn\"", RESET, STEP.replace("[[1,2,'A']]", "[[1,2]]"));
        refused("does not fit the map", RESET, STEP.replace("[[1,2,'A']]", "[[9,2,'A']]"));
        refused("shows agent 1 8 cells", RESET, STEP.replace("005042031", "00504203"));
        refused("shows agent 1 '?'", RESET, STEP.replace("005042031", "00504203?"));
        refused("unknown kind", RESET, STEP.replace("'step'", "'leap'"));
        refused("whole number in \"agents\"", RESET, STEP.replace("[0,1,'L", "[0,1.5,'L"));
    }

    private static String source() {
        return "'source':'eugenevinitsky/sequential_social_dilemma_games',";
    }

    private void refused(String why, String... lines) {
        BadInput problem = assertThrows(BadInput.class, () -> play(lines), why);
        assertTrue(problem.getMessage().contains(why), problem.getMessage());
    }
}
