package marlab.learning.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// Reads a file of named arrays, see {@link NpzWriter}, or one that `numpy.savez` wrote. Whoever
/// asks says how long an array should be, so that damage can't ask for much memory; each array's
/// checksum is looked at.
public final class NpzReader implements Closeable {

    private static final Pattern HEAD =
            Pattern.compile(
                    "\\{'descr': '(<f4|<f8|<i8|\\|u1)', 'fortran_order': (True|False), 'shape':"
                            + " \\(([0-9, ]*)\\), \\}\\s*");

    /// Numbers that nobody names a length for: 400 MB of them.
    private static final int MOST = 100_000_000;

    private final ZipFile zip;
    private final Set<String> asked = new LinkedHashSet<>();

    /// Opens a file.
    ///
    /// @throws IOException where it is missing, damaged or cut short
    public NpzReader(Path file) throws IOException {
        try {
            zip = new ZipFile(file.toFile());
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file.getFileName() + " is not an array archive", e);
        }
        if (names().isEmpty()) {
            zip.close();
            throw new IOException(file.getFileName() + " holds no arrays");
        }
    }

    /// Names of the arrays.
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        try (Stream<? extends ZipEntry> entries = zip.stream()) {
            entries.filter(e -> e.getName().endsWith(".npy"))
                    .forEach(e -> names.add(e.getName().replaceFirst("\\.npy$", "")));
        }
        return names;
    }

    /// True where there is an array of this name.
    public boolean has(String name) {
        return zip.getEntry(name + ".npy") != null;
    }

    /// True where there is an array of this name and length.
    public boolean has(String name, int length) throws IOException {
        return has(name) && length(name) == length;
    }

    /// Numbers that an array holds.
    ///
    /// @throws IOException where it is missing or damaged
    public long length(String name) throws IOException {
        try (InputStream in = open(name)) {
            return head(name, in).count();
        } catch (ZipException | EOFException e) {
            throw damaged(name, e);
        }
    }

    /// Names that nobody has asked for.
    public Set<String> left() {
        Set<String> left = names();
        left.removeAll(asked);
        return left;
    }

    /// The array of this name and length.
    ///
    /// @throws IOException where it is missing, damaged, or of another kind or length
    public float[] floats(String name, int length) throws IOException {
        float[] array = new float[fitting(name, "<f4", length)];
        readInto(name, array, length);
        return array;
    }

    /// As {@link #floats}, double precision.
    public double[] doubles(String name, int length) throws IOException {
        double[] array = new double[fitting(name, "<f8", length)];
        read(name, "<f8", length, (bytes, at, n) -> bytes.asDoubleBuffer().get(array, at, n));
        return array;
    }

    /// As {@link #floats}, 64-bit integers.
    public long[] longs(String name, int length) throws IOException {
        long[] array = new long[fitting(name, "<i8", length)];
        read(name, "<i8", length, (bytes, at, n) -> bytes.asLongBuffer().get(array, at, n));
        return array;
    }

    /// As {@link #floats}, bytes.
    public byte[] bytes(String name, int length) throws IOException {
        byte[] array = new byte[fitting(name, "|u1", length)];
        read(name, "|u1", length, (bytes, at, n) -> bytes.get(array, at, n));
        return array;
    }

    /// Reads an array of this length into the beginning of another.
    public void readInto(String name, float[] into, int length) throws IOException {
        read(name, "<f4", length, (bytes, at, n) -> bytes.asFloatBuffer().get(into, at, n));
    }

    /// A matrix of single or double precision, or a vector as one column.
    ///
    /// @param values column after column
    public record Table(int rows, int columns, float[] values) {}

    /// The matrix of this name, of any size.
    public Table table(String name) throws IOException {
        Shape shape;
        try (InputStream in = open(name)) {
            shape = head(name, in);
        }
        if (shape.kind.equals("<i8")
                || shape.kind.equals("|u1")
                || shape.sizes.length > 2
                || shape.count() > MOST) {
            throw new IOException("array \"" + name + "\" is no matrix of real numbers");
        }
        int count = (int) shape.count();
        float[] values = new float[count];
        read(
                name,
                shape.kind,
                count,
                (bytes, at, n) -> {
                    for (int k = 0; k < n; k++) {
                        values[at + k] =
                                shape.kind.equals("<f4")
                                        ? bytes.getFloat()
                                        : (float) bytes.getDouble();
                    }
                });
        int rows = shape.sizes.length == 0 ? 1 : shape.sizes[0];
        int columns = shape.sizes.length < 2 ? 1 : shape.sizes[1];
        return new Table(
                rows, columns, shape.columnOrder ? values : transposed(values, rows, columns));
    }

    private static float[] transposed(float[] byRows, int rows, int columns) {
        float[] byColumns = new float[byRows.length];
        for (int k = 0; k < byRows.length; k++) {
            byColumns[k % columns * rows + k / columns] = byRows[k];
        }
        return byColumns;
    }

    /// Takes some numbers of an array.
    private interface Taker {
        void take(ByteBuffer bytes, int at, int count);
    }

    private record Shape(String kind, boolean columnOrder, int[] sizes, int headBytes) {

        long count() {
            long count = 1;
            for (int size : sizes) {
                count = Math.multiplyExact(count, size);
            }
            return count;
        }
    }

    private InputStream open(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name + ".npy");
        if (entry == null) {
            throw new IOException("array \"" + name + "\" is missing");
        }
        asked.add(name);
        try {
            return zip.getInputStream(entry);
        } catch (ZipException | EOFException e) {
            throw damaged(name, e);
        }
    }

    private static IOException damaged(String name, Exception e) {
        return new IOException("array \"" + name + "\" is damaged", e);
    }

    private Shape head(String name, InputStream in) throws IOException {
        byte[] start = in.readNBytes(NpzWriter.MAGIC.length + 2);
        if (start.length < NpzWriter.MAGIC.length + 2
                || !Arrays.equals(start, 0, 8, NpzWriter.MAGIC, 0, 8)) {
            throw new IOException("array \"" + name + "\" is not of format NPY 1.0");
        }
        byte[] head = in.readNBytes((start[8] & 0xFF) + ((start[9] & 0xFF) << 8));
        Matcher words = HEAD.matcher(new String(head, StandardCharsets.US_ASCII));
        if (!words.matches()) {
            throw new IOException("array \"" + name + "\" has a head that can't be read");
        }
        try {
            int[] sizes =
                    Stream.of(words.group(3).split("[, ]+"))
                            .filter(s -> !s.isEmpty())
                            .mapToInt(Integer::parseInt)
                            .toArray();
            Shape shape =
                    new Shape(
                            words.group(1),
                            words.group(2).equals("True"),
                            sizes,
                            start.length + head.length);
            long width = width(shape.kind);
            long size = zip.getEntry(name + ".npy").getSize();
            if (size != shape.headBytes + width * shape.count()) {
                throw new IOException("array \"" + name + "\" is cut short");
            }
            return shape;
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IOException("array \"" + name + "\" has an impossible size", e);
        }
    }

    /// @return the length, where the array is so long
    private int fitting(String name, String kind, int length) throws IOException {
        try (InputStream in = open(name)) {
            Shape shape = head(name, in);
            if (!shape.kind.equals(kind) || shape.count() != length) {
                throw new IOException(
                        "array \""
                                + name
                                + "\" should be "
                                + word(kind)
                                + "["
                                + length
                                + "] but is "
                                + word(shape.kind)
                                + "["
                                + shape.count()
                                + "]");
            }
        } catch (ZipException | EOFException e) {
            throw damaged(name, e);
        }
        return length;
    }

    private static String word(String kind) {
        return switch (kind) {
            case "<f4" -> "float";
            case "<f8" -> "double";
            case "|u1" -> "byte";
            default -> "long";
        };
    }

    private static int width(String kind) {
        return kind.equals("|u1") ? 1 : kind.equals("<f4") ? 4 : 8;
    }

    private void read(String name, String kind, int length, Taker taker) throws IOException {
        fitting(name, kind, length);
        int width = width(kind);
        byte[] chunk = new byte[1 << 16];
        try (CheckedInputStream in = new CheckedInputStream(open(name), new CRC32())) {
            head(name, in);
            int at = 0;
            while (at < length) {
                int n = Math.min(length - at, chunk.length / width);
                if (in.readNBytes(chunk, 0, n * width) < n * width) {
                    throw new IOException("array \"" + name + "\" is cut short");
                }
                taker.take(
                        ByteBuffer.wrap(chunk, 0, n * width).order(ByteOrder.LITTLE_ENDIAN), at, n);
                at += n;
            }
            if (in.getChecksum().getValue() != zip.getEntry(name + ".npy").getCrc()) {
                throw damaged(name, null);
            }
        } catch (ZipException | EOFException e) {
            throw damaged(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
