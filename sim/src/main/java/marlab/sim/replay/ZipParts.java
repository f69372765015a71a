package marlab.sim.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The parts of a zip file, found from its beginning, one after the other, so that a file that is
/// cut short tells all that it still has; its directory only tells what should be there. No size
/// that the file claims is believed, and none of its names leads to a file. Not thread-safe.
///
/// Source: PKWARE, APPNOTE.TXT 6.3.10, section 4.3.7.
final class ZipParts implements Closeable {

    private static final int HEAD = 30;
    private static final int ENTRY = 46;
    private static final int MOST_NAME = 256;
    private static final int MOST_PARTS = 0xFFFF;
    private static final int DEFLATED = 8;
    private static final int STORED = 0;
    private static final int UNKNOWN_SIZE = 1 << 3;
    private static final int ENCRYPTED = 1;

    private final FileChannel channel;
    private final long length;
    private final List<Part> parts = new ArrayList<>();
    private final List<String> directory = new ArrayList<>();
    private String damage;

    /// Where a part stands.
    ///
    /// @param at first of its bytes
    /// @param packed bytes in the file
    /// @param size bytes that it claims to have
    /// @param sum its check sum, CRC-32
    /// @param method how it is packed: 0 or 8
    record Part(String name, long at, long packed, long size, int sum, int method) {}

    /// Damage to a file, in a few words without a full stop.
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1;

        Damaged(String what) {
            super(what);
        }
    }

    /// Opens a file and finds its parts.
    ZipParts(Path file) throws IOException {
        length = Files.size(file);
        channel = FileChannel.open(file);
        try {
            find();
        } catch (Damaged e) {
            damage = e.getMessage();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// All parts up to the damage, in the file's order.
    List<Part> parts() {
        return parts;
    }

    /// Names of the parts that there should be; none where the directory can't be read.
    List<String> directory() {
        return directory;
    }

    /// Why no more parts were found; null where there are no more.
    String damage() {
        return damage;
    }

    /// Bytes of the file.
    long length() {
        return length;
    }

    private void find() throws IOException, Damaged {
        ByteBuffer head = ByteBuffer.allocate(HEAD + MOST_NAME).order(ByteOrder.LITTLE_ENDIAN);
        long at = 0;
        while (true) {
            head.clear().limit((int) Math.min(head.capacity(), length - at));
            fill(head, at);
            head.flip();
            int signature = head.limit() < Integer.BYTES ? 0 : head.getInt(0);
            if (signature == ZipAppender.CENTRAL || signature == ZipAppender.END) {
                readDirectory(at);
                return;
            }
            if (head.limit() < HEAD) {
                throw cutShort();
            }
            if (signature != ZipAppender.LOCAL) {
                throw new Damaged("it is no zip at byte " + at);
            }
            Part part = part(head, at);
            if (part.packed > length - part.at) {
                throw cutShort();
            }
            if (parts.size() == MOST_PARTS) {
                throw new Damaged("it has more parts than a zip can have");
            }
            parts.add(part);
            at = part.at + part.packed;
        }
    }

    private void readDirectory(long from) throws IOException, Damaged {
        ByteBuffer entry = ByteBuffer.allocate(ENTRY + MOST_NAME).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = from; at + ENTRY <= length && directory.size() < MOST_PARTS; ) {
            entry.clear().limit((int) Math.min(entry.capacity(), length - at));
            fill(entry, at);
            entry.flip();
            int name = Short.toUnsignedInt(entry.getShort(28));
            if (entry.getInt(0) != ZipAppender.CENTRAL || ENTRY + name > entry.limit()) {
                return;
            }
            directory.add(new String(entry.array(), ENTRY, name, StandardCharsets.UTF_8));
            int more = Short.toUnsignedInt(entry.getShort(30));
            at += ENTRY + name + more + Short.toUnsignedInt(entry.getShort(32));
        }
    }

    private static Part part(ByteBuffer head, long at) throws Damaged {
        int flags = head.getShort(6);
        int method = head.getShort(8);
        int nameLength = Short.toUnsignedInt(head.getShort(26));
        int extra = Short.toUnsignedInt(head.getShort(28));
        if ((flags & (UNKNOWN_SIZE | ENCRYPTED)) != 0 || method != DEFLATED && method != STORED) {
            throw new Damaged(
                    "another program packed it in a way that can't be read; unpack it and pack it"
                            + " again with zip -r");
        }
        int shown = Math.min(nameLength, head.limit() - HEAD);
        String name = new String(head.array(), HEAD, shown, StandardCharsets.UTF_8);
        return new Part(
                nameLength > shown ? "" : name, // a stranger's, or cut short
                at + HEAD + nameLength + extra,
                Integer.toUnsignedLong(head.getInt(18)),
                Integer.toUnsignedLong(head.getInt(22)),
                head.getInt(14),
                method);
    }

    private Damaged cutShort() {
        return new Damaged("it is cut short at byte " + length);
    }

    /// Fills what remains of a buffer from this place on.
    private void fill(ByteBuffer into, long from) throws IOException, Damaged {
        long at = from;
        while (into.hasRemaining()) {
            int got = channel.read(into, at);
            if (got < 0) {
                throw cutShort();
            }
            at += got;
        }
    }

    /// The content of a part.
    ///
    /// @param most bytes that such a part may have
    byte[] read(Part part, long most) throws IOException, Damaged {
        boolean absurd = part.size > most || part.packed > most + most / 1000 + 1024;
        if (absurd || part.method == STORED && part.size != part.packed) {
            throw new Damaged("its part " + part.name + " claims an absurd size");
        }
        ByteBuffer raw = ByteBuffer.allocate((int) part.packed);
        fill(raw, part.at);
        byte[] data =
                part.method == STORED ? raw.array() : inflate(raw.array(), (int) part.size, part);
        CRC32 sum = new CRC32();
        sum.update(data);
        if ((int) sum.getValue() != part.sum) {
            throw new Damaged("the check sum of its part " + part.name + " is wrong");
        }
        return data;
    }

    /// Unpacks exactly as many bytes as were claimed, and no more even where there are.
    private static byte[] inflate(byte[] packed, int size, Part part) throws Damaged {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] data = new byte[size];
            int got = 0;
            for (int more = 1; got < size && more > 0; got += more) {
                more = inflater.inflate(data, got, size - got);
            }
            if (got == size && inflater.inflate(new byte[1]) == 0 && inflater.finished()) {
                return data;
            }
        } catch (DataFormatException e) {
            // said below
        } finally {
            inflater.end();
        }
        throw new Damaged("its part " + part.name + " is damaged");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
