package marlab.learning.store;

import java.io.IOException;

/// Takes named arrays, as {@link NpzWriter#put} does.
@FunctionalInterface
public interface ArraySink {

    /// @param array float[], double[], long[] or byte[]
    /// @param shape sizes of its dimensions, the first varying fastest; none for one dimension
    void put(String name, Object array, int... shape) throws IOException;
}
