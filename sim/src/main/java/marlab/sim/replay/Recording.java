package marlab.sim.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
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

    /// The highest serial number that a moment may have: all of them are exact in double precision,
    /// which is what JSON's numbers are for most readers.
    static final long LAST_MOMENT = (1L << 53) - 2;

    /// Events that are kept, the newest.
    static final int MOST_EVENTS = 10_000;

    /// Moments in a block, at most.
    private static final int MOST_MOMENTS = 64;

    /// Bytes from which on a block is full: collectors handle arrays of this size without waste.
    private static final int MOST_BYTES = 128 << 10;

    private final EnvSpec spec;
    private final FrameCodec writer;
    private final FrameCodec reader;
    private final FrameCodec thinner;
    private final FrameCodec rewriter;
    private final ByteBuffer record;
    private final Frame kept;
    private final double[] rewards;
    private final List<Block> blocks = new ArrayList<>(); // oldest and most thinned first
    private final Block open; // the newest moments, after all blocks; may be empty
    private final Block thinned;
    private final long[] room = new long[Integer.SIZE]; // of all blocks with stride 2^k
    private final int[] many = new int[Integer.SIZE]; // blocks with stride 2^k
    private final ArrayDeque<ReplayEvent> events = new ArrayDeque<>();
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
        open = new Block(1, MOST_MOMENTS, MOST_BYTES + writer.mostBytes());
        thinned = new Block(1, MOST_MOMENTS, MOST_BYTES);
        kept = new Frame(spec);
        rewards = new double[spec.agentCount()];
        weights = RewardWeights.defaults(spec.terms());
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
        if (frame.moment < next || frame.moment > LAST_MOMENT) {
            throw new IllegalArgumentException(
                    "moment " + frame.moment + " does not come after " + (next - 1));
        }
        next = frame.moment + 1;
        if (open.count == MOST_MOMENTS || open.length >= MOST_BYTES) {
            insert(blocks.size(), open.whole());
            readBlock = readBlock == open ? blocks.getLast() : readBlock; // the same bytes
            open.clear();
        }
        if (open.count == 0) {
            writer.restart();
        }
        record.clear();
        writer.write(frame, record);
        open.append(frame, record.flip(), reward(frame));
        size++;
        fit();
    }

    private void insert(int index, Block block) {
        blocks.add(index, block);
        int k = Integer.numberOfTrailingZeros(block.stride);
        room[k] += block.bytes();
        many[k]++;
        bytes += block.bytes();
    }

    private Block remove(int index) {
        Block block = blocks.remove(index);
        int k = Integer.numberOfTrailingZeros(block.stride);
        room[k] -= block.bytes();
        many[k]--;
        bytes -= block.bytes();
        readBlock = readBlock == block ? null : readBlock;
        return block;
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

    private void fit() {
        while (bytes() > limit && !blocks.isEmpty()) {
            thin();
        }
    }

    /// Thins the two oldest blocks of the stride that takes the most room into one of every second
    /// moment: all strides end up with about equal room. Where there are no two of a stride, the
    /// oldest block goes.
    private void thin() {
        int chosen = -1;
        int first = 0;
        int at = 0;
        for (int k = many.length - 1; k >= 0; k--) { // oldest first
            if (many[k] > 1 && k < many.length - 2 && (chosen < 0 || room[k] > room[chosen])) {
                chosen = k;
                first = at;
            }
            at += many[k];
        }
        if (chosen < 0) {
            size -= remove(0).count;
            return;
        }
        Block older = remove(first);
        Block newer = remove(first);
        thinned.clear();
        rewriter.restart();
        int left = keepEverySecond(older, 0);
        keepEverySecond(newer, left);
        size += thinned.count - older.count - newer.count;
        insert(first, thinned.whole(2 << chosen));
    }

    /// Adds every second moment of a block to the thinned one.
    ///
    /// @param from index of the first that is kept
    /// @return index of the first that is kept in the block after
    private int keepEverySecond(Block block, int from) {
        ByteBuffer data = ByteBuffer.wrap(block.data, 0, block.length);
        thinner.restart();
        for (int k = 0; k < block.count; k++) {
            thinner.read(data, kept);
            if ((k - from) % 2 == 0) {
                record.clear();
                rewriter.write(kept, record);
                thinned.append(kept, record.flip(), block.rewards[k]);
            }
        }
        return (block.count - from) % 2;
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
    public void limit(long now) {
        synchronized (this) {
            limit = now;
        }
        while (thinOnce()) {
            // the lock is free in between: others wait for no more than a moment
        }
    }

    private synchronized boolean thinOnce() {
        boolean needed = bytes() > limit && !blocks.isEmpty();
        if (needed) {
            thin();
        }
        return needed;
    }

    /// Bytes that it may take.
    public synchronized long limit() {
        return limit;
    }

    /// Bytes that it takes.
    public synchronized long bytes() {
        return bytes + (open.count == 0 ? 0 : open.bytes());
    }

    /// Moments that are kept.
    public synchronized int size() {
        return size;
    }

    /// Every how many steps the oldest moments are kept: 1 where nothing was thinned yet.
    public synchronized int oldestStride() {
        return block(0).stride;
    }

    /// Serial number of the oldest moment that is kept; −1 where there is none.
    public synchronized long oldest() {
        return size == 0 ? -1 : block(0).first();
    }

    /// Serial number of the newest moment; −1 where there is none.
    public synchronized long newest() {
        return size == 0 ? -1 : block(blocksInAll() - 1).last();
    }

    /// Where a moment stands.
    ///
    /// @param moment serial number
    /// @param episode number of its episode
    /// @param step steps since the episode began
    public record Place(long moment, int episode, int step) {}

    private int blocksInAll() {
        return blocks.size() + (open.count > 0 ? 1 : 0);
    }

    private Block block(int index) {
        return index == blocks.size() ? open : blocks.get(index);
    }

    private int blockOf(long moment) {
        int low = 0;
        int high = blocksInAll() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (block(middle).first() <= moment) {
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
        if (size == 0) {
            return null;
        }
        Block block = block(blockOf(moment));
        return place(block, Math.max(0, block.indexOf(moment)));
    }

    private static Place place(Block block, int k) {
        return new Place(block.moments[k], block.episodes[k], block.steps[k]);
    }

    /// The kept moment so many further on, or back where negative; the newest or the oldest where
    /// there are not so many.
    public synchronized long move(long moment, int by) {
        if (size == 0) {
            return -1;
        }
        int at = blockOf(moment);
        long index = Math.max(0, block(at).indexOf(moment)) + (long) by;
        while (index < 0 && at > 0) {
            index += block(--at).count;
        }
        while (index >= block(at).count && at < blocksInAll() - 1) {
            index -= block(at++).count;
        }
        Block block = block(at);
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
    public List<Place> episodes() {
        List<Place> starts = new ArrayList<>();
        Block before = null;
        for (Block block : whole()) {
            int last = before == null ? 0 : before.count - 1;
            if (before == null || block.beginsAfter(0, before.episodes[last], before.steps[last])) {
                starts.add(place(block, 0));
            }
            for (int k : block.starts()) {
                starts.add(place(block, k));
            }
            before = block;
        }
        return starts;
    }

    /// All blocks as they are now, oldest first; they do not change any more.
    private synchronized List<Block> whole() {
        List<Block> all = new ArrayList<>(blocks);
        if (open.count > 0) {
            all.add(open.whole());
        }
        return all;
    }

    /// Hears of every moment that is kept now, oldest first, while others may go on adding.
    ///
    /// @throws IOException where the listener does
    public void forEach(EpisodePlayer.Sink listener) throws IOException {
        FrameCodec codec = new FrameCodec(spec);
        Frame frame = new Frame(spec);
        for (Block block : whole()) {
            ByteBuffer data = ByteBuffer.wrap(block.data, 0, block.length);
            codec.restart();
            for (int k = 0; k < block.count; k++) {
                codec.read(data, frame);
                listener.add(frame);
            }
        }
    }

    /// Mean reward per agent and step over equal spans of time, for a picture.
    ///
    /// @param from first moment
    /// @param to first moment after
    /// @param into receives one number per span; NaN where no step is kept
    public void rewards(long from, long to, float[] into) {
        int[] counts = new int[into.length];
        Arrays.fill(into, 0);
        for (Block block : whole()) {
            if (block.last() >= from && block.first() < to) {
                block.addRewards(from, to, into, counts);
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
        if (size == 0) {
            return false;
        }
        Block block = block(blockOf(moment));
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
