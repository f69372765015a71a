package marlab.sim.replay;

import java.nio.ByteBuffer;
import java.util.Arrays;
import marlab.sim.snapshot.Frame;

/// Moments that follow each other in a {@link Recording}, each told by what changed since the one
/// before. The newest block of a recording grows in arrays that are used again; what is kept of it
/// when it is full has no room to spare and never changes.
final class Block {

    private static final int BYTES_PER_MOMENT = 20;
    private static final int BYTES_PER_BLOCK = 200; // objects and their heads

    /// Every how many steps a moment was kept; a power of two.
    final int stride;

    byte[] data;
    int length;
    int count;
    long[] moments;
    int[] steps;
    int[] episodes;
    float[] rewards;

    /// Sum of the rewards of all moments that a step led to.
    private double sum;

    /// How many moments a step led to.
    private int stepped;

    /// Moments, by index and without the first, at which an episode begins.
    private int[] starts = {};

    /// An empty block that grows.
    ///
    /// @param most moments that it will hold at most
    /// @param bytes that it will hold at most
    Block(int stride, int most, int bytes) {
        this.stride = stride;
        data = new byte[bytes];
        moments = new long[most];
        steps = new int[most];
        episodes = new int[most];
        rewards = new float[most];
    }

    private Block(Block other, int stride) {
        this.stride = stride;
        length = other.length;
        count = other.count;
        data = Arrays.copyOf(other.data, length);
        moments = Arrays.copyOf(other.moments, count);
        steps = Arrays.copyOf(other.steps, count);
        episodes = Arrays.copyOf(other.episodes, count);
        rewards = Arrays.copyOf(other.rewards, count);
        sum = other.sum;
        stepped = other.stepped;
        int begins = 0;
        for (int k = 1; k < count; k++) {
            begins += beginsAfter(k, episodes[k - 1], steps[k - 1]) ? 1 : 0;
        }
        starts = new int[begins];
        for (int k = count - 1; k > 0; k--) {
            if (beginsAfter(k, episodes[k - 1], steps[k - 1])) {
                starts[--begins] = k;
            }
        }
    }

    /// A copy that takes no more room than it needs and does not change.
    Block whole() {
        return whole(stride);
    }

    /// Such a copy with another stride.
    Block whole(int otherStride) {
        return new Block(this, otherStride);
    }

    /// Begins again.
    void clear() {
        length = 0;
        count = 0;
        sum = 0;
        stepped = 0;
    }

    /// Bytes that a whole block takes in memory.
    long bytes() {
        return length + (long) BYTES_PER_MOMENT * count + BYTES_PER_BLOCK;
    }

    void append(Frame frame, ByteBuffer record, float reward) {
        int more = record.remaining();
        if (length + more > data.length) {
            data = Arrays.copyOf(data, Math.max(2 * data.length, length + more));
        }
        record.get(data, length, more);
        length += more;
        moments[count] = frame.moment;
        steps[count] = frame.step;
        episodes[count] = frame.episode;
        rewards[count] = reward;
        if (frame.step > 0) {
            sum += reward;
            stepped++;
        }
        count++;
    }

    long first() {
        return moments[0];
    }

    long last() {
        return moments[count - 1];
    }

    /// Index of the last moment that is not later; −1 where all are.
    int indexOf(long moment) {
        int at = Arrays.binarySearch(moments, 0, count, moment);
        return at >= 0 ? at : -at - 2;
    }

    /// True where moment k, which comes after one of this episode and step, begins an episode.
    boolean beginsAfter(int k, int episode, int step) {
        return episodes[k] != episode || steps[k] <= step && step > 0;
    }

    /// Moments, by index and without the first, at which an episode begins; of a whole block.
    int[] starts() {
        return starts;
    }

    /// Adds rewards to the spans of time that their moments fall into.
    void addRewards(long from, long to, float[] sums, int[] counts) {
        int first = span(first(), from, to, sums.length);
        int last = span(last(), from, to, sums.length);
        if (first == last && first() >= from && last() < to) {
            sums[first] += (float) sum;
            counts[first] += stepped;
            return;
        }
        for (int k = 0; k < count; k++) {
            if (moments[k] >= from && moments[k] < to && steps[k] > 0) {
                int span = span(moments[k], from, to, sums.length);
                sums[span] += rewards[k];
                counts[span]++;
            }
        }
    }

    private static int span(long moment, long from, long to, int spans) {
        return (int) ((double) (moment - from) * spans / (to - from));
    }
}
