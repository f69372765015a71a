package marlab.sim.replay;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import marlab.sim.env.EnvSpec;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameCodec;

/// Writes a `.marlab-replay` file: a zip of `world.properties` (world and options), `config.json`
/// and `frames.bin`. The file appears when the writer is closed, whole or not at all.
public final class ReplayWriter implements Closeable {

    static final String WORLD = "world.properties";
    static final String CONFIG = "config.json";
    static final String FRAMES = "frames.bin";

    private final Path file;
    private final Path draft;
    private final ZipOutputStream zip;
    private final ByteBuffer buffer;
    private boolean failed;

    /// Begins a file.
    ///
    /// @param spec of the world that the frames come from
    public ReplayWriter(Path file, Replay.Header header, EnvSpec spec) throws IOException {
        this.file = file;
        draft = file.resolveSibling(file.getFileName() + ".tmp");
        buffer = ByteBuffer.allocate(FrameCodec.size(new Frame(spec)));
        zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(draft)));
        entry(WORLD, world(header));
        entry(CONFIG, header.config());
        zip.putNextEntry(new ZipEntry(FRAMES));
    }

    private static String world(Replay.Header header) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("world", header.world());
        header.options().forEach((name, value) -> properties.setProperty("option." + name, value));
        StringWriter text = new StringWriter();
        properties.store(text, null);
        return text.toString();
    }

    private void entry(String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /// Adds a copy of a frame.
    public void add(Frame frame) throws IOException {
        buffer.clear();
        FrameCodec.write(frame, buffer);
        try {
            zip.write(buffer.array());
        } catch (IOException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            zip.close();
            if (!failed) {
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
