package marlab.sim.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.sim.ForAll;
import marlab.sim.env.TextProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayoffMatrixTest {

    @Test
    void aSymmetricGameNeedsOnlyTheOwnPayoffs() {
        PayoffMatrix game = PayoffMatrix.parse("3 0 ; 5 1");
        assertEquals(5, game.row(1, 0));
        assertEquals(0, game.column(1, 0));
        assertEquals(5, game.column(0, 1));
        assertEquals(5, game.payoff(1, 1, 0));
        assertTrue(game.isSymmetric());
        assertEquals("3 0 ; 5 1", game.toString());
    }

    @Test
    void pairsGiveTheRowPlayersPayoffFirst() {
        PayoffMatrix game = PayoffMatrix.parse("3,2 0, 0\n0 ,0 2 , 3\n");
        assertEquals(3, game.row(0, 0));
        assertEquals(2, game.column(0, 0));
        assertEquals(3, game.payoff(1, 1, 1));
        assertFalse(game.isSymmetric());
        assertEquals("3,2 0,0 ; 0,0 2,3", game.toString());
    }

    @Test
    void aGameThatIsPrintedIsReadAsItWas() {
        ForAll.forAll(
                100,
                random -> {
                    int n = 2 + random.nextInt(4);
                    double[][] row = new double[n][n];
                    double[][] column = new double[n][n];
                    for (int k = 0; k < n * n; k++) {
                        row[k / n][k % n] = (random.nextDouble() - 0.5) * random.nextInt(1_000_000);
                        column[k / n][k % n] = random.nextInt(21) - 10;
                    }
                    for (PayoffMatrix game :
                            new PayoffMatrix[] {
                                PayoffMatrix.of(row, column), PayoffMatrix.symmetric(row)
                            }) {
                        assertEquals(game, PayoffMatrix.parse(game.toString()));
                    }
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'3 0 ; 5'       | 1 | 7 | row 2 has 1 cells where the first has 2",
                "'3 0 ; x 1'     | 1 | 7 | \"x\" is not a number",
                "'3 NaN ; 5 1'   | 1 | 3 | is not a number",
                "'3 0 ; inf 1'   | 1 | 7 | is not a number",
                "'3 Infinity;5 1'| 1 | 3 | is not a number",
                "'3d 0 ; 1 1'    | 1 | 1 | is not a number",
                "'3 0 ; 1e7 1'   | 1 | 7 | must lie within",
                "'3 0 ; 5,1 1'   | 1 | 7 | two payoffs where the first cell has one",
                "'3,1 0 ; 5 1'   | 1 | 5 | one payoff where the first cell has two",
                "'3'             | 1 | 0 | 1 rows of 1 cells",
                "'1 2 3 ; 4 5 6' | 1 | 0 | 2 rows of 3 cells",
                "'1 2 3 4 5 6'   | 1 | 11 | sixth cell",
                "'1;1;1;1;1;1'   | 1 | 11 | sixth row",
                "'1,;2,2'        | 1 | 3 | is not a number",
                "''              | 1 | 0 | there are no payoffs"
            })
    void whatIsNoGameIsRefusedWithItsPlace(String text, int line, int column, String what) {
        TextProblem problem = assertThrows(TextProblem.class, () -> PayoffMatrix.parse(text));
        assertEquals(line, problem.line());
        assertEquals(column, problem.column());
        assertTrue(problem.getMessage().contains(what), problem.getMessage());
    }

    @Test
    void aProblemOnTheSecondLineIsFoundThere() {
        TextProblem problem =
                assertThrows(TextProblem.class, () -> PayoffMatrix.parse("3 0\n5 1 7\n"));
        assertEquals(2, problem.line());
        assertEquals(1, problem.column());
    }

    @Test
    void unfinishedNumbersAreNoGame() {
        double[][] wrong = {{Double.NaN, 0}, {0, 1}};
        assertThrows(IllegalArgumentException.class, () -> PayoffMatrix.symmetric(wrong));
        double[][] ragged = {{1}, {0, 1}};
        assertThrows(IllegalArgumentException.class, () -> PayoffMatrix.symmetric(ragged));
    }
}
