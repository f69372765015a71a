package marlab.app.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MapModelTest {

    private final MapModel map = new MapModel("....\n....\n....\n");

    private void stroke(int fromRow, int fromColumn, int toRow, int toColumn) {
        map.press();
        map.paint(fromRow, fromColumn, toRow, toColumn, '#');
        map.release();
    }

    @Test
    void aFastStrokeLeavesNoGapsAndIsTakenBackAtOnce() {
        stroke(0, 0, 2, 3);
        assertEquals("#...\n.##.\n...#\n", map.text());
        map.undo();
        assertEquals("....\n....\n....\n", map.text());
        assertFalse(map.canUndo());
        map.redo();
        assertEquals("#...\n.##.\n...#\n", map.text());
        assertFalse(map.canRedo());
    }

    @Test
    void whatLiesOutsideIsLeftAlone() {
        stroke(-2, 1, 5, 1);
        assertEquals(".#..\n.#..\n.#..\n", map.text());
        map.press();
        assertFalse(map.paint(3, 0, '#'));
        assertFalse(map.paint(0, -1, '#'));
        map.release();
    }

    @Test
    void nothingIsPaintedBetweenStrokesAndAnEmptyStrokeIsNone() {
        assertFalse(map.paint(0, 0, '#'));
        map.press();
        map.paint(0, 0, '.');
        map.release();
        assertFalse(map.canUndo());
    }

    @Test
    void aNewStrokeForgetsWhatWasTakenBack() {
        stroke(0, 0, 0, 0);
        map.undo();
        stroke(1, 1, 1, 1);
        assertFalse(map.canRedo());
    }

    @Test
    void undoInTheMiddleOfAStrokeTakesTheStrokeBack() {
        map.press();
        map.paint(0, 0, '#');
        map.undo();
        assertEquals("....\n....\n....\n", map.text());
        assertFalse(map.paint(0, 1, '#'), "the stroke is over");
    }

    @Test
    void aNewSizeCropsOrExtendsAndIsTakenBackLikeAStroke() {
        stroke(0, 0, 2, 3);
        map.resize(2, 6, '~');
        assertEquals("#...~~\n.##.~~\n", map.text());
        map.resize(2, 6, '~');
        map.resize(1, 1, '~');
        assertEquals("#\n", map.text());
        map.undo();
        map.undo();
        assertEquals("#...\n.##.\n...#\n", map.text());
        assertTrue(map.canUndo());
        assertEquals(3, map.rows());
        assertEquals(4, map.columns());
    }

    @Test
    void oldStrokesOfALargeMapAreForgotten() {
        MapModel large = new MapModel((".".repeat(1024) + "\n").repeat(1024));
        for (int k = 0; k < 40; k++) {
            large.press();
            large.paint(0, k, '#');
            large.release();
        }
        int back = 0;
        for (; large.canUndo(); back++) {
            large.undo();
        }
        assertEquals(16, back);
    }
}
