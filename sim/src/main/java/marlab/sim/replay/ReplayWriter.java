package marlab.sim.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import marlab.sim.env.EnvSpec;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameCodec;

/// Writes a `.marlab-replay` file while it is being recorded: a zip of `header.json`,
/// `config.json`, `steps/NNNNNN.bin`, `events/NNNNNN.jsonl` and `metrics/NNNNNN.csv`, as
/// `docs/replay-format.md` tells. After every {@link #flush} the file is complete and can be opened
/// by anybody; call it about once a second. The same moments and flushes give the same bytes. Not
/// thread-safe.
public final class ReplayWriter implements Closeable {

    /// What the header calls the format.
    static final String FORMAT = "marlab-replay";

    /// Version of the format that is written; older ones are read, newer ones refused.
    static final int VERSION = 1;

    static final String HEADER = "header.json";
    static final String CONFIG = "config.json";
    static final String STEPS = "steps/";
    static final String EVENTS = "events/";
    static final String METRICS = "metrics/";

    /// Bytes from which on a part with steps is full; one more step may still be in it.
    static final int MOST_BYTES = 1 << 20;

    /// Bytes of one part that is text.
    static final int MOST_TEXT = 4 << 20;

    /// Bytes of all parts with events and metrics together.
    static final int MOST_TEXTS = 16 << 20;

    /// Moments in one file.
    static final int MOST_MOMENTS = 10_000_000;

    /// Bytes of all steps together, unpacked.
    static final long MOST_UNPACKED = 16L << 30;

    private static final int MOST_MOMENTS_IN_PART = 1024;
    private static final int MOST_LETTERS = MOST_TEXT / 3; // one takes up to three bytes
    private static final int MOST_PENDING = 8 << 20;
    private static final Pattern NUMBERED =
            Pattern.compile(
                    "(?:steps/(\\d{6,9})\\.bin|events/(\\d{6,9})\\.jsonl|metrics/(\\d{6,9})\\.csv)");

    private static final int FIRST_BYTES = 16 << 10;

    private final ZipAppender zip;
    private final FrameCodec codec;
    private ByteBuffer block; // grows: small replays shall cost little
    private final StringBuilder events = new StringBuilder();
    private final StringBuilder metrics = new StringBuilder();
    private int inBlock;
    private int numbered;
    private long next;
    private long moments;
    private long unpacked;
    private long texts;

    /// Begins a file; it can be opened from now on.
    ///
    /// @param spec of the world that the frames come from
    /// @throws java.nio.file.FileAlreadyExistsException where there is such a file: a recording is
    ///   not overwritten; see {@link #save} for that
    public ReplayWriter(Path file, ReplayHeader header, EnvSpec spec) throws IOException {
        codec = new FrameCodec(spec);
        block = ByteBuffer.allocate(FIRST_BYTES + codec.mostBytes());
        zip = new ZipAppender(file);
        try {
            part(HEADER, HeaderText.of(header, spec));
            if (!header.config().isEmpty()) {
                part(CONFIG, header.config());
            }
            zip.flush();
        } catch (IOException | RuntimeException e) {
            zip.close();
            Files.delete(file); // ours: the zip would not have begun over another one
            throw e;
        }
    }

    /// Number of a part with this name; −1 where such a part has none.
    static int number(String name) {
        Matcher matcher = NUMBERED.matcher(name);
        if (!matcher.matches()) {
            return -1;
        }
        for (int k = 1; k < 3; k++) {
            if (matcher.group(k) != null) {
                return Integer.parseInt(matcher.group(k));
            }
        }
        return Integer.parseInt(matcher.group(3));
    }

    /// Writes a whole recording; the file appears complete or not at all, in place of one that was
    /// there.
    ///
    /// @param metrics lines of a table with a head, "" for none
    public static void save(Path file, ReplayHeader header, Recording recording, String metrics)
            throws IOException {
        save(file, header, recording, metrics, part -> {});
    }

    /// Writes a whole recording as {@link #save(Path, ReplayHeader, Recording, String)} does and
    /// tells how far it is. Interrupting the thread ends it with nothing written.
    ///
    /// @param heard is told how much is written, from 0 to 1
    public static void save(
            Path file,
            ReplayHeader header,
            Recording recording,
            String metrics,
            DoubleConsumer heard)
            throws IOException {
        long first = recording.oldest();
        double span = recording.newest() + 1.0 - first;
        save(
                file,
                header,
                recording.spec(),
                writer -> {
                    recording.forEach(frame -> {
                        writer.keep(frame);
                        heard.accept(Math.min(1, (frame.moment + 1 - first) / span));
                    });
                    recording.events().forEach(writer::add);
                    writer.addMetrics(metrics);
                });
    }

    /// Writes all that can be read of a file, which may be damaged, as a whole new one; it appears
    /// complete or not at all, in place of one that was there. Little memory is needed.
    ///
    /// @param from nothing was read from it yet
    /// @return moments written
    /// @throws IOException with one sentence where there is none, or the disk fails
    public static long copy(ReplayReader from, Path file) throws IOException {
        long[] moments = {0};
        save(
                file,
                from.header(),
                from.spec(),
                writer -> {
                    Frame frame = new Frame(from.spec());
                    for (; from.next(frame); moments[0]++) {
                        writer.keep(frame);
                    }
                    if (moments[0] == 0) {
                        throw new IOException("No moment can be read of it.");
                    }
                    from.events().forEach(writer::add);
                    writer.addMetrics(from.metrics());
                });
        return moments[0];
    }

    /// What goes into a file.
    private interface Content {
        void write(ReplayWriter writer) throws IOException;
    }

    private static void save(Path file, ReplayHeader header, EnvSpec spec, Content content)
            throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(draft);
        try {
            try (ReplayWriter writer = new ReplayWriter(draft, header, spec)) {
                content.write(writer);
            }
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void part(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_TEXT) {
            throw new IOException(name + " is too long for a replay, which holds 4 MB of it");
        }
        zip.add(name, bytes, bytes.length);
    }

    private String numbered(String folder, String suffix) {
        return folder + String.format(Locale.ROOT, "%06d", numbered++) + suffix;
    }

    /// Adds a copy of a frame as the next moment and gives the frame its serial number.
    ///
    /// @throws IOException with one sentence where the file is full, or the disk
    public void add(Frame frame) throws IOException {
        frame.moment = next;
        keep(frame);
    }

    /// Adds a copy of a frame with the serial number that it has, which is later than all before.
    public void keep(Frame frame) throws IOException {
        if (frame.moment < next || frame.moment > Recording.LAST_MOMENT) {
            throw new IllegalArgumentException(
                    "moment " + frame.moment + " does not come after " + (next - 1));
        }
        if (moments == MOST_MOMENTS || unpacked + MOST_BYTES + codec.mostBytes() > MOST_UNPACKED) {
            throw new IOException("A replay holds no more moments; begin another one.");
        }
        next = frame.moment + 1;
        moments++;
        if (inBlock == 0) {
            codec.restart();
            block.clear();
        }
        if (block.remaining() < codec.mostBytes()) {
            int room = Math.min(2 * block.capacity(), MOST_BYTES) + codec.mostBytes();
            block = ByteBuffer.allocate(room).put(block.flip());
        }
        codec.write(frame, block);
        if (++inBlock == MOST_MOMENTS_IN_PART || block.position() >= MOST_BYTES) {
            endBlock();
        }
        flushWhereMuchWaits();
    }

    private void flushWhereMuchWaits() throws IOException {
        if (zip.pending() > MOST_PENDING) {
            flush();
        }
    }

    private void endBlock() throws IOException {
        if (inBlock > 0) {
            zip.add(numbered(STEPS, ".bin"), block.array(), block.position());
            unpacked += block.position();
            inBlock = 0;
        }
    }

    /// Adds an event.
    public void add(ReplayEvent event) {
        ReplayEvent brief = event.brief();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("moment", brief.moment());
        line.put("type", brief.type());
        line.put("text", brief.text());
        events.append(JsonText.line(line)).append('\n');
    }

    /// Adds lines to the table of metrics, the first of which is its head.
    ///
    /// @param lines comma-separated values, each line ended by a line feed
    public void addMetrics(String lines) {
        metrics.append(lines);
    }

    /// Serial number of the newest moment; −1 before the first.
    public long newest() {
        return next - 1;
    }

    /// Makes the file complete up to here.
    public void flush() throws IOException {
        endBlock();
        texts(EVENTS, ".jsonl", events);
        texts(METRICS, ".csv", metrics);
        zip.flush();
    }

    /// Adds lines as parts that are not too long.
    private void texts(String folder, String suffix, StringBuilder lines) throws IOException {
        for (int from = 0; from < lines.length(); ) {
            int end = lines.length();
            if (end - from > MOST_LETTERS) {
                end = lines.lastIndexOf("\n", from + MOST_LETTERS - 1) + 1;
            }
            if (end <= from || texts + end - from > MOST_TEXTS) {
                throw new IOException("A replay holds no more events and metrics.");
            }
            texts += end - from;
            part(numbered(folder, suffix), lines.substring(from, end));
            from = end;
        }
        lines.setLength(0);
    }

    /// Makes the file complete and waits until the disk has it.
    @Override
    public void close() throws IOException {
        try (zip) {
            flush();
            zip.sync();
        }
    }
}
