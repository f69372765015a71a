package marlab.sim.snapshot;

import static marlab.sim.ForAll.forAll;
import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import marlab.sim.env.EnvSpec;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class FrameCodecTest {

    /// Any bits whatever, among them NaNs, infinities and denormals; what is only shown is a float.
    private static void scramble(Frame frame, RandomStream random) {
        for (int k = 0; k < frame.state.length; k++) {
            frame.state[k] = Double.longBitsToDouble(random.nextLong());
        }
        for (double[] part : new double[][] {frame.terms, frame.probabilities, frame.values}) {
            for (int k = 0; k < part.length; k++) {
                part[k] = Float.intBitsToFloat(random.nextInt() & 0x7F7FFFFF);
            }
        }
        for (int k = 0; k < frame.actions.choices().length; k++) {
            frame.actions.choose(k, random.nextInt(5));
        }
        frame.values[0] = Double.NaN;
        frame.state[0] = -0.0;
        frame.state[1] = Double.MIN_VALUE;
        frame.random[0] = random.nextLong();
        frame.random[1] = random.nextLong();
        frame.moment = random.nextLong();
        frame.step = random.nextInt();
        frame.episode = random.nextInt();
        frame.seed = random.nextLong();
        frame.policyVersion = random.nextLong();
    }

    private static void assertSame(Frame expected, Frame got) {
        assertArrayEquals(bits(expected.state), bits(got.state));
        assertArrayEquals(expected.terms, got.terms);
        assertArrayEquals(expected.probabilities, got.probabilities);
        assertArrayEquals(expected.values, got.values);
        assertArrayEquals(expected.random, got.random);
        assertArrayEquals(expected.actions.choices(), got.actions.choices());
        assertArrayEquals(expected.actions.boxes(), got.actions.boxes());
        assertEquals(expected.moment, got.moment);
        assertEquals(expected.step, got.step);
        assertEquals(expected.episode, got.episode);
        assertEquals(expected.seed, got.seed);
        assertEquals(expected.policyVersion, got.policyVersion);
    }

    private static long[] bits(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    @Test
    void everyBitComesBackFrameAfterFrame() {
        forAll(
                100,
                random -> {
                    String actions = random.nextBoolean() ? "discrete" : "continuous";
                    EnvSpec spec =
                            WORLD.create(
                                            options(
                                                    "agents",
                                                    random.nextInt(1, 9),
                                                    "actions",
                                                    actions))
                                    .spec();
                    FrameCodec writer = new FrameCodec(spec);
                    FrameCodec reader = new FrameCodec(spec);
                    Frame[] frames = {new Frame(spec), new Frame(spec), new Frame(spec)};
                    ByteBuffer bytes = ByteBuffer.allocate(3 * writer.mostBytes());
                    for (Frame frame : frames) {
                        scramble(frame, random);
                        writer.write(frame, bytes);
                    }
                    bytes.flip();
                    Frame back = new Frame(spec);
                    for (Frame frame : frames) {
                        reader.read(bytes, back);
                        assertSame(frame, back);
                    }
                    assertEquals(0, bytes.remaining());
                });
    }

    @Test
    void whatDoesNotChangeCostsABit() {
        EnvSpec spec = WORLD.create(options()).spec();
        FrameCodec codec = new FrameCodec(spec);
        Frame frame = new Frame(spec);
        scramble(frame, new RandomStream(1));
        ByteBuffer bytes = ByteBuffer.allocate(3 * codec.mostBytes());
        codec.write(frame, bytes);
        int whole = bytes.position();
        codec.write(frame, bytes);
        int again = bytes.position() - whole;
        frame.step++;
        codec.write(frame, bytes);
        assertEquals(again + 4, bytes.position() - whole - again);
        assertTrue(again <= 20, again + " bytes for nothing new");
        codec.restart();
        int before = bytes.position();
        codec.write(frame, bytes);
        assertEquals(whole, bytes.position() - before);
    }

    @Test
    void aFrameThatIsCutShortIsRefused() {
        EnvSpec spec = WORLD.create(options()).spec();
        FrameCodec codec = new FrameCodec(spec);
        Frame frame = new Frame(spec);
        scramble(frame, new RandomStream(1));
        ByteBuffer bytes = ByteBuffer.allocate(codec.mostBytes());
        codec.write(frame, bytes);
        bytes.limit(bytes.position() - 1).position(0);
        codec.restart();
        assertThrows(BufferUnderflowException.class, () -> codec.read(bytes, frame));
    }
}
