package marlab.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import marlab.app.cli.Verbs.Result;
import marlab.learning.algo.Algorithm;
import marlab.learning.store.Json;
import marlab.learning.sweep.Benchmarks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SweepVerbTest {

    @TempDir private Path folder;

    @Test
    void aSweepTrainsInProcessesOfItsOwnAndLeavesTables() throws IOException {
        Path out = folder.resolve("sweep");
        String[] command = {
            "sweep",
            "--grid",
            "clip=0.1,0.2",
            "--seeds",
            "1",
            "--episodes",
            "3",
            "--set",
            "copies=4",
            "--set",
            "steps=200",
            "--set",
            "hidden=8",
            "--set",
            "math=plain",
            "--set",
            "evaluate_every=1",
            "--set",
            "evaluate_episodes=2",
            "--out",
            out.toString()
        };
        Result first = Verbs.run(command);
        assertEquals(0, first.code(), first.err());
        assertTrue(first.out().contains("| clip=0.2 |"), first.out());
        List<String> table = Files.readAllLines(out.resolve("table.csv"));
        assertEquals(3, table.size());
        assertTrue(table.get(1).startsWith("clip=0.1,mpe2_per_agent,1,0,-"), table.get(1));
        assertTrue(Files.readAllLines(out.resolve("curves.csv")).size() >= 5);
        Result again = Verbs.run(command);
        assertEquals(0, again.code(), again.err());
        assertEquals(table, Files.readAllLines(out.resolve("table.csv")), "nothing is done twice");

        command[2] = "clip=0.1,0.3";
        Result other = Verbs.run(command);
        assertEquals(2, other.code());
        assertTrue(other.err().contains("holds another sweep"), other.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    sweep --grid no_such=1,2; no setting "no_such"
                    sweep --grid clip; key=value
                    sweep --lhs clip=0.1..0.2; needs both
                    sweep --seeds 3-1; goes upwards
                    sweep --jobs 0; --jobs must be
                    sweep no-such-file.json; there is no such file
                    sweep no-such-file.json --seeds 1; leave the other options out
                    sweep --pause no-such-folder; No sweep is going on
                    sweep --resume no-such-folder; There is no sweep
                    reproduce --only no_such; There is no benchmark "no_such"
                    reproduce --seeds 0; --seeds must be
                    reproduce --list no-such-file.json; there is no such file
                    algorithms no_such; there is no algorithm "no_such"
                    """)
    void badInputIsOneSentenceAndCodeTwo(String command, String says) {
        Result result = Verbs.run(command.split(" "));
        assertEquals(2, result.code(), result.err());
        assertTrue(result.err().toLowerCase().contains(says.toLowerCase()), result.err());
        assertEquals(1, result.err().strip().lines().count(), result.err());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyRunOfTheShippedBenchmarksCanBeConfigured(boolean quick) throws IOException {
        String text;
        try (var in =
                SweepVerbTest.class.getResourceAsStream(
                        "/marlab/assets/benchmarks/benchmarks.json")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Benchmarks benchmarks = Benchmarks.read(text, quick).withSeeds(1);
        assertFalse(benchmarks.members().isEmpty());
        for (Benchmarks.Task task : benchmarks.tasks()) {
            var spec = task.config().spec();
            assertTrue(
                    spec.dialects().stream().anyMatch(d -> d.name().equals(task.figure()))
                            || spec.metrics().stream()
                                    .anyMatch(m -> m.name().equals(task.figure())),
                    task.name() + " has no figure " + task.figure());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mappo", "qmix", "maddpg"})
    void anAlgorithmIsToldWithItsHyperParameters(String name) {
        Result told = Verbs.run("algorithms", name);
        assertEquals(0, told.code());
        Algorithm algorithm = Algorithm.named(name);
        assertTrue(told.out().contains(algorithm.paper()), told.out());
        algorithm
                .parameters()
                .forEach(p -> {
                    assertTrue(told.out().contains(p.key()), p.key());
                    assertTrue(told.out().contains("(" + p.range() + ")"), p.range());
                });
        Map<?, ?> tree = Json.object(Verbs.run("algorithms", name, "--json").out());
        assertEquals(algorithm.parameters().size(), ((List<?>) tree.get("parameters")).size());
    }

    @Test
    void baselinesKeepFrozenGroupsFrozen() {
        String[] command = {
            "evaluate", "--world", "simple_tag", "--policy", "random", "--episodes", "20", "--json"
        };
        Map<?, ?> allRandom = Json.object(Verbs.run(command).out());
        String[] frozen = java.util.Arrays.copyOf(command, command.length + 2);
        frozen[command.length] = "--set";
        frozen[command.length + 1] = "frozen.prey=run after";
        Map<?, ?> preyFlees = Json.object(Verbs.run(frozen).out());
        assertNotEquals(allRandom.get("metrics"), preyFlees.get("metrics"));
    }
}
