package marlab.sim.map;

import java.util.List;
import marlab.sim.env.TextProblem;

/// The first agents of a MovingAI scenario file (Stern et al. 2019): a line `version 1`, then per
/// agent, separated by tabs: bucket, map, map's width and height, start x and y, goal x and y,
/// length of a shortest octile path. x is the column, y the row, (0, 0) the upper left cell. Cells
/// are numbered `row · columns + column`.
///
/// @param starts one cell an agent
/// @param goals one cell an agent
public record GridScenario(int[] starts, int[] goals) {

    private static final String[] NAMES = {
        "map width", "map height", "start x", "start y", "goal x", "goal y"
    };

    /// Number of agents that a scenario holds; lines are only counted.
    public static int agents(String text) {
        return (int) entries(text).stream().filter(line -> !line.isBlank()).count();
    }

    private static List<String> entries(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().strip().matches("version\\s+1(\\.0)?")) {
            throw new TextProblem(
                    1, 0, "a scenario begins with the line \"version 1\"; write that line");
        }
        return lines.subList(1, lines.size());
    }

    /// Reads the first `agents` entries.
    ///
    /// @param map the map they are for
    /// @throws TextProblem with line, column and remedy, for an entry that can't be read or is none
    ///   of the map, a cell outside it or in an obstacle, two agents that share a start or a goal,
    ///   and a goal out of reach
    public static GridScenario of(String text, GridMap map, int agents) {
        List<String> lines = entries(text);
        int[] starts = new int[agents];
        int[] goals = new int[agents];
        GridPlane shape = new GridPlane(map.rows(), map.columns(), 1);
        GridRegions regions = map.regions(shape);
        boolean[] started = new boolean[map.ground().length];
        boolean[] wanted = new boolean[map.ground().length];
        int found = 0;
        for (int k = 0; k < lines.size() && found < agents; k++) {
            if (lines.get(k).isBlank()) {
                continue;
            }
            Entry entry = new Entry(lines.get(k), k + 2, map);
            starts[found] = entry.cell(6, "start", started);
            goals[found] = entry.cell(8, "goal", wanted);
            if (regions.of(shape.within(starts[found])) != regions.of(shape.within(goals[found]))) {
                throw entry.problem(6, "the goal can't be reached from the start; remove the line");
            }
            found++;
        }
        if (found < agents) {
            throw new TextProblem(
                    lines.size() + 1,
                    0,
                    "the scenario has "
                            + found
                            + " agents where "
                            + agents
                            + " are asked for; set agents to at most "
                            + found);
        }
        return new GridScenario(starts, goals);
    }

    /// One line, split into its columns.
    private static final class Entry {
        private final String line;
        private final int number;
        private final String[] parts;
        private final GridMap map;

        Entry(String line, int number, GridMap map) {
            this.line = line;
            this.number = number;
            this.map = map;
            parts = line.strip().split("\\t+|\\s+(?=[\\d.]+(\\s|$))");
            if (parts.length < 8) {
                throw new TextProblem(
                        number,
                        0,
                        "an agent has 9 columns (bucket, map, width, height, start x, start y, goal"
                                + " x, goal y, length), not "
                                + parts.length
                                + "; separate them by tabs");
            }
            if (whole(2) != map.columns() || whole(3) != map.rows()) {
                throw problem(
                        2,
                        "the scenario is for a map of "
                                + parts[2]
                                + " × "
                                + parts[3]
                                + " cells where the map has "
                                + map.columns()
                                + " × "
                                + map.rows()
                                + "; take the scenario that belongs to the map");
            }
        }

        private int whole(int k) {
            try {
                return Integer.parseInt(parts[k]);
            } catch (NumberFormatException e) {
                throw problem(
                        k,
                        NAMES[k - 2]
                                + " must be a whole number, not \""
                                + parts[k]
                                + "\"; correct it");
            }
        }

        /// The cell whose x stands before column `end − 1`, whose y in it.
        int cell(int end, String what, boolean[] taken) {
            int x = whole(end - 2);
            int y = whole(end - 1);
            String where = "the " + what + " (x " + x + ", y " + y + ") ";
            if (x < 0 || y < 0 || x >= map.columns() || y >= map.rows()) {
                throw problem(
                        end - 2,
                        where
                                + "is outside the map of "
                                + map.columns()
                                + " × "
                                + map.rows()
                                + " cells; x is the column, y the row");
            }
            int cell = y * map.columns() + x;
            if (map.blocked(cell)) {
                throw problem(end - 2, where + "is an obstacle; x is the column, y the row");
            }
            if (taken[cell]) {
                throw problem(
                        end - 2,
                        where
                                + "is another agent's already; remove the line or ask for fewer"
                                + " agents");
            }
            taken[cell] = true;
            return cell;
        }

        /// A problem with the k-th column.
        TextProblem problem(int k, String what) {
            int at = 0;
            for (int j = 0; j <= k && j < parts.length; j++) {
                at = line.indexOf(parts[j], at) + (j < k ? parts[j].length() : 0);
            }
            return new TextProblem(number, at + 1, what);
        }
    }
}
