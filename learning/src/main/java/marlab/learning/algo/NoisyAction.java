package marlab.learning.algo;

import marlab.sim.seed.RandomStream;

/// A deterministic action in a box plus normal noise while learning (Lillicrap et al. 2016); the
/// outputs are, per component, x with μ = middle + half · tanh(x). The noise's standard deviation
/// is a share of half the box; what leaves the box is clipped to it.
public final class NoisyAction implements ActionHead {

    private final int components;
    private final float middle;
    private final float half;
    private double noise;

    NoisyAction(int components, double low, double high) {
        this.components = components;
        middle = (float) ((low + high) / 2);
        half = (float) ((high - low) / 2);
    }

    @Override
    public int outputs() {
        return components;
    }

    @Override
    public int actionSize() {
        return components;
    }

    @Override
    public void explore(double amount) {
        noise = amount;
    }

    @Override
    public float sample(
            float[] outputs, int at, RandomStream random, float[] action, int actionAt) {
        for (int k = 0; k < components; k++) {
            double unit = Math.tanh(outputs[at + k]) + noise * random.nextGaussian();
            action[actionAt + k] = middle + half * (float) Math.max(-1, Math.min(1, unit));
        }
        return 0;
    }

    @Override
    public void mode(float[] outputs, int at, float[] action, int actionAt) {
        for (int k = 0; k < components; k++) {
            action[actionAt + k] = middle + half * (float) Math.tanh(outputs[at + k]);
        }
    }
}
