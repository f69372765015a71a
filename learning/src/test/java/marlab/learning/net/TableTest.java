package marlab.learning.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.CanonicalView;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;
import marlab.sim.space.SymmetryLevel;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final int PLACES = 1024;

    private final Table table = new Table(2, 3, 8, PLACES);

    private static float[] input(int k) {
        return new float[] {k % 30 - 15, k / 30 * 0.25f};
    }

    private void write(int row, float... outputs) {
        System.arraycopy(outputs, 0, table.parameters().values(), table.at(row), outputs.length);
    }

    @Test
    void whatWasAddedIsFoundAndNothingElse() {
        Set<Integer> rows = new HashSet<>();
        for (int k = 0; k < table.room(); k++) {
            assertEquals(Table.NONE, table.find(input(k), 0));
            int row = table.add(input(k), 0);
            assertEquals(row, table.find(input(k), 0));
            assertTrue(rows.add(row), "every input has a row of its own");
            write(row, k, k + 1, k + 2);
        }
        assertEquals(PLACES * 7 / 8, table.count());
        float[] output = new float[9];
        for (int k = 0; k < table.room(); k++) {
            table.forward(input(k), 0, 1, output);
            assertEquals(k + 2, output[2]);
        }
        assertEquals(Table.NONE, table.find(input(table.room()), 0));
    }

    @Test
    void batchesAreLookedUpRowByRowAndStrangersGetZeros() {
        write(table.add(new float[] {1, 2}, 0), 5, 6, 7);
        write(table.add(new float[] {3, 4}, 0), 8, 9, 10);
        float[] output = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        table.forward(new float[] {0, 3, 4, 2, 1, 1, 2}, 1, 3, output);
        assertArrayEquals(new float[] {8, 9, 10, 0, 0, 0, 5, 6, 7, 1}, output);
    }

    @Test
    void zeroHasNoSign() {
        int row = table.add(new float[] {0, 1}, 0);
        assertEquals(row, table.find(new float[] {-0f, 1}, 0));
    }

    /// Saved, published and copied to those who act, a table is nothing but its numbers.
    @Test
    void aCopyOfTheNumbersIsACopyOfTheTable() {
        for (int k = 0; k < 500; k++) {
            write(table.add(input(k), 0), k, 2 * k, 3 * k);
        }
        Table copy = new Table(2, 3, 8, PLACES);
        float[] numbers = table.parameters().values();
        for (float number : numbers) {
            assertEquals((int) number, number, "whole and exact");
        }
        System.arraycopy(numbers, 0, copy.parameters().values(), 0, numbers.length);
        copy.parameters().valuesChanged();
        float[] output = new float[3];
        for (int k = 0; k < 500; k++) {
            copy.forward(input(k), 0, 1, output);
            assertArrayEquals(new float[] {k, 2 * k, 3 * k}, output);
        }
        assertEquals(500, copy.count());
    }

    @Test
    void itHasNoGradient() {
        assertThrows(UnsupportedOperationException.class, () -> table.backward(new float[3], 1));
    }

    private static Table of(FieldKind kind, int numbers, int ids) {
        List<Field> fields =
                IntStream.range(0, numbers)
                        .mapToObj(k -> Field.own("f" + k, kind, "", 0, 1, 1, k))
                        .toList();
        CanonicalView view =
                new CanonicalView(
                        new ObservationSpace(fields, List.of(), numbers),
                        new ActionSpace.Discrete(List.of(new Push("a", 0, 0))),
                        SymmetryLevel.NONE);
        return new Table(new InputView(view, ids, 1), 1, 1);
    }

    @Test
    void fewSymbolsNeedFewPlaces() {
        assertEquals(64, of(FieldKind.SYMBOL, 1, 0).places());
        assertEquals(1024, of(FieldKind.SYMBOL, 8, 2).places());
        assertEquals(Table.MOST_PLACES, of(FieldKind.SYMBOL, 40, 0).places());
        assertEquals(Table.MOST_PLACES, of(FieldKind.SCALAR, 1, 0).places());
        assertFalse(of(FieldKind.SYMBOL, 1, 0).taken(0));
    }
}
