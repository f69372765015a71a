package marlab.app.video;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        Path target = target();
        try (Draft draft = new Draft(target)) {
            encode(draft);
            draft.publish(replace);
        } catch (AccessDeniedException | NoSuchFileException e) {
            throw new BadInput(
                    file + " can't be written; name a place that this user can write to.", e);
        }
    }

    private Path target() throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw new BadInput(
                    "There is no folder "
                            + parent
                            + " for "
                            + file.getFileName()
                            + "; make it first.");
        }
        if (Files.exists(file) && !replace) {
            throw new BadInput(
                    file + " exists already; name another file, or replace it with --force.");
        }
        if (!Files.isWritable(parent)) {
            throw new BadInput(parent + " can't be written to; name another place for the film.");
        }
        boolean folder = Files.isDirectory(file);
        if (Files.exists(file) && folder != (format == FilmFormat.PNG)) {
            throw new BadInput(
                    file
                            + " is a "
                            + (folder ? "folder" : "file")
                            + "; name another for the film.");
        }
        if (folder && !PngEncoder.wrote(file)) {
            throw new BadInput(
                    file + " holds more than the pictures of a film; name a folder of its own.");
        }
        return file.toAbsolutePath();
    }

    private void encode(Draft draft) throws IOException {
        try (FilmEncoder encoder = FilmEncoder.open(format, film, draft.path())) {
            FilmPainter painter = film.painter();
            try (EncoderThread thread = new EncoderThread(encoder, painter::canvas)) {
                for (int frame = 0; frame < film.frames(); frame++) {
                    if (cancelled) {
                        throw new CancellationException();
                    }
                    BufferedImage canvas = thread.free();
                    painter.paint(frame, canvas);
                    thread.add(canvas);
                    done = frame + 1;
                }
                thread.finish();
            }
            if (cancelled) {
                throw new CancellationException();
            }
        }
    }
}
