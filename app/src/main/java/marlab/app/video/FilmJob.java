package marlab.app.video;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import marlab.learning.train.BadInput;

/// Makes one film: paints on the thread that runs it, encodes on another. The file appears under
/// its name when it is complete; a film that is cancelled or fails leaves nothing.
///
/// {@link #run} belongs to one thread and runs once; {@link #progress} and {@link #cancel} are for
/// any other, at any time.
public final class FilmJob {

    private final Film film;
    private final FilmFormat format;
    private final Path file;
    private final boolean replace;
    private volatile boolean cancelled;
    private volatile int done;
    private volatile long began;

    /// A film to be written there.
    ///
    /// @param file what it shall be called; a folder for {@link FilmFormat#PNG}
    /// @param replace true to replace what is there
    public FilmJob(Film film, FilmFormat format, Path file, boolean replace) {
        this.film = film;
        this.format = format;
        this.file = file;
        this.replace = replace;
    }

    /// How far it is.
    ///
    /// @param done frames that are painted
    /// @param frames all
    /// @param secondsLeft NaN while it can't be told
    public record Progress(int done, int frames, double secondsLeft) {}

    /// How far it is.
    public Progress progress() {
        int now = done;
        double spent = (System.nanoTime() - began) * 1e-9;
        boolean early = began == 0 || now < film.fps() / 2;
        double left = early ? Double.NaN : spent / now * (film.frames() - now);
        return new Progress(now, film.frames(), left);
    }

    /// Ends it soon; what was written goes.
    public void cancel() {
        cancelled = true;
    }

    /// Makes it.
    ///
    /// @throws BadInput with one sentence where the file is there already, its folder is not or
    ///   can't be written, or the format's encoder does not work here
    /// @throws CancellationException where it was cancelled
    /// @throws IOException where the disk is full
    public void run() throws IOException {
        began = System.nanoTime();
        throw new BadInput("soon");
    }
}
