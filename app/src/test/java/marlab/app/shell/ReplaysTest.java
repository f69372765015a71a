package marlab.app.shell;

import static marlab.app.shell.OpenWindow.await;
import static marlab.app.shell.OpenWindow.fx;
import static marlab.app.shell.OpenWindow.onFx;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import marlab.app.chart.CurveTable;
import marlab.app.recovery.Shelter;
import marlab.app.transport.Speed;
import marlab.sim.replay.Recording;
import marlab.sim.replay.Replay;
import marlab.sim.replay.ReplayEvent;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayWriter;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Saving, opening and continuing replays in the window, and what is left of a killed one.
@Timeout(120)
class ReplaysTest {

    @TempDir private Path folder;

    private OpenWindow open;
    private Path file;

    @BeforeEach
    void openTheWindow() {
        file = folder.resolve("run of today.marlab-replay");
        open = OpenWindow.small(folder);
    }

    @AfterEach
    void closeTheWindow() {
        open.close();
    }

    private Recording recording() {
        return open.session().watched().recording();
    }

    private void record(int moments) {
        onFx(() -> {
            open.session().transport().watching().set(true);
            open.session().transport().speed().set(Speed.X64);
        });
        await("a recording", () -> recording().size() >= moments);
        onFx(() -> {
            open.session().transport().watching().set(false);
            open.session().transport().speed().set(Speed.X1);
        });
        OpenWindow.sleep(60); // the step that was going on
    }

    private String said() {
        return fx(() -> open.window.messages().said());
    }

    private void save() {
        onFx(() -> {
            open.window.messages().dismiss();
            open.window.replays().save(file);
        });
        await("the file", () -> open.window.messages().said().startsWith("Saved"));
    }

    private Session opened() {
        Session before = open.session();
        onFx(() -> open.window.replays().open(file));
        await("the replay", () -> open.session() != before);
        return open.session();
    }

    private static void assertFrames(Recording one, Recording other) {
        assertEquals(one.size(), other.size());
        Frame expected = new Frame(one.spec());
        Frame actual = new Frame(one.spec());
        for (long moment = 0; moment <= one.newest(); moment++) {
            one.frame(moment, expected);
            other.frame(moment, actual);
            assertEquals(expected.moment, actual.moment);
            assertEquals(expected.step, actual.step);
            assertEquals(expected.episode, actual.episode);
            assertEquals(expected.seed, actual.seed);
            assertArrayEquals(expected.state, actual.state);
            assertArrayEquals(expected.random, actual.random);
            assertArrayEquals(expected.terms, actual.terms);
            assertArrayEquals(expected.probabilities, actual.probabilities);
            assertArrayEquals(expected.actions.choices(), actual.actions.choices());
        }
    }

    @Test
    void whatWasWatchedIsSavedAndOpenedFrameByFrame() throws Exception {
        record(201);
        Recording lived = recording();
        save();
        assertTrue(said().contains(file.toString()), said());
        Replay read = Replay.read(file);
        assertFrames(lived, read.recording());
        assertEquals("simple_spread", read.header().world());
        assertEquals("7", read.header().about().get("seed"));
        assertNotNull(read.header().about().get("program"));
        assertNotNull(read.header().about().get("made"));
        Session replayed = opened();
        assertFrames(lived, replayed.watched().recording());
        assertTrue(replayed.watched().past());
        await("the first moment", () -> open.window.frame().moment == 0);
        onFx(() -> replayed.transport().watching().set(true));
        await("a later moment", () -> open.window.frame().moment > 3);
        assertEquals(lived.size(), replayed.watched().recording().size(), "nothing lives");
        assertTrue(fx(() -> open.window.scene().lookup("#policy-menu")) != null);
        try (Stream<Path> all = Files.list(folder)) {
            assertTrue(all.noneMatch(each -> each.toString().endsWith(".tmp")));
        }
    }

    @Test
    void takingOverInThePastLetsTheWorldGoOnFromThere() {
        record(60);
        save();
        Session replayed = opened();
        replayed.watched().show(30);
        await("moment 30", () -> open.window.frame().moment == 30);
        double[] then = fx(() -> open.window.frame().state.clone());
        open.press(KeyCode.T);
        await("a live world", () -> !replayed.watched().past());
        await("its first moment", () -> open.window.frame().moment > 30);
        assertArrayEquals(then, fx(() -> open.window.frame().state.clone()));
        assertNotNull(fx(() -> replayed.steering().hand().get()));
        Frame before = new Frame(replayed.spec());
        long newest = recording().newest();
        open.press(KeyCode.RIGHT); // the world stands still: a key is a step
        await("a step", () -> recording().newest() > newest);
        recording().frame(newest, before);
        await("its picture", () -> open.window.frame().step == before.step + 1);
        List<String> types = recording().events().stream().map(ReplayEvent::type).toList();
        assertTrue(types.contains(ReplayEvent.CONTINUED), types.toString());
        assertTrue(types.contains("control"), types.toString());
        open.press(KeyCode.T);
        assertNull(fx(() -> replayed.steering().hand().get()));
    }

    @Test
    void whatHappensStandsInTheRecording() throws Exception {
        record(20);
        onFx(() -> {
            var rewards = open.session().rewards();
            rewards.edit(rewards.weights().get().withWeight(1, -3).withShare(0.5));
            open.session().toggleControl();
            open.session().toggleControl();
            open.session().setup();
        });
        await("four events", () -> recording().events().size() == 4);
        List<ReplayEvent> events = recording().events();
        assertEquals(ReplayEvent.REWARD_EDITED, events.get(0).type());
        String text = events.get(0).text();
        assertTrue(text.contains("to \u22123.0"), text);
        assertTrue(text.contains("Share reward from 0.0 to 0.5"), text);
        assertTrue(text.contains("step"), text);
        assertEquals(-3, recording().weights().weight(1), "the timeline's rewards follow");
        assertEquals("control", events.get(1).type());
        assertEquals(ReplayEvent.SETUP, events.get(3).type());
        assertEquals("Setup with seed 8.", events.get(3).text());
        assertEquals(0, recording().place(events.get(3).moment()).step());
        save();
        Replay read = Replay.read(file);
        assertEquals(events, read.recording().events());
        ReplayHeader header = read.header();
        assertEquals(
                open.session().rewards().defaults(), header.weights(), "as the recording began");
    }

    @Test
    void runsCurveConfigAndCheckpointsGoIntoTheFile() throws Exception {
        onFx(open.sessions::toggleTrain);
        for (int k = 0; k < 3 && fx(() -> open.session().returns().latest()) == null; k++) {
            OpenWindow.sleep(k * 1_000L); // the learner lets everybody else go first
        }
        await("a curve", () -> open.session().returns().latest() != null);
        onFx(open.sessions::toggleTrain);
        await("the checkpoint", () -> open.session().desk().run().saved() != null);
        await(
                "its event",
                () ->
                        recording().events().stream()
                                .anyMatch(e -> e.type().equals(ReplayEvent.CHECKPOINT)));
        await("the end", () -> !open.session().desk().working());
        OpenWindow.sleep(200); // telemetry takes the last points
        String run = open.session().desk().run().name();
        var points = fx(() -> open.session().returns().points());
        save();
        Replay read = Replay.read(file);
        assertEquals(run, read.header().about().get("run"));
        assertTrue(read.header().config().contains("\"seed\""), read.header().config());
        List<String> types = read.recording().events().stream().map(ReplayEvent::type).toList();
        assertTrue(types.contains("started"), types.toString());
        Session replayed = opened();
        assertEquals(
                CurveTable.text(points), CurveTable.text(fx(() -> replayed.returns().points())));
        await(
                "the caption",
                () ->
                        open.window.scene().lookup("#return-caption") instanceof Label caption
                                && caption.getText().contains("run of today"));
        save(); // of a session that has not trained: papers of the file go on
        Replay again = Replay.read(file);
        assertEquals(run, again.header().about().get("run"));
        assertEquals(read.header().config(), again.header().config());
        onFx(open.sessions::toggleTrain);
        await("a run of its own", () -> open.session().desk().run() != null);
        await("its curve", () -> open.session().returns().origin().isEmpty());
    }

    @Test
    void filesThatAreNoReplaysAreToldAndTheWorldGoesOn() throws Exception {
        Session before = open.session();
        onFx(() -> open.window.replays().open(folder.resolve("nothing.marlab-replay")));
        await("a sentence", () -> !open.window.messages().said().isEmpty());
        assertTrue(said().contains("nothing.marlab-replay"), said());
        Files.writeString(file, "a letter");
        onFx(() -> open.window.replays().open(file));
        await("another sentence", () -> open.window.messages().said().contains("run of today"));
        assertSame(before, open.session());
        assertFalse(said().contains("\n"), said());
    }

    @Test
    void theRecordingIsWrittenAsATable() throws Exception {
        record(30);
        Path table = folder.resolve("steps.csv");
        onFx(() -> open.window.replays().export(table));
        await("the table", () -> open.window.messages().said().startsWith("Wrote"));
        List<String> rows =
                Files.readAllLines(table).stream().filter(line -> !line.startsWith("#")).toList();
        int agents = open.session().spec().agentCount();
        assertEquals(1 + agents * recording().size(), rows.size());
    }

    @Test
    void whatCannotBeWrittenIsTold() {
        record(5);
        Path nowhere = folder.resolve("no folder").resolve("x.marlab-replay");
        onFx(() -> open.window.replays().save(nowhere));
        await("a sentence", () -> open.window.messages().said().contains("could not be saved"));
        assertTrue(said().contains(nowhere.toString()), said());
        assertFalse(said().contains("Exception"), said());
    }

    @Test
    void damagedFilesAreShownUpToTheDamage() throws Exception {
        record(1_200);
        save();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length * 19 / 20));
        Session replayed = opened();
        assertTrue(replayed.watched().recording().size() == 1_024);
        await("the sentence", () -> open.window.messages().said().contains("is damaged"));
    }

    @Test
    void aFullRecordingIsToldOnceAndCanBeMadeLarger() {
        onFx(() -> open.sessions.room().set(60_000));
        onFx(() -> open.session().transport().speed().set(Speed.X64));
        await("the sentence", () -> open.window.messages().said().contains("every 2nd"));
        assertEquals(60_000, recording().limit());
        open.click("message-action-0");
        assertEquals(500L << 20, recording().limit());
        assertEquals("", said());
        OpenWindow.sleep(300);
        assertEquals("", said(), "told once");
    }

    @Test
    void replayOfTheCommandLineIsInTheWindowAtOnce() {
        record(40);
        save();
        open.close();
        open =
                new OpenWindow(
                        folder.resolve("runs"),
                        folder.resolve("settings.properties"),
                        file.toString());
        assertEquals("run of today.marlab-replay", open.session().opened().name());
        await("its moments", () -> open.window.frame().moment > 2);
        assertTrue(open.session().watched().past());
        assertEquals("as recorded", fx(() -> open.window.viewWords()));
    }

    @Test
    void aKilledWindowsRecordingIsOfferedAndOpened() throws Exception {
        record(80);
        Recording lived = recording();
        save();
        Path recovery = folder.resolve("recovery");
        Shelter killed = Shelter.make(recovery);
        Path lock;
        try (Stream<Path> inside = Files.walk(recovery)) {
            lock = inside.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        Files.copy(file, lock.resolveSibling("0001-000000.marlab-replay"));
        killed.leave();
        try (Rescue rescue =
                new Rescue(
                        recovery, open.sessions, open.window.replays(), open.window.messages())) {
            onFx(() -> open.window.messages().dismiss());
            rescue.start();
            await("the offer", () -> open.window.messages().said().contains("was ended before"));
            Session before = open.session();
            open.click("message-action-0");
            await("the recording", () -> open.session() != before);
            assertFrames(lived, recording());
            assertTrue(Files.exists(lock), "kept until the window ends in order");
            onFx(() -> open.session().watched().live());
            record(lived.size() + 20);
            await(
                    "a copy of what is new",
                    () -> {
                        try (Stream<Path> all = Files.walk(recovery)) {
                            return all.filter(each -> each.toString().endsWith("-replay")).count()
                                    == 2;
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    });
            open.sessions.close();
        }
        try (Stream<Path> all = Files.list(recovery)) {
            assertEquals(0, all.count(), "an orderly end leaves nothing");
        }
    }

    @Test
    void whatIsDiscardedIsOfferedNeverAgain() throws Exception {
        record(30);
        Path recovery = folder.resolve("recovery");
        Shelter killed = Shelter.make(recovery);
        try (Stream<Path> inside = Files.walk(recovery)) {
            Path lock = inside.filter(Files::isRegularFile).findFirst().orElseThrow();
            ReplayWriter.save(
                    lock.resolveSibling("0001-000000.marlab-replay"),
                    fx(() -> Papers.of(open.session())).header(),
                    recording(),
                    "");
        }
        killed.leave();
        try (Rescue rescue =
                new Rescue(
                        recovery, open.sessions, open.window.replays(), open.window.messages())) {
            rescue.start();
            await("the offer", () -> open.window.messages().said().contains("was ended before"));
            open.click("message-action-1");
            await("silence", () -> open.window.messages().said().isEmpty());
        }
        assertEquals(List.of(), Shelter.orphans(recovery));
    }
}
