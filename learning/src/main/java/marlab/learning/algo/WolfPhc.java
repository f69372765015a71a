package marlab.learning.algo;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Table;
import marlab.sim.env.Workers;

/// WoLF policy hill-climbing (Bowling and Veloso 2002, Multiagent learning using a variable
/// learning rate, table 6), for a set of agents that share one table. In every situation s it keeps
/// values Q, a mixed strategy π and the average π̄ of the strategies so far. After every step by
/// choice a to s′ with reward r
///
/// 1. Q(s, a) ← Q(s, a) + α (r + γ max Q(s′, ·) − Q(s, a)),
/// 2. C(s) ← C(s) + 1, π̄(s, ·) ← π̄(s, ·) + (π(s, ·) − π̄(s, ·)) / C(s),
/// 3. δ = δ_w where Σ π(s, ·) Q(s, ·) > Σ π̄(s, ·) Q(s, ·) ("winning"), else δ_l > δ_w,
/// 4. every choice but the best gives min(π(s, k), δ/(|A| − 1)) of its chance to the best one.
///
/// Learn fast when losing: then the chase around a mixed equilibrium spirals inwards. With δ_w =
/// δ_l it is plain policy hill-climbing, which goes round and round.
///
/// The acting table holds log((1 − ε) π + ε/|A|). The strategy acts unchanged for a whole roll-out.
final class WolfPhc implements UnitLearner {

    static final Profile PROFILE =
            new Profile(
                    "wolf_phc",
                    "WoLF-PHC",
                    "Bowling and Veloso 2002, Multiagent learning using a variable learning rate, Artificial Intelligence 136",
                    Profile.Critic.NONE,
                    true,
                    false,
                    Profile.Head.DISTRIBUTION,
                    true,
                    Map.of(
                            "network", "table",
                            "agent_id", "on",
                            "copies", "8",
                            "rollout", "25",
                            "steps", "500000",
                            "evaluate_every", "250"),
                    List.of(
                            HyperParameter.real(
                                    "learning_rate",
                                    0.05,
                                    0,
                                    1,
                                    "How far a value moves towards what was seen (α)."),
                            HyperParameter.real(
                                    "delta_lose",
                                    0.001,
                                    0,
                                    1,
                                    "How much of its chance a worse choice gives up per step when"
                                            + " losing (δ_l)."),
                            HyperParameter.real(
                                    "win_share",
                                    0.25,
                                    0,
                                    1,
                                    "How much of that when winning (δ_w / δ_l); 1 is plain policy"
                                            + " hill-climbing."),
                            HyperParameter.real(
                                    "final_rate",
                                    0.05,
                                    0,
                                    1,
                                    "Share of all three rates left at the end."),
                            HyperParameter.real(
                                    "discount",
                                    0.9,
                                    0,
                                    0.9999,
                                    "How much the next step's reward counts today (γ)."),
                            HyperParameter.real(
                                    "epsilon",
                                    0.2,
                                    0,
                                    1,
                                    "Share of random actions at the start (ε)."),
                            HyperParameter.real(
                                    "final_epsilon",
                                    0.02,
                                    0,
                                    1,
                                    "Share of random actions at the end."),
                            HyperParameter.real(
                                    "epsilon_share",
                                    0.5,
                                    0,
                                    1,
                                    "Share of the budget over which ε falls, linearly.")),
                    Tabular::misfit,
                    setup -> new IndependentUnits(setup, u -> new WolfPhc(setup, u)),
                    "Tables of values and of a mixed strategy that moves slowly when winning and fast when losing.",
                    "Each agent learns values as in Q-learning and shifts its mixed strategy towards the"
                            + " best choice: slowly while it does better than its own average strategy,"
                            + " fast while it does worse. Where plain learners chase each other in circles,"
                            + " as in matching pennies or rock paper scissors, this one settles at the"
                            + " mixed equilibrium. It can be as unlucky as others where there are several"
                            + " equilibria, and its table is soon too small for large boards.");

    private static final double LEAST = 1e-12; // a chance that is as good as none

    private final double rate;
    private final double lose;
    private final double win;
    private final double finalRate;
    private final double discount;
    private final Exploration exploration;
    private final Table table;
    private final Behaviour behaviour;
    private final int choices;
    private final float[] next;
    private final double[] q; // [row × choices]
    private final double[] policy;
    private final double[] average;
    private final double[] visits; // [row]

    WolfPhc(Setup setup, int index) {
        HyperParameters hyper = setup.hyper();
        rate = hyper.real("learning_rate");
        lose = hyper.real("delta_lose");
        win = lose * hyper.real("win_share");
        finalRate = hyper.real("final_rate");
        discount = hyper.real("discount");
        exploration = Exploration.of(hyper);
        table = (Table) setup.actor(setup.units().get(index), 1);
        behaviour = new Behaviour(table);
        choices = table.outputs();
        next = new float[table.inputs()];
        q = new double[table.places() * choices];
        policy = new double[q.length];
        average = new double[q.length];
        visits = new double[table.places()];
        Arrays.fill(policy, 1.0 / choices);
        Arrays.fill(average, 1.0 / choices);
    }

    @Override
    public Behaviour behaviour() {
        return behaviour;
    }

    @Override
    public List<Figure> update(Rollout rollout, double progress, Workers workers, String who) {
        double left = 1 - Math.min(1, progress) * (1 - finalRate);
        int states = table.count();
        int winning = 0;
        int steps = 0;
        for (int row = 0; row < rollout.rows(); row++) {
            if (rollout.gone(row)) {
                continue;
            }
            int state = table.find(rollout.input, row * table.inputs());
            if (state == Table.NONE) {
                if (states == table.room()) {
                    continue;
                }
                state = table.add(rollout.input, row * table.inputs());
                states++;
            }
            int value = state * choices + (int) rollout.action[row];
            q[value] += left * rate * (target(rollout, row) - q[value]);
            winning += climb(state * choices, ++visits[state], left) ? 1 : 0;
            steps++;
        }
        show(exploration.at(progress));
        return List.of(
                new Figure("states", who, states),
                new Figure("epsilon", who, exploration.at(progress)),
                new Figure("winning", who, steps == 0 ? 0 : (double) winning / steps));
    }

    private double target(Rollout rollout, int row) {
        if (rollout.terminated(row)) {
            return rollout.reward[row];
        }
        rollout.nextActor(row, next, 0);
        int state = table.find(next, 0);
        double value = state == Table.NONE ? 0 : q[state * choices + best(state * choices)];
        return rollout.reward[row] + discount * value;
    }

    /// Steps 2 to 4.
    ///
    /// @return whether it is winning
    private boolean climb(int at, double visits, double left) {
        double now = 0;
        double usual = 0;
        for (int k = at; k < at + choices; k++) {
            average[k] += (policy[k] - average[k]) / visits;
            now += policy[k] * q[k];
            usual += average[k] * q[k];
        }
        boolean winning = now > usual;
        double most = left * (winning ? win : lose) / (choices - 1);
        int best = best(at);
        for (int k = 0; k < choices; k++) {
            if (k != best) {
                double given = Math.min(policy[at + k], most);
                policy[at + k] -= given;
                policy[at + best] += given;
            }
        }
        return winning;
    }

    private int best(int at) {
        int best = 0;
        for (int k = 1; k < choices; k++) {
            if (q[at + k] > q[at + best]) {
                best = k;
            }
        }
        return best;
    }

    /// Lets the table act by the strategy as it is now.
    private void show(double epsilon) {
        float[] logits = table.parameters().values();
        for (int state = 0; state < table.places(); state++) {
            if (table.taken(state)) {
                for (int k = 0; k < choices; k++) {
                    double p = (1 - epsilon) * policy[state * choices + k] + epsilon / choices;
                    logits[table.at(state) + k] = (float) Math.log(Math.max(LEAST, p));
                }
            }
        }
    }

    @Override
    public void persist(Persistence state, String unit) throws IOException {
        state.network(unit + ".actor", table);
        state.doubles(unit + ".values", q);
        state.doubles(unit + ".strategy", policy);
        state.doubles(unit + ".average", average);
        state.doubles(unit + ".visits", visits);
    }
}
