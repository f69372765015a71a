package marlab.sim.game;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import marlab.sim.ForAll;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class Memory1Test {

    private static final PayoffMatrix DILEMMA = PayoffMatrix.parse("-1 -3 ; 0 -2");
    private static final double[] TIT_FOR_TAT = {1, 1, 0, 1, 0};
    private static final double[] DEFECT = {0, 0, 0, 0, 0};

    @Test
    void titForTatAgainstDefectionLosesTheFirstRoundOnly() {
        double gamma = 0.96;
        Memory1.Returns returns = new Memory1(DILEMMA, gamma).returns(TIT_FOR_TAT, DEFECT);
        double later = -2 * gamma / (1 - gamma);
        assertEquals(-3 + later, returns.first(), 1e-11);
        assertEquals(later, returns.second(), 1e-11);
        Memory1.Returns friends = new Memory1(DILEMMA, gamma).returns(TIT_FOR_TAT, TIT_FOR_TAT);
        assertEquals(-1, (1 - gamma) * friends.first(), 1e-14);
    }

    @Test
    void theSecondPlayerSeesItsOwnActionFirst() {
        double[] grudge = {1, 1, 0, 0, 0};
        double[] slip = {0, 1, 1, 1, 1};
        double[] visits = new Memory1(DILEMMA, 0.5).visits(grudge, slip);
        assertEquals(1, visits[1], 1e-15, "first round: CD");
        assertEquals(1, visits[2], 1e-15, "ever after: DC, with 0.5 + 0.25 + …");
    }

    @Test
    void extortionersEarnThreeTimesWhatTheyLeave() {
        // Press and Dyson 2012 with (T,R,P,S) = (2,1,0,−1): p = (1−φ(χ−1), 1−φ(1+2χ), φ(χ+2), 0)
        double phi = 0.1;
        double chi = 3;
        double[] extort = {0.3, 1 - phi * (chi - 1), 1 - phi * (1 + 2 * chi), phi * (chi + 2), 0};
        ForAll.forAll(
                20,
                random -> {
                    Memory1.Returns returns =
                            new Memory1(PayoffMatrix.parse("1 -1 ; 2 0"), 1 - 1e-9)
                                    .returns(extort, policy(random));
                    assertEquals(1e-9 * returns.first(), chi * 1e-9 * returns.second(), 1e-6);
                });
    }

    @Test
    void returnsAreThoseOfEnumeratedRounds() {
        ForAll.forAll(
                50,
                random -> {
                    PayoffMatrix game = game(random);
                    double[] first = policy(random);
                    double[] second = policy(random);
                    Memory1.Returns exact = new Memory1(game, 0.7).returns(first, second);
                    double[] summed = roundByRound(game, 0.7, first, second);
                    assertEquals(summed[0], exact.first(), 1e-10);
                    assertEquals(summed[1], exact.second(), 1e-10);
                });
    }

    private static PayoffMatrix game(RandomStream random) {
        double[][] row = new double[2][2];
        double[][] column = new double[2][2];
        for (int k = 0; k < 4; k++) {
            row[k / 2][k % 2] = 10 * random.nextDouble() - 5;
            column[k / 2][k % 2] = 10 * random.nextDouble() - 5;
        }
        return PayoffMatrix.of(row, column);
    }

    private static double[] policy(RandomStream random) {
        return random.doubles(5, 0.02, 0.98).toArray();
    }

    /// The distribution over joint actions carried on for 200 rounds, without any matrix.
    private static double[] roundByRound(
            PayoffMatrix game, double gamma, double[] first, double[] second) {
        double[] sums = new double[2];
        double[] chance = {
            first[0] * second[0],
            first[0] * (1 - second[0]),
            (1 - first[0]) * second[0],
            (1 - first[0]) * (1 - second[0])
        };
        double weight = 1;
        for (int t = 0; t < 200; t++) {
            double[] next = new double[4];
            for (int s = 0; s < 4; s++) {
                int a = s / 2;
                int b = s % 2;
                sums[0] += weight * chance[s] * game.row(a, b);
                sums[1] += weight * chance[s] * game.column(a, b);
                double p = first[1 + 2 * a + b];
                double q = second[1 + 2 * b + a];
                for (int to = 0; to < 4; to++) {
                    next[to] += chance[s] * (to < 2 ? p : 1 - p) * (to % 2 == 0 ? q : 1 - q);
                }
            }
            chance = next;
            weight *= gamma;
        }
        return sums;
    }

    @Test
    void slopesAreThoseOfFiniteDifferences() {
        ForAll.forAll(
                30,
                random -> {
                    Memory1 memory = new Memory1(game(random), 0.9);
                    double[][] policies = {policy(random), policy(random)};
                    for (int player = 0; player < 2; player++) {
                        double[] slope = memory.gradient(player, policies[0], policies[1]);
                        for (int k = 0; k < 10; k++) {
                            assertEquals(difference(memory, player, policies, k), slope[k], 1e-6);
                        }
                    }
                });
    }

    private static double difference(Memory1 memory, int player, double[][] policies, int k) {
        double[] moved = policies[k / 5];
        double here = moved[k % 5];
        moved[k % 5] = here + 1e-5;
        double above = value(memory, player, policies);
        moved[k % 5] = here - 1e-5;
        double below = value(memory, player, policies);
        moved[k % 5] = here;
        return (above - below) / 2e-5;
    }

    private static double value(Memory1 memory, int player, double[][] policies) {
        Memory1.Returns returns = memory.returns(policies[0], policies[1]);
        return player == 0 ? returns.first() : returns.second();
    }

    @Test
    void endlessGamesNeedADiscount() {
        assertThrows(IllegalArgumentException.class, () -> new Memory1(DILEMMA, 1));
        PayoffMatrix three = PayoffMatrix.parse("1 0 0;0 1 0;0 0 1");
        assertThrows(IllegalArgumentException.class, () -> new Memory1(three, 0.9));
    }
}
