package marlab.sim.space;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservationSpaceTest {

    private static Field scalar(String name, int at) {
        return Field.own(name, FieldKind.SCALAR, "", 0, 1, 1, at);
    }

    @Test
    void simpleSpreadsFieldsCoverTheVectorForEveryTeamSize() {
        for (int n = 1; n <= 50; n++) {
            var group = WORLD.create(options("agents", n)).spec().groups().getFirst();
            for (ObservationSpace space : List.of(group.observation(), group.central())) {
                assertEquals(6 * n, space.size());
                assertEquals(6 * n, new HashSet<>(space.flatNames()).size());
            }
        }
    }

    @Test
    void numbersHaveNames() {
        var space = WORLD.create(options()).spec().groups().getFirst().observation();
        assertEquals("velocity.x", space.flatNames().get(0));
        assertEquals("landmarks[1].position.y", space.flatNames().get(7));
        assertEquals("others[1].message.x", space.flatNames().get(16));
    }

    @Test
    void aGapIsRefused() {
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new ObservationSpace(List.of(scalar("a", 0)), List.of(), 2));
        assertEquals("no field covers number 1 of the vector", e.getMessage());
    }

    @Test
    void anOverlapIsRefused() {
        var own = List.of(scalar("a", 0), scalar("b", 0));
        var e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new ObservationSpace(own, List.of(), 1));
        assertEquals("own.b claims number 0 of the vector, which own.a has", e.getMessage());
    }

    @Test
    void aFieldBeyondTheEndIsRefused() {
        Field field = new Field("p", FieldKind.RELATIVE_POSITION, "m", -1, 1, 2, 0, 2);
        var sets = List.of(new EntitySet("things", 2, List.of(field)));
        assertThrows(
                IllegalArgumentException.class, () -> new ObservationSpace(List.of(), sets, 3));
    }

    @Test
    void aDirectionHasTwoNumbers() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Field.own("v", FieldKind.VECTOR, "m/s", -1, 1, 3, 0));
    }
}
