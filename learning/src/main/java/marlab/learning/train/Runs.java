package marlab.learning.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import marlab.learning.algo.Setup;
import marlab.learning.algo.Unit;
import marlab.learning.algo.ValueNorm;
import marlab.learning.net.Network;
import marlab.learning.net.PlainAlgebra;
import marlab.learning.store.NpzReader;
import marlab.learning.store.RunDirectory;

/// Reads runs from disk, for evaluation, resuming and looking at. Every problem becomes one
/// sentence that names the file and the remedy.
public final class Runs {

    private Runs() {}

    /// A new run's folder name: when, what, how, which seed.
    static Path freshPath(Path runsFolder, RunConfig config) {
        String when = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
        String name =
                when + "_" + config.world() + "_" + config.algorithm().key() + "_s" + config.seed();
        Path path = runsFolder.resolve(name);
        for (int k = 2; Files.exists(path); k++) {
            path = runsFolder.resolve(name + "-" + k);
        }
        return path;
    }

    /// Opens a run's folder.
    public static RunDirectory open(Path path) {
        if (!Files.isDirectory(path)) {
            throw new BadInput(
                    "There is no run at " + path + "; name a folder that marlab train made.");
        }
        try {
            return RunDirectory.open(path);
        } catch (IOException e) {
            throw new BadInput(
                    path
                            + " is not a run ("
                            + problem(e)
                            + "); name a folder that marlab train made.",
                    e);
        }
    }

    /// The config of a run.
    public static RunConfig config(RunDirectory run) {
        Path file = run.path().resolve("config.json");
        try {
            return RunConfig.fromTree(run.config());
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(file + " can't be read: " + problem(e) + ".", e);
        } catch (BadInput e) {
            throw new BadInput(file + ": " + e.getMessage(), e);
        }
    }

    /// What went wrong with a file, in a few words without a full stop.
    static String problem(Throwable e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException missing -> "missing file " + missing.getFile();
            case java.nio.file.AccessDeniedException denied ->
                    "no permission for " + denied.getFile();
            case java.nio.file.FileSystemException file ->
                    file.getReason() == null
                            ? file.getMessage()
                            : file.getReason().toLowerCase(java.util.Locale.ROOT)
                                    + " at "
                                    + file.getFile();
            case java.nio.charset.CharacterCodingException _ -> "it is no text in UTF-8";
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }

    /// The newest checkpoint of a run.
    static long newest(RunDirectory run) {
        return checkpoints(run).getLast();
    }

    /// The checkpoints of a run, oldest first; at least one.
    static List<Long> checkpoints(RunDirectory run) {
        try {
            List<Long> versions = run.checkpoints();
            if (versions.isEmpty()) {
                throw new BadInput(
                        run.path() + " has no checkpoint yet; train it again from the start.");
            }
            return versions;
        } catch (IOException e) {
            throw new BadInput(
                    "The checkpoints of " + run.path() + " can't be listed: " + problem(e) + ".",
                    e);
        }
    }

    /// Makes sure that a run has a checkpoint.
    static void expect(RunDirectory run, long version) {
        List<Long> all = checkpoints(run);
        if (!all.contains(version)) {
            throw new BadInput(
                    "The run "
                            + run.path()
                            + " has no checkpoint "
                            + version
                            + "; it has "
                            + all.stream().map(Object::toString).collect(Collectors.joining(", "))
                            + ".");
        }
    }

    static BadInput damaged(RunDirectory run, long version, Exception e) {
        return new BadInput(
                "Checkpoint "
                        + run.checkpointPath(version)
                        + " can't be read ("
                        + problem(e)
                        + "); "
                        + before(run, version),
                e);
    }

    /// What to do without a checkpoint.
    private static String before(RunDirectory run, long version) {
        try {
            return run.checkpoints().stream()
                    .filter(v -> v < version)
                    .max(Long::compare)
                    .map(v -> "delete that folder to go on from the one before, " + v + ".")
                    .orElse("there is none before it, so train again from the start.");
        } catch (IOException e) {
            return "delete that folder to go on from the one before.";
        }
    }

    /// Counters of a checkpoint.
    static Checkpoint.Counters counters(RunDirectory run, long version) {
        try {
            return Checkpoint.readCounters(run.checkpointPath(version));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(run, version, e);
        }
    }

    /// Opens the networks of a checkpoint.
    static NpzReader weights(RunDirectory run, long version) {
        try {
            return Checkpoint.weights(run.checkpointPath(version));
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(run, version, e);
        }
    }

    /// The policy of a run's newest checkpoint.
    public static PolicySnapshot newestPolicy(RunDirectory run) {
        return policy(run, newest(run));
    }

    /// The policy of a checkpoint.
    public static PolicySnapshot policy(RunDirectory run, long version) {
        expect(run, version);
        RunConfig config = config(run);
        Path folder = run.checkpointPath(version);
        try (NpzReader npz = Checkpoint.weights(folder)) {
            Checkpoint.Counters counters = Checkpoint.readCounters(folder);
            Setup setup = config.setup(new PlainAlgebra());
            List<PolicySnapshot.Unit> learned = new ArrayList<>();
            for (Unit unit : setup.units()) {
                Network actor = setup.actor(unit, 1);
                Checkpoint.getLayers(npz, unit.name() + ".actor", actor.parameters());
                Network critic = null;
                ValueNorm norm = new ValueNorm();
                if (npz.has(unit.name() + ".value_norm")) {
                    critic = setup.critic(unit, 1);
                    Checkpoint.getLayers(npz, unit.name() + ".critic", critic.parameters());
                    norm.load(npz.doubles(unit.name() + ".value_norm", 3));
                }
                learned.add(
                        new PolicySnapshot.Unit(
                                actor.parameters().values(),
                                critic == null ? null : critic.parameters().values(),
                                critic == null ? Float.NaN : norm.mean(),
                                norm.deviation(),
                                0));
            }
            return new PolicySnapshot(
                    config, counters.version(), counters.envSteps(), List.copyOf(learned));
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw damaged(run, version, e);
        }
    }
}
