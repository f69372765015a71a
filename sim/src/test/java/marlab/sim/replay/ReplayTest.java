package marlab.sim.replay;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {

    private static final EnvOptions OPTIONS = options("agents", 4, "physics", "classic");
    private static final String CONFIG = "{\"seed\": 7, \"note\": \"äöü\"}\n";

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("ep000001.marlab-replay");
    }

    private void record(Path file) throws IOException {
        ParallelEnv env = WORLD.create(OPTIONS);
        Actions actions = new Actions(env.spec());
        Frame frame = new Frame(env.spec());
        var header = new Replay.Header("simple_spread", OPTIONS.asText(), CONFIG);
        try (ReplayWriter writer = new ReplayWriter(file, header, env.spec())) {
            env.reset(7);
            for (int t = 0; t <= 25; t++) {
                env.snapshot(frame);
                writer.add(frame);
                act(actions, t);
                env.step(actions);
            }
            writer.addEvent("{\"step\":3,\"type\":\"reward_edited\"}");
            writer.addEvent("{\"step\":9,\"type\":\"checkpoint\"}");
        }
    }

    private static void act(Actions actions, int t) {
        for (int agent = 0; agent < 4; agent++) {
            actions.choose(agent, (t + agent) % 5);
        }
    }

    @Test
    void everythingThatWasWrittenIsRead() throws IOException {
        record(file());
        Replay replay = ReplayReader.read(file());
        assertEquals("simple_spread", replay.header().world());
        assertEquals(OPTIONS, replay.header().envOptions());
        assertEquals(CONFIG, replay.header().config());
        assertEquals(26, replay.frames().size());
        assertEquals(2, replay.events().size());
        assertEquals("{\"step\":9,\"type\":\"checkpoint\"}", replay.events().get(1));
        assertEquals(25, replay.frames().get(25).step);
    }

    @Test
    void aFrameOfAReplayContinuesTheEpisode() throws IOException {
        record(file());
        List<Frame> frames = ReplayReader.read(file()).frames();
        ParallelEnv env = WORLD.create(OPTIONS);
        Actions actions = new Actions(env.spec());
        env.restore(frames.get(10));
        Frame next = new Frame(env.spec());
        for (int t = 10; t < 25; t++) {
            act(actions, t);
            env.step(actions);
            env.snapshot(next);
            assertArrayEquals(frames.get(t + 1).state, next.state, "step " + t);
        }
    }

    @Test
    void whatWasRecordedCanBeDrawn() throws IOException {
        record(file());
        Replay replay = ReplayReader.read(file());
        Portrayal portrayal = replay.header().provider().portrayal(replay.header().envOptions());
        String said = portrayal.describe(replay.frames().getLast());
        assertTrue(said.startsWith("Simple Spread, step 25"), said);
    }

    @Test
    void theSameFramesGiveTheSameBytes() throws IOException, InterruptedException {
        record(file());
        Path again = folder.resolve("again.marlab-replay");
        Thread.sleep(2_100); // zip files keep times in steps of two seconds
        record(again);
        assertArrayEquals(Files.readAllBytes(file()), Files.readAllBytes(again));
    }

    @Test
    void theFileAppearsOnlyWhenItIsComplete() throws IOException {
        ParallelEnv env = WORLD.create(OPTIONS);
        var header = new Replay.Header("simple_spread", OPTIONS.asText(), CONFIG);
        try (ReplayWriter writer = new ReplayWriter(file(), header, env.spec())) {
            writer.add(new Frame(env.spec()));
            assertFalse(Files.exists(file()));
        }
        assertTrue(Files.exists(file()));
        try (var files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList(), "and nothing else is left");
        }
    }

    @Test
    void aFileCutShortAnywhereIsRefusedInOneSentence() throws IOException {
        record(file());
        byte[] whole = Files.readAllBytes(file());
        Path cut = folder.resolve("cut.marlab-replay");
        for (int length = 0; length < whole.length; length += Math.max(1, whole.length / 40)) {
            Files.write(cut, Arrays.copyOf(whole, length));
            var e = assertThrows(IOException.class, () -> ReplayReader.read(cut));
            assertEquals(
                    cut + " is not a readable replay: it is cut short or not a replay at all.",
                    e.getMessage());
        }
    }

    @Test
    void anyFlippedByteOfTheFramesIsNoticed() throws IOException {
        record(file());
        byte[] whole = Files.readAllBytes(file());
        Path damaged = folder.resolve("damaged.marlab-replay");
        int tried = 0;
        for (int at = whole.length / 4; at < whole.length / 2; at += 37) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 0x55;
            Files.write(damaged, bytes);
            tried++;
            var e = assertThrows(IOException.class, () -> ReplayReader.read(damaged));
            assertTrue(e.getMessage().startsWith(damaged + " is not a readable replay: "));
        }
        assertTrue(tried > 10, "tried " + tried);
    }

    @Test
    void aMissingFileIsNamed() {
        var e = assertThrows(IOException.class, () -> ReplayReader.read(file()));
        assertEquals("There is no replay " + file() + "; check the name.", e.getMessage());
    }

    @Test
    void aWorldThatIsNotHereIsNamed() throws IOException {
        var spec = WORLD.create(OPTIONS).spec();
        var header = new Replay.Header("atlantis", Map.of(), CONFIG);
        new ReplayWriter(file(), header, spec).close();
        var e = assertThrows(IOException.class, () -> ReplayReader.read(file()));
        assertTrue(e.getMessage().contains("there is no world \"atlantis\""), e.getMessage());
    }

    @Test
    void optionsThatDoNotFitTheFramesAreNoticed() throws IOException {
        ParallelEnv four = WORLD.create(OPTIONS);
        var header = new Replay.Header("simple_spread", options().asText(), CONFIG);
        try (ReplayWriter writer = new ReplayWriter(file(), header, four.spec())) {
            writer.add(new Frame(four.spec()));
        }
        assertThrows(IOException.class, () -> ReplayReader.read(file()));
    }

    @Test
    void anEventTakesOneLine() throws IOException {
        var spec = WORLD.create(OPTIONS).spec();
        var header = new Replay.Header("simple_spread", OPTIONS.asText(), CONFIG);
        try (ReplayWriter writer = new ReplayWriter(file(), header, spec)) {
            assertThrows(IllegalArgumentException.class, () -> writer.addEvent("{\n}"));
        }
    }
}
