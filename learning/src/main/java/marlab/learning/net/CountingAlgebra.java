package marlab.learning.net;

import java.util.concurrent.atomic.LongAdder;

/// Another algebra that counts what it multiplies: for benchmarks. Any thread.
public final class CountingAlgebra implements LinearAlgebra {

    private final LinearAlgebra algebra;
    private final LongAdder operations = new LongAdder();

    /// @param algebra does the work
    public CountingAlgebra(LinearAlgebra algebra) {
        this.algebra = algebra;
    }

    /// Multiplications and additions of all products so far: 2·m·n·k each.
    public long operations() {
        return operations.sum();
    }

    @Override
    public Matrix matrix(int rows, int capacity) {
        return algebra.matrix(rows, capacity);
    }

    @Override
    public Matrix view(Matrix storage, int at, int rows, int columns) {
        return algebra.view(storage, at, rows, columns);
    }

    @Override
    public void multiply(
            Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c, float beta) {
        int inner = transposeA ? a.rows() : a.columns();
        operations.add(2L * c.rows() * c.columns() * inner);
        algebra.multiply(a, transposeA, b, transposeB, c, beta);
    }

    @Override
    public String name() {
        return algebra.name();
    }
}
