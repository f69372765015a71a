package marlab.learning.net;

/// Where matrices live and how they are multiplied: natively through ND4J, or in plain Java. Both
/// give equal results but for rounding.
public interface LinearAlgebra {

    /// A matrix of zeros.
    Matrix matrix(int rows, int capacity);

    /// A matrix over part of another's numbers, column after column from position `at`.
    Matrix view(Matrix storage, int at, int rows, int columns);

    /// c = op(a) · op(b) + beta · c over the columns in use, op transposing where asked.
    void multiply(Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c, float beta);

    /// Name for people: "ND4J 1.0.0-M2.1 (OpenBLAS)" or "built-in".
    String name();
}
