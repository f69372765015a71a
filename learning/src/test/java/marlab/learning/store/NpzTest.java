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
import java.util.Arrays;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {

    private static Npz example() {
        return new Npz()
                .put("layer.weight", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
                .put("norm", new double[] {Math.PI, Double.NaN})
                .put("random", new long[] {Long.MIN_VALUE, 7, Long.MAX_VALUE});
    }

    @Test
    void everyBitComesBack() throws IOException {
        Npz read = Npz.read(example().bytes());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, read.floats("layer.weight", 6));
        assertArrayEquals(new double[] {Math.PI, Double.NaN}, read.doubles("norm", 2));
        assertArrayEquals(new long[] {Long.MIN_VALUE, 7, Long.MAX_VALUE}, read.longs("random", 3));
    }

    @Test
    void emptyArraysComeBackEmpty() throws IOException {
        byte[] bytes = new Npz().put("none", new double[0]).bytes();
        assertEquals(0, Npz.read(bytes).doubles("none", 0).length);
    }

    /// The format's own words: magic, version 1.0, little-endian length, a Python literal, spaces
    /// and a line feed up to a multiple of 64.
    @Test
    void headerIsThatOfNumPy() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(example().bytes()))) {
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
            byte[] east = example().bytes();
            TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
            assertArrayEquals(east, example().bytes());
        } finally {
            TimeZone.setDefault(here);
        }
    }

    /// What stands in the archive's directory, behind the arrays, may be missing.
    @Test
    void aFileCutShortIsNoticed() throws IOException {
        byte[] whole = example().bytes();
        int arrays = 3 * (30 + 128) + 16 + 24 + 24; // more than these bytes hold the arrays
        for (int length = 0; length < arrays; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(IOException.class, () -> readAll(cut), length + " of " + whole.length);
        }
    }

    @Test
    void aFlippedBitInAnArrayIsNoticed() throws IOException {
        byte[] whole = example().bytes();
        String text = new String(whole, StandardCharsets.ISO_8859_1);
        int from = text.indexOf("\u0093NUMPY");
        for (int at = from; at < from + 128 + 24; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 4;
            assertThrows(IOException.class, () -> readAll(damaged), "byte " + at);
        }
    }

    private static void readAll(byte[] bytes) throws IOException {
        Npz npz = Npz.read(bytes);
        npz.floats("layer.weight", 6);
        npz.doubles("norm", 2);
        npz.longs("random", 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "PK", "not an archive at all", "{\"version\": 1}"})
    void whatIsNoArchiveIsNoticed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        assertThrows(IOException.class, () -> Npz.read(bytes));
    }

    @Test
    void aWrongKindOrLengthIsNamed() throws IOException {
        Npz read = Npz.read(example().bytes());
        IOException kind = assertThrows(IOException.class, () -> read.floats("norm", 2));
        assertEquals("array \"norm\" should be float[2] but is double[2]", kind.getMessage());
        IOException length = assertThrows(IOException.class, () -> read.doubles("norm", 3));
        assertEquals("array \"norm\" should be double[3] but is double[2]", length.getMessage());
        IOException missing = assertThrows(IOException.class, () -> read.longs("step", 1));
        assertEquals("array \"step\" should be long[1] but is missing", missing.getMessage());
    }
}
