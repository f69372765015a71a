package marlab.sim;

import java.util.function.Consumer;
import marlab.sim.seed.RandomStream;

/// Property tests in two lines: a statement is tried on many seeded random inputs; the seed of the
/// first that breaks it is named.
public final class ForAll {

    private ForAll() {}

    /// Tries a statement that draws its inputs from the stream.
    public static void forAll(int tries, Consumer<RandomStream> statement) {
        for (long seed = 1; seed <= tries; seed++) {
            try {
                statement.accept(new RandomStream(seed));
            } catch (AssertionError | RuntimeException broken) {
                throw new AssertionError("broken by the inputs of seed " + seed, broken);
            }
        }
    }
}
