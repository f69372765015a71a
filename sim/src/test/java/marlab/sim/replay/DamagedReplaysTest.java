package marlab.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A thousand damaged replays, see {@link Damage} and {@link DamageSweep}.
class DamagedReplaysTest {

    @TempDir private Path folder;

    @Test
    void eachOpensUpToItsDamageOrIsRefusedInOneSentenceWithin256Megabytes() throws IOException {
        Path work = Files.createDirectory(folder.resolve("work"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1", // over before more pays
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                DamageSweep.class.getName(),
                                work.toString())
                        .redirectErrorStream(true)
                        .start();
        try {
            assertTimeoutPreemptively(
                    Duration.ofMinutes(3),
                    () -> {
                        String said =
                                new String(
                                        process.getInputStream().readAllBytes(),
                                        StandardCharsets.UTF_8);
                        assertEquals(0, process.waitFor(), said);
                        System.out.print(said);
                        Matcher count = Pattern.compile("(\\d+) tried").matcher(said);
                        assertTrue(count.find() && Integer.parseInt(count.group(1)) >= 1000, said);
                    });
        } finally {
            process.destroyForcibly();
        }
        for (Path each : List.of(work, temporary)) {
            try (Stream<Path> left = Files.walk(each)) {
                assertEquals(List.of(each), left.toList());
            }
        }
    }
}
