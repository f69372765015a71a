package marlab.learning.net;

import java.util.Arrays;
import marlab.sim.space.FieldKind;

/// A network that looks its outputs up: a row of its own for every input that was added, zeros for
/// all others. It has no gradient; a learner writes its rows.
///
/// Rows stand in a hash table with open addressing (Knuth, The Art of Computer Programming 3, 6.4).
/// A row's key are 48 bits of the input's hash, as two whole numbers of 24 bits, which a float
/// holds exactly: keys are saved, copied and published like weights. That two among 50,000 inputs
/// share a key has a chance of 1 in 200,000; they would then share a row.
public final class Table implements Network {

    /// Most places for rows; of 8 places 7 can be taken.
    public static final int MOST_PLACES = 1 << 16;

    /// What {@link #find} says where there is no row.
    public static final int NONE = -1;

    private static final int FEWEST_PLACES = 1 << 6;
    private static final int BITS = 24;

    private final int inputs;
    private final int outputs;
    private final int capacity;
    private final int places;
    private final Parameters parameters = new Parameters();
    private final Parameters.Block keys;
    private final Parameters.Block rows;

    /// A table that is large enough for all that can be seen, where that is easily told: symbols
    /// are 0 or 1, so that n of them make at most 2ⁿ inputs.
    ///
    /// @param capacity most rows of a batch
    public Table(InputView input, int outputs, int capacity) {
        this(input.size(), outputs, capacity, places(input));
    }

    /// @param capacity most rows of a batch
    /// @param places for rows, a power of two
    Table(int inputs, int outputs, int capacity, int places) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.capacity = capacity;
        this.places = places;
        keys = parameters.reserve("keys", places, 2);
        rows = parameters.reserve("values", places, outputs);
        parameters.buildWithoutGradient();
    }

    private static int places(InputView input) {
        boolean symbols =
                input.view().space().sets().isEmpty()
                        && input.view().space().own().stream()
                                .allMatch(f -> f.kind() == FieldKind.SYMBOL);
        int inputs = symbols ? Math.min(input.size(), 30) : 30;
        return Math.clamp(1 << inputs, FEWEST_PLACES, MOST_PLACES);
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    /// Places for rows: rows are numbered from 0 to this, with gaps.
    public int places() {
        return places;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public void forward(float[] input, int at, int count, float[] output) {
        for (int k = 0; k < count; k++) {
            int row = find(input, at + k * inputs);
            if (row == NONE) {
                Arrays.fill(output, k * outputs, (k + 1) * outputs, 0);
            } else {
                System.arraycopy(parameters.values(), at(row), output, k * outputs, outputs);
            }
        }
    }

    @Override
    public void backward(float[] outputGradient, int count) {
        throw new UnsupportedOperationException(
                "a table has no gradient; its learner writes its rows");
    }

    /// Where the outputs of a row stand in {@link Parameters#values}.
    public int at(int row) {
        return rows.at() + row * outputs;
    }

    /// True where a place holds a row.
    public boolean taken(int row) {
        float[] values = parameters.values();
        int key = keys.at() + 2 * row;
        return values[key] != 0 || values[key + 1] != 0;
    }

    /// Rows that there are.
    public int count() {
        int count = 0;
        for (int row = 0; row < places; row++) {
            count += taken(row) ? 1 : 0;
        }
        return count;
    }

    /// Most rows that there can be.
    public int room() {
        return places - places / 8;
    }

    /// The row of an input, {@link #NONE} if it has none.
    public int find(float[] input, int at) {
        int place = search(hash(input, at));
        return taken(place) ? place : NONE;
    }

    /// Gives an input that has none a row, of zeros. See {@link #room}, which is not looked after
    /// here.
    ///
    /// @return the row
    public int add(float[] input, int at) {
        long hash = hash(input, at);
        int place = search(hash);
        parameters.values()[keys.at() + 2 * place] = high(hash);
        parameters.values()[keys.at() + 2 * place + 1] = low(hash);
        return place;
    }

    /// The place of the row with this hash, or the first free one on the way there.
    private int search(long hash) {
        float[] values = parameters.values();
        float high = high(hash);
        float low = low(hash);
        int place = (int) hash & places - 1;
        while (taken(place)
                && (values[keys.at() + 2 * place] != high
                        || values[keys.at() + 2 * place + 1] != low)) {
            place = place + 1 & places - 1;
        }
        return place;
    }

    private static float high(long hash) {
        return hash >>> 64 - BITS;
    }

    /// Never 0, so that no key looks like a free place.
    private static float low(long hash) {
        return Math.max(1, hash >>> 64 - 2 * BITS & (1 << BITS) - 1);
    }

    /// Each number's bits are mixed in by a multiplication and a shift, the last ones by
    /// SplitMix64's finaliser.
    private long hash(float[] input, int at) {
        long hash = inputs;
        for (int k = at; k < at + inputs; k++) {
            int bits = Float.floatToIntBits(input[k] + 0f); // −0 becomes 0
            hash = (hash ^ bits) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        hash = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ hash >>> 27) * 0x94D049BB133111EBL;
        return hash ^ hash >>> 31;
    }
}
