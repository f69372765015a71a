package marlab.sim.planning;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import marlab.sim.seed.RandomStream;

/// A grid world in which moves that would end in a conflict are cancelled ("soft"), and which
/// counts how many were.
final class Town implements GridWorld {

    final int[] at;
    final int[] goal;
    final int[] arrivals;
    int cancelled;

    private final int rows;
    private final int columns;
    private final boolean[] wall;
    private final boolean lifelong;
    private final RandomStream random;
    private int[][] sequences;

    /// A map of '#' and '.', agents and goals as cells.
    Town(List<String> map, int[] starts, int[] goals) {
        this(map, starts, goals, false, 0);
    }

    private Town(List<String> map, int[] starts, int[] goals, boolean lifelong, long seed) {
        rows = map.size();
        columns = map.getFirst().length();
        wall = new boolean[rows * columns];
        String cells = String.join("", map);
        for (int cell = 0; cell < wall.length; cell++) {
            wall[cell] = cells.charAt(cell) == '#';
        }
        at = starts.clone();
        goal = goals.clone();
        arrivals = new int[at.length];
        this.lifelong = lifelong;
        random = new RandomStream(seed);
    }

    /// Goals come one after the other.
    static Town lifelong(List<String> map, int[] starts, int[][] sequences) {
        int[] first = Arrays.stream(sequences).mapToInt(s -> s[0]).toArray();
        Town town = new Town(map, starts, first, true, 0);
        town.sequences = sequences;
        return town;
    }

    /// Random obstacles, starts and ever new goals.
    static Town random(int rows, int columns, double density, int agents, long seed) {
        RandomStream chance = new RandomStream(seed);
        StringBuilder cells = new StringBuilder();
        for (int k = 0; k < rows * columns; k++) {
            cells.append(chance.nextDouble() < density ? '#' : '.');
        }
        int[] starts = new int[Math.min(agents, (int) cells.chars().filter(c -> c == '.').count())];
        boolean[] used = new boolean[rows * columns];
        for (int i = 0; i < starts.length; i++) {
            do {
                starts[i] = chance.nextInt(rows * columns);
            } while (used[starts[i]] || cells.charAt(starts[i]) == '#');
            used[starts[i]] = true;
        }
        List<String> map =
                IntStream.range(0, rows)
                        .mapToObj(r -> cells.substring(r * columns, (r + 1) * columns))
                        .toList();
        Town town = new Town(map, starts, starts, true, seed);
        for (int i = 0; i < starts.length; i++) {
            town.goal[i] = town.anyCell();
        }
        return town;
    }

    private int anyCell() {
        int cell = random.nextInt(wall.length);
        while (wall[cell]) {
            cell = random.nextInt(wall.length);
        }
        return cell;
    }

    /// Moves everybody who comes into no conflict.
    void step(int[] moves) {
        int[] by = {0, -columns, columns, -1, 1};
        int[] to = new int[at.length];
        for (int i = 0; i < at.length; i++) {
            to[i] = free(at[i], moves[i]) ? at[i] + by[moves[i]] : at[i];
        }
        cancelled += settle(to);
        System.arraycopy(to, 0, at, 0, at.length);
        for (int i = 0; i < at.length; i++) {
            if (at[i] == goal[i]) {
                arrivals[i]++;
                if (lifelong) {
                    goal[i] = sequences == null ? anyCell() : sequences[i][arrivals[i] % length(i)];
                }
            }
        }
    }

    private boolean free(int cell, int move) {
        int row = cell / columns + (move == 1 ? -1 : move == 2 ? 1 : 0);
        int column = cell % columns + (move == 3 ? -1 : move == 4 ? 1 : 0);
        return row >= 0
                && row < rows
                && column >= 0
                && column < columns
                && !wall[row * columns + column];
    }

    private int length(int agent) {
        return sequences[agent].length;
    }

    private int settle(int[] to) {
        int count = 0;
        int[] now = new int[wall.length];
        for (int i = 0; i < at.length; i++) {
            now[at[i]] = i + 1;
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            int[] claims = new int[wall.length];
            for (int cell : to) {
                claims[cell]++;
            }
            for (int i = at.length - 1; i >= 0; i--) {
                int other = now[to[i]] - 1;
                boolean swap = other >= 0 && other != i && to[other] == at[i];
                if (to[i] != at[i] && (swap || claims[to[i]] > 1)) {
                    claims[to[i]]--;
                    to[i] = at[i];
                    claims[at[i]]++;
                    count++;
                    changed = true;
                }
            }
        }
        return count;
    }

    int allArrivals() {
        return Arrays.stream(arrivals).sum();
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public boolean blocked(int cell) {
        return wall[cell];
    }

    @Override
    public int mapVersion() {
        return 0;
    }

    @Override
    public int agents() {
        return at.length;
    }

    @Override
    public int cellOf(int agent) {
        return at[agent];
    }

    @Override
    public int goalOf(int agent) {
        return goal[agent];
    }

    @Override
    public boolean active(int agent) {
        return true;
    }
}
