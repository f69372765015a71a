package marlab.sim.world.particle;

import java.util.ArrayList;
import java.util.List;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

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

    /// So many bodies of one kind.
    record Kind(String name, int count) {}

    /// The vector of {@link ParticlePhysics#seeAll}, with own fields behind it.
    ///
    /// @param landmarks kinds of landmarks, in order
    /// @param others kinds of agents, in order, the observer left out
    /// @param more own fields behind, the first at {@link #sizeOfAll}
    static ObservationSpace all(List<Kind> landmarks, List<Kind> others, Field... more) {
        List<EntitySet> sets = new ArrayList<>();
        int at = 4;
        for (Kind kind : landmarks) {
            sets.add(places(kind.name(), kind.count(), at));
            at += 2 * kind.count();
        }
        int velocities = at + 2 * count(others);
        for (Kind kind : others) {
            sets.add(movers(kind.name(), kind.count(), at, velocities));
            at += 2 * kind.count();
            velocities += 2 * kind.count();
        }
        List<Field> own = new ArrayList<>(List.of(velocity(0), position(2)));
        int size = velocities;
        for (Field field : more) {
            own.add(field);
            size += field.size();
        }
        return new ObservationSpace(own, sets, size);
    }

    /// Numbers that {@link ParticlePhysics#seeAll} writes.
    static int sizeOfAll(int agents, int landmarks) {
        return 4 + 2 * landmarks + 4 * (agents - 1);
    }

    private static int count(List<Kind> kinds) {
        return kinds.stream().mapToInt(Kind::count).sum();
    }

    /// Colours, one-hot choices and messages.
    static Field symbol(String name, int size, int at) {
        return Field.own(name, FieldKind.SYMBOL, "", 0, 1, size, at);
    }
}
