package marlab.learning.algo;

import java.util.Optional;
import java.util.stream.Stream;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.EnvSpec;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;

/// Which worlds a table can be learned in: those that look the same again and again.
final class Tabular {

    private static final String CELLS = "cells";

    private Tabular() {}

    /// Why nothing can be learned in a table, where that is so: nobody sees the same place or speed
    /// twice where these are real numbers. Counts, shares and pictures of cells are welcome: there
    /// are finitely many, if perhaps more than a table holds.
    static Optional<String> misfit(EnvSpec spec) {
        for (AgentGroup group : spec.groups()) {
            Optional<Field> measured =
                    Stream.concat(
                                    group.observation().own().stream(),
                                    group.observation().sets().stream()
                                            .flatMap(set -> set.fields().stream()))
                            .filter(Tabular::measured)
                            .findFirst();
            if (measured.isPresent()) {
                return Optional.of(
                        "a table needs observations that come again, and the "
                                + group.name()
                                + " of this world see real numbers ("
                                + measured.get().name()
                                + "); use an algorithm with networks, such as mappo or iql");
            }
        }
        return Optional.empty();
    }

    /// True for what is measured with a ruler, a clock or a compass, not counted.
    private static boolean measured(Field field) {
        if (field.kind() == FieldKind.GRID || field.kind() == FieldKind.SYMBOL) {
            return false;
        }
        return field.kind().turnsWithTheWorld() && !field.unit().equals(CELLS)
                || field.unit().matches("(m|rad|s|units)(/s)?");
    }
}
