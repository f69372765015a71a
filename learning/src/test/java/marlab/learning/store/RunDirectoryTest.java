package marlab.learning.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    @TempDir private Path folder;

    private RunDirectory create(String name) throws IOException {
        return RunDirectory.create(
                folder.resolve(name), Map.of("status", "new"), Map.of("world", "w"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    /// Files of one byte.
    private static RunDirectory.Filling files(Map<String, Byte> contents) {
        return draft -> {
            for (Map.Entry<String, Byte> file : contents.entrySet()) {
                AtomicFile.writeSynced(draft.resolve(file.getKey()), new byte[] {file.getValue()});
            }
        };
    }

    @Test
    void aNewRunHasItsFilesAndNothingElseIsLeft() throws IOException {
        try (RunDirectory run = create("a/b/run")) {
            assertEquals(
                    List.of(
                            "checkpoints",
                            "config.json",
                            "events.jsonl",
                            "metrics.csv",
                            "run.json"),
                    names(run.path()));
            assertEquals(List.of("run"), names(folder.resolve("a/b")));
            assertEquals(Map.of("world", "w"), run.config());
            assertEquals(
                    RunDirectory.METRICS_HEAD + "\n",
                    Files.readString(run.path().resolve("metrics.csv")));
        }
    }

    @Test
    void anExistingFolderIsRefusedAndLeftAlone() throws IOException {
        Files.createDirectory(folder.resolve("run"));
        assertThrows(FileAlreadyExistsException.class, () -> create("run"));
        assertEquals(List.of(), names(folder.resolve("run")));
        assertEquals(List.of("run"), names(folder));
    }

    @Test
    void aDraftThatAKilledProcessLeftIsNoObstacle() throws IOException {
        Files.createDirectory(folder.resolve(".run.tmp"));
        Files.writeString(folder.resolve(".run.tmp/run.json"), "half");
        create("run").close();
        assertEquals(List.of("run"), names(folder));
    }

    @Test
    void aFileInTheWayFailsWithoutATrace() throws IOException {
        Files.writeString(folder.resolve("file"), "content");
        assertThrows(IOException.class, () -> create("file/run"));
        assertEquals(List.of("file"), names(folder));
    }

    @Test
    void aFolderWithoutConfigIsNoRun() throws IOException {
        assertThrows(IOException.class, () -> RunDirectory.open(folder));
    }

    @Test
    void entriesOfTheRunAreReplacedOneByOne() throws IOException {
        try (RunDirectory run = create("run")) {
            run.updateRun(Map.of("status", "done", "more", 1));
            assertEquals(Map.of("status", "done", "more", 1), run.run());
            run.done();
            assertTrue(Files.exists(run.path().resolve("DONE")));
            assertFalse(names(run.path()).stream().anyMatch(n -> n.endsWith(".tmp")));
        }
    }

    @Test
    void metricsAreOneLineEachAndReadableOnceFlushed() throws IOException {
        try (RunDirectory run = create("run")) {
            run.metric(100, 1.23456, "return", "", -7.5);
            run.metric(200, 2, "training_return", "A", Double.NaN);
            run.flush();
            assertEquals(
                    List.of("100,1.235,return,,-7.5", "200,2.000,training_return,A,NaN"),
                    run.metrics());
        }
    }

    @Test
    void eventsAreOnDiskAtOnce() throws IOException {
        try (RunDirectory run = create("run")) {
            run.event(Map.of("step", 5));
            assertEquals("{\"step\":5}\n", Files.readString(run.path().resolve("events.jsonl")));
        }
    }

    @Test
    void rewindingDropsLaterLinesAndHalfLines() throws IOException {
        try (RunDirectory run = create("run")) {
            for (int step = 100; step <= 300; step += 100) {
                run.metric(step, 1, "return", "", step);
                run.event(Map.of("step", step));
            }
            run.flush();
            Path metrics = run.path().resolve("metrics.csv");
            Path events = run.path().resolve("events.jsonl");
            Files.writeString(metrics, "40", StandardOpenOption.APPEND);
            Files.writeString(events, "{\"step\":1", StandardOpenOption.APPEND);
            assertEquals(3, run.metrics().size());
            run.rewind(200);
            run.metric(300, 9, "return", "", 1);
            run.event(Map.of("step", 300));
            run.flush();
            assertEquals(
                    List.of(
                            RunDirectory.METRICS_HEAD,
                            "100,1.000,return,,100.0",
                            "200,1.000,return,,200.0",
                            "300,9.000,return,,1.0"),
                    Files.readAllLines(metrics));
            assertEquals(
                    List.of("{\"step\":100}", "{\"step\":200}", "{\"step\":300}"),
                    Files.readAllLines(events));
        }
    }

    /// Such an edit was stamped with the checkpoint's step but came after it.
    @Test
    void rewindingForgetsAnEditMadeAfterTheCheckpoint() throws IOException {
        try (RunDirectory run = create("run")) {
            run.event(Map.of("step", 100, "type", "reward_edited"));
            run.event(Map.of("step", 200, "type", "stopped"));
            run.event(Map.of("step", 200, "type", "reward_edited"));
            run.rewind(200);
            List<String> left = Files.readAllLines(run.path().resolve("events.jsonl"));
            assertEquals(2, left.size());
            assertEquals("stopped", Json.object(left.getLast()).get("type"));
        }
    }

    @Test
    void theNewestThreeCheckpointsAreKept() throws IOException {
        try (RunDirectory run = create("run")) {
            for (long version = 8; version <= 12; version++) {
                run.checkpoint(version, files(Map.of("a", (byte) version)));
            }
            assertEquals(List.of(10L, 11L, 12L), run.checkpoints());
            assertEquals(
                    List.of("000010", "000011", "000012"),
                    names(run.path().resolve("checkpoints")));
            assertEquals(12, Files.readAllBytes(run.checkpointPath(12).resolve("a"))[0]);
        }
    }

    @Test
    void aCheckpointIsReplacedByOneOfTheSameVersion() throws IOException {
        try (RunDirectory run = create("run")) {
            run.checkpoint(1, files(Map.of("a", (byte) 1, "b", (byte) 1)));
            run.checkpoint(1, files(Map.of("a", (byte) 2)));
            assertEquals(List.of("a"), names(run.checkpointPath(1)));
            assertEquals(2, Files.readAllBytes(run.checkpointPath(1).resolve("a"))[0]);
        }
    }

    @Test
    void aCheckpointThatFailsLeavesNoTraceAndTheOldOnesInPlace() throws IOException {
        try (RunDirectory run = create("run")) {
            run.checkpoint(1, files(Map.of("a", (byte) 1)));
            Map<String, Byte> files = new LinkedHashMap<>();
            files.put("a", (byte) 2);
            files.put("no/such/folder", (byte) 2);
            assertThrows(IOException.class, () -> run.checkpoint(2, files(files)));
            assertEquals(List.of("000001"), names(run.path().resolve("checkpoints")));
        }
    }

    @Test
    void aDraftOfACheckpointIsNone() throws IOException {
        try (RunDirectory run = create("run")) {
            Files.createDirectory(run.path().resolve("checkpoints/.000006.tmp"));
            Files.createDirectory(run.path().resolve("checkpoints/.000007.tmp"));
            assertEquals(List.of(), run.checkpoints());
            run.checkpoint(7, files(Map.of("a", (byte) 1)));
            assertEquals(List.of(7L), run.checkpoints());
            assertEquals(List.of("000007"), names(run.path().resolve("checkpoints")));
        }
    }

    @Test
    void aFileIsReplacedAsAWholeOrNotAtAll() throws IOException {
        Path file = folder.resolve("file");
        AtomicFile.write(file, "old");
        AtomicFile.write(file, "new");
        assertEquals("new", Files.readString(file));
        Path inTheWay = Files.createDirectories(folder.resolve("full/of"));
        assertThrows(IOException.class, () -> AtomicFile.write(inTheWay.getParent(), "x"));
        assertEquals(List.of("file", "full"), names(folder));
    }
}
