package marlab.sim.world.dilemma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import marlab.sim.draw.AgentGlyph;
import marlab.sim.draw.Bounds;
import marlab.sim.draw.Brush;
import marlab.sim.draw.Ink;
import marlab.sim.draw.Overlays;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.Actions;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Family;
import marlab.sim.env.Metric;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// CleanUp-lite (Meulemans et al. 2024, "Multi-agent cooperation through learning-aware policy
/// gradients"): two agents, an orchard in the left column, a river in the right one. The fewer
/// dirty cells, the more apples; whoever cleans cannot eat.
///
/// A step, in this order: new dirt with probability 0.35 on a free river cell; a new apple with
/// probability 1 − min(1, P/3), P being the dirty cells, on a free orchard cell; moves, where
/// entering an apple's cell eats it (+1) and entering a dirty one cleans it; zaps, which hit with
/// probability 0.9 an agent at most two cells away, and freeze it for five steps, during which
/// nobody can hit it again.
///
/// The paper leaves open, and here it is so: five rows of four columns; a cell is free without
/// thing and agent; ways are counted in steps; agents may share a cell; both zaps of a step count;
/// chance decides which of two agents that enter a cell at once gets what is there.
public final class CleanupLite implements WorldProvider {

    private static final int APPLES = 0;
    private static final int CLEANED = 1;
    private static final int STRUCK = 2;
    private static final int TERM_COUNT = 3;

    private static final int ZAP = 4;
    private static final int REACH = 2;

    private static final List<RewardTerm> TERMS =
            List.of(
                    term("apples", "Eat apples", "apples", 1, "Apples that the agent eats."),
                    term("cleaned", "Clean", "cells", 0, "Dirty cells that the agent cleans."),
                    term("struck", "Avoid zaps", "zaps", 0, "Minus the zaps that hit the agent."));

    private static RewardTerm term(
            String name, String label, String unit, double weight, String what) {
        return new RewardTerm(name, label, unit, false, weight, -5, 5, what);
    }

    private static final List<Metric> METRICS = metrics();

    private static List<Metric> metrics() {
        List<Metric> metrics = new ArrayList<>();
        metrics.add(sum("R", "Return per agent", "reward", "Σ of the agents' mean reward."));
        metrics.addAll(SocialMetrics.METRICS);
        metrics.add(sum("cells_cleaned", "Cleaned", "cells", "Dirty cells that were cleaned."));
        metrics.add(sum("zaps", "Zaps", "zaps", "How often somebody zapped, hit or not."));
        metrics.add(
                new Metric(
                        "dirt",
                        "Dirt",
                        "cells",
                        Metric.Over.MEAN,
                        "Dirty cells, mean over the steps."));
        return metrics;
    }

    private static Metric sum(String name, String label, String unit, String what) {
        return new Metric(name, label, unit, Metric.Over.SUM, what);
    }

    private static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect("mean", "Mean per agent", "R", e -> e.metrics()[0]),
                    new ReturnDialect(
                            "collective",
                            "Collective, summed over agents",
                            "n·R",
                            e -> e.agents() * e.metrics()[0]));

    private static final List<Push> PUSHES =
            List.of(
                    new Push("left", -1, 0),
                    new Push("right", 1, 0),
                    new Push("up", 0, 1),
                    new Push("down", 0, -1),
                    Push.act("zap", ' '),
                    new Push("stay", 0, 0));

    private static final int STAY = 5;

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    new OptionSpec.Whole("agents", "Agents", 2, 1, 10, "Number of agents."),
                    new OptionSpec.Whole("rows", "Rows", 5, 3, 20, "Cells from top to bottom."),
                    new OptionSpec.Whole(
                            "columns", "Columns", 4, 2, 20, "Cells from orchard to river."),
                    rate("dirt_rate", "New dirt", 0.35, "Probability of new dirt in a step."),
                    rate("hit_rate", "Hits", 0.9, "Probability that a zap hits."),
                    new OptionSpec.Whole(
                            "frozen", "Frozen", 5, 1, 100, "Steps that a hit freezes an agent."),
                    new OptionSpec.Whole(
                            "worst",
                            "Worst dirt",
                            3,
                            1,
                            20,
                            "Dirty cells at which no apple grows; an episode begins with as many."),
                    new OptionSpec.Whole(
                            "horizon",
                            "Steps per episode",
                            64,
                            1,
                            10_000,
                            "Steps after which the episode is cut."));

    private static OptionSpec rate(String name, String label, double value, String what) {
        return new OptionSpec.Real(name, label, value, 0, 1, "", what);
    }

    @Override
    public String name() {
        return "cleanup_lite";
    }

    @Override
    public String title() {
        return "CleanUp-lite";
    }

    @Override
    public String summary() {
        return "A cleanup so small that it is learned in minutes: an orchard on the left, a river on"
                + " the right, and apples only while somebody keeps the river clean.";
    }

    @Override
    public Family family() {
        return Family.DILEMMAS;
    }

    @Override
    public List<String> notice() {
        return List.of(
                "The agent in the orchard earns, the one at the river works for it.",
                "Taking turns is best for both; see whether anybody learns it.",
                "A zap freezes the other: it can be a punishment, or a way to have all apples.");
    }

    @Override
    public String source() {
        return "Meulemans et al. 2024, CleanUp-lite";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public void check(EnvOptions options) {
        if (options.whole("worst") > options.whole("rows")) {
            throw new IllegalArgumentException(
                    "world option worst is "
                            + options.whole("worst")
                            + ", but the river has only "
                            + options.whole("rows")
                            + " cells; lower worst or raise rows");
        }
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        return Map.of(
                "four agents",
                Map.of("agents", "4", "rows", "8", "columns", "7", "worst", "5", "horizon", "200"));
    }

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(options);
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        Map<String, Policy> policies = new LinkedHashMap<>();
        policies.put("taking turns", new Script(Manner.TURNS));
        policies.put("one cleans", new Script(Manner.ONE_CLEANS));
        policies.put("whoever is nearer", new Script(Manner.NEARER));
        policies.put("nobody cleans", new Script(Manner.NOBODY));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    private static EnvSpec spec(EnvOptions options, int stateSize) {
        int n = options.whole("agents");
        int rows = options.whole("rows");
        int columns = options.whole("columns");
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            agents.add(new AgentId(i, "agent_" + i));
        }
        ObservationSpace view =
                new ObservationSpace(
                        List.of(
                                Field.own("frozen", FieldKind.SYMBOL, "", 0, 1, 1, 0),
                                Field.grid(
                                        "board",
                                        List.of(
                                                "self",
                                                "others",
                                                "others frozen",
                                                "apples",
                                                "dirt"),
                                        rows,
                                        columns,
                                        1,
                                        1)),
                        List.of(),
                        1 + 5 * rows * columns);
        AgentGroup group =
                new AgentGroup("agents", agents, view, view, new ActionSpace.Discrete(PUSHES));
        return new EnvSpec(
                "cleanup_lite",
                List.of(group),
                TERMS,
                METRICS,
                DIALECTS,
                options.whole("horizon"),
                stateSize);
    }

    /// One copy of the world. Rows count from the top; the orchard is column 0, the river the last.
    static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final int n;
        private final int rows;
        private final int columns;
        private final double dirtRate;
        private final double hitRate;
        private final int freeze;
        private final int worst;
        private final int[] row;
        private final int[] column;
        private final int[] frozen; // steps left
        private final boolean[] apple; // per row
        private final boolean[] dirt; // per row
        private final SocialMetrics social;
        private final boolean[] entered;
        private final boolean[] zapped;
        private final RandomStream random = new RandomStream(0);
        private final StateCursor saving = StateCursor.saving();
        private final StateCursor loading = StateCursor.loading();
        private int step;

        Env(EnvOptions options) {
            n = options.whole("agents");
            rows = options.whole("rows");
            columns = options.whole("columns");
            dirtRate = options.number("dirt_rate");
            hitRate = options.number("hit_rate");
            freeze = options.whole("frozen");
            worst = options.whole("worst");
            row = new int[n];
            column = new int[n];
            frozen = new int[n];
            apple = new boolean[rows];
            dirt = new boolean[rows];
            social = new SocialMetrics(n);
            entered = new boolean[n];
            zapped = new boolean[n];
            StateCursor measuring = StateCursor.measuring();
            exchange(measuring);
            spec = CleanupLite.spec(options, measuring.position());
            result = new StepResult(spec);
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            for (int i = 0; i < n; i++) {
                row[i] = random.nextInt(rows);
                column[i] = random.nextInt(columns);
            }
            Arrays.fill(frozen, 0);
            Arrays.fill(apple, false);
            Arrays.fill(dirt, false);
            for (int k = 0; k < worst; k++) {
                int left = random.nextInt(rows - k);
                for (int r = 0; r < rows; r++) {
                    if (!dirt[r] && left-- == 0) {
                        dirt[r] = true;
                        break;
                    }
                }
            }
            social.clear();
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            Arrays.fill(result.terms, 0);
            Arrays.fill(result.metrics, 0);
            if (random.nextDouble() < dirtRate) {
                appear(dirt, columns - 1);
            }
            if (random.nextDouble() < appleProbability()) {
                appear(apple, 0);
            }
            for (int i = 0; i < n; i++) {
                entered[i] = frozen[i] == 0 && move(i, actions.choice(i));
            }
            collect();
            zap(actions);
            step++;
            measure();
            return result;
        }

        private int dirty() {
            int count = 0;
            for (boolean each : dirt) {
                count += each ? 1 : 0;
            }
            return count;
        }

        /// Probability that an apple appears in a step.
        double appleProbability() {
            return 1 - Math.min(1, (double) dirty() / worst);
        }

        /// Puts something on a free cell of a column, all being equally likely.
        private void appear(boolean[] things, int at) {
            int free = 0;
            for (int r = 0; r < rows; r++) {
                free += isFree(things, r, at) ? 1 : 0;
            }
            if (free == 0) {
                return;
            }
            int left = random.nextInt(free);
            for (int r = 0; r < rows; r++) {
                if (isFree(things, r, at) && left-- == 0) {
                    things[r] = true;
                    return;
                }
            }
        }

        private boolean isFree(boolean[] things, int r, int c) {
            for (int i = 0; i < n; i++) {
                if (row[i] == r && column[i] == c) {
                    return false;
                }
            }
            return !things[r];
        }

        /// True where the agent entered another cell.
        private boolean move(int i, int choice) {
            Push push = PUSHES.get(choice);
            int r = Math.clamp(row[i] - push.dy(), 0, rows - 1);
            int c = Math.clamp(column[i] + push.dx(), 0, columns - 1);
            boolean moved = r != row[i] || c != column[i];
            row[i] = r;
            column[i] = c;
            return moved;
        }

        /// Every thing that was entered goes to one of those who entered it.
        private void collect() {
            for (int i = 0; i < n; i++) {
                boolean eats = column[i] == 0 && apple[row[i]];
                boolean cleans = column[i] == columns - 1 && dirt[row[i]];
                if (entered[i] && (eats || cleans)) {
                    int winner = winner(i);
                    (eats ? apple : dirt)[row[i]] = false;
                    result.terms[winner * TERM_COUNT + (eats ? APPLES : CLEANED)]++;
                    result.metrics[5] += eats ? 0 : 1;
                }
            }
        }

        private int winner(int first) {
            int rivals = 0;
            int winner = first;
            for (int j = first; j < n; j++) {
                if (entered[j] && row[j] == row[first] && column[j] == column[first]) {
                    rivals++;
                    if (rivals > 1 && random.nextInt(rivals) == 0) {
                        winner = j;
                    }
                }
            }
            return winner;
        }

        /// All zaps at once: who is hit in this step has zapped all the same.
        private void zap(Actions actions) {
            Arrays.fill(zapped, false);
            for (int i = 0; i < n; i++) {
                if (frozen[i] == 0 && actions.choice(i) == ZAP) {
                    result.metrics[6]++;
                    for (int j = 0; j < n; j++) {
                        if (j != i && frozen[j] == 0 && inReach(i, j)) {
                            if (random.nextDouble() < hitRate && !zapped[j]) {
                                zapped[j] = true;
                                result.terms[j * TERM_COUNT + STRUCK]--;
                            }
                        }
                    }
                }
            }
            for (int i = 0; i < n; i++) {
                frozen[i] = zapped[i] ? freeze : Math.max(0, frozen[i] - 1);
            }
        }

        private boolean inReach(int i, int j) {
            return Math.abs(row[i] - row[j]) + Math.abs(column[i] - column[j]) <= REACH;
        }

        private void measure() {
            double total = 0;
            int out = 0;
            for (int i = 0; i < n; i++) {
                double reward = result.terms[i * TERM_COUNT + APPLES];
                total += reward;
                social.earn(i, reward);
                out += frozen[i] > 0 ? 1 : 0;
            }
            social.endStep(out);
            result.metrics[0] = total / n;
            social.write(result.metrics, 1);
            result.metrics[7] = dirty();
            result.truncated = step >= spec.horizon();
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            int cells = rows * columns;
            Arrays.fill(into, at, at + 1 + 5 * cells, 0);
            into[at] = frozen[agent] > 0 ? 1 : 0;
            for (int i = 0; i < n; i++) {
                int layer = i == agent ? 0 : frozen[i] == 0 ? 1 : 2;
                into[at + 1 + layer * cells + row[i] * columns + column[i]] = 1;
            }
            for (int r = 0; r < rows; r++) {
                into[at + 1 + 3 * cells + r * columns] = apple[r] ? 1 : 0;
                into[at + 1 + 4 * cells + r * columns + columns - 1] = dirt[r] ? 1 : 0;
            }
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            observe(agent, into, at);
        }

        private void exchange(StateCursor state) {
            state.wholes(row);
            state.wholes(column);
            state.wholes(frozen);
            state.flags(apple);
            state.flags(dirt);
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
        }
    }

    private enum Manner {
        TURNS,
        ONE_CLEANS,
        NEARER,
        NOBODY
    }

    /// Goes for the nearest apple or the nearest dirt. Reads the world's true state.
    private record Script(Manner manner) implements Policy {

        /// Steps after which agents that take turns change places.
        private static final int TURN = 16;

        @Override
        public void act(ParallelEnv env, Decision into, RandomGenerator random) {
            Env world = (Env) env;
            for (int i = 0; i < world.n; i++) {
                into.actions.choose(i, toward(world, i, cleans(world, i)));
            }
        }

        private boolean cleans(Env world, int i) {
            return switch (manner) {
                case TURNS -> (i + world.step / TURN) % 2 == 0;
                case ONE_CLEANS -> i == 0;
                case NEARER -> 2 * world.column[i] >= world.columns - i % 2;
                case NOBODY -> false;
            };
        }

        /// Straight to the nearest goal of its column, or beside the column where there is none:
        /// what lies under an agent must be entered anew.
        private static int toward(Env world, int i, boolean cleans) {
            int goalColumn = cleans ? world.columns - 1 : 0;
            boolean[] goals = cleans ? world.dirt : world.apple;
            int goal = -1;
            for (int r = 0; r < world.rows; r++) {
                int far = Math.abs(r - world.row[i]);
                boolean under = r == world.row[i] && world.column[i] == goalColumn;
                if (goals[r] && !under && (goal < 0 || far < Math.abs(goal - world.row[i]))) {
                    goal = r;
                }
            }
            if (goal < 0 || goal == world.row[i]) {
                int aside = goal < 0 && cleans ? 1 : goal < 0 ? -1 : 0; // beside it, ready
                int to = goal < 0 ? goalColumn - aside : goalColumn;
                return world.column[i] > to ? 0 : world.column[i] < to ? 1 : STAY;
            }
            return world.row[i] > goal ? 2 : 3;
        }
    }

    /// Orchard, meadow and river as tiles, apples as discs, frozen agents pale.
    private static final class Picture implements Portrayal {

        private static final Ink[] GROUND = {
            Ink.Role.FLOOR, Ink.Role.SOIL, Ink.Role.WATER, Ink.Role.WASTE
        };
        private static final double RADIUS = 0.32;

        private final int n;
        private final int rows;
        private final int columns;
        private final byte[] codes;

        Picture(EnvOptions options) {
            n = options.whole("agents");
            rows = options.whole("rows");
            columns = options.whole("columns");
            codes = new byte[rows * columns];
        }

        @Override
        public Bounds bounds(Frame frame) {
            return new Bounds(0, 0, columns, rows);
        }

        @Override
        public boolean glides() {
            return true;
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            for (int r = 0; r < rows; r++) {
                codes[r * columns] = 1;
                codes[r * columns + columns - 1] =
                        (byte) (frame.state[3 * n + rows + r] >= 0.5 ? 3 : 2);
            }
            brush.tiles(0, rows, 1, rows, columns, codes, GROUND);
            for (int r = 0; r < rows; r++) {
                if (frame.state[3 * n + r] >= 0.5) {
                    brush.disc(0.5, rows - r - 0.5, 0.25, Ink.Role.FOOD, Ink.Role.FOREGROUND, 1);
                }
            }
            double[] place = new double[3];
            for (int i = n - 1; i >= 0; i--) {
                if (on.trails && on.paths != null) {
                    on.paths.draw(i, brush);
                }
                place(frame, i, place);
                double left = frame.state[2 * n + i];
                if (left >= 0.5) {
                    brush.disc(place[0], place[1], RADIUS, Ink.Role.CANVAS, new Ink.Agent(i), 2);
                    String text = AgentId.letter(i) + " " + (int) Math.ceil(left);
                    brush.text(text, place[0], place[1], RADIUS * 0.9, false, Ink.Role.MUTED);
                } else {
                    AgentGlyph.draw(brush, i, place[0], place[1], RADIUS * 0.9, on);
                }
            }
        }

        /// Agents that share a cell stand a little apart.
        @Override
        public void place(Frame frame, int agent, double[] into) {
            double x = frame.state[n + agent] + 0.5;
            double y = rows - frame.state[agent] - 0.5;
            int before = 0;
            for (int j = 0; j < agent; j++) {
                boolean here =
                        Math.abs(frame.state[j] - frame.state[agent]) < 0.3
                                && Math.abs(frame.state[n + j] - frame.state[n + agent]) < 0.3;
                before += here ? 1 : 0;
            }
            double shift = before == 0 ? 0 : 0.15;
            into[0] = Math.clamp(x + (before % 2 == 0 ? shift : -shift), 0.5, columns - 0.5);
            into[1] = Math.clamp(y + (before % 4 < 2 ? shift : -shift), 0.5, rows - 0.5);
            into[2] = RADIUS;
        }

        @Override
        public String describe(Frame frame) {
            int apples = 0;
            int dirt = 0;
            for (int r = 0; r < rows; r++) {
                apples += frame.state[3 * n + r] >= 0.5 ? 1 : 0;
                dirt += frame.state[3 * n + rows + r] >= 0.5 ? 1 : 0;
            }
            return "CleanUp-lite, step "
                    + frame.step
                    + ": "
                    + apples
                    + " apples, "
                    + dirt
                    + " of "
                    + rows
                    + " river cells are dirty.";
        }
    }
}
