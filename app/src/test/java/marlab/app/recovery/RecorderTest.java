package marlab.app.recovery;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.replay.EpisodePlayer;
import marlab.sim.replay.Recording;
import marlab.sim.replay.Replay;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RecorderTest {

    private static final WorldProvider WORLD = Worlds.named("simple_spread");

    private static final double FREELY = 1e9; // processors

    @TempDir private Path folder;

    static Recording recording() {
        return new Recording(WORLD.create(WORLD.defaults()).spec());
    }

    static ReplayHeader header() {
        return new ReplayHeader(
                WORLD.name(), WORLD.defaults().asText(), null, Map.of("program", "test"), "");
    }

    /// Plays episodes of 25 steps into a recording.
    static void play(Recording recording, int episodes, int from) throws IOException {
        var policy = WORLD.scriptedPolicies(WORLD.defaults()).get("random");
        EpisodePlayer player = new EpisodePlayer(WORLD.create(WORLD.defaults()), policy);
        for (int k = from; k < from + episodes; k++) {
            player.play(k, k, new RandomStream(k), 25, recording::add);
        }
    }

    static void await(String what, BooleanSupplier so) throws InterruptedException {
        long until = System.nanoTime() + 20_000_000_000L;
        while (!so.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, "waited in vain for " + what);
            Thread.sleep(5);
        }
    }

    private static Replay read(Shelter shelter) {
        try {
            List<Path> files = shelter.files();
            return files.isEmpty() ? null : Replay.read(files, Recording.DEFAULT_LIMIT, part -> {});
        } catch (IOException e) {
            return null; // begun this moment, or deleted
        }
    }

    private static long newest(Shelter shelter) {
        Replay replay = read(shelter);
        return replay == null ? -1 : replay.recording().newest();
    }

    private static void assertSame(Recording one, Recording other, long moment) {
        Frame expected = new Frame(one.spec());
        Frame actual = new Frame(one.spec());
        one.frame(moment, expected);
        other.frame(moment, actual);
        assertEquals(expected.moment, actual.moment);
        assertEquals(expected.step, actual.step);
        assertEquals(expected.episode, actual.episode);
        assertArrayEquals(expected.state, actual.state);
        assertArrayEquals(expected.random, actual.random);
        assertArrayEquals(expected.terms, actual.terms);
    }

    private long filesThere() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void everyMomentAndEventIsOnDiskWhileItIsRecorded() throws Exception {
        Recording recording = recording();
        Shelter shelter = Shelter.make(folder);
        play(recording, 3, 0);
        try (Recorder recorder =
                new Recorder(recording, header(), shelter, false, 10, 4_000, FREELY)) {
            await("the first episodes", () -> newest(shelter) == recording.newest());
            play(recording, 4, 3);
            recording.note("mark", "Look here.");
            await("the others", () -> newest(shelter) == recording.newest());
            await("the event", () -> read(shelter).recording().events().size() == 1);
            Replay replay = read(shelter);
            assertNull(replay.damage());
            assertEquals(recording.events(), replay.recording().events());
            assertEquals(recording.size(), replay.recording().size());
            for (long moment = 0; moment <= recording.newest(); moment++) {
                assertSame(recording, replay.recording(), moment);
            }
            assertNull(recorder.takeProblem());
        }
        assertEquals(List.of(), shelter.files(), "an orderly end leaves nothing");
        shelter.close();
        assertEquals(0, filesThere());
    }

    @Test
    void twoFilesInTurnBoundWhatItTakes() throws Exception {
        Recording recording = recording();
        recording.limit(100_000); // a file ends at 25 kB
        Shelter shelter = Shelter.make(folder);
        try (Recorder recorder =
                new Recorder(recording, header(), shelter, false, 5, 4_000, FREELY)) {
            for (int k = 0; k < 30; k++) {
                play(recording, 10, 10 * k);
                long now = recording.newest();
                await("a copy", () -> newest(shelter) == now);
                long size = 0;
                for (Path file : shelter.files()) {
                    size += Files.size(file);
                }
                assertTrue(size < 100_000, size + " bytes");
            }
            assertEquals(2, shelter.files().size());
            assertFalse(shelter.files().getFirst().toString().endsWith("-000000.marlab-replay"));
            Replay replay = read(shelter);
            assertTrue(replay.recording().oldest() > 0);
            assertNull(recorder.takeProblem());
        }
    }

    @Test
    void whoFallsBehindSkipsAndStillHasTheNewest() throws Exception {
        Recording recording = recording();
        play(recording, 40, 0);
        Shelter shelter = Shelter.make(folder);
        try (Recorder recorder =
                new Recorder(recording, header(), shelter, false, 10, 100, FREELY)) {
            await("the newest", () -> newest(shelter) == recording.newest());
            Recording copy = read(shelter).recording();
            assertTrue(copy.size() < 120, copy.size() + " of " + recording.size());
            assertEquals(0, copy.oldest());
            assertSame(recording, copy, recording.newest());
            assertNull(recorder.takeProblem());
        }
    }

    @Test
    void whoMayTakeLittleTimeLeavesMomentsOut() throws Exception {
        Recording recording = recording();
        play(recording, 40, 0);
        Shelter shelter = Shelter.make(folder);
        double little = 1e-9; // no more than the least
        try (Recorder recorder =
                new Recorder(recording, header(), shelter, false, 10, 4_000, little)) {
            await("the newest", () -> newest(shelter) == recording.newest());
            Recording copy = read(shelter).recording();
            assertTrue(copy.size() < 10, copy.size() + " of " + recording.size());
            assertSame(recording, copy, recording.newest());
            assertNull(recorder.takeProblem());
        }
    }

    @Test
    void whatIsInAFileAlreadyIsNotCopied() throws Exception {
        Recording recording = recording();
        play(recording, 2, 0);
        long saved = recording.newest();
        Shelter shelter = Shelter.make(folder);
        try (Recorder recorder =
                new Recorder(recording, header(), shelter, true, 5, 4_000, FREELY)) {
            Thread.sleep(50);
            assertEquals(List.of(), shelter.files());
            play(recording, 1, 2);
            await("what is new", () -> newest(shelter) == recording.newest());
            assertEquals(saved + 1, read(shelter).recording().oldest());
            assertNull(recorder.takeProblem());
        }
    }

    @Test
    void aFolderThatGoesAwayIsToldOnceAndNothingElseHappens() throws Exception {
        Recording recording = recording();
        Shelter shelter = Shelter.make(folder);
        shelter.close(); // nothing can be written there any more
        try (Recorder recorder =
                new Recorder(recording, header(), shelter, false, 5, 4_000, FREELY)) {
            play(recording, 1, 0);
            String[] problem = new String[1];
            await("the problem", () -> (problem[0] = recorder.takeProblem()) != null);
            assertNotNull(problem[0]);
            play(recording, 1, 1);
            Thread.sleep(30);
            assertNull(recorder.takeProblem());
        }
    }

    @Test
    void aFullDiskIsTold() throws Exception {
        Path full = Path.of("/dev/full");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.exists(full));
        Recording recording = recording();
        Shelter shelter = Shelter.make(folder);
        int number = 1;
        Files.createSymbolicLink(shelter.file(number, 1), full); // the second file is in the way
        recording.limit(40_000);
        try (Recorder recorder =
                new Recorder(recording, header(), shelter, false, 5, 4_000, FREELY)) {
            String[] problem = new String[1];
            for (int k = 0; k < 100 && problem[0] == null; k++) {
                play(recording, 20, 20 * k);
                Thread.sleep(10);
                problem[0] = recorder.takeProblem();
            }
            assertNotNull(problem[0]);
        }
        assertEquals(0, shelter.files().stream().filter(f -> !Files.isSymbolicLink(f)).count());
    }

    @Test
    void aHeldFolderIsNoOrphanAndALeftOneIs() throws Exception {
        Recording recording = recording();
        play(recording, 1, 0);
        Shelter mine = Shelter.make(folder);
        Files.copy(saved(recording), mine.file(mine.nextRecording(), 0));
        assertEquals(List.of(), Shelter.orphans(folder));
        mine.leave();
        List<Shelter> orphans = Shelter.orphans(folder);
        assertEquals(1, orphans.size());
        assertEquals(recording.newest(), newest(orphans.getFirst()));
        assertEquals(List.of(), Shelter.orphans(folder), "it is held now");
        orphans.getFirst().close();
        assertEquals(0, filesThere() - 1); // the copy that was saved above
    }

    @Test
    void emptyAndOldOrphansAreDeleted() throws Exception {
        Recording recording = recording();
        play(recording, 1, 0);
        Path saved = saved(recording);
        Shelter.make(folder).leave();
        for (int k = 0; k < 5; k++) {
            Shelter each = Shelter.make(folder);
            Path file = each.file(1, 0);
            Files.copy(saved, file);
            Files.setLastModifiedTime(
                    file, java.nio.file.attribute.FileTime.fromMillis(1_000_000L * k));
            each.leave();
        }
        List<Shelter> kept = Shelter.orphans(folder);
        assertEquals(3, kept.size());
        assertEquals(4_000_000, kept.getFirst().changed());
        assertEquals(2_000_000, kept.getLast().changed());
        kept.forEach(Shelter::close);
        assertEquals(1, filesThere());
    }

    private Path saved(Recording recording) throws IOException {
        Path file = folder.resolve("saved.marlab-replay");
        marlab.sim.replay.ReplayWriter.save(file, header(), recording, "");
        return file;
    }
}
