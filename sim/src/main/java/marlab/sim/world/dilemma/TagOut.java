package marlab.sim.world.dilemma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.Actions;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.SinglePrecisionEnv;
import marlab.sim.env.StepResult;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.EntitySet;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// Apples, beams and agents that are out for a while when they are hit: the rules of Gathering
/// (Leibo et al. 2017), Commons (Perolat et al. 2017) and a second Cleanup as in
/// vicgalle/llm-policies-social-dilemmas @ f5c5b2b, `gathering_env.py`, `cleanup_env.py`.
///
/// A step: waiting times fall by one; agents that are in play act one after another; apples come
/// back; agents in play eat. Agents may share a cell; only walls block. Beams pass walls and
/// agents.
public final class TagOut implements SinglePrecisionEnv {

    /// What brings apples back.
    public enum Respawn {
        /// A fixed time after each was eaten.
        TIMER,
        /// Live apples within two cells, diagonals included.
        NEIGHBOURS,
        /// A river that is not too dirty.
        RIVER
    }

    /// Everything that can be set.
    ///
    /// @param world name of the world
    /// @param map the ground
    /// @param agents how many
    /// @param horizon steps of an episode
    /// @param ahead cells that an agent sees ahead
    /// @param side cells that it sees to either side
    /// @param beamLength cells that beams reach
    /// @param beamWidth cells across; an even number counts as the odd one above
    /// @param hitsToTag hits that put an agent out
    /// @param timeout steps that it is out
    /// @param respawn what brings apples back
    /// @param respawnTime TIMER: respawn phases until an eaten apple is back
    /// @param fireCost reward that a shot costs
    /// @param firePenalty reward that being hit costs
    /// @param cleanCost reward that cleaning costs
    /// @param depletion RIVER: share of waste from which no apple grows
    /// @param restoration RIVER: share of waste up to which apples grow fastest
    /// @param wasteRate RIVER: probability of new waste in a step
    /// @param appleRate RIVER: probability of an apple per free cell and step, at the fastest
    public record Rules(
            String world,
            TagMap map,
            int agents,
            int horizon,
            int ahead,
            int side,
            int beamLength,
            int beamWidth,
            int hitsToTag,
            int timeout,
            Respawn respawn,
            int respawnTime,
            double fireCost,
            double firePenalty,
            double cleanCost,
            double depletion,
            double restoration,
            double wasteRate,
            double appleRate) {

        /// True where there is a river, and agents can clean it.
        boolean wet() {
            return respawn == Respawn.RIVER;
        }

        int viewRows() {
            return ahead + 1;
        }

        int viewColumns() {
            return 2 * side + 1;
        }
    }

    /// Where the draws of a step come from.
    public interface Chance {
        /// Uniform in [0, 1).
        double uniform();

        /// Uniform in 0 to count − 1.
        int index(int count);
    }

    static final int FORWARD = 0;
    static final int TURN_LEFT = 4;
    static final int TURN_RIGHT = 5;
    static final int FIRE = 6;
    static final int STAND = 7;
    static final int CLEAN = 8;

    /// Direction of each move relative to where the agent looks, in quarter turns to the right.
    private static final int[] MOVE_TURN = {0, 2, 3, 1};

    /// Rows and columns per step to the north, east, south and west.
    static final int[] DOWN = {-1, 0, 1, 0};

    static final int[] RIGHT = {0, 1, 0, -1};

    /// Channels of the picture that an agent sees. A cell shows one thing: agents (the one with the
    /// lowest index) hide a beam, that hides a spray, and so on down the list.
    static final List<String> CHANNELS =
            List.of(
                    "others",
                    "others out",
                    "beam",
                    "walls",
                    "apples",
                    "spray",
                    "waste",
                    "river",
                    "stream");

    static final int OTHER = 0;
    static final int OUT = 1;
    static final int BEAM = 2;
    static final int WALL = 3;
    static final int APPLE = 4;
    static final int SPRAY = 5;
    static final int WASTE = 6;
    static final int RIVER = 7;
    static final int STREAM = 8;
    private static final int DRY_CHANNELS = 5;
    private static final int NOTHING = -1;

    private static final int EATEN = 0;
    private static final int FIRED = 1;
    private static final int STRUCK = 2;
    private static final int STRIKES = 3;
    private static final int CLEANED = 4;

    private static final int SOCIAL = 1; // metrics from here on
    private static final int APPLES_EATEN = 5;
    private static final int SHOTS = 6;
    private static final int TAGS = 7;
    private static final int APPLES_LEFT = 8;
    private static final int WASTE_SHARE = 9;

    /// Numbers about an agent itself that stand before its picture: orientation, waiting, hits.
    static final int OWN = 6;

    private static final double[] REGROWTH = {0, 0.01, 0.01, 0.05, 0.05, 0.1};

    private final Rules rules;
    private final TagMap map;
    private final EnvSpec spec;
    private final StepResult result;
    private final int n;
    private final int termCount;
    private final int halfWidth;

    private final int[] row;
    private final int[] column;
    private final int[] facing; // 0 north, 1 east, 2 south, 3 west
    private final int[] headingX;
    private final int[] headingY;
    private final int[] timeout;
    private final int[] hits;
    private final boolean[] alive; // per apple cell
    private final int[] timer; // per apple cell
    private final boolean[] dirty; // per river cell
    private final byte[] light; // per cell 0 dark, 1 spray, 2 beam: of the last step
    private final SocialMetrics social;

    private final int[] appleAt; // per cell the number of its apple, −1 for none
    private final int[] riverAt;
    private final int[][] near; // per apple the apples within two cells
    private final int[] liveNear; // per apple how many of those are there
    private final int[] lit; // cells with light
    private int litCount;
    private int wasteCount;
    private int liveCount;
    private final int[] occupants; // agents per cell

    private final byte[] shown; // per cell its channel
    private final int channels;
    private final int[] stride = new int[4];
    private final int[][] spot = new int[4][]; // per orientation and cell its place in a plane
    private final float[][][] planes; // per orientation and channel, padded with walls
    private final float[] scratch;

    private final RandomStream random = new RandomStream(0);
    private final int[] starts;
    private final StateCursor saving = StateCursor.saving();
    private final StateCursor loading = StateCursor.loading();
    private Chance chance = new Drawn();
    private double density;
    private double appleProbability;
    private int step;

    /// Draws from the world's own stream.
    private final class Drawn implements Chance {
        @Override
        public double uniform() {
            return random.nextDouble();
        }

        @Override
        public int index(int count) {
            return random.nextInt(count);
        }
    }

    /// A copy of a world with these rules.
    public TagOut(Rules rules) {
        this.rules = rules;
        map = rules.map;
        n = rules.agents;
        halfWidth = rules.beamWidth / 2;
        row = new int[n];
        column = new int[n];
        facing = new int[n];
        headingX = new int[n];
        headingY = new int[n];
        timeout = new int[n];
        hits = new int[n];
        alive = new boolean[map.apples().length];
        timer = new int[alive.length];
        dirty = new boolean[map.river().length];
        light = new byte[map.ground().length];
        social = new SocialMetrics(n);
        appleAt = numbers(map.apples());
        riverAt = numbers(map.river());
        near = neighbours();
        liveNear = new int[alive.length];
        lit = new int[light.length];
        occupants = new int[light.length];
        starts = map.spawns().clone();
        channels = channels(rules);
        shown = new byte[light.length];
        planes = new float[4][channels][];
        StateCursor size = StateCursor.measuring();
        exchange(size);
        spec = spec(rules, size.position());
        result = new StepResult(spec);
        termCount = spec.terms().size();
        scratch = new float[OWN + channels * rules.viewRows() * rules.viewColumns()];
        layPlanes();
    }

    private int[] numbers(int[] cells) {
        int[] numbers = new int[map.ground().length];
        Arrays.fill(numbers, -1);
        for (int k = 0; k < cells.length; k++) {
            numbers[cells[k]] = k;
        }
        return numbers;
    }

    private int[][] neighbours() {
        int[][] all = new int[alive.length][];
        for (int k = 0; k < all.length; k++) {
            int r = map.apples()[k] / map.columns();
            int c = map.apples()[k] % map.columns();
            List<Integer> found = new ArrayList<>();
            for (int y = Math.max(0, r - 2); y <= Math.min(map.rows() - 1, r + 2); y++) {
                for (int x = Math.max(0, c - 2); x <= Math.min(map.columns() - 1, c + 2); x++) {
                    int other = appleAt[y * map.columns() + x];
                    if (other >= 0 && other != k) {
                        found.add(other);
                    }
                }
            }
            all[k] = found.stream().mapToInt(Integer::intValue).toArray();
        }
        return all;
    }

    /// Lays the map out four times, turned so that each orientation in turn is up: what an agent
    /// sees is then a window of whole rows.
    private void layPlanes() {
        int pad = Math.max(rules.ahead, rules.side);
        int rows = map.rows();
        int columns = map.columns();
        for (int o = 0; o < 4; o++) {
            stride[o] = (o % 2 == 0 ? columns : rows) + 2 * pad;
            int height = (o % 2 == 0 ? rows : columns) + 2 * pad;
            spot[o] = new int[rows * columns];
            for (int cell = 0; cell < spot[o].length; cell++) {
                int r = cell / columns;
                int c = cell % columns;
                int y = o == 0 ? r : o == 1 ? columns - 1 - c : o == 2 ? rows - 1 - r : c;
                int x = o == 0 ? c : o == 1 ? r : o == 2 ? columns - 1 - c : rows - 1 - r;
                spot[o][cell] = (y + pad) * stride[o] + x + pad;
            }
            for (int channel = BEAM; channel < channels; channel++) {
                planes[o][channel] = new float[height * stride[o]];
            }
            Arrays.fill(planes[o][WALL], 1);
        }
        Arrays.fill(shown, (byte) WALL);
        repaintAll();
    }

    private static int channels(Rules rules) {
        return rules.wet() ? CHANNELS.size() : DRY_CHANNELS;
    }

    // ---- what it is ----

    private static EnvSpec spec(Rules rules, int stateSize) {
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < rules.agents; i++) {
            agents.add(new AgentId(i, "agent_" + i));
        }
        List<Push> parts =
                new ArrayList<>(
                        List.of(
                                new Push("forward", 0, 1),
                                new Push("backward", 0, -1),
                                new Push("step left", -1, 0),
                                new Push("step right", 1, 0),
                                Push.act("turn left", 'Q'),
                                Push.act("turn right", 'E'),
                                Push.act("beam", ' '),
                                new Push("stand", 0, 0)));
        if (rules.wet()) {
            parts.add(Push.act("clean", 'C'));
        }
        AgentGroup group =
                new AgentGroup(
                        "agents",
                        agents,
                        observation(rules, false),
                        observation(rules, true),
                        new ActionSpace.Discrete(parts));
        return new EnvSpec(
                rules.world,
                List.of(group),
                terms(rules),
                metrics(rules),
                DIALECTS,
                rules.horizon,
                stateSize);
    }

    /// Own numbers and the picture; a central critic also knows where everybody is.
    private static ObservationSpace observation(Rules rules, boolean central) {
        List<Field> own = new ArrayList<>();
        own.add(Field.own("orientation", FieldKind.SYMBOL, "", 0, 1, 4, 0));
        own.add(Field.own("waiting", FieldKind.SCALAR, "of timeout", 0, 1, 1, 4));
        own.add(Field.own("hits", FieldKind.SCALAR, "of hits to tag", 0, 1, 1, 5));
        List<String> layers = CHANNELS.subList(0, channels(rules));
        own.add(Field.grid("view", layers, rules.viewRows(), rules.viewColumns(), 1, OWN));
        int at = OWN + layers.size() * rules.viewRows() * rules.viewColumns();
        if (!central) {
            return new ObservationSpace(own, List.of(), at);
        }
        own.add(Field.own("apples", FieldKind.SCALAR, "of cells", 0, 1, 1, at));
        own.add(Field.own("waste", FieldKind.SCALAR, "of river", 0, 1, 1, at + 1));
        own.add(Field.own("place", FieldKind.SCALAR, "of map", 0, 1, 2, at + 2));
        int from = at + 4;
        EntitySet others =
                new EntitySet(
                        "others",
                        rules.agents - 1,
                        List.of(
                                new Field("place", FieldKind.SCALAR, "of map", 0, 1, 2, from, 7),
                                new Field(
                                        "orientation", FieldKind.SYMBOL, "", 0, 1, 4, from + 2, 7),
                                new Field(
                                        "waiting",
                                        FieldKind.SCALAR,
                                        "of timeout",
                                        0,
                                        1,
                                        1,
                                        from + 6,
                                        7)));
        return new ObservationSpace(own, List.of(others), from + 7 * (rules.agents - 1));
    }

    private static List<RewardTerm> terms(Rules rules) {
        List<RewardTerm> terms = new ArrayList<>();
        terms.add(term("apples", "Eat apples", "apples", 1, "The apples that the agent eats."));
        terms.add(term("fired", "Save beams", "shots", rules.fireCost, "Minus the agent's shots."));
        terms.add(
                term(
                        "struck",
                        "Avoid beams",
                        "hits",
                        rules.firePenalty,
                        "Minus how often others hit the agent."));
        terms.add(term("strikes", "Hit others", "hits", 0, "How many others the agent hits."));
        if (rules.wet()) {
            terms.add(
                    term(
                            "cleaned",
                            "Save sprays",
                            "sprays",
                            rules.cleanCost,
                            "Minus how often the agent sprays."));
        }
        return terms;
    }

    private static RewardTerm term(
            String name, String label, String unit, double weight, String what) {
        return new RewardTerm(name, label, unit, false, weight, -100, 100, what);
    }

    private static Metric sum(String name, String label, String unit, String what) {
        return new Metric(name, label, unit, Metric.Over.SUM, what);
    }

    private static List<Metric> metrics(Rules rules) {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(
                sum("R", "Return per agent", "reward", "Σ over steps of the agents' mean reward."));
        metrics.addAll(SocialMetrics.METRICS);
        metrics.add(sum("apples_eaten", "Apples eaten", "apples", "Apples that were eaten."));
        metrics.add(sum("shots", "Shots", "shots", "How often somebody fired the beam."));
        metrics.add(sum("tags", "Tags", "tags", "How often somebody was put out."));
        metrics.add(
                new Metric(
                        "apples_left",
                        "Apples",
                        "of cells",
                        Metric.Over.MEAN,
                        "Share of the apple cells that bear an apple, mean over the steps."));
        if (rules.wet()) {
            metrics.add(
                    new Metric(
                            "waste",
                            "Waste",
                            "of river",
                            Metric.Over.MEAN,
                            "Share of the river that is dirty, mean over the steps."));
        }
        return metrics;
    }

    private static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect("mean", "Mean per agent", "R", e -> e.metrics()[0]),
                    new ReturnDialect(
                            "collective",
                            "Collective, summed over agents",
                            "n·R",
                            e -> e.agents() * e.metrics()[0]),
                    new ReturnDialect(
                            "efficiency",
                            "Efficiency, collective per step",
                            "U = n·R/T",
                            e -> e.agents() * e.metrics()[0] / e.steps()));

    @Override
    public EnvSpec spec() {
        return spec;
    }

    /// The rules that it was made with.
    public Rules rules() {
        return rules;
    }

    // ---- an episode ----

    @Override
    public void reset(long seed) {
        random.reseed(seed);
        for (int k = 0; k < starts.length; k++) {
            starts[k] = map.spawns()[k];
        }
        for (int i = 0; i < n; i++) { // a new cell each as long as there are some
            int k = i % starts.length;
            int pick = k + random.nextInt(starts.length - k);
            int cell = starts[pick];
            starts[pick] = starts[k];
            starts[k] = cell;
            place(i, cell / map.columns(), cell % map.columns(), random.nextInt(4), 0, 0);
        }
        Arrays.fill(alive, true);
        Arrays.fill(timer, 0);
        for (int k = 0; k < dirty.length; k++) {
            dirty[k] = map.ground()[map.river()[k]] == TagMap.WASTE;
        }
        Arrays.fill(light, (byte) 0);
        social.clear();
        step = 0;
        derive();
    }

    /// Counts what follows from the state.
    private void derive() {
        wasteCount = 0;
        for (boolean each : dirty) {
            wasteCount += each ? 1 : 0;
        }
        liveCount = 0;
        Arrays.fill(liveNear, 0);
        for (int k = 0; k < alive.length; k++) {
            if (alive[k]) {
                liveCount++;
                count(k, 1);
            }
        }
        litCount = 0;
        for (int cell = 0; cell < light.length; cell++) {
            if (light[cell] > 0) {
                lit[litCount++] = cell;
            }
        }
        Arrays.fill(occupants, 0);
        for (int i = 0; i < n; i++) {
            occupants[cell(i)]++;
        }
        density = wasteShare();
        appleProbability = appleProbability();
        repaintAll();
    }

    private void count(int apple, int change) {
        for (int other : near[apple]) {
            liveNear[other] += change;
        }
    }

    private void repaintAll() {
        for (int cell = 0; cell < shown.length; cell++) {
            repaint(cell);
        }
    }

    private int cell(int agent) {
        return row[agent] * map.columns() + column[agent];
    }

    private double wasteShare() {
        return dirty.length == 0 ? 0 : (double) wasteCount / dirty.length;
    }

    @Override
    public StepResult step(Actions actions) {
        darken();
        Arrays.fill(result.terms, 0);
        Arrays.fill(result.metrics, 0);
        for (int i = 0; i < n; i++) {
            timeout[i] -= timeout[i] > 0 ? 1 : 0;
        }
        for (int i = 0; i < n; i++) {
            if (timeout[i] == 0) {
                act(i, actions.choice(i));
            }
        }
        switch (rules.respawn) {
            case TIMER -> countDown();
            case NEIGHBOURS -> regrow();
            case RIVER -> flow();
        }
        for (int i = 0; i < n; i++) {
            if (timeout[i] == 0) {
                eat(i);
            }
        }
        step++;
        measure();
        return result;
    }

    private void act(int i, int choice) {
        switch (choice) {
            case TURN_LEFT -> face(i, facing[i] + 3 & 3);
            case TURN_RIGHT -> face(i, facing[i] + 1 & 3);
            case FIRE -> fire(i);
            case CLEAN -> clean(i);
            case STAND -> {}
            default -> {
                int way = facing[i] + MOVE_TURN[choice] & 3;
                int r = row[i] + DOWN[way];
                int c = column[i] + RIGHT[way];
                if (!map.blocked(r, c)) {
                    occupants[cell(i)]--;
                    row[i] = r;
                    column[i] = c;
                    occupants[cell(i)]++;
                }
            }
        }
    }

    private void face(int i, int way) {
        facing[i] = way;
        headingX[i] = RIGHT[way];
        headingY[i] = -DOWN[way];
    }

    private void fire(int i) {
        result.terms[i * termCount + FIRED]--;
        result.metrics[SHOTS]++;
        for (int j = 0; j < n; j++) {
            if (j != i && timeout[j] == 0 && inBeam(i, row[j], column[j])) {
                result.terms[i * termCount + STRIKES]++;
                result.terms[j * termCount + STRUCK]--;
                hits[j]++;
                if (hits[j] >= rules.hitsToTag) {
                    timeout[j] = rules.timeout;
                    hits[j] = 0;
                    result.metrics[TAGS]++;
                }
            }
        }
        shine(i, (byte) 2);
    }

    /// True where the beam of an agent would reach a cell.
    boolean inBeam(int i, int r, int c) {
        int down = r - row[i];
        int right = c - column[i];
        int way = facing[i];
        int ahead = down * DOWN[way] + right * RIGHT[way];
        int aside = right * DOWN[way] - down * RIGHT[way];
        return ahead >= 1 && ahead <= rules.beamLength && Math.abs(aside) <= halfWidth;
    }

    private void clean(int i) {
        result.terms[i * termCount + CLEANED]--;
        shine(i, (byte) 1);
    }

    /// Lights the cells of a beam; a spray (1) also cleans them.
    private void shine(int i, byte kind) {
        int way = facing[i];
        int side = way + 1 & 3;
        for (int ahead = 1; ahead <= rules.beamLength; ahead++) {
            for (int aside = -halfWidth; aside <= halfWidth; aside++) {
                int r = row[i] + ahead * DOWN[way] + aside * DOWN[side];
                int c = column[i] + ahead * RIGHT[way] + aside * RIGHT[side];
                if (!map.blocked(r, c)) {
                    int cell = r * map.columns() + c;
                    if (kind == 1 && riverAt[cell] >= 0 && dirty[riverAt[cell]]) {
                        dirty[riverAt[cell]] = false;
                        wasteCount--;
                    }
                    if (light[cell] < kind) {
                        if (light[cell] == 0) {
                            lit[litCount++] = cell;
                        }
                        light[cell] = kind;
                    }
                    repaint(cell);
                }
            }
        }
    }

    private void darken() {
        for (int k = 0; k < litCount; k++) {
            light[lit[k]] = 0;
            repaint(lit[k]);
        }
        litCount = 0;
    }

    private void countDown() {
        if (liveCount == alive.length) {
            return;
        }
        for (int k = 0; k < alive.length; k++) {
            if (!alive[k] && --timer[k] <= 0) {
                timer[k] = 0;
                grow(k);
            }
        }
    }

    /// One after another, so that apples that come back early in a step count for later ones.
    private void regrow() {
        if (liveCount == alive.length) {
            return;
        }
        for (int k = 0; k < alive.length; k++) {
            if (!alive[k] && liveNear[k] > 0) {
                double p = REGROWTH[Math.min(liveNear[k], REGROWTH.length - 1)];
                if (chance.uniform() < p) {
                    grow(k);
                }
            }
        }
    }

    private void flow() {
        if (wasteShare() < rules.depletion && chance.uniform() < rules.wasteRate) {
            spoil();
        }
        density = wasteShare();
        appleProbability = appleProbability();
        if (appleProbability > 0 && liveCount < alive.length) {
            for (int k = 0; k < alive.length; k++) {
                if (!alive[k] && occupants[map.apples()[k]] == 0) {
                    if (chance.uniform() < appleProbability) {
                        grow(k);
                    }
                }
            }
        }
    }

    private double appleProbability() {
        if (density >= rules.depletion) {
            return 0;
        }
        if (density <= rules.restoration) {
            return rules.appleRate;
        }
        double share = (density - rules.restoration) / (rules.depletion - rules.restoration);
        return rules.appleRate * (1 - share);
    }

    /// Makes one clean river cell without an agent dirty, if there is one.
    private void spoil() {
        int free = 0;
        for (int k = 0; k < dirty.length; k++) {
            free += !dirty[k] && occupants[map.river()[k]] == 0 ? 1 : 0;
        }
        if (free == 0) {
            return;
        }
        int left = chance.index(free);
        for (int k = 0; k < dirty.length; k++) {
            if (!dirty[k] && occupants[map.river()[k]] == 0 && left-- == 0) {
                dirty[k] = true;
                wasteCount++;
                repaint(map.river()[k]);
                return;
            }
        }
    }

    private void grow(int apple) {
        alive[apple] = true;
        liveCount++;
        count(apple, 1);
        repaint(map.apples()[apple]);
    }

    private void eat(int i) {
        int cell = cell(i);
        int apple = appleAt[cell];
        if (apple >= 0 && alive[apple]) {
            alive[apple] = false;
            timer[apple] = rules.respawnTime;
            liveCount--;
            count(apple, -1);
            repaint(cell);
            result.terms[i * termCount + EATEN] = 1;
            result.metrics[APPLES_EATEN]++;
        }
    }

    private void measure() {
        double total = 0;
        int out = 0;
        for (int i = 0; i < n; i++) {
            int at = i * termCount;
            double reward =
                    result.terms[at + EATEN]
                            + rules.fireCost * result.terms[at + FIRED]
                            + rules.firePenalty * result.terms[at + STRUCK]
                            + (rules.wet() ? rules.cleanCost * result.terms[at + CLEANED] : 0);
            total += reward;
            social.earn(i, reward);
            out += timeout[i] > 0 ? 1 : 0;
        }
        social.endStep(out);
        result.metrics[0] = total / n;
        social.write(result.metrics, SOCIAL);
        result.metrics[APPLES_LEFT] = alive.length == 0 ? 0 : (double) liveCount / alive.length;
        if (rules.wet()) {
            result.metrics[WASTE_SHARE] = density;
        }
        result.truncated = step >= rules.horizon;
    }

    // ---- what agents see ----

    /// Brings the planes in line with a cell that may have changed.
    private void repaint(int cell) {
        int now = look(cell);
        int before = shown[cell];
        if (now != before) {
            shown[cell] = (byte) now;
            for (int o = 0; o < 4; o++) {
                int at = spot[o][cell];
                if (before >= 0) {
                    planes[o][before][at] = 0;
                }
                if (now >= 0) {
                    planes[o][now][at] = 1;
                }
            }
        }
    }

    private int look(int cell) {
        if (light[cell] > 0) {
            return light[cell] == 2 ? BEAM : SPRAY;
        }
        return switch (map.ground()[cell]) {
            case TagMap.WALL -> WALL;
            case TagMap.APPLE -> alive[appleAt[cell]] ? APPLE : NOTHING;
            case TagMap.RIVER, TagMap.WASTE ->
                    !rules.wet() ? NOTHING : dirty[riverAt[cell]] ? WASTE : RIVER;
            case TagMap.STREAM -> rules.wet() ? STREAM : NOTHING;
            default -> NOTHING;
        };
    }

    @Override
    public void observe(int agent, float[] into, int at) {
        int way = facing[agent];
        for (int o = 0; o < 4; o++) {
            into[at + o] = o == way ? 1 : 0;
        }
        into[at + 4] = rules.timeout == 0 ? 0 : (float) timeout[agent] / rules.timeout;
        into[at + 5] = (float) hits[agent] / rules.hitsToTag;
        int rows = rules.viewRows();
        int columns = rules.viewColumns();
        int k = at + OWN + BEAM * rows * columns;
        Arrays.fill(into, at + OWN, k, 0);
        int first = spot[way][cell(agent)] - rules.ahead * stride[way] - rules.side;
        for (int channel = BEAM; channel < channels; channel++) {
            float[] plane = planes[way][channel];
            int from = first;
            for (int y = 0; y < rows; y++) {
                System.arraycopy(plane, from, into, k, columns);
                from += stride[way];
                k += columns;
            }
        }
        showAgents(agent, into, at + OWN);
    }

    /// The lowest index comes last, on top. The observer's own mark is a cell with nothing in it.
    private void showAgents(int agent, float[] into, int at) {
        int way = facing[agent];
        int down = DOWN[way];
        int right = RIGHT[way];
        int columns = rules.viewColumns();
        int layer = rules.viewRows() * columns;
        for (int j = n - 1; j >= 0; j--) {
            int r = row[j] - row[agent];
            int c = column[j] - column[agent];
            int ahead = r * down + c * right;
            int aside = r * right - c * down;
            if (ahead >= 0 && ahead <= rules.ahead && Math.abs(aside) <= rules.side) {
                int here = at + (rules.ahead - ahead) * columns + rules.side + aside;
                for (int channel = 0; channel < channels; channel++) {
                    into[here + channel * layer] = 0;
                }
                if (j != agent) {
                    into[here + (timeout[j] > 0 ? OUT : OTHER) * layer] = 1;
                }
            }
        }
    }

    @Override
    public void observeCentral(int agent, float[] into, int at) {
        observe(agent, into, at);
        int k = at + scratch.length;
        into[k++] = alive.length == 0 ? 0 : (float) liveCount / alive.length;
        into[k++] = (float) density;
        k = tellPlace(agent, into, k);
        for (int j = 0; j < n; j++) {
            if (j != agent) {
                k = tellPlace(j, into, k);
                for (int o = 0; o < 4; o++) {
                    into[k++] = o == facing[j] ? 1 : 0;
                }
                into[k++] = rules.timeout == 0 ? 0 : (float) timeout[j] / rules.timeout;
            }
        }
    }

    private int tellPlace(int agent, float[] into, int at) {
        into[at] = (column[agent] + 0.5f) / map.columns();
        into[at + 1] = 1 - (row[agent] + 0.5f) / map.rows();
        return at + 2;
    }

    @Override
    public void observe(int agent, double[] into, int at) {
        observe(agent, scratch, 0);
        widen(scratch, into, at, scratch.length);
    }

    @Override
    public void observeCentral(int agent, double[] into, int at) {
        float[] all = centralScratch();
        observeCentral(agent, all, 0);
        widen(all, into, at, all.length);
    }

    private float[] central;

    private float[] centralScratch() {
        if (central == null) {
            central = new float[spec.groups().getFirst().central().size()];
        }
        return central;
    }

    private static void widen(float[] from, double[] into, int at, int count) {
        for (int k = 0; k < count; k++) {
            into[at + k] = from[k];
        }
    }

    // ---- state ----

    /// The order is that of {@link TagPicture}.
    private void exchange(StateCursor state) {
        state.wholes(row);
        state.wholes(column);
        state.wholes(headingX);
        state.wholes(headingY);
        state.wholes(timeout);
        state.wholes(hits);
        state.flags(alive);
        state.flags(dirty);
        state.bytes(light);
        state.wholes(timer);
        social.exchange(state);
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
        for (int i = 0; i < n; i++) {
            facing[i] = headingX[i] != 0 ? 2 - headingX[i] : 1 - headingY[i];
        }
        derive();
    }

    /// From now on draws come from here; {@link #reset} goes on drawing from the world's stream.
    public void draws(Chance from) {
        chance = from;
    }

    /// Puts an agent somewhere. Call {@link #begin} when everything is in place.
    public void place(int agent, int r, int c, int way, int waiting, int struck) {
        row[agent] = r;
        column[agent] = c;
        face(agent, way);
        timeout[agent] = waiting;
        hits[agent] = struck;
    }

    /// Sets the apple with this number, see {@link TagMap#apples}.
    public void apple(int apple, boolean there, int time) {
        alive[apple] = there;
        timer[apple] = time;
    }

    /// Sets the river cell with this number, see {@link TagMap#river}.
    public void waste(int cell, boolean there) {
        dirty[cell] = there;
    }

    /// Starts from what was set.
    public void begin() {
        derive();
    }

    /// Row of an agent, from the top.
    public int row(int agent) {
        return row[agent];
    }

    /// Column of an agent.
    public int column(int agent) {
        return column[agent];
    }

    /// Where an agent looks: 0 north, 1 east, 2 south, 3 west.
    public int facing(int agent) {
        return facing[agent];
    }

    /// Steps that an agent is still out.
    public int timeout(int agent) {
        return timeout[agent];
    }

    /// Hits that an agent has taken since it was put out.
    public int hits(int agent) {
        return hits[agent];
    }

    /// True where an apple is there.
    public boolean apple(int apple) {
        return alive[apple];
    }

    /// Respawn phases until an apple is back.
    public int timer(int apple) {
        return timer[apple];
    }

    /// True where a river cell is dirty.
    public boolean waste(int cell) {
        return dirty[cell];
    }

    /// True where a beam, or a spray, of the last step reached a cell.
    public boolean lit(int cell, boolean beam) {
        return light[cell] == (beam ? 2 : 1);
    }

    /// Share of the river that is dirty, after the last step's waste.
    public double density() {
        return density;
    }

    /// Probability with which an apple grew on a free cell in the last step. RIVER only.
    public double growth() {
        return appleProbability;
    }

    /// Live apples within two cells of an apple's cell.
    int liveNear(int apple) {
        return liveNear[apple];
    }

    /// Number of the apple of a cell, −1 where none grows.
    int appleAt(int cell) {
        return appleAt[cell];
    }

    /// Number of the river cell, −1 for dry land.
    int riverAt(int cell) {
        return riverAt[cell];
    }
}
