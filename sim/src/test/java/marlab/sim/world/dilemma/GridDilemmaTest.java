package marlab.sim.world.dilemma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.stream.IntStream;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.StepResult;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;

class GridDilemmaTest {

    private static final String OPEN = "     \n     \n     \n     \n     ";
    private static final String CROWDED = "    \n    \n @  ";

    @Test
    void movesAreRelativeToTheHeading() {
        Grid grid = Grid.harvest(1, OPEN);
        int[][] ahead = {{1, 2}, {2, 3}, {3, 2}, {2, 1}};
        for (int heading = 0; heading < 4; heading++) {
            grid.at(2, 2, heading).step(Grid.AHEAD);
            assertTrue(grid.isAt(0, ahead[heading][0], ahead[heading][1]), "ahead " + heading);
            int right = (heading + 1) % 4;
            grid.at(2, 2, heading).step(Grid.RIGHT);
            assertTrue(grid.isAt(0, ahead[right][0], ahead[right][1]), "right " + heading);
            grid.at(2, 2, right).step(Grid.LEFT);
            assertTrue(grid.isAt(0, ahead[heading][0], ahead[heading][1]), "left " + heading);
            grid.at(2, 2, (heading + 2) % 4).step(Grid.BACK);
            assertTrue(grid.isAt(0, ahead[heading][0], ahead[heading][1]), "back " + heading);
        }
    }

    @Test
    void turningClockwiseIsChoiceFive() {
        Grid grid = Grid.harvest(1, OPEN).at(2, 2, 0);
        grid.step(Grid.TURN_RIGHT);
        assertEquals(Walkers.RIGHT, grid.env.heading(0));
        grid.step(Grid.TURN_LEFT);
        grid.step(Grid.TURN_LEFT);
        assertEquals(Walkers.LEFT, grid.env.heading(0));
    }

    @Test
    void wallsAndTheEdgeOfTheMapStopMoves() {
        Grid grid = Grid.harvest(1, " @").at(0, 0, Walkers.RIGHT);
        for (int choice : new int[] {Grid.AHEAD, Grid.BACK, Grid.LEFT, Grid.RIGHT}) {
            grid.step(choice);
            assertTrue(grid.isAt(0, 0, 0));
        }
    }

    @Test
    void oneOfTwoWhoWantACellGetsItByLot() {
        Grid grid = Grid.harvest(2, "   ");
        int first = 0;
        for (int k = 0; k < 400; k++) {
            grid.at(0, 0, Walkers.RIGHT, 0, 2, Walkers.LEFT).step(Grid.AHEAD, Grid.AHEAD);
            assertTrue(
                    grid.isAt(0, 0, 1) && grid.isAt(1, 0, 2)
                            || grid.isAt(0, 0, 0) && grid.isAt(1, 0, 1));
            first += grid.isAt(0, 0, 1) ? 1 : 0;
        }
        assertEquals(200, first, 60);
    }

    @Test
    void nobodyEntersWhereSomebodyStaysTurnsOrFires() {
        for (int choice : new int[] {Grid.STAY, Grid.TURN_LEFT, Grid.FIRE}) {
            Grid grid = Grid.harvest(2, "  ").at(0, 0, Walkers.RIGHT, 0, 1, Walkers.UP);
            grid.step(Grid.AHEAD, choice);
            assertTrue(grid.isAt(0, 0, 0), "choice " + choice);
        }
    }

    @Test
    void neighboursDoNotChangePlacesButFollowEachOther() {
        Grid grid = Grid.harvest(2, "   ").at(0, 0, Walkers.RIGHT, 0, 1, Walkers.LEFT);
        grid.step(Grid.AHEAD, Grid.AHEAD);
        assertTrue(grid.isAt(0, 0, 0) && grid.isAt(1, 0, 1));
        grid.step(Grid.AHEAD, Grid.BACK);
        assertTrue(grid.isAt(0, 0, 1) && grid.isAt(1, 0, 2));
    }

    @Test
    void fourCanGoRoundInACircle() {
        Grid grid = Grid.harvest(4, "  \n  ");
        grid.at(0, 0, Walkers.RIGHT, 0, 1, Walkers.DOWN, 1, 1, Walkers.LEFT, 1, 0, Walkers.UP);
        grid.step(Grid.AHEAD, Grid.AHEAD, Grid.AHEAD, Grid.AHEAD);
        assertTrue(grid.isAt(0, 0, 1) && grid.isAt(1, 1, 1));
        assertTrue(grid.isAt(2, 1, 0) && grid.isAt(3, 0, 0));
    }

    @Test
    void strictMovesNeverPutTwoIntoACellAndUpstreamsDo() {
        assertEquals(0, sharedCells("strict"));
        assertTrue(sharedCells("upstream") > 0);
    }

    private static int sharedCells(String moves) {
        Grid grid = Grid.harvest(8, CROWDED, "moves", moves);
        RandomStream random = new RandomStream(5);
        int shared = 0;
        int[] choices = new int[8];
        for (int t = 0; t < 5000; t++) {
            for (int i = 0; i < choices.length; i++) {
                choices[i] = random.nextInt(5);
            }
            grid.step(choices);
            long places =
                    IntStream.range(0, 8)
                            .map(i -> grid.env.row(i) * 9 + grid.env.column(i))
                            .distinct()
                            .count();
            shared += places < 8 ? 1 : 0;
        }
        return shared;
    }

    @Test
    void theNextAgentEatsWhatTheFirstHasLeft() {
        Grid grid = Grid.harvest(2, "A  ").at(0, 1, Walkers.LEFT, 0, 2, Walkers.LEFT);
        StepResult result = grid.step(Grid.AHEAD, Grid.STAY);
        assertEquals(1, grid.term(result, 0, "apple"));
        assertEquals(0, grid.term(result, 1, "apple"));
        assertEquals(0, grid.count('A'));
        assertEquals(0.5, result.metrics[0]);
    }

    @Test
    void sideRaysReachOneCellLessFarAhead() {
        Grid grid = Grid.harvest(1, OPEN + "\n     \n     ").at(6, 2, Walkers.UP);
        grid.step(Grid.FIRE);
        StringBuilder cells = new StringBuilder();
        for (int k = 0; k < grid.env.beams(); k++) {
            cells.append(grid.env.beamRow(k)).append(grid.env.beamColumn(k)).append(' ');
        }
        assertEquals("52 42 32 22 12 63 53 43 33 23 61 51 41 31 21 ", cells.toString());
    }

    @Test
    void aBeamStopsAtWallsAndAtTheFirstAgentWhoPays() {
        Grid grid = Grid.harvest(3, "    @ \n@@@@@@").at(0, 0, 1, 0, 1, 0, 0, 2, 0);
        StepResult result = grid.step(Grid.FIRE, Grid.STAY, Grid.STAY);
        assertEquals(-1, grid.term(result, 0, "fire"));
        assertEquals(-1, grid.term(result, 1, "hit"));
        assertEquals(0, grid.term(result, 2, "hit"));
        assertEquals(-51.0 / 3, result.metrics[0], 1e-12);
        grid.at(0, 3, Walkers.RIGHT, 0, 1, 0, 0, 2, 0).step(Grid.FIRE, Grid.STAY, Grid.STAY);
        assertEquals(0, grid.env.beams());
    }

    @Test
    void aCleaningBeamCleansTheFirstWasteCellOfEachRayAndHurtsNobody() {
        Grid grid = Grid.cleanup(2, " HH\n HH\n HH").at(1, 0, Walkers.RIGHT, 0, 1, 0);
        StepResult result = grid.step(Grid.CLEAN, Grid.STAY);
        assertEquals(" HH\n RH\n RH\n".replace(" HH", " RH"), grid.ground());
        assertEquals(3, grid.term(result, 0, "clean"));
        assertEquals(-1, grid.term(result, 0, "spray"));
        assertEquals(0, grid.term(result, 1, "hit"));
        assertEquals(0, result.metrics[0]);
    }

    @Test
    void agentsAbsorbTheCleaningBeam() {
        Grid grid = Grid.cleanup(2, "  H").at(0, 0, Walkers.RIGHT, 0, 1, 0);
        grid.step(Grid.CLEAN, Grid.STAY);
        assertEquals("  H\n", grid.ground());
    }

    @Test
    void whatLiesAheadIsOnTopOfThePicture() {
        for (int heading = 0; heading < 4; heading++) {
            assertEquals("0,1", apple(heading, "correct"), "heading " + heading);
        }
        assertEquals("0,1", apple(Walkers.UP, "upstream"));
        assertEquals("0,1", apple(Walkers.DOWN, "upstream"));
        assertEquals("2,1", apple(Walkers.RIGHT, "upstream"), "the reference's bug");
        assertEquals("2,1", apple(Walkers.LEFT, "upstream"));
    }

    /// Where an apple right ahead is seen in a picture of 3 × 3.
    private static String apple(int heading, String rotation) {
        Grid grid = Grid.harvest(1, "AAA\nAAA\nAAA", "view", "1", "view_rotation", rotation);
        int[][] ahead = {{0, 1}, {1, 2}, {2, 1}, {1, 0}};
        for (int cell = 0; cell < 9; cell++) {
            boolean here = cell == ahead[heading][0] * 3 + ahead[heading][1];
            grid.env.put(cell / 3, cell % 3, here ? 'A' : ' ');
        }
        grid.at(1, 1, heading);
        float[] seen = new float[grid.env.spec().groups().getFirst().observation().size()];
        grid.env.observe(0, seen, 0);
        StringBuilder found = new StringBuilder();
        for (int cell = 0; cell < 9; cell++) {
            if (seen[9 + cell] == 1) {
                found.append(cell / 3).append(',').append(cell % 3);
            }
        }
        assertEquals(1, seen[27 + heading], "the compass");
        return found.toString();
    }

    @Test
    void othersAreSeenWhereTheyAreNumberedOrNot() {
        for (String how : new String[] {"agent", "numbered"}) {
            Grid grid = Grid.harvest(3, OPEN, "view", "1", "seen_as", how);
            grid.at(2, 2, Walkers.RIGHT, 3, 2, 0, 0, 0, 0);
            double[] seen = new double[31];
            grid.env.observe(0, seen, 0);
            assertEquals(1, seen[18 + 4], "itself");
            assertEquals(how.equals("agent") ? 1 : 2, seen[18 + 5], "to its right");
            double sum = 0;
            for (int k = 18; k < 27; k++) {
                sum += seen[k];
            }
            assertEquals(how.equals("agent") ? 2 : 3, sum, "and nobody else");
        }
    }

    @Test
    void upstreamsFirstPictureLacksTheAgents() {
        for (String how : new String[] {"agents", "upstream"}) {
            Grid grid = Grid.harvest(1, OPEN, "view", "1", "first_view", how);
            double[] seen = new double[31];
            grid.env.observe(0, seen, 0);
            assertEquals(how.equals("agents") ? 1 : 0, seen[18 + 4]);
            grid.step(Grid.STAY);
            grid.env.observe(0, seen, 0);
            assertEquals(1, seen[18 + 4]);
        }
    }

    @Test
    void beamsAreInThePictureWhereAskedFor() {
        Grid grid = Grid.harvest(1, OPEN, "view", "1", "beams_visible", "on").at(2, 2, 1);
        grid.step(Grid.FIRE);
        double[] seen = new double[40];
        grid.env.observe(0, seen, 0);
        double[] expected = {1, 1, 1, 1, 0, 1, 0, 0, 0};
        for (int k = 0; k < 9; k++) {
            assertEquals(expected[k], seen[27 + k], "cell " + k);
        }
    }

    @Test
    void envyAndGuiltAreThePapersNotTheReferencesWithTheWrongSign() {
        Grid grid = Grid.harvest(3, "AA    ", "smoothing", "0.5");
        grid.at(0, 1, 0, 0, 3, 0, 0, 5, 0);
        StepResult result = grid.step(Grid.STAY, Grid.STAY, Grid.STAY);
        assertEquals(-1, grid.term(result, 0, "guilt"), "ahead of both by 1");
        assertEquals(0, grid.term(result, 0, "envy"));
        assertEquals(-0.5, grid.term(result, 1, "envy"), "behind one of two by 1");
        assertEquals(0, grid.term(result, 1, "guilt"));
        assertEquals(1, grid.term(result, 2, "all"));
        result = grid.step(Grid.LEFT, Grid.FIRE, Grid.STAY);
        assertEquals(-(2.5 + 1.5) / 2, grid.term(result, 0, "guilt"), "1.5 against −1 and 0");
        assertEquals(-(2.5 + 1) / 2, grid.term(result, 1, "envy"));
        assertEquals(0, grid.term(result, 1, "guilt"));
        assertEquals(-0.5, grid.term(result, 2, "guilt"));
    }

    @Test
    void theReferencesMapsHaveTheirNumbersOfCells() {
        DilemmaMap harvest = new DilemmaMap(DilemmaMaps.HARVEST, true);
        assertEquals("16 × 38", harvest.rows + " × " + harvest.columns);
        assertEquals(155, harvest.appleCells.length);
        assertEquals(20, harvest.startCells.length);
        DilemmaMap cleanup = new DilemmaMap(DilemmaMaps.CLEANUP, false);
        assertEquals("25 × 18", cleanup.rows + " × " + cleanup.columns);
        assertEquals(103, cleanup.appleCells.length);
        assertEquals(119, cleanup.riverCells.length);
        assertEquals(12, cleanup.streamCells.length);
        assertEquals(10, cleanup.startCells.length);
        assertEquals(56, DilemmaMaps.CLEANUP.chars().filter(c -> c == 'H').count());
    }

    @Test
    void agentsStartOnMarksOrAnywhereWhereThereAreTooFew() {
        Grid grid = Grid.harvest(2, "P P\n   ");
        for (int seed = 0; seed < 20; seed++) {
            grid.env.reset(seed);
            assertEquals(0, grid.env.row(0) + grid.env.row(1));
            assertEquals(2, grid.env.column(0) + grid.env.column(1));
        }
        Grid.harvest(6, "P P\n   ");
    }

    @Test
    void mapsThatWontDoAreRefusedWithTheRemedy() {
        refused("world option map, line 1, column 3: unknown letter 'X'", 1, "  X");
        refused("world option map, line 1: the map is all walls", 1, "@@\n@@");
        refused("agents is 3, but the map has room for 2; take fewer", 3, "  ");
        refused("unknown letter 'H'", 1, " H");
    }

    private static void refused(String why, int agents, String map) {
        IllegalArgumentException problem =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                new CommonsHarvest()
                                        .configure(
                                                Map.of(
                                                        "agents",
                                                        Integer.toString(agents),
                                                        "map",
                                                        map + "\n")));
        assertTrue(problem.getMessage().contains(why), problem.getMessage());
    }

    @Test
    void paintedMapsKeepTheRiverAsItIs() {
        Grid grid = Grid.cleanup(1, "PHRS\n BHB");
        grid.env.put(0, 1, 'R');
        grid.env.put(0, 2, 'H');
        grid.env.put(1, 1, 'A');
        Frame frame = new Frame(grid.env.spec());
        grid.env.snapshot(frame);
        Cleanup world = new Cleanup();
        EnvOptions options = world.configure(Map.of("agents", "1", "map", "PHRS\n BHB\n"));
        assertEquals("PRHS\n BHB\n", world.mapText(options, frame));
    }
}
