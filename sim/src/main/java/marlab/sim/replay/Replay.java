package marlab.sim.replay;

import java.io.IOException;
import java.nio.file.Path;
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
        try (ReplayReader reader = new ReplayReader(file)) {
            Recording recording = new Recording(reader.spec(), limit);
            if (reader.header().weights() != null) {
                recording.weigh(reader.header().weights());
            }
            Frame frame = new Frame(reader.spec());
            while (reader.next(frame)) {
                recording.keep(frame);
            }
            if (recording.size() == 0) {
                String why = reader.why() == null ? "" : ": " + reader.why();
                throw new IOException(file + " holds no moment to show" + why + ".");
            }
            reader.events().stream()
                    .filter(event -> event.moment() <= recording.newest())
                    .forEach(recording::note);
            return new Replay(reader.header(), recording, reader.metrics(), reader.damage());
        }
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
