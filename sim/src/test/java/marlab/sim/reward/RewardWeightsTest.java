package marlab.sim.reward;

import static marlab.sim.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewardWeightsTest {

    private static final double[] TERMS = {1, 10, 2, 20, 3, 30}; // 3 agents, 2 terms

    private static double[] combine(RewardWeights weights) {
        double[] rewards = new double[3];
        weights.combine(TERMS, 0, 3, rewards, 0);
        return rewards;
    }

    @Test
    void withNothingSharedEveryoneGetsTheirOwnSum() {
        double[] own = combine(new RewardWeights(new double[] {2, 0.5}, 0));
        assertArrayEquals(new double[] {7, 14, 21}, own);
    }

    @Test
    void withAllSharedEveryoneGetsTheMean() {
        double[] team = combine(new RewardWeights(new double[] {2, 0.5}, 1));
        assertArrayEquals(new double[] {14, 14, 14}, team, 1e-12);
    }

    @Test
    void aQuarterSharedMovesAQuarterOfTheWayToTheMean() {
        double[] mixed = combine(new RewardWeights(new double[] {2, 0.5}, 0.25));
        assertArrayEquals(new double[] {8.75, 14, 19.25}, mixed, 1e-12);
    }

    @Test
    void sharingNeverChangesTheTeamsSum() {
        forAll(
                200,
                random -> {
                    double[] terms = random.doubles(8, -5, 5).toArray();
                    double[] weights = random.doubles(2, -2, 2).toArray();
                    double[] alone = new double[4];
                    double[] shared = new double[4];
                    new RewardWeights(weights, 0).combine(terms, 0, 4, alone, 0);
                    new RewardWeights(weights, random.nextDouble()).combine(terms, 0, 4, shared, 0);
                    assertEquals(Arrays.stream(alone).sum(), Arrays.stream(shared).sum(), 1e-12);
                });
    }

    @Test
    void offsetsPointIntoLargerBatches() {
        double[] rewards = new double[5];
        double[] terms = {99, 99, 1, 10, 2, 20};
        new RewardWeights(new double[] {1, 1}, 0).combine(terms, 2, 2, rewards, 3);
        assertArrayEquals(new double[] {0, 0, 0, 11, 22}, rewards);
    }

    @Test
    void changesMakeNewWeightsAndLeaveTheOld() {
        RewardTerm term = new RewardTerm("a", "A", "m", true, 0.5, -1, 1, "What.");
        RewardWeights defaults = RewardWeights.defaults(List.of(term));
        RewardWeights changed = defaults.withWeight(0, -1).withShare(0.3);
        assertEquals(0.5, defaults.weight(0));
        assertEquals(0, defaults.share());
        assertEquals(new RewardWeights(new double[] {-1}, 0.3), changed);
    }

    @Test
    void numbersThatAreNoneAreRefusedInOneSentence() {
        double[] bad = {1, Double.NaN};
        var weight = assertThrows(IllegalArgumentException.class, () -> new RewardWeights(bad, 0));
        assertEquals("a reward weight must be a finite number, not NaN", weight.getMessage());
        for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
            var e =
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> new RewardWeights(new double[] {1}, share));
            assertEquals("the share weight must lie within 0 and 1, not " + share, e.getMessage());
        }
    }
}
