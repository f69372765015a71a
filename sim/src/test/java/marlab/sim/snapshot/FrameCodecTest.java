package marlab.sim.snapshot;

import static marlab.sim.ForAll.forAll;
import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import marlab.sim.env.EnvSpec;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class FrameCodecTest {

    /// Any bits whatever, among them NaNs, infinities and denormals.
    private static void scramble(Frame frame, RandomStream random) {
        for (double[] part :
                new double[][] {frame.state, frame.terms, frame.probabilities, frame.values}) {
            for (int k = 0; k < part.length; k++) {
                part[k] = Double.longBitsToDouble(random.nextLong());
            }
        }
        frame.values[0] = Double.NaN;
        frame.state[0] = -0.0;
        frame.state[1] = Double.MIN_VALUE;
        frame.random[0] = random.nextLong();
        frame.random[1] = random.nextLong();
        frame.step = random.nextInt();
        frame.episode = random.nextInt();
        frame.seed = random.nextLong();
        frame.policyVersion = random.nextLong();
    }

    @Test
    void everyBitComesBack() {
        forAll(
                100,
                random -> {
                    EnvSpec spec = WORLD.create(options("agents", random.nextInt(1, 9))).spec();
                    Frame frame = new Frame(spec);
                    scramble(frame, random);
                    ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.size(frame));
                    FrameCodec.write(frame, bytes);
                    assertEquals(0, bytes.remaining());
                    Frame back = new Frame(spec);
                    FrameCodec.read(bytes.flip(), back);
                    assertArrayEquals(frame.state, back.state);
                    assertArrayEquals(frame.terms, back.terms);
                    assertArrayEquals(frame.probabilities, back.probabilities);
                    assertArrayEquals(frame.values, back.values);
                    assertArrayEquals(frame.random, back.random);
                    assertEquals(frame.step, back.step);
                    assertEquals(frame.episode, back.episode);
                    assertEquals(frame.seed, back.seed);
                    assertEquals(frame.policyVersion, back.policyVersion);
                    assertEquals(
                            Double.doubleToRawLongBits(frame.state[0]),
                            Double.doubleToRawLongBits(back.state[0]));
                });
    }

    @Test
    void framesFollowOneAnotherInOneBuffer() {
        EnvSpec spec = WORLD.create(options()).spec();
        Frame frame = new Frame(spec);
        ByteBuffer bytes = ByteBuffer.allocate(3 * FrameCodec.size(frame));
        for (int step = 0; step < 3; step++) {
            frame.step = step;
            FrameCodec.write(frame, bytes);
        }
        bytes.flip();
        for (int step = 0; step < 3; step++) {
            FrameCodec.read(bytes, frame);
            assertEquals(step, frame.step);
        }
    }

    @Test
    void aFrameThatIsCutShortIsRefused() {
        Frame frame = new Frame(WORLD.create(options()).spec());
        ByteBuffer bytes = ByteBuffer.allocate(FrameCodec.size(frame) - 1);
        assertThrows(BufferUnderflowException.class, () -> FrameCodec.read(bytes, frame));
    }
}
