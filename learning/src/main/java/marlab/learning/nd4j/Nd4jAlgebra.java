package marlab.learning.nd4j;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.Matrix;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/// Matrices in native memory, multiplied by ND4J's BLAS on one thread. Parallelism comes from
/// working on several networks or batches at once: two threads on separate arrays scale fully,
/// while BLAS's own threads make products of this size slower.
public final class Nd4jAlgebra implements LinearAlgebra {

    /// Held here, since the logging system forgets the settings of loggers that nobody holds.
    private static final Logger TALK = Logger.getLogger("org.nd4j");

    private static boolean loaded;

    /// Loads the native library (1 to 4 s the first time in a process). Any thread, any number of
    /// times.
    ///
    /// @throws LinkageError or RuntimeException where the library can't be loaded
    public static synchronized void load() {
        if (!loaded) {
            TALK.setLevel(Level.WARNING); // it tells its whole build information otherwise
            Nd4j.create(DataType.FLOAT, 1);
            Nd4j.factory().blas().setMaxThreads(1);
            Nd4j.getEnvironment().setMaxThreads(1);
            Nd4j.getEnvironment().setMaxMasterThreads(1);
            loaded = true;
        }
    }

    /// Loads the native library where that has not been done yet.
    public Nd4jAlgebra() {
        load();
    }

    private static final class Native extends Matrix {
        private final INDArray storage;
        private final MemorySegment memory;
        private final Map<Integer, INDArray> prefixes = new HashMap<>();

        /// @param storage one-dimensional, kept alive as long as the matrix
        Native(INDArray storage, int rows, int capacity) {
            super(rows, capacity);
            this.storage = storage;
            long address = storage.data().pointer().address() + 4L * storage.offset();
            memory = MemorySegment.ofAddress(address).reinterpret(4L * rows * capacity);
        }

        @Override
        public void get(int at, float[] into, int intoAt, int count) {
            MemorySegment.copy(memory, ValueLayout.JAVA_FLOAT, 4L * at, into, intoAt, count);
        }

        @Override
        public void put(int at, float[] from, int fromAt, int count) {
            MemorySegment.copy(from, fromAt, memory, ValueLayout.JAVA_FLOAT, 4L * at, count);
        }

        INDArray inUse() {
            return prefixes.computeIfAbsent(columns(), this::prefix);
        }

        private INDArray prefix(int count) {
            return slice(storage, 0, (long) rows() * count).reshape('f', rows(), count);
        }
    }

    private static INDArray slice(INDArray storage, long at, long count) {
        return Nd4j.create(
                storage.data(), new long[] {count}, new long[] {1}, storage.offset() + at, 'f');
    }

    @Override
    public Matrix matrix(int rows, int capacity) {
        long count = Math.max(1L, (long) rows * capacity);
        return new Native(Nd4j.zeros(DataType.FLOAT, count), rows, capacity);
    }

    @Override
    public Matrix view(Matrix storage, int at, int rows, int columns) {
        return new Native(
                slice(((Native) storage).storage, at, (long) rows * columns), rows, columns);
    }

    @Override
    public void multiply(
            Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c, float beta) {
        Nd4j.getBlasWrapper()
                .level3()
                .gemm(
                        ((Native) a).inUse(),
                        ((Native) b).inUse(),
                        ((Native) c).inUse(),
                        transposeA,
                        transposeB,
                        1,
                        beta);
    }

    @Override
    public String name() {
        return "ND4J (" + Nd4j.factory().blas().getBlasVendor() + ", one thread)";
    }
}
