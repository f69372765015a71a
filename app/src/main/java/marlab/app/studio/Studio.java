package marlab.app.studio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import marlab.app.fx.Fx;
import marlab.app.text.Messages;
import marlab.app.thread.LowPriority;
import marlab.app.video.Film;
import marlab.app.video.FilmFormat;
import marlab.app.video.FilmJob;
import marlab.learning.train.BadInput;

/// Makes one film at a time on a thread of low priority, so that the picture stays smooth and
/// training goes on, and tells how long films would be. A film goes on being made while its card is
/// closed. FX thread, unless a method says otherwise.
public final class Studio implements AutoCloseable {

    /// What goes on.
    sealed interface State {}

    /// Nothing yet.
    record Idle() implements State {}

    /// A film is being made.
    ///
    /// @param progress null before its first frame
    record Making(Path file, FilmJob.Progress progress) implements State {}

    /// A film was made.
    ///
    /// @param bytes its size
    record Made(Path file, double seconds, long bytes) implements State {}

    /// No film was made.
    ///
    /// @param sentence why; "" where it was cancelled
    record Failed(String sentence) implements State {}

    private final ExecutorService counting =
            Executors.newSingleThreadExecutor(task -> {
                Thread thread = new Thread(() -> atLowPriority(task), "film-length");
                thread.setDaemon(true);
                return thread;
            });
    private final AtomicInteger asked = new AtomicInteger();
    private volatile State state = new Idle();
    private volatile Work work;
    private State told = state;

    private static void atLowPriority(Runnable task) {
        LowPriority.take();
        task.run();
    }

    /// How long a film would be.
    ///
    /// @param film null where it can't be made
    /// @param problem why not, as a sentence
    record Estimate(Film film, String problem) {}

    /// Finds out about a film, soon; only the newest question is answered.
    void estimate(Wishes wishes, Stock.Footage footage, Consumer<Estimate> answer) {
        int mine = asked.incrementAndGet();
        counting.execute(() -> {
            if (mine != asked.get()) {
                return;
            }
            Estimate estimate = estimate(wishes, footage);
            Fx.later(() -> {
                if (mine == asked.get()) {
                    answer.accept(estimate);
                }
            });
        });
    }

    private static Estimate estimate(Wishes wishes, Stock.Footage footage) {
        try {
            return new Estimate(wishes.film(footage), null);
        } catch (BadInput e) {
            return new Estimate(null, VideoWords.inWindow(e.getMessage()));
        } catch (RuntimeException e) { // a recording that thins itself meanwhile
            return new Estimate(null, Messages.text("video.failed", reason(e)));
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    /// Begins to make a film, unless one is being made.
    ///
    /// @param replace true to replace a file that is there
    void make(Wishes wishes, Stock.Footage footage, Path file, boolean replace) {
        if (!busy()) {
            work = new Work(wishes, footage, file, replace);
            state = new Making(file, null);
            Thread thread = new Thread(work, "studio");
            thread.start(); // no daemon: a draft is taken away before the program ends
        }
    }

    /// One film from plan to file.
    private final class Work implements Runnable {

        private final Wishes wishes;
        private final Stock.Footage footage;
        private final Path file;
        private final boolean replace;
        private volatile FilmJob job;
        private volatile boolean cancelled;

        Work(Wishes wishes, Stock.Footage footage, Path file, boolean replace) {
            this.wishes = wishes;
            this.footage = footage;
            this.file = file;
            this.replace = replace;
        }

        @Override
        public void run() {
            LowPriority.take();
            state = outcome();
            work = null;
        }

        private State outcome() {
            try {
                Film film = wishes.film(footage);
                job = new FilmJob(film, wishes.format(), file, replace);
                if (cancelled) {
                    return new Failed("");
                }
                job.run();
                return new Made(file, film.seconds(), bytes());
            } catch (CancellationException e) {
                return new Failed("");
            } catch (BadInput e) {
                return new Failed(VideoWords.inWindow(e.getMessage()));
            } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
                String why = e.getMessage() == null ? e.toString() : e.getMessage();
                return new Failed(Messages.text("video.unwritten", file.toString(), why));
            }
        }

        private long bytes() throws IOException {
            if (wishes.format() != FilmFormat.PNG) {
                return Files.size(file);
            }
            try (var pictures = Files.list(file)) {
                return pictures.mapToLong(picture -> picture.toFile().length()).sum();
            }
        }

        void cancel() {
            cancelled = true;
            FilmJob now = job;
            if (now != null) {
                now.cancel();
            }
        }

        FilmJob.Progress progress() {
            FilmJob now = job;
            return now == null ? null : now.progress();
        }
    }

    /// What goes on. Any thread.
    State state() {
        Work now = work;
        State seen = state;
        return seen instanceof Making making && now != null
                ? new Making(making.file, now.progress())
                : seen;
    }

    /// True while a film is being made. Any thread.
    public boolean busy() {
        return state instanceof Making;
    }

    /// Ends what is being made; nothing of it stays.
    void cancel() {
        Work now = work;
        if (now != null) {
            now.cancel();
        }
    }

    /// Forgets how the last film ended.
    void forget() {
        if (!busy()) {
            state = new Idle();
            told = state;
        }
    }

    /// What to tell of a film that has ended since the last call, while its card was closed; null
    /// for nothing.
    ///
    /// @param seen true while the card shows it
    public String news(boolean seen) {
        State now = state;
        if (now == told || now instanceof Making) {
            return null;
        }
        told = now;
        return seen
                ? null
                : switch (now) {
                    case Made made -> VideoWords.made(made);
                    case Failed failed when !failed.sentence.isEmpty() -> failed.sentence;
                    default -> null;
                };
    }

    /// Cancels what is being made.
    @Override
    public void close() {
        cancel();
        counting.shutdownNow();
    }
}
