package marlab.sim.planning;

import java.util.Arrays;

/// For goals, which neighbours of a place are nearer to them: a breadth-first search from each goal
/// that was asked for, kept as **one bit per place**.
///
/// One bit is enough because neighbours' distances always differ by exactly 1 (the grid is a
/// chessboard: a step changes the colour). Whether a distance is odd shows in the colours, so with
/// bit 1 of the distance it is known modulo 4, and d − 1 can be told from d + 1. A field of 256 ×
/// 256 cells takes 8 kB, those of 4,000 goals 33 MB where distances would take 524 MB.
///
/// At most a quarter of the heap is held; beyond, fields that were not used lately give way and are
/// searched again when they are asked for.
final class DistanceFields {

    private final PaddedMap map;
    private final int words;
    private final long[][] bits;
    private final int[] goalOf;
    private final long[] lastUse;
    private final int[] slotOf;
    private final byte[] open;
    private final int[] queue;
    private int used;
    private int hand;
    private long clock;

    /// Fields on this map.
    DistanceFields(PaddedMap map) {
        this(map, Runtime.getRuntime().maxMemory() / 4);
    }

    /// Fields that take this many bytes at most, but always two fields.
    DistanceFields(PaddedMap map, long budget) {
        this.map = map;
        words = (map.size + 63) >>> 6;
        int slots = Math.clamp(budget / (8L * words), 2, map.size);
        bits = new long[slots][];
        goalOf = new int[slots];
        lastUse = new long[slots];
        slotOf = new int[map.size];
        Arrays.fill(slotOf, -1);
        open = new byte[map.size];
        queue = new int[map.size + PaddedMap.MOVES];
    }

    /// The field of a goal, for {@link #nearer}; valid until many other goals were asked for.
    long[] of(int goal) {
        int slot = slotOf[goal];
        if (slot < 0) {
            slot = freeSlot();
            goalOf[slot] = goal;
            slotOf[goal] = slot;
            search(goal, bits[slot]);
        }
        lastUse[slot] = clock;
        return bits[slot];
    }

    /// Says that a step has passed: what has not been used since may give way.
    void tick() {
        clock++;
    }

    private int freeSlot() {
        if (used < bits.length) {
            bits[used] = new long[words];
            return used++;
        }
        for (int tries = 0; tries < bits.length && lastUse[hand] >= clock - 1; tries++) {
            hand = (hand + 1) % bits.length;
        }
        int slot = hand;
        hand = (hand + 1) % bits.length;
        slotOf[goalOf[slot]] = -1;
        return slot;
    }

    /// Without branches on what is open: a place is always written behind the queue's end, and the
    /// end moves on if it was open.
    private void search(int goal, long[] into) {
        System.arraycopy(map.free, 0, open, 0, map.size);
        Arrays.fill(into, 0);
        int up = map.step[1];
        int down = map.step[2];
        open[goal] = 0;
        queue[0] = goal;
        int head = 0;
        int tail = 1;
        for (int distance = 0; head < tail; distance++) {
            long bit = distance >>> 1 & 1;
            for (int end = tail; head < end; head++) {
                int place = queue[head];
                into[place >>> 6] |= bit << place;
                tail = offer(place + up, tail);
                tail = offer(place + down, tail);
                tail = offer(place - 1, tail);
                tail = offer(place + 1, tail);
            }
        }
    }

    private int offer(int place, int tail) {
        queue[tail] = place;
        int end = tail + open[place];
        open[place] = 0;
        return end;
    }

    /// True when the neighbour is one step nearer to the goal than the place, false when it is one
    /// step farther. Both must be free and connected with the goal.
    static boolean nearer(long[] field, int goal, int place, int neighbour) {
        long here = field[place >>> 6] >>> place;
        long there = field[neighbour >>> 6] >>> neighbour;
        return ((here ^ there ^ place ^ goal) & 1) == 1;
    }

    /// Steps from a place to a goal, both free and connected.
    int distance(int place, int goal) {
        long[] field = of(goal);
        int at = place;
        int steps = 0;
        while (at != goal) {
            int move = 1;
            while (map.free[at + map.step[move]] == 0
                    || !nearer(field, goal, at, at + map.step[move])) {
                move++;
            }
            at += map.step[move];
            steps++;
        }
        return steps;
    }
}
