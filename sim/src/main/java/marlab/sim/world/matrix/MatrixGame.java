package marlab.sim.world.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import marlab.sim.env.OptionSpec.Text.Editor;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.PayoffWorld;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.game.KnownGame;
import marlab.sim.game.PayoffMatrix;
import marlab.sim.game.Solutions;
import marlab.sim.game.Solutions.Joint;
import marlab.sim.policy.Policy;
import marlab.sim.reward.RewardTerm;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import marlab.sim.snapshot.StateCursor;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// Matrix Game: two players, one table of payoffs, once or round after round. Payoffs as in the
/// sources that {@link KnownGame} names; what a player sees is the state of LOLA (Foerster et al.
/// 2018): one-hot, "start" or the last pair of actions, its own first.
public final class MatrixGame implements PayoffWorld {

    /// Rounds that the picture shows.
    private static final int SHOWN = 24;

    private static final int PAYOFF = 0;
    private static final int OTHERS = 1;
    private static final int GAP = 2;
    private static final int TERM_COUNT = 3;

    private static final List<RewardTerm> TERMS =
            List.of(
                    new RewardTerm(
                            "payoff",
                            "Own payoff",
                            "payoff",
                            false,
                            1,
                            -2,
                            2,
                            "What the player gets."),
                    new RewardTerm(
                            "others",
                            "The other's payoff",
                            "payoff",
                            false,
                            0,
                            -2,
                            2,
                            "What the other player gets: above 0 is kindness, below 0 is spite."),
                    new RewardTerm(
                            "gap",
                            "Be alike",
                            "payoff",
                            false,
                            0,
                            -2,
                            2,
                            "Minus the difference between the two payoffs."));

    private static final List<OptionSpec> OPTIONS =
            List.of(
                    new OptionSpec.Choice(
                            "game",
                            "Game",
                            "ipd",
                            Stream.concat(
                                            KnownGame.all().stream().map(KnownGame::name),
                                            Stream.of("penalty", "custom"))
                                    .toList(),
                            "Whose payoffs: ipd is LOLA's dilemma; custom takes your own."),
                    new OptionSpec.Text(
                            "payoffs",
                            "Own payoffs",
                            "3 0 ; 5 1",
                            Editor.PAYOFFS,
                            text -> PayoffMatrix.parse(text).toString(),
                            "For game custom: own payoffs such as 3 0 ; 5 1, or pairs such as 3,2 0,0 ;"
                                    + " 0,0 2,3."),
                    new OptionSpec.Real(
                            "k", "Penalty", -100, -1000, 0, "payoff", "For game penalty: its k."),
                    new OptionSpec.Whole(
                            "rounds",
                            "Rounds",
                            150,
                            1,
                            10_000,
                            "Rounds per episode; 1 plays once."),
                    OptionSpec.onOff(
                            "memory",
                            "Memory of one round",
                            true,
                            "off: players see nothing, as in the stateless games of EPyMARL."),
                    new OptionSpec.Real(
                            "noise",
                            "Slips",
                            0,
                            0,
                            1,
                            "of actions",
                            "How often a hand slips and another action is played than was chosen."),
                    new OptionSpec.Real(
                            "gamma",
                            "Discount of the figures",
                            0.96,
                            0,
                            1,
                            "",
                            "Discount in the figure \"discounted\"; learners have their own."));

    @Override
    public String name() {
        return "matrix_game";
    }

    @Override
    public String title() {
        return "Matrix Game";
    }

    @Override
    public String summary() {
        return "Two players choose at the same time, a table says what each gets, and they meet again."
                + " What is best depends on what the other remembers.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "In the dilemma, defecting pays in every single round and costs both in the long run.",
                "Tall bars that face each other are rounds in which both cooperated.",
                "After a slip, two tit-for-tat players pay each other back again and again.",
                "In the climbing game, learners settle for 5 to 7 where 11 lies beside −30.");
    }

    @Override
    public Family family() {
        return Family.MATRIX_GAMES;
    }

    @Override
    public String source() {
        return "Foerster et al. 2018 (LOLA); OpenSpiel @ 112b777; Melting Pot @ 81ee2e7; Claus and"
                + " Boutilier 1998";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> examples = new LinkedHashMap<>();
        examples.put("shaky hands", Map.of("noise", "0.05"));
        examples.put("stag hunt", Map.of("game", "stag_hunt", "rounds", "50"));
        examples.put("climbing", Map.of("game", "climbing", "rounds", "25", "memory", "off"));
        examples.put(
                "rock paper scissors", Map.of("game", "custom", "payoffs", ROCK_PAPER_SCISSORS));
        return examples;
    }

    private static final String ROCK_PAPER_SCISSORS =
            "0,0 -1,1 1,-1 ; 1,-1 0,0 -1,1 ; -1,1 1,-1 0,0";

    @Override
    public ParallelEnv create(EnvOptions options) {
        return new Env(options);
    }

    @Override
    public Portrayal portrayal(EnvOptions options) {
        return new Picture(game(options));
    }

    @Override
    public Map<String, Policy> scriptedPolicies(EnvOptions options) {
        return GameScripts.of(game(options));
    }

    /// The game that the options name.
    @Override
    public PayoffMatrix payoffs(EnvOptions options) {
        return game(options).payoffs();
    }

    @Override
    public Map<String, String> settings(PayoffMatrix payoffs) {
        return Map.of("game", "custom", "payoffs", payoffs.toString());
    }

    static KnownGame game(EnvOptions options) {
        String name = options.word("game");
        return switch (name) {
            case "penalty" -> KnownGame.penalty(options.number("k"));
            case "custom" -> KnownGame.custom(PayoffMatrix.parse(options.text("payoffs")));
            default ->
                    KnownGame.all().stream()
                            .filter(g -> g.name().equals(name))
                            .findFirst()
                            .orElseThrow();
        };
    }

    private static EnvSpec spec(EnvOptions options, KnownGame game, int stateSize) {
        ObservationSpace state = observation(game, true);
        List<Push> pushes =
                IntStream.range(0, game.actions().size())
                        .mapToObj(a -> Push.act(game.actions().get(a), (char) ('1' + a)))
                        .toList();
        AgentGroup players =
                new AgentGroup(
                        "players",
                        List.of(new AgentId(0, "row"), new AgentId(1, "column")),
                        observation(game, options.on("memory")),
                        state,
                        new ActionSpace.Discrete(pushes));
        double gamma = options.number("gamma");
        return new EnvSpec(
                "matrix_game",
                List.of(players),
                TERMS,
                metrics(game),
                dialects(gamma),
                options.whole("rounds"),
                stateSize);
    }

    private static ObservationSpace observation(KnownGame game, boolean memory) {
        List<Field> fields = new ArrayList<>();
        for (String name : memory ? states(game) : List.of("nothing")) {
            fields.add(Field.own(name, FieldKind.SYMBOL, "", 0, 1, 1, fields.size()));
        }
        return new ObservationSpace(fields, List.of(), fields.size());
    }

    /// "start" and every pair of actions, own first.
    private static List<String> states(KnownGame game) {
        List<String> states = new ArrayList<>(List.of("start"));
        for (String own : game.letters()) {
            for (String other : game.letters()) {
                states.add(own + other);
            }
        }
        return states;
    }

    private static List<Metric> metrics(KnownGame game) {
        List<Metric> all = new ArrayList<>();
        all.add(
                new Metric(
                        "R",
                        "Mean return",
                        "payoff",
                        Metric.Over.SUM,
                        "Σ over rounds of the mean of both payoffs."));
        all.add(
                new Metric(
                        "discounted",
                        "Discounted return",
                        "payoff",
                        Metric.Over.SUM,
                        "Σ over rounds of γᵗ times the mean of both payoffs, t from 0."));
        all.add(share("payoff_row", "Row player", "payoff a round", "The row player's payoff."));
        all.add(
                share(
                        "payoff_column",
                        "Column player",
                        "payoff a round",
                        "The column player's payoff."));
        all.add(
                share(
                        "best",
                        "Best for both",
                        "of rounds",
                        "Rounds with the largest sum of payoffs in the table."));
        if (game.cooperation() >= 0) {
            all.add(
                    share(
                            "cooperation",
                            "Cooperation",
                            "of choices",
                            "Choices of \"" + game.actions().get(game.cooperation()) + "\"."));
        }
        if (game.actions().size() <= 3) {
            for (String pair : states(game).subList(1, states(game).size())) {
                all.add(
                        share(
                                "played_" + pair,
                                pair,
                                "of rounds",
                                "Rounds in which it was " + pair));
            }
        }
        return all;
    }

    private static Metric share(String name, String label, String unit, String what) {
        return new Metric(name, label, unit, Metric.Over.MEAN, what);
    }

    private static List<ReturnDialect> dialects(double gamma) {
        return List.of(
                new ReturnDialect("mean", "Mean per player", "Σ (r₁ + r₂)/2", e -> e.metrics()[0]),
                new ReturnDialect(
                        "per_round",
                        "Mean per player and round",
                        "Σ (r₁ + r₂)/2T",
                        e -> e.metrics()[0] / e.steps()),
                new ReturnDialect("sum", "Both players", "Σ (r₁ + r₂)", e -> 2 * e.metrics()[0]),
                new ReturnDialect(
                        "discounted", "Discounted", "Σ γᵗ (r₁ + r₂)/2", e -> e.metrics()[1]),
                new ReturnDialect(
                        "lola",
                        "LOLA: discounted, per round",
                        "Σ γᵗ (r₁ + r₂)/2 / Σ γᵗ",
                        e -> e.metrics()[1] / weights(gamma, e.steps())));
    }

    private static double weights(double gamma, int steps) {
        return gamma == 1 ? steps : (1 - Math.pow(gamma, steps)) / (1 - gamma);
    }

    /// One copy of the world.
    static final class Env implements ParallelEnv {

        private final KnownGame game;
        private final EnvSpec spec;
        private final StepResult result;
        private final int n;
        private final int cooperation;
        private final boolean memory;
        private final double noise;
        private final double gamma;
        private final double[] row; // [joint]
        private final double[] column;
        private final boolean[] best;
        private final int firstPlayed; // metric of the first joint action, −1 without
        private int booked; // the joint action that the metrics say was played
        private final RandomStream random = new RandomStream(0);
        private final StateCursor save = StateCursor.saving();
        private final StateCursor load = StateCursor.loading();

        private int last;
        private final double[] scores = new double[2];
        private double weight;
        private final int[] history = new int[SHOWN];
        private final int[] counts;
        private int step;

        Env(EnvOptions options) {
            game = MatrixGame.game(options);
            n = game.actions().size();
            counts = new int[n * n];
            StateCursor measure = StateCursor.measuring();
            exchange(measure);
            spec = MatrixGame.spec(options, game, measure.position());
            result = new StepResult(spec);
            cooperation = game.cooperation();
            memory = options.on("memory");
            noise = options.number("noise");
            gamma = options.number("gamma");
            row = new double[n * n];
            column = new double[n * n];
            best = new boolean[n * n];
            for (int joint = 0; joint < n * n; joint++) {
                row[joint] = game.payoffs().row(joint / n, joint % n);
                column[joint] = game.payoffs().column(joint / n, joint % n);
            }
            for (Joint joint : Solutions.best(game.payoffs())) {
                best[joint.row() * n + joint.column()] = true;
            }
            firstPlayed = n > 3 ? -1 : spec.metrics().size() - n * n;
        }

        /// Last pair of actions, row · n + column; −1 before the first round.
        int last() {
            return last;
        }

        /// How often a pair of actions was played in this episode.
        int count(int joint) {
            return counts[joint];
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            last = -1;
            Arrays.fill(scores, 0);
            weight = 1;
            Arrays.fill(history, -1);
            Arrays.fill(counts, 0);
            step = 0;
        }

        @Override
        public StepResult step(Actions actions) {
            int a = played(actions.choice(0));
            int b = played(actions.choice(1));
            int joint = a * n + b;
            double first = row[joint];
            double second = column[joint];
            scores[0] += first;
            scores[1] += second;
            counts[joint]++;
            history[step % SHOWN] = joint;
            book(first, second);
            double[] metrics = result.metrics;
            metrics[4] = best[joint] ? 1 : 0;
            if (cooperation >= 0) {
                metrics[5] = ((a == cooperation ? 1 : 0) + (b == cooperation ? 1 : 0)) / 2.0;
            }
            if (firstPlayed >= 0) {
                metrics[firstPlayed + booked] = 0;
                metrics[firstPlayed + joint] = 1;
                booked = joint;
            }
            last = joint;
            step++;
            result.truncated = step >= spec.horizon();
            return result;
        }

        private int played(int choice) {
            if (noise > 0 && random.nextDouble() < noise) {
                return (choice + 1 + random.nextInt(n - 1)) % n;
            }
            return choice;
        }

        private void book(double first, double second) {
            double[] terms = result.terms;
            double gap = -Math.abs(first - second);
            terms[PAYOFF] = first;
            terms[OTHERS] = second;
            terms[GAP] = gap;
            terms[TERM_COUNT + PAYOFF] = second;
            terms[TERM_COUNT + OTHERS] = first;
            terms[TERM_COUNT + GAP] = gap;
            double mean = (first + second) / 2;
            result.metrics[0] = mean;
            result.metrics[1] = weight * mean;
            result.metrics[2] = first;
            result.metrics[3] = second;
            weight *= gamma;
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            if (memory) {
                observeCentral(agent, into, at);
            } else {
                into[at] = 1;
            }
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            for (int k = 0; k <= n * n; k++) {
                into[at + k] = 0;
            }
            int seen = last < 0 || agent == 0 ? last : last % n * n + last / n;
            into[at + 1 + seen] = 1;
        }

        private void exchange(StateCursor state) {
            last = state.whole(last);
            state.numbers(scores);
            weight = state.number(weight);
            state.wholes(history);
            state.wholes(counts);
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

    /// The table of payoffs with the last pair lit, both scores, and the last rounds as bars: the
    /// row player's upwards, the column player's downwards.
    private static final class Picture implements Portrayal {

        private static final Bounds VIEW = new Bounds(0, 0, 15, 10);
        private static final double LEFT = 1.7;
        private static final double RIGHT = 9.5;
        private static final double BOTTOM = 2.5;
        private static final double TOP = 8.8;
        private static final double RIBBON = 1.1;
        private static final double[] PLACE_X = {10.9, 10.9};
        private static final double[] PLACE_Y = {7.5, 4.3};
        private static final double RADIUS = 0.7;

        // where in the state
        private static final int SCORES = 1;
        private static final int HISTORY = 4;
        private static final int COUNTS = HISTORY + SHOWN;

        private final KnownGame game;
        private final int n;
        private final List<Joint> equilibria;
        private final Ink[] inks;
        private final double[] heights;
        private final double width;
        private final double height;
        private final double type;
        private final double[] xs = new double[4];
        private final double[] ys = new double[4];

        Picture(KnownGame game) {
            this.game = game;
            n = game.actions().size();
            equilibria = Solutions.pureNash(game.payoffs());
            inks = new Ink[n];
            heights = new double[n];
            for (int a = 0; a < n; a++) {
                double rank = (double) (game.cooperation() == 1 ? n - 1 - a : a) / (n - 1);
                inks[a] = new Ink.Level(0.95 - 0.75 * rank);
                heights[a] = 0.9 - 0.6 * rank;
            }
            width = (RIGHT - LEFT) / n;
            height = (TOP - BOTTOM) / n;
            int longest = 1;
            for (int k = 0; k < n * n; k++) {
                longest = Math.max(longest, payoff(k, true).length());
                longest = Math.max(longest, payoff(k, false).length());
            }
            type = Math.min(0.34 * height, 0.5 * width / (0.68 * longest));
        }

        private String payoff(int joint, boolean row) {
            int a = joint / n;
            int b = joint % n;
            double x = row ? game.payoffs().row(a, b) : game.payoffs().column(a, b);
            return PayoffMatrix.number(x).replace('-', '−');
        }

        @Override
        public Bounds bounds(Frame frame) {
            return VIEW;
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            for (int joint = 0; joint < n * n; joint++) {
                cell(frame, joint, brush);
            }
            if (frame.state[0] >= 0) {
                int joint = (int) frame.state[0];
                corners(left(joint), bottom(joint), width, height);
                for (int k = 0; k < 4; k++) {
                    int next = (k + 1) % 4;
                    brush.line(xs[k], ys[k], xs[next], ys[next], Ink.Role.ACCENT, 5);
                }
            }
            headings(on, brush);
            for (int i = 0; i < 2; i++) {
                score(frame, i, on, brush);
            }
            ribbon(frame, brush);
        }

        private double left(int joint) {
            return LEFT + joint % n * width;
        }

        private double bottom(int joint) {
            return TOP - (joint / n + 1) * height;
        }

        private void corners(double x, double y, double w, double h) {
            xs[0] = x;
            xs[1] = x + w;
            xs[2] = x + w;
            xs[3] = x;
            ys[0] = y;
            ys[1] = y;
            ys[2] = y + h;
            ys[3] = y + h;
        }

        private void cell(Frame frame, int joint, Brush brush) {
            double x = left(joint);
            double y = bottom(joint);
            boolean lit = frame.state[0] == joint;
            corners(x, y, width, height);
            Ink ground = lit ? Ink.Role.WATER : Ink.Role.FLOOR;
            brush.polygon(xs, ys, 4, ground, Ink.Role.MUTED, 1);
            brush.line(x, y + height, x + width, y, Ink.Role.GRID, 1.5);
            brush.text(
                    payoff(joint, true),
                    x + 0.29 * width,
                    y + 0.32 * height,
                    type,
                    true,
                    Ink.Role.FOREGROUND);
            brush.text(
                    payoff(joint, false),
                    x + 0.71 * width,
                    y + 0.7 * height,
                    type,
                    true,
                    Ink.Role.FOREGROUND);
            if (equilibria.contains(new Joint(joint / n, joint % n))) {
                brush.text(
                        "Nash",
                        x + 0.84 * width,
                        y + 0.22 * height,
                        0.09 * height,
                        false,
                        Ink.Role.MUTED);
            }
            double share = frame.step == 0 ? 0 : frame.state[COUNTS + joint] / frame.step;
            if (share > 0) {
                double from = x + 0.06 * width;
                double to = from + 0.88 * width * Math.min(1, share);
                brush.line(from, y + 0.07 * height, to, y + 0.07 * height, Ink.Role.ACCENT, 4);
            }
        }

        private void headings(Overlays on, Brush brush) {
            for (int a = 0; a < n; a++) {
                double size = Math.min(0.9, 0.6 * height);
                double rowY = TOP - (a + 0.5) * height;
                double columnX = LEFT + (a + 0.5) * width;
                String letter = game.letters().get(a);
                brush.text(letter, 0.85, rowY, size, true, Ink.Role.FOREGROUND);
                brush.text(letter, columnX, 9.4, size, true, Ink.Role.FOREGROUND);
            }
            brush.line(0.35, 9.75, 1.5, 8.95, Ink.Role.GRID, 1.5);
            AgentGlyph.draw(brush, 0, 0.5, 9.1, 0.3, small(on));
            AgentGlyph.draw(brush, 1, 1.3, 9.6, 0.3, small(on));
        }

        /// The small glyphs are no agents that one could select.
        private static Overlays small(Overlays on) {
            Overlays plain = new Overlays();
            plain.letters = on.letters;
            return plain;
        }

        private void score(Frame frame, int i, Overlays on, Brush brush) {
            double y = PLACE_Y[i];
            AgentGlyph.draw(brush, i, PLACE_X[i], y, RADIUS, on);
            double score = frame.state[SCORES + i];
            double x = 13.3;
            String text = figure(score, 1);
            double size = Math.min(1.1, 3 / (0.68 * text.length()));
            brush.text(text, x, y, size, true, Ink.Role.FOREGROUND);
            if (frame.step > 0) {
                String mean = figure(score / frame.step, 2) + " a round";
                brush.text(mean, x, y - 1, 0.42, false, Ink.Role.MUTED);
                int joint = (int) frame.state[0];
                String action = game.actions().get(i == 0 ? joint / n : joint % n);
                brush.text(action, x, y + 1, 0.55, false, Ink.Role.MUTED);
            }
            if (i == 0) {
                double title = Math.min(0.6, 5.2 / (0.68 * game.title().length()));
                brush.text(game.title(), 12.25, 9.45, title, true, Ink.Role.FOREGROUND);
            }
        }

        private static String figure(double x, int digits) {
            double scale = Math.pow(10, digits);
            return PayoffMatrix.number(Math.rint(x * scale) / scale).replace('-', '−');
        }

        private void ribbon(Frame frame, Brush brush) {
            double from = 1.3;
            double size = (VIEW.maxX() - 0.2 - from) / SHOWN;
            int shown = Math.min(frame.step, SHOWN);
            for (int k = 0; k < shown; k++) {
                int joint = (int) frame.state[HISTORY + (frame.step - shown + k) % SHOWN];
                double x = from + k * size;
                bar(x, size, heights[joint / n], inks[joint / n], brush);
                bar(x, size, -heights[joint % n], inks[joint % n], brush);
            }
            brush.line(from, RIBBON, VIEW.maxX() - 0.2, RIBBON, Ink.Role.MUTED, 1.5);
            AgentGlyph.draw(brush, 0, 0.65, RIBBON + 0.5, 0.34, small(new Overlays()));
            AgentGlyph.draw(brush, 1, 0.65, RIBBON - 0.5, 0.34, small(new Overlays()));
        }

        private void bar(double x, double size, double height, Ink ink, Brush brush) {
            corners(x + 0.05 * size, RIBBON, 0.9 * size, height);
            brush.polygon(xs, ys, 4, ink, Ink.Role.GRID, 0.5);
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            into[0] = PLACE_X[agent];
            into[1] = PLACE_Y[agent];
            into[2] = RADIUS;
        }

        @Override
        public String describe(Frame frame) {
            String scores =
                    " The scores are "
                            + figure(frame.state[SCORES], 2)
                            + " and "
                            + figure(frame.state[SCORES + 1], 2)
                            + ".";
            if (frame.state[0] < 0) {
                return game.title() + ", before the first round." + scores;
            }
            int joint = (int) frame.state[0];
            return game.title()
                    + ", round "
                    + frame.step
                    + ": A played "
                    + game.actions().get(joint / n)
                    + ", B played "
                    + game.actions().get(joint % n)
                    + "."
                    + scores;
        }
    }
}
