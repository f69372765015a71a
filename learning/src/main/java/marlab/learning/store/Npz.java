package marlab.learning.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Named arrays in one file that `numpy.load` reads: a zip of NPY 1.0 files, each with a checksum.
/// Arrays are float32, float64 or int64, in column order ("fortran_order") or one-dimensional.
public final class Npz {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};

    /// Time of every entry, so that equal content gives equal bytes. Not the format's first moment:
    /// with that one a field in the machine's time zone is added.
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final Map<String, Object> arrays = new LinkedHashMap<>();
    private final Map<String, int[]> shapes = new LinkedHashMap<>();

    /// Adds an array: float[], double[] or long[].
    ///
    /// @param shape sizes of its dimensions, the first varying fastest; none for one dimension
    public Npz put(String name, Object array, int... shape) {
        arrays.put(name, array);
        shapes.put(name, shape.length == 0 ? new int[] {length(array)} : shape);
        return this;
    }

    private static int length(Object array) {
        return java.lang.reflect.Array.getLength(array);
    }

    /// True where there is an array of this name.
    public boolean has(String name) {
        return arrays.containsKey(name);
    }

    /// The array of this name and length.
    ///
    /// @throws IOException where it is missing or of another kind or length
    public float[] floats(String name, int length) throws IOException {
        return checked(name, float[].class, length);
    }

    /// As {@link #floats}, double precision.
    public double[] doubles(String name, int length) throws IOException {
        return checked(name, double[].class, length);
    }

    /// As {@link #floats}, 64-bit integers.
    public long[] longs(String name, int length) throws IOException {
        return checked(name, long[].class, length);
    }

    private <T> T checked(String name, Class<T> type, int length) throws IOException {
        Object array = arrays.get(name);
        if (!type.isInstance(array) || length(array) != length) {
            throw new IOException(
                    "array \""
                            + name
                            + "\" should be "
                            + type.getComponentType()
                            + "["
                            + length
                            + "] but is "
                            + (array == null
                                    ? "missing"
                                    : array.getClass().getComponentType()
                                            + "["
                                            + length(array)
                                            + "]"));
        }
        return type.cast(array);
    }

    /// The file's bytes.
    public byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setMethod(ZipOutputStream.STORED);
            for (Map.Entry<String, Object> entry : arrays.entrySet()) {
                byte[] npy = npy(entry.getValue(), shapes.get(entry.getKey()));
                ZipEntry file = new ZipEntry(entry.getKey() + ".npy");
                CRC32 crc = new CRC32();
                crc.update(npy);
                file.setCrc(crc.getValue());
                file.setSize(npy.length);
                file.setTimeLocal(EPOCH);
                zip.putNextEntry(file);
                zip.write(npy);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] npy(Object array, int[] shape) {
        String type = array instanceof float[] ? "<f4" : array instanceof double[] ? "<f8" : "<i8";
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
        int width = array instanceof float[] ? 4 : 8;
        ByteBuffer buffer =
                ByteBuffer.allocate(MAGIC.length + 2 + head.length() + width * length(array))
                        .order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(MAGIC)
                .putShort((short) head.length())
                .put(head.getBytes(StandardCharsets.US_ASCII));
        switch (array) {
            case float[] f -> buffer.asFloatBuffer().put(f);
            case double[] d -> buffer.asDoubleBuffer().put(d);
            case long[] l -> buffer.asLongBuffer().put(l);
            default -> throw new IllegalArgumentException("no NPY type for " + array.getClass());
        }
        return buffer.array();
    }

    /// Reads a file's bytes.
    ///
    /// @throws IOException where they are damaged or cut short
    public static Npz read(byte[] bytes) throws IOException {
        Npz npz = new Npz();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] npy = zip.readAllBytes();
                npz.put(entry.getName().replaceFirst("\\.npy$", ""), parse(npy, entry.getName()));
            }
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
            throw new IOException("it is not an array archive", e);
        }
        if (npz.arrays.isEmpty()) {
            throw new IOException("it holds no arrays");
        }
        return npz;
    }

    private static Object parse(byte[] npy, String name) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        buffer.get(magic);
        if (!java.util.Arrays.equals(magic, MAGIC)) {
            throw new IOException(name + " is no NPY 1.0 array");
        }
        byte[] head = new byte[buffer.getShort() & 0xFFFF];
        buffer.get(head);
        String text = new String(head, StandardCharsets.US_ASCII);
        if (text.contains("'<f4'")) {
            float[] array = new float[buffer.remaining() / 4];
            buffer.asFloatBuffer().get(array);
            return array;
        }
        if (text.contains("'<f8'")) {
            double[] array = new double[buffer.remaining() / 8];
            buffer.asDoubleBuffer().get(array);
            return array;
        }
        if (text.contains("'<i8'")) {
            long[] array = new long[buffer.remaining() / 8];
            buffer.asLongBuffer().get(array);
            return array;
        }
        throw new IOException(name + " has numbers of an unknown kind");
    }
}
