package marlab.sim.snapshot;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;

/// Frames as bytes and back, exactly: big-endian, every frame of a world equally long.
public final class FrameCodec {

    private FrameCodec() {}

    /// Bytes that a frame takes.
    public static int size(Frame frame) {
        int doubles =
                frame.state.length
                        + frame.terms.length
                        + frame.probabilities.length
                        + frame.values.length;
        return 2 * Integer.BYTES + (2 + frame.random.length) * Long.BYTES + doubles * Double.BYTES;
    }

    /// Writes a frame at the buffer's position.
    public static void write(Frame frame, ByteBuffer into) {
        into.putInt(frame.step)
                .putInt(frame.episode)
                .putLong(frame.seed)
                .putLong(frame.policyVersion);
        for (long word : frame.random) {
            into.putLong(word);
        }
        for (double[] part : parts(frame)) {
            into.asDoubleBuffer().put(part);
            into.position(into.position() + part.length * Double.BYTES);
        }
    }

    /// Reads a frame at the buffer's position.
    ///
    /// @throws java.nio.BufferUnderflowException where the buffer ends before the frame
    public static void read(ByteBuffer from, Frame into) {
        into.step = from.getInt();
        into.episode = from.getInt();
        into.seed = from.getLong();
        into.policyVersion = from.getLong();
        for (int k = 0; k < into.random.length; k++) {
            into.random[k] = from.getLong();
        }
        for (double[] part : parts(into)) {
            DoubleBuffer doubles = from.asDoubleBuffer();
            doubles.get(part);
            from.position(from.position() + part.length * Double.BYTES);
        }
    }

    private static double[][] parts(Frame frame) {
        return new double[][] {frame.state, frame.terms, frame.probabilities, frame.values};
    }
}
