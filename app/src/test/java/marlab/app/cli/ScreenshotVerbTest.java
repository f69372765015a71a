package marlab.app.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import marlab.app.cli.Verbs.Result;
import marlab.app.shell.Still;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.replay.EpisodePlayer;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayWriter;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ScreenshotVerbTest {

    @TempDir private static Path shared;

    @TempDir private Path folder;

    private static String replay;

    @BeforeAll
    static void record() throws IOException {
        WorldProvider world = Worlds.named("simple_spread");
        ParallelEnv env = world.create(world.defaults());
        Path file = shared.resolve("spread.marlab-replay");
        ReplayHeader header = new ReplayHeader("simple_spread", Map.of(), null, Map.of(), "");
        try (ReplayWriter writer = new ReplayWriter(file, header, env.spec())) {
            EpisodePlayer player =
                    new EpisodePlayer(
                            env,
                            world.scriptedPolicies(world.defaults()).values().iterator().next());
            player.play(3, 0, new RandomStream(3), 25, frame -> writer.add(frame));
        }
        replay = file.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "svg", "pdf"})
    void aMomentOfAReplayIsTheSamePictureEveryTime(String suffix) throws IOException {
        Path first = folder.resolve("first." + suffix);
        Path again = folder.resolve("again." + suffix);
        for (Path file : new Path[] {first, again}) {
            Result result =
                    Verbs.run(
                            "screenshot",
                            replay,
                            "--moment",
                            "12",
                            "--size",
                            "200x160",
                            "--out",
                            file.toString());
            assertEquals(0, result.code(), result.err());
            assertEquals(file.toString(), result.out().strip());
        }
        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(again));
        if (suffix.equals("png")) {
            assertEquals(400, ImageIO.read(first.toFile()).getWidth());
            assertEquals(320, ImageIO.read(first.toFile()).getHeight());
        }
    }

    @Test
    void anotherMomentIsAnotherPicture() throws IOException {
        Path early = folder.resolve("early.svg");
        Path late = folder.resolve("late.svg");
        Verbs.run("screenshot", replay, "--moment", "2", "--out", early.toString());
        Verbs.run("screenshot", replay, "--out", late.toString());
        assertTrue(Files.readString(early).contains("<marlab:Moment>2</marlab:Moment>"));
        assertTrue(Files.readString(late).contains("<marlab:Step>25</marlab:Step>"));
    }

    /// The window itself, small.
    @Test
    void theWindowIsTheSamePictureEveryTime() throws IOException {
        byte[][] bytes = new byte[2][];
        for (int k = 0; k < 2; k++) {
            Path file = folder.resolve(k + ".png");
            Result result =
                    Verbs.run(
                            "screenshot",
                            "gallery",
                            "--theme",
                            "dark",
                            "--size",
                            "800x600",
                            "--zoom",
                            "1",
                            "--out",
                            file.toString());
            assertEquals(0, result.code(), result.err());
            bytes[k] = Files.readAllBytes(file);
        }
        assertEquals(800, ImageIO.read(folder.resolve("0.png").toFile()).getWidth());
        assertArrayEquals(bytes[0], bytes[1]);
    }

    @Test
    void theListNamesEveryPicture() {
        String list = Verbs.run("screenshot", "--list").out();
        for (Still still : Still.all()) {
            assertTrue(list.contains(still.name()), list);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nobody|There is no picture \"nobody\"; there are hero,",
                "hero --size huge|--size huge is not WIDTHxHEIGHT",
                "hero --size 20x9000|--size 20x9000 is not WIDTHxHEIGHT",
                "hero --zoom 9|--zoom 9.0 is not within 0.5 and 4.",
                "hero --theme pink|--theme pink is neither light nor dark.",
                "hero --out a.gif|a.gif says no format; end it in .png, .svg or .pdf.",
                "hero --out /no/such/hero.png|The folder /no/such does not exist;",
                "hero --moment 3|--moment is for replays;",
                "REPLAY --moment 99|ends at moment 25; there is no moment 99.",
                "none.marlab-replay|none.marlab-replay",
                "--theme dark|Name one picture or a replay, or say --all;"
            })
    void whatIsWrongIsSaidInASentence(String arguments, String sentence) {
        String[] words = ("screenshot " + arguments.replace("REPLAY", replay)).split(" ");
        Result result = Verbs.run(words);
        assertEquals(2, result.code(), result.err());
        assertTrue(result.err().contains(sentence), result.err());
        assertEquals(1, result.err().strip().lines().count(), result.err());
        assertFalse(Files.exists(Path.of("hero.png")));
    }
}
