package marlab.learning.algo;

import java.io.IOException;
import java.util.function.IntConsumer;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Mlp;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.Replicas;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;

/// The critic of {@link Coma}: of what is seen and what the others do, the value of each of one's
/// own actions, [rows × choices]. It says values in deviations of returns from their mean ({@link
/// ValueNorm}). Its target, a copy of weights and scale that is renewed every so many gradient
/// steps, says them in the reward's unit. What has a `part` may be called by one thread for each
/// part.
final class CounterfactualCritic {

    private static final int PARTS = ComaUnit.PARTS;

    private final ComaConfig config;
    private final int inputs;
    private final int choices;
    private final Replicas critic;
    private final Replicas target;
    private final ValueNorm norm = new ValueNorm();
    private final ValueNorm targetNorm = new ValueNorm();
    private final RandomStream shuffling;
    private final long[] steps = new long[1];
    private final int[] order;
    private final float[][] batch = new float[PARTS][];
    private final float[][] values = new float[PARTS][];
    private final float[][] gradient = new float[PARTS][];
    private final double[] loss = new double[PARTS];

    /// @param index of the unit
    /// @param inputs numbers per row
    /// @param rows of a roll-out
    CounterfactualCritic(
            Setup setup, int index, ComaConfig config, int inputs, int choices, int rows) {
        this.config = config;
        this.inputs = inputs;
        this.choices = choices;
        int room = (rows + PARTS - 1) / PARTS;
        critic = new Replicas(PARTS, 1e-5, part -> network(setup, room));
        target = new Replicas(PARTS, 1e-5, part -> network(setup, room));
        NetworkConfig.initialise(critic.main(), 1, setup.seeds().stream("critic", index));
        critic.spread();
        target.follow(critic.main(), 1);
        shuffling = setup.seeds().stream("shuffling", index);
        order = new int[rows];
        for (int part = 0; part < PARTS; part++) {
            batch[part] = new float[room * inputs];
            values[part] = new float[room * choices];
            gradient[part] = new float[room * choices];
        }
    }

    /// Always an MLP: it sees no entities but numbers.
    private Mlp network(Setup setup, int room) {
        NetworkConfig network = setup.network();
        return new Mlp(
                setup.algebra(), inputs, network.hidden(), choices, network.activation(), room);
    }

    /// Values of all own actions in deviations of returns from their mean. The array is reused.
    ///
    /// @param at position of the first row
    float[] values(int part, float[] input, int at, int rows) {
        critic.part(part).forward(input, at, rows, values[part]);
        return values[part];
    }

    /// The target's values of all own actions, in the reward's unit. The array is reused.
    ///
    /// @param at position of the first row
    float[] target(int part, float[] input, int at, int rows) {
        float[] q = values[part];
        target.part(part).forward(input, at, rows, q);
        float mean = targetNorm.mean();
        float deviation = targetNorm.deviation();
        for (int k = 0; k < rows * choices; k++) {
            q[k] = mean + deviation * q[k];
        }
        return q;
    }

    /// Goes down mean (Q(s, a) − return)²/2 over the live rows.
    ///
    /// @param input [rows × inputs]
    /// @param chosen per row the action that was taken, as the critic counts them
    /// @param rollout with its returns ready
    /// @return that mean, in squared deviations of returns
    double learn(float[] input, int[] chosen, Rollout rollout, double rate, Workers workers) {
        norm.update(rollout.target, rollout.live, rollout.liveRows());
        float mean = norm.mean();
        float scale = 1 / norm.deviation();
        loss[0] = 0;
        loss[1] = 0;
        int count = rollout.liveRows();
        for (int epoch = 0; epoch < config.epochs(); epoch++) {
            shuffle(rollout);
            for (int b = 0; b < config.minibatches(); b++) {
                int from = share(count, b, config.minibatches());
                int rows = share(count, b + 1, config.minibatches()) - from;
                if (rows == 0) {
                    continue;
                }
                IntConsumer half =
                        part -> {
                            int first = from + share(rows, part, PARTS);
                            int mine = from + share(rows, part + 1, PARTS) - first;
                            Minibatches.gather(input, inputs, order, first, mine, batch[part]);
                            float[] q = values(part, batch[part], 0, mine);
                            float[] slope = gradient[part];
                            java.util.Arrays.fill(slope, 0, mine * choices, 0);
                            for (int k = 0; k < mine; k++) {
                                int row = order[first + k];
                                int at = k * choices + chosen[row];
                                float error = q[at] - (rollout.target[row] - mean) * scale;
                                slope[at] = error / rows;
                                loss[part] += 0.5 * error * error;
                            }
                            critic.part(part).backward(slope, mine);
                        };
                workers.run(PARTS, half);
                critic.step(PARTS, rate, config.maxNorm());
                if (++steps[0] % config.targetEvery() == 0) {
                    target.follow(critic.main(), 1);
                    targetNorm.load(norm.save());
                }
            }
        }
        return (loss[0] + loss[1]) / ((double) count * config.epochs());
    }

    private static int share(int count, int part, int parts) {
        return (int) ((long) count * part / parts);
    }

    /// The rows that count, in random order (Fisher–Yates).
    private void shuffle(Rollout rollout) {
        for (int i = 0; i < rollout.liveRows(); i++) {
            int j = shuffling.nextInt(i + 1);
            order[i] = order[j];
            order[j] = rollout.live[i];
        }
    }

    /// @param name prefix of all names
    void persist(Persistence state, String name) throws IOException {
        state.network(name, critic.main());
        state.network(name + "_target", target.main());
        state.norm(name + "_norm", norm);
        state.norm(name + "_target_norm", targetNorm);
        state.adam(name, critic.adam());
        state.longs(name + "_steps", steps);
        state.stream(name + "_shuffling", shuffling);
        critic.spread();
        target.spread();
    }
}
