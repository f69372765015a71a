package marlab.sim.snapshot;

/// Walks over a world's state, number by number: one method of a world then says what its state is,
/// and serves to measure, save and load it, so the three can't differ.
///
/// ```java
/// private void exchange(StateCursor state) {
///     state.numbers(x);
///     score = state.whole(score);
/// }
/// ```
public final class StateCursor {

    private enum Way {
        MEASURE,
        SAVE,
        LOAD
    }

    private final Way way;
    private double[] state;
    private int at;

    private StateCursor(Way way, double[] state) {
        this.way = way;
        this.state = state;
    }

    /// A cursor that only counts, see {@link #position}.
    public static StateCursor measuring() {
        return new StateCursor(Way.MEASURE, null);
    }

    /// A cursor that writes into an array given by {@link #over}. Reusable.
    public static StateCursor saving() {
        return new StateCursor(Way.SAVE, null);
    }

    /// A cursor that reads from an array given by {@link #over}. Reusable.
    public static StateCursor loading() {
        return new StateCursor(Way.LOAD, null);
    }

    /// Starts at the beginning of this array.
    public StateCursor over(double[] array) {
        state = array;
        at = 0;
        return this;
    }

    /// Numbers passed so far; after a measuring walk, the size of the state.
    public int position() {
        return at;
    }

    /// One number.
    ///
    /// @return the number in force from now on
    public double number(double value) {
        return switch (way) {
            case MEASURE -> {
                at++;
                yield value;
            }
            case SAVE -> state[at++] = value;
            case LOAD -> state[at++];
        };
    }

    /// One whole number.
    public int whole(int value) {
        return (int) number(value);
    }

    /// One yes or no.
    public boolean flag(boolean value) {
        return number(value ? 1 : 0) != 0;
    }

    /// All numbers of an array.
    public void numbers(double[] values) {
        switch (way) {
            case SAVE -> System.arraycopy(values, 0, state, at, values.length);
            case LOAD -> System.arraycopy(state, at, values, 0, values.length);
            case MEASURE -> {}
        }
        at += values.length;
    }

    /// All whole numbers of an array.
    public void wholes(int[] values) {
        for (int k = 0; k < values.length; k++) {
            values[k] = whole(values[k]);
        }
    }

    /// All bytes of an array, one number each.
    public void bytes(byte[] values) {
        for (int k = 0; k < values.length; k++) {
            values[k] = (byte) whole(values[k]);
        }
    }

    /// All yeses and noes of an array.
    public void flags(boolean[] values) {
        for (int k = 0; k < values.length; k++) {
            values[k] = flag(values[k]);
        }
    }
}
