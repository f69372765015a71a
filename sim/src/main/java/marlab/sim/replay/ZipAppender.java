package marlab.sim.replay;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// A zip file that is complete after every {@link #flush}: new parts go over the old directory, and
/// a new directory follows them. The JDK's own writers end a zip once, when it is closed, and a
/// process that is killed before leaves nothing that others can open. All parts bear one date: what
/// was recorded twice is the same file. Not thread-safe.
///
/// Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
final class ZipAppender implements Closeable {

    static final int LOCAL = 0x04034b50;
    static final int CENTRAL = 0x02014b50;
    static final int END = 0x06054b50;

    private static final short VERSION = 20;
    private static final short UTF_8 = 1 << 11;
    private static final short DEFLATED = 8;
    private static final int FIRST_OF_JANUARY_2026 = (2026 - 1980 << 9 | 1 << 5 | 1) << 16;
    private static final int MOST_PARTS = 0xFFFE; // one more says "see elsewhere", as does:
    private static final long MOST_BYTES = 0xFFFF_FFFEL;

    private final Path file;
    private final FileChannel channel;
    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true); // 2 % larger
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private long end;
    private int parts;

    /// Begins a file.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException where there is one
    ZipAppender(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /// Adds a part; it is in the file after the next {@link #flush}.
    void add(String name, byte[] data, int length) throws IOException {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] packed = deflate(data, length);
        long at = end + pending.size();
        long directoryAfter = directory.size() + 46L + nameBytes.length + 22;
        if (parts == MOST_PARTS
                || at + 30 + nameBytes.length + packed.length + directoryAfter > MOST_BYTES) {
            throw new IOException(file + " is full: a replay holds 4 GB; begin another one.");
        }
        CRC32 sum = new CRC32();
        sum.update(data, 0, length);
        ByteBuffer common = little(22);
        common.putShort(VERSION).putShort(UTF_8).putShort(DEFLATED).putInt(FIRST_OF_JANUARY_2026);
        common.putInt((int) sum.getValue()).putInt(packed.length).putInt(length);
        pending.writeBytes(little(4).putInt(LOCAL).array());
        pending.writeBytes(common.array());
        pending.writeBytes(
                little(4).putShort((short) nameBytes.length).putShort((short) 0).array());
        pending.writeBytes(nameBytes);
        pending.writeBytes(packed);
        directory.writeBytes(little(6).putInt(CENTRAL).putShort(VERSION).array());
        directory.writeBytes(common.array());
        directory.writeBytes(
                little(18)
                        .putShort((short) nameBytes.length)
                        .putLong(0) // no extra field, comment, further disk or text attribute
                        .putInt(0)
                        .putInt((int) at)
                        .array());
        directory.writeBytes(nameBytes);
        parts++;
    }

    private byte[] deflate(byte[] data, int length) {
        deflater.reset();
        deflater.setInput(data, 0, length);
        deflater.finish();
        ByteArrayOutputStream packed = new ByteArrayOutputStream(length / 2 + 64);
        byte[] chunk = new byte[8192];
        while (!deflater.finished()) {
            packed.write(chunk, 0, deflater.deflate(chunk));
        }
        return packed.toByteArray();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Bytes that wait for the next flush.
    int pending() {
        return pending.size();
    }

    /// Writes what was added, in one go with the directory.
    void flush() throws IOException {
        ByteBuffer tail = little(22);
        tail.putInt(END).putInt(0).putShort((short) parts).putShort((short) parts);
        tail.putInt(directory.size()).putInt((int) (end + pending.size())).putShort((short) 0);
        ByteBuffer all = ByteBuffer.allocate(pending.size() + directory.size() + 22);
        all.put(pending.toByteArray()).put(directory.toByteArray()).put(tail.array()).flip();
        long at = end;
        while (all.hasRemaining()) {
            at += channel.write(all, at);
        }
        end += pending.size();
        pending.reset();
    }

    /// Waits until the disk has what was flushed.
    void sync() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        channel.close();
    }
}
