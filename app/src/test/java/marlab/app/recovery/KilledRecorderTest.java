package marlab.app.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import marlab.sim.replay.Recording;
import marlab.sim.replay.Replay;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed in the middle of recording loses a second at most.
@Timeout(120)
class KilledRecorderTest {

    @TempDir private Path folder;

    /// Records for ever, twenty episodes a second or so; says each second how far it is.
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws Exception {
            Recording recording = RecorderTest.recording();
            Shelter shelter = Shelter.make(Path.of(arguments[0]));
            new Recorder(recording, RecorderTest.header(), shelter, false);
            long said = System.nanoTime();
            for (int k = 0; ; k++) {
                RecorderTest.play(recording, 1, k);
                Thread.sleep(40);
                if (System.nanoTime() - said > 250_000_000) {
                    said = System.nanoTime();
                    System.out.println(recording.newest());
                }
            }
        }
    }

    @Test
    void aKilledRecorderLeavesWhatItHadASecondAgo() throws Exception {
        Process program =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        long[] said = new long[16];
        try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
            for (int k = 0; k < said.length; k++) {
                said[k] = Long.parseLong(out.readLine());
            }
            assertEquals(List.of(), Shelter.orphans(folder), "it lives");
        } finally {
            program.destroyForcibly(); // SIGKILL
        }
        assertTrue(program.waitFor(20, TimeUnit.SECONDS));
        List<Shelter> orphans = Shelter.orphans(folder);
        assertEquals(1, orphans.size());
        Shelter orphan = orphans.getFirst();
        Replay replay = Replay.read(orphan.files(), Recording.DEFAULT_LIMIT, part -> {});
        assertNull(replay.damage());
        // four numbers a second: what was told two seconds before the kill must be there
        assertTrue(
                replay.recording().newest() >= said[said.length - 8],
                replay.recording().newest() + " of " + said[said.length - 1]);
        Recording again = RecorderTest.recording();
        RecorderTest.play(again, 20, 0);
        Frame expected = new Frame(again.spec());
        Frame actual = new Frame(again.spec());
        for (long moment = 0; moment <= replay.recording().newest() && moment < 500; moment++) {
            replay.recording().frame(moment, actual); // or one nearby, where time was short
            again.frame(actual.moment, expected);
            assertArrayEquals(expected.state, actual.state);
        }
        orphan.close();
    }
}
