package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Adam;
import marlab.learning.net.Network;
import marlab.learning.net.NetworkConfig;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;

/// Proximal policy optimisation for a set of agents that share one actor and one critic: the whole
/// of IPPO and of MAPPO, which differ only in what the critic sees ({@link
/// Algorithm#centralCritic}). Owned by the learner thread; actor and critic are updated on two
/// threads at once, which changes no result. Networks with memory go back through all steps of a
/// roll-out, from the memory that was carried into it.
final class Ppo implements UnitLearner {

    static final Profile IPPO =
            new Profile(
                    "ippo",
                    "IPPO",
                    "de Witt et al. 2020, Is independent learning all you need in the StarCraft multi-agent challenge?",
                    Profile.Critic.OWN,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    false,
                    Map.of(),
                    PpoConfig.PARAMETERS,
                    Ppo::learner,
                    "Every agent learns by PPO from what it sees itself.",
                    "Large roll-outs, several passes over each, and no pass may move a probability"
                            + " far from where it was: the clipped ratio. Every agent takes the others"
                            + " for a part of the world, although they learn too. Strong, robust and"
                            + " hard to beat; it is weakest where reward depends on what only others"
                            + " see.");

    static final Profile MAPPO =
            new Profile(
                    "mappo",
                    "MAPPO",
                    "Yu et al. 2022, The surprising effectiveness of PPO in cooperative multi-agent games",
                    Profile.Critic.CENTRAL,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    false,
                    Map.of(),
                    PpoConfig.PARAMETERS,
                    Ppo::learner,
                    "PPO with a critic that sees everything while learning.",
                    "IPPO whose critic is told the whole state from each agent's side, with values"
                            + " normalised and few passes over large batches. Acting needs one's own"
                            + " observation only. The first thing to try in cooperative worlds; like"
                            + " all policy gradients it settles on the safe action where going it"
                            + " alone is dearly paid for, as in Climbing and Penalty.");

    private final PpoConfig config;
    private final AdvantageScaling scaling;
    private final ActionDistribution distribution;
    private final Network actor;
    private final Network critic;
    private final Adam actorAdam;
    private final Adam criticAdam;
    private final ValueNorm norm = new ValueNorm();
    private final RandomStream shuffling;
    private Rollout rollout;
    private final int[][] order;
    private final Minibatch actorBatch;
    private final Minibatch criticBatch;
    private final CriticMemory criticMemory;
    private final float[] action; // this and the next: of a minibatch
    private final float[] old;
    private final float[] advantage;
    private final float[] target;
    private final float[] normalisedTarget;
    private final Behaviour behaviour;
    private PpoConfig now; // of the update that is going on
    private double explained;

    /// Figures of one update.
    ///
    /// @param policyLoss mean surrogate loss
    /// @param valueLoss mean Huber loss, in squared deviations of returns
    /// @param entropy mean entropy of the policy, nats
    /// @param kl estimate of KL(old ‖ new), nats
    /// @param clipFraction share of samples whose ratio was clipped
    /// @param explained share of the returns' variance that the values before the update explain
    record Losses(
            double policyLoss,
            double valueLoss,
            double entropy,
            double kl,
            double clipFraction,
            double explained) {}

    private static Learner learner(Setup setup) {
        return new IndependentUnits(setup, u -> new Ppo(setup, u));
    }

    /// @param index of the unit that this learns for
    Ppo(Setup setup, int index) {
        this(setup, index, PpoConfig.of(setup.hyper()));
    }

    /// With settings that did not go through text.
    Ppo(Setup setup, int index, PpoConfig config) {
        this.config = config;
        Unit unit = setup.units().get(index);
        distribution = (ActionDistribution) setup.head(unit);
        int lanes = setup.lanes(unit);
        int rows = setup.length() * lanes;
        scaling = new AdvantageScaling(config.advantages(), unit.members().size(), lanes, rows);
        int batch =
                Minibatch.capacity(
                        config.minibatches(), setup.length(), lanes, setup.network().memory());
        actor = setup.actor(unit, batch);
        critic = setup.critic(unit, batch);
        NetworkConfig.initialise(actor, 0.01, setup.seeds().stream("actor", index));
        NetworkConfig.initialise(critic, 1, setup.seeds().stream("critic", index));
        actorAdam = new Adam(actor.parameters().size(), 1e-5);
        criticAdam = new Adam(critic.parameters().size(), 1e-5);
        shuffling = setup.seeds().stream("shuffling", index);
        behaviour = new Behaviour(actor, critic, norm);
        order = new int[config.epochs()][rows];
        actorBatch = new Minibatch(actor, setup.length());
        criticBatch = new Minibatch(critic, setup.length());
        criticMemory = new CriticMemory(critic, lanes);
        action = new float[batch * distribution.actionSize()];
        old = new float[batch];
        advantage = new float[batch];
        target = new float[batch];
        normalisedTarget = new float[rows];
    }

    @Override
    public Behaviour behaviour() {
        return behaviour;
    }

    ActionDistribution distribution() {
        return distribution;
    }

    @Override
    public void persist(Persistence state, String unit) throws IOException {
        state.network(unit + ".actor", actor);
        state.network(unit + ".critic", critic);
        state.norm(unit + ".value_norm", norm);
        state.adam(unit + ".actor", actorAdam);
        state.adam(unit + ".critic", criticAdam);
        state.stream(unit + ".shuffling", shuffling);
        scaling.persist(state, unit);
        criticMemory.persist(state, unit);
    }

    /// First half of an update: values, advantages, targets, order of samples.
    void prepare(Rollout filled) {
        rollout = filled;
        rollout.findLive();
        if (critic.memory() > 0) {
            criticMemory.evaluate(rollout, norm.mean(), norm.deviation());
        } else {
            evaluate(rollout.criticInput, rollout.value, null);
            evaluate(rollout.nextInput, rollout.next, rollout);
        }
        Advantages.estimate(rollout, config.discount(), config.lambda());
    }

    /// Values of all rows, or of those that need their next state's, in the reward's unit.
    private void evaluate(float[] inputs, float[] into, Rollout onlyNeeded) {
        float mean = norm.mean();
        float deviation = norm.deviation();
        int width = critic.inputs();
        int room = critic.capacity();
        int count = 0;
        int[] rows = order[0]; // free until the samples are shuffled
        for (int row = 0; row < rollout.rows(); row++) {
            if (onlyNeeded == null || onlyNeeded.needsNext(row)) {
                System.arraycopy(inputs, row * width, criticBatch.input, count * width, width);
                rows[count++] = row;
            }
            if (count == room || count > 0 && row == rollout.rows() - 1) {
                critic.forward(criticBatch.input, 0, count, criticBatch.output);
                for (int k = 0; k < count; k++) {
                    into[rows[k]] = mean + deviation * criticBatch.output[k];
                }
                count = 0;
            }
        }
    }

    @Override
    public List<Figure> update(Rollout filled, double progress, Workers workers, String who) {
        return figures(update(filled, progress, workers), who);
    }

    static List<Figure> figures(Losses losses, String who) {
        return List.of(
                new Figure("policy_loss", who, losses.policyLoss),
                new Figure("value_loss", who, losses.valueLoss),
                new Figure("entropy", who, losses.entropy),
                new Figure("kl", who, losses.kl),
                new Figure("clip_fraction", who, losses.clipFraction),
                new Figure("explained_variance", who, losses.explained));
    }

    Losses update(Rollout filled, double progress, Workers workers) {
        begin(filled, progress);
        return improve(workers);
    }

    /// Everything up to the first gradient step: {@link #prepare}, scales, order of samples. From
    /// here until {@link #improve} the roll-out's advantages are those that the policy learns from.
    void begin(Rollout filled, double progress) {
        prepare(filled);
        explained = Advantages.explained(rollout);
        if (rollout.liveRows() > 0) { // else everybody had ended before it began
            norm.update(rollout.target, rollout.live, rollout.liveRows());
        }
        float mean = norm.mean();
        float scale = 1 / norm.deviation();
        for (int row = 0; row < rollout.rows(); row++) {
            normalisedTarget[row] = (rollout.target[row] - mean) * scale;
        }
        scaling.apply(rollout);
        for (int[] epoch : order) {
            shuffle(epoch);
        }
        now = config.at(progress);
    }

    /// Gradient steps of actor and critic.
    Losses improve(Workers workers) {
        return improve(workers, this::updateActor);
    }

    /// Gradient steps of the critic, beside another way to improve the actor.
    Losses improve(Workers workers, Consumer<PpoLoss.Sums> actorHalf) {
        PpoLoss.Sums policy = new PpoLoss.Sums();
        PpoLoss.Sums value = new PpoLoss.Sums();
        IntConsumer half =
                part -> {
                    if (part == 0) {
                        actorHalf.accept(policy);
                    } else {
                        updateCritic(value);
                    }
                };
        workers.run(2, half);
        if (rollout.liveRows() > 0) {
            actor.observe(rollout.input, rollout.live, rollout.liveRows());
            critic.observe(rollout.criticInput, rollout.live, rollout.liveRows());
        }
        return new Losses(
                policy.loss / Math.max(1, policy.rows),
                value.loss / Math.max(1, value.rows),
                policy.entropy / Math.max(1, policy.rows),
                policy.kl / Math.max(1, policy.rows),
                policy.clipped / Math.max(1, policy.rows),
                explained);
    }

    /// The pieces of the roll-out in random order (Fisher–Yates).
    private void shuffle(int[] index) {
        for (int i = 0; i < actorBatch.pieces(rollout); i++) {
            int j = (int) ((shuffling.nextLong() >>> 33) * (i + 1) >>> 31);
            index[i] = index[j];
            index[j] = actorBatch.piece(rollout, i);
        }
    }

    private void updateActor(PpoLoss.Sums sums) {
        Minibatch b = actorBatch;
        for (int[] epoch : order) {
            for (int part = 0; part < config.minibatches(); part++) {
                if (from(part) == from(part + 1)) {
                    continue; // fewer pieces than parts: many had ended early
                }
                b.forward(
                        rollout, rollout.input, rollout.memory, epoch, from(part), from(part + 1));
                b.take(rollout.action, rollout.actionSize(), action);
                b.take(rollout.logProbability, 1, old);
                b.take(rollout.advantage, 1, advantage);
                PpoLoss.policy(
                        distribution,
                        b.output,
                        action,
                        old,
                        advantage,
                        b.rows(),
                        now,
                        b.gradient,
                        sums);
                b.backward();
                step(actor, actorAdam, now.learningRate(), sums);
            }
        }
    }

    private void updateCritic(PpoLoss.Sums sums) {
        Minibatch b = criticBatch;
        float[] start = criticMemory.start();
        for (int[] epoch : order) {
            for (int part = 0; part < config.minibatches(); part++) {
                if (from(part) == from(part + 1)) {
                    continue; // fewer pieces than parts: many had ended early
                }
                b.forward(rollout, rollout.criticInput, start, epoch, from(part), from(part + 1));
                b.take(normalisedTarget, 1, target);
                PpoLoss.value(b.output, target, b.rows(), config.huber(), b.gradient, sums);
                b.backward();
                step(critic, criticAdam, now.learningRate(), sums);
            }
        }
    }

    private int from(int part) {
        return (int) ((long) actorBatch.pieces(rollout) * part / config.minibatches());
    }

    private void step(Network network, Adam adam, double rate, PpoLoss.Sums sums) {
        float[] weights = network.parameters().values();
        float[] gradient = network.parameters().gradient();
        sums.norm += adam.step(weights, gradient, rate, config.maxNorm());
        sums.steps++;
        network.parameters().valuesChanged();
    }
}
