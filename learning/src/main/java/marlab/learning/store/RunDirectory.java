package marlab.learning.store;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The files of one run. Whatever moment the process dies at, what was saved stays readable: whole
/// files are replaced atomically, checkpoints appear complete or not at all, and a half line at the
/// end of a log is dropped when the run is resumed.
///
/// ```
/// run.json  config.json  events.jsonl  metrics.csv  checkpoints/000318/{weights,training}.npz
/// checkpoints/000318/state.json  [replay.npz]  images/  DONE
/// replays/learned.marlab-replay  replays/learning/000318.marlab-replay
/// ```
///
/// Owned by one thread at a time.
public final class RunDirectory implements Closeable {

    /// First line of `metrics.csv`.
    public static final String METRICS_HEAD = "env_steps,wall_s,key,agent,value";

    private static final int CHECKPOINTS_KEPT = 3;

    private final Path path;
    private BufferedWriter metrics;
    private BufferedWriter events;
    private FileChannel lock;

    private RunDirectory(Path path) {
        this.path = path;
    }

    /// Makes a new run's folder with its config.
    ///
    /// @throws FileAlreadyExistsException where the folder exists
    public static RunDirectory create(Path path, Map<String, ?> run, Map<String, ?> config)
            throws IOException {
        if (Files.exists(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        Path parent = path.toAbsolutePath().getParent();
        try {
            Files.createDirectories(parent);
        } catch (FileAlreadyExistsException e) {
            throw new FileSystemException(parent.toString(), null, "a file is in the way");
        }
        Path draft = parent.resolve("." + path.getFileName() + ".tmp");
        try {
            delete(draft); // of a process that was killed
            Files.createDirectory(draft);
            AtomicFile.write(draft.resolve("run.json"), Json.pretty(run));
            AtomicFile.write(draft.resolve("config.json"), Json.pretty(config));
            AtomicFile.write(draft.resolve("metrics.csv"), METRICS_HEAD + "\n");
            AtomicFile.write(draft.resolve("events.jsonl"), "");
            Files.createDirectory(draft.resolve("checkpoints"));
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(draft);
            throw e;
        }
        return new RunDirectory(path);
    }

    /// Opens an existing run.
    ///
    /// @throws IOException where the folder is not a run's
    public static RunDirectory open(Path path) throws IOException {
        if (!Files.isRegularFile(path.resolve("config.json"))) {
            throw new IOException("there is no config.json in it");
        }
        return new RunDirectory(path);
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// The folder.
    public Path path() {
        return path;
    }

    /// Contents of `config.json`.
    public Map<?, ?> config() throws IOException {
        return Json.object(Files.readString(path.resolve("config.json")));
    }

    /// Contents of `run.json`.
    public Map<?, ?> run() throws IOException {
        return Json.object(Files.readString(path.resolve("run.json")));
    }

    /// Replaces entries of `run.json`.
    public void updateRun(Map<String, ?> changed) throws IOException {
        Map<Object, Object> run = new LinkedHashMap<>(run());
        run.putAll(changed);
        AtomicFile.write(path.resolve("run.json"), Json.pretty(run));
    }

    /// Marks the run as finished.
    public void done() throws IOException {
        AtomicFile.write(path.resolve("DONE"), "");
    }

    /// Makes sure that nobody else writes into this run until {@link #close}.
    ///
    /// @throws IOException where another process or another trainer of this one has it
    public void lock() throws IOException {
        if (lock != null) {
            return;
        }
        FileChannel channel =
                FileChannel.open(
                        path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean mine = false;
        try {
            mine = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            throw new IOException("another training of it is going on", e);
        } finally {
            if (!mine) {
                channel.close();
            }
        }
        if (!mine) {
            throw new IOException("another training of it is going on");
        }
        lock = channel;
    }

    /// Deletes the whole run.
    public void discard() throws IOException {
        close();
        delete(path);
    }

    /// Lines of `events.jsonl`.
    public List<String> events() throws IOException {
        return completeLines("events.jsonl");
    }

    /// True when the run has spent its budget and everything of it is saved.
    public boolean isDone() {
        return Files.exists(path.resolve("DONE"));
    }

    /// Appends a line to `metrics.csv`; on disk after {@link #flush}.
    public void metric(long envSteps, double wallSeconds, String key, String agent, double value)
            throws IOException {
        if (metrics == null) {
            metrics = append("metrics.csv");
        }
        metrics.write(
                envSteps
                        + ","
                        + String.format(java.util.Locale.ROOT, "%.3f", wallSeconds)
                        + ","
                        + key
                        + ","
                        + agent
                        + ","
                        + value
                        + "\n");
    }

    /// Appends an event to `events.jsonl`, at once.
    public void event(Map<String, ?> event) throws IOException {
        if (events == null) {
            events = append("events.jsonl");
        }
        events.write(Json.line(event) + "\n");
        events.flush();
    }

    private BufferedWriter append(String name) throws IOException {
        return Files.newBufferedWriter(
                path.resolve(name),
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND,
                StandardOpenOption.CREATE);
    }

    /// Hands everything appended to the operating system.
    public void flush() throws IOException {
        if (metrics != null) {
            metrics.flush();
        }
    }

    /// Drops what the logs say of the time after a checkpoint.
    ///
    /// @param envSteps the checkpoint's
    public void rewind(long envSteps) throws IOException {
        closeLogs();
        List<String> kept = new ArrayList<>();
        for (String line : completeLines("metrics.csv")) {
            int comma = line.indexOf(',');
            if (line.equals(METRICS_HEAD)
                    || comma > 0 && Long.parseLong(line.substring(0, comma)) <= envSteps) {
                kept.add(line);
            }
        }
        AtomicFile.write(path.resolve("metrics.csv"), String.join("\n", kept) + "\n");
        kept.clear();
        for (String line : completeLines("events.jsonl")) {
            Map<?, ?> event = Json.object(line);
            long step = ((Number) event.get("step")).longValue();
            // an edit is stamped with the step before its first roll-out: here, after the
            // checkpoint
            boolean edit = "reward_edited".equals(event.get("type"));
            if (step < envSteps || step == envSteps && !edit) {
                kept.add(line);
            }
        }
        AtomicFile.write(
                path.resolve("events.jsonl"), kept.isEmpty() ? "" : String.join("\n", kept) + "\n");
    }

    private List<String> completeLines(String name) throws IOException {
        String text = Files.readString(path.resolve(name));
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /// Lines of `metrics.csv` without the head.
    public List<String> metrics() throws IOException {
        List<String> lines = completeLines("metrics.csv");
        return lines.isEmpty() ? lines : lines.subList(1, lines.size());
    }

    /// Writes the files of a checkpoint and waits until the disk has them.
    @FunctionalInterface
    public interface Filling {

        /// @param folder where to
        void into(Path folder) throws IOException;
    }

    /// Saves a checkpoint: it appears complete or not at all. Older ones but the newest few are
    /// deleted, and so is what a process that was killed has left of one.
    ///
    /// @param version number of updates; names the folder
    public void checkpoint(long version, Filling filling) throws IOException {
        Path folder = path.resolve("checkpoints");
        String name = String.format(java.util.Locale.ROOT, "%06d", version);
        Path draft = folder.resolve("." + name + ".tmp");
        try {
            deleteDrafts(folder);
            Files.createDirectory(draft);
            filling.into(draft);
            delete(folder.resolve(name));
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            delete(draft);
            throw e;
        }
        keepNewest(CHECKPOINTS_KEPT);
    }

    /// Deletes all checkpoints but the newest: those of algorithms with a memory are large.
    ///
    /// @param count how many to keep
    public void keepNewest(int count) throws IOException {
        List<Long> versions = checkpoints();
        for (long old : versions.subList(0, Math.max(0, versions.size() - count))) {
            delete(checkpointPath(old));
        }
    }

    private static void deleteDrafts(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            for (Path draft :
                    all.filter(p -> p.getFileName().toString().endsWith(".tmp")).toList()) {
                delete(draft);
            }
        }
    }

    /// Folder of a checkpoint.
    public Path checkpointPath(long version) {
        return path.resolve("checkpoints")
                .resolve(String.format(java.util.Locale.ROOT, "%06d", version));
    }

    /// Versions of the checkpoints there are, oldest first.
    public List<Long> checkpoints() throws IOException {
        try (Stream<Path> all = Files.list(path.resolve("checkpoints"))) {
            return all.map(p -> p.getFileName().toString())
                    .filter(n -> n.matches("\\d+"))
                    .map(Long::parseLong)
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            closeLogs();
        } finally {
            if (lock != null) {
                lock.close();
                lock = null;
            }
        }
    }

    private void closeLogs() throws IOException {
        try {
            if (metrics != null) {
                metrics.close();
            }
        } finally {
            if (events != null) {
                events.close();
            }
            metrics = null;
            events = null;
        }
    }
}
