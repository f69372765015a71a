package marlab.app.video;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import marlab.app.chart.CurveTable;
import marlab.learning.train.BadInput;
import marlab.learning.train.CurvePoint;
import marlab.sim.replay.Recording;
import marlab.sim.replay.Replay;
import marlab.sim.replay.ReplayEvent;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Frames of films: how many there are, what is in them, and that nothing else decides it.
class FilmTest {

    private static final int FPS = 10;

    @TempDir Path folder;

    private static int[] frame(FilmPainter painter, int frame) {
        BufferedImage canvas = painter.canvas();
        painter.paint(frame, canvas);
        return FilmEncoder.pixels(canvas).clone();
    }

    private static int[] frame(Film film, int frame) {
        return frame(film.painter(), frame);
    }

    private static Film square(FilmSource source) {
        return Film.of(Recorded.small(FilmPreset.SQUARE), List.of(source));
    }

    @Test
    void cardsAndEpisodesAddUpToTheFrame() {
        Film film = square(Recorded.spread("coordinated", 2, 6));
        int episode = 6 * FPS / 5 + 7; // and 0.7 s of rest
        assertEquals(FPS + 2 * episode + 2 * FPS, film.frames());
        assertEquals(film.frames() / 10.0, film.seconds(), 1e-12);
        int[] title = frame(film, 0);
        assertArrayEquals(title, frame(film, FPS - 1), "the title card is one second");
        assertFalse(Arrays.equals(title, frame(film, FPS)), "then comes the world");
        int[] end = frame(film, film.frames() - 1);
        assertArrayEquals(end, frame(film, film.frames() - 2 * FPS), "the end card is two");
        assertFalse(Arrays.equals(end, frame(film, film.frames() - 2 * FPS - 1)));
        assertFalse(Arrays.equals(end, title));
    }

    @Test
    void framesFollowFromThePlanInAnyOrder() {
        for (FilmPreset preset : List.of(FilmPreset.SQUARE, FilmPreset.HD)) {
            FilmPlan plan = Recorded.small(preset);
            Film film = Film.of(plan, List.of(Recorded.spread("coordinated", 2, 8)));
            Film again = Film.of(plan, List.of(Recorded.spread("coordinated", 2, 8)));
            FilmPainter forwards = film.painter();
            int[][] frames = new int[film.frames()][];
            for (int k = 0; k < frames.length; k++) {
                frames[k] = frame(forwards, k);
            }
            FilmPainter backwards = again.painter();
            for (int k = frames.length - 1; k >= 0; k -= 5) {
                assertArrayEquals(frames[k], frame(backwards, k), preset + ", frame " + k);
            }
        }
    }

    @Test
    void spreadGlidesAndGridsJump() {
        Film glides = square(Recorded.spread("coordinated", 1, 6));
        FilmPainter painter = glides.painter();
        Set<Integer> pictures = new HashSet<>();
        for (int k = 3; k < 12; k++) {
            pictures.add(Arrays.hashCode(frame(painter, FPS + k)));
        }
        assertEquals(9, pictures.size(), "two frames a step, and all differ");

        Replay grid = Recorded.replay("commons_harvest", Map.of(), "random", 1, 6);
        Film jumps = square(FilmSource.of("grid", grid));
        assertFalse(grid.header().provider().portrayal(grid.header().envOptions()).glides());
        int[] first = frame(jumps, FPS + 2);
        assertArrayEquals(first, frame(jumps, FPS + 3), "half a step later nothing has moved");
        assertFalse(Arrays.equals(first, frame(jumps, FPS + 4)));
    }

    @Test
    void trailsCanBeLeftOut() {
        FilmSource source = Recorded.spread("coordinated", 1, 12);
        FilmPlan plan = Recorded.small(FilmPreset.SQUARE);
        FilmPlan.Look look = plan.look();
        FilmPlan bare =
                plan.looking(new FilmPlan.Look(look.theme(), false, true, true, false, false));
        Film with = Film.of(plan, List.of(source));
        Film without = Film.of(bare, List.of(source));
        assertFalse(Arrays.equals(frame(with, FPS + 20), frame(without, FPS + 20)));
        assertArrayEquals(frame(with, FPS), frame(without, FPS), "nobody has moved yet");
    }

    @Test
    void rangesChooseEpisodesAndMoments() {
        FilmSource source = Recorded.spread("coordinated", 3, 6);
        FilmPlan plan = Recorded.small(FilmPreset.SQUARE);
        Film one = Film.of(plan.ranged(FilmPlan.Range.episodes(1, 1)), List.of(source));
        assertEquals(1, one.scenes().size());
        assertEquals(1, one.scenes().getFirst().strips().getFirst().episode());
        Film part = Film.of(plan.ranged(FilmPlan.Range.moments(5, 9)), List.of(source));
        Strip first = part.scenes().getFirst().strips().getFirst();
        assertArrayEquals(new long[] {5, 6}, first.moments());
        assertArrayEquals(new int[] {5, 6}, first.steps());
        Strip second = part.scenes().getLast().strips().getFirst();
        assertArrayEquals(new long[] {7, 8, 9}, second.moments());
        BadInput none =
                assertThrows(
                        BadInput.class,
                        () -> Film.of(plan.ranged(FilmPlan.Range.episodes(7, 9)), List.of(source)));
        assertTrue(none.getMessage().contains("episode 0 to 2"), none.getMessage());
    }

    @Test
    void sideBySideTellsWhereTwoPart() {
        FilmPlan plan = Recorded.small(FilmPreset.SIDE_BY_SIDE);
        FilmSource one = Recorded.spread("coordinated", 1, 8);
        FilmSource other = Recorded.spread("random", 1, 8);
        Film same = Film.of(plan, List.of(one, one));
        assertEquals(FirstDifference.NONE, FirstDifference.of(same.scenes().getFirst()));
        Film apart = Film.of(plan, List.of(one, other));
        assertEquals(1, FirstDifference.of(apart.scenes().getFirst()));
        int late = FPS + 14;
        FilmLayout layout = FilmLayout.of(plan, true);
        assertTrue(halvesAlike(frame(same, late), layout));
        assertFalse(halvesAlike(frame(apart, late), layout));
        assertTrue(halvesAlike(frame(apart, FPS), layout), "they begin alike");
        assertThrows(BadInput.class, () -> Film.of(plan, List.of(one)));
    }

    private static boolean halvesAlike(int[] pixels, FilmLayout layout) {
        var left = layout.worlds().getFirst();
        var right = layout.worlds().getLast();
        for (int y = 0; y < left.height; y++) {
            int from = (left.y + y) * layout.width() + left.x;
            int at = (right.y + y) * layout.width() + right.x;
            if (!Arrays.equals(pixels, from, from + left.width, pixels, at, at + left.width)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void eventsAreToldWhenTheyHappen() {
        FilmSource source = Recorded.spread("coordinated", 1, 20);
        FilmPlan plan = Recorded.small(FilmPreset.SQUARE).worded("", List.of("Nothing yet."));
        int before = FPS + 2;
        int after = FPS + 22;
        Film plain = Film.of(plan, List.of(source));
        int[] quiet = frame(plain, before);
        int[] loud = frame(plain, after);
        source.replay().recording().note(new ReplayEvent(10, "mark", "Look here."));
        Film told = Film.of(plan, List.of(source));
        assertArrayEquals(quiet, frame(told, before));
        assertFalse(Arrays.equals(loud, frame(told, after)));
    }

    @Test
    void tenThousandBirdsAreNoBurden() {
        Replay birds = Recorded.replay("vicsek", Map.of("agents", "10000"), "passive", 1, 3);
        FilmPlan plan = FilmPlan.of(FilmPreset.SQUARE).paced(new FilmPlan.Pace(10, 5, 0));
        FilmPainter painter = Film.of(plan, List.of(FilmSource.of("birds", birds))).painter();
        frame(painter, FPS); // builds what is kept
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        for (int k = 1; k < 5; k++) {
            frame(painter, FPS + k);
        }
        double each = (threads.getCurrentThreadCpuTime() - start) * 1e-9 / 4;
        assertTrue(each < 0.5, each + " s of CPU for a frame of 1080 × 1080");
    }

    @Test
    void damagedReplaysAreFilmedUpToTheDamage() throws IOException {
        Replay whole = Recorded.replay("simple_spread", Map.of(), "coordinated", 90, 25);
        Path file = folder.resolve("cut.marlab-replay");
        ReplayWriter.save(file, whole.header(), whole.recording(), "");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
        FilmSource source = FilmFiles.open(file);
        assertTrue(source.replay().damage() != null);
        Film film = square(source);
        assertTrue(film.scenes().size() >= 1 && film.scenes().size() < 90);
        frame(film, film.frames() - 2 * FPS - 1);
    }

    @Test
    void whatIsNoReplayIsRefusedInASentence() throws IOException {
        Path text = Files.writeString(folder.resolve("text.marlab-replay"), "no replay");
        Path gone = folder.resolve("gone.marlab-replay");
        Path empty = folder.resolve("empty.marlab-replay");
        Replay some = Recorded.replay("simple_spread", Map.of(), "random", 1, 2);
        ReplayHeader header = some.header();
        ReplayWriter.save(empty, header, new Recording(some.recording().spec()), "");
        for (Path file : List.of(text, gone, empty, folder)) {
            BadInput e = assertThrows(BadInput.class, () -> FilmFiles.open(file));
            assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
            assertTrue(e.getMessage().endsWith("."), e.getMessage());
        }
        assertThrows(BadInput.class, () -> FilmFiles.learning(folder));
    }

    @Test
    void plansThatCannotBeAreRefused() {
        FilmSource source = Recorded.spread("random", 1, 3);
        FilmPlan good = Recorded.small(FilmPreset.SQUARE);
        for (FilmPlan bad :
                List.of(
                        good.sized(181, 180),
                        good.sized(180, 8_000),
                        good.paced(new FilmPlan.Pace(0, 5, 0)),
                        good.paced(new FilmPlan.Pace(10, Double.NaN, 0)),
                        good.paced(new FilmPlan.Pace(10, 5, -1)),
                        good.ranged(FilmPlan.Range.moments(5, 4)))) {
            assertThrows(BadInput.class, () -> Film.of(bad, List.of(source)), bad.toString());
        }
    }

    @Test
    void everySizeHasRoomForSomething() {
        FilmSource source = Recorded.spread("coordinated", 1, 3);
        int[][] sizes = {{160, 160}, {160, 640}, {640, 160}, {398, 402}};
        for (FilmPreset preset : FilmPreset.values()) {
            for (int[] size : sizes) {
                FilmPlan plan =
                        Recorded.small(preset)
                                .sized(size[0], size[1])
                                .worded("Lang".repeat(40), List.of("標題 " + "很長".repeat(90), ""));
                boolean two = preset == FilmPreset.SIDE_BY_SIDE;
                Film film = Film.of(plan, two ? List.of(source, source) : List.of(source));
                FilmPainter painter = film.painter();
                for (int k : new int[] {0, FPS + 2, film.frames() - 1}) {
                    int[] pixels = frame(painter, k);
                    assertTrue(Arrays.stream(pixels).distinct().count() > 3, plan.toString());
                }
            }
        }
    }

    @Test
    void learningFitsItsTimeToTheFrame() {
        List<CurvePoint> curve = List.of(point(1_000, -9), point(20_000, -5), point(80_000, -2));
        List<FilmSource> versions =
                java.util.stream.LongStream.range(0, 9).mapToObj(v -> version(v, curve)).toList();
        FilmPlan plan = Recorded.small(FilmPreset.HD).paced(new FilmPlan.Pace(10, 5, 11));
        Film film = Film.ofLearning(plan, versions);
        assertEquals(110, film.frames());
        assertEquals(3, film.scenes().size(), "2.2 s each, of the 8 between the cards");
        assertEquals(0, film.sources().getFirst().version());
        assertEquals(8, film.sources().getLast().version());
        Scene first = film.scenes().getFirst();
        assertEquals(0, first.curve(first.first()));
        assertEquals(40_000, first.curve(first.first() + first.frames()), 1e-6);
        int still = first.first() + first.frames() - first.still();
        assertEquals(0, first.curve(still - 1));
        assertTrue(first.curve(still + 2) > 0, "the curve grows while the world rests");
        assertFalse(Arrays.equals(frame(film, still + 2), frame(film, still + 4)));
    }

    private static CurvePoint point(long steps, double mean) {
        return new CurvePoint(steps, 1, 10, mean, mean - 1, mean + 1, mean);
    }

    private static FilmSource version(long version, List<CurvePoint> curve) {
        Replay plain = Recorded.replay("simple_spread", Map.of(), "random", 1, 10);
        ReplayHeader header =
                plain.header()
                        .with("version", Long.toString(version))
                        .with("env_steps", Long.toString(version * 10_000));
        Replay replay = new Replay(header, plain.recording(), "", null);
        return FilmSource.of(version + ".marlab-replay", replay).beside(curve, List.of());
    }

    @Test
    void replaysBringTheirCurveAndTheirVersion() {
        Replay plain = Recorded.replay("simple_spread", Map.of(), "random", 1, 2);
        List<CurvePoint> curve = List.of(point(100, -3.5), point(200, -3));
        Replay replay =
                new Replay(
                        plain.header().with("version", "7").with("env_steps", "many"),
                        plain.recording(),
                        CurveTable.text(curve),
                        null);
        FilmSource source = FilmSource.of("some", replay);
        assertEquals(curve, source.curve());
        assertEquals(7, source.version());
        assertEquals(-1, source.envSteps(), "what is no number is not known");
    }

    @Test
    void clocksOfGifsDivideASecond() {
        assertEquals(25, FilmFormat.GIF.fps(30));
        assertEquals(50, FilmFormat.GIF.fps(60));
        assertEquals(10, FilmFormat.GIF.fps(12));
        assertEquals(1, FilmFormat.GIF.fps(1));
        assertEquals(30, FilmFormat.MP4.fps(30));
    }
}
