package marlab.sim.map;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Draws where agents start and where they want to go, so that everyone can get there. Drawing
/// allocates nothing. Cells are numbered as in the {@link GridPlane}.
public final class GridPlacement {

    private final GridRegions starts;
    private final GridRegions ends;
    private final int[] drawn;
    private final int[] wanted;
    private final int[] used; // per region
    private final int[] open; // per region: agent + 1 whose goal is to come

    /// @param starts cells where agents may start, by region
    /// @param ends cells where they may have goals, by the same regions; the same object where
    ///   every free cell is for both: then all cells drawn differ, else starts among each other and
    ///   goals among each other
    public GridPlacement(GridRegions starts, GridRegions ends, int cells) {
        this.starts = starts;
        this.ends = ends;
        drawn = new int[cells];
        wanted = new int[starts == ends ? 0 : cells];
        used = new int[cells + 2];
        open = new int[cells + 2];
    }

    /// Agents for whom there is room in a region.
    public int capacity(int region) {
        if (starts == ends) {
            return starts.size(region) / 2;
        }
        int both = Math.min(starts.size(region), ends.size(region));
        boolean onlyCell =
                both == 1
                        && starts.size(region) == ends.size(region)
                        && starts.cell(starts.first(region)) == ends.cell(ends.first(region));
        return onlyCell ? 0 : both;
    }

    /// Agents for whom there is room in all regions.
    public int capacity() {
        int sum = 0;
        for (int region = 1; region <= starts.count(); region++) {
            sum += capacity(region);
        }
        return sum;
    }

    /// The region with the most room, the first of several; 0 where there is no free cell.
    public int roomiest() {
        int best = 0;
        for (int region = 1; region <= starts.count(); region++) {
            best = best == 0 || capacity(region) > capacity(best) ? region : best;
        }
        return best;
    }

    /// Draws starts and goals for as many agents as the arrays hold.
    ///
    /// @param main true to draw them all from the roomiest region; false as POGEMA does: all free
    ///   cells in random order, where a cell whose region has an agent without a goal becomes that
    ///   goal, and any other starts an agent if its region still has two cells
    /// @return false, with unusable arrays, where there is no room
    public boolean draw(boolean main, RandomGenerator random, int[] start, int[] goal) {
        int region = main ? roomiest() : 0;
        int room = main ? region == 0 ? 0 : capacity(region) : capacity();
        if (room < start.length) {
            return false;
        }
        int first = main ? starts.first(region) : 0;
        int last = main ? first + starts.size(region) : starts.total();
        starts.copyTo(drawn);
        Arrays.fill(used, 0, starts.count() + 1, 0);
        if (starts != ends) {
            ends.copyTo(wanted);
            return fromPools(first, last, random, start, goal);
        }
        Arrays.fill(open, 0, starts.count() + 1, 0);
        walk(first, last, random, start, goal);
        return true;
    }

    private void walk(int first, int last, RandomGenerator random, int[] start, int[] goal) {
        int begun = 0;
        int done = 0;
        for (int k = first; done < start.length; k++) {
            int cell = take(drawn, k, last, random);
            int region = starts.of(cell);
            int waiting = open[region];
            if (waiting != 0) {
                goal[waiting - 1] = cell;
                open[region] = 0;
                done++;
            } else if (begun < start.length && starts.size(region) - used[region] >= 2) {
                used[region] += 2;
                start[begun++] = cell;
                open[region] = begun;
            }
        }
    }

    private boolean fromPools(
            int first, int last, RandomGenerator random, int[] start, int[] goal) {
        int placed = 0;
        for (int k = first; k < last && placed < start.length; k++) {
            int cell = take(drawn, k, last, random);
            int aim = aim(cell, random, placed, start, goal);
            if (aim >= 0) {
                start[placed] = cell;
                goal[placed++] = aim;
            }
        }
        return placed == start.length;
    }

    /// A goal for an agent that starts here; −1 where its region has none left.
    private int aim(int cell, RandomGenerator random, int placed, int[] start, int[] goal) {
        int region = ends.of(cell);
        int from = ends.first(region) + used[region];
        int to = ends.first(region) + ends.size(region);
        if (from == to) {
            return -1;
        }
        int aim = take(wanted, from, to, random);
        if (aim == cell && to - from > 1) {
            aim = take(wanted, from + 1, to, random);
            wanted[from + 1] = cell;
        }
        used[region]++;
        for (int other = 0; aim == cell && other < placed; other++) {
            if (starts.of(start[other]) == region) { // the only goal left is the start: swap
                aim = goal[other];
                goal[other] = cell;
            }
        }
        return aim == cell ? -1 : aim;
    }

    /// Moves a random one of the cells from k on to k: a shuffle that stops when it is enough.
    private static int take(int[] cells, int k, int last, RandomGenerator random) {
        int other = k + random.nextInt(last - k);
        int cell = cells[other];
        cells[other] = cells[k];
        cells[k] = cell;
        return cell;
    }
}
