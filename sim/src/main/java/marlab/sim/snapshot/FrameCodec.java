package marlab.sim.snapshot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import marlab.sim.env.EnvSpec;

/// Frames as bytes and back, each told by what changed since the one before it: what stands still
/// costs one bit.
///
/// A frame is a row of 8-byte words (seed, policy version, moment, state, random stream, actions of
/// box agents) and of 4-byte words (step, episode, choices, reward terms, probabilities, values).
/// What decides the future is exact; terms, probabilities and values are in single precision. A
/// record is a bit per word, least significant bit of the first byte first, that says whether the
/// word changed, then the words that did; all little-endian. After {@link #restart} everything is
/// told against zeros. Not thread-safe; one codec either writes or reads.
public final class FrameCodec {

    private static final int WIDE_BEFORE_STATE = 3;

    private final long[] wideBefore;
    private final long[] wide;
    private final int[] narrowBefore;
    private final int[] narrow;
    private final byte[] changed;

    /// A codec for frames of this world, at its start.
    public FrameCodec(EnvSpec spec) {
        Frame frame = new Frame(spec);
        wide =
                new long
                        [WIDE_BEFORE_STATE
                                + frame.state.length
                                + frame.random.length
                                + frame.actions.boxes().length];
        narrow =
                new int
                        [2
                                + frame.actions.choices().length
                                + frame.terms.length
                                + frame.probabilities.length
                                + frame.values.length];
        wideBefore = new long[wide.length];
        narrowBefore = new int[narrow.length];
        changed = new byte[(wide.length + narrow.length + 7) / 8];
    }

    /// Bytes that one frame takes at most.
    public int mostBytes() {
        return changed.length + Long.BYTES * wide.length + Integer.BYTES * narrow.length;
    }

    /// Tells, or hears, the next frame whole: records before it are not needed to read it.
    public void restart() {
        Arrays.fill(wideBefore, 0);
        Arrays.fill(narrowBefore, 0);
    }

    /// Writes a frame at the buffer's position.
    ///
    /// @param into little-endian from now on, {@link #mostBytes} free
    public void write(Frame frame, ByteBuffer into) {
        gather(frame);
        into.order(ByteOrder.LITTLE_ENDIAN);
        int bitsAt = into.position();
        into.position(bitsAt + changed.length);
        Arrays.fill(changed, (byte) 0);
        for (int k = 0; k < wide.length; k++) {
            if (wide[k] != wideBefore[k]) {
                changed[k >> 3] |= (byte) (1 << (k & 7));
                wideBefore[k] = wide[k];
                into.putLong(wide[k]);
            }
        }
        for (int k = 0; k < narrow.length; k++) {
            if (narrow[k] != narrowBefore[k]) {
                int bit = wide.length + k;
                changed[bit >> 3] |= (byte) (1 << (bit & 7));
                narrowBefore[k] = narrow[k];
                into.putInt(narrow[k]);
            }
        }
        into.put(bitsAt, changed);
    }

    /// Reads a frame at the buffer's position.
    ///
    /// @throws java.nio.BufferUnderflowException where the buffer ends before the frame
    public void read(ByteBuffer from, Frame into) {
        from.order(ByteOrder.LITTLE_ENDIAN);
        from.get(changed);
        for (int k = 0; k < wide.length; k++) {
            if ((changed[k >> 3] & 1 << (k & 7)) != 0) {
                wideBefore[k] = from.getLong();
            }
        }
        for (int k = 0; k < narrow.length; k++) {
            int bit = wide.length + k;
            if ((changed[bit >> 3] & 1 << (bit & 7)) != 0) {
                narrowBefore[k] = from.getInt();
            }
        }
        scatter(into);
    }

    private void gather(Frame frame) {
        wide[0] = frame.seed;
        wide[1] = frame.policyVersion;
        wide[2] = frame.moment;
        int at = wide(frame.state, WIDE_BEFORE_STATE);
        System.arraycopy(frame.random, 0, wide, at, frame.random.length);
        wide(frame.actions.boxes(), at + frame.random.length);
        narrow[0] = frame.step;
        narrow[1] = frame.episode;
        int[] choices = frame.actions.choices();
        System.arraycopy(choices, 0, narrow, 2, choices.length);
        at = narrow(frame.terms, 2 + choices.length);
        at = narrow(frame.probabilities, at);
        narrow(frame.values, at);
    }

    private void scatter(Frame frame) {
        frame.seed = wideBefore[0];
        frame.policyVersion = wideBefore[1];
        frame.moment = wideBefore[2];
        int at = fromWide(WIDE_BEFORE_STATE, frame.state);
        System.arraycopy(wideBefore, at, frame.random, 0, frame.random.length);
        fromWide(at + frame.random.length, frame.actions.boxes());
        frame.step = narrowBefore[0];
        frame.episode = narrowBefore[1];
        int[] choices = frame.actions.choices();
        System.arraycopy(narrowBefore, 2, choices, 0, choices.length);
        at = fromNarrow(2 + choices.length, frame.terms);
        at = fromNarrow(at, frame.probabilities);
        fromNarrow(at, frame.values);
    }

    private int wide(double[] numbers, int at) {
        for (int k = 0; k < numbers.length; k++) {
            wide[at + k] = Double.doubleToRawLongBits(numbers[k]);
        }
        return at + numbers.length;
    }

    private int fromWide(int at, double[] numbers) {
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = Double.longBitsToDouble(wideBefore[at + k]);
        }
        return at + numbers.length;
    }

    private int narrow(double[] numbers, int at) {
        for (int k = 0; k < numbers.length; k++) {
            narrow[at + k] = Float.floatToRawIntBits((float) numbers[k]);
        }
        return at + numbers.length;
    }

    private int fromNarrow(int at, double[] numbers) {
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] = Float.intBitsToFloat(narrowBefore[at + k]);
        }
        return at + numbers.length;
    }
}
