package marlab.sim.replay;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final EnvOptions OPTIONS = options("agents", 4, "physics", "classic");
    private static final String CONFIG = "{\"seed\": 7, \"note\": \"äöü\"}\n";
    private static final ReplayHeader HEADER =
            new ReplayHeader(
                    "simple_spread",
                    OPTIONS.asText(),
                    null,
                    Map.of("made", "today, \"quoted\""),
                    CONFIG);
    private static final String METRICS = "env_steps,return_mean\n100,-20.5\n";

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("ep000001.marlab-replay");
    }

    private static Recording play(int episodes) throws IOException {
        ParallelEnv env = WORLD.create(OPTIONS);
        Recording recording = new Recording(env.spec());
        EpisodePlayer player = new EpisodePlayer(env, new RandomPolicy());
        RandomStream random = new RandomStream(3);
        for (int episode = 0; episode < episodes; episode++) {
            player.play(40 + episode, episode, random, 1000, recording::add);
            recording.note(ReplayEvent.MARK, "Episode " + episode + " is over.");
        }
        return recording;
    }

    private static void record(Path file) throws IOException {
        Recording recording = play(8);
        Frame frame = new Frame(recording.spec());
        try (ReplayWriter writer = new ReplayWriter(file, HEADER, recording.spec())) {
            for (long moment = 0; moment <= recording.newest(); moment++) {
                recording.frame(moment, frame);
                writer.add(frame);
                if (moment % 30 == 0) {
                    writer.flush();
                }
            }
            recording.events().forEach(writer::add);
            writer.addMetrics(METRICS);
        }
    }

    @Test
    void everythingThatWasWrittenIsRead() throws IOException {
        record(file());
        Replay replay = Replay.read(file());
        assertEquals("simple_spread", replay.header().world());
        assertEquals(OPTIONS, replay.header().envOptions());
        assertEquals(CONFIG, replay.header().config());
        assertEquals("today, \"quoted\"", replay.header().about().get("made"));
        assertEquals(METRICS, replay.metrics());
        assertEquals(8 * 26, replay.recording().size());
        assertEquals(play(8).events(), replay.recording().events());
        assertNull(replay.damage());
    }

    @Test
    void anyMomentAndTheRecordedActionsReproduceTheRest() throws IOException {
        record(file());
        Recording recording = Replay.read(file()).recording();
        ParallelEnv env = WORLD.create(OPTIONS);
        Frame now = new Frame(env.spec());
        Frame next = new Frame(env.spec());
        Frame made = new Frame(env.spec());
        int compared = 0;
        for (long moment = 0; moment < recording.newest(); moment++) {
            recording.frame(moment, now);
            recording.frame(moment + 1, next);
            if (next.step > 0) {
                env.restore(now);
                env.step(next.actions);
                env.snapshot(made);
                assertArrayEquals(next.state, made.state, "moment " + moment);
                assertArrayEquals(next.random, made.random, "moment " + moment);
                compared++;
            }
        }
        assertEquals(8 * 25, compared);
    }

    @Test
    void theSameMomentsAndFlushesGiveTheSameBytes() throws IOException {
        record(file());
        Path again = folder.resolve("again.marlab-replay");
        record(again);
        assertArrayEquals(Files.readAllBytes(file()), Files.readAllBytes(again));
    }

    @Test
    void aFileIsAWholeZipAfterEveryFlush() throws IOException {
        Recording recording = play(2);
        Frame frame = new Frame(recording.spec());
        try (ReplayWriter writer = new ReplayWriter(file(), HEADER, recording.spec())) {
            for (long moment = 0; moment <= recording.newest(); moment++) {
                recording.frame(moment, frame);
                writer.add(frame);
                writer.flush();
                try (ZipFile zip = new ZipFile(file().toFile())) {
                    assertEquals(2 + moment + 1, zip.size());
                }
                assertEquals(moment + 1, Replay.read(file()).recording().size());
            }
        }
    }

    @Test
    void aRecordingIsNeverWrittenOver() throws IOException {
        record(file());
        assertThrows(FileAlreadyExistsException.class, () -> record(file()));
        assertEquals(8 * 26, Replay.read(file()).recording().size());
    }

    @Test
    void savingReplacesWhatWasThereAndLeavesNothingElse() throws IOException {
        Files.writeString(file(), "something else");
        Recording recording = play(3);
        ReplayWriter.save(file(), HEADER, recording, METRICS);
        Replay replay = Replay.read(file());
        assertEquals(3 * 26, replay.recording().size());
        assertEquals(recording.events(), replay.recording().events());
        assertEquals(METRICS, replay.metrics());
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
    }

    @Test
    void aFileCutShortAnywhereOpensUpToThereOrIsRefusedInOneSentence() throws IOException {
        record(file());
        byte[] whole = Files.readAllBytes(file());
        Path cut = folder.resolve("cut.marlab-replay");
        int most = 0;
        for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 60)) {
            Files.write(cut, Arrays.copyOf(whole, length));
            try {
                Replay replay = Replay.read(cut);
                most = Math.max(most, replay.recording().size());
                boolean allThere = replay.recording().size() == 8 * 26;
                assertTrue(allThere || replay.damage() != null, "cut at " + length);
            } catch (IOException e) {
                assertTrue(e.getMessage().startsWith(cut.toString()), e.getMessage());
            }
        }
        assertEquals(8 * 26, most, "cut within its directory, all moments are there");
    }

    @Test
    void aFlippedByteIsNoticedOrHarmless() throws IOException {
        record(file());
        byte[] whole = Files.readAllBytes(file());
        Recording all = Replay.read(file()).recording();
        Path bad = folder.resolve("bad.marlab-replay");
        Frame expected = new Frame(all.spec());
        Frame got = new Frame(all.spec());
        int noticed = 0;
        for (int at = 0; at < whole.length; at += whole.length / 150) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x10;
            Files.write(bad, flipped);
            try {
                Replay replay = Replay.read(bad);
                Recording some = replay.recording();
                noticed += replay.damage() == null ? 0 : 1;
                for (long moment = 0; moment <= some.newest(); moment += 7) {
                    some.frame(moment, got);
                    all.frame(got.moment, expected);
                    assertArrayEquals(expected.state, got.state);
                }
            } catch (IOException e) {
                noticed++;
                assertNotNull(e.getMessage());
            }
        }
        assertTrue(noticed > 75, noticed + " noticed");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path none = folder.resolve("none.marlab-replay");
        var e = assertThrows(IOException.class, () -> Replay.read(none));
        assertEquals("There is no replay " + none + "; check the name.", e.getMessage());
    }

    @Test
    void longTextsAreWrittenInPartsThatTheReaderTakes() throws IOException {
        Recording recording = play(1);
        String metrics = "a,b\n" + "123,456\n".repeat(700_000);
        recording.note(ReplayEvent.MARK, "x".repeat(3_000));
        ReplayWriter.save(file(), HEADER, recording, metrics);
        Replay replay = Replay.read(file());
        assertNull(replay.damage());
        assertEquals(metrics, replay.metrics());
        assertEquals(2_000, replay.recording().events().getLast().text().length());
        String more = "123,456\n".repeat(3_000_000);
        assertThrows(IOException.class, () -> ReplayWriter.save(file(), HEADER, recording, more));
        assertEquals(metrics, Replay.read(file()).metrics(), "the earlier file is still there");
    }

    @Test
    void whatOthersPackedAgainIsRead() throws Exception {
        record(file());
        for (String method : List.of("ZIP_STORED", "ZIP_DEFLATED")) {
            Path again = folder.resolve(method + ".marlab-replay");
            String program =
                    "import sys,zipfile\n"
                            + "a=zipfile.ZipFile(sys.argv[1])\n"
                            + "b=zipfile.ZipFile(sys.argv[2],'w',zipfile."
                            + method
                            + ")\n"
                            + "for n in sorted(a.namelist()): b.writestr(n,a.read(n))\n"
                            + "b.close()";
            try {
                Process python =
                        new ProcessBuilder("python3", "-c", program, file().toString(), "" + again)
                                .start();
                assertEquals(0, python.waitFor());
            } catch (IOException e) {
                assumeTrue(false, "python3 is not here: nothing is packed again with it");
            }
            Replay replay = Replay.read(again);
            assertNull(replay.damage());
            assertEquals(8 * 26, replay.recording().size());
            assertEquals(CONFIG, replay.header().config());
            assertEquals(METRICS, replay.metrics());
        }
    }

    @Test
    void aFileThatAReplayNamesIsNotRead() throws IOException {
        ReplayHeader header =
                new ReplayHeader("pogema", Map.of("map", "@/etc/hostname"), null, Map.of(), "");
        var world = header.provider();
        Path other = folder.resolve("other.marlab-replay");
        new ReplayWriter(
                        other,
                        new ReplayHeader("pogema", Map.of(), null, Map.of(), ""),
                        world.create(world.defaults()).spec())
                .close();
        String text = JsonText.line(header.options());
        Path forged = folder.resolve("forged.marlab-replay");
        try (ZipFile zip = new ZipFile(other.toFile())) {
            String good =
                    new String(
                            zip.getInputStream(zip.getEntry("header.json")).readAllBytes(),
                            java.nio.charset.StandardCharsets.UTF_8);
            String bad =
                    good.replaceFirst(
                            "\"options\": [^\n]*",
                            java.util.regex.Matcher.quoteReplacement("\"options\": " + text + ","));
            Files.write(
                    forged,
                    Damage.zip(
                            Map.of(
                                    "header.json",
                                    bad.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        }
        var e = assertThrows(IOException.class, () -> new ReplayReader(forged));
        assertTrue(e.getMessage().contains("options name a file"), e.getMessage());
    }
}
