package marlab.learning.store;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes named arrays into one file that `numpy.load` reads: a zip of NPY 1.0 files, each with a
/// checksum. Arrays are float32, float64, int64 or bytes, in column order ("fortran_order") or
/// one-dimensional. Each goes straight to the disk, so that a large one needs no room beside
/// itself. Equal content gives equal bytes.
public final class NpzWriter implements Closeable {

    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    /// Time of every entry. Not the format's first moment: with that one a field in the machine's
    /// time zone is added.
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final FileOutputStream file;
    private final CheckedOutputStream checked;
    private final ZipOutputStream zip;
    private final ByteBuffer chunk = chunk();

    /// Makes the file.
    public NpzWriter(Path path) throws IOException {
        file = new FileOutputStream(path.toFile());
        checked = new CheckedOutputStream(new BufferedOutputStream(file, 1 << 16), new CRC32());
        zip = new ZipOutputStream(checked);
        zip.setMethod(ZipOutputStream.STORED);
    }

    /// Adds an array: float[], double[], long[] or byte[].
    ///
    /// @param shape sizes of its dimensions, the first varying fastest; none for one dimension
    public void put(String name, Object array, int... shape) throws IOException {
        int length = Array.getLength(array);
        write(name, array, length, shape.length == 0 ? new int[] {length} : shape);
    }

    /// Writes one array as a file that `numpy.load` reads.
    ///
    /// @param shape as for {@link #put}
    public static void writeAlone(Path file, Object array, int... shape) throws IOException {
        int length = Array.getLength(array);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(head(array, shape.length == 0 ? new int[] {length} : shape));
        ByteBuffer chunk = chunk();
        for (int at = 0; at < length; ) {
            at = encode(array, at, length, chunk);
            bytes.write(chunk.array(), 0, chunk.position());
        }
        AtomicFile.write(file, bytes.toByteArray());
    }

    /// Adds the first `count` of some numbers.
    public void putFirst(String name, float[] array, int count) throws IOException {
        write(name, array, count, new int[] {count});
    }

    private void write(String name, Object array, int count, int[] shape) throws IOException {
        byte[] head = head(array, shape);
        CRC32 crc = new CRC32();
        crc.update(head);
        for (int at = 0; at < count; ) {
            at = encode(array, at, count, chunk);
            crc.update(chunk.array(), 0, chunk.position());
        }
        ZipEntry entry = new ZipEntry(name + ".npy");
        entry.setCrc(crc.getValue());
        entry.setSize(head.length + (long) width(array) * count);
        entry.setTimeLocal(EPOCH);
        zip.putNextEntry(entry);
        zip.write(head);
        for (int at = 0; at < count; ) {
            at = encode(array, at, count, chunk);
            zip.write(chunk.array(), 0, chunk.position());
        }
        zip.closeEntry();
    }

    /// Fills the chunk with numbers from `at` on.
    ///
    /// @return where the next chunk begins
    private static int encode(Object array, int at, int count, ByteBuffer chunk) {
        int n = Math.min(count - at, chunk.capacity() / width(array));
        chunk.clear();
        switch (array) {
            case float[] f -> chunk.asFloatBuffer().put(f, at, n);
            case double[] d -> chunk.asDoubleBuffer().put(d, at, n);
            case long[] l -> chunk.asLongBuffer().put(l, at, n);
            case byte[] b -> chunk.put(b, at, n);
            default -> throw new IllegalArgumentException("no NPY type for " + array.getClass());
        }
        chunk.position(n * width(array));
        return at + n;
    }

    private static ByteBuffer chunk() {
        return ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int width(Object array) {
        return array instanceof byte[] ? 1 : array instanceof float[] ? 4 : 8;
    }

    /// The format's own words: magic, version 1.0, little-endian length, a Python literal, spaces
    /// and a line feed up to a multiple of 64.
    private static byte[] head(Object array, int[] shape) {
        String type =
                switch (array) {
                    case float[] _ -> "<f4";
                    case double[] _ -> "<f8";
                    case byte[] _ -> "|u1";
                    default -> "<i8";
                };
        String sizes =
                IntStream.of(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String head =
                "{'descr': '"
                        + type
                        + "', 'fortran_order': True, 'shape': ("
                        + sizes
                        + (shape.length == 1 ? ",), }" : "), }");
        int pad = 63 - (MAGIC.length + 2 + head.length()) % 64;
        head += " ".repeat(pad) + "\n";
        return ByteBuffer.allocate(MAGIC.length + 2 + head.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .putShort((short) head.length())
                .put(head.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /// Ends the file and waits until the disk has it.
    ///
    /// @return CRC-32 of the whole file
    public long finish() throws IOException {
        zip.finish();
        checked.flush();
        file.getFD().sync();
        return checked.getChecksum().getValue();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
