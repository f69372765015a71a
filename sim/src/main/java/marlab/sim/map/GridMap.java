package marlab.sim.map;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import marlab.sim.env.TextProblem;

/// A map for agents that walk to goals, as people write it. Cells are numbered `row · columns +
/// column`.
///
/// Two formats are read. POGEMA's: `.` free, `#` obstacle, `@` a cell where agents may start but
/// have no goals, `$` one where they may have goals but don't start, `!` one for neither; `a` to
/// `z` are agents and `A` to `Z` their goals. And MovingAI's `.map` files (Sturtevant 2012), known
/// by their first line `type octile`: `.` `G` `S` are free (swamp can be walked through from the
/// ground), `@` `O` `T` `W` are obstacles (agents walk on the ground, so water is none).
///
/// @param rows from top to bottom
/// @param columns from left to right
/// @param ground per cell one of `.#@$!`
/// @param starts cells of the agents that the map names, in the order of their letters
/// @param goals their goals
public record GridMap(int rows, int columns, byte[] ground, int[] starts, int[] goals) {

    /// Most rows, and most columns.
    public static final int LONGEST = 1024;

    private static final String GROUND = ".#@$!";
    private static final String LETTERS =
            GROUND + "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final Pattern SIZE = Pattern.compile("(height|width)\\s+(\\d{1,9})\\s*");

    /// Reads a map in either format.
    ///
    /// @throws TextProblem with line, column and remedy
    public static GridMap of(String text) {
        String unix = text.replace("\r\n", "\n");
        return unix.stripLeading().startsWith("type") ? movingAi(unix) : pogema(unix);
    }

    /// The map in POGEMA's format, a line a row, each ended by "\n".
    public String text() {
        StringBuilder text = new StringBuilder((columns + 1) * rows);
        for (int cell = 0; cell < ground.length; cell++) {
            text.append((char) ground[cell]);
            if (cell % columns == columns - 1) {
                text.append('\n');
            }
        }
        for (int k = 0; k < starts.length; k++) {
            text.setCharAt(starts[k] + starts[k] / columns, (char) ('a' + k));
            text.setCharAt(goals[k] + goals[k] / columns, (char) ('A' + k));
        }
        return text.toString();
    }

    /// True for an obstacle.
    public boolean blocked(int cell) {
        return ground[cell] == '#';
    }

    /// True where every free cell is one for both.
    public boolean plain() {
        for (byte cell : ground) {
            if (cell != '.' && cell != '#') {
                return false;
            }
        }
        return true;
    }

    /// Draws the obstacles, 1 on 0, and a frame round them, on a plane of this size.
    public void draw(GridPlane walls) {
        walls.frame((byte) 1);
        for (int cell = 0; cell < ground.length; cell++) {
            walls.cells[walls.within(cell)] = (byte) (blocked(cell) ? 1 : 0);
        }
    }

    /// Draws the obstacles and finds the regions of the cells where agents may start and have
    /// goals.
    ///
    /// @param ends the same object as `starts` where the map is {@link #plain}
    public void prepare(GridPlane walls, GridRegions starts, GridRegions ends) {
        draw(walls);
        starts.find(walls);
        if (ends != starts) {
            ends.find(walls);
            boolean[] first = new boolean[walls.cells.length];
            boolean[] last = new boolean[walls.cells.length];
            for (int cell = 0; cell < ground.length; cell++) {
                first[walls.within(cell)] = ground[cell] == '.' || ground[cell] == '@';
                last[walls.within(cell)] = ground[cell] == '.' || ground[cell] == '$';
            }
            starts.keep(first);
            ends.keep(last);
        }
    }

    /// Room for agents whose starts and goals are drawn.
    ///
    /// @param main true for the room in the roomiest region alone
    public int capacity(boolean main) {
        GridPlane walls = new GridPlane(rows, columns, 1);
        GridRegions starts = new GridRegions(walls);
        GridRegions ends = plain() ? starts : new GridRegions(walls);
        prepare(walls, starts, ends);
        GridPlacement placement = new GridPlacement(starts, ends, ground.length);
        int roomiest = placement.roomiest();
        return !main ? placement.capacity() : roomiest == 0 ? 0 : placement.capacity(roomiest);
    }

    /// Regions of the free cells, by the numbers of an empty plane that becomes a drawing.
    GridRegions regions(GridPlane walls) {
        GridRegions regions = new GridRegions(walls);
        draw(walls);
        regions.find(walls);
        return regions;
    }

    private static GridMap pogema(String text) {
        List<String> lines = MapText.rows(text, LETTERS, LONGEST);
        int columns = lines.getFirst().length();
        byte[] ground = new byte[lines.size() * columns];
        int[] at = new int[128];
        Arrays.fill(at, -1);
        for (int cell = 0; cell < ground.length; cell++) {
            char letter = lines.get(cell / columns).charAt(cell % columns);
            boolean isGround = GROUND.indexOf(letter) >= 0;
            ground[cell] = (byte) (isGround ? letter : '.');
            if (!isGround) {
                if (at[letter] >= 0) {
                    throw problem(
                            cell,
                            columns,
                            "letter '" + letter + "' stands twice; write another letter or '.'");
                }
                at[letter] = cell;
            }
        }
        return named(lines.size(), columns, ground, at);
    }

    /// Puts agents and goals that letters name in order and checks that each has the other.
    private static GridMap named(int rows, int columns, byte[] ground, int[] at) {
        List<Integer> letters = new ArrayList<>();
        for (int letter = 'a'; letter <= 'z'; letter++) {
            int capital = Character.toUpperCase(letter);
            if ((at[letter] >= 0) != (at[capital] >= 0)) {
                boolean start = at[letter] >= 0;
                int alone = start ? letter : capital;
                throw problem(
                        at[alone],
                        columns,
                        start
                                ? "agent '%c' has no goal; write '%c' where it wants to go"
                                        .formatted(letter, capital)
                                : ("goal '%c' has no agent; write '%c' where it starts, or, in a"
                                                + " MovingAI map, keep the line \"type octile\"")
                                        .formatted(capital, letter));
            }
            if (at[letter] >= 0) {
                letters.add(letter);
            }
        }
        int[] starts = letters.stream().mapToInt(l -> at[l]).toArray();
        int[] goals = letters.stream().mapToInt(l -> at[Character.toUpperCase(l)]).toArray();
        GridMap map = new GridMap(rows, columns, ground, starts, goals);
        map.checkGoals(letters);
        return map;
    }

    private void checkGoals(List<Integer> letters) {
        if (starts.length == 0) {
            return;
        }
        GridPlane shape = new GridPlane(rows, columns, 1);
        GridRegions regions = regions(shape);
        for (int k = 0; k < starts.length; k++) {
            if (regions.of(shape.within(starts[k])) != regions.of(shape.within(goals[k]))) {
                int letter = letters.get(k);
                throw problem(
                        goals[k],
                        columns,
                        "goal '%c' can't be reached from agent '%c'; open the walls between them"
                                .formatted(Character.toUpperCase(letter), letter));
            }
        }
    }

    private static TextProblem problem(int cell, int columns, String what) {
        return new TextProblem(cell / columns + 1, cell % columns + 1, what);
    }

    private static GridMap movingAi(String text) {
        List<String> lines = text.lines().map(String::stripTrailing).toList();
        if (!lines.getFirst().equals("type octile")) {
            throw new TextProblem(
                    1, 0, "a MovingAI map begins with \"type octile\"; write that line");
        }
        int rows = size(lines, 1, "height");
        int columns = size(lines, 2, "width");
        if (lines.size() < 4 || !lines.get(3).equals("map")) {
            throw new TextProblem(4, 0, "the word \"map\" is missing; write it above the rows");
        }
        List<String> body = new ArrayList<>(lines.subList(4, lines.size()));
        while (!body.isEmpty() && body.getLast().isEmpty()) {
            body.removeLast();
        }
        if (body.size() != rows) {
            throw new TextProblem(
                    2,
                    0,
                    "the height is "
                            + rows
                            + " but there are "
                            + body.size()
                            + " rows; correct the one or the other");
        }
        byte[] ground = new byte[rows * columns];
        for (int row = 0; row < rows; row++) {
            terrain(body.get(row), row, columns, ground);
        }
        return new GridMap(rows, columns, ground, new int[0], new int[0]);
    }

    private static int size(List<String> lines, int index, String name) {
        Matcher size = SIZE.matcher(lines.size() > index ? lines.get(index) : "");
        if (!size.matches() || !size.group(1).equals(name)) {
            throw new TextProblem(
                    index + 1,
                    0,
                    "here a MovingAI map says its "
                            + name
                            + "; write for instance \""
                            + name
                            + " 32\"");
        }
        int cells = Integer.parseInt(size.group(2));
        if (cells < 1 || cells > LONGEST) {
            throw new TextProblem(
                    index + 1,
                    0,
                    "the "
                            + name
                            + " must be from 1 to "
                            + LONGEST
                            + ", not "
                            + cells
                            + "; cut the map");
        }
        return cells;
    }

    private static void terrain(String line, int row, int columns, byte[] ground) {
        int number = row + 5;
        if (line.length() != columns) {
            throw new TextProblem(
                    number,
                    Math.min(line.length(), columns) + 1,
                    "the row has "
                            + line.length()
                            + " cells where the width is "
                            + columns
                            + "; make all rows as long as the width");
        }
        for (int column = 0; column < columns; column++) {
            ground[row * columns + column] =
                    switch (line.charAt(column)) {
                        case '.', 'G', 'S' -> '.';
                        case '@', 'O', 'T', 'W' -> '#';
                        default ->
                                throw new TextProblem(
                                        number,
                                        column + 1,
                                        "unknown letter '"
                                                + line.charAt(column)
                                                + "'; a cell of a MovingAI map is one of . G S @ O T W");
                    };
        }
    }
}
