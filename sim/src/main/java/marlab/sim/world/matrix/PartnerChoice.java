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

/// Partner Choice: choose a partner by reputation, play a dilemma, punish (after Dasgupta and
/// Musolesi 2025, "Investigating the Impact of Direct Punishment on the Emergence of Cooperation";
/// the details below are ours).
///
/// A round has up to three steps. Select: each chooses a partner; without selection chance does.
/// Play: each cooperates or defects, with the same action in the game with its partner and in those
/// with all who chose it; who is chosen often plays often. Punish: each may fine its partner
/// (direct) or another player, drawn by chance, whose action it is shown (third party); a fine
/// costs the one and takes from the other.
///
/// Each action is for one of the steps. In another step it means: chance selects, defect, fine
/// nobody. "choose +k" means the player k places further in the order A, B, C …, after the last
/// comes the first. A reputation is 0.5 before the first game.
public final class PartnerChoice implements WorldProvider {

    private static final int SELECT = 0;
    private static final int PLAY = 1;
    private static final int PUNISH = 2;

    private static final int PAYOFF = 0;
    private static final int COST = 1;
    private static final int FINED = 2;
    private static final int KIND = 3;
    private static final int TERM_COUNT = 4;

    private static final int OWN = 10; // numbers about the observer itself

    private static final List<RewardTerm> TERMS =
            List.of(
                    term("payoff", "Payoffs", "payoff", 1, "Sum over the games the player is in."),
                    term("cost", "Cost of fining", "payoff", 1, "Minus what fining others cost."),
                    term("fined", "Fines", "payoff", 1, "Minus what the others' fines took."),
                    term("kind", "Cooperate", "acts", 0, "1 for cooperating."));

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
                    new OptionSpec.Whole("players", "Players", 6, 3, 20, "Number of players."),
                    OptionSpec.onOff(
                            "selection",
                            "Partner selection",
                            true,
                            "off: chance gives everybody a partner."),
                    new OptionSpec.Choice(
                            "reputation",
                            "Reputation",
                            "mean",
                            List.of("none", "last", "mean"),
                            "What is known of a player: nothing, its last action, or the share of"
                                    + " rounds in which it cooperated."),
                    new OptionSpec.Choice(
                            "punishment",
                            "Punishment",
                            "both",
                            List.of("none", "direct", "third_party", "both"),
                            "Who may be fined: the partner, a player one happens to see, or both."),
                    number("R", "Payoff R", 3, -10, "A player's payoff when both cooperate."),
                    number("S", "Payoff S", 0, -10, "A player's payoff for cooperating alone."),
                    number("T", "Payoff T", 4, -10, "A player's payoff for defecting alone."),
                    number("P", "Payoff P", 1, -10, "A player's payoff when both defect."),
                    number("cost", "Cost of a fine", 1, 0, "What fining costs."),
                    number("fine", "Fine", 3, 0, "What a fined player loses."),
                    new OptionSpec.Whole("rounds", "Rounds", 50, 1, 3000, "Rounds per episode."));

    private static OptionSpec number(
            String name, String label, double value, double low, String what) {
        return new OptionSpec.Real(name, label, value, low, 10, "payoff", what);
    }

    @Override
    public String name() {
        return "partner_choice";
    }

    @Override
    public String title() {
        return "Partner Choice";
    }

    @Override
    public String summary() {
        return "Choose whom to play the prisoner's dilemma with, play, and fine those who cheat."
                + " Reputation makes cooperating worth while.";
    }

    @Override
    public List<String> notice() {
        return List.of(
                "Arrows lead from each player to its partner: green cooperates, red defects.",
                "Rings show reputations: bright ones are chosen often and play many games.",
                "Fining costs the one who fines; see whether it teaches anything.",
                "Switch selection, reputation and punishment off one by one.");
    }

    @Override
    public Family family() {
        return Family.MATRIX_GAMES;
    }

    @Override
    public String source() {
        return "After Dasgupta and Musolesi 2025, arXiv 2301.08278";
    }

    @Override
    public List<OptionSpec> options() {
        return OPTIONS;
    }

    @Override
    public Map<String, Map<String, String>> examples() {
        Map<String, Map<String, String>> examples = new LinkedHashMap<>();
        examples.put("neither choice nor fines", Map.of("selection", "off", "punishment", "none"));
        examples.put("direct punishment", Map.of("selection", "off", "punishment", "direct"));
        examples.put("ten players", Map.of("players", "10", "reputation", "last"));
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
                "discriminators", (env, into, random) -> people((Env) env, into, random, false));
        policies.put("random", new RandomPolicy());
        return policies;
    }

    /// Discriminators choose who has the best reputation, cooperate unless the partner's is below
    /// 1/2, and fine whom they see defect. Among mixed people every third chooses at random and
    /// defects, but for the round after it was fined. Reads the world's state.
    private static void people(Env env, Decision into, RandomGenerator random, boolean mixed) {
        for (int i = 0; i < env.n; i++) {
            boolean cheat = mixed && i % 3 == 2;
            int choice =
                    switch (env.stage()) {
                        case SELECT -> cheat ? random.nextInt(env.n - 1) : env.best(i, random) - 1;
                        case PLAY -> {
                            boolean trusts = env.reputation(env.partner[i]) >= 0.5;
                            boolean kind = cheat ? env.finesOn[i] > 0 : trusts;
                            yield env.playBase + (kind ? 0 : 1);
                        }
                        default -> env.fineBase + (cheat ? 0 : env.deserved(i));
                    };
            into.actions.choose(i, choice);
            for (int k = 0; k < into.choicesPerAgent; k++) {
                into.probabilities[i * into.choicesPerAgent + k] = k == choice ? 1 : 0;
            }
        }
    }

    private static int[] stages(EnvOptions options) {
        boolean selects = options.on("selection");
        boolean punishes = !options.word("punishment").equals("none");
        if (selects) {
            return punishes ? new int[] {SELECT, PLAY, PUNISH} : new int[] {SELECT, PLAY};
        }
        return punishes ? new int[] {PLAY, PUNISH} : new int[] {PLAY};
    }

    private static EnvSpec spec(EnvOptions options, int stateSize) {
        int n = options.whole("players");
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            agents.add(new AgentId(i, "player_" + i));
        }
        AgentGroup players =
                new AgentGroup(
                        "players",
                        agents,
                        observation(options, false),
                        observation(options, true),
                        new ActionSpace.Discrete(actions(options)));
        return new EnvSpec(
                "partner_choice",
                List.of(players),
                TERMS,
                metrics(!options.word("punishment").equals("none")),
                DIALECTS,
                options.whole("rounds") * stages(options).length,
                stateSize);
    }

    private static List<Push> actions(EnvOptions options) {
        List<Push> actions = new ArrayList<>();
        for (int k = 1; options.on("selection") && k < options.whole("players"); k++) {
            actions.add(Push.act("choose +" + k, (char) ('A' + k)));
        }
        actions.add(Push.act("cooperate", '1'));
        actions.add(Push.act("defect", '2'));
        String punishment = options.word("punishment");
        if (!punishment.equals("none")) {
            actions.add(Push.act("fine nobody", ' '));
        }
        if (!punishment.equals("none") && !punishment.equals("third_party")) {
            actions.add(Push.act("fine partner", '3'));
        }
        if (punishment.equals("third_party") || punishment.equals("both")) {
            actions.add(Push.act("fine seen", '4'));
        }
        if (punishment.equals("both")) {
            actions.add(Push.act("fine both", '5'));
        }
        return actions;
    }

    private static ObservationSpace observation(EnvOptions options, boolean central) {
        int n = options.whole("players");
        FieldKind known =
                options.word("reputation").equals("none")
                        ? FieldKind.ALWAYS_ZERO
                        : FieldKind.SCALAR;
        int width = central ? 4 : 2;
        List<Field> other = new ArrayList<>();
        other.add(new Field("reputation", known, "", 0, 1, 1, OWN, width));
        other.add(new Field("is_partner", FieldKind.SYMBOL, "", 0, 1, 1, OWN + 1, width));
        if (central) {
            other.add(new Field("cooperated", FieldKind.SYMBOL, "", 0, 1, 1, OWN + 2, width));
            other.add(new Field("chose_me", FieldKind.SYMBOL, "", 0, 1, 1, OWN + 3, width));
        }
        return new ObservationSpace(
                List.of(
                        own("select", FieldKind.SYMBOL, 0),
                        own("play", FieldKind.SYMBOL, 1),
                        own("punish", FieldKind.SYMBOL, 2),
                        own("reputation", known, 3),
                        own("cooperated", FieldKind.SCALAR, 4),
                        own("chosen_by", FieldKind.SCALAR, 5),
                        own("fined_by", FieldKind.SCALAR, 6),
                        own("partner_reputation", known, 7),
                        own("partner_cooperated", FieldKind.SCALAR, 8),
                        own("seen_cooperated", FieldKind.SCALAR, 9)),
                List.of(new EntitySet("others", n - 1, other)),
                OWN + width * (n - 1));
    }

    private static Field own(String name, FieldKind kind, int at) {
        return Field.own(name, kind, "", 0, 1, 1, at);
    }

    private static List<Metric> metrics(boolean punishment) {
        List<Metric> all = new ArrayList<>();
        all.add(
                new Metric(
                        "R",
                        "Mean return",
                        "payoff",
                        Metric.Over.SUM,
                        "Σ over steps of the players' mean payoff, costs and fines taken off."));
        all.add(last("cooperation", "Cooperation", "of acts", "Share of cooperation, all rounds."));
        all.add(
                last(
                        "cooperation_end",
                        "Cooperation at the end",
                        "of acts",
                        "Share of cooperation in the last round."));
        all.add(
                last(
                        "kind_partners",
                        "Kind partners",
                        "of partners",
                        "Share of partners that cooperated, all rounds: above cooperation when the"
                                + " kind are chosen more."));
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
                            "Fines on defectors",
                            "of fines",
                            "Share of all fines that hit who had defected; 0 without fines."));
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
        private final int[] stages;
        private final int playBase; // first action of the step
        private final int fineBase;
        private final boolean direct;
        private final boolean thirdParty;
        private final String known;
        private final double[] payoffs; // [own kind · 2 + other's kind]
        private final double cost;
        private final double fine;
        private final RandomStream random = new RandomStream(0);
        private final StateCursor save = StateCursor.saving();
        private final StateCursor load = StateCursor.loading();

        private final int[] partner; // −1 before the first
        private final int[] met; // partner in the newest game, −1 before the first
        private final int[] kind; // 1 where the newest act was cooperation
        private final int[] fined; // newest fines: 1 the partner, 2 the seen one
        private final int[] seen; // whom a player sees as a third party
        private final int[] finesOn; // in the newest step of punishing
        private final int[] kindActs;
        private final double[] earned;
        private int rounds;
        private int kindPartners;
        private int fines;
        private int hits;
        private int step;

        Env(EnvOptions options) {
            n = options.whole("players");
            stages = stages(options);
            playBase = options.on("selection") ? n - 1 : 0;
            fineBase = playBase + 2;
            String punishment = options.word("punishment");
            direct = punishment.equals("direct") || punishment.equals("both");
            thirdParty = punishment.equals("third_party") || punishment.equals("both");
            known = options.word("reputation");
            payoffs =
                    new double[] {
                        options.number("P"),
                        options.number("T"),
                        options.number("S"),
                        options.number("R")
                    };
            cost = options.number("cost");
            fine = options.number("fine");
            partner = new int[n];
            met = new int[n];
            kind = new int[n];
            fined = new int[n];
            seen = new int[n];
            finesOn = new int[n];
            kindActs = new int[n];
            earned = new double[n];
            StateCursor measure = StateCursor.measuring();
            exchange(measure);
            spec = PartnerChoice.spec(options, measure.position());
            result = new StepResult(spec);
        }

        int stage() {
            return stages[step % stages.length];
        }

        double reputation(int player) {
            if (known.equals("none")) {
                return 0.5;
            }
            if (rounds == 0) {
                return 0.5;
            }
            return known.equals("last") ? kind[player] : (double) kindActs[player] / rounds;
        }

        /// Places from a player to the one of best reputation, drawn among equals.
        int best(int player, RandomGenerator chance) {
            int best = 1 + chance.nextInt(n - 1);
            for (int places = 1; places < n; places++) {
                boolean better =
                        reputation((player + places) % n) > reputation((player + best) % n);
                best = better ? places : best;
            }
            return best;
        }

        /// The fines, as an action, for those whom a player sees defect.
        int deserved(int player) {
            int partnerToo = direct && kind[partner[player]] == 0 ? 1 : 0;
            int seenToo = thirdParty && kind[seen[player]] == 0 ? (direct ? 2 : 1) : 0;
            return partnerToo + seenToo;
        }

        @Override
        public EnvSpec spec() {
            return spec;
        }

        @Override
        public void reset(long seed) {
            random.reseed(seed);
            Arrays.fill(partner, -1);
            Arrays.fill(met, -1);
            Arrays.fill(kind, 0);
            Arrays.fill(fined, 0);
            Arrays.fill(seen, 0);
            Arrays.fill(finesOn, 0);
            Arrays.fill(kindActs, 0);
            Arrays.fill(earned, 0);
            rounds = 0;
            kindPartners = 0;
            fines = 0;
            hits = 0;
            step = 0;
            beginRound();
        }

        private void beginRound() {
            for (int i = 0; i < n && stages[0] != SELECT; i++) {
                partner[i] = (i + 1 + random.nextInt(n - 1)) % n;
            }
        }

        @Override
        public StepResult step(Actions actions) {
            Arrays.fill(result.terms, 0);
            int before = fines;
            switch (stage()) {
                case SELECT -> select(actions);
                case PLAY -> play(actions);
                default -> punish(actions);
            }
            step++;
            book(fines - before);
            if (step % stages.length == 0) {
                beginRound();
            }
            return result;
        }

        private void select(Actions actions) {
            for (int i = 0; i < n; i++) {
                int choice = actions.choice(i);
                int places = choice < n - 1 ? 1 + choice : 1 + random.nextInt(n - 1);
                partner[i] = (i + places) % n;
                fined[i] = 0;
            }
        }

        private void play(Actions actions) {
            for (int i = 0; i < n; i++) {
                kind[i] = actions.choice(i) == playBase ? 1 : 0;
                kindActs[i] += kind[i];
                result.terms[i * TERM_COUNT + KIND] = kind[i];
                fined[i] = 0;
            }
            rounds++;
            for (int i = 0; i < n; i++) {
                int other = partner[i];
                met[i] = other;
                kindPartners += kind[other];
                result.terms[i * TERM_COUNT + PAYOFF] += payoffs[2 * kind[i] + kind[other]];
                result.terms[other * TERM_COUNT + PAYOFF] += payoffs[2 * kind[other] + kind[i]];
            }
            for (int i = 0; i < n && thirdParty; i++) {
                seen[i] = someoneElse(i, partner[i]);
            }
        }

        /// A player drawn evenly from all but these two.
        private int someoneElse(int one, int two) {
            int low = Math.min(one, two);
            int high = Math.max(one, two);
            int drawn = random.nextInt(n - 2);
            drawn += drawn >= low ? 1 : 0;
            return drawn + (drawn >= high ? 1 : 0);
        }

        private void punish(Actions actions) {
            Arrays.fill(finesOn, 0);
            for (int i = 0; i < n; i++) {
                int choice = Math.max(0, actions.choice(i) - fineBase);
                fined[i] = direct ? choice : 2 * choice;
                if ((fined[i] & 1) != 0) {
                    fine(i, partner[i]);
                }
                if ((fined[i] & 2) != 0) {
                    fine(i, seen[i]);
                }
            }
        }

        private void fine(int by, int target) {
            fines++;
            hits += 1 - kind[target];
            finesOn[target]++;
            result.terms[by * TERM_COUNT + COST] -= cost;
            result.terms[target * TERM_COUNT + FINED] -= fine;
        }

        private void book(int newFines) {
            double sum = 0;
            int acts = 0;
            int newest = 0;
            for (int i = 0; i < n; i++) {
                int at = i * TERM_COUNT;
                double reward =
                        result.terms[at + PAYOFF]
                                + result.terms[at + COST]
                                + result.terms[at + FINED];
                earned[i] += reward;
                sum += reward;
                acts += kindActs[i];
                newest += kind[i];
            }
            double played = Math.max(1, rounds) * (double) n;
            result.metrics[0] = sum / n;
            result.metrics[1] = acts / played;
            result.metrics[2] = (double) newest / n;
            result.metrics[3] = kindPartners / played;
            if (direct || thirdParty) {
                result.metrics[4] = newFines;
                result.metrics[5] = fines == 0 ? 0 : (double) hits / fines;
            }
            result.truncated = step >= spec.horizon();
        }

        @Override
        public void observe(int agent, double[] into, int at) {
            see(agent, into, at, false);
        }

        @Override
        public void observeCentral(int agent, double[] into, int at) {
            see(agent, into, at, true);
        }

        private void see(int agent, double[] into, int at, boolean central) {
            int stage = stage();
            boolean paired = stage != SELECT;
            boolean after = stage == PUNISH;
            int chosen = 0;
            for (int i = 0; i < n; i++) {
                chosen += partner[i] == agent ? 1 : 0;
            }
            into[at] = stage == SELECT ? 1 : 0;
            into[at + 1] = stage == PLAY ? 1 : 0;
            into[at + 2] = stage == PUNISH ? 1 : 0;
            into[at + 3] = shown(agent);
            into[at + 4] = kind[agent];
            into[at + 5] = paired ? (double) chosen / (n - 1) : 0;
            into[at + 6] = (double) finesOn[agent] / (n - 1);
            into[at + 7] = paired ? shown(partner[agent]) : 0;
            into[at + 8] = after ? kind[partner[agent]] : 0;
            into[at + 9] = after && thirdParty ? kind[seen[agent]] : 0;
            int k = at + OWN;
            for (int places = 1; places < n; places++) {
                int other = (agent + places) % n;
                into[k++] = shown(other);
                into[k++] = paired && partner[agent] == other ? 1 : 0;
                if (central) {
                    into[k++] = kind[other];
                    into[k++] = paired && partner[other] == agent ? 1 : 0;
                }
            }
        }

        private double shown(int player) {
            return known.equals("none") ? 0 : reputation(player);
        }

        private void exchange(StateCursor state) {
            state.wholes(partner);
            state.wholes(kind);
            state.wholes(fined);
            state.wholes(seen);
            state.numbers(earned);
            state.wholes(kindActs);
            state.wholes(finesOn);
            state.wholes(met);
            rounds = state.whole(rounds);
            kindPartners = state.whole(kindPartners);
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

    /// Players on a circle: arrows lead to partners, thick ones are fines, rings are reputations.
    private static final class Picture implements Portrayal {

        private static final Bounds VIEW = new Bounds(-1.5, -1.3, 1.5, 1.3);

        private final int n;
        private final int[] stages;
        private final Circle circle;

        Picture(EnvOptions options) {
            n = options.whole("players");
            stages = stages(options);
            circle = new Circle(n, 0.98);
        }

        @Override
        public Bounds bounds(Frame frame) {
            return VIEW;
        }

        /// The step that led to a frame; −1 at the start.
        private int stage(Frame frame) {
            return frame.step == 0 ? -1 : stages[(frame.step - 1) % stages.length];
        }

        @Override
        public void draw(Frame frame, Overlays on, Brush brush) {
            for (int i = 0; i < n; i++) {
                arrows(frame, i, stage(frame), brush);
            }
            for (int i = 0; i < n; i++) {
                player(frame, i, on, brush);
            }
            String[] words = {"next: choose", "next: play", "next: punish"};
            brush.text(
                    words[stages[frame.step % stages.length]],
                    -1.1,
                    1.18,
                    0.11,
                    false,
                    Ink.Role.MUTED);
        }

        private void arrows(Frame frame, int i, int stage, Brush brush) {
            int met = (int) frame.state[7 * n + i];
            if (stage == SELECT) {
                circle.arrow(i, (int) frame.state[i], Ink.Role.MUTED, 2, brush);
            } else if (stage >= 0) {
                boolean kind = frame.state[n + i] == 1;
                circle.arrow(i, met, kind ? Ink.Role.FOOD : Ink.Role.GOAL, 3, brush);
            }
            int fined = stage == PUNISH ? (int) frame.state[2 * n + i] : 0;
            if ((fined & 1) != 0) {
                circle.arrow(i, met, Ink.Role.BEAM, 6, brush);
            }
            if ((fined & 2) != 0) {
                circle.arrow(i, (int) frame.state[3 * n + i], Ink.Role.BEAM, 6, brush);
            }
        }

        private void player(Frame frame, int i, Overlays on, Brush brush) {
            double x = circle.x(i);
            double y = circle.y(i);
            double rounds = frame.state[8 * n];
            if (rounds > 0) {
                double share = frame.state[5 * n + i] / rounds;
                brush.ring(x, y, 1.3 * circle.radius(), new Ink.Level(share), 5, false);
            }
            AgentGlyph.draw(brush, i, x, y, 0.85 * circle.radius(), on);
            String act = rounds == 0 ? "" : frame.state[n + i] == 1 ? "C " : "D ";
            double earned = Math.rint(frame.state[4 * n + i]);
            brush.text(
                    act + PayoffMatrix.number(earned).replace('-', '−'),
                    1.38 * x,
                    1.24 * y,
                    Math.min(0.1, 0.9 * circle.radius()),
                    false,
                    Ink.Role.FOREGROUND);
        }

        @Override
        public void place(Frame frame, int agent, double[] into) {
            into[0] = circle.x(agent);
            into[1] = circle.y(agent);
            into[2] = circle.radius();
        }

        @Override
        public String describe(Frame frame) {
            int kind = 0;
            int fines = 0;
            for (int i = 0; i < n; i++) {
                kind += (int) frame.state[n + i];
                fines += Integer.bitCount((int) frame.state[2 * n + i]);
            }
            return "Partner Choice, step "
                    + frame.step
                    + ": "
                    + kind
                    + " of "
                    + n
                    + " players cooperated last, "
                    + fines
                    + " fines.";
        }
    }
}
