package marlab.learning.algo;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Adam;
import marlab.learning.net.Network;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.Parameters;
import marlab.sim.env.Workers;

/// Advantage actor-critic for a set of agents that share one actor and one critic: the whole of
/// IA2C and of MAA2C, which differ only in what the critic sees ({@link Algorithm#centralCritic}).
/// Each roll-out serves one gradient step of the actor, up (G − V)·log π + c·H, and one of the
/// critic, towards the n-step return G; values at the far end of G come from a target critic that
/// follows the critic slowly (Papoudakis et al. 2021). Actor and critic work on two threads at
/// once, which changes no result.
final class AdvantageActorCritic implements UnitLearner {

    private static final List<HyperParameter> PARAMETERS =
            List.of(
                    HyperParameter.whole(
                            "n_step", 5, 1, 1000, "Rewards of a return before values take over."),
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
                    HyperParameter.real(
                            "tau",
                            0.01,
                            1e-6,
                            1,
                            "How far the target critic follows the critic at each update; 1: no"
                                    + " target critic."),
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

    private static final Map<String, String> RECIPE = Map.of("copies", "32", "rollout", "10");

    static final Profile IA2C =
            new Profile(
                    "ia2c",
                    "IA2C",
                    "Mnih et al. 2016, Asynchronous methods for deep reinforcement learning; Papoudakis et al. 2021",
                    Profile.Critic.OWN,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    false,
                    RECIPE,
                    PARAMETERS,
                    AdvantageActorCritic::learner,
                    "Every agent learns by advantage actor-critic from what it sees itself.",
                    "Small roll-outs, one gradient step each: actions that turned out better than the"
                            + " critic thought become more likely, and the critic learns what five"
                            + " rewards and its own word on the rest add up to. Every agent sees only"
                            + " its own part, the others are part of the weather. Simple and quick;"
                            + " with nothing that limits a step it wants a smaller learning rate than"
                            + " PPO, and it may settle early where reward is rare.");

    static final Profile MAA2C =
            new Profile(
                    "maa2c",
                    "MAA2C",
                    "Papoudakis et al. 2021, Benchmarking multi-agent deep reinforcement learning algorithms",
                    Profile.Critic.CENTRAL,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    false,
                    RECIPE,
                    PARAMETERS,
                    AdvantageActorCritic::learner,
                    "Advantage actor-critic with a critic that sees everything while learning.",
                    "IA2C with a critic that sees the whole state from each agent's side. Values err"
                            + " less, above all where what an agent earns depends on what only others"
                            + " see, so gradients are less noisy; acting still needs one's own"
                            + " observation only. A critic of states does not see actions: in a game"
                            + " of one state it knows no more than IA2C's.");

    private final HyperParameters hyper;
    private final double tau;
    private final PolicyGradient policy;
    private final AdvantageScaling scaling;
    private final Network critic;
    private final Network target; // the critic itself with tau = 1
    private final Adam criticAdam;
    private final ValueNorm norm = new ValueNorm(0.99); // updates see only hundreds of samples
    private final float[] input;
    private final float[] output;
    private final float[] gradient;
    private final int[] ahead;
    private final Behaviour behaviour;

    private static Learner learner(Setup setup) {
        return new IndependentUnits(setup, u -> new AdvantageActorCritic(setup, u));
    }

    /// @param index of the unit that this learns for
    AdvantageActorCritic(Setup setup, int index) {
        hyper = setup.hyper();
        tau = hyper.real("tau");
        Unit unit = setup.units().get(index);
        int lanes = setup.lanes(unit);
        int rows = setup.length() * lanes;
        policy = new PolicyGradient(setup, index);
        scaling =
                new AdvantageScaling(hyper.text("advantages"), unit.members().size(), lanes, rows);
        critic = setup.critic(unit, rows);
        NetworkConfig.initialise(critic, 1, setup.seeds().stream("critic", index));
        target = tau == 1 ? critic : setup.critic(unit, rows);
        if (target != critic) {
            follow(1);
        }
        criticAdam = new Adam(critic.parameters().size(), 1e-5);
        behaviour = new Behaviour(policy.actor(), critic, norm);
        input = new float[rows * critic.inputs()];
        output = new float[rows];
        gradient = new float[rows];
        ahead = new int[rows];
    }

    @Override
    public Behaviour behaviour() {
        return behaviour;
    }

    @Override
    public List<Figure> update(Rollout rollout, double progress, Workers workers, String who) {
        if (rollout.findLive() == 0) {
            return figures(who, 0, 0, 0, 0); // nobody was there
        }
        IntConsumer look =
                part -> {
                    if (part == 0) {
                        policy.forward(rollout);
                    } else {
                        estimate(rollout);
                    }
                };
        workers.run(2, look);
        double explained = Advantages.explained(rollout);
        norm.update(rollout.target, rollout.live, rollout.liveRows());
        scaling.apply(rollout);
        double rate =
                Schedule.linear(hyper.real("learning_rate"), hyper.real("final_rate"), progress);
        double bonus =
                Schedule.linear(hyper.real("entropy"), hyper.real("final_entropy"), progress);
        double[] loss = new double[1];
        IntConsumer learn =
                part -> {
                    if (part == 0) {
                        policy.step(
                                rollout,
                                rollout.live,
                                rollout.liveRows(),
                                bonus,
                                rate,
                                hyper.real("max_norm"));
                    } else {
                        loss[0] = improve(rollout, rate);
                    }
                };
        workers.run(2, learn);
        return figures(who, policy.loss(), loss[0], policy.entropy(), explained);
    }

    private static List<Figure> figures(
            String who, double policy, double value, double entropy, double explained) {
        return List.of(
                new Figure("policy_loss", who, policy),
                new Figure("value_loss", who, value),
                new Figure("entropy", who, entropy),
                new Figure("explained_variance", who, explained));
    }

    /// Returns by the target critic's values, advantages by the critic's.
    private void estimate(Rollout rollout) {
        lookAhead(rollout);
        look(target, rollout);
        Advantages.nStep(rollout, hyper.real("discount"), hyper.whole("n_step"));
        if (target != critic) {
            look(critic, rollout);
        }
        for (int row = 0; row < rollout.rows(); row++) {
            rollout.advantage[row] = rollout.target[row] - rollout.value[row];
        }
    }

    /// Values after the steps that no row of the same episode follows.
    private void lookAhead(Rollout rollout) {
        int width = critic.inputs();
        int count = 0;
        for (int row = 0; row < rollout.rows(); row++) {
            if (rollout.needsNext(row)) {
                System.arraycopy(rollout.nextInput, row * width, input, count * width, width);
                ahead[count++] = row;
            }
        }
        if (count > 0) {
            target.forward(input, 0, count, output);
        }
        for (int k = 0; k < count; k++) {
            rollout.next[ahead[k]] = norm.mean() + norm.deviation() * output[k];
        }
    }

    /// Values of all rows, in the reward's unit.
    private void look(Network by, Rollout rollout) {
        by.forward(rollout.criticInput, 0, rollout.rows(), output);
        for (int row = 0; row < rollout.rows(); row++) {
            rollout.value[row] = norm.mean() + norm.deviation() * output[row];
        }
    }

    /// One step of the critic, whose outputs are still there, towards the returns in their newest
    /// scale: down the mean of ½ (V − G)².
    ///
    /// @return the loss, in squared deviations of returns
    private double improve(Rollout rollout, double rate) {
        int count = rollout.liveRows();
        float mean = norm.mean();
        float scale = 1 / norm.deviation();
        float share = 1f / count;
        double loss = 0;
        Arrays.fill(gradient, 0);
        for (int k = 0; k < count; k++) {
            int row = rollout.live[k];
            float error = output[row] - (rollout.target[row] - mean) * scale;
            gradient[row] = share * error;
            loss += 0.5 * share * error * error;
        }
        critic.backward(gradient, rollout.rows());
        Parameters weights = critic.parameters();
        criticAdam.step(weights.values(), weights.gradient(), rate, hyper.real("max_norm"));
        weights.valuesChanged();
        critic.observe(rollout.criticInput, rollout.live, count);
        if (target != critic) {
            follow(tau);
        }
        return loss;
    }

    /// Moves the target critic's weights towards the critic's.
    private void follow(double share) {
        float[] from = critic.parameters().values();
        float[] to = target.parameters().values();
        for (int k = 0; k < to.length; k++) {
            to[k] += (float) share * (from[k] - to[k]);
        }
        target.parameters().valuesChanged();
    }

    @Override
    public void persist(Persistence state, String unit) throws IOException {
        policy.persist(state, unit);
        state.network(unit + ".critic", critic);
        state.norm(unit + ".value_norm", norm);
        state.adam(unit + ".critic", criticAdam);
        if (target != critic) {
            state.network(unit + ".target_critic", target);
        }
        scaling.persist(state, unit);
    }
}
