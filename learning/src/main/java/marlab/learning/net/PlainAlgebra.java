package marlab.learning.net;

import java.util.Arrays;

/// Matrices on the Java heap: for small batches, where calling native code costs more than it
/// gives, as the fallback without native code, and as the reference in tests. Stateless.
public final class PlainAlgebra implements LinearAlgebra {

    private static final class Heap extends Matrix {
        final float[] data;
        final int at;

        Heap(float[] data, int at, int rows, int capacity) {
            super(rows, capacity);
            this.data = data;
            this.at = at;
        }

        @Override
        public void get(int from, float[] into, int intoAt, int count) {
            System.arraycopy(data, at + from, into, intoAt, count);
        }

        @Override
        public void put(int to, float[] from, int fromAt, int count) {
            System.arraycopy(from, fromAt, data, at + to, count);
        }
    }

    @Override
    public Matrix matrix(int rows, int capacity) {
        return new Heap(new float[rows * capacity], 0, rows, capacity);
    }

    @Override
    public Matrix view(Matrix storage, int at, int rows, int columns) {
        Heap heap = (Heap) storage;
        return new Heap(heap.data, heap.at + at, rows, columns);
    }

    @Override
    public void multiply(
            Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c, float beta) {
        Heap x = (Heap) a;
        Heap y = (Heap) b;
        Heap z = (Heap) c;
        int inner = transposeA ? x.rows() : x.columns();
        for (int j = 0; j < z.columns(); j++) {
            int to = z.at + j * z.rows();
            if (beta == 0) {
                Arrays.fill(z.data, to, to + z.rows(), 0);
            } else if (beta != 1) {
                for (int i = to; i < to + z.rows(); i++) {
                    z.data[i] *= beta;
                }
            }
            for (int k = 0; k < inner; k++) {
                float factor = y.data[y.at + (transposeB ? k * y.rows() + j : j * y.rows() + k)];
                if (factor != 0) {
                    addColumn(x, transposeA, k, factor, z, to);
                }
            }
        }
    }

    private static void addColumn(Heap x, boolean transposed, int k, float factor, Heap z, int to) {
        int rows = z.rows();
        if (transposed) {
            for (int i = 0; i < rows; i++) {
                z.data[to + i] += x.data[x.at + i * x.rows() + k] * factor;
            }
        } else {
            int from = x.at + k * x.rows();
            for (int i = 0; i < rows; i++) {
                z.data[to + i] += x.data[from + i] * factor;
            }
        }
    }

    @Override
    public String name() {
        return "built-in (plain Java)";
    }
}
