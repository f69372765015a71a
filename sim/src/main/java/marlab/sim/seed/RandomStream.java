package marlab.sim.seed;

import java.util.random.RandomGenerator;

/// A random stream whose whole state is two longs, so that it can be saved and restored exactly.
/// xoroshiro128++ (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators");
/// period 2^128 − 1. Not thread-safe.
public final class RandomStream implements RandomGenerator {

    /// Number of longs in a saved state.
    public static final int STATE_SIZE = 2;

    private long s0;
    private long s1;

    /// A stream that starts from the given number; near numbers give unrelated streams.
    public RandomStream(long seed) {
        reseed(seed);
    }

    /// Starts anew from the given number.
    public void reseed(long seed) {
        s0 = Seeds.mix(seed + 0x9E3779B97F4A7C15L);
        s1 = Seeds.mix(seed + 2 * 0x9E3779B97F4A7C15L);
        if ((s0 | s1) == 0) {
            s1 = 1;
        }
    }

    @Override
    public long nextLong() {
        long a = s0;
        long b = s1;
        long result = Long.rotateLeft(a + b, 17) + a;
        b ^= a;
        s0 = Long.rotateLeft(a, 49) ^ b ^ (b << 21);
        s1 = Long.rotateLeft(b, 28);
        return result;
    }

    /// Uniform in [0, 1) with 53 random bits.
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /// Writes the state into two longs.
    public void save(long[] into, int at) {
        into[at] = s0;
        into[at + 1] = s1;
    }

    /// Takes up a saved state.
    public void load(long[] from, int at) {
        s0 = from[at];
        s1 = from[at + 1];
    }
}
