package marlab.app.conform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import marlab.learning.train.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatheringTraceTest {

    /// Surefire starts tests in the folder of the module.
    private static final Path GOLDEN = Path.of("../../shared/worlds/golden/gathering");

    /// Two agents in a corridor, an apple between them; both see one cell ahead and to the sides.
    private static final String RESET =
            "{'kind':'reset','source':'vicgalle/llm-policies-social-dilemmas','n_agents':2,"
                    + "'params':{'max_steps':9,'obs_ahead':1,'obs_side':1,'beam_length':5,"
                    + "'beam_width':1,'hits_to_tag':2,'timeout_steps':3,'respawn_mode':'fixed',"
                    + "'apple_respawn_time':2},"
                    + "'walls':['#####','#...#','#####'],'apple_cells':[[1,2]],"
                    + "'palette':[[0,0,0],[127,127,127],[0,200,0],[50,100,255],[220,50,50],"
                    + "[255,255,60]],"
                    + "'state':{'pos':[[1,1],[1,3]],'orient':[1,3],'timeout':[0,0],'hits':[0,0],"
                    + "'apples':'1','timer':[0]}}";

    /// The first shoots and hits; the second eats.
    private static final String STEP =
            "{'kind':'step','t':1,'actions':[6,0],'rewards':[0.0,1.0],"
                    + "'state':{'pos':[[1,1],[1,2]],'orient':[1,3],'timeout':[0,0],'hits':[0,1],"
                    + "'apples':'0','timer':[2]},"
                    + "'beam':[[1,2],[1,3]],'views':['141131','141131']}";

    private static final String METRICS =
            "{'kind':'metrics','efficiency':1.0,'equality':0.5,'sustainability':0.0,'peace':2.0}";

    /// One agent that sprays along a river with a stream at its end.
    private static final String RIVER =
            "{'kind':'reset','source':'vicgalle/llm-policies-social-dilemmas','n_agents':1,"
                    + "'params':{'max_steps':9,'obs_ahead':3,'obs_side':0,'beam_length':1,"
                    + "'beam_width':1,'hits_to_tag':1,'timeout_steps':3,'respawn_mode':'cleanup',"
                    + "'apple_respawn_time':0,'fire_cost':1.0,'fire_penalty':50.0,"
                    + "'clean_cost':1.0,'threshold_depletion':0.9,'threshold_restoration':0.0,"
                    + "'waste_spawn_prob':0.5,'apple_respawn_prob':0.5},"
                    + "'walls':['......'],'apple_cells':[[0,0]],'river_cells':[[0,2],[0,3]],"
                    + "'palette':[[50,100,255],[100,255,255],[139,90,43],[0,180,200],[100,180,255],"
                    + "[0,0,0]],"
                    + "'state':{'pos':[[0,1]],'orient':[1],'timeout':[0],'hits':[0],'apples':'0',"
                    + "'waste':['..##..']}}";

    /// 0.2 < 0.5 makes waste in the first of the two clean cells; 0.3 grows no apple at 0.5·(1 − ½
    /// / 0.9).
    private static final String SPRAY =
            "{'kind':'step','t':1,'actions':[8],'rewards':[-1.0],"
                    + "'state':{'pos':[[0,1]],'orient':[1],'timeout':[0],'hits':[0],'apples':'0',"
                    + "'waste':['...#..']},"
                    + "'beam':[],'clean_beam':[[0,2]],'views':['3210'],'waste_density':0.5,"
                    + "'apple_prob':0.2222222222222222,'tape':[0.7,0.3]}";

    @TempDir private Path folder;

    private Comparison play(String... lines) throws IOException {
        Path file = folder.resolve("trace.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (String line : lines) {
                out.write((line.replace('\'', '"') + "\n").getBytes());
            }
        }
        return Trace.play(file);
    }

    private boolean conforms(String... lines) throws IOException {
        return play(lines).within(0);
    }

    private void refused(String end, String... lines) {
        BadInput bad = assertThrows(BadInput.class, () -> play(lines));
        assertTrue(bad.getMessage().contains(end), bad.getMessage());
    }

    @Test
    void theGoldenTracesConformExactly() throws IOException {
        assumeTrue(
                Files.isDirectory(GOLDEN),
                "the golden traces are not in " + GOLDEN.toAbsolutePath().normalize());
        int count = 0;
        try (var files = Files.newDirectoryStream(GOLDEN, "*.jsonl.gz")) {
            for (Path file : files) {
                assertTrue(Trace.play(file).within(0), file + " differs");
                count++;
            }
        }
        assertEquals(6, count);
    }

    @Test
    void aTraceThatIsRightConforms() throws IOException {
        Comparison right = play(RESET, STEP, METRICS);
        assertTrue(right.within(0), right.state() + " " + right.observation());
        assertEquals("gathering", right.world());
        assertEquals(1, right.steps());
    }

    @Test
    void everyDifferenceIsSeen() throws IOException {
        assertFalse(conforms(RESET, STEP.replace("[0.0,1.0]", "[0.0,0.0]")));
        assertFalse(conforms(RESET, STEP.replace("'hits':[0,1]", "'hits':[0,0]")));
        assertFalse(conforms(RESET, STEP.replace("'timer':[2]", "'timer':[1]")));
        assertFalse(conforms(RESET, STEP.replace("[[1,2],[1,3]]", "[[1,2]]")));
        assertFalse(conforms(RESET, STEP.replace("'141131','14", "'151131','14")));
        assertFalse(conforms(RESET, STEP.replace("[[1,1],[1,2]]", "[[1,1],[1,3]]")));
        assertFalse(conforms(RESET, STEP, METRICS.replace("0.5", "0.6")));
        assertFalse(conforms(RESET, STEP.replace("'t':1", "'tape':[0.5]")));
    }

    @Test
    void drawsComeFromTheTapeAndStreamsFromTheViews() throws IOException {
        Comparison right = play(RIVER, SPRAY);
        assertTrue(right.within(0), right.state() + " " + right.observation());
        assertTrue(right.notes().iterator().next().startsWith("Streams are decor"));
        assertFalse(conforms(RIVER, SPRAY.replace("[0.7,0.3]", "[0.7]")));
        assertFalse(conforms(RIVER, SPRAY.replace("[0.7,0.3]", "[0.7,0.3,0.1]")));
        assertFalse(conforms(RIVER, SPRAY.replace("[0.7,0.3]", "[0.7,0.1]")));
        assertFalse(conforms(RIVER, SPRAY.replace("[0.7,0.3]", "[0.2,['int',2,0],0.3]")));
    }

    @Test
    void recordsThatLackWhatIsNeededAreNamed() {
        refused("line 1: has no usable \"params\"", RESET.replace("'params'", "'parameters'"));
        refused("unknown respawn mode \"never\"", RESET.replace("'fixed'", "'never'"));
        refused("made with option magic", RESET.replace("'max_steps'", "'magic':1,'max_steps'"));
        refused("cell that is not on the map", RESET.replace("[[1,2]]", "[[1,9]]"));
        refused("row by row", RESET.replace("[[1,2]]", "[[1,3],[1,2]]"));
        refused("rows of one length", RESET.replace("#...#", "#..#"));
        refused("does not fit the world", RESET.replace("'n_agents':2", "'n_agents':0"));
        refused("in \"orient\"", RESET.replace("[1,3],'timeout'", "[1,4],'timeout'"));
        refused("none of 8 choices", RESET, STEP.replace("[6,0]", "[8,0]"));
        refused("views for 2 agents", RESET, STEP.replace("['141131',", "["));
        refused("not in the palette", RESET, STEP.replace("'141131'", "'941131'"));
        refused("unknown kind", RESET, STEP.replace("'step'", "'stop'"));
        refused("before the first step", RESET, METRICS);
        refused("for each of 1 cells in \"apples\"", RESET.replace("'apples':'1'", "'apples':''"));
    }
}
