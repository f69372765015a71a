package marlab.sim.world.grid;

import java.util.Arrays;
import java.util.Locale;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.SinglePrecisionEnv;
import marlab.sim.env.StepResult;
import marlab.sim.map.GridGenerator;
import marlab.sim.map.GridMap;
import marlab.sim.map.GridPlacement;
import marlab.sim.map.GridPlane;
import marlab.sim.map.GridRegions;
import marlab.sim.map.GridScenario;
import marlab.sim.map.GridWindows;
import marlab.sim.planning.GridWorld;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;

/// One copy of the pathfinding world, see {@link Pogema}. What agents see of obstacles and of each
/// other is kept up to date step by step as {@link GridWindows}, so that looking is copying. Cells
/// are numbered as in the planes.
public final class PogemaEnv implements SinglePrecisionEnv, GridWorld {

    /// What happens to an agent on its goal.
    enum OnTarget {
        FINISH,
        NOTHING,
        RESTART
    }

    /// Says where an agent wants to go next, once it has reached its goal.
    @FunctionalInterface
    public interface NextGoal {

        /// The new goal.
        ///
        /// @param agent the agent that stands on its goal
        /// @return `row · columns + column`
        int of(int agent);
    }

    /// Where a frame holds an agent's numbers, from `AGENT · agent` on.
    static final int AGENT = 8;

    static final int ROW = 0;
    static final int COLUMN = 1;
    static final int GOAL_ROW = 2;
    static final int GOAL_COLUMN = 3;
    static final int START_ROW = 4;
    static final int START_COLUMN = 5;
    static final int ACTIVE = 6;
    static final int ARRIVED = 7;

    /// Obstacles that one number of the state holds as bits.
    static final int PACKED = 32;

    /// Tries to find room with the density that was asked for, before it is lowered.
    private static final int TRIES = 8;

    private static final double LOWER = 0.9;

    private static final double FEWEST = 0.01;

    private final EnvSpec spec;
    private final StepResult result;
    private final int agents;
    private final int radius;
    private final int side; // of what an agent sees, in cells
    private final int horizon;
    private final OnTarget onTarget;
    private final boolean sameGoal;
    private final boolean main;
    private final boolean showsXy;
    private final boolean showsAll;
    private final boolean criticSeesAll;
    private final double density;
    private final GridGenerator generator; // null where the map is always the same
    private final GridPlane walls;
    private final GridWindows obstacles; // the walls as agents see them
    private final GridWindows others; // agents on the grid, the observer among them
    private final GridRegions regions;
    private final GridRegions ends; // regions, but for maps that say where goals may be
    private final GridPlacement placement;
    private final int[] givenStarts; // null where starts and goals are drawn
    private final int[] givenGoals;
    private final GridMoves moves;
    private final RandomStream random = new RandomStream(0);
    private final StateCursor saving = StateCursor.saving();
    private final StateCursor loading = StateCursor.loading();
    private final int[] at;
    private final int[] goal;
    private final int[] start;
    private final boolean[] active;
    private final int[] arrived; // step in which an agent came to stay on its goal, 0 for none
    private final boolean[] refused;
    private final float[] narrow; // one observation
    private NextGoal nextGoal = this::draw;
    private int step;
    private double arrivals; // so far
    private double lengths; // steps until agents finished, summed
    private int version;

    PogemaEnv(EnvOptions options) {
        agents = options.whole("agents");
        radius = options.whole("radius");
        side = 2 * radius + 1;
        horizon = options.whole("horizon");
        onTarget = OnTarget.valueOf(options.word("on_target").toUpperCase(Locale.ROOT));
        sameGoal = options.on("same_goal");
        main = options.word("placement").equals("main");
        showsXy = !options.word("observation").equals("local");
        showsAll = options.word("observation").equals("mapf");
        criticSeesAll = agents <= Pogema.FEW;
        density = options.number("density");
        GridMap map = Pogema.map(options);
        generator = map == null ? Pogema.generator(options) : null;
        int rows = map == null ? options.whole("height") : map.rows();
        int columns = map == null ? options.whole("width") : map.columns();
        walls = new GridPlane(rows, columns, radius);
        walls.frame((byte) 1);
        obstacles = new GridWindows(walls);
        others = new GridWindows(walls);
        regions = new GridRegions(walls);
        ends = map == null || map.plain() ? regions : new GridRegions(walls);
        placement = new GridPlacement(regions, ends, rows * columns);
        GridScenario given = map == null ? null : Pogema.given(options, map);
        givenStarts = given == null ? null : numbered(given.starts());
        givenGoals = given == null ? null : numbered(given.goals());
        if (map != null) {
            map.prepare(walls, regions, ends);
            obstacles.setAll(walls);
        }
        at = new int[agents];
        goal = new int[agents];
        start = new int[agents];
        active = new boolean[agents];
        arrived = new int[agents];
        refused = new boolean[agents];
        Arrays.fill(at, walls.at(0, 0));
        GridMoves.Rule rule =
                GridMoves.Rule.valueOf(options.word("collision").toUpperCase(Locale.ROOT));
        moves = new GridMoves(rule, walls, others, at, active);
        StateCursor measure = StateCursor.measuring();
        exchange(measure);
        spec = Pogema.spec(options, rows, columns, measure.position());
        result = new StepResult(spec);
        narrow = new float[spec.groups().getFirst().central().size()];
    }

    private int[] numbered(int[] cells) {
        return Arrays.stream(cells).map(walls::within).toArray();
    }

    @Override
    public EnvSpec spec() {
        return spec;
    }

    @Override
    public void reset(long seed) {
        random.reseed(seed);
        if (givenStarts == null) {
            place();
        } else {
            System.arraycopy(givenStarts, 0, start, 0, agents);
            System.arraycopy(givenGoals, 0, goal, 0, agents);
        }
        begin();
    }

    /// Draws a map, starts and goals; where there is no room, again and again, at last with fewer
    /// obstacles.
    private void place() {
        double much = density;
        for (int tries = 1; ; tries++) {
            if (generator != null) {
                generator.draw(walls, much, random);
                regions.find(walls);
            }
            if (placement.draw(main, random, start, goal)) {
                break;
            }
            much = tries < TRIES ? density : much < FEWEST ? 0 : much * LOWER;
        }
        if (generator != null) {
            obstacles.setAll(walls);
        }
    }

    private void begin() {
        leaveGrid();
        System.arraycopy(start, 0, at, 0, agents);
        Arrays.fill(active, true);
        Arrays.fill(arrived, 0);
        enterGrid();
        step = 0;
        arrivals = 0;
        lengths = 0;
    }

    private void leaveGrid() {
        for (int i = 0; i < agents; i++) {
            others.set(at[i], (byte) 0);
        }
    }

    private void enterGrid() {
        for (int i = 0; i < agents; i++) {
            if (active[i]) {
                others.set(at[i], (byte) 1);
            }
        }
        version++;
    }

    /// Begins an episode on the map as it is, for traces.
    ///
    /// @param starts one free cell an agent, `row · columns + column`, all different
    /// @param goals one cell an agent
    public void begin(int[] starts, int[] goals) {
        for (int i = 0; i < agents; i++) {
            start[i] = walls.within(starts[i]);
            goal[i] = walls.within(goals[i]);
        }
        begin();
    }

    /// Has new goals come from somewhere else than chance, for traces.
    public void goalsFrom(NextGoal source) {
        nextGoal = source;
    }

    /// Uniform over the cells that can be reached from where the agent stands.
    private int draw(int agent) {
        int region = regions.of(at[agent]);
        int first = ends.first(region);
        int size = ends.size(region);
        int cell = goal[agent];
        while (size > 0) {
            cell = ends.cell(first + random.nextInt(size));
            if (cell != at[agent] || sameGoal || size == 1) {
                break;
            }
        }
        return walls.without(cell);
    }

    @Override
    public StepResult step(Actions actions) {
        int blocked = moves.move(actions, refused);
        step++;
        result.truncated = step >= horizon;
        int there =
                switch (onTarget) {
                    case FINISH -> finish();
                    case NOTHING -> nothing();
                    case RESTART -> restart();
                };
        double[] metrics = result.metrics;
        metrics[metrics.length - 1] = blocked;
        metrics[0] = (double) (onTarget == OnTarget.NOTHING && there < agents ? 0 : there) / agents;
        return result;
    }

    private void book(int agent, double reached, boolean late) {
        double[] terms = result.terms;
        int k = Pogema.TERM_COUNT * agent;
        terms[k + Pogema.GOAL] = reached;
        terms[k + Pogema.TIME] = late ? -1 : 0;
        terms[k + Pogema.BLOCKED] = refused[agent] ? -1 : 0;
    }

    /// A new goal for everybody who has reached one.
    private int restart() {
        int count = 0;
        for (int i = 0; i < agents; i++) {
            boolean there = at[i] == goal[i];
            book(i, there ? 1 : 0, !there);
            if (there) {
                goal[i] = walls.within(nextGoal.of(i));
                count++;
            }
        }
        arrivals += count;
        result.metrics[1] = arrivals / horizon;
        return count;
    }

    /// Whoever reaches the goal leaves the grid.
    private int finish() {
        int count = 0;
        for (int i = 0; i < agents; i++) {
            boolean there = active[i] && at[i] == goal[i];
            book(i, there ? 1 : 0, active[i] && !there);
            if (there) {
                active[i] = false;
                others.set(at[i], (byte) 0);
                arrived[i] = step;
                count++;
            }
            result.terminated[i] = !active[i];
        }
        arrivals += count;
        lengths += (double) count * step;
        success(arrivals, (lengths + (agents - arrivals) * step) / agents);
        return count;
    }

    /// Everybody is rewarded when all are on their goals at once, which ends the episode.
    private int nothing() {
        int count = 0;
        double costs = 0;
        int longest = 0;
        for (int i = 0; i < agents; i++) {
            boolean there = at[i] == goal[i];
            int since = arrived[i] == 0 ? step : arrived[i]; // the last step itself breaks no stay
            costs += since;
            longest = Math.max(longest, since);
            arrived[i] = there ? since : 0;
            count += there ? 1 : 0;
        }
        boolean all = count == agents;
        for (int i = 0; i < agents; i++) {
            book(i, all ? 1 : 0, at[i] != goal[i]);
        }
        Arrays.fill(result.terminated, all);
        success(count, step);
        result.metrics[4] = costs;
        result.metrics[5] = longest;
        return count;
    }

    private void success(double there, double length) {
        result.metrics[1] = there / agents;
        result.metrics[2] = there == agents ? 1 : 0;
        result.metrics[3] = length;
    }

    @Override
    public void observe(int agent, float[] into, int at) {
        int here = this.at[agent];
        int area = side * side;
        obstacles.copy(here, into, at);
        others.copy(here, into, at + area);
        int aims = at + 2 * area;
        Arrays.fill(into, aims, aims + area, 0);
        int hereRow = walls.row(here);
        int hereColumn = walls.column(here);
        int row = walls.row(goal[agent]) - hereRow;
        int column = walls.column(goal[agent]) - hereColumn;
        int down = Math.min(Math.max(row, -radius), radius) + radius;
        int right = Math.min(Math.max(column, -radius), radius) + radius;
        into[aims + down * side + right] = 1;
        if (showsXy) {
            whereabouts(agent, into, aims + area);
        }
    }

    private void whereabouts(int agent, float[] into, int k) {
        int fromRow = walls.row(start[agent]);
        int fromColumn = walls.column(start[agent]);
        into[k] = walls.row(at[agent]) - fromRow;
        into[k + 1] = walls.column(at[agent]) - fromColumn;
        into[k + 2] = walls.row(goal[agent]) - fromRow;
        into[k + 3] = walls.column(goal[agent]) - fromColumn;
        if (showsAll) {
            into[k + 4] = walls.row(at[agent]) + radius;
            into[k + 5] = walls.column(at[agent]) + radius;
            into[k + 6] = walls.row(goal[agent]) + radius;
            into[k + 7] = walls.column(goal[agent]) + radius;
            for (int cell = 0; cell < walls.cells.length; cell++) {
                into[k + 8 + cell] = walls.cells[cell];
            }
        }
    }

    @Override
    public void observeCentral(int agent, float[] into, int at) {
        observe(agent, into, at);
        if (!criticSeesAll) {
            return;
        }
        int k = at + spec.groups().getFirst().observation().size();
        int row = walls.row(this.at[agent]);
        int column = walls.column(this.at[agent]);
        into[k++] = column + 0.5f - 0.5f * walls.columns;
        into[k++] = 0.5f * walls.rows - row - 0.5f;
        k = towards(goal[agent], row, column, into, k);
        for (int other = 0; other < agents; other++) {
            if (other != agent) {
                k = towards(this.at[other], row, column, into, k);
                k = towards(goal[other], row, column, into, k);
                into[k++] = active[other] ? 1 : 0;
            }
        }
    }

    private int towards(int cell, int row, int column, float[] into, int k) {
        into[k] = walls.column(cell) - column;
        into[k + 1] = row - walls.row(cell);
        return k + 2;
    }

    @Override
    public void observe(int agent, double[] into, int at) {
        observe(agent, narrow, 0);
        widen(spec.groups().getFirst().observation().size(), into, at);
    }

    @Override
    public void observeCentral(int agent, double[] into, int at) {
        observeCentral(agent, narrow, 0);
        widen(narrow.length, into, at);
    }

    private void widen(int count, double[] into, int at) {
        for (int k = 0; k < count; k++) {
            into[at + k] = narrow[k];
        }
    }

    @Override
    public void snapshot(Frame into) {
        exchange(saving.over(into.state));
        random.save(into.random, 0);
        into.step = step;
    }

    @Override
    public void restore(Frame from) {
        leaveGrid();
        exchange(loading.over(from.state));
        random.load(from.random, 0);
        step = from.step;
        if (generator != null) {
            regions.find(walls);
            obstacles.setAll(walls);
        }
        enterGrid();
    }

    private void exchange(StateCursor state) {
        for (int i = 0; i < agents; i++) {
            at[i] = cell(state, at[i]);
            goal[i] = cell(state, goal[i]);
            start[i] = cell(state, start[i]);
            active[i] = state.flag(active[i]);
            arrived[i] = state.whole(arrived[i]);
        }
        for (int row = 0; row < walls.rows; row++) {
            for (int column = 0; column < walls.columns; column += PACKED) {
                int first = walls.at(row, column);
                unpack((long) state.number(pack(first, column)), first, column);
            }
        }
        arrivals = state.number(arrivals);
        lengths = state.number(lengths);
    }

    private int cell(StateCursor state, int cell) {
        int row = state.whole(walls.row(cell));
        return walls.at(row, state.whole(walls.column(cell)));
    }

    private long pack(int first, int column) {
        long bits = 0;
        for (int k = 0; k < PACKED && column + k < walls.columns; k++) {
            bits |= (long) walls.cells[first + k] << k;
        }
        return bits;
    }

    private void unpack(long bits, int first, int column) {
        for (int k = 0; k < PACKED && column + k < walls.columns; k++) {
            walls.cells[first + k] = (byte) (bits >>> k & 1);
        }
    }

    @Override
    public int rows() {
        return walls.rows;
    }

    @Override
    public int columns() {
        return walls.columns;
    }

    @Override
    public boolean blocked(int cell) {
        return walls.cells[walls.within(cell)] != 0;
    }

    @Override
    public int mapVersion() {
        return version;
    }

    @Override
    public int agents() {
        return agents;
    }

    @Override
    public int cellOf(int agent) {
        return walls.without(at[agent]);
    }

    @Override
    public int goalOf(int agent) {
        return walls.without(goal[agent]);
    }

    @Override
    public boolean active(int agent) {
        return active[agent];
    }
}
