package marlab.sim.world.matrix;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import marlab.sim.env.ParallelEnv;
import marlab.sim.game.KnownGame;
import marlab.sim.game.PayoffMatrix;
import marlab.sim.game.Solutions;
import marlab.sim.game.SymmetricGame;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;

/// Well-known strategies for matrix games. They read the game's true state, so they also play where
/// learners have no memory.
final class GameScripts {

    // chances to cooperate: start, then after CC, CD, DC, DD
    private static final double[] TIT_FOR_TAT = {1, 1, 0, 1, 0};
    private static final double[] GENEROUS = {1, 1, 1 / 3.0, 1, 1 / 3.0};
    private static final double[] WIN_STAY = {1, 1, 0, 0, 1};
    private static final double[] GRIM = {1, 1, 0, 0, 0};
    private static final double[] COOPERATE = {1, 1, 1, 1, 1};
    private static final double[] DEFECT = {0, 0, 0, 0, 0};
    private static final double[] RANDOM = {0.5, 0.5, 0.5, 0.5, 0.5};

    private GameScripts() {}

    /// The strategies that make sense in a game, the one worth watching first.
    static Map<String, Policy> of(KnownGame game) {
        Map<String, Policy> all = new LinkedHashMap<>();
        int cooperate = game.cooperation();
        if (cooperate >= 0) {
            all.put("tit-for-tat vs random", new MemoryOne(TIT_FOR_TAT, RANDOM, cooperate));
            all.put("tit-for-tat", both(TIT_FOR_TAT, cooperate));
            all.put("generous tit-for-tat", both(GENEROUS, cooperate));
            all.put("win-stay, lose-shift", both(WIN_STAY, cooperate));
            all.put("grim", both(GRIM, cooperate));
            SymmetricGame payoffs = SymmetricGame.of(game.payoffs()).upright();
            if (payoffs.t() > payoffs.r() && payoffs.p() > payoffs.s()) {
                double[] extort = extortion(payoffs, 3);
                all.put("extortion vs random", new MemoryOne(extort, RANDOM, cooperate));
                all.put("extortion vs kind", new MemoryOne(extort, COOPERATE, cooperate));
            }
            all.put("tit-for-tat vs defect", new MemoryOne(TIT_FOR_TAT, DEFECT, cooperate));
            all.put("always cooperate", both(COOPERATE, cooperate));
            all.put("always defect", both(DEFECT, cooperate));
        }
        all.put("fictitious play", (env, into, random) -> fictitious(game, env, into, random));
        all.put("best reply", (env, into, random) -> reply(game, env, into, random));
        all.put("best for both", (env, into, random) -> best(game, into));
        all.put("random", new RandomPolicy());
        return all;
    }

    private static MemoryOne both(double[] chances, int cooperate) {
        return new MemoryOne(chances, chances, cooperate);
    }

    /// Press and Dyson (2012): in the long run own payoff − P = χ · (the other's − P), whatever the
    /// other does. Half of the largest φ.
    static double[] extortion(SymmetricGame g, double chi) {
        double fear = g.p() - g.s();
        double phi = 0.5 * fear / (fear + chi * (g.t() - g.p()));
        double greed = (g.t() - g.p()) / fear;
        return new double[] {
            1,
            1 - phi * (chi - 1) * (g.r() - g.p()) / fear,
            1 - phi * (1 + chi * greed),
            phi * (chi + greed),
            0
        };
    }

    /// Two strategies that look one round back.
    private record MemoryOne(double[] first, double[] second, int cooperate) implements Policy {

        @Override
        public void act(ParallelEnv env, Decision into, RandomGenerator random) {
            int last = ((MatrixGame.Env) env).last();
            draw(into, 0, first[state(last, last >> 1, last & 1)], random);
            draw(into, 1, second[state(last, last & 1, last >> 1)], random);
        }

        private int state(int last, int own, int other) {
            return last < 0 ? 0 : 1 + (own == cooperate ? 0 : 2) + (other == cooperate ? 0 : 1);
        }

        private void draw(Decision into, int agent, double chance, RandomGenerator random) {
            boolean kind = random.nextDouble() < chance;
            into.actions.choose(agent, kind ? cooperate : 1 - cooperate);
            int at = agent * into.choicesPerAgent;
            into.probabilities[at + cooperate] = chance;
            into.probabilities[at + 1 - cooperate] = 1 - chance;
        }
    }

    /// Best against how often the other has played what; the first round is drawn.
    private static void fictitious(
            KnownGame game, ParallelEnv env, Decision into, RandomGenerator random) {
        MatrixGame.Env played = (MatrixGame.Env) env;
        int n = game.actions().size();
        for (int i = 0; i < 2; i++) {
            double[] often = new double[n];
            for (int joint = 0; joint < n * n; joint++) {
                often[i == 0 ? joint % n : joint / n] += played.count(joint);
            }
            int choice = played.last() < 0 ? random.nextInt(n) : against(game, i, often);
            choose(into, i, n, choice);
        }
    }

    /// Best against the other's last action; the first round is drawn.
    private static void reply(
            KnownGame game, ParallelEnv env, Decision into, RandomGenerator random) {
        int last = ((MatrixGame.Env) env).last();
        int n = game.actions().size();
        for (int i = 0; i < 2; i++) {
            if (last < 0) {
                choose(into, i, n, random.nextInt(n));
                continue;
            }
            double[] certain = new double[n];
            certain[i == 0 ? last % n : last / n] = 1;
            choose(into, i, n, against(game, i, certain));
        }
    }

    private static int against(KnownGame game, int player, double[] often) {
        PayoffMatrix payoffs = game.payoffs();
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int own = 0; own < often.length; own++) {
            double sum = 0;
            for (int other = 0; other < often.length; other++) {
                sum += often[other] * payoffs.payoff(player, own, other);
            }
            if (sum > most) {
                most = sum;
                best = own;
            }
        }
        return best;
    }

    private static void best(KnownGame game, Decision into) {
        Solutions.Joint joint = Solutions.best(game.payoffs()).getFirst();
        choose(into, 0, game.actions().size(), joint.row());
        choose(into, 1, game.actions().size(), joint.column());
    }

    private static void choose(Decision into, int agent, int n, int choice) {
        into.actions.choose(agent, choice);
        for (int k = 0; k < n; k++) {
            into.probabilities[agent * into.choicesPerAgent + k] = k == choice ? 1 : 0;
        }
    }
}
