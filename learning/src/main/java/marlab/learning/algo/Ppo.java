package marlab.learning.algo;

import java.util.function.IntConsumer;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Adam;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.Network;
import marlab.learning.net.NetworkConfig;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.space.CanonicalView;

/// Proximal policy optimisation for a set of agents that share one actor and one critic: the whole
/// of IPPO and of MAPPO, which differ only in what the critic sees ({@link
/// Algorithm#centralCritic}). Owned by the learner thread; actor and critic are updated on two
/// threads at once, which changes no result.
public final class Ppo {

    private final PpoConfig config;
    private final ActionDistribution distribution;
    private final Network actor;
    private final Network critic;
    private final Adam actorAdam;
    private final Adam criticAdam;
    private final ValueNorm norm = new ValueNorm();
    private final RandomStream shuffling;
    private final Rollout rollout;
    private final int[][] order;
    private final Batch actorBatch;
    private final Batch criticBatch;
    private final float[] normalisedTarget;

    /// Buffers of one minibatch.
    private static final class Batch {
        final float[] input;
        final float[] output;
        final float[] gradient;
        final float[] action;
        final float[] old;
        final float[] weight;

        Batch(int rows, int inputs, int outputs, int actionSize) {
            input = new float[rows * inputs];
            output = new float[rows * outputs];
            gradient = new float[rows * outputs];
            action = new float[rows * actionSize];
            old = new float[rows];
            weight = new float[rows];
        }
    }

    /// Figures of one update.
    ///
    /// @param policyLoss mean surrogate loss
    /// @param valueLoss mean Huber loss, in squared deviations of returns
    /// @param entropy mean entropy of the policy, nats
    /// @param kl estimate of KL(old ‖ new), nats
    /// @param clipFraction share of samples whose ratio was clipped
    /// @param explained share of the returns' variance that the values before the update explain
    public record Losses(
            double policyLoss,
            double valueLoss,
            double entropy,
            double kl,
            double clipFraction,
            double explained) {}

    /// @param lanes agents × copies
    /// @param length steps of a roll-out
    public Ppo(
            PpoConfig config,
            NetworkConfig network,
            LinearAlgebra algebra,
            CanonicalView actorView,
            CanonicalView criticView,
            ActionDistribution distribution,
            int length,
            int lanes,
            boolean shared,
            Seeds seeds,
            int unit) {
        this.config = config;
        this.distribution = distribution;
        int rows = length * lanes;
        int batch = (rows + config.minibatches() - 1) / config.minibatches();
        actor = network.build(algebra, actorView, distribution.outputs(), batch);
        critic = network.build(algebra, criticView, 1, batch);
        NetworkConfig.initialise(actor, 0.01, seeds.stream("actor", unit));
        NetworkConfig.initialise(critic, 1, seeds.stream("critic", unit));
        actorAdam = new Adam(actor.parameters().size(), 1e-5);
        criticAdam = new Adam(critic.parameters().size(), 1e-5);
        shuffling = seeds.stream("shuffling", unit);
        rollout =
                new Rollout(
                        length,
                        lanes,
                        actorView.size(),
                        criticView.size(),
                        distribution.actionSize(),
                        shared);
        order = new int[config.epochs()][rows];
        actorBatch =
                new Batch(
                        batch, actorView.size(), distribution.outputs(), distribution.actionSize());
        criticBatch = new Batch(batch, criticView.size(), 1, 0);
        normalisedTarget = new float[rows];
    }

    /// Where experience goes before {@link #update}.
    public Rollout rollout() {
        return rollout;
    }

    /// The policy network.
    public Network actor() {
        return actor;
    }

    /// The value network; its outputs are normalised, see {@link #norm}.
    public Network critic() {
        return critic;
    }

    /// Scale of the critic's outputs.
    public ValueNorm norm() {
        return norm;
    }

    /// The actor's optimiser.
    public Adam actorAdam() {
        return actorAdam;
    }

    /// The critic's optimiser.
    public Adam criticAdam() {
        return criticAdam;
    }

    /// The stream that orders minibatches.
    public RandomStream shuffling() {
        return shuffling;
    }

    /// First half of an update: values, advantages, targets, order of samples.
    public void prepare() {
        rollout.findLive();
        evaluate(rollout.criticInput, rollout.value, null);
        evaluate(rollout.nextInput, rollout.next, rollout);
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

    /// Learns from the roll-out.
    ///
    /// @param progress share of the budget spent, in [0, 1], for annealing
    /// @param workers threads to use
    public Losses update(double progress, Workers workers) {
        prepare();
        double explained = explainedVariance();
        norm.update(rollout.target, rollout.live, rollout.liveRows());
        float mean = norm.mean();
        float scale = 1 / norm.deviation();
        for (int row = 0; row < rollout.rows(); row++) {
            normalisedTarget[row] = (rollout.target[row] - mean) * scale;
        }
        Advantages.normalise(rollout.advantage, rollout.live, rollout.liveRows());
        for (int[] epoch : order) {
            shuffle(epoch);
        }
        double left = 1 - Math.min(1, progress) * (1 - config.finalRate());
        double rate = config.learningRate() * left;
        PpoLoss.Sums policy = new PpoLoss.Sums();
        PpoLoss.Sums value = new PpoLoss.Sums();
        IntConsumer half =
                part -> {
                    if (part == 0) {
                        updateActor(rate, policy);
                    } else {
                        updateCritic(rate, value);
                    }
                };
        workers.run(2, half);
        return new Losses(
                policy.loss / policy.rows,
                value.loss / value.rows,
                policy.entropy / policy.rows,
                policy.kl / policy.rows,
                policy.clipped / policy.rows,
                explained);
    }

    /// The rows that count, in random order (Fisher–Yates).
    private void shuffle(int[] index) {
        for (int i = 0; i < rollout.liveRows(); i++) {
            int j = (int) ((shuffling.nextLong() >>> 33) * (i + 1) >>> 31);
            index[i] = index[j];
            index[j] = rollout.live[i];
        }
    }

    private void updateActor(double rate, PpoLoss.Sums sums) {
        Batch b = actorBatch;
        int actionSize = rollout.actionSize();
        for (int[] epoch : order) {
            for (int part = 0; part < config.minibatches(); part++) {
                int from = from(part);
                int rows = from(part + 1) - from;
                gather(rollout.input, rollout.inputs(), epoch, from, rows, b.input);
                gather(rollout.action, actionSize, epoch, from, rows, b.action);
                gather(rollout.logProbability, 1, epoch, from, rows, b.old);
                gather(rollout.advantage, 1, epoch, from, rows, b.weight);
                actor.forward(b.input, 0, rows, b.output);
                PpoLoss.policy(
                        distribution,
                        b.output,
                        b.action,
                        b.old,
                        b.weight,
                        rows,
                        config,
                        b.gradient,
                        sums);
                actor.backward(b.gradient, rows);
                step(actor, actorAdam, rate, sums);
            }
        }
    }

    private void updateCritic(double rate, PpoLoss.Sums sums) {
        Batch b = criticBatch;
        for (int[] epoch : order) {
            for (int part = 0; part < config.minibatches(); part++) {
                int from = from(part);
                int rows = from(part + 1) - from;
                gather(rollout.criticInput, rollout.criticInputs(), epoch, from, rows, b.input);
                gather(normalisedTarget, 1, epoch, from, rows, b.weight);
                critic.forward(b.input, 0, rows, b.output);
                PpoLoss.value(b.output, b.weight, rows, config.huber(), b.gradient, sums);
                critic.backward(b.gradient, rows);
                step(critic, criticAdam, rate, sums);
            }
        }
    }

    private int from(int part) {
        return (int) ((long) rollout.liveRows() * part / config.minibatches());
    }

    private static void gather(
            float[] from, int width, int[] order, int at, int rows, float[] into) {
        for (int k = 0; k < rows; k++) {
            int row = order[at + k] * width;
            for (int i = 0; i < width; i++) {
                into[k * width + i] = from[row + i];
            }
        }
    }

    private void step(Network network, Adam adam, double rate, PpoLoss.Sums sums) {
        float[] weights = network.parameters().values();
        float[] gradient = network.parameters().gradient();
        sums.norm += adam.step(weights, gradient, rate, config.maxNorm());
        sums.steps++;
        network.parameters().valuesChanged();
    }

    private double explainedVariance() {
        int n = rollout.liveRows();
        double mean = 0;
        for (int k = 0; k < n; k++) {
            mean += rollout.target[rollout.live[k]];
        }
        mean /= n;
        double total = 0;
        double left = 0;
        for (int k = 0; k < n; k++) {
            int i = rollout.live[k];
            double deviation = rollout.target[i] - mean;
            double error = rollout.advantage[i];
            total += deviation * deviation;
            left += error * error;
        }
        return total == 0 ? 0 : 1 - left / total;
    }
}
