package marlab.learning.algo;

import java.io.IOException;
import marlab.learning.net.Mlp;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.Replicas;

/// A value Q(x, a) of what is seen and done, and the target that follows it, for learners that work
/// on parts of a minibatch at once: what has a `part` may be called by one thread for each part.
final class ActionCritic {

    private final Replicas critic;
    private final Replicas target;
    private final float[][] values;
    private final float[][] gradient;

    /// @param inputs numbers per row
    /// @param stream name of the stream that draws the weights
    /// @param index of the unit
    ActionCritic(Setup setup, int inputs, String stream, int index, int parts, int capacity) {
        critic = new Replicas(parts, 1e-8, part -> network(setup, inputs, capacity));
        target = new Replicas(parts, 1e-8, part -> network(setup, inputs, capacity));
        NetworkConfig.initialise(critic.main(), 1, setup.seeds().stream(stream, index));
        critic.spread();
        target.follow(critic.main(), 1);
        values = new float[parts][capacity];
        gradient = new float[parts][capacity];
    }

    /// Always an MLP over inputs as they are: it sees no entities but numbers.
    private static Mlp network(Setup setup, int inputs, int capacity) {
        NetworkConfig config = setup.network();
        return new Mlp(setup.algebra(), inputs, config.hidden(), 1, config.activation(), capacity);
    }

    /// y = r + γ·next, nothing following where the task is over. A time limit does not end a task.
    ///
    /// @param next value of what is seen and done after the step, for each row
    static void goals(
            float[] reward,
            boolean[] terminated,
            float[] next,
            double discount,
            int rows,
            float[] into) {
        for (int row = 0; row < rows; row++) {
            into[row] = reward[row] + (terminated[row] ? 0 : (float) discount * next[row]);
        }
    }

    /// Values by the target, in an array that is reused.
    float[] target(int part, float[] input, int rows) {
        target.part(part).forward(input, 0, rows, values[part]);
        return values[part];
    }

    /// Gradient of the mean of (Q − y)² over the rows that count, in this part.
    ///
    /// @param target y of each row
    /// @param gone rows that do not count
    /// @param all rows of all parts, which the mean is over
    /// @return sum of (Q − y)² over the part
    double learn(int part, float[] input, float[] target, boolean[] gone, int rows, int all) {
        float[] q = values[part];
        critic.part(part).forward(input, 0, rows, q);
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            float error = gone[row] ? 0 : q[row] - target[row];
            gradient[part][row] = 2 * error / all;
            sum += (double) error * error;
        }
        critic.part(part).backward(gradient[part], rows);
        return sum;
    }

    /// Gradient of −Σ Q / all with respect to the inputs, over the rows that count: what an actor
    /// descends.
    ///
    /// @param into receives [rows × inputs]
    /// @return sum of Q over the rows that count
    double ascent(int part, float[] input, boolean[] gone, int rows, int all, float[] into) {
        float[] q = values[part];
        critic.part(part).forward(input, 0, rows, q);
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            gradient[part][row] = gone[row] ? 0 : -1f / all;
            sum += gone[row] ? 0 : q[row];
        }
        critic.part(part).inputGradient(gradient[part], rows, into);
        return sum;
    }

    /// One step of Adam.
    ///
    /// @return the gradient's norm before clipping
    double step(double rate, double maxNorm) {
        return critic.step(critic.parts(), rate, maxNorm);
    }

    /// Moves the target.
    void follow(double tau) {
        target.follow(critic.main(), tau);
    }

    /// @param name prefix of all names
    void persist(Persistence state, String name) throws IOException {
        state.network(name, critic.main());
        state.network(name + "_target", target.main());
        state.adam(name, critic.adam());
        critic.spread();
        target.spread();
    }
}
