package marlab.learning.algo;

import java.io.IOException;
import marlab.learning.net.Adam;
import marlab.learning.net.Network;
import marlab.sim.seed.RandomStream;

/// What a learner shows all of its state to, once to save and once to take up again: the same calls
/// in the same order serve both, so that nothing can be saved and forgotten on the way back. Names
/// must differ; a unit's own begin with the unit's name and a dot.
public interface Persistence {

    /// Weights, for people and other programs too.
    ///
    /// @throws IOException where what was saved does not fit
    void network(String name, Network network) throws IOException;

    /// Scale of returns.
    void norm(String name, ValueNorm norm) throws IOException;

    /// An optimiser.
    void adam(String name, Adam adam) throws IOException;

    /// A random stream.
    void stream(String name, RandomStream stream) throws IOException;

    /// Counters and the like; read in place.
    void longs(String name, long[] values) throws IOException;

    /// Numbers; read in place.
    void doubles(String name, double[] values) throws IOException;

    /// The first `count` of some numbers; read in place. Names that begin with "replay." go to a
    /// file of their own, since they are many. Saved at once: the array is free again afterwards.
    void floats(String name, float[] values, int count) throws IOException;
}
