package marlab.sim.planning;

import static marlab.sim.ForAll.forAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    @Test
    void isAsCheapAsTheCheapestOfAllPermutations() {
        forAll(
                400,
                random -> {
                    int n = random.nextInt(1, 9);
                    boolean ties = random.nextBoolean();
                    double[][] cost = new double[n][n];
                    for (double[] row : cost) {
                        Arrays.setAll(
                                row, k -> ties ? random.nextInt(3) : random.nextDouble(-1, 1));
                    }
                    int[] columnOf = Assignment.solve(cost);
                    double found = 0;
                    for (int row = 0; row < n; row++) {
                        found += cost[row][columnOf[row]];
                    }
                    assertEquals(
                            n, Arrays.stream(columnOf).distinct().count(), "each its own column");
                    assertEquals(cheapest(cost, 0, new boolean[n]), found, 1e-12);
                });
    }

    private static double cheapest(double[][] cost, int row, boolean[] taken) {
        if (row == cost.length) {
            return 0;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int column = 0; column < cost.length; column++) {
            if (!taken[column]) {
                taken[column] = true;
                best = Math.min(best, cost[row][column] + cheapest(cost, row + 1, taken));
                taken[column] = false;
            }
        }
        return best;
    }

    @Test
    void prefersTheSumToTheFirstOnesWish() {
        assertArrayEquals(new int[] {1, 0}, Assignment.solve(new double[][] {{1, 2}, {1, 10}}));
    }

    @Test
    void nobodyNeedsNothing() {
        assertArrayEquals(new int[0], Assignment.solve(new double[0][0]));
    }
}
