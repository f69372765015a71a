package marlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import marlab.app.video.Film;
import marlab.app.video.FilmFormat;
import marlab.app.video.FilmJob;
import marlab.learning.store.Json;

/// Drives the making of a film from the command line: progress line, Ctrl-C, what was made.
record Filming(Film film, FilmFormat as, Path file) {

    /// Makes it and tells what was made.
    ///
    /// @param force replaces what is there
    /// @param json tells it as JSON
    void make(boolean force, boolean json) throws IOException {
        FilmJob job = new FilmJob(film, as, file, force);
        CountDownLatch finished = new CountDownLatch(1);
        Thread onInterrupt = new Thread(() -> stop(job, finished), "interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        long start = System.nanoTime();
        try {
            try (ProgressLine _ = new ProgressLine(() -> describe(job.progress()))) {
                job.run();
            }
        } finally {
            finished.countDown();
        }
        report(json, (System.nanoTime() - start) * 1e-9);
    }

    private static void stop(FilmJob job, CountDownLatch finished) {
        job.cancel();
        try {
            finished.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String describe(FilmJob.Progress progress) {
        return String.format(
                Locale.ROOT,
                "%3d %%  frame %s of %s  %s left",
                100L * progress.done() / progress.frames(),
                Output.count(progress.done()),
                Output.count(progress.frames()),
                Double.isNaN(progress.secondsLeft()) ? "–" : Output.clock(progress.secondsLeft()));
    }

    private void report(boolean json, double spent) throws IOException {
        long bytes = as == FilmFormat.PNG ? -1 : Files.size(file);
        if (!json) {
            System.out.printf(
                    Locale.ROOT,
                    "%s  %d × %d, %d frames, %.1f s%s, made in %.1f s%n",
                    file,
                    film.width(),
                    film.height(),
                    film.frames(),
                    film.seconds(),
                    bytes < 0 ? "" : String.format(Locale.ROOT, ", %.1f MB", bytes * 1e-6),
                    spent);
            return;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", file.toString());
        tree.put("format", as.name().toLowerCase(Locale.ROOT));
        tree.put("width", film.width());
        tree.put("height", film.height());
        tree.put("fps", film.fps());
        tree.put("frames", film.frames());
        tree.put("seconds", film.seconds());
        if (bytes >= 0) {
            tree.put("bytes", bytes);
        }
        tree.put("wall_s", spent);
        tree.put("provenance", Json.object(film.provenance()));
        System.out.println(Json.line(tree));
    }
}
