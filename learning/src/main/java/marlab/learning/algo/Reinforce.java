package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Rollout;
import marlab.sim.env.Workers;

/// REINFORCE (Williams 1992): every action is made more likely by what was earned from it to the
/// episode's end, less a baseline, G_t − b. The baseline is a running mean over earlier updates, so
/// it does not depend on the action that it is taken from and the gradient stays unbiased.
///
/// Without a critic there is no telling what an episode that the roll-out's end cuts would have
/// brought. So only rows whose episode ended within the roll-out count; an episode that began in an
/// earlier roll-out counts from this one's first step on. Where episodes may last longer than a
/// roll-out their first steps would never count in this way; there the roll-out itself is the
/// episode, what comes after it is not looked at, and steps are counted from its beginning. Set
/// `rollout` to the world's horizon for the true gradient. The time limit is an end like any other.
///
/// As everywhere, the factor γ^t that the discounted return's gradient would have is left out.
final class Reinforce implements UnitLearner {

    private static final List<HyperParameter> PARAMETERS =
            List.of(
                    HyperParameter.real(
                            "learning_rate", 5e-3, 0, 1, "Step size of Adam at the start."),
                    HyperParameter.real(
                            "final_rate",
                            0.03,
                            0,
                            1,
                            "Share of the learning rate left at the end."),
                    HyperParameter.real(
                            "discount",
                            0.9,
                            0,
                            1,
                            "How much the next step's reward counts today (γ)."),
                    HyperParameter.word(
                            "baseline",
                            "What is taken from returns: the mean of earlier ones from the same step"
                                    + " of the episode, of all earlier ones, or nothing.",
                            "step",
                            "all",
                            "none"),
                    AdvantageScaling.PARAMETER,
                    HyperParameter.real(
                            "entropy",
                            0.01,
                            0,
                            10,
                            "Weight of the entropy bonus, which keeps exploration alive."),
                    HyperParameter.real(
                            "final_entropy",
                            1,
                            0,
                            1,
                            "Share of the entropy bonus left at the end."),
                    HyperParameter.real("max_norm", 10, 0.001, 1e6, "Largest gradient norm."));

    static final Profile PROFILE =
            new Profile(
                    "reinforce",
                    "REINFORCE",
                    "Williams 1992, Simple statistical gradient-following algorithms, Machine Learning 8",
                    Profile.Critic.NONE,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    false,
                    Map.of("copies", "32", "rollout", "50"),
                    PARAMETERS,
                    setup -> new IndependentUnits(setup, u -> new Reinforce(setup, u)),
                    "The plain policy gradient: what was followed by high returns becomes more likely.",
                    "Plays whole episodes, then makes every action more likely by as much as what was"
                            + " earned after it exceeds what is usually earned from that step on."
                            + " There is no critic, nothing to bootstrap from and so nothing that"
                            + " could be wrong: the gradient is right on average, and noisy. It does"
                            + " well on short episodes and matrix games; the longer the episodes and"
                            + " the more agents share a reward, the more of it is the others' luck."
                            + " Set rollout to at least the length of an episode.");

    /// Weight of the past in the baseline at each update.
    private static final double DECAY = 0.9;

    private final HyperParameters hyper;
    private final PolicyGradient policy;
    private final AdvantageScaling scaling;
    private final EpisodeSteps steps;
    private final boolean whole; // episodes fit into a roll-out
    private final boolean based;
    private final double[] sum; // of returns, per step of the episode
    private final double[] weight;
    private final boolean[] ended;
    private final int[] counted;
    private final Behaviour behaviour;

    /// @param index of the unit that this learns for
    Reinforce(Setup setup, int index) {
        hyper = setup.hyper();
        Unit unit = setup.units().get(index);
        int lanes = setup.lanes(unit);
        int rows = setup.length() * lanes;
        policy = new PolicyGradient(setup, index);
        behaviour = new Behaviour(policy.actor());
        scaling =
                new AdvantageScaling(hyper.text("advantages"), unit.members().size(), lanes, rows);
        steps = new EpisodeSteps(lanes, rows);
        based = !hyper.is("baseline", "none");
        whole = setup.spec().horizon() <= setup.length();
        int places =
                !hyper.is("baseline", "step") ? 1 : whole ? setup.spec().horizon() : setup.length();
        sum = new double[places];
        weight = new double[places];
        ended = new boolean[rows];
        counted = new int[rows];
    }

    @Override
    public Behaviour behaviour() {
        return behaviour;
    }

    @Override
    public List<Figure> update(Rollout rollout, double progress, Workers workers, String who) {
        rollout.findLive();
        Advantages.monteCarlo(rollout, hyper.real("discount"), ended);
        int count = count(rollout);
        int[] step = steps.count(rollout);
        for (int k = 0; k < count; k++) {
            int row = counted[k];
            int place = place(rollout, row, step[row]);
            rollout.advantage[row] = (float) (rollout.target[row] - baseline(place));
        }
        remember(rollout, count, step);
        scaling.apply(rollout, counted, count);
        if (count > 0) {
            policy.forward(rollout);
            policy.step(
                    rollout,
                    counted,
                    count,
                    Schedule.linear(hyper.real("entropy"), hyper.real("final_entropy"), progress),
                    Schedule.linear(
                            hyper.real("learning_rate"), hyper.real("final_rate"), progress),
                    hyper.real("max_norm"));
        }
        return List.of(
                new Figure("policy_loss", who, policy.loss()),
                new Figure("entropy", who, policy.entropy()),
                new Figure("counted", who, (double) count / rollout.rows()));
    }

    /// Lists the rows that count.
    private int count(Rollout rollout) {
        int count = 0;
        for (int k = 0; k < rollout.liveRows(); k++) {
            int row = rollout.live[k];
            if (ended[row] || !whole) {
                counted[count++] = row;
            }
        }
        return count;
    }

    /// Which of the baselines is a row's.
    private int place(Rollout rollout, int row, int step) {
        return sum.length == 1 ? 0 : whole ? step : row / rollout.width();
    }

    private double baseline(int place) {
        return based && weight[place] > 0 ? sum[place] / weight[place] : 0;
    }

    /// Takes note of returns, for later baselines.
    private void remember(Rollout rollout, int count, int[] step) {
        for (int p = 0; p < sum.length; p++) {
            sum[p] *= DECAY;
            weight[p] *= DECAY;
        }
        for (int k = 0; k < count; k++) {
            int row = counted[k];
            int place = place(rollout, row, step[row]);
            sum[place] += rollout.target[row];
            weight[place]++;
        }
    }

    @Override
    public void persist(Persistence state, String unit) throws IOException {
        policy.persist(state, unit);
        scaling.persist(state, unit);
        steps.persist(state, unit + ".steps_into_episode");
        state.doubles(unit + ".baseline_sum", sum);
        state.doubles(unit + ".baseline_weight", weight);
    }
}
