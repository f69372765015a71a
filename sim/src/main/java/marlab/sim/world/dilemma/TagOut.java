package marlab.sim.world.dilemma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.SinglePrecisionEnv;
import marlab.sim.env.StepResult;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;

/// Apples, beams and agents that are out for a while when they are hit: the rules of Gathering
/// (Leibo et al. 2017), Commons (Perolat et al. 2017) and a second Cleanup as in
/// vicgalle/llm-policies-social-dilemmas @ f5c5b2b, `gathering_env.py`, `cleanup_env.py`.
///
/// A step: waiting times fall by one; agents that are in play act one after another; apples come
/// back; agents in play eat. Agents may share a cell; only walls block. Beams pass walls and
/// agents.
public final class TagOut implements SinglePrecisionEnv {

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

    private static final double[] REGROWTH = {0, 0.01, 0.01, 0.05, 0.05, 0.1};

    private final TagRules rules;
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
    private final int[] litRow;
    private final int[] litColumn;
    private int litCount;
    private int wasteCount;
    private int liveCount;
    private final int[] occupants; // agents per cell

    private final int channels;
    private final TagView view;
    private final float[] scratch;

    private final RandomStream random = new RandomStream(0);
    private final int[] starts;
    private final int[] open;
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
    public TagOut(TagRules rules) {
        this.rules = rules;
        map = rules.map();
        n = rules.agents();
        halfWidth = rules.beamWidth() / 2;
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
        litRow = new int[light.length];
        litColumn = new int[light.length];
        occupants = new int[light.length];
        starts = map.spawns().clone();
        open = map.open();
        channels = rules.channels();
        view = new TagView(rules);
        StateCursor size = StateCursor.measuring();
        exchange(size);
        spec = rules.spec(size.position());
        result = new StepResult(spec);
        termCount = spec.terms().size();
        scratch = new float[TagRules.OWN + channels * rules.viewRows() * rules.viewColumns()];
        repaintAll();
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

    @Override
    public EnvSpec spec() {
        return spec;
    }

    /// The rules that it was made with.
    public TagRules rules() {
        return rules;
    }

    // ---- an episode ----

    @Override
    public void reset(long seed) {
        random.reseed(seed);
        for (int k = 0; k < starts.length; k++) {
            starts[k] = map.spawns()[k];
        }
        for (int i = 0; i < n; i++) { // a start each as long as there are some
            int cell = i < starts.length ? start(i) : open[random.nextInt(open.length)];
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

    /// Draws a start that nobody before this agent has.
    private int start(int agent) {
        int pick = agent + random.nextInt(starts.length - agent);
        int cell = starts[pick];
        starts[pick] = starts[agent];
        starts[agent] = cell;
        return cell;
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
                turnOn(cell / map.columns(), cell % map.columns());
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
        for (int cell = 0; cell < light.length; cell++) {
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
        switch (rules.respawn()) {
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
                if (hits[j] >= rules.hitsToTag()) {
                    timeout[j] = rules.timeout();
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
        return ahead >= 1 && ahead <= rules.beamLength() && Math.abs(aside) <= halfWidth;
    }

    private void clean(int i) {
        result.terms[i * termCount + CLEANED]--;
        shine(i, (byte) 1);
    }

    /// Lights the cells of a beam; a spray (1) also cleans them.
    private void shine(int i, byte kind) {
        int way = facing[i];
        int side = way + 1 & 3;
        for (int ahead = 1; ahead <= rules.beamLength(); ahead++) {
            for (int aside = -halfWidth; aside <= halfWidth; aside++) {
                int r = row[i] + ahead * DOWN[way] + aside * DOWN[side];
                int c = column[i] + ahead * RIGHT[way] + aside * RIGHT[side];
                if (!map.blocked(r, c)) {
                    int cell = r * map.columns() + c;
                    if (kind == 1 && riverAt[cell] >= 0 && dirty[riverAt[cell]]) {
                        dirty[riverAt[cell]] = false;
                        wasteCount--;
                        repaint(cell);
                    }
                    if (light[cell] < kind) {
                        if (light[cell] == 0) {
                            turnOn(r, c);
                        }
                        light[cell] = kind;
                    }
                }
            }
        }
    }

    private void turnOn(int r, int c) {
        litRow[litCount] = r;
        litColumn[litCount] = c;
        lit[litCount++] = r * map.columns() + c;
    }

    private void darken() {
        for (int k = 0; k < litCount; k++) {
            light[lit[k]] = 0;
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
        if (wasteShare() < rules.depletion() && chance.uniform() < rules.wasteRate()) {
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
        if (density >= rules.depletion()) {
            return 0;
        }
        if (density <= rules.restoration()) {
            return rules.appleRate();
        }
        double share = (density - rules.restoration()) / (rules.depletion() - rules.restoration());
        return rules.appleRate() * (1 - share);
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
            timer[apple] = rules.respawnTime();
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
                            + rules.fireCost() * result.terms[at + FIRED]
                            + rules.firePenalty() * result.terms[at + STRUCK]
                            + (rules.wet() ? rules.cleanCost() * result.terms[at + CLEANED] : 0);
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
        result.truncated = step >= rules.horizon();
    }

    // ---- what agents see ----

    /// Brings the view in line with a cell whose ground may have changed.
    private void repaint(int cell) {
        view.show(cell, look(cell));
    }

    private int look(int cell) {
        return switch (map.ground()[cell]) {
            case TagMap.WALL -> TagRules.WALL;
            case TagMap.APPLE -> alive[appleAt[cell]] ? TagRules.APPLE : TagRules.NOTHING;
            case TagMap.RIVER, TagMap.WASTE ->
                    !rules.wet()
                            ? TagRules.NOTHING
                            : dirty[riverAt[cell]] ? TagRules.WASTE : TagRules.RIVER;
            case TagMap.STREAM -> rules.wet() ? TagRules.STREAM : TagRules.NOTHING;
            default -> TagRules.NOTHING;
        };
    }

    @Override
    public void observe(int agent, float[] into, int at) {
        int way = facing[agent];
        for (int o = 0; o < 4; o++) {
            into[at + o] = o == way ? 1 : 0;
        }
        into[at + 4] = rules.timeout() == 0 ? 0 : (float) timeout[agent] / rules.timeout();
        into[at + 5] = (float) hits[agent] / rules.hitsToTag();
        view.write(cell(agent), way, into, at + TagRules.OWN);
        showLight(agent, into, at + TagRules.OWN);
        showAgents(agent, into, at + TagRules.OWN);
    }

    /// Beams and sprays hide the ground. They change with every step, so they are not kept in the
    /// view.
    private void showLight(int agent, float[] into, int at) {
        int way = facing[agent];
        int down = DOWN[way];
        int right = RIGHT[way];
        int columns = rules.viewColumns();
        int layer = rules.viewRows() * columns;
        int top = rules.ahead();
        int side = rules.side();
        for (int k = 0; k < litCount; k++) {
            int r = litRow[k] - row[agent];
            int c = litColumn[k] - column[agent];
            int ahead = r * down + c * right;
            int aside = r * right - c * down;
            if (ahead >= 0 && ahead <= top && Math.abs(aside) <= side) {
                int here = at + (top - ahead) * columns + side + aside;
                int ground = view.shown(lit[k]);
                if (ground >= 0) {
                    into[here + ground * layer] = 0;
                }
                into[here + (light[lit[k]] == 2 ? TagRules.BEAM : TagRules.SPRAY) * layer] = 1;
            }
        }
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
            if (ahead >= 0 && ahead <= rules.ahead() && Math.abs(aside) <= rules.side()) {
                int here = at + (rules.ahead() - ahead) * columns + rules.side() + aside;
                for (int channel = 0; channel < channels; channel++) {
                    into[here + channel * layer] = 0;
                }
                if (j != agent) {
                    into[here + (timeout[j] > 0 ? TagRules.OUT : TagRules.OTHER) * layer] = 1;
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
                into[k++] = rules.timeout() == 0 ? 0 : (float) timeout[j] / rules.timeout();
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
