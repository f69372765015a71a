package marlab.sim.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridMapsTest {

    /// Surefire starts tests in the folder of the module.
    private static final Path MAPS = Path.of("../../shared/maps");

    private static int obstacles(GridPlane walls) {
        int count = 0;
        for (int cell = 0; cell < walls.rows * walls.columns; cell++) {
            count += walls.cells[walls.within(cell)];
        }
        return count;
    }

    @Test
    void publishedMapsAndScenariosAreRead() throws IOException {
        assumeTrue(Files.isDirectory(MAPS), "there are no maps in " + MAPS.toAbsolutePath());
        try (var files = Files.newDirectoryStream(MAPS, "*.map")) {
            for (Path file : files) {
                GridMap map = GridMap.of(Files.readString(file));
                assertTrue(map.capacity(true) > 0, file.toString());
                assertEquals(map.text(), GridMap.of(map.text()).text(), file.toString());
            }
        }
        GridMap map = GridMap.of(Files.readString(MAPS.resolve("random-32-32-10.map")));
        String text = Files.readString(MAPS.resolve("random-32-32-10-random-1.scen"));
        int agents = GridScenario.agents(text);
        GridScenario scenario = GridScenario.of(text, map, agents);
        assertEquals(6 * 32 + 11, scenario.starts()[0]);
        assertEquals(18 * 32 + 7, scenario.goals()[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 15})
    void numbersOfCellsConvertExactly(int margin) {
        for (int columns : new int[] {1, 2, 7, 64, 512, 1024}) {
            GridPlane plane = new GridPlane(1024, columns, margin);
            for (int row = 0; row < 1024; row += 11) {
                for (int column = 0; column < columns; column++) {
                    int at = plane.at(row, column);
                    assertEquals(row, plane.row(at));
                    assertEquals(column, plane.column(at));
                    assertEquals(row * columns + column, plane.without(at));
                }
            }
        }
    }

    @Test
    void regionsAreTheConnectedFreeCells() {
        GridMap map = GridMap.of("..#.\n.##.\n#..#\n");
        GridPlane walls = new GridPlane(3, 4, 2);
        GridRegions regions = new GridRegions(walls);
        map.prepare(walls, regions, regions);
        assertEquals(3, regions.count());
        assertEquals(3, regions.size(regions.of(walls.at(0, 0))));
        assertEquals(2, regions.size(regions.of(walls.at(0, 3))));
        assertEquals(2, regions.size(regions.of(walls.at(2, 1))));
        assertEquals(-1, regions.of(walls.at(0, 2)));
        assertEquals(regions.of(walls.at(0, 0)), regions.largest());
    }

    @Test
    void randomMapsHaveTheDensityTheyAreAskedFor() {
        GridPlane walls = new GridPlane(200, 201, 1);
        int cells = 200 * 201;
        for (double density : new double[] {0, 0.1, 0.3, 0.9}) {
            GridGenerator.RANDOM.draw(walls, density, new RandomStream(1));
            double sigma = Math.sqrt(cells * density * (1 - density));
            assertEquals(cells * density, obstacles(walls), 4.5 * sigma + 1e-9);
        }
    }

    @Test
    void housesAreOnePieceAndMazesMostly() {
        for (int seed = 0; seed < 40; seed++) {
            GridPlane walls = new GridPlane(31, 40, 1);
            walls.frame((byte) 1);
            GridRegions regions = new GridRegions(walls);
            GridGenerator.HOUSE.draw(walls, 0.3, new RandomStream(seed));
            regions.find(walls);
            assertEquals(1, regions.count(), "seed " + seed);
            assertTrue(obstacles(walls) > 100);
            GridGenerator.MAZE.draw(walls, 0.3, new RandomStream(seed));
            regions.find(walls);
            assertTrue(regions.size(regions.largest()) > 0.8 * regions.total(), "seed " + seed);
            assertEquals(0.3, obstacles(walls) / 1240.0, 0.13, "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource(GridPresets.class)
    void mapsThatComeWithTheProductAreOnePiece(GridPresets preset) {
        GridMap map = preset.map();
        GridPlane walls = new GridPlane(map.rows(), map.columns(), 1);
        GridRegions regions = new GridRegions(walls);
        map.prepare(walls, regions, regions);
        assertEquals(1, regions.count());
    }

    @Test
    void theBenchmarksWarehouseHasItsCells() {
        GridMap map = GridPresets.warehouse(33, 46);
        String text = map.text();
        assertEquals(192, text.chars().filter(c -> c == '@').count());
        assertEquals(480, text.chars().filter(c -> c == '$').count());
        assertEquals(240, text.chars().filter(c -> c == '#').count());
        assertEquals(192, map.capacity(true));
    }

    @Test
    void poolsAreUsedToTheLastCell() {
        GridMap map = GridMap.of("@@$$\n..!!\n");
        assertEquals(4, map.capacity(true));
        GridPlane walls = new GridPlane(2, 4, 1);
        GridRegions starts = new GridRegions(walls);
        GridRegions ends = new GridRegions(walls);
        map.prepare(walls, starts, ends);
        GridPlacement placement = new GridPlacement(starts, ends, 8);
        int[] start = new int[4];
        int[] goal = new int[4];
        for (int seed = 0; seed < 200; seed++) {
            assertTrue(placement.draw(true, new RandomStream(seed), start, goal));
            Set<Integer> from = new HashSet<>();
            Set<Integer> to = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                assertTrue(from.add(start[i]) && to.add(goal[i]));
                assertFalse(start[i] == goal[i]);
                assertTrue("@.".indexOf(map.ground()[walls.without(start[i])]) >= 0);
                assertTrue("$.".indexOf(map.ground()[walls.without(goal[i])]) >= 0);
            }
        }
        assertFalse(placement.draw(true, new RandomStream(1), new int[5], new int[5]));
    }
}
