package marlab.learning.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TimeZone;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {

    @TempDir private Path folder;

    private byte[] example() throws IOException {
        Path file = folder.resolve("example.npz");
        try (NpzWriter writer = new NpzWriter(file)) {
            writer.put("layer.weight", new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            writer.put("norm", new double[] {Math.PI, Double.NaN});
            writer.put("random", new long[] {Long.MIN_VALUE, 7, Long.MAX_VALUE});
            CRC32 crc = new CRC32();
            long said = writer.finish();
            crc.update(Files.readAllBytes(file));
            assertEquals(crc.getValue(), said);
        }
        return Files.readAllBytes(file);
    }

    private NpzReader read(byte[] bytes) throws IOException {
        Path file = folder.resolve("read.npz");
        Files.write(file, bytes);
        return new NpzReader(file);
    }

    @Test
    void everyBitComesBack() throws IOException {
        try (NpzReader read = read(example())) {
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, read.floats("layer.weight", 6));
            assertArrayEquals(new double[] {Math.PI, Double.NaN}, read.doubles("norm", 2));
            assertEquals(Set.of("random"), read.left());
            assertArrayEquals(
                    new long[] {Long.MIN_VALUE, 7, Long.MAX_VALUE}, read.longs("random", 3));
            assertEquals(Set.of(), read.left());
        }
    }

    /// More than one chunk, and only the beginning of what there is.
    @Test
    void longArraysAreReadIntoTheirPlace() throws IOException {
        float[] numbers = new float[50_000];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = 0.1f * k;
        }
        Path file = folder.resolve("long.npz");
        try (NpzWriter writer = new NpzWriter(file)) {
            writer.putFirst("replay", numbers, 40_000);
            writer.finish();
        }
        float[] into = new float[50_000];
        try (NpzReader read = new NpzReader(file)) {
            read.readInto("replay", into, 40_000);
        }
        assertArrayEquals(Arrays.copyOf(numbers, 40_000), Arrays.copyOf(into, 40_000));
        assertEquals(0, into[40_000]);
    }

    /// As `numpy.savez` writes them: rows first, double precision.
    @Test
    void matricesOfOtherProgramsAreTurned() throws IOException {
        try (NpzReader read = read(example())) {
            NpzReader.Table table = read.table("layer.weight");
            assertEquals(2, table.rows());
            assertEquals(3, table.columns());
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, table.values());
            assertEquals((float) Math.PI, read.table("norm").values()[0]);
            assertThrows(IOException.class, () -> read.table("random"));
        }
        String head = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }";
        ByteBuffer npy = ByteBuffer.allocate(128 + 48).order(ByteOrder.LITTLE_ENDIAN);
        npy.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        npy.put(
                (head + " ".repeat(117 - head.length()) + "\n")
                        .getBytes(StandardCharsets.US_ASCII));
        for (double value = 1; value <= 6; value++) {
            npy.putDouble(value);
        }
        Path file = folder.resolve("numpy.npz");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry("weight.npy")); // deflated
            out.write(npy.array());
        }
        try (NpzReader read = new NpzReader(file)) {
            assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, read.table("weight").values());
        }
    }

    @Test
    void emptyArraysComeBackEmpty() throws IOException {
        Path file = folder.resolve("none.npz");
        try (NpzWriter writer = new NpzWriter(file)) {
            writer.put("none", new double[0]);
            writer.finish();
        }
        try (NpzReader read = new NpzReader(file)) {
            assertEquals(0, read.doubles("none", 0).length);
        }
    }

    /// The format's own words: magic, version 1.0, little-endian length, a Python literal, spaces
    /// and a line feed up to a multiple of 64.
    @Test
    void headerIsThatOfNumPy() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(example()))) {
            ZipEntry entry = zip.getNextEntry();
            assertEquals("layer.weight.npy", entry.getName());
            ByteBuffer npy = ByteBuffer.wrap(zip.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
            byte[] magic = new byte[8];
            npy.get(magic);
            assertArrayEquals(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, magic);
            byte[] head = new byte[npy.getShort()];
            npy.get(head);
            String text = new String(head, StandardCharsets.US_ASCII);
            assertEquals(0, npy.position() % 64);
            assertTrue(text.endsWith(" \n"), text);
            assertEquals(
                    "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", text.strip());
            for (float expected = 1; expected <= 6; expected++) {
                assertEquals(expected, npy.getFloat());
            }
            assertEquals(0, npy.remaining());
            zip.getNextEntry();
            String second = new String(zip.readAllBytes(), 10, 60, StandardCharsets.US_ASCII);
            assertTrue(second.contains("'<f8'") && second.contains("'shape': (2,), }"), second);
            zip.getNextEntry();
            String third = new String(zip.readAllBytes(), 10, 60, StandardCharsets.US_ASCII);
            assertTrue(third.contains("'<i8'") && third.contains("'shape': (3,), }"), third);
        }
    }

    @Test
    void equalContentGivesEqualBytesInEveryTimeZone() throws IOException {
        TimeZone here = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            byte[] east = example();
            TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
            assertArrayEquals(east, example());
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    void aFileCutShortIsNoticed() throws IOException {
        byte[] whole = example();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> readAll(cut), length + " of " + whole.length);
        }
    }

    @Test
    void aFlippedBitInAnArrayIsNoticed() throws IOException {
        byte[] whole = example();
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("\u0093NUMPY");
        for (int at = from; at < from + 128 + 24; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            assertThrows(IOException.class, () -> readAll(damaged), "byte " + at);
        }
    }

    private void readAll(byte[] bytes) throws IOException {
        try (NpzReader npz = read(bytes)) {
            npz.floats("layer.weight", 6);
            npz.doubles("norm", 2);
            npz.longs("random", 3);
        }
    }

    /// Wherever a bit flips: what comes back is the truth or an error, and soon.
    @Test
    void aFlippedBitAnywhereNeverChangesNumbers() throws IOException {
        byte[] whole = example();
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) (1 << at % 8);
            try (NpzReader npz = read(damaged)) {
                assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, npz.floats("layer.weight", 6));
                assertArrayEquals(new double[] {Math.PI, Double.NaN}, npz.doubles("norm", 2));
            } catch (IOException e) {
                assertTrue(e.getMessage() != null, "byte " + at);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PK", "not an archive at all", "{\"version\": 1}"})
    void whatIsNoArchiveIsNoticed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(IOException.class, () -> read(bytes));
    }

    @Test
    void aWrongKindOrLengthIsNamed() throws IOException {
        try (NpzReader read = read(example())) {
            IOException kind = assertThrows(IOException.class, () -> read.floats("norm", 2));
            assertEquals("array \"norm\" should be float[2] but is double[2]", kind.getMessage());
            IOException length = assertThrows(IOException.class, () -> read.doubles("norm", 3));
            assertEquals(
                    "array \"norm\" should be double[3] but is double[2]", length.getMessage());
            IOException missing = assertThrows(IOException.class, () -> read.longs("step", 1));
            assertEquals("array \"step\" is missing", missing.getMessage());
        }
    }
}
