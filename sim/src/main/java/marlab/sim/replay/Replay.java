package marlab.sim.replay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import marlab.sim.snapshot.Frame;

/// A replay file in memory, with everything needed to draw and to continue it; no learning library
/// needed.
///
/// @param header what it says about itself
/// @param recording its moments and events
/// @param metrics its table of metrics, comma-separated values with a head; "" where there is none
/// @param damage one sentence on where reading had to end; null where the file is whole
public record Replay(ReplayHeader header, Recording recording, String metrics, String damage) {

    /// Reads a file; of one that is damaged, what comes before the damage.
    ///
    /// @param limit bytes that the recording may take: of a longer one, old moments are thinned
    /// @throws IOException with one sentence where it can't be opened or holds no moment
    public static Replay read(Path file, long limit) throws IOException {
        return read(List.of(file), limit, part -> {});
    }

    /// Reads files that go on from one another, for instance the halves of a long recording, as one
    /// replay, and tells how far it is. Interrupting the thread ends it with an exception. Of the
    /// first file with damage, what comes before it is the end.
    ///
    /// @param files at least one, oldest first, of the same world
    /// @param limit bytes that the recording may take
    /// @param heard is told how much is read, from 0 to 1
    /// @throws IOException with one sentence where one can't be opened, or none holds a moment
    public static Replay read(List<Path> files, long limit, DoubleConsumer heard)
            throws IOException {
        Recording recording = null;
        ReplayHeader header = null;
        StringBuilder metrics = new StringBuilder();
        List<ReplayEvent> events = new ArrayList<>();
        String damage = null;
        String why = null;
        for (int k = 0; k < files.size() && damage == null; k++) {
            try (ReplayReader reader = new ReplayReader(files.get(k))) {
                if (recording == null) {
                    header = reader.header();
                    recording = begin(reader, limit);
                } else if (!reader.header().shows(header)) {
                    throw new IOException(
                            files.get(k) + " shows another world than " + files.getFirst() + ".");
                }
                Frame frame = new Frame(reader.spec());
                while (reader.next(frame)) {
                    if (frame.moment <= recording.newest()) {
                        throw new IOException(
                                files.get(k) + " does not go on from " + files.get(k - 1) + ".");
                    }
                    recording.keep(frame);
                    heard.accept((k + reader.share()) / files.size());
                }
                events.addAll(reader.events());
                metrics.append(reader.metrics());
                damage = reader.damage();
                why = reader.why();
            }
        }
        if (recording.size() == 0) {
            String end = why == null ? "" : ": " + why;
            throw new IOException(files.getFirst() + " holds no moment to show" + end + ".");
        }
        long newest = recording.newest();
        events.stream().filter(event -> event.moment() <= newest).forEach(recording::note);
        return new Replay(header, recording, metrics.toString(), damage);
    }

    private static Recording begin(ReplayReader reader, long limit) {
        Recording recording = new Recording(reader.spec(), limit);
        if (reader.header().weights() != null) {
            recording.weigh(reader.header().weights());
        }
        return recording;
    }

    /// Reads a file with the usual limit, {@link Recording#DEFAULT_LIMIT}, or with half of the
    /// memory where that is less.
    ///
    /// @throws IOException with one sentence where it can't be opened or holds no moment
    public static Replay read(Path file) throws IOException {
        long half = Runtime.getRuntime().maxMemory() / 2;
        return read(file, Math.min(Recording.DEFAULT_LIMIT, half));
    }
}
