package marlab.sim.space;

import java.util.List;
import java.util.Optional;

/// A set of things of one kind that an agent sees: landmarks, other agents, food …
///
/// @param name what they are, in the plural
/// @param count how many the flat vector holds
/// @param fields what is known of each
/// @param named true where it matters which is which, since somebody speaks of "the second one":
///   then they keep their order
public record EntitySet(String name, int count, List<Field> fields, boolean named) {

    public EntitySet {
        fields = List.copyOf(fields);
        if (count < 0) {
            throw new IllegalArgumentException("entity set " + name + ": count " + count);
        }
    }

    /// Things of which one is like the other, but for their fields.
    public EntitySet(String name, int count, List<Field> fields) {
        this(name, count, fields, false);
    }

    /// The same, with names.
    public EntitySet withNames() {
        return new EntitySet(name, count, fields, true);
    }

    /// The field that says where an entity is, relative to the observer, if there is one.
    public Optional<Field> relativePosition() {
        return fields.stream().filter(f -> f.kind() == FieldKind.RELATIVE_POSITION).findFirst();
    }
}
