package marlab.learning.net;

/// Numbers in columns: a batch has one sample per column, stored sample after sample. The number of
/// columns in use can be less than the room there is. Where the numbers live is up to the {@link
/// LinearAlgebra} that made it. Owned by one thread at a time.
public abstract class Matrix {

    /// Floats that elementwise passes copy to the heap at a time: small enough for the first-level
    /// cache, large enough to make the copies cheap.
    static final int CHUNK = 2048;

    private final int rows;
    private final int capacity;
    private int columns;

    protected Matrix(int rows, int capacity) {
        this.rows = rows;
        this.capacity = capacity;
        this.columns = capacity;
    }

    /// Numbers per column.
    public final int rows() {
        return rows;
    }

    /// Columns in use.
    public final int columns() {
        return columns;
    }

    /// Columns there is room for.
    public final int capacity() {
        return capacity;
    }

    /// Numbers in use.
    public final int size() {
        return rows * columns;
    }

    /// Says how many columns are in use from now on.
    public final Matrix use(int count) {
        if (count < 0 || count > capacity) {
            throw new IllegalArgumentException(count + " columns, room for " + capacity);
        }
        columns = count;
        return this;
    }

    /// Copies numbers out, from position `at` of the storage.
    public abstract void get(int at, float[] into, int intoAt, int count);

    /// Copies numbers in, at position `at` of the storage.
    public abstract void put(int at, float[] from, int fromAt, int count);
}
