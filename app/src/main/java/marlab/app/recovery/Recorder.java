package marlab.app.recovery;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import marlab.app.thread.LowPriority;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayWriter;
import marlab.sim.snapshot.Frame;

/// Keeps a copy of a growing recording on disk, never more than about a second old, so that a
/// killed process loses no more than that. It reads from the recording on a thread of its own of
/// lowest priority, "recorder"; whoever records does not notice. Where moments come faster than a
/// hundredth of a processor can copy them, it leaves some out. Two files in turn bound what it
/// takes; they are deleted when it is closed.
public final class Recorder implements AutoCloseable {

    /// A file is full at this part of what the recording may take in memory: packed, it then holds
    /// about as much as half of the memory does.
    private static final long PART_OF_LIMIT = 4;

    /// Parts of a file, at most: its directory is written anew with every flush.
    private static final int MOST_PARTS = 16_000;

    private static final int MOMENTS_IN_PART = 64;

    /// Part of a processor that it takes at most; training needs the rest.
    private static final double SHARE = 0.01;

    /// Moments copied in one look at least, whatever they cost.
    private static final int LEAST_AT_ONCE = 2;

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private final Recording recording;
    private final ReplayHeader header;
    private final Shelter shelter;
    private final int number;
    private final long everyMillis;
    private final int mostAtOnce;
    private final double budget; // nanoseconds of a look
    private final Frame frame;
    private final Deque<Path> files = new ArrayDeque<>();
    private final AtomicReference<String> problem = new AtomicReference<>();
    private final Thread thread;
    private boolean closed; // guarded by this

    // Owned by the thread.
    private ReplayWriter writer;
    private int made;
    private int parts;
    private long last;
    private ReplayEvent lastEvent;
    private double cost = 20_000; // nanoseconds of a moment

    /// Begins to keep what this recording gets from now on, and what it has where that is not from
    /// a file.
    ///
    /// @param saved true where what it has is in a file already
    public Recorder(Recording recording, ReplayHeader header, Shelter shelter, boolean saved) {
        this(recording, header, shelter, saved, 1_000, 4_000, SHARE);
    }

    /// @param everyMillis time between two looks
    /// @param mostAtOnce moments copied in one look, at most; of more, every second or third … one
    /// @param share part of a processor that it takes at most
    Recorder(
            Recording recording,
            ReplayHeader header,
            Shelter shelter,
            boolean saved,
            long everyMillis,
            int mostAtOnce,
            double share) {
        this.recording = recording;
        this.header = header;
        this.shelter = shelter;
        this.everyMillis = everyMillis;
        this.mostAtOnce = mostAtOnce;
        budget = share * everyMillis * 1e6;
        number = shelter.nextRecording();
        frame = new Frame(recording.spec());
        last = saved ? recording.newest() : -1;
        List<ReplayEvent> events = recording.events();
        lastEvent = saved && !events.isEmpty() ? events.getLast() : null;
        thread = new Thread(this::live, "recorder");
        thread.setDaemon(true);
        thread.start();
    }

    /// What went wrong since the last call, in a few words; null if nothing did. Any thread.
    public String takeProblem() {
        return problem.getAndSet(null);
    }

    private void live() {
        LowPriority.take();
        try {
            while (rest()) {
                copy();
            }
        } catch (IOException | RuntimeException e) {
            String what = e.getMessage();
            problem.set(what == null ? e.getClass().getSimpleName() : what);
        } finally {
            forget();
        }
    }

    /// @return false when it is over
    private synchronized boolean rest() {
        try {
            if (!closed) {
                wait(everyMillis);
            }
            return !closed;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void copy() throws IOException {
        long newest = recording.newest();
        List<ReplayEvent> events = newEvents();
        if (newest <= last && (events.isEmpty() || writer == null)) {
            return; // an event alone is no replay
        }
        long start = CLOCK.getCurrentThreadCpuTime();
        begin();
        int most = (int) Math.clamp(budget / cost, LEAST_AT_ONCE, mostAtOnce);
        int stride = (int) Math.min(1 + (newest - last - 1) / most, Integer.MAX_VALUE);
        int count = 0;
        for (long next = next(stride); next > last; next = next(stride)) {
            recording.frame(next, frame);
            if (frame.moment > last) {
                last = frame.moment;
                writer.keep(frame);
                count++;
            }
        }
        for (ReplayEvent event : events) {
            writer.add(event);
            lastEvent = event;
        }
        writer.flush();
        reckon(count, CLOCK.getCurrentThreadCpuTime() - start);
        parts += 2 + count / MOMENTS_IN_PART;
        boolean full = Files.size(files.getLast()) > recording.limit() / PART_OF_LIMIT;
        if (full || parts > MOST_PARTS) {
            end();
        }
    }

    /// Learns what a moment costs. Slow looks may have been unlucky: believed little by little.
    private void reckon(int count, long nanos) {
        if (count >= LEAST_AT_ONCE) {
            cost = Math.clamp((double) nanos / count, 1, 1.5 * cost);
        }
    }

    private long next(int stride) {
        return last < recording.oldest() ? recording.oldest() : recording.move(last, stride);
    }

    private void begin() throws IOException {
        if (writer == null) {
            if (files.size() == 2) {
                Files.deleteIfExists(files.removeFirst());
            }
            Path file = shelter.file(number, made++);
            files.add(file);
            parts = 1;
            writer = new ReplayWriter(file, header, recording.spec());
        }
    }

    private List<ReplayEvent> newEvents() {
        List<ReplayEvent> events = recording.events();
        int from = events.size();
        while (from > 0 && events.get(from - 1) != lastEvent) {
            from--;
        }
        return events.subList(from, events.size());
    }

    private void end() throws IOException {
        ReplayWriter old = writer;
        writer = null;
        if (old != null) {
            old.close();
        }
    }

    private void forget() {
        try {
            end();
        } catch (IOException e) {
            System.getLogger("marlab").log(System.Logger.Level.DEBUG, "recording lost", e);
        }
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                System.getLogger("marlab").log(System.Logger.Level.DEBUG, file + " stays", e);
            }
        }
    }

    /// Ends and deletes the files. Waits for that, a second at most. Not for the FX thread.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
