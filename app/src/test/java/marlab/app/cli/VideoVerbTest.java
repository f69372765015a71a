package marlab.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import marlab.learning.store.Json;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.replay.EpisodePlayer;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayWriter;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `marlab video` as people type it.
class VideoVerbTest {

    @TempDir Path folder;

    private Path replay(String name, int steps) throws IOException {
        WorldProvider world = Worlds.named("simple_spread");
        var options = world.configure(Map.of("horizon", "1000"));
        ParallelEnv env = world.create(options);
        Recording recording = new Recording(env.spec());
        new EpisodePlayer(env, world.scriptedPolicies(options).get("random"))
                .play(1, 0, new RandomStream(1), steps, recording::add);
        Path file = folder.resolve(name + ".marlab-replay");
        ReplayHeader header =
                new ReplayHeader(
                        "simple_spread",
                        options.asText(),
                        null,
                        Map.of("policy", "random", "seed", "1"),
                        "");
        ReplayWriter.save(file, header, recording, "");
        return file;
    }

    private static Verbs.Result video(Object... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "video";
        for (int k = 0; k < arguments.length; k++) {
            all[k + 1] = arguments[k].toString();
        }
        return Verbs.run(all);
    }

    @Test
    void aFilmAppearsBesideItsReplay() throws IOException {
        Path file = replay("walk", 5);
        Verbs.Result made =
                video(file, "--size", "320x180", "--fps", "10", "--json", "--theme", "dark");
        assertEquals(0, made.code(), made.err());
        Map<?, ?> tree = Json.object(made.out());
        Path film = folder.resolve("walk.mp4");
        assertEquals(film.toString(), tree.get("file"));
        assertEquals(10 + 5 + 7 + 20, tree.get("frames"));
        assertEquals(Files.size(film), ((Number) tree.get("bytes")).longValue());
        assertEquals("simple_spread", ((Map<?, ?>) tree.get("provenance")).get("world"));

        Verbs.Result again = video(file, "--size", "320x180");
        assertEquals(2, again.code());
        assertTrue(again.err().contains("walk.mp4 exists already"), again.err());
        Verbs.Result forced =
                video(file, "--size", "160x160", "--preset", "square", "--fps", "5", "--force");
        assertEquals(0, forced.code(), forced.err());
        assertTrue(forced.out().contains("160 × 160"), forced.out());
    }

    @Test
    void twoReplaysStandSideBySideOnAContactSheet() throws IOException {
        Path sheet = folder.resolve("sheet.png");
        Verbs.Result made = video(replay("one", 4), replay("two", 4), "--contact-sheet", sheet);
        assertEquals(0, made.code(), made.err());
        assertTrue(ImageIO.read(sheet.toFile()).getWidth() > 1_900);
    }

    @Test
    void mistakesAreToldInOneSentence() throws IOException {
        Path file = replay("walk", 4);
        for (Object[] wrong :
                List.of(
                        new Object[] {folder.resolve("gone.marlab-replay")},
                        new Object[] {folder},
                        new Object[] {folder, "--learning"},
                        new Object[] {file, "--preset", "cinema"},
                        new Object[] {file, "--format", "avi"},
                        new Object[] {file, "--size", "1080p"},
                        new Object[] {file, "--size", "321x180"},
                        new Object[] {file, "--fps", "0"},
                        new Object[] {file, "--speed", "-1"},
                        new Object[] {file, "--episodes", "first"},
                        new Object[] {file, "--episodes", "9"},
                        new Object[] {file, "--from", "3", "--to", "2"},
                        new Object[] {file, "--seconds", "9"},
                        new Object[] {file, "--hide", "agents"},
                        new Object[] {file, "--out", folder.resolve("no/where.mp4")},
                        new Object[] {file, "--preset", "side-by-side"})) {
            Verbs.Result result = video(wrong);
            assertEquals(2, result.code(), String.join(" ", result.err()));
            String last = result.err().lines().reduce("", (a, b) -> b);
            assertTrue(last.startsWith("marlab: ") && last.endsWith("."), result.err());
        }
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(file), all.toList());
        }
    }

    @Test
    void aKilledProcessLeavesNoFilmAndTheNextOneClearsUp() throws Exception {
        Path file = replay("long", 900);
        Path film = folder.resolve("long.gif");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Djava.awt.headless=true",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "marlab.app.Launcher",
                                "video",
                                file.toString(),
                                "--out",
                                film.toString(),
                                "--size",
                                "160x160",
                                "--preset",
                                "square")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            Path draft = folder.resolve(".long.gif." + process.pid() + ".tmp");
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (!Files.exists(draft) && System.nanoTime() < patience) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertTrue(Files.exists(draft), "it has begun");
            process.destroyForcibly().waitFor();
            assertFalse(Files.exists(film));
            assertTrue(Files.exists(draft), "that was no clean end");
        } finally {
            process.destroyForcibly();
        }
        Verbs.Result made =
                video(file, "--out", film, "--size", "160x160", "--preset", "square", "--to", "3");
        assertEquals(0, made.code(), made.err());
        try (Stream<Path> all = Files.list(folder)) {
            assertEquals(List.of(film, file), all.sorted().toList());
        }
    }
}
