package marlab.learning.algo;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Table;
import marlab.sim.env.Workers;

/// Q-learning in a table (Watkins and Dayan 1992), for a set of agents that share one: after every
/// step from situation s by choice a to s′ with reward r
///
/// δ = r + γ max Q(s′, ·) − Q(s, a), Q(s, a) ← Q(s, a) + α/n^ω · δ,
///
/// where n counts the visits of (s, a). With ω in (½, 1] and endless exploration Q converges in a
/// world that does not change; other learners do change it, so the default is a steady rate, ω = 0.
/// An episode that only the time limit ended is thought to go on (γ max Q of what was seen last).
///
/// Errors below 0 can be made to count less, α·`falling` (hysteretic Q-learning, Matignon, Laurent
/// and Le Fort-Piat 2007; with 0 distributed Q-learning, Lauer and Riedmiller 2000): then a choice
/// is not blamed for a partner who was only trying things out. Only for teams without chance in
/// their rewards.
final class TabularQ implements UnitLearner {

    static final Profile PROFILE =
            new Profile(
                    "tabular_q",
                    "Tabular Q-learning",
                    "Watkins and Dayan 1992, Q-learning, Machine Learning 8",
                    Profile.Critic.NONE,
                    true,
                    false,
                    Profile.Head.VALUES,
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
                                    0.1,
                                    0,
                                    1,
                                    "How far a value moves towards what was seen (α)."),
                            HyperParameter.real(
                                    "rate_power",
                                    0,
                                    0,
                                    1,
                                    "ω: the n-th visit of a choice moves by learning_rate / n^ω."),
                            HyperParameter.real(
                                    "falling",
                                    1,
                                    0,
                                    1,
                                    "Share of the rate for values that fall; below 1 hysteretic"
                                            + " Q-learning."),
                            HyperParameter.real(
                                    "discount",
                                    0.95,
                                    0,
                                    0.9999,
                                    "How much the next step's reward counts today (γ)."),
                            HyperParameter.real(
                                    "epsilon",
                                    1,
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
                                    "Share of the budget over which ε falls, linearly."),
                            HyperParameter.real(
                                    "initial",
                                    0,
                                    -1e6,
                                    1e6,
                                    "What every choice is thought to be worth before it is tried; high"
                                            + " is optimistic and explores.")),
                    Tabular::misfit,
                    setup -> new IndependentUnits(setup, u -> new TabularQ(setup, u)),
                    "Every agent keeps a table of what each choice is worth in each situation.",
                    "The oldest way to learn by trial: after each step the value of what was just done"
                            + " moves a little towards the reward and the best that seems possible from"
                            + " there. Agents have rows of their own in one table (agent_id=off lets them"
                            + " share rows). Exact and quick in matrix games and on small boards. It"
                            + " can't guess: what was never seen is worth nothing to it, so large boards"
                            + " fill the table and teach little. Others who learn make the world move;"
                            + " falling=0.1 helps teams that must trust each other.");

    private final double rate;
    private final double power;
    private final double falling;
    private final double discount;
    private final float initial;
    private final Exploration exploration;
    private final Table table;
    private final Behaviour behaviour;
    private final int choices;
    private final float[] next;
    private final double[] visits; // [row × choices], where they count

    TabularQ(Setup setup, int index) {
        HyperParameters hyper = setup.hyper();
        rate = hyper.real("learning_rate");
        power = hyper.real("rate_power");
        falling = hyper.real("falling");
        discount = hyper.real("discount");
        initial = (float) hyper.real("initial");
        exploration = Exploration.of(hyper);
        table = (Table) setup.actor(setup.units().get(index), 1);
        choices = table.outputs();
        next = new float[table.inputs()];
        visits = new double[power > 0 ? table.places() * choices : 0];
        behaviour = new Behaviour(table);
        behaviour.scaleValues(0, 1);
        behaviour.explore(exploration.at(0));
    }

    @Override
    public Behaviour behaviour() {
        return behaviour;
    }

    @Override
    public List<Figure> update(Rollout rollout, double progress, Workers workers, String who) {
        float[] q = table.parameters().values();
        int states = table.count();
        double errors = 0;
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
                Arrays.fill(q, table.at(state), table.at(state + 1), initial);
                states++;
            }
            int at = table.at(state);
            int choice = (int) rollout.action[row];
            double error = target(rollout, row) - q[at + choice];
            q[at + choice] += (float) (step(state, choice, error) * error);
            errors += Math.abs(error);
            steps++;
        }
        behaviour.explore(exploration.at(progress));
        return List.of(
                new Figure("states", who, states),
                new Figure("epsilon", who, exploration.at(progress)),
                new Figure("td_error", who, steps == 0 ? 0 : errors / steps));
    }

    /// What a choice turned out to be worth: r + γ max Q(s′, ·).
    private double target(Rollout rollout, int row) {
        if (rollout.terminated(row)) {
            return rollout.reward[row];
        }
        rollout.nextActor(row, next, 0);
        return rollout.reward[row] + discount * best(table.find(next, 0));
    }

    private double best(int state) {
        if (state == Table.NONE) {
            return initial;
        }
        float[] q = table.parameters().values();
        float best = q[table.at(state)];
        for (int k = 1; k < choices; k++) {
            best = Math.max(best, q[table.at(state) + k]);
        }
        return best;
    }

    private double step(int state, int choice, double error) {
        double step = error < 0 ? rate * falling : rate;
        return power > 0 ? step / Math.pow(++visits[state * choices + choice], power) : step;
    }

    @Override
    public void persist(Persistence state, String unit) throws IOException {
        state.network(unit + ".actor", table);
        state.doubles(unit + ".visits", visits);
        double[] epsilon = {behaviour.exploration()};
        state.doubles(unit + ".epsilon", epsilon);
        behaviour.explore(epsilon[0]);
    }
}
