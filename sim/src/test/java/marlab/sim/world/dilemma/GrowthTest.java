package marlab.sim.world.dilemma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;

class GrowthTest {

    private static final int TRIALS = 40_000;

    /// Four standard deviations of a frequency.
    private static double margin(double p, double trials) {
        return 4 * Math.sqrt(p * (1 - p) / trials);
    }

    @Test
    void applesRegrowByTheApplesInTheBlockAround() {
        double[] chances = {0, 0.005, 0.02, 0.05, 0.05};
        for (int around = 0; around < chances.length; around++) {
            Grid grid = Grid.harvest(1, "AAA    \nAAA    \nAAA    ").at(0, 6, 0);
            for (int cell = 0; cell < 9; cell++) {
                grid.env.put(cell / 3, cell % 3, ' ');
            }
            int grown = 0;
            for (int t = 0; t < TRIALS; t++) {
                for (int cell = 0; cell < 9; cell++) {
                    boolean apple = cell != 4 && (cell < 4 ? cell : cell - 1) < around;
                    grid.env.put(cell / 3, cell % 3, apple ? 'A' : ' ');
                }
                grid.step(Grid.STAY);
                grown += grid.env.letter(1, 1) == 'A' ? 1 : 0;
            }
            double p = chances[around];
            assertEquals(p, (double) grown / TRIALS, margin(p, TRIALS), around + " apples around");
        }
    }

    @Test
    void anAppleTwoCellsAwayDoesNotCount() {
        Grid grid = Grid.harvest(1, "A A A  ").at(0, 6, 0);
        grid.env.put(0, 2, ' ');
        for (int t = 0; t < 2000; t++) {
            grid.step(Grid.STAY);
        }
        assertEquals("A   A  \n", grid.ground());
    }

    @Test
    void nothingGrowsUnderAnAgent() {
        Grid grid = Grid.harvest(1, "AAA\nAAA\nAAA").at(1, 1, 0);
        for (int t = 0; t < 1000; t++) {
            grid.step(Grid.STAY);
            assertEquals(' ', grid.env.letter(1, 1));
        }
    }

    @Test
    void orchardsGrowAsOneDrawPerCellWouldHaveIt() {
        double fast = 0;
        double plain = 0;
        int episodes = 60;
        RandomStream random = new RandomStream(3);
        for (int e = 0; e < episodes; e++) {
            fast += ofTheWorld(e);
            plain += ofTheRule(random);
        }
        assertEquals(plain / episodes, fast / episodes, 6, "apples after 60 steps");
    }

    /// Apples after 60 steps from every third apple cell of the standard map.
    private static int ofTheWorld(int seed) {
        Grid grid = Grid.harvest(1, DilemmaMaps.HARVEST.strip());
        grid.env.reset(seed);
        grid.at(14, 36, 0);
        boolean[][] apples = everyThird();
        for (int cell : new DilemmaMap(DilemmaMaps.HARVEST, true).appleCells) {
            DilemmaMap map = grid.env.map();
            grid.env.put(
                    map.row(cell),
                    map.column(cell),
                    apples[map.row(cell)][map.column(cell)] ? 'A' : ' ');
        }
        for (int t = 0; t < 60; t++) {
            grid.step(Grid.STAY);
        }
        return grid.count('A');
    }

    private static boolean[][] everyThird() {
        DilemmaMap map = new DilemmaMap(DilemmaMaps.HARVEST, true);
        boolean[][] apples = new boolean[map.rows][map.columns];
        for (int k = 0; k < map.appleCells.length; k += 3) {
            apples[map.row(map.appleCells[k])][map.column(map.appleCells[k])] = true;
        }
        return apples;
    }

    private static int ofTheRule(RandomStream random) {
        double[] chances = {0, 0.005, 0.02, 0.05};
        DilemmaMap map = new DilemmaMap(DilemmaMaps.HARVEST, true);
        boolean[][] apples = everyThird();
        for (int t = 0; t < 60; t++) {
            boolean[][] next = new boolean[map.rows][map.columns];
            for (int cell : map.appleCells) {
                int row = map.row(cell);
                int column = map.column(cell);
                int around = 0;
                for (int k = 0; k < 9; k++) {
                    around += apples[row - 1 + k / 3][column - 1 + k % 3] ? 1 : 0;
                }
                next[row][column] =
                        apples[row][column] || random.nextDouble() < chances[Math.min(around, 3)];
            }
            apples = next;
        }
        int count = 0;
        for (boolean[] row : apples) {
            for (boolean apple : row) {
                count += apple ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void applesOfCleanupComeMoreSeldomTheDirtierTheRiver() {
        for (int waste : new int[] {0, 6, 24, 42, 47}) {
            double expected = 0.05 * (1 - waste / 119.0 / 0.4);
            Grid grid = Grid.cleanup(1, DilemmaMaps.CLEANUP.strip()).at(12, 10, 0);
            int grown = 0;
            int steps = 2000;
            for (int t = 0; t < steps; t++) {
                dirty(grid, waste);
                grown += grid.count('A');
                for (int row = 0; row < grid.env.rows(); row++) {
                    for (int column = 0; column < grid.env.columns(); column++) {
                        if (grid.env.letter(row, column) == 'A') {
                            grid.env.put(row, column, ' ');
                        }
                    }
                }
                grid.step(Grid.STAY);
            }
            double trials = 103.0 * (steps - 1);
            assertEquals(expected, grown / trials, margin(expected, trials), waste + " dirty");
        }
    }

    /// Makes the first cells of the river dirty, the others clean.
    private static void dirty(Grid grid, int waste) {
        DilemmaMap map = grid.env.map();
        for (int k = 0; k < map.riverCells.length; k++) {
            int cell = map.riverCells[k];
            grid.env.put(map.row(cell), map.column(cell), k < waste ? 'H' : 'R');
        }
    }

    @Test
    void theReferencesProbabilitiesAreMetToTheLastBit() {
        assertEquals(0.05, Cleanup.appleProbability(0, 119));
        assertEquals(0.0006302521008403339, Cleanup.appleProbability(47, 119));
        assertEquals(0, Cleanup.appleProbability(48, 119));
        assertEquals(0.5, Cleanup.wasteProbability(47, 119));
        assertEquals(0, Cleanup.wasteProbability(48, 119));
        assertEquals(0.05, Cleanup.appleProbability(0, 0), "no river at all");
    }

    @Test
    void aboutOneCellAStepTurnsDirtyAsCodedAndHalfACellInThePaper() {
        assertEquals(1.0, newWaste("ssd", 20, 119), 0);
        assertEquals(0.5, newWaste("paper", 20, 119), margin(0.5, TRIALS));
        assertEquals(0, newWaste("ssd", 48, 119), 0);
        assertEquals(0, newWaste("paper", 48, 119), 0);
    }

    @Test
    void whereFewCleanCellsAreLeftWasteMayFailToCome() {
        assertEquals(0.5, smallRiver(1), margin(0.5, TRIALS));
        assertEquals(0.75, smallRiver(2), margin(0.75, TRIALS));
        assertEquals(0.875, smallRiver(3), margin(0.875, TRIALS));
    }

    /// New dirty cells per step of a river that is all clean, of so many cells.
    private static double smallRiver(int cells) {
        Grid grid = Grid.cleanup(1, "P" + "R".repeat(cells)).at(0, 0, 0);
        int came = 0;
        for (int t = 0; t < TRIALS; t++) {
            dirty(grid, 0);
            grid.step(Grid.STAY);
            came += grid.count('H');
        }
        return (double) came / TRIALS;
    }

    private static double newWaste(String rule, int waste, int river) {
        String row = "R".repeat(river);
        Grid grid = Grid.cleanup(1, "P" + row, "waste", rule).at(0, 0, 0);
        int came = 0;
        for (int t = 0; t < TRIALS; t++) {
            dirty(grid, waste);
            grid.step(Grid.STAY);
            came += grid.count('H') - waste;
        }
        return (double) came / TRIALS;
    }

    @Test
    void wasteComesToAllCleanCellsAlike() {
        Grid grid = Grid.cleanup(1, "PRRRRR").at(0, 0, 0);
        int[] came = new int[6];
        int all = 0;
        for (int t = 0; t < TRIALS; t++) {
            dirty(grid, 1);
            grid.step(Grid.STAY);
            for (int column = 2; column < 6; column++) {
                if (grid.env.letter(0, column) == 'H') {
                    came[column]++;
                    all++;
                }
            }
        }
        for (int column = 2; column < 6; column++) {
            assertEquals(0.25, (double) came[column] / all, margin(0.25, all));
        }
        assertTrue(all > 0.9 * TRIALS);
    }
}
