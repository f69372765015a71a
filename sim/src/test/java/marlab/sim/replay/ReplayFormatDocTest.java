package marlab.sim.replay;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The reader that `docs/replay-format.md` shows reads what Java's reads.
class ReplayFormatDocTest {

    /// Surefire starts tests in the folder of the module.
    private static final Path DOCUMENT = Path.of("../docs/replay-format.md");

    private static final String PRINTING =
            """

            import sys
            for m in moments(sys.argv[1]):
                for name, numbers in m.items():
                    print(name, *(x.hex() if isinstance(x, float) else x for x in numbers))
            """;

    @TempDir private Path folder;

    private static String snippet() throws IOException {
        Matcher code =
                Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(DOCUMENT));
        assertTrue(code.find());
        return code.group(1);
    }

    @Test
    void theReaderInTheDocumentHasTwentyLinesAndTheStandardLibraryOnly() throws IOException {
        List<String> lines = snippet().lines().filter(line -> !line.isBlank()).toList();
        assertTrue(lines.size() <= 20, lines.size() + " lines");
        assertEquals(
                List.of("import json, struct, zipfile"),
                lines.stream().filter(line -> line.contains("import")).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"discrete", "continuous"})
    void pythonReadsTheSameNumbers(String actions) throws Exception {
        assumeTrue(hasPython(), "python3 is not here: its reader is not tried");
        EnvOptions options = options("agents", 3, "actions", actions);
        Path file = folder.resolve("a.marlab-replay");
        record(options, file);
        Path program = folder.resolve("read.py");
        Files.writeString(program, snippet() + PRINTING);
        Process python =
                new ProcessBuilder("python3", program.toString(), file.toString())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, python.waitFor(), said);
        assertEquals(asRead(file), said.replace("nan", "NaN"));
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void record(EnvOptions options, Path file) throws IOException {
        ParallelEnv env = WORLD.create(options);
        ReplayHeader header =
                new ReplayHeader(WORLD.name(), options.asText(), null, Map.of("a", "ä"), "{}");
        try (ReplayWriter writer = new ReplayWriter(file, header, env.spec())) {
            EpisodePlayer player = new EpisodePlayer(env, new RandomPolicy());
            for (int episode = 0; episode < 5; episode++) {
                player.play(
                        -episode,
                        episode,
                        new RandomStream(episode),
                        100,
                        frame -> {
                            frame.values[1] = frame.step * -0.1;
                            frame.policyVersion = 1L << 40;
                            writer.add(frame);
                        });
                writer.add(new ReplayEvent(episode, ReplayEvent.MARK, "Over."));
                writer.flush();
            }
        }
    }

    private static String asRead(Path file) throws IOException {
        StringBuilder into = new StringBuilder();
        try (ReplayReader reader = new ReplayReader(file)) {
            Frame f = new Frame(reader.spec());
            while (reader.next(f)) {
                into.append("seed ").append(f.seed).append('\n');
                into.append("policy_version ").append(f.policyVersion).append('\n');
                into.append("moment ").append(f.moment).append('\n');
                line(into, "state", f.state);
                into.append("random ").append(f.random[0]).append(' ').append(f.random[1]);
                into.append('\n');
                line(into, "box_actions", f.actions.boxes());
                into.append("step ").append(f.step).append('\n');
                into.append("episode ").append(f.episode).append('\n');
                into.append("choices ");
                into.append(
                        Arrays.stream(f.actions.choices())
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(" ")));
                into.append('\n');
                line(into, "terms", f.terms);
                line(into, "probabilities", f.probabilities);
                line(into, "values", f.values);
            }
        }
        return into.toString();
    }

    private static void line(StringBuilder into, String name, double[] numbers) {
        into.append(name);
        for (double x : numbers) {
            into.append(' ').append(hex(x));
        }
        into.append('\n');
    }

    /// As Python writes it.
    private static String hex(double x) {
        String text = Double.toHexString(x);
        Matcher parts = Pattern.compile("(-?0x[01]\\.)(\\p{XDigit}+)p(-?\\d+)").matcher(text);
        if (!parts.matches()) {
            return text;
        }
        String digits = (parts.group(2) + "0".repeat(13)).substring(0, 13);
        int exponent = Integer.parseInt(parts.group(3));
        boolean zero = x == 0;
        return parts.group(1) + (zero ? "0" : digits) + "p" + (exponent < 0 ? "" : "+") + exponent;
    }
}
