package marlab.sim.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import marlab.sim.env.TextProblem;
import org.junit.jupiter.api.Test;

class MapTextTest {

    private static void refused(String text, String sentence) {
        TextProblem problem = assertThrows(TextProblem.class, () -> MapText.rows(text, ".# ", 4));
        assertEquals(sentence, problem.getMessage());
    }

    @Test
    void rowsAreLines() {
        assertEquals(List.of(".#", "# "), MapText.rows(".#\r\n# \n\n", ".# ", 4));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        String empty = "line 1: the map is empty; write one letter a cell, a line a row";
        refused("", empty);
        refused("\n..", empty);
        refused("..\n.x", "line 2, column 2: unknown letter 'x'; a cell is one of . # space");
        refused(
                "...\n..",
                "line 2, column 3: the row has 2 cells where the first has 3; make all rows equally long");
        refused(
                "..\n...",
                "line 2, column 3: the row has 3 cells where the first has 2; make all rows equally long");
        refused(".....", "line 1, column 5: the row has more than 4 cells; make the map smaller");
        refused(".\n.\n.\n.\n.", "line 5: the map has more than 4 rows; make it smaller");
    }
}
