package marlab.sim.space;

import java.util.List;
import java.util.Objects;

/// A named part of an observation and where it stands in the flat vector.
///
/// @param name field name as shown to people, unique within its owner
/// @param kind what the numbers are
/// @param unit physical unit, for instance "m" or "m/s"; "" where there is none
/// @param low smallest usual value, for bars on screen; not enforced
/// @param high largest usual value
/// @param size how many consecutive numbers
/// @param offset index of the first number in the flat vector (of the first entity, in a set)
/// @param stride distance in the flat vector from one entity to the next; 0 for own fields
/// @param channels of a {@link FieldKind#GRID}, what each layer shows; empty for all else
/// @param rows of a grid, 0 for all else; size = channels × rows × columns
public record Field(
        String name,
        FieldKind kind,
        String unit,
        double low,
        double high,
        int size,
        int offset,
        int stride,
        List<String> channels,
        int rows) {

    public Field {
        channels = List.copyOf(channels);
        Objects.requireNonNull(name);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(unit);
        if (size < 1 || offset < 0 || stride < 0) {
            throw new IllegalArgumentException(
                    "field "
                            + name
                            + ": size "
                            + size
                            + ", offset "
                            + offset
                            + ", stride "
                            + stride);
        }
        if (kind.turnsWithTheWorld() && size != 2) {
            throw new IllegalArgumentException(
                    "field " + name + ": a " + kind + " has 2 numbers, not " + size);
        }
    }

    /// A field that is no grid.
    public Field(
            String name,
            FieldKind kind,
            String unit,
            double low,
            double high,
            int size,
            int offset,
            int stride) {
        this(name, kind, unit, low, high, size, offset, stride, List.of(), 0);
    }

    /// An own field that is a picture of cells, channel after channel, row after row.
    ///
    /// @param high largest number in a cell; the smallest is 0
    public static Field grid(
            String name, List<String> channels, int rows, int columns, double high, int at) {
        int size = channels.size() * rows * columns;
        return new Field(name, FieldKind.GRID, "", 0, high, size, at, 0, channels, rows);
    }

    /// Columns of a grid.
    public int columns() {
        return rows == 0 ? 0 : size / (rows * channels.size());
    }

    /// An own field: one block of numbers.
    public static Field own(
            String name, FieldKind kind, String unit, double low, double high, int size, int at) {
        return new Field(name, kind, unit, low, high, size, at, 0);
    }

    /// Index in the flat vector of the first number for the given entity of the set.
    public int at(int entity) {
        return offset + entity * stride;
    }
}
