package marlab.learning.algo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import marlab.learning.net.InputView;
import marlab.learning.net.Table;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.game.Memory1;
import marlab.sim.game.PayoffMatrix;
import marlab.sim.reward.RewardWeights;

/// The matrix game as a formula: what strategies earn, and the slope of that, without playing.
///
/// A strategy is a list of logits z, one per situation and action; it plays action a in situation s
/// with the chance x(s, a) = softmax z(s, ·)ₐ. Players without memory have one situation; those who
/// remember one round have five: the start, then CC, CD, DC and DD with the own action first. A
/// slip of the hand (the world's `noise`) turns x into x + ε(1 − n·x)/(n − 1).
///
/// Earnings are averages per round: the expected payoff without memory, (1 − γ) Σ γᵗ rₜ of an
/// endless game with memory ({@link Memory1}).
///
/// One unit may play both parts: then it is one population whose members meet each other.
final class ExactGame {

    private static final String WORLD = "matrix_game";
    private static final int PLAYERS = 2;

    private final Setup setup;
    private final ParallelEnv env; // without slips
    private final double kept; // share of the slope that slips leave
    private final double slipped;
    private final double gamma;
    private final int situations;
    private final int n;
    private final int[] unitOf = new int[PLAYERS];
    private final int[] members = new int[PLAYERS];
    private final List<Table> tables = new ArrayList<>();
    private final double[][] earn = new double[PLAYERS][]; // [player][own · n + other]
    private Memory1 repeated;
    private RewardWeights weights;

    // scratch
    private final double[][] x = new double[PLAYERS][];
    private final double[] slope;

    /// @param gamma discount for players with memory
    ExactGame(Setup setup, double gamma) {
        this.setup = setup;
        this.gamma = gamma;
        WorldProvider world = Worlds.named(WORLD);
        EnvOptions options = setup.options();
        Map<String, String> steady = new HashMap<>(options.asText());
        steady.put("noise", "0");
        env = world.create(world.configure(steady));
        n = setup.spec().groups().getFirst().action().size();
        double slips = options.number("noise");
        slipped = slips / (n - 1);
        kept = 1 - slips - slipped;
        situations = options.on("memory") ? Memory1.POLICY : 1;
        Arrays.setAll(earn, p -> new double[n * n]);
        Arrays.setAll(x, p -> new double[situations * n]);
        slope = new double[situations * n];
        for (int u = 0; u < setup.units().size(); u++) {
            Unit unit = setup.units().get(u);
            tables.add((Table) setup.actor(unit, 1));
            for (int m = 0; m < unit.members().size(); m++) {
                unitOf[unit.agent(setup.spec(), m)] = u;
                members[unit.agent(setup.spec(), m)] = m;
            }
        }
    }

    /// Why the exact learners can't run on a world.
    static Optional<String> misfit(EnvSpec spec) {
        if (!spec.world().equals(WORLD)) {
            return Optional.of(
                    "exact learners need a game that is known as a table of payoffs; use world"
                            + " matrix_game, or another algorithm");
        }
        int actions = spec.groups().getFirst().action().size();
        boolean memory = spec.groups().getFirst().observation().size() > 1;
        return memory && actions > 2
                ? Optional.of(
                        "what players with memory earn is known exactly for two actions only, not "
                                + actions
                                + "; set memory=off, or use another algorithm")
                : Optional.empty();
    }

    /// Numbers that describe all units' strategies: [unit][situation][action].
    int size() {
        return tables.size() * situations * n;
    }

    /// Numbers of one unit's.
    int unitSize() {
        return situations * n;
    }

    /// Actions of each player: logits of one situation.
    int actions() {
        return n;
    }

    /// What a pair of actions earns from now on: the world's terms under these weights.
    void take(RewardWeights inForce) {
        if (inForce.equals(weights)) {
            return;
        }
        weights = inForce;
        Actions actions = new Actions(setup.spec());
        double[] rewards = new double[PLAYERS];
        for (int joint = 0; joint < n * n; joint++) {
            int a = joint / n;
            int b = joint % n;
            actions.choose(0, a);
            actions.choose(1, b);
            env.reset(0);
            weights.combine(env.step(actions).terms, 0, PLAYERS, rewards, 0);
            earn[0][a * n + b] = rewards[0];
            earn[1][b * n + a] = rewards[1];
        }
        if (situations > 1) {
            double[][] row = {{earn[0][0], earn[0][1]}, {earn[0][2], earn[0][3]}};
            double[][] column = {{earn[1][0], earn[1][2]}, {earn[1][1], earn[1][3]}};
            repeated = new Memory1(PayoffMatrix.of(row, column), gamma);
        }
    }

    /// Chances of actions from logits, softmax situation by situation.
    static void chances(double[] z, int at, double[] into, int n) {
        for (int s = 0; s < into.length; s += n) {
            double most = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < n; k++) {
                most = Math.max(most, z[at + s + k]);
            }
            double sum = 0;
            for (int k = 0; k < n; k++) {
                into[s + k] = Math.exp(z[at + s + k] - most);
                sum += into[s + k];
            }
            for (int k = 0; k < n; k++) {
                into[s + k] /= sum;
            }
        }
    }

    /// What a player earns per round when all play these strategies.
    double value(int player, double[] z) {
        play(z);
        if (situations > 1) {
            Memory1.Returns both = repeated.returns(cooperation(0), cooperation(1));
            return (1 - gamma) * (player == 0 ? both.first() : both.second());
        }
        double value = 0;
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                value += hand(x[player][a]) * hand(x[1 - player][b]) * earn[player][a * n + b];
            }
        }
        return value;
    }

    /// Slopes of each unit's own earnings along its own chances, ∂V/∂x(s, a), up to a number per
    /// situation that is the same for all actions: of the player that it is, or the mean of both.
    ///
    /// @param into receives [unit][situation][action]
    /// @param each called for every unit with its chances, [situation][action], and the position of
    ///   its slopes in `into`
    void slopes(double[] z, double[] into, BiConsumer<double[], Integer> each) {
        play(z);
        Arrays.fill(into, 0);
        for (int player = 0; player < PLAYERS; player++) {
            slope(player);
            int at = unitOf[player] * slope.length;
            for (int k = 0; k < slope.length; k++) {
                into[at + k] += slope[k] * tables.size() / PLAYERS;
            }
        }
        for (int player = tables.size() - 1; player >= 0; player--) {
            each.accept(x[player], unitOf[player] * slope.length);
        }
    }

    private void play(double[] z) {
        for (int player = 0; player < PLAYERS; player++) {
            chances(z, unitOf[player] * slope.length, x[player], n);
        }
    }

    private void slope(int player) {
        double[] other = x[1 - player];
        if (situations > 1) {
            double[] all = repeated.gradient(player, cooperation(0), cooperation(1));
            for (int s = 0; s < situations; s++) {
                slope[2 * s] = kept * (1 - gamma) * all[player * Memory1.POLICY + s];
                slope[2 * s + 1] = 0;
            }
            return;
        }
        for (int a = 0; a < n; a++) {
            slope[a] = 0;
            for (int b = 0; b < n; b++) {
                slope[a] += kept * hand(other[b]) * earn[player][a * n + b];
            }
        }
    }

    private double[] cooperation(int player) {
        double[] first = new double[Memory1.POLICY];
        Arrays.setAll(first, s -> hand(x[player][2 * s]));
        return first;
    }

    /// The chance that an action is played when it is chosen with this chance.
    private double hand(double chosen) {
        return kept * chosen + slipped;
    }

    /// Lets the tables act by these strategies.
    void show(double[] z) {
        for (int player = 0; player < PLAYERS; player++) {
            Unit unit = setup.units().get(unitOf[player]);
            Table table = tables.get(unitOf[player]);
            InputView view = setup.actorInput(unit);
            float[] seen = new float[situations];
            float[] input = new float[view.size()];
            for (int s = 0; s < situations; s++) {
                Arrays.fill(seen, 0);
                seen[s] = 1;
                view.write(seen, 0, members[player], 0, input, 0);
                int row = table.add(input, 0);
                for (int a = 0; a < n; a++) {
                    table.parameters().values()[table.at(row) + a] =
                            (float) z[(unitOf[player] * situations + s) * n + a];
                }
            }
        }
    }

    /// The acting table of a unit.
    Table table(int unit) {
        return tables.get(unit);
    }

    /// What each player earns, for the curves.
    List<Figure> earnings(double[] z) {
        List<Figure> figures = new ArrayList<>();
        for (int player = 0; player < PLAYERS; player++) {
            String who = setup.spec().agents().get(player).name();
            figures.add(new Figure("exact_return", who, value(player, z)));
        }
        return figures;
    }
}
