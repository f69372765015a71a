package marlab.learning.train;

import java.io.IOException;
import marlab.learning.store.RunDirectory;

/// When a run's checkpoints are written. No result depends on it. Owned by the learner thread.
final class Saving {

    /// A save so long, in nanoseconds, is of a large replay memory on a slow disk: others wait
    /// until it was a tenth of the time at most.
    private static final long LONG_SAVE = 2_000_000_000L;

    private final RunDirectory directory;
    private final int every;

    /// Longest time without a checkpoint, nanoseconds of wall clock.
    private long longest = 60_000_000_000L;

    private long newest = -1;
    private long savedAt;
    private long took;

    /// @param every updates between checkpoints
    Saving(RunDirectory directory, int every) {
        this.directory = directory;
        this.every = every;
    }

    /// Another longest time without a checkpoint, nanoseconds.
    void longest(long nanos) {
        longest = nanos;
    }

    /// Training begins or goes on now.
    void begin() {
        savedAt = System.nanoTime();
    }

    /// Says that this version's checkpoint is there already.
    void found(long version) {
        newest = version;
    }

    /// Version of the newest checkpoint; −1 before the first.
    long newest() {
        return newest;
    }

    /// Whether a checkpoint should be written now.
    boolean isDue(long version) {
        long since = System.nanoTime() - savedAt;
        boolean patient = took > LONG_SAVE && since < 9 * took;
        return version % every == 0 && !patient || since >= longest;
    }

    /// Writes a checkpoint.
    void save(long version, RunDirectory.Filling filling) throws IOException {
        long began = System.nanoTime();
        directory.checkpoint(version, filling);
        savedAt = System.nanoTime();
        took = savedAt - began;
        newest = version;
    }
}
