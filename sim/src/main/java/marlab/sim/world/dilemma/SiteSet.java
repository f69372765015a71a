package marlab.sim.world.dilemma;

import java.util.Arrays;
import marlab.sim.seed.RandomStream;

/// A set of sites, numbered from 0, whose k-th member is found quickly. Its content says everything
/// about it: the order in which members came and went leaves no trace.
final class SiteSet {

    private final long[] words;
    private int count;

    SiteSet(int sites) {
        words = new long[(sites + 63) >>> 6];
    }

    int count() {
        return count;
    }

    void clear() {
        Arrays.fill(words, 0);
        count = 0;
    }

    /// Adds a site that is not a member.
    void add(int site) {
        words[site >>> 6] |= 1L << site;
        count++;
    }

    /// Takes out a member.
    void remove(int site) {
        words[site >>> 6] &= ~(1L << site);
        count--;
    }

    /// The member with `k` smaller ones.
    int member(int k) {
        int word = 0;
        int left = k;
        for (int here = Long.bitCount(words[0]); left >= here; ) {
            left -= here;
            here = Long.bitCount(words[++word]);
        }
        long bits = words[word];
        for (; left > 0; left--) {
            bits &= bits - 1;
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    /// How many independent trials fail before one succeeds.
    ///
    /// @param logOfFailure log(1 − p) of the probability p of success, within (0, 1)
    static int failures(double logOfFailure, RandomStream random) {
        double count = StrictMath.log(1 - random.nextDouble()) / logOfFailure;
        return count < 1 << 30 ? (int) count : 1 << 30;
    }
}
