package marlab.learning.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import marlab.learning.store.AtomicFile;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;

/// The files of a sweep, which are all of its state: whatever moment a process dies at, the next
/// one reads from them what is done, begun and failed.
///
/// ```
/// sweep.json                   which runs belong to it
/// runs/NAME/                   a run's folder, as marlab train makes it
/// runs/NAME/result.json        what came of it; there when it is done
/// members/NAME.json            what the worker process is given
/// members/NAME.log             what it said
/// members/NAME.failed.json     how often it failed, and why
/// ```
public final class SweepFolder {

    private final Path path;

    /// The folder at this path, which need not exist yet.
    public SweepFolder(Path path) {
        this.path = path;
    }

    /// A failure.
    ///
    /// @param attempts how often it was tried
    /// @param why the last sentence that it said
    public record Failure(int attempts, String why) {}

    /// The folder.
    public Path path() {
        return path;
    }

    /// Where the runs are.
    public Path run(Member member) {
        return path.resolve("runs").resolve(member.name());
    }

    Path order(Member member) {
        return path.resolve("members").resolve(member.name() + ".json");
    }

    Path log(Member member) {
        return path.resolve("members").resolve(member.name() + ".log");
    }

    private Path failed(Member member) {
        return path.resolve("members").resolve(member.name() + ".failed.json");
    }

    static Path result(Path run) {
        return run.resolve("result.json");
    }

    private Path plan() {
        return path.resolve("sweep.json");
    }

    /// What came of a run, if it is done.
    ///
    /// @throws BadInput where it can't be read
    public Optional<Outcome> outcome(Member member) {
        Path file = result(run(member));
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Outcome.fromTree(Json.object(Files.readString(file))));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(
                    file + " can't be read (" + e.getMessage() + "); delete it to measure anew.",
                    e);
        }
    }

    /// Why a run failed when it was last tried, if it did.
    public Optional<Failure> failure(Member member) {
        try {
            Map<?, ?> tree = Json.object(Files.readString(failed(member)));
            return Optional.of(
                    new Failure(
                            ((Number) tree.get("attempts")).intValue(),
                            String.valueOf(tree.get("why"))));
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            return Optional.empty(); // none, or of no use: it is tried again
        }
    }

    void fail(Member member, Failure failure) throws IOException {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("attempts", failure.attempts());
        tree.put("why", failure.why());
        AtomicFile.write(failed(member), Json.pretty(tree));
    }

    void forgive(Member member) throws IOException {
        Files.deleteIfExists(failed(member));
    }

    /// Makes the folder and writes which runs belong to it.
    ///
    /// @throws BadInput where it can't be written
    public void write(List<Member> members) {
        try {
            Files.createDirectories(path.resolve("runs"));
            Files.createDirectories(path.resolve("members"));
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("schema", 1);
            tree.put("members", members.stream().map(Member::toTree).toList());
            AtomicFile.write(plan(), Json.pretty(tree));
            for (Member member : members) {
                AtomicFile.write(order(member), Json.pretty(member.toTree()));
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    BadInput unwritable(IOException e) {
        return new BadInput(
                "The folder "
                        + path
                        + " can't be written ("
                        + e.getMessage()
                        + "); make room or permit writing there, or choose another with --out.",
                e);
    }

    /// The runs that belong to this sweep; nothing where there is none yet.
    ///
    /// @throws BadInput where that can't be read
    public Optional<List<Member>> members() {
        if (!Files.exists(plan())) {
            return Optional.empty();
        }
        try {
            Map<?, ?> tree = Json.object(Files.readString(plan()));
            List<Member> members = new ArrayList<>();
            if (!(tree.get("members") instanceof List<?> list)) {
                throw new IllegalArgumentException("it has no \"members\"");
            }
            for (Object each : list) {
                members.add(Member.fromTree((Map<?, ?>) each));
            }
            return Optional.of(members);
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw new BadInput(plan() + " can't be read: " + e.getMessage() + ".", e);
        }
    }

    /// Makes sure that one process at a time works on the sweep. Close to release.
    ///
    /// @return nothing where another has it
    Optional<FileChannel> lock() throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            // another runner of this process
        }
        channel.close();
        return Optional.empty();
    }

    /// Asks whoever works on the sweep to stop soon, and waits until that is so.
    ///
    /// @throws BadInput where nobody does
    public void pause() throws IOException, InterruptedException {
        if (!Files.isDirectory(path) || isIdle()) {
            throw new BadInput(
                    "No sweep is going on in " + path + "; name the folder of one that is.");
        }
        AtomicFile.write(path.resolve("pause"), "");
        while (!isIdle()) {
            Thread.sleep(100);
        }
    }

    private boolean isIdle() throws IOException {
        Optional<FileChannel> lock = lock();
        if (lock.isEmpty()) {
            return false;
        }
        lock.get().close();
        return true;
    }

    /// True when somebody asked for a pause; asking is forgotten with that.
    boolean takePause() {
        try {
            return Files.deleteIfExists(path.resolve("pause"));
        } catch (IOException e) {
            return false; // looked for again in a moment
        }
    }
}
