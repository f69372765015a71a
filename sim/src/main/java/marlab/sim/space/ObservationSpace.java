package marlab.sim.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What one agent sees: own fields plus sets of entities, each number named and of a known kind.
/// The reference's flat vector of {@link #size} numbers is the storage; fields say where in it they
/// stand, so the structured and the flat view are one thing.
///
/// @param own fields about the observer itself
/// @param sets sets of entities, in order of importance: the first is what the task is about
/// @param size length of the flat vector
public record ObservationSpace(List<Field> own, List<EntitySet> sets, int size) {

    /// @throws IllegalArgumentException when the fields do not cover the flat vector exactly once
    public ObservationSpace {
        own = List.copyOf(own);
        sets = List.copyOf(sets);
        String[] owner = new String[size];
        own.forEach(f -> claim(owner, f, f.offset(), "own"));
        for (EntitySet set : sets) {
            for (Field field : set.fields()) {
                for (int entity = 0; entity < set.count(); entity++) {
                    claim(owner, field, field.at(entity), set.name() + "[" + entity + "]");
                }
            }
        }
        int gap = Arrays.asList(owner).indexOf(null);
        if (gap >= 0) {
            throw new IllegalArgumentException("no field covers number " + gap + " of the vector");
        }
    }

    private static void claim(String[] owner, Field field, int at, String where) {
        for (int i = at; i < at + field.size(); i++) {
            if (i >= owner.length || owner[i] != null) {
                throw new IllegalArgumentException(
                        where
                                + "."
                                + field.name()
                                + " claims number "
                                + i
                                + " of the vector, which "
                                + (i >= owner.length ? "is outside" : owner[i] + " has"));
            }
            owner[i] = where + "." + field.name();
        }
    }

    /// One name per number of the flat vector, for instance `landmarks[1].position.x`.
    public List<String> flatNames() {
        String[] names = new String[size];
        own.forEach(f -> name(names, f, f.offset(), ""));
        for (EntitySet set : sets) {
            for (Field field : set.fields()) {
                for (int entity = 0; entity < set.count(); entity++) {
                    name(names, field, field.at(entity), set.name() + "[" + entity + "].");
                }
            }
        }
        return new ArrayList<>(Arrays.asList(names));
    }

    /// The names of {@link #flatNames}, a picture of cells as one: `view[walls, agents] 11×11`.
    public List<String> briefNames() {
        List<String> names = flatNames();
        for (Field field : own.reversed()) {
            if (field.rows() > 0) {
                List<String> cells = names.subList(field.offset(), field.offset() + field.size());
                cells.clear();
                cells.add(
                        field.name()
                                + field.channels()
                                + " "
                                + field.rows()
                                + "×"
                                + field.columns());
            }
        }
        return names;
    }

    private static void name(String[] names, Field field, int at, String prefix) {
        for (int i = 0; i < field.size(); i++) {
            if (field.rows() > 0) {
                int cell = i % (field.rows() * field.columns());
                names[at + i] =
                        prefix
                                + field.channels().get(i / (field.rows() * field.columns()))
                                + "["
                                + cell / field.columns()
                                + ","
                                + cell % field.columns()
                                + "]";
                continue;
            }
            String part =
                    field.size() == 1 ? "" : field.size() == 2 ? (i == 0 ? ".x" : ".y") : "." + i;
            names[at + i] = prefix + field.name() + part;
        }
    }
}
