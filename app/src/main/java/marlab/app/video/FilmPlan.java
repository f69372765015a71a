package marlab.app.video;

import java.util.List;
import marlab.app.theme.Scheme;

/// Everything about a film but what it shows. Immutable. Begin with {@link #of} and change what
/// shall be different.
///
/// @param width of a frame in pixels, even
/// @param height of a frame in pixels, even
/// @param title for the title card and the head line; "" for the world's own
/// @param captions of one world: shown one after another, each for an equal part of the film; of
///   two: one each. Where there is none, events are told when they happen
/// @param look theme and overlays
public record FilmPlan(
        FilmPreset preset,
        int width,
        int height,
        Pace pace,
        Range range,
        String title,
        List<String> captions,
        Look look) {

    /// Least and greatest width and height.
    public static final int LEAST_SIDE = 160;

    /// What FFmpeg's H.264 encoder takes.
    public static final int MOST_SIDE = 3840;

    /// @param fps frames per second, 1 to 120
    /// @param stepsPerSecond how fast worlds move, 0.1 to 1000
    /// @param seconds length of a film of learning; 0 for the usual one. Other films are as long as
    ///   their episodes take
    public record Pace(int fps, double stepsPerSecond, double seconds) {}

    /// What part of a recording. Both limits count: those of moments (serial numbers, see {@link
    /// marlab.sim.snapshot.Frame#moment}) and those of episodes (as the frames number them).
    public record Range(long from, long to, int firstEpisode, int lastEpisode) {

        /// Everything.
        public static final Range ALL = new Range(0, Long.MAX_VALUE, 0, Integer.MAX_VALUE);

        /// These moments, both included.
        public static Range moments(long from, long to) {
            return new Range(from, to, 0, Integer.MAX_VALUE);
        }

        /// These episodes, both included.
        public static Range episodes(int first, int last) {
            return new Range(0, Long.MAX_VALUE, first, last);
        }
    }

    /// @param trails paths of the last steps, where agents are few and move
    /// @param whiskers probabilities of actions, where they were recorded
    /// @param rewards what every agent earned in the last step, where agents are few
    /// @param values what every agent's policy expected, where that was recorded
    public record Look(
            Scheme theme,
            boolean trails,
            boolean whiskers,
            boolean letters,
            boolean rewards,
            boolean values) {

        /// Trails, whiskers and letters, no figures.
        public static Look of(Scheme theme) {
            return new Look(theme, true, true, true, false, false);
        }
    }

    public FilmPlan {
        captions = List.copyOf(captions);
    }

    /// The usual film: 30 frames and 10 steps per second, everything, in the light theme.
    public static FilmPlan of(FilmPreset preset) {
        return new FilmPlan(
                preset,
                preset.width(),
                preset.height(),
                new Pace(30, 10, 0),
                Range.ALL,
                "",
                List.of(),
                Look.of(Scheme.LIGHT));
    }

    /// The same in another size.
    public FilmPlan sized(int newWidth, int newHeight) {
        return new FilmPlan(preset, newWidth, newHeight, pace, range, title, captions, look);
    }

    /// The same at another pace.
    public FilmPlan paced(Pace newPace) {
        return new FilmPlan(preset, width, height, newPace, range, title, captions, look);
    }

    /// The same of another part.
    public FilmPlan ranged(Range newRange) {
        return new FilmPlan(preset, width, height, pace, newRange, title, captions, look);
    }

    /// The same with other words.
    public FilmPlan worded(String newTitle, List<String> newCaptions) {
        return new FilmPlan(preset, width, height, pace, range, newTitle, newCaptions, look);
    }

    /// The same in another look.
    public FilmPlan looking(Look newLook) {
        return new FilmPlan(preset, width, height, pace, range, title, captions, newLook);
    }

    /// The same as this format wants it: a frame rate that it can keep, and the preset's usual size
    /// divided by {@link FilmFormat#shrink} unless another size was chosen.
    public FilmPlan suiting(FilmFormat format) {
        boolean usual = width == preset.width() && height == preset.height();
        int divisor = usual ? format.shrink() : 1;
        return sized(width / divisor, height / divisor)
                .paced(new Pace(format.fps(pace.fps), pace.stepsPerSecond, pace.seconds));
    }
}
