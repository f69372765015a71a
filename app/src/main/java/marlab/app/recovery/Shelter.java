package marlab.app.recovery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// A folder of one running Marlab for what it has not saved yet. As long as it runs it holds a lock
/// on the folder, and at an orderly end it deletes it: a folder that nobody holds is an orphan, of
/// a Marlab that was killed. Several Marlabs share one parent folder. Thread-safe.
public final class Shelter implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final int ATTEMPTS = 20;

    /// Orphans that are kept; of more, the oldest go.
    private static final int MOST_ORPHANS = 3;

    private final Path folder;
    private final FileChannel lock;
    private int recordings;

    private Shelter(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /// Makes a new folder and holds it.
    ///
    /// @param parent is made where it is not there
    public static Shelter make(Path parent) throws IOException {
        Files.createDirectories(parent);
        Random names = new Random();
        for (int k = 0; k < ATTEMPTS; k++) {
            Path folder = parent.resolve(Long.toString(names.nextLong() >>> 8, 36));
            Files.createDirectory(folder);
            FileChannel lock = hold(folder);
            if (lock != null) {
                return new Shelter(folder, lock);
            } // somebody who looked for orphans was faster
        }
        throw new IOException("no folder can be held in " + parent);
    }

    /// Finds the folders that nobody holds, and holds them from now on; the newest first. Those
    /// with nothing in them are deleted, and all but the newest few.
    public static List<Shelter> orphans(Path parent) throws IOException {
        List<Shelter> found = new ArrayList<>();
        if (!Files.isDirectory(parent)) {
            return found;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent)) {
            for (Path folder : folders) {
                FileChannel lock = Files.exists(folder.resolve(LOCK)) ? hold(folder) : null;
                if (lock != null) {
                    found.add(new Shelter(folder, lock));
                }
            }
        }
        found.sort(Comparator.comparingLong(Shelter::changed).reversed());
        List<Shelter> worth = new ArrayList<>();
        for (Shelter each : found) {
            if (each.files().isEmpty() || worth.size() == MOST_ORPHANS) {
                each.close();
            } else {
                worth.add(each);
            }
        }
        return worth;
    }

    private static FileChannel hold(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel =
                    FileChannel.open(
                            folder.resolve(LOCK),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return null; // it was deleted this moment
        }
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // held by this very process
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        boolean mine = lock != null && Files.exists(folder.resolve(LOCK));
        return mine ? channel : null;
    }

    /// When something was written into it last, milliseconds since 1970.
    public long changed() {
        long newest = 0;
        for (Path file : files()) {
            try {
                newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
            } catch (IOException e) {
                continue; // as if it were old
            }
        }
        return newest;
    }

    /// A number for the next recording that is kept here: its files' names begin with it.
    synchronized int nextRecording() {
        return ++recordings;
    }

    /// Where a part of a recording is kept.
    ///
    /// @param part its number, from 0 on
    Path file(int recording, int part) {
        return folder.resolve(String.format("%04d-%06d.marlab-replay", recording, part));
    }

    /// The parts of the newest recording that is kept here, oldest first; empty where there is
    /// none.
    public List<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> sorted =
                    all.filter(file -> file.getFileName().toString().matches("\\d{4}-\\d{6}\\..*"))
                            .sorted()
                            .toList();
            if (sorted.isEmpty()) {
                return sorted;
            }
            String recording = sorted.getLast().getFileName().toString().substring(0, 5);
            return sorted.stream()
                    .filter(file -> file.getFileName().toString().startsWith(recording))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /// Deletes the folder with everything in it and lets go of it.
    @Override
    public void close() {
        try {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path file : all.sorted().toList()) {
                    Files.deleteIfExists(file); // the lock's name is the last: it goes last
                }
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            System.getLogger("marlab").log(System.Logger.Level.DEBUG, folder + " stays", e);
        }
        release();
    }

    private void release() {
        try {
            lock.close();
        } catch (IOException e) {
            System.getLogger("marlab").log(System.Logger.Level.DEBUG, folder + " stays", e);
        }
    }

    /// Lets go of the folder and leaves it as it is, for the next start.
    public void leave() {
        release();
    }
}
