package marlab.sim.replay;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import marlab.sim.env.EnvSpec;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameCodec;

/// Writes a `.marlab-replay` file: a zip of `world.properties` (world and options), `config.json`,
/// `frames.bin` ({@link FrameCodec} records) and `events.jsonl`. The file appears when the writer
/// is closed, whole or not at all; the same frames give the same bytes. Not thread-safe.
public final class ReplayWriter implements Closeable {

    static final String WORLD = "world.properties";
    static final String CONFIG = "config.json";
    static final String FRAMES = "frames.bin";
    static final String EVENTS = "events.jsonl";

    /// All parts bear one date: what was recorded twice is the same file.
    private static final LocalDateTime ONE_DATE = LocalDateTime.of(2026, 1, 1, 0, 0);

    private final Path file;
    private final Path draft;
    private final ZipOutputStream zip;
    private final ByteBuffer buffer;
    private final StringBuilder events = new StringBuilder();
    private boolean failed;
    private boolean closed;

    /// Begins a file.
    ///
    /// @param spec of the world that the frames come from
    public ReplayWriter(Path file, Replay.Header header, EnvSpec spec) throws IOException {
        this.file = file;
        draft = file.resolveSibling(file.getFileName() + ".tmp");
        buffer = ByteBuffer.allocate(FrameCodec.size(new Frame(spec)));
        zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)));
        try {
            part(WORLD, world(header));
            part(CONFIG, header.config());
            begin(FRAMES);
        } catch (IOException e) {
            failed = true;
            close();
            throw e;
        }
    }

    /// Properties, but sorted and without the date that Properties.store puts on top.
    private static String world(Replay.Header header) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("world", header.world());
        header.options().forEach((name, value) -> properties.setProperty("option." + name, value));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private void part(String name, String content) throws IOException {
        begin(name);
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private void begin(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ONE_DATE);
        zip.putNextEntry(entry);
    }

    /// Adds a copy of a frame.
    public void add(Frame frame) throws IOException {
        buffer.clear();
        FrameCodec.write(frame, buffer);
        try {
            zip.write(buffer.array(), 0, buffer.position());
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    /// Adds an event.
    ///
    /// @param line a JSON object on one line
    public void addEvent(String line) {
        if (line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("an event takes one line, not " + line);
        }
        events.append(line).append('\n');
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (zip) {
            if (!failed) {
                zip.closeEntry();
                part(EVENTS, events.toString());
                zip.finish();
                zip.flush();
                sync();
            }
        } catch (IOException e) {
            failed = true;
            throw e;
        } finally {
            if (!failed) {
                Files.move(
                        draft,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            Files.deleteIfExists(draft);
        }
    }

    private void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
