package marlab.learning.algo;

import marlab.sim.seed.RandomStream;

/// One of several choices; the outputs are logits z, p = softmax(z).
public final class Categorical implements ActionDistribution {

    private final int choices;
    private final float[] p;
    private final float[] logP;
    private int chosen;
    private float entropy;

    Categorical(int choices) {
        this.choices = choices;
        p = new float[choices];
        logP = new float[choices];
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
    public float[] probabilities(float[] outputs, int at) {
        softmax(outputs, at);
        return p;
    }

    private void softmax(float[] z, int at) {
        float max = z[at];
        for (int k = 1; k < choices; k++) {
            max = Math.max(max, z[at + k]);
        }
        float sum = 0;
        for (int k = 0; k < choices; k++) {
            p[k] = (float) Math.exp(z[at + k] - max);
            sum += p[k];
        }
        float logSum = (float) Math.log(sum) + max;
        float scale = 1 / sum;
        for (int k = 0; k < choices; k++) {
            p[k] *= scale;
            logP[k] = z[at + k] - logSum;
        }
    }

    @Override
    public float sample(
            float[] outputs, int at, RandomStream random, float[] action, int actionAt) {
        softmax(outputs, at);
        float u = (float) random.nextDouble();
        int choice = 0;
        float cumulated = p[0];
        while (choice < choices - 1 && u >= cumulated) {
            choice++;
            cumulated += p[choice];
        }
        action[actionAt] = choice;
        return logP[choice];
    }

    @Override
    public void mode(float[] outputs, int at, float[] action, int actionAt) {
        int best = 0;
        for (int k = 1; k < choices; k++) {
            if (outputs[at + k] > outputs[at + best]) {
                best = k;
            }
        }
        action[actionAt] = best;
    }

    @Override
    public float logProbability(float[] outputs, int at, float[] action, int actionAt) {
        softmax(outputs, at);
        chosen = (int) action[actionAt];
        entropy = 0;
        for (int k = 0; k < choices; k++) {
            entropy -= p[k] * logP[k];
        }
        return logP[chosen];
    }

    @Override
    public float entropy() {
        return entropy;
    }

    /// ∂ log p_c / ∂z_k = 1[k = c] − p_k and ∂H / ∂z_k = −p_k (log p_k + H).
    @Override
    public void gradient(float a, float b, float[] into, int intoAt) {
        for (int k = 0; k < choices; k++) {
            float indicator = k == chosen ? 1 : 0;
            into[intoAt + k] = a * (indicator - p[k]) - b * p[k] * (logP[k] + entropy);
        }
    }

    @Override
    public double divergence(float[] old, int oldAt, float[] now, int nowAt) {
        double oldNormaliser = logSum(old, oldAt);
        double normaliser = logSum(now, nowAt);
        double sum = 0;
        for (int k = 0; k < choices; k++) {
            double logOld = old[oldAt + k] - oldNormaliser;
            sum += Math.exp(logOld) * (logOld - (now[nowAt + k] - normaliser));
        }
        return sum;
    }

    private double logSum(float[] z, int at) {
        double max = z[at];
        for (int k = 1; k < choices; k++) {
            max = Math.max(max, z[at + k]);
        }
        double sum = 0;
        for (int k = 0; k < choices; k++) {
            sum += Math.exp(z[at + k] - max);
        }
        return max + Math.log(sum);
    }

    /// (diag(p) − p·pᵀ)·v.
    @Override
    public void fisher(float[] outputs, int at, float[] change, int changeAt) {
        softmax(outputs, at);
        float mean = 0;
        for (int k = 0; k < choices; k++) {
            mean += p[k] * change[changeAt + k];
        }
        for (int k = 0; k < choices; k++) {
            change[changeAt + k] = p[k] * (change[changeAt + k] - mean);
        }
    }
}
