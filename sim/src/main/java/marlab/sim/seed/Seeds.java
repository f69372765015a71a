package marlab.sim.seed;

/// Named seeds from one number: everything random in a run comes from here, so that the same seed
/// gives the same bytes. Streams of different names or indices are unrelated, and adding a new name
/// changes no other.
///
/// @param root the number a person types
public record Seeds(long root) {

    /// The seed of the stream with this name and index.
    public long seed(String name, long index) {
        long hash = mix(root ^ 0x4D61726C61622031L);
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash ^ name.charAt(i));
        }
        return mix(hash + 0x9E3779B97F4A7C15L * (index + 1));
    }

    /// A fresh stream with this name and index.
    public RandomStream stream(String name, long index) {
        return new RandomStream(seed(name, index));
    }

    /// SplitMix64's finaliser (Steele, Lea and Flood 2014): a bijection that scatters all bits.
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
