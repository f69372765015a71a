package marlab.sim.world.particle;

import java.util.List;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;

/// The fields that observations of particle worlds are made of.
final class Fields {

    private Fields() {}

    /// The observer's own velocity.
    static Field velocity(int at) {
        return Field.own("velocity", FieldKind.VECTOR, "m/s", -2, 2, 2, at);
    }

    /// The observer's own position.
    static Field position(int at) {
        return Field.own("position", FieldKind.POSITION, "m", -1, 1, 2, at);
    }

    /// An entity's position relative to the observer, one entity after the other.
    static Field relative(int at) {
        return new Field("position", FieldKind.RELATIVE_POSITION, "m", -2, 2, 2, at, 2);
    }

    /// An entity's velocity, one entity after the other.
    static Field theirVelocity(int at) {
        return new Field("velocity", FieldKind.VECTOR, "m/s", -2, 2, 2, at, 2);
    }

    /// Entities of which only the relative position is known.
    static EntitySet places(String name, int count, int at) {
        return new EntitySet(name, count, List.of(relative(at)));
    }

    /// Entities of which relative position and velocity are known.
    static EntitySet movers(String name, int count, int at, int velocitiesAt) {
        return new EntitySet(name, count, List.of(relative(at), theirVelocity(velocitiesAt)));
    }

    /// Colours, one-hot choices and messages.
    static Field symbol(String name, int size, int at) {
        return Field.own(name, FieldKind.SYMBOL, "", 0, 1, size, at);
    }
}
