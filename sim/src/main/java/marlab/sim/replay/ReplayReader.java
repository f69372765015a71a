package marlab.sim.replay;

import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import marlab.sim.env.EnvSpec;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameCodec;

/// Reads what {@link ReplayWriter} wrote.
public final class ReplayReader {

    private ReplayReader() {}

    /// Reads a whole file.
    ///
    /// @throws IOException with one sentence where it can't be read, is damaged or cut short, or
    ///   shows a world that is not here
    public static Replay read(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            Replay.Header header = header(zip);
            EnvSpec spec = header.provider().create(header.envOptions()).spec();
            List<Frame> frames = frames(bytes(zip, ReplayWriter.FRAMES), spec);
            List<String> events = text(zip, ReplayWriter.EVENTS).lines().toList();
            return new Replay(header, frames, events);
        } catch (NoSuchFileException e) {
            throw new IOException("There is no replay " + file + "; check the name.", e);
        } catch (ZipException | EOFException e) {
            throw unreadable(file, "it is cut short or not a replay at all", e);
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(file, e.getMessage(), e);
        }
    }

    private static IOException unreadable(Path file, String why, Exception cause) {
        return new IOException(file + " is not a readable replay: " + why + ".", cause);
    }

    private static Replay.Header header(ZipFile zip) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text(zip, ReplayWriter.WORLD)));
        Map<String, String> options = new LinkedHashMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith("option.")) {
                options.put(name.substring("option.".length()), properties.getProperty(name));
            }
        }
        String world = properties.getProperty("world");
        if (world == null) {
            throw new IOException("it does not say which world it shows");
        }
        return new Replay.Header(world, options, text(zip, ReplayWriter.CONFIG));
    }

    private static String text(ZipFile zip, String name) throws IOException {
        return new String(bytes(zip, name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("the part " + name + " is missing");
        }
        try (var in = zip.getInputStream(entry)) {
            byte[] bytes = in.readAllBytes();
            CRC32 sum = new CRC32(); // which ZipFile does not compare
            sum.update(bytes);
            if (sum.getValue() != entry.getCrc()) {
                throw new IOException("the check sum of its part " + name + " is wrong");
            }
            return bytes;
        }
    }

    private static List<Frame> frames(byte[] bytes, EnvSpec spec) throws IOException {
        int size = FrameCodec.size(new Frame(spec));
        if (bytes.length % size != 0) {
            throw new IOException("the last of its frames is cut short");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        List<Frame> frames = new ArrayList<>();
        while (buffer.hasRemaining()) {
            Frame frame = new Frame(spec);
            FrameCodec.read(buffer, frame);
            frames.add(frame);
        }
        return frames;
    }
}
