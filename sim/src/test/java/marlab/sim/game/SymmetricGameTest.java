package marlab.sim.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import marlab.sim.ForAll;
import marlab.sim.game.SymmetricGame.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymmetricGameTest {

    @ParameterizedTest
    @CsvSource({
        "TRPS, PRISONERS_DILEMMA",
        "TRSP, CHICKEN",
        "TSRP, LEADER",
        "STRP, HERO",
        "SRTP, COMPROMISE",
        "SRPT, DEADLOCK",
        "RTPS, STAG_HUNT",
        "RPTS, STAG_HUNT",
        "RPST, COORDINATION",
        "RSPT, HARMONY",
        "RSTP, HARMONY",
        "RTSP, HARMONY"
    })
    void theTwelveOrdersHaveTheirNames(String order, GameName name) {
        double[] value = new double[128];
        for (int k = 0; k < 4; k++) {
            value[order.charAt(k)] = 3 - k;
        }
        SymmetricGame game = new SymmetricGame(value['R'], value['S'], value['T'], value['P']);
        assertEquals(name, game.name());
        assertEquals(name, game.exchanged().name(), "with the actions' names exchanged");
    }

    @Test
    void theNameHangsOnTheOrderAlone() {
        ForAll.forAll(
                500,
                random -> {
                    double scale = Math.exp(6 * random.nextDouble());
                    double shift = 100 * random.nextDouble() - 50;
                    double[] x = new double[4];
                    for (int k = 0; k < 4; k++) {
                        x[k] = random.nextInt(6);
                    }
                    SymmetricGame game = new SymmetricGame(x[0], x[1], x[2], x[3]);
                    SymmetricGame moved =
                            new SymmetricGame(
                                    scale * x[0] + shift,
                                    scale * x[1] + shift,
                                    scale * x[2] + shift,
                                    scale * x[3] + shift);
                    assertEquals(game.name(), moved.name(), game.toString());
                });
    }

    @Test
    void everyKnownGameIsWhatItIsCalled() {
        for (KnownGame known : KnownGame.all()) {
            if (known.cooperation() >= 0) {
                GameName name = SymmetricGame.of(known.payoffs()).name();
                assertEquals(known.title(), name.title(), known.name());
            }
        }
    }

    @Test
    void tiesThatANameHangsOnAreBorderCases() {
        assertEquals(GameName.BORDER, new SymmetricGame(1, 0, 1.5, 0).name(), "PD or Chicken");
        assertEquals(GameName.BORDER, new SymmetricGame(1, 0, 1, 0.5).name(), "PD or Stag Hunt");
        assertEquals(GameName.BORDER, new SymmetricGame(1, 1, 1, 1).name());
        assertEquals(GameName.STAG_HUNT, new SymmetricGame(4, 0, 2, 2).name());
        assertEquals(GameName.COORDINATION, new SymmetricGame(1, 0, 0, 1).name());
        assertEquals(GameName.COORDINATION, new SymmetricGame(2, 0, 0, 1).name());
    }

    @Test
    void thePlaneIsNormalisedByRewardAndPunishment() {
        SymmetricGame game = new SymmetricGame(3, 0, 5, 1);
        assertEquals(2, game.normalT());
        assertEquals(-0.5, game.normalS());
        assertTrue(Double.isNaN(new SymmetricGame(1, 0, 0, 1).normalT()));
    }

    @Test
    void theInequalitiesTellFearFromGreed() {
        assertTrue(new SymmetricGame(3, 0, 5, 1).isSocialDilemma());
        assertEquals(List.of("T > R"), dilemma(new SymmetricGame(3, 1, 4, 0)), "Chicken: greed");
        assertEquals(List.of("P > S"), dilemma(new SymmetricGame(4, 0, 3, 1)), "Stag Hunt: fear");
        assertFalse(new SymmetricGame(5, 0, 11, 1).isSocialDilemma(), "taking turns pays more");
    }

    private static List<String> dilemma(SymmetricGame game) {
        assertTrue(game.isSocialDilemma());
        return game.properties().subList(3, 5).stream()
                .filter(Property::holds)
                .map(Property::formula)
                .toList();
    }

    @Test
    void largerOrUnevenGamesHaveNoSuchPayoffs() {
        PayoffMatrix pennies = PayoffMatrix.parse("1,-1 -1,1 ; -1,1 1,-1");
        assertThrows(IllegalArgumentException.class, () -> SymmetricGame.of(pennies));
        assertNotEquals("", KnownGame.custom(pennies).title());
    }
}
