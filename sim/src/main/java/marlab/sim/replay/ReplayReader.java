package marlab.sim.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import marlab.sim.env.EnvSpec;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameCodec;

/// Reads a `.marlab-replay` file from its beginning, part by part, and never trusts it: a file that
/// is cut short or damaged is read up to there and {@link #damage} says so, and no size that the
/// file claims is believed beyond what its world can need. The zip's directory is not used; nothing
/// is written. Not thread-safe.
public final class ReplayReader implements Closeable {

    private static final int MOST_NAME = 256;
    private static final int MOST_TEXT = 4 << 20;
    private static final int MOST_TEXTS = 32 << 20;
    private static final int DEFLATED = 8;
    private static final int STORED = 0;
    private static final int UNKNOWN_SIZE = 1 << 3;
    private static final int ENCRYPTED = 1;

    private final Path file;
    private final FileChannel channel;
    private final long length;
    private final ReplayHeader header;
    private final EnvSpec spec;
    private final FrameCodec codec;
    private final List<ReplayEvent> events = new ArrayList<>();
    private final StringBuilder metrics = new StringBuilder();
    private long at;
    private long texts;
    private Part ahead; // read, but not yet used
    private ByteBuffer block = ByteBuffer.allocate(0);
    private long newest = -1;
    private String damage;
    private boolean ended;

    /// A part as the file tells it.
    private record Part(String name, byte[] data) {}

    /// Damage found while reading a part.
    private static final class Damaged extends Exception {
        private static final long serialVersionUID = 1;

        Damaged(String what) {
            super(what);
        }
    }

    /// Opens a file and reads its header.
    ///
    /// @throws IOException with one sentence where it can't be read, is no replay, is of a later
    ///   version, or shows a world that is not here
    public ReplayReader(Path file) throws IOException {
        this.file = file;
        try {
            channel = FileChannel.open(file);
        } catch (NoSuchFileException e) {
            throw new IOException("There is no replay " + file + "; check the name.", e);
        }
        try {
            length = channel.size();
            Map<?, ?> tree = firstPart();
            ahead = part();
            String config = "";
            if (ahead != null && ahead.name.equals(ReplayWriter.CONFIG)) {
                config = text(ahead);
                ahead = null;
            }
            header = header(tree, config);
            spec = header.provider().create(header.envOptions()).spec();
            codec = new FrameCodec(spec);
            checkLayout(tree);
        } catch (Damaged | IllegalArgumentException | ClassCastException e) {
            channel.close();
            throw new IOException(
                    file + " can't be opened as a replay: " + e.getMessage() + ".", e);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private Map<?, ?> firstPart() throws IOException, Damaged {
        Part first;
        try {
            first = part();
        } catch (Damaged e) {
            first = null;
        }
        if (first == null || !first.name.equals(ReplayWriter.HEADER)) {
            throw new Damaged("it does not begin with the header of one");
        }
        Object tree = JsonText.read(text(first));
        if (!(tree instanceof Map<?, ?> map)
                || !ReplayWriter.FORMAT.equals(map.get("format"))
                || !(map.get("version") instanceof Double version)) {
            throw new Damaged("its header does not say that it is one");
        }
        if (version != ReplayWriter.VERSION) {
            throw new Damaged(
                    "its format is version "
                            + JsonText.line(version)
                            + " and this program reads version "
                            + ReplayWriter.VERSION
                            + "; open it with a newer Marlab");
        }
        return map;
    }

    private static ReplayHeader header(Map<?, ?> tree, String config) {
        if (!(tree.get("world") instanceof String world)) {
            throw new IllegalArgumentException("its header does not name a world");
        }
        return new ReplayHeader(
                world,
                texts(tree.get("options")),
                weights(tree.get("weights"), tree.get("share")),
                texts(tree.get("about")),
                config);
    }

    private static Map<String, String> texts(Object tree) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts.put(name.toString(), String.valueOf(value)));
        }
        return texts;
    }

    private static RewardWeights weights(Object weights, Object share) {
        if (!(weights instanceof List<?> list)) {
            return null;
        }
        double[] numbers = list.stream().mapToDouble(each -> (Double) each).toArray();
        return new RewardWeights(numbers, share instanceof Double d ? d : 0);
    }

    /// A replay of a world that has changed since can't be read.
    private void checkLayout(Map<?, ?> tree) throws Damaged {
        Object here = JsonText.read(JsonText.line(ReplayWriter.layout(spec)));
        Map<String, Object> there = new LinkedHashMap<>();
        there.put("wide", tree.get("wide"));
        there.put("narrow", tree.get("narrow"));
        if (!here.equals(there)) {
            throw new Damaged("it was recorded in another version of the world " + header.world());
        }
        if (header.weights() != null && header.weights().size() != spec.terms().size()) {
            throw new Damaged("it has weights for other reward terms than its world");
        }
    }

    /// What the file says about itself.
    public ReplayHeader header() {
        return header;
    }

    /// What is fixed about the world.
    public EnvSpec spec() {
        return spec;
    }

    /// Events as far as read; all of them after the last moment.
    public List<ReplayEvent> events() {
        return List.copyOf(events);
    }

    /// The table of metrics as far as read, "" where there is none.
    public String metrics() {
        return metrics.toString();
    }

    /// One sentence on where reading had to end; null where the file is whole, or not yet read.
    public String damage() {
        return damage;
    }

    /// How much of the file is read, from 0 to 1.
    public double progress() {
        return (double) at / length;
    }

    /// Reads the next moment.
    ///
    /// @return false after the last one that can be read
    public boolean next(Frame into) throws IOException {
        try {
            while (!block.hasRemaining()) {
                if (ended) {
                    return false;
                }
                nextPart();
            }
            codec.read(block, into);
            if (into.moment <= newest) {
                throw new Damaged("moments are out of order");
            }
            newest = into.moment;
            return true;
        } catch (BufferUnderflowException e) {
            return end("a step is cut short");
        } catch (Damaged e) {
            return end(e.getMessage());
        }
    }

    private boolean end(String why) {
        ended = true;
        block = ByteBuffer.allocate(0);
        damage = file + " is damaged (" + why + "); it can be shown up to moment " + newest + ".";
        return false;
    }

    private void nextPart() throws IOException, Damaged {
        Part part = ahead == null ? part() : ahead;
        ahead = null;
        if (part == null) {
            ended = true;
        } else if (part.name.startsWith(ReplayWriter.STEPS)) {
            block = ByteBuffer.wrap(part.data);
            codec.restart();
        } else if (part.name.startsWith(ReplayWriter.EVENTS)) {
            for (String line : text(part).lines().toList()) {
                events.add(event(line));
            }
        } else if (part.name.startsWith(ReplayWriter.METRICS)) {
            metrics.append(text(part));
        }
    }

    private static ReplayEvent event(String line) throws Damaged {
        try {
            if (JsonText.read(line) instanceof Map<?, ?> tree
                    && tree.get("moment") instanceof Double moment
                    && tree.get("type") instanceof String type
                    && tree.get("text") instanceof String text) {
                return new ReplayEvent(moment.longValue(), type, text);
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new Damaged("an event can't be understood");
    }

    private String text(Part part) throws Damaged {
        texts += part.data.length;
        if (texts > MOST_TEXTS) {
            throw new Damaged("it has more texts than a replay needs");
        }
        return new String(part.data, StandardCharsets.UTF_8);
    }

    /// The next part; null at the end.
    private Part part() throws IOException, Damaged {
        while (true) {
            ByteBuffer local = read(30);
            int signature = local.getInt();
            if (signature == ZipAppender.CENTRAL || signature == ZipAppender.END) {
                return null;
            }
            if (signature != ZipAppender.LOCAL) {
                throw new Damaged("it is no zip at byte " + (at - 30));
            }
            int flags = local.getShort(6);
            int method = local.getShort(8);
            long sum = Integer.toUnsignedLong(local.getInt(14));
            long packed = Integer.toUnsignedLong(local.getInt(18));
            long size = Integer.toUnsignedLong(local.getInt(22));
            int nameLength = Short.toUnsignedInt(local.getShort(26));
            int extra = Short.toUnsignedInt(local.getShort(28));
            if ((flags & (UNKNOWN_SIZE | ENCRYPTED)) != 0
                    || method != DEFLATED && method != STORED) {
                throw new Damaged(
                        "another program packed it in a way that can't be read; unzip it and zip it"
                                + " again with zip -X -0");
            }
            if (nameLength > MOST_NAME || packed > length - at) {
                throw new Damaged("it is cut short at byte " + length);
            }
            String name = StandardCharsets.UTF_8.decode(read(nameLength)).toString();
            at += extra;
            long most = most(name);
            if (most == 0) {
                at += packed; // of a later version, or a stranger's
                continue;
            }
            if (size > most || packed > most + 1024) {
                throw new Damaged("its part " + clean(name) + " claims an absurd size");
            }
            byte[] raw = read((int) packed).array();
            byte[] data = method == STORED ? raw : inflate(raw, (int) size, name);
            CRC32 check = new CRC32();
            check.update(data);
            if (data.length != size || check.getValue() != sum) {
                throw new Damaged("the check sum of its part " + clean(name) + " is wrong");
            }
            return new Part(name, data);
        }
    }

    /// Bytes that a part of this name may have; 0 where there is no such part.
    private long most(String name) {
        if (name.equals(ReplayWriter.HEADER)
                || name.equals(ReplayWriter.CONFIG)
                || name.startsWith(ReplayWriter.EVENTS)
                || name.startsWith(ReplayWriter.METRICS)) {
            return MOST_TEXT;
        }
        boolean steps = name.startsWith(ReplayWriter.STEPS) && codec != null;
        return steps ? Recording.MOST_BYTES + (long) codec.mostBytes() : 0;
    }

    private static String clean(String name) {
        return name.replaceAll("[^A-Za-z0-9./_-]", "?");
    }

    private static byte[] inflate(byte[] packed, int size, String name) throws Damaged {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] data = new byte[size];
            int got = 0;
            while (got < size && !inflater.finished() && !inflater.needsInput()) {
                got += inflater.inflate(data, got, size - got);
            }
            if (got < size) {
                throw new Damaged("its part " + clean(name) + " is damaged");
            }
            return data;
        } catch (DataFormatException e) {
            throw new Damaged("its part " + clean(name) + " is damaged");
        } finally {
            inflater.end();
        }
    }

    private ByteBuffer read(int count) throws IOException, Damaged {
        if (at + count > length) {
            throw new Damaged("it is cut short at byte " + length);
        }
        ByteBuffer into = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (into.hasRemaining()) {
            int got = channel.read(into, at + into.position());
            if (got < 0) {
                throw new Damaged("it is cut short at byte " + length);
            }
        }
        at += count;
        return into.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
