package marlab.learning.net;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// A network that learns on several threads at once: each part of a minibatch has a replica with
/// the same weights, and the gradients are added in the parts' order, so that the number of threads
/// changes no result. Each replica is owned by one thread at a time, {@link #step} and what copies
/// weights by the learner.
public final class Replicas {

    private final List<Network> replicas = new ArrayList<>();
    private final Adam adam;
    private final float[] sum;

    /// @param parts how many replicas
    /// @param make makes a network for a part; the first one's weights are the ones that count
    /// @param epsilon of Adam
    public Replicas(int parts, double epsilon, IntFunction<Network> make) {
        for (int part = 0; part < parts; part++) {
            replicas.add(make.apply(part));
        }
        int size = main().parameters().size();
        adam = new Adam(size, epsilon);
        sum = new float[size];
    }

    /// The replica whose weights are initialised, saved and shown.
    public Network main() {
        return replicas.getFirst();
    }

    /// The replica of a part.
    public Network part(int part) {
        return replicas.get(part);
    }

    /// How many parts.
    public int parts() {
        return replicas.size();
    }

    /// The optimiser.
    public Adam adam() {
        return adam;
    }

    /// Gives everyone the main replica's weights, after they were changed from outside.
    public void spread() {
        float[] weights = main().parameters().values();
        for (Network replica : replicas) {
            if (replica != main()) {
                System.arraycopy(weights, 0, replica.parameters().values(), 0, weights.length);
            }
            replica.parameters().valuesChanged();
        }
    }

    /// One step of Adam down the sum of the parts' gradients.
    ///
    /// @param used how many parts had work since the last step
    /// @return the gradient's norm before clipping
    public double step(int used, double rate, double maxNorm) {
        System.arraycopy(main().parameters().gradient(), 0, sum, 0, sum.length);
        for (int part = 1; part < used; part++) {
            float[] gradient = part(part).parameters().gradient();
            for (int k = 0; k < sum.length; k++) {
                sum[k] += gradient[k];
            }
        }
        double norm = adam.step(main().parameters().values(), sum, rate, maxNorm);
        spread();
        return norm;
    }

    /// Shows what inputs look like, see {@link Network#observe}.
    public void observe(float[] input, int[] rows, int count) {
        main().observe(input, rows, count);
        spread();
    }

    /// Moves all weights towards another network's: w ← (1 − τ)·w + τ·w′. τ = 1 copies.
    public void follow(Network other, double tau) {
        float[] mine = main().parameters().values();
        float[] theirs = other.parameters().values();
        float t = (float) tau;
        for (int k = 0; k < mine.length; k++) {
            mine[k] = t == 1 ? theirs[k] : mine[k] + t * (theirs[k] - mine[k]);
        }
        spread();
    }
}
