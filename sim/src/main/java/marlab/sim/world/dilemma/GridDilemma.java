package marlab.sim.world.dilemma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.Actions;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.SinglePrecisionEnv;
import marlab.sim.env.StepResult;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;

/// One copy of a sequential social dilemma: agents that turn, walk, eat apples and use beams on a
/// grid. Rules of sequential_social_dilemma_games @ 0207821 (after Hughes et al. 2018); what grows
/// is the {@link Growth}'s. A step: turns and moves; eating, in agent order; beams, in an order
/// drawn by lot; growth.
public final class GridDilemma implements SinglePrecisionEnv {

    /// Choice to fire the penalty beam.
    static final int FIRE = 7;

    /// Choice to use the cleaning beam.
    static final int CLEAN = 8;

    /// Cells that a ray of a beam reaches.
    static final int BEAM_LENGTH = 5;

    /// Cells that a beam covers at most.
    static final int BEAM_CELLS = 3 * BEAM_LENGTH;

    private static final List<Push> MOVES =
            List.of(
                    new Push("left", -1, 0),
                    new Push("right", 1, 0),
                    new Push("ahead", 0, 1),
                    new Push("back", 0, -1),
                    new Push("stay", 0, 0),
                    Push.act("turn right", 'E'),
                    Push.act("turn left", 'Q'),
                    Push.act("fire", ' '));

    /// What is left to chance in a step; traces bring their own.
    public interface Chance {
        /// Puts the agents that move or stay into their order of precedence; asked only where
        /// several want the same cell.
        void orderMoves(int[] agents, int count);

        /// Puts the agents that use a beam into their order; asked only where there are several.
        void orderBeams(int[] agents, int count);

        /// Lets things grow, by way of {@link GridDilemma#put}.
        void grow(GridDilemma world);
    }

    private final class Lots implements Chance {
        @Override
        public void orderMoves(int[] agents, int count) {
            shuffle(agents, count);
        }

        @Override
        public void orderBeams(int[] agents, int count) {
            shuffle(agents, count);
        }

        private void shuffle(int[] agents, int count) {
            for (int k = count - 1; k > 0; k--) {
                int other = random.nextInt(k + 1);
                int agent = agents[k];
                agents[k] = agents[other];
                agents[other] = agent;
            }
        }

        @Override
        public void grow(GridDilemma world) {
            growth.grow(world, random);
        }
    }

    private final EnvSpec spec;
    private final StepResult result;
    private final DilemmaMap map;
    private final Growth growth;
    private final DilemmaSight sight;
    private final DilemmaRewards rewards;
    private final Walkers walkers;
    private final byte[] ground;
    private final int[] starts;
    private final int[] lots;
    private final int n;
    private final int[] users; // of beams, in this step
    private final int[] beamCell;
    private final int[] beamKind;
    private int beams;
    private Chance chance = new Lots();
    private final RandomStream random = new RandomStream(0);
    private final StateCursor saving = StateCursor.saving();
    private final StateCursor loading = StateCursor.loading();
    private int step;

    /// @param name the world's name
    /// @param cleaning whether agents can clean
    /// @param metrics the world's own
    GridDilemma(
            String name,
            EnvOptions options,
            DilemmaMap map,
            Growth growth,
            boolean cleaning,
            List<Metric> metrics) {
        this.map = map;
        this.growth = growth;
        n = options.whole("agents");
        ground = new byte[map.size()];
        starts = map.startsFor(n);
        lots = new int[starts.length];
        users = new int[n];
        beamCell = new int[n * BEAM_CELLS];
        beamKind = new int[n * BEAM_CELLS];
        walkers = new Walkers(n, map, options.word("moves").equals("upstream"));
        sight = new DilemmaSight(options, map, walkers, cleaning);
        rewards = new DilemmaRewards(n, cleaning, options.number("smoothing"));
        spec = spec(name, options, cleaning, metrics);
        result = new StepResult(spec);
    }

    private EnvSpec spec(String name, EnvOptions options, boolean cleaning, List<Metric> metrics) {
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            agents.add(new AgentId(i, "agent-" + i));
        }
        AgentGroup group =
                new AgentGroup(
                        "agents",
                        agents,
                        sight.space(),
                        sight.centralSpace(),
                        new ActionSpace.Discrete(actions(cleaning)));
        List<Metric> all = new ArrayList<>(DilemmaRewards.METRICS);
        all.addAll(metrics);
        StateCursor size = StateCursor.measuring();
        exchange(size);
        return new EnvSpec(
                name,
                List.of(group),
                DilemmaRewards.terms(cleaning),
                all,
                DilemmaRewards.DIALECTS,
                options.whole("horizon"),
                size.position());
    }

    private static List<Push> actions(boolean cleaning) {
        List<Push> all = new ArrayList<>(MOVES);
        if (cleaning) {
            all.add(Push.act("clean", 'C'));
        }
        return all;
    }

    @Override
    public EnvSpec spec() {
        return spec;
    }

    @Override
    public void reset(long seed) {
        random.reseed(seed);
        step = 0;
        forgetBeams();
        map.lay(ground);
        System.arraycopy(starts, 0, lots, 0, lots.length);
        for (int i = 0; i < n; i++) {
            int k = i + random.nextInt(lots.length - i);
            walkers.cell[i] = lots[k];
            lots[k] = lots[i];
            walkers.heading[i] = random.nextInt(4);
        }
        rewards.clear();
        recount();
        growth.begin(random);
    }

    /// Brings everything that follows from ground and agents up to date.
    private void recount() {
        walkers.locate();
        sight.lay(ground);
        sight.locate(step == 0);
        sight.beams(beamCell, beamKind, beams);
        growth.count(ground);
    }

    @Override
    public StepResult step(Actions actions) {
        rewards.beginStep(result.terms);
        walkers.move(actions, ground, chance);
        for (int i = 0; i < n; i++) {
            if (ground[walkers.cell[i]] == DilemmaMap.APPLE) {
                change(walkers.cell[i], DilemmaMap.EMPTY);
                rewards.ate(i);
            }
        }
        useBeams(actions);
        chance.grow(this);
        step++;
        sight.locate(false);
        sight.beams(beamCell, beamKind, beams);
        rewards.endStep(result.metrics);
        growth.measure(result.metrics, DilemmaRewards.METRICS.size());
        result.truncated = step >= spec.horizon();
        return result;
    }

    private void forgetBeams() {
        Arrays.fill(beamCell, 0, beams, 0);
        Arrays.fill(beamKind, 0, beams, 0);
        beams = 0;
    }

    private void useBeams(Actions actions) {
        forgetBeams();
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (actions.choice(i) >= FIRE) {
                users[count++] = i;
            }
        }
        if (count > 1) {
            chance.orderBeams(users, count);
        }
        for (int k = 0; k < count; k++) {
            int i = users[k];
            int kind = actions.choice(i);
            rewards.used(i, kind == CLEAN);
            int front = walkers.ahead[walkers.heading[i]];
            int right = walkers.ahead[(walkers.heading[i] + 1) & 3];
            int here = walkers.cell[i];
            ray(i, here + front, front, kind);
            ray(i, here + right, front, kind); // level with the agent
            ray(i, here - right, front, kind);
        }
    }

    private void ray(int user, int from, int front, int kind) {
        int at = from;
        for (int k = 0; k < BEAM_LENGTH && ground[at] < DilemmaMap.WALL; k++, at += front) {
            beamCell[beams] = at;
            beamKind[beams++] = kind;
            boolean cleans = kind == CLEAN && ground[at] == DilemmaMap.WASTE;
            if (cleans) {
                change(at, DilemmaMap.RIVER);
                rewards.cleaned(user);
            }
            int there = walkers.at(at);
            if (there != Walkers.NOBODY && kind == FIRE) {
                rewards.hit(there);
            }
            if (cleans || there != Walkers.NOBODY) {
                return;
            }
        }
    }

    /// Gives a cell another ground.
    void change(int cell, byte to) {
        byte was = ground[cell];
        if (was != to) {
            ground[cell] = to;
            sight.changed(cell, was, to);
            growth.changed(cell, was, to);
        }
    }

    /// True where an agent stands.
    boolean occupied(int cell) {
        return walkers.at(cell) != Walkers.NOBODY;
    }

    @Override
    public void observe(int agent, float[] into, int at) {
        sight.observe(agent, into, at);
    }

    @Override
    public void observe(int agent, double[] into, int at) {
        sight.observe(agent, into, at);
    }

    @Override
    public void observeCentral(int agent, float[] into, int at) {
        sight.observeCentral(agent, growth, into, at);
    }

    @Override
    public void observeCentral(int agent, double[] into, int at) {
        sight.observeCentral(agent, growth, into, at);
    }

    @Override
    public void snapshot(Frame into) {
        exchange(saving.over(into.state));
        random.save(into.random, 0);
        into.step = step;
    }

    @Override
    public void restore(Frame from) {
        exchange(loading.over(from.state));
        random.load(from.random, 0);
        step = from.step;
        recount();
    }

    /// The first four are what {@link DilemmaPicture} reads.
    private void exchange(StateCursor state) {
        state.bytes(ground);
        state.wholes(walkers.cell);
        state.wholes(walkers.heading);
        beams = state.whole(beams);
        state.wholes(beamCell);
        state.wholes(beamKind);
        rewards.exchange(state);
        growth.exchange(state);
    }

    /// Replaces what is left to chance.
    public void chance(Chance other) {
        chance = other;
    }

    /// Rows of the map.
    public int rows() {
        return map.rows;
    }

    /// Columns of the map.
    public int columns() {
        return map.columns;
    }

    /// The ground of a cell as a letter: `@` wall, `A` apple, `H` waste, `R` river, `S` stream,
    /// space empty.
    public char letter(int row, int column) {
        return DilemmaMap.LETTERS.charAt(ground[map.cell(row, column)]);
    }

    /// Gives a cell the ground of a {@link #letter}.
    ///
    /// @throws IllegalArgumentException where the map can't have it there
    public void put(int row, int column, char letter) {
        byte to = (byte) DilemmaMap.LETTERS.indexOf(letter);
        boolean inside = row >= 0 && row < map.rows && column >= 0 && column < map.columns;
        if (!inside || to < 0 || !map.canBe(row, column, to)) {
            throw new IllegalArgumentException(
                    "cell " + row + ", " + column + " cannot be '" + letter + "'");
        }
        change(map.cell(row, column), to);
    }

    /// Puts an agent somewhere. After all have been put, {@link #stand} must be told.
    ///
    /// @param heading 0 up, 1 right, 2 down, 3 left
    public void place(int agent, int row, int column, int heading) {
        if (row < 0 || row >= map.rows || column < 0 || column >= map.columns) {
            throw new IllegalArgumentException("cell " + row + ", " + column + " is off the map");
        }
        walkers.cell[agent] = map.cell(row, column);
        walkers.heading[agent] = heading & 3;
    }

    /// Takes note that agents have been put somewhere.
    public void stand() {
        walkers.locate();
        sight.locate(step == 0);
    }

    /// Row of an agent.
    public int row(int agent) {
        return map.row(walkers.cell[agent]);
    }

    /// Column of an agent.
    public int column(int agent) {
        return map.column(walkers.cell[agent]);
    }

    /// 0 up, 1 right, 2 down, 3 left.
    public int heading(int agent) {
        return walkers.heading[agent];
    }

    /// Cells that beams covered in the last step, in their order; some more than once.
    public int beams() {
        return beams;
    }

    /// Row of covered cell k.
    public int beamRow(int k) {
        return map.row(beamCell[k]);
    }

    /// Column of covered cell k.
    public int beamColumn(int k) {
        return map.column(beamCell[k]);
    }

    /// `F` where the penalty beam covered cell k, `C` where it was the cleaning beam.
    public char beamLetter(int k) {
        return beamKind[k] == FIRE ? 'F' : 'C';
    }

    /// Steps since the episode began.
    int steps() {
        return step;
    }

    DilemmaMap map() {
        return map;
    }

    Walkers walkers() {
        return walkers;
    }

    /// The ground's kinds by cell. Not to be written.
    byte[] ground() {
        return ground;
    }

    /// The rules of growth.
    Growth growth() {
        return growth;
    }
}
