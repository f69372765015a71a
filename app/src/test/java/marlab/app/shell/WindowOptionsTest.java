package marlab.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import marlab.learning.train.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowOptionsTest {

    @Test
    void noArgumentsMeanTheWindow() {
        assertTrue(WindowOptions.areMeant(new String[0]));
        assertTrue(WindowOptions.areMeant(new String[] {"--seed", "3"}));
        assertFalse(WindowOptions.areMeant(new String[] {"train", "--seed", "3"}));
        assertFalse(WindowOptions.areMeant(new String[] {"--help"}));
    }

    @Test
    void optionsReachTheRun() {
        WindowOptions options =
                WindowOptions.read(
                        new String[] {
                            "--seed=3", "--steps", "64000", "--set", "copies=16", "--runs", "r"
                        });
        assertEquals(64_000, options.config(options.seed()).training().steps());
        assertEquals(16, options.config(options.seed()).training().copies());
        assertEquals(Path.of("r"), options.runs());
        assertEquals(3, options.seed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--world=nowhere",
                "--seed=x",
                "--seed=-1",
                "--theme=purple",
                "--set=agents=51",
                "--set=agents",
                "--algorithm=magic",
                "--steps=-1",
                "--speed=3",
                "--seed",
                "--replay=nowhere.marlab-replay",
                "nowhere.marlab-replay",
                "--replay=.",
                "--recording=0",
                "--recording=much",
                "--replay"
            })
    void badOptionsAreOneSentence(String argument) {
        BadInput problem =
                assertThrows(BadInput.class, () -> WindowOptions.check(new String[] {argument}));
        assertFalse(problem.getMessage().contains("\n"));
        assertTrue(problem.getMessage().endsWith("."), problem.getMessage());
    }

    @Test
    void aFileIsMeantForTheWindowAndARoomIsInMegabytes() {
        String[] arguments = {"film of.marlab-replay", "--recording", "500"};
        assertTrue(WindowOptions.areMeant(arguments));
        WindowOptions options = WindowOptions.read(arguments);
        assertEquals(Path.of("film of.marlab-replay"), options.replay());
        assertEquals(500L << 20, options.recording());
        assertFalse(WindowOptions.areMeant(new String[] {"replay", "film.marlab-replay"}));
    }
}
