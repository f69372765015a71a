package marlab.learning.algo;

import java.util.Arrays;
import marlab.sim.seed.RandomStream;

/// The choice of the highest action value, or with probability ε any choice; the outputs are action
/// values Q(o, ·).
public final class EpsilonGreedy implements ActionHead {

    private final int choices;
    private final float[] p;
    private double epsilon;

    EpsilonGreedy(int choices) {
        this.choices = choices;
        p = new float[choices];
    }

    @Override
    public int outputs() {
        return choices;
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

    private int best(float[] q, int at) {
        int best = 0;
        for (int k = 1; k < choices; k++) {
            if (q[at + k] > q[at + best]) {
                best = k;
            }
        }
        return best;
    }

    @Override
    public float[] probabilities(float[] outputs, int at) {
        Arrays.fill(p, (float) (epsilon / choices));
        p[best(outputs, at)] += (float) (1 - epsilon);
        return p;
    }

    @Override
    public float value(float[] outputs, int at) {
        return outputs[at + best(outputs, at)];
    }
}
