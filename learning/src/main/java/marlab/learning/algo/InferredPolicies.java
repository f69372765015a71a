package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.InputView;
import marlab.learning.net.Network;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.Replicas;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;

/// What each unit guesses of the policies of all others (Lowe et al. 2017, §4.2): for unit i and
/// every other j a network μ̂_i^j(o_j) that descends −E[log μ̂_i^j(a_j | o_j)] − λ H(μ̂_i^j) on the
/// newest actions, one step before each update of the critic; targets use a copy that follows
/// slowly. Agents that share their networks know each other's policy, so with one unit there is
/// nothing to infer. With ensembles the mixture is inferred: nobody says which sub-policy acts.
final class InferredPolicies {

    /// λ.
    private static final double ENTROPY = 1e-3;

    private final List<Guess> guesses = new ArrayList<>();
    private final Guess[][] about; // [unit][other]
    private final DeterministicConfig config;
    private Experience experience;
    private double left;

    /// One unit's guess of another's policy.
    private final class Guess {
        final int other;
        final String name;
        final int members;
        final int inputs;
        final ActionDistribution distribution;
        final Replicas guess;
        final Replicas target;
        final RandomStream drawing;
        final RandomStream[] random;
        final RelaxedAction[] relaxed;
        final int[] drawn;
        final float[] input;
        final float[] output;
        final float[] gradient;
        final float[][] targetInput;
        final float[][] targetOutput;
        final float[][] targetAction;
        double loss;

        Guess(Setup setup, int unit, int other, int parts, int transitions) {
            this.other = other;
            Unit whom = setup.units().get(other);
            members = whom.members().size();
            name = setup.units().get(unit).name() + ".guess_of_" + whom.name();
            var space = whom.groupIn(setup.spec()).action();
            distribution = ActionDistribution.of(space);
            InputView acting = setup.actorInput(whom);
            InputView view = new InputView(acting.view(), acting.ids(), 1);
            inputs = view.size();
            int outputs = distribution.outputs();
            int rows = transitions * members;
            guess = new Replicas(1, 1e-8, _ -> network(setup, view, outputs, config.batch()));
            target = new Replicas(parts, 1e-8, _ -> network(setup, view, outputs, rows));
            long index = (long) unit * setup.units().size() + other;
            NetworkConfig.initialise(guess.main(), 0.01, setup.seeds().stream("guess", index));
            guess.spread();
            target.follow(guess.main(), 1);
            drawing = setup.seeds().stream("guess_drawing", index);
            random = new RandomStream[parts];
            relaxed = new RelaxedAction[parts];
            for (int part = 0; part < parts; part++) {
                random[part] = setup.seeds().stream("guess_action", index * parts + part);
                relaxed[part] = new RelaxedAction(space, false, 0);
            }
            drawn = new int[config.batch()];
            input = new float[config.batch() * inputs];
            output = new float[config.batch() * outputs];
            gradient = new float[output.length];
            targetInput = new float[parts][rows * inputs];
            targetOutput = new float[parts][rows * outputs];
            targetAction = new float[parts][rows * space.size()];
        }

        private static Network network(Setup setup, InputView view, int outputs, int rows) {
            return setup.network().build(setup.algebra(), view, outputs, rows);
        }

        /// One step of gradient descent on rows of the newest roll-out.
        void learn() {
            Rollout rollout = experience.rollout(other);
            int outputs = distribution.outputs();
            int rows = config.batch();
            for (int k = 0; k < rows; k++) {
                drawn[k] = (int) (drawing.nextDouble() * rollout.rows());
                System.arraycopy(
                        rollout.input, drawn[k] * rollout.inputs(), input, k * inputs, inputs);
            }
            guess.main().forward(input, 0, rows, output);
            loss = 0;
            float share = 1f / rows;
            for (int k = 0; k < rows; k++) {
                float weight = rollout.gone(drawn[k]) ? 0 : share;
                int at = drawn[k] * rollout.actionSize();
                float likely = distribution.logProbability(output, k * outputs, rollout.action, at);
                distribution.gradient(-weight, (float) -ENTROPY * weight, gradient, k * outputs);
                loss -= weight * likely;
            }
            guess.main().backward(gradient, rows);
            guess.step(1, config.learningRate() * left, config.maxNorm());
            target.follow(guess.main(), config.tau());
        }

        void join(int part, JointBatch batch) {
            JointBatch.Side side = batch.side(other);
            int rows = batch.rows(other);
            int stride = side.next.length / rows;
            for (int row = 0; row < rows; row++) {
                System.arraycopy(side.next, row * stride, targetInput[part], row * inputs, inputs);
            }
            float[] outputs = targetOutput[part];
            target.part(part).forward(targetInput[part], 0, rows, outputs);
            if (relaxed[part].choice()) {
                relaxed[part].target(outputs, rows, 0, 0, random[part], targetAction[part]);
            } else { // the mean, which is in halves of the box already
                for (int k = 0; k < targetAction[part].length; k++) {
                    targetAction[part][k] = Math.max(-1, Math.min(1, outputs[2 * k]));
                }
            }
            batch.join(other, targetAction[part]);
        }

        void persist(Persistence state) throws IOException {
            state.network(name, guess.main());
            state.network(name + "_target", target.main());
            state.adam(name, guess.adam());
            state.stream(name + ".drawing", drawing);
            for (int part = 0; part < random.length; part++) {
                state.stream(name + ".action" + (part + 1), random[part]);
            }
            guess.spread();
            target.spread();
        }
    }

    /// @param parts that a minibatch is cut into
    /// @param transitions of a part
    InferredPolicies(Setup setup, DeterministicConfig config, int parts, int transitions) {
        this.config = config;
        int units = setup.units().size();
        about = new Guess[units][units];
        for (int u = 0; u < units; u++) {
            for (int v = 0; v < units; v++) {
                if (u != v) {
                    about[u][v] = new Guess(setup, u, v, parts, transitions);
                    guesses.add(about[u][v]);
                }
            }
        }
    }

    /// One step for every guess.
    ///
    /// @param newest roll-out
    /// @param rateLeft share of the learning rate
    /// @return mean of −log μ̂(a)
    double learn(Experience newest, double rateLeft, Workers workers) {
        experience = newest;
        left = rateLeft;
        if (guesses.isEmpty()) {
            return 0;
        }
        IntConsumer one = g -> guesses.get(g).learn();
        workers.run(guesses.size(), one);
        return guesses.stream().mapToDouble(g -> g.loss).sum() / guesses.size();
    }

    /// Makes the joint target actions those that one unit expects: its own by its target policy,
    /// the others' by its guesses.
    void joinTargets(int part, int unit, JointBatch batch) {
        batch.join(unit, batch.side(unit).target);
        for (Guess guess : about[unit]) {
            if (guess != null) {
                guess.join(part, batch);
            }
        }
    }

    void persist(Persistence state) throws IOException {
        for (Guess guess : guesses) {
            guess.persist(state);
        }
    }
}
