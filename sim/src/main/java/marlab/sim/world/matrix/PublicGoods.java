package marlab.sim.world.matrix;

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
import marlab.sim.game.PayoffMatrix;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
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

/// Public Goods: everybody has an endowment e and gives c_i of it into a pot; the pot times r is
/// shared evenly: payoff_i = e − c_i + r · Σ c / n (Fehr and Gächter 2000: n 4, e 20, r 1.6).
///
/// With punishment a round has two steps. In the first all give; in the second, knowing who gave
/// what, each may fine one other player: it pays the cost, the other loses the fine. Each action is
/// for one of the steps; in the other it means giving nothing or fining nobody. "fine +k" fines the
/// player k places further in the order A, B, C …, after the last comes the first.
public final class PublicGoods implements WorldProvider {

    private static final int PAYOFF = 0;
    private static final int COST = 1;
    private static final int FINED = 2;
    private static final int GIVEN = 3;
    private static final int TERM_COUNT = 4;

    private static final List<RewardTerm> TERMS =
            List.of(
                    term(
                            "payoff",
                            "Own payoff",
                            "tokens",
                            1,
                            "What is kept plus the share of the pot."),
                    term("cost", "Cost of fining", "tokens", 1, "Minus what fining others cost."),
                    term("fined", "Fines", "tokens", 1, "Minus what the others' fines took."),
                    term(
                            "given",
                            "Give",
                            "of endowment",
                            0,
                            "Share of the endowment that is given."));

    private static RewardTerm term(
            String name, String label, String unit, double weight, String what) {
        return new RewardTerm(name, label, unit, false, weight, -2, 2, what);
    }

    private static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect("mean", "Mean per player", "Σ mean r", e -> e.metrics()[0]),
                    new ReturnDialect(
                            "sum", "All players", "Σ r", e -> e.agents() * e.metrics()[0]));

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    new OptionSpec.Whole("players", "Players", 4, 2, 20, "Number of players."),
                    new OptionSpec.Real(
                            "endowment",
                            "Endowment",
                            20,
                            0.1,
                            1000,
                            "tokens",
                            "What each player has to give from in every round."),
                    new OptionSpec.Real(
                            "multiplier",
                            "Multiplier",
                            1.6,
                            0,
                            50,
                            "",
                            "The pot grows by this factor; between 1 and the number of players it is a"
                                    + " dilemma."),
                    new OptionSpec.Whole(
                            "levels",
                            "Levels of giving",
                            5,
                            2,
                            9,
                            "Even steps from nothing to the whole endowment."),
                    OptionSpec.onOff(
                            "punishment",
                            "Punishment",
                            false,
                            "on: after giving, each may fine one other."),
                    new OptionSpec.Real(
                            "cost", "Cost of a fine", 1, 0, 100, "tokens", "What fining costs."),
                    new OptionSpec.Real(
                            "fine", "Fine", 3, 0, 100, "tokens", "What a fined player loses."),
                    new OptionSpec.Whole("rounds", "Rounds", 20, 1, 5000, "Rounds per episode."));

    @Override
    public String name() {
        return "public_goods";
    }

    @Override
    public String title() {
        return "Public Goods";
    }

    @Override
    public String summary() {
        return "Everybody may give to a common pot that grows and is shared by all. Each earns more by"
                + " giving nothing, all earn more by giving everything.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Those who give in proportion to others are dragged down by one who doesn't.",
                "With punishment on, see whom the fines hit and what the fined do next.",
                "A fine costs the one who imposes it: punishing is a public good itself.");
    }

    @Override
    public Family family() {
        return Family.MATRIX_GAMES;
    }

    @Override
    public String source() {
        return "Fehr and Gächter 2000, 2002";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> examples = new LinkedHashMap<>();
        examples.put("punishment", Map.of("punishment", "on"));
        examples.put(
                "twelve players", Map.of("players", "12", "multiplier", "4", "punishment", "on"));
        return examples;
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
        policies.put("mixed people", (env, into, random) -> people((Env) env, into, random, true));
        policies.put(
                "conditional cooperators",
                (env, into, random) -> people((Env) env, into, random, false));
        policies.put(
                "free riders",
                (env, into, _) -> {
                    for (int i = 0; i < options.whole("players"); i++) {
                        choose(into, i, 0);
                    }
                });
        policies.put("random", new RandomPolicy());
        return policies;
    }

    /// Conditional cooperators begin with everything, then give what the others gave on average,
    /// rounded down, a level more where fines are to be feared, and fine who gave least if that was
    /// less than they gave themselves. Among mixed people every fourth gives nothing, but
    /// everything after a fine until it forgets, with a chance of 1/4 a round. Reads the world's
    /// state.
    private static void people(Env env, Decision into, RandomGenerator random, boolean mixed) {
        int most = env.levels - 1;
        for (int i = 0; i < env.n; i++) {
            boolean rider = mixed && i % 4 == 3;
            if (env.punishing()) {
                int target = rider ? 0 : env.leastGenerousSeenBy(i);
                choose(into, i, env.levels + target);
            } else if (rider) {
                boolean afraid = env.level[i] == most && random.nextInt(4) > 0;
                choose(into, i, env.finesOn(i) > 0 || afraid ? most : 0);
            } else {
                int given = env.meanLevelOfOthers(i) + (env.punishment ? 1 : 0);
                choose(into, i, env.step == 0 ? most : Math.min(most, given));
            }
        }
    }

    private static void choose(Decision into, int agent, int choice) {
        into.actions.choose(agent, choice);
        for (int k = 0; k < into.choicesPerAgent; k++) {
            into.probabilities[agent * into.choicesPerAgent + k] = k == choice ? 1 : 0;
        }
    }

    private static EnvSpec spec(EnvOptions options, int stateSize) {
        int n = options.whole("players");
        boolean punishment = options.on("punishment");
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            agents.add(new AgentId(i, "player_" + i));
        }
        ObservationSpace space = observation(n);
        AgentGroup players =
                new AgentGroup(
                        "players",
                        agents,
                        space,
                        space,
                        new ActionSpace.Discrete(actions(options)));
        return new EnvSpec(
                "public_goods",
                List.of(players),
                TERMS,
                metrics(punishment),
                DIALECTS,
                options.whole("rounds") * (punishment ? 2 : 1),
                stateSize);
    }

    private static List<Push> actions(EnvOptions options) {
        int levels = options.whole("levels");
        List<Push> actions = new ArrayList<>();
        for (int k = 0; k < levels; k++) {
            double tokens = options.number("endowment") * k / (levels - 1);
            String figure = PayoffMatrix.number(Math.rint(tokens * 100) / 100);
            actions.add(Push.act("give " + figure, (char) ('1' + k)));
        }
        if (options.on("punishment")) {
            actions.add(Push.act("fine nobody", ' '));
            for (int k = 1; k < options.whole("players"); k++) {
                actions.add(Push.act("fine +" + k, (char) ('A' + k)));
            }
        }
        return actions;
    }

    private static ObservationSpace observation(int n) {
        return new ObservationSpace(
                List.of(
                        Field.own("first_round", FieldKind.SYMBOL, "", 0, 1, 1, 0),
                        Field.own("may_fine", FieldKind.SYMBOL, "", 0, 1, 1, 1),
                        Field.own("gave", FieldKind.SCALAR, "of endowment", 0, 1, 1, 2),
                        Field.own("others_gave", FieldKind.SCALAR, "of endowment", 0, 1, 1, 3),
                        Field.own("fines", FieldKind.SCALAR, "fines", 0, n - 1, 1, 4)),
                List.of(
                        new EntitySet(
                                "others",
                                n - 1,
                                List.of(
                                        other("gave", "of endowment", 5),
                                        other("fined_me", "", 6),
                                        other("fines", "fines", 7)))),
                5 + 3 * (n - 1));
    }

    private static Field other(String name, String unit, int at) {
        return new Field(name, FieldKind.SCALAR, unit, 0, 1, 1, at, 3);
    }

    private static List<Metric> metrics(boolean punishment) {
        List<Metric> all = new ArrayList<>();
        all.add(
                new Metric(
                        "R",
                        "Mean return",
                        "tokens",
                        Metric.Over.SUM,
                        "Σ over steps of the players' mean payoff, costs and fines taken off."));
        all.add(
                last(
                        "contribution",
                        "Giving",
                        "of endowment",
                        "Share that was given, all rounds."));
        all.add(
                last(
                        "contribution_end",
                        "Giving at the end",
                        "of endowment",
                        "Share that was given in the last round."));
        if (punishment) {
            all.add(
                    new Metric(
                            "fines",
                            "Fines",
                            "fines",
                            Metric.Over.SUM,
                            "Σ over rounds of the fines."));
            all.add(
                    last(
                            "hits",
                            "Fines on free riders",
                            "of fines",
                            "Share of all fines that hit who had given less than the mean; 0 without"
                                    + " fines."));
        }
        return all;
    }

    private static Metric last(String name, String label, String unit, String what) {
        return new Metric(name, label, unit, Metric.Over.LAST, what);
    }

    /// One copy of the world.
    private static final class Env implements ParallelEnv {

        private final EnvSpec spec;
        private final StepResult result;
        private final int n;
        private final int levels;
        private final double endowment;
        private final double multiplier;
        private final boolean punishment;
        private final double cost;
        private final double fine;
        private final RandomStream random = new RandomStream(0);
        private final StateCursor save = StateCursor.saving();
        private final StateCursor load = StateCursor.loading();

        private final int[] level; // that was given in the newest round
        private final int[] target; // whom a player fined in the newest round, −1 for none
        private final double[] earned;
        private int levelsGiven; // summed over players and rounds
        private int rounds;
        private int fines;
        private int hits; // fines on who gave less than the mean
        private int step;

        Env(EnvOptions options) {
            n = options.whole("players");
            levels = options.whole("levels");
            endowment = options.number("endowment");
            multiplier = options.number("multiplier");
            punishment = options.on("punishment");
            cost = options.number("cost");
            fine = options.number("fine");
            level = new int[n];
            target = new int[n];
            earned = new double[n];
            StateCursor measure = StateCursor.measuring();
            exchange(measure);
            spec = PublicGoods.spec(options, measure.position());
            result = new StepResult(spec);
        }

        /// True when the next step is one of fining.
        boolean punishing() {
            return punishment && step % 2 == 1;
        }

        int finesOn(int player) {
            int count = 0;
            for (int i = 0; i < n; i++) {
                count += target[i] == player ? 1 : 0;
            }
            return count;
        }

        int meanLevelOfOthers(int player) {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                sum += i == player ? 0 : level[i];
            }
            return sum / (n - 1);
        }

        /// Places from a player to the one that gave least, 0 where none gave less than itself.
        int leastGenerousSeenBy(int player) {
            int places = 0;
            for (int k = 1; k < n; k++) {
                places = level[(player + k) % n] < level[(player + places) % n] ? k : places;
            }
            return places;
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            Arrays.fill(level, 0);
            Arrays.fill(target, -1);
            Arrays.fill(earned, 0);
            levelsGiven = 0;
            rounds = 0;
            fines = 0;
            hits = 0;
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            Arrays.fill(result.terms, 0);
            int before = fines;
            if (punishing()) {
                punish(actions);
            } else {
                give(actions);
            }
            step++;
            double sum = 0;
            for (int i = 0; i < n; i++) {
                int at = i * TERM_COUNT;
                double reward =
                        result.terms[at + PAYOFF]
                                + result.terms[at + COST]
                                + result.terms[at + FINED];
                earned[i] += reward;
                sum += reward;
            }
            book(sum / n, fines - before);
            return result;
        }

        /// Levels given in the newest round.
        private int pot() {
            int sum = 0;
            for (int each : level) {
                sum += each;
            }
            return sum;
        }

        private void give(Actions actions) {
            for (int i = 0; i < n; i++) {
                int choice = actions.choice(i);
                level[i] = choice < levels ? choice : 0;
                target[i] = -1;
            }
            int pot = pot();
            levelsGiven += pot;
            rounds++;
            double share = multiplier * endowment * pot / ((levels - 1.0) * n);
            for (int i = 0; i < n; i++) {
                double given = level[i] / (levels - 1.0);
                result.terms[i * TERM_COUNT + PAYOFF] = endowment - endowment * given + share;
                result.terms[i * TERM_COUNT + GIVEN] = given;
            }
        }

        private void punish(Actions actions) {
            int pot = pot();
            for (int i = 0; i < n; i++) {
                int places = actions.choice(i) - levels;
                target[i] = places > 0 ? (i + places) % n : -1;
                if (places > 0) {
                    fines++;
                    hits += level[target[i]] * n < pot ? 1 : 0;
                    result.terms[i * TERM_COUNT + COST] -= cost;
                    result.terms[target[i] * TERM_COUNT + FINED] -= fine;
                }
            }
        }

        private void book(double mean, int newFines) {
            double most = (levels - 1.0) * n;
            result.metrics[0] = mean;
            result.metrics[1] = levelsGiven / (most * rounds);
            result.metrics[2] = pot() / most;
            if (punishment) {
                result.metrics[3] = newFines;
                result.metrics[4] = fines == 0 ? 0 : (double) hits / fines;
            }
            result.truncated = step >= spec.horizon();
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            double top = levels - 1.0;
            into[at] = rounds == 0 ? 1 : 0;
            into[at + 1] = punishing() ? 1 : 0;
            into[at + 2] = level[agent] / top;
            into[at + 3] = (pot() - level[agent]) / (top * (n - 1));
            into[at + 4] = finesOn(agent);
            int k = at + 5;
            for (int places = 1; places < n; places++) {
                int other = (agent + places) % n;
                into[k++] = level[other] / top;
                into[k++] = target[other] == agent ? 1 : 0;
                into[k++] = finesOn(other);
            }
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            observe(agent, into, at);
        }

        private void exchange(StateCursor state) {
            state.wholes(level);
            state.wholes(target);
            state.numbers(earned);
            levelsGiven = state.whole(levelsGiven);
            rounds = state.whole(rounds);
            fines = state.whole(fines);
            hits = state.whole(hits);
        }

        @Override
        public void snapshot(Frame into) {
            exchange(save.over(into.state));
            random.save(into.random, 0);
            into.step = step;
        }

        @Override
        public void restore(Frame from) {
            exchange(load.over(from.state));
            random.load(from.random, 0);
            step = from.step;
        }
    }

    /// Players round a pot: thick lines are what each has given, thin ones what it could have;
    /// beams are fines.
    private static final class Picture implements Portrayal {

        private static final Bounds VIEW = new Bounds(-1.5, -1.3, 1.5, 1.3);
        private static final double POT = 0.34;

        private final int n;
        private final double levels;
        private final double endowment;
        private final Circle circle;

        Picture(EnvOptions options) {
            n = options.whole("players");
            levels = options.whole("levels") - 1.0;
            endowment = options.number("endowment");
            circle = new Circle(n, 1);
        }

        @Override
        public Bounds bounds(Frame frame) {
            return VIEW;
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            double pot = 0;
            for (int i = 0; i < n; i++) {
                spoke(i, 1, Ink.Role.MUTED, 1, brush);
                double share = frame.state[i] / levels;
                pot += share;
                if (share > 0) {
                    spoke(i, share, new Ink.Agent(i), 7, brush);
                }
            }
            brush.disc(0, 0, POT, Ink.Role.SOIL, Ink.Role.MUTED, 1.5);
            if (pot > 0) {
                double radius = POT * Math.sqrt(pot / n);
                brush.disc(0, 0, radius, Ink.Role.FOOD, Ink.Role.MUTED, 1);
            }
            for (int i = 0; i < n; i++) {
                int target = (int) frame.state[n + i];
                if (target >= 0) {
                    circle.arrow(i, target, Ink.Role.BEAM, 4, brush);
                }
            }
            brush.text(whole(pot * endowment), 0, 0, 0.2, true, Ink.Role.FOREGROUND);
            for (int i = 0; i < n; i++) {
                AgentGlyph.draw(brush, i, circle.x(i), circle.y(i), circle.radius(), on);
                double far = 1.22;
                double size = Math.min(0.11, 1.1 * circle.radius());
                brush.text(
                        whole(frame.state[2 * n + i]),
                        far * circle.x(i) * 1.06,
                        far * circle.y(i),
                        size,
                        false,
                        Ink.Role.FOREGROUND);
            }
        }

        /// From the player inwards, as long as the share.
        private void spoke(int i, double share, Ink ink, double width, Brush brush) {
            double outer = 1 - circle.radius();
            double inner = outer - share * (outer - POT);
            brush.line(
                    outer * circle.x(i),
                    outer * circle.y(i),
                    inner * circle.x(i),
                    inner * circle.y(i),
                    ink,
                    width);
        }

        private static String whole(double tokens) {
            return PayoffMatrix.number(Math.rint(tokens)).replace('-', '−');
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            into[0] = circle.x(agent);
            into[1] = circle.y(agent);
            into[2] = circle.radius();
        }

        @Override
        public String describe(Frame frame) {
            double pot = 0;
            int fines = 0;
            for (int i = 0; i < n; i++) {
                pot += frame.state[i] / levels;
                fines += frame.state[n + i] >= 0 ? 1 : 0;
            }
            return "Public Goods, step "
                    + frame.step
                    + ": the players gave "
                    + whole(pot * endowment)
                    + " of "
                    + whole(n * endowment)
                    + " tokens; "
                    + fines
                    + " fines.";
        }
    }
}
