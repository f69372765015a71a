package marlab.sim.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import marlab.sim.ForAll;
import marlab.sim.game.Solutions.Joint;
import marlab.sim.game.Solutions.Mixed;
import org.junit.jupiter.api.Test;

class SolutionsTest {

    private static final Joint CC = new Joint(0, 0);
    private static final Joint CD = new Joint(0, 1);
    private static final Joint DC = new Joint(1, 0);
    private static final Joint DD = new Joint(1, 1);

    @Test
    void thePrisonersOnlyEquilibriumIsTheOneOutsideThePareToSet() {
        PayoffMatrix game = PayoffMatrix.parse("3 0 ; 5 1");
        assertEquals(List.of(DD), Solutions.pureNash(game));
        assertEquals(List.of(CC, CD, DC), Solutions.pareto(game));
        assertEquals(List.of(CC), Solutions.best(game));
        assertTrue(Solutions.mixedNash(game).isEmpty());
    }

    @Test
    void chickenHasTwoPureEquilibriaAndAMixedOne() {
        PayoffMatrix game = PayoffMatrix.parse("3 2 ; 5 0");
        assertEquals(List.of(CD, DC), Solutions.pureNash(game));
        Mixed mixed = Solutions.mixedNash(game).orElseThrow();
        assertEquals(0.5, mixed.row(), 1e-15);
        assertEquals(2.5, mixed.rowPayoff(), 1e-15);
    }

    @Test
    void pennyMatchersMixEvenly() {
        PayoffMatrix game = PayoffMatrix.parse("1,-1 -1,1 ; -1,1 1,-1");
        assertEquals(List.of(), Solutions.pureNash(game));
        assertEquals(new Mixed(0.5, 0.5, 0, 0), Solutions.mixedNash(game).orElseThrow());
    }

    @Test
    void musicLoversMixEachInFavourOfTheirOwn() {
        PayoffMatrix game = PayoffMatrix.parse("3,2 0,0 ; 0,0 2,3");
        assertEquals(List.of(CC, DD), Solutions.pureNash(game));
        Mixed mixed = Solutions.mixedNash(game).orElseThrow();
        assertEquals(0.6, mixed.row(), 1e-15);
        assertEquals(0.4, mixed.column(), 1e-15);
        assertEquals(1.2, mixed.columnPayoff(), 1e-15);
    }

    @Test
    void climbersHaveASecondEquilibriumBelowTheTop() {
        KnownGame climbing =
                KnownGame.all().stream()
                        .filter(g -> g.name().equals("climbing"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(
                List.of(new Joint(1, 1), new Joint(2, 0)), Solutions.pureNash(climbing.payoffs()));
        assertEquals(List.of(new Joint(2, 0)), Solutions.best(climbing.payoffs()));
        assertEquals(2, Solutions.best(KnownGame.penalty(-100).payoffs()).size());
    }

    /// Against every mixture in steps of a hundredth: no one gains by leaving.
    @Test
    void noMixtureBeatsAMixedEquilibrium() {
        ForAll.forAll(
                300,
                random -> {
                    double[][] row = new double[2][2];
                    double[][] column = new double[2][2];
                    for (int k = 0; k < 4; k++) {
                        row[k / 2][k % 2] = random.nextInt(9);
                        column[k / 2][k % 2] = random.nextInt(9);
                    }
                    PayoffMatrix game = PayoffMatrix.of(row, column);
                    Solutions.mixedNash(game).ifPresent(mixed -> holds(game, mixed));
                });
    }

    private static void holds(PayoffMatrix game, Mixed mixed) {
        for (int k = 0; k <= 100; k++) {
            double own = k / 100.0;
            assertTrue(mean(game, 0, own, mixed.column()) <= mixed.rowPayoff() + 1e-12);
            assertTrue(mean(game, 1, mixed.row(), own) <= mixed.columnPayoff() + 1e-12);
        }
    }

    private static double mean(PayoffMatrix game, int player, double p, double q) {
        double sum = 0;
        for (int a = 0; a < 2; a++) {
            for (int b = 0; b < 2; b++) {
                double chance = (a == 0 ? p : 1 - p) * (b == 0 ? q : 1 - q);
                sum += chance * (player == 0 ? game.row(a, b) : game.column(a, b));
            }
        }
        return sum;
    }
}
