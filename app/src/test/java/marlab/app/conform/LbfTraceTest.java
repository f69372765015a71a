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

class LbfTraceTest {

    /// Surefire starts tests in the folder of the module.
    private static final Path GOLDEN = Path.of("../../shared/worlds/golden/lbf");

    private static final String RESET =
            "{'kind':'reset','source':'semitable/lb-foraging','kwargs':{'players':2,"
                    + "'min_player_level':1,'max_player_level':2,'min_food_level':1,"
                    + "'max_food_level':null,'field_size':[3,3],'max_num_food':1,'sight':3,"
                    + "'max_episode_steps':50,'force_coop':false,'penalty':0.0},"
                    + "'state':{'players':[[0,1,1],[1,0,2]],'field':[[0,0,0],[0,3,0],[0,0,0]]},"
                    + "'food_spawned_total':3.0,"
                    + "'obs':[[1,1,3,0,1,1,1,0,2],[1,1,3,1,0,2,0,1,1]]}";
    private static final String STEP =
            "{'kind':'step','actions':[5,5],"
                    + "'state':{'players':[[0,1,1],[1,0,2]],'field':[[0,0,0],[0,0,0],[0,0,0]]},"
                    + "'rewards':[0.3333333333333333,0.6666666666666666],'done':true,"
                    + "'obs':[[-1,-1,0,0,1,1,1,0,2],[-1,-1,0,1,0,2,0,1,1]]}";

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

    private void refused(String what, String... lines) {
        BadInput bad = assertThrows(BadInput.class, () -> play(lines));
        assertTrue(bad.getMessage().contains(what), bad.getMessage());
        assertTrue(bad.getMessage().contains("line "), bad.getMessage());
    }

    @Test
    void theGoldenTracesConformExactly() throws IOException {
        assumeTrue(
                Files.isDirectory(GOLDEN),
                "the golden traces are not in " + GOLDEN.toAbsolutePath().normalize());
        int count = 0;
        try (var files = Files.newDirectoryStream(GOLDEN, "*.jsonl.gz")) {
            for (Path file : files) {
                Comparison found = Trace.play(file);
                assertTrue(found.within(0), file + " differs by " + found.reward());
                assertEquals(8, found.episodes());
                count++;
            }
        }
        assertEquals(4, count);
    }

    @Test
    void aTraceThatIsRightConforms() throws IOException {
        assertTrue(play(RESET, STEP).within(0));
    }

    @Test
    void whatDiffersIsSeen() throws IOException {
        assertFalse(play(RESET, STEP.replace("[[0,0,0],[0,0,0]", "[[0,0,0],[0,3,0]")).within(0));
        assertFalse(play(RESET, STEP.replace("[1,0,2]]", "[2,0,2]]")).within(0));
        assertFalse(play(RESET, STEP.replace("0.333333", "0.333334")).within(0));
        assertFalse(play(RESET, STEP.replace("'done':true", "'done':false")).within(0));
        assertFalse(play(RESET, STEP.replace("[[-1,-1,0", "[[-1,-1,1")).within(0));
    }

    @Test
    void whatCannotBePlayedIsNamed() {
        refused("before the first reset", STEP.replace("'step'", "'step','source':'lb-foraging'"));
        refused("none of 6 actions", RESET, STEP.replace("[5,5]", "[5,6]"));
        refused("none of 6 actions", RESET, STEP.replace("[5,5]", "[5,0.5]"));
        refused("for 2 agents", RESET, STEP.replace("[5,5]", "[5]"));
        refused("no usable \"done\"", RESET, STEP.replace("'done'", "'end'"));
        refused("no row, column and level", RESET.replace("[[0,1,1]", "[[0,3,1]"), STEP);
        refused("row of the field", RESET.replace("[0,3,0]", "[0,3]"), STEP);
        refused("more than 1 foods", RESET.replace("[0,3,0]", "[0,3,3]"), STEP);
        refused("other options", RESET, RESET.replace("'sight':3", "'sight':2"));
        refused("whole number", RESET.replace("'sight':3", "'sight':2.5"));
        refused("does not fit the world", RESET.replace("'sight':3", "'sight':0"));
        refused("option wind", RESET.replace("'sight'", "'wind':1,'sight'"));
        refused("more players than cells", RESET.replace("'players':2", "'players':10"));
        refused("unknown kind", RESET, STEP.replace("'step'", "'jump'"));
    }
}
