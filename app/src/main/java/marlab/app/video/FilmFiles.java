package marlab.app.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import marlab.learning.store.RunDirectory;
import marlab.learning.train.BadInput;
import marlab.learning.train.CurveFile;
import marlab.learning.train.CurvePoint;
import marlab.learning.train.Milestones;
import marlab.learning.train.Runs;
import marlab.sim.replay.Replay;

/// Finds what to film: a replay file, a run's folder, or the replays that a training left of its
/// milestones. Reads files, so not for the FX thread.
public final class FilmFiles {

    private static final Path LEARNED = Path.of("replays", "learned.marlab-replay");

    private FilmFiles() {}

    /// A replay file, or the folder of a run whose replay of what was learned is meant.
    ///
    /// @throws BadInput with one sentence where there is no such replay or it can't be read
    public static FilmSource open(Path path) {
        Path file = replay(path);
        if (Files.isDirectory(path) && !Files.exists(file)) {
            throw new BadInput(
                    path
                            + " holds no "
                            + LEARNED
                            + "; name a replay file, or the folder of a finished run.");
        }
        FilmSource source = read(file);
        Path run = file.toAbsolutePath().normalize().getParent().getParent();
        return source.curve().isEmpty() && isRun(run)
                ? source.beside(curve(run), source.references())
                : source;
    }

    /// The replay that a path means: itself, or what a run has learned.
    public static Path replay(Path path) {
        return Files.isDirectory(path) ? path.resolve(LEARNED) : path;
    }

    /// The replays of a training's milestones, oldest version first, each beside the whole curve.
    ///
    /// @param run its folder
    /// @throws BadInput with one sentence where it left none or one can't be read
    public static List<FilmSource> learning(Path run) {
        List<FilmSource> versions = new ArrayList<>();
        List<CurvePoint> curve = isRun(run) ? curve(run) : List.of();
        for (Path file : milestones(run)) {
            FilmSource source = read(file);
            versions.add(curve.isEmpty() ? source : source.beside(curve, source.references()));
        }
        if (versions.isEmpty()) {
            throw new BadInput(
                    run
                            + " holds no replays of its learning; film what it learned, without --learning, or train it anew.");
        }
        return versions;
    }

    /// True where {@link #learning} finds something to film.
    public static boolean hasLearning(Path run) {
        return !milestones(run).isEmpty();
    }

    private static List<Path> milestones(Path run) {
        try {
            return Milestones.of(run);
        } catch (IOException e) {
            throw new BadInput(
                    run + " can't be read (" + e.getMessage() + "); give this user access to it.",
                    e);
        }
    }

    private static FilmSource read(Path file) {
        try {
            return FilmSource.of(file.getFileName().toString(), Replay.read(file));
        } catch (IOException e) {
            throw new BadInput(sentence(file, e), e);
        }
    }

    private static String sentence(Path file, IOException e) {
        String message = e.getMessage();
        boolean told = message != null && message.endsWith(".") && message.contains(" ");
        return told ? message : file + " can't be read; give this user access to it.";
    }

    private static boolean isRun(Path folder) {
        return folder != null && Files.isRegularFile(folder.resolve("config.json"));
    }

    private static List<CurvePoint> curve(Path run) {
        try (RunDirectory directory = Runs.open(run)) {
            return CurveFile.read(directory, Long.MAX_VALUE);
        } catch (IOException e) {
            return List.of(); // the film is of the replay: without a curve it is still one
        }
    }
}
