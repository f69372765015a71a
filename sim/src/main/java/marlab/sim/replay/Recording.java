package marlab.sim.replay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.EnvSpec;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.FrameCodec;

/// Moments of a world in memory, as many as fit: when it is full, older moments are thinned to
/// every second, every fourth … one, and the newest stay whole. Thread-safe: one thread may add
/// while others look back.
public final class Recording {

    /// Bytes that a recording may take where nobody says otherwise.
    public static final long DEFAULT_LIMIT = 200L << 20;

    /// Moments in a block, at most.
    static final int MOST_MOMENTS = 64;

    /// Bytes from which on a block is full.
    static final int MOST_BYTES = 1 << 20;

    private static final int MOST_EVENTS = 10_000;

    private final EnvSpec spec;
    private final FrameCodec writer;
    private final FrameCodec reader;
    private final FrameCodec thinner;
    private final FrameCodec rewriter;
    private final ByteBuffer record;
    private final Frame kept;
    private final double[] rewards;
    private final List<Block> blocks = new ArrayList<>(); // oldest first
    private final List<ReplayEvent> events = new ArrayList<>();
    private RewardWeights weights;
    private long limit;
    private long bytes;
    private int size;
    private long next;

    // where the reader stands
    private Block readBlock;
    private int readCount;
    private int readAt;

    /// An empty recording of a world, {@link #DEFAULT_LIMIT} large.
    public Recording(EnvSpec spec) {
        this(spec, DEFAULT_LIMIT);
    }

    /// An empty recording of a world.
    ///
    /// @param limit bytes, see {@link #limit(long)}
    public Recording(EnvSpec spec, long limit) {
        this.spec = spec;
        this.limit = limit;
        writer = new FrameCodec(spec);
        reader = new FrameCodec(spec);
        thinner = new FrameCodec(spec);
        rewriter = new FrameCodec(spec);
        record = ByteBuffer.allocate(writer.mostBytes());
        kept = new Frame(spec);
        rewards = new double[spec.agentCount()];
        weights = RewardWeights.defaults(spec.terms());
    }

    /// Moments that were recorded together, each told by what changed since the one before.
    private static final class Block {

        private final int stride;
        private byte[] data = new byte[4096];
        private int length;
        private int count;
        private long[] moments = new long[MOST_MOMENTS];
        private int[] steps = new int[MOST_MOMENTS];
        private int[] episodes = new int[MOST_MOMENTS];
        private float[] rewards = new float[MOST_MOMENTS];

        Block(int stride) {
            this.stride = stride;
        }

        boolean full() {
            return count == MOST_MOMENTS || length >= MOST_BYTES;
        }

        long bytes() {
            return data.length + 20L * moments.length + 120;
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
            count++;
        }

        void trim() {
            data = Arrays.copyOf(data, length);
            moments = Arrays.copyOf(moments, count);
            steps = Arrays.copyOf(steps, count);
            episodes = Arrays.copyOf(episodes, count);
            rewards = Arrays.copyOf(rewards, count);
        }

        long last() {
            return moments[count - 1];
        }

        /// Index of the last moment that is not later; −1 where all are.
        int indexOf(long moment) {
            int at = Arrays.binarySearch(moments, 0, count, moment);
            return at >= 0 ? at : -at - 2;
        }
    }

    /// What is fixed about the world.
    public EnvSpec spec() {
        return spec;
    }

    /// Adds a copy of a frame as the newest moment and gives the frame its serial number.
    public synchronized void add(Frame frame) {
        frame.moment = next;
        keep(frame);
    }

    /// Adds a copy of a frame with the serial number that it has, which is later than all before.
    synchronized void keep(Frame frame) {
        if (frame.moment < next) {
            throw new IllegalArgumentException(
                    "moment " + frame.moment + " does not come after " + (next - 1));
        }
        next = frame.moment + 1;
        Block block = blocks.isEmpty() ? null : blocks.getLast();
        if (block == null || block.full() || block.stride != 1) {
            if (block != null && block.stride == 1) {
                bytes -= block.bytes();
                block.trim();
                bytes += block.bytes();
            }
            block = new Block(1);
            blocks.add(block);
            bytes += block.bytes();
            writer.restart();
        }
        record.clear();
        writer.write(frame, record);
        long before = block.bytes();
        block.append(frame, record.flip(), reward(frame));
        bytes += block.bytes() - before;
        size++;
        while (bytes > limit && thin()) {
            // until it fits
        }
    }

    private float reward(Frame frame) {
        if (frame.step == 0) {
            return 0;
        }
        weights.combine(frame.terms, 0, rewards.length, rewards, 0);
        double sum = 0;
        for (double each : rewards) {
            sum += each;
        }
        return (float) (sum / rewards.length);
    }

    /// Thins the two oldest blocks of the stride that takes the most room into one of every second
    /// moment: all strides end up with about equal room.
    ///
    /// @return false where nothing is left to thin
    private boolean thin() {
        int whole = blocks.size() - 1; // the last one is being written
        long most = 0;
        int chosen = -1;
        for (int first = 0; first < whole; ) {
            int end = first;
            long room = 0;
            while (end < whole && blocks.get(end).stride == blocks.get(first).stride) {
                room += blocks.get(end++).bytes();
            }
            if (end - first > 1 && room > most) {
                most = room;
                chosen = first;
            }
            first = end;
        }
        if (chosen < 0) {
            return whole > 0 && drop(0);
        }
        List<Block> pair = List.of(blocks.get(chosen), blocks.get(chosen + 1));
        Block thinned = new Block(2 * pair.getFirst().stride);
        int seen = 0;
        rewriter.restart();
        for (Block block : pair) {
            ByteBuffer data = ByteBuffer.wrap(block.data, 0, block.length);
            thinner.restart();
            for (int k = 0; k < block.count; k++) {
                thinner.read(data, kept);
                if (seen++ % 2 == 0) {
                    record.clear();
                    rewriter.write(kept, record);
                    thinned.append(kept, record.flip(), block.rewards[k]);
                }
            }
            bytes -= block.bytes();
            size -= block.count;
            blocks.remove(chosen);
            forgetReader(block);
        }
        thinned.trim();
        blocks.add(chosen, thinned);
        bytes += thinned.bytes();
        size += thinned.count;
        return true;
    }

    private boolean drop(int index) {
        Block block = blocks.remove(index);
        bytes -= block.bytes();
        size -= block.count;
        forgetReader(block);
        return true;
    }

    private void forgetReader(Block block) {
        readBlock = readBlock == block ? null : readBlock;
    }

    /// Counts rewards with these weights from now on, for {@link #rewards}.
    public synchronized void weigh(RewardWeights now) {
        weights = now;
    }

    /// The weights that the newest rewards are counted with.
    public synchronized RewardWeights weights() {
        return weights;
    }

    /// Notes an event at the newest moment.
    public synchronized void note(String type, String text) {
        note(new ReplayEvent(Math.max(0, next - 1), type, text));
    }

    /// Notes an event. The oldest go where there are thousands.
    public synchronized void note(ReplayEvent event) {
        if (events.size() == MOST_EVENTS) {
            events.removeFirst();
        }
        events.add(event);
    }

    /// All events, oldest first.
    public synchronized List<ReplayEvent> events() {
        return List.copyOf(events);
    }

    /// Bytes that it may take; older moments are thinned at once where it takes more.
    public synchronized void limit(long now) {
        limit = now;
        while (bytes > limit && thin()) {
            // until it fits
        }
    }

    /// Bytes that it may take.
    public synchronized long limit() {
        return limit;
    }

    /// Bytes that it takes.
    public synchronized long bytes() {
        return bytes;
    }

    /// Moments that are kept.
    public synchronized int size() {
        return size;
    }

    /// Every how many steps the oldest moments are kept: 1 where nothing was thinned yet.
    public synchronized int oldestStride() {
        return blocks.isEmpty() ? 1 : blocks.getFirst().stride;
    }

    /// Serial number of the oldest moment that is kept; −1 where there is none.
    public synchronized long oldest() {
        return blocks.isEmpty() ? -1 : blocks.getFirst().moments[0];
    }

    /// Serial number of the newest moment; −1 where there is none.
    public synchronized long newest() {
        return blocks.isEmpty() ? -1 : blocks.getLast().last();
    }

    /// Where a moment stands.
    ///
    /// @param moment serial number
    /// @param episode number of its episode
    /// @param step steps since the episode began
    public record Place(long moment, int episode, int step) {}

    private int blockOf(long moment) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (blocks.get(middle).moments[0] <= moment) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /// Place of the kept moment that is this one or the nearest before it, or else the oldest; null
    /// where there is none.
    public synchronized Place place(long moment) {
        if (blocks.isEmpty()) {
            return null;
        }
        Block block = blocks.get(blockOf(moment));
        return place(block, Math.max(0, block.indexOf(moment)));
    }

    private static Place place(Block block, int k) {
        return new Place(block.moments[k], block.episodes[k], block.steps[k]);
    }

    /// The kept moment so many further on, or back where negative; the newest or the oldest where
    /// there are not so many.
    public synchronized long move(long moment, int by) {
        if (blocks.isEmpty()) {
            return -1;
        }
        int at = blockOf(moment);
        long index = Math.max(0, blocks.get(at).indexOf(moment)) + (long) by;
        while (index < 0 && at > 0) {
            index += blocks.get(--at).count;
        }
        while (index >= blocks.get(at).count && at < blocks.size() - 1) {
            index -= blocks.get(at++).count;
        }
        Block block = blocks.get(at);
        return block.moments[Math.clamp(index, 0, block.count - 1)];
    }

    /// The first kept moment of the episode that this one is in, or of one so many further on or
    /// back; the newest or the oldest moment where there are not so many.
    public synchronized long episode(long moment, int by) {
        List<Place> starts = episodes();
        if (starts.isEmpty()) {
            return -1;
        }
        int now = 0;
        while (now + 1 < starts.size() && starts.get(now + 1).moment <= moment) {
            now++;
        }
        int to = now + by;
        return to >= starts.size() ? newest() : starts.get(Math.max(0, to)).moment;
    }

    /// Where every episode begins, as far as it is kept; oldest first.
    public synchronized List<Place> episodes() {
        List<Place> starts = new ArrayList<>();
        int episode = 0;
        int step = Integer.MAX_VALUE;
        for (Block block : blocks) {
            for (int k = 0; k < block.count; k++) {
                if (block.episodes[k] != episode || block.steps[k] <= step && step > 0) {
                    starts.add(place(block, k));
                }
                episode = block.episodes[k];
                step = block.steps[k];
            }
        }
        return starts;
    }

    /// The bytes of all blocks, oldest first, as {@link FrameCodec} wrote them. Not to be changed.
    synchronized List<byte[]> blocks() {
        List<byte[]> all = new ArrayList<>();
        for (Block block : blocks) {
            boolean whole = block.length == block.data.length;
            all.add(whole ? block.data : Arrays.copyOf(block.data, block.length));
        }
        return all;
    }

    /// Mean reward per agent and step over equal spans of time, for a picture.
    ///
    /// @param from first moment
    /// @param to first moment after
    /// @param into receives one number per span; NaN where no step is kept
    public synchronized void rewards(long from, long to, float[] into) {
        int[] counts = new int[into.length];
        Arrays.fill(into, 0);
        for (int b = blocks.isEmpty() ? 0 : blockOf(from); b < blocks.size(); b++) {
            Block block = blocks.get(b);
            if (block.moments[0] >= to) {
                break;
            }
            for (int k = 0; k < block.count; k++) {
                long moment = block.moments[k];
                if (moment >= from && moment < to && block.steps[k] > 0) {
                    int span = (int) ((moment - from) * into.length / (to - from));
                    into[span] += block.rewards[k];
                    counts[span]++;
                }
            }
        }
        for (int k = 0; k < into.length; k++) {
            into[k] = counts[k] == 0 ? Float.NaN : into[k] / counts[k];
        }
    }

    /// Reads the kept moment that is this one or the nearest before it, or else the oldest. Going
    /// forwards is cheap.
    ///
    /// @return false where there is none
    public synchronized boolean frame(long moment, Frame into) {
        if (blocks.isEmpty()) {
            return false;
        }
        Block block = blocks.get(blockOf(moment));
        int index = Math.max(0, block.indexOf(moment));
        if (block != readBlock || readCount > index) {
            readBlock = block;
            readCount = 0;
            readAt = 0;
            reader.restart();
        }
        ByteBuffer data = ByteBuffer.wrap(block.data, 0, block.length).position(readAt);
        while (readCount <= index) {
            reader.read(data, into);
            readCount++;
        }
        readAt = data.position();
        return true;
    }
}
