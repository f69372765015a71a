package marlab.app.studio;

import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.app.video.Film;
import marlab.app.video.FilmFormat;
import marlab.app.video.FilmJob;

/// What the card says about films.
final class VideoWords {

    private static final double LONG_GIF = 15;

    private VideoWords() {}

    static String length(double seconds) {
        return seconds < 60
                ? Messages.text("video.seconds", Figures.whole(Math.round(seconds)))
                : Messages.text("video.minutes", Figures.clock(seconds));
    }

    static String size(long bytes) {
        if (bytes < 1_000_000) {
            return Messages.text("video.kilobytes", Figures.whole(Math.max(1, bytes / 1_000)));
        }
        return Messages.text("video.megabytes", Figures.fixed(bytes / 1e6, 1));
    }

    static String estimate(Film film, FilmFormat format) {
        String text =
                Messages.text(
                        "video.estimate",
                        length(film.seconds()),
                        Figures.whole(film.frames()),
                        Figures.whole(film.width()),
                        Figures.whole(film.height()));
        return format == FilmFormat.GIF && film.seconds() > LONG_GIF
                ? text + " " + Messages.text("video.gif.long")
                : text;
    }

    static String making(FilmJob.Progress progress) {
        if (progress == null || Double.isNaN(progress.secondsLeft())) {
            return Messages.text("video.begun");
        }
        return Messages.text(
                "video.goes",
                Figures.whole(100L * progress.done() / progress.frames()),
                length(Math.max(1, progress.secondsLeft())));
    }

    static String made(Studio.Made made) {
        return Messages.text(
                "video.made",
                made.file().getFileName().toString(),
                length(made.seconds()),
                size(made.bytes()));
    }

    /// The engine's sentences name options of the command line, which a window has not.
    static String inWindow(String sentence) {
        return sentence.replace(", with --format gif or --format png", "")
                .replace(", or replace it with --force", "")
                .replace(
                        "film what it learned, without --learning, or train it anew",
                        "train it anew");
    }
}
