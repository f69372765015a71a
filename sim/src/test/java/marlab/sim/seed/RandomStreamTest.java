package marlab.sim.seed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    /// The numbers of the authors' C code from the state (1, 2).
    @Test
    void isXoroshiro128PlusPlus() {
        RandomStream stream = new RandomStream(0);
        stream.load(new long[] {1, 2}, 0);
        long[] expected = {
            393217L,
            669327710093319L,
            1732421326133921491L,
            Long.parseUnsignedLong("11394790081659126983"),
            Long.parseUnsignedLong("9555452776773192676"),
            3586421180005889563L
        };
        assertArrayEquals(expected, LongStream.generate(stream::nextLong).limit(6).toArray());
    }

    /// Changing these makes old runs unrepeatable.
    @Test
    void seedsGiveTheNumbersTheyAlwaysGave() {
        assertEquals(-2810473847076998725L, new Seeds(1).seed("episode", 0));
        assertEquals(587168960929266860L, new RandomStream(1).nextLong());
        assertEquals(0.031830493152778305, new RandomStream(1).nextDouble());
    }

    @Test
    void aSavedStreamGoesOnAsIfNothingHadHappened() {
        RandomStream stream = new RandomStream(5);
        stream.nextLong();
        long[] state = new long[4];
        stream.save(state, 1);
        long[] expected = stream.longs(20).toArray();
        RandomStream other = new RandomStream(6);
        other.load(state, 1);
        assertArrayEquals(expected, other.longs(20).toArray());
    }

    @Test
    void doublesAreUniform() {
        RandomStream stream = new RandomStream(2);
        int[] bins = new int[20];
        int count = 200_000;
        for (int k = 0; k < count; k++) {
            double u = stream.nextDouble();
            assertTrue(u >= 0 && u < 1);
            bins[(int) (u * bins.length)]++;
        }
        double expected = (double) count / bins.length;
        double chiSquared =
                IntStream.of(bins)
                        .mapToDouble(b -> (b - expected) * (b - expected) / expected)
                        .sum();
        assertTrue(chiSquared < 43.8, "chi squared with 19 degrees of freedom: " + chiSquared);
    }

    @Test
    void neighbouringStreamsAreUncorrelated() {
        Seeds seeds = new Seeds(1);
        int streams = 50;
        int count = 2_000;
        double worst = 0;
        for (int s = 0; s < streams; s++) {
            RandomStream one = seeds.stream("exploration", s);
            RandomStream next = seeds.stream("exploration", s + 1);
            double sum = 0;
            for (int k = 0; k < count; k++) {
                sum += (one.nextDouble() - 0.5) * (next.nextDouble() - 0.5) * 12;
            }
            worst = Math.max(worst, Math.abs(sum) / Math.sqrt(count));
        }
        assertTrue(worst < 4.5, "largest correlation in standard errors: " + worst);
    }

    @Test
    void namesIndicesAndRootsGiveDifferentSeeds() {
        Set<Long> seen = new HashSet<>();
        String[] names = {"episode", "exploration", "weights", "a", "b", "ab", "ba", ""};
        for (long root = -2; root < 20; root++) {
            for (String name : names) {
                for (long index = 0; index < 100; index++) {
                    assertTrue(seen.add(new Seeds(root).seed(name, index)));
                }
            }
        }
        assertEquals(22 * names.length * 100, seen.size());
    }

    @Test
    void aStreamNeverStandsStillOnZero() {
        RandomStream stream = new RandomStream(-0x9E3779B97F4A7C15L); // first word mixes to zero
        assertNotEquals(stream.nextLong(), stream.nextLong());
    }
}
