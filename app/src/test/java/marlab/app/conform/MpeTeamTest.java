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

class MpeTeamTest {

    /// Surefire starts tests in the folder of the module.
    private static final Path GOLDEN = Path.of("../../shared/worlds/golden/mpe");

    private static final String HEADER =
            "{'kind':'header','module':'simple_speaker_listener_v4','kwargs':{},"
                    + "'local_ratio':null,'continuous_actions':false,'max_cycles':25}";
    private static final String BODIES =
            "'state':{'agents':[{'pos':[0,0],'vel':[0,0],'c':[0,0,0]},"
                    + "{'pos':[0,0],'vel':[0,0],'c':[0,0,0]}],"
                    + "'landmarks':[{'pos':[1,0]},{'pos':[0,1]},{'pos':[2,0]}]}";
    private static final String RESET =
            "{'kind':'reset',"
                    + BODIES
                    + ",'aux':{'goal_landmark':2},"
                    + "'obs':[[0.15,0.15,0.65],[0,0,1,0,0,1,2,0,0,0,0]]}";
    private static final String STEP =
            "{'kind':'step','actions':[1,2],"
                    + BODIES.replaceFirst("'c':.0,0,0", "'c':[0,1,0")
                            .replace("'vel':[0,0],'c':[0,0,0]", "'vel':[0.5,0],'c':[0,0,0]")
                    + ",'rewards':[-4,-4],'terminated':[false,false],'truncated':[false,false],"
                    + "'obs':[[0.15,0.15,0.65],[0.5,0,1,0,0,1,2,0,0,1,0]]}";

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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simple_crypto",
                "simple_speaker_listener",
                "simple_reference",
                "simple_formation",
                "simple_line"
            })
    void theGoldenTracesConform(String world) throws IOException {
        assumeTrue(
                Files.isDirectory(GOLDEN),
                "the golden traces are not in " + GOLDEN.toAbsolutePath().normalize());
        for (String actions : new String[] {"discrete", "continuous"}) {
            Comparison found = Trace.play(GOLDEN.resolve(world + "__" + actions + ".jsonl.gz"));
            assertEquals(world, found.world());
            assertEquals(150, found.steps());
            assertTrue(
                    found.within(2e-15),
                    () ->
                            actions
                                    + ": state "
                                    + found.state()
                                    + ", observation "
                                    + found.observation()
                                    + ", reward "
                                    + found.reward()
                                    + ", ends "
                                    + found.ends());
        }
    }

    @Test
    void aTraceThatIsRightConforms() throws IOException {
        assertTrue(play(HEADER, RESET, STEP).within(0));
    }

    @Test
    void aWordOrAGoalThatDiffersIsSeen() throws IOException {
        assertFalse(play(HEADER, RESET, STEP.replace("'c':[0,1,0]", "'c':[1,0,0]")).within(1e-9));
        assertFalse(
                play(HEADER, RESET.replace("'goal_landmark':2", "'goal_landmark':1"), STEP)
                        .within(1e-9));
    }

    @Test
    void aGoalThatIsNoneIsNamed() {
        for (String goal : new String[] {"3", "-1", "0.5"}) {
            String reset = RESET.replace("'goal_landmark':2", "'goal_landmark':" + goal);
            BadInput bad = assertThrows(BadInput.class, () -> play(HEADER, reset, STEP));
            assertTrue(bad.getMessage().contains("line 2: has no landmark's number"));
        }
    }
}
