package marlab.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import marlab.app.cli.Verbs.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportVerbTest {

    @TempDir private static Path shared;

    @TempDir private Path folder;

    private static Path run;

    @BeforeAll
    static void learn() {
        run = shared.resolve("run");
        Result trained =
                Verbs.run(
                        "train",
                        "--world",
                        "coin_game",
                        "--algorithm",
                        "ippo",
                        "--seed",
                        "1",
                        "--set",
                        "network=flat_mlp",
                        "--set",
                        "activation=relu",
                        "--set",
                        "hidden=8,8",
                        "--set",
                        "copies=4",
                        "--set",
                        "steps=200",
                        "--set",
                        "learning_rate=0.01",
                        "--set",
                        "math=plain",
                        "--set",
                        "evaluate_episodes=2",
                        "--out",
                        run.toString());
        assertEquals(0, trained.code(), trained.err());
    }

    private static String evaluated(Path what, String... more) {
        String[] all = new String[more.length + 5];
        System.arraycopy(
                new String[] {"evaluate", what.toString(), "--episodes", "5", "--json"},
                0,
                all,
                0,
                5);
        System.arraycopy(more, 0, all, 5, more.length);
        Result result = Verbs.run(all);
        assertEquals(0, result.code(), result.err());
        return result.out();
    }

    @ParameterizedTest
    @ValueSource(strings = {"policy.zip", "policy.npz", "policy"})
    void whatIsExportedIsEvaluatedAsTheRunIs(String name) {
        Path to = folder.resolve(name);
        Result result = Verbs.run("export", run.toString(), "--to", to.toString());
        assertEquals(0, result.code(), result.err());
        assertEquals(to + System.lineSeparator(), result.out());
        assertEquals(evaluated(run), evaluated(to));
        assertEquals(evaluated(run, "--set", "horizon=10"), evaluated(to, "--set", "horizon=10"));
        Path again = folder.resolve("again.npz");
        assertEquals(0, Verbs.run("export", to.toString(), "--to", again.toString()).code());
        assertEquals(evaluated(run), evaluated(again));
    }

    /// This run's network reads the flat observation: without its config it is what another program
    /// might have trained, and acts the same.
    @Test
    void aForeignNetworkActsInTheWorldThatIsNamed() throws IOException {
        Path own = folder.resolve("own.zip");
        assertEquals(0, Verbs.run("export", run.toString(), "--to", own.toString()).code());
        Path foreign = folder.resolve("foreign.zip");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(own));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(foreign))) {
            for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                if (!e.getName().equals("policy.json")) {
                    out.putNextEntry(new ZipEntry(e.getName()));
                    out.write(in.readAllBytes());
                }
            }
        }
        assertEquals(evaluated(run), evaluated(foreign, "--world", "coin_game"));
        assertRefused("add --world", "evaluate", foreign.toString());
        assertRefused(
                "takes 36 numbers and gives 5",
                "evaluate",
                foreign.toString(),
                "--world",
                "simple_tag");
        assertRefused("by itself", "evaluate", foreign.toString(), run.toString());
        assertRefused(
                "acts greedily",
                "evaluate",
                foreign.toString(),
                "--world",
                "simple_spread",
                "--policy",
                "sampled");
    }

    private static void assertRefused(String says, String... command) {
        Result result = Verbs.run(command);
        assertEquals(2, result.code(), result.err());
        assertTrue(result.err().contains(says), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
        assertFalse(result.err().contains("Exception"), result.err());
    }

    @ParameterizedTest
    @CsvSource({
        "export RUN, Missing required option",
        "export RUN --to RUN/config.json, exists already",
        "export RUN --to RUN/a.zip --version 777, no checkpoint 777",
        "export RUN --to RUN/a.zip --version x, whole number",
        "export RUN/nothing --to RUN/a.zip, There is no run",
        "export RUN --to RUN/no/such/folder/a.npz, can't be written",
        "export RUN/config.json --to RUN/a.zip, can't be read as a policy",
        "evaluate RUN/config.json, can't be read as a policy",
        "evaluate RUN/run.json --world simple_spread, leave --world out"
    })
    void badInputIsOneSentenceAndCodeTwo(String command, String says) {
        assertRefused(says, command.replace("RUN", run.toString()).split(" "));
        assertFalse(Files.exists(run.resolve("a.zip")));
    }
}
