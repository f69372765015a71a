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
/// told against zeros. Nothing is allocated after construction. Not thread-safe; one codec either
/// writes or reads.
public final class FrameCodec {

    private static final int WIDE_BEFORE_STATE = 3;

    private final long[] wideBefore;
    private final long[] wide;
    private final int[] narrowBefore;
    private final int[] narrow;
    private final int bytesOfBits;
    private final byte[] bits;
    private final ByteBuffer bitsAsLongs; // bits, and zeros up to a whole long

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
        int words = wide.length + narrow.length;
        bytesOfBits = (words + 7) / 8;
        bits = new byte[(words + 63) / 64 * Long.BYTES];
        bitsAsLongs = ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Bytes that one frame takes at most.
    public int mostBytes() {
        return bytesOfBits + Long.BYTES * wide.length + Integer.BYTES * narrow.length;
    }

    /// Bytes that one frame takes at least: one in which nothing changed.
    public int leastBytes() {
        return bytesOfBits;
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
        int at = into.position();
        into.position(at + bytesOfBits);
        for (int first = 0; first < wide.length + narrow.length; first += Long.SIZE) {
            long changed = changed(first);
            bitsAsLongs.putLong(first / 8, changed);
            for (; changed != 0; changed &= changed - 1) {
                int word = first + Long.numberOfTrailingZeros(changed);
                if (word < wide.length) {
                    into.putLong(wide[word]);
                    wideBefore[word] = wide[word];
                } else {
                    into.putInt(narrow[word - wide.length]);
                    narrowBefore[word - wide.length] = narrow[word - wide.length];
                }
            }
        }
        into.put(at, bits, 0, bytesOfBits);
    }

    /// A bit for each of 64 words that says whether it changed.
    private long changed(int first) {
        long changed = 0;
        int end = Math.min(first + Long.SIZE, wide.length);
        for (int k = first; k < end; k++) {
            changed |= (wide[k] == wideBefore[k] ? 0L : 1L) << k - first;
        }
        int narrowEnd = Math.min(first + Long.SIZE - wide.length, narrow.length);
        int shift = wide.length - first;
        for (int k = Math.max(0, -shift); k < narrowEnd; k++) {
            changed |= (narrow[k] == narrowBefore[k] ? 0L : 1L) << k + shift;
        }
        return changed;
    }

    /// Reads a frame at the buffer's position.
    ///
    /// @throws java.nio.BufferUnderflowException where the buffer ends before the frame
    public void read(ByteBuffer from, Frame into) {
        from.order(ByteOrder.LITTLE_ENDIAN);
        from.get(bits, 0, bytesOfBits);
        for (int first = 0; first < wide.length + narrow.length; first += Long.SIZE) {
            long changed = bitsAsLongs.getLong(first / 8);
            for (; changed != 0; changed &= changed - 1) {
                int word = first + Long.numberOfTrailingZeros(changed);
                if (word < wide.length) {
                    wideBefore[word] = from.getLong();
                } else if (word - wide.length < narrow.length) { // else of no word
                    narrowBefore[word - wide.length] = from.getInt();
                }
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
            narrow[at + k] = Float.floatToIntBits((float) numbers[k]); // there is but one NaN
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
