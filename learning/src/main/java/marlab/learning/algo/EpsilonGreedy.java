package marlab.learning.algo;

import java.util.Arrays;
import marlab.sim.seed.RandomStream;

/// The choice of the highest action value, or with probability ε any choice. The outputs are action
/// values Q(o, ·), or, where the network duels, advantages A(o, ·) and then the state's value V(o),
/// with Q(o, a) = V(o) + A(o, a) − mean A(o, ·) (Wang et al. 2016, Dueling network architectures
/// for deep reinforcement learning, equation 9; here both are read out of one trunk).
public final class EpsilonGreedy implements ActionHead {

    private final int choices;
    private final boolean duelling;
    private final float[] p;
    private double epsilon;

    EpsilonGreedy(int choices, boolean duelling) {
        this.choices = choices;
        this.duelling = duelling;
        p = new float[choices];
    }

    @Override
    public int outputs() {
        return duelling ? choices + 1 : choices;
    }

    @Override
    public int actionSize() {
        return 1;
    }

    @Override
    public void explore(double amount) {
        epsilon = amount;
    }

    @Override
    public float sample(
            float[] outputs, int at, RandomStream random, float[] action, int actionAt) {
        double u = random.nextDouble(); // two draws always, so that streams stay in step
        int any = (int) (random.nextDouble() * choices);
        action[actionAt] = u < epsilon ? any : best(outputs, at);
        return 0;
    }

    @Override
    public void mode(float[] outputs, int at, float[] action, int actionAt) {
        action[actionAt] = best(outputs, at);
    }

    /// How many choices there are.
    int choices() {
        return choices;
    }

    /// The choice of the highest value, the first of several.
    int best(float[] outputs, int at) {
        int best = 0;
        for (int k = 1; k < choices; k++) {
            if (outputs[at + k] > outputs[at + best]) {
                best = k;
            }
        }
        return best;
    }

    /// Value of a choice, Q(o, a).
    float q(float[] outputs, int at, int choice) {
        float q = outputs[at + choice];
        return duelling ? q + outputs[at + choices] - mean(outputs, at) : q;
    }

    private float mean(float[] outputs, int at) {
        float sum = 0;
        for (int k = 0; k < choices; k++) {
            sum += outputs[at + k];
        }
        return sum / choices;
    }

    /// Gradient with respect to the outputs from that with respect to the value of a choice.
    ///
    /// @param into overwritten from `at` on, {@link #outputs} numbers
    void differentiate(float slope, int choice, float[] into, int at) {
        Arrays.fill(into, at, at + choices, duelling ? -slope / choices : 0);
        into[at + choice] += slope;
        if (duelling) {
            into[at + choices] = slope;
        }
    }

    @Override
    public float[] probabilities(float[] outputs, int at) {
        Arrays.fill(p, (float) (epsilon / choices));
        p[best(outputs, at)] += (float) (1 - epsilon);
        return p;
    }

    @Override
    public float value(float[] outputs, int at) {
        return q(outputs, at, best(outputs, at));
    }
}
