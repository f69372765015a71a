package marlab.learning.algo;

import marlab.sim.seed.RandomStream;

/// Independent normal distributions, one per component of a box; the outputs are, per component,
/// the mean in units of half the box about its middle, and the logarithm of the standard deviation
/// in the same unit. Actions are kept unclipped (the density is theirs); the world clips them.
public final class DiagonalGaussian implements ActionDistribution {

    private static final float HALF_LOG_2PI = 0.918938533f;
    private static final float MIN_LOG_SD = -4;
    private static final float MAX_LOG_SD = 1;

    private final int components;
    private final float middle;
    private final float half;
    private final float[] standard;
    private final float[] logSd;
    private final boolean[] free;

    DiagonalGaussian(int components, double low, double high) {
        this.components = components;
        middle = (float) ((low + high) / 2);
        half = (float) ((high - low) / 2);
        standard = new float[components];
        logSd = new float[components];
        free = new boolean[components];
    }

    @Override
    public int outputs() {
        return 2 * components;
    }

    @Override
    public int actionSize() {
        return components;
    }

    @Override
    public float sample(
            float[] outputs, int at, RandomStream random, float[] action, int actionAt) {
        for (int k = 0; k < components; k++) {
            float sd = (float) Math.exp(clamp(outputs[at + 2 * k + 1]));
            float noise = (float) random.nextGaussian();
            action[actionAt + k] = middle + half * (outputs[at + 2 * k] + sd * noise);
        }
        return logProbability(outputs, at, action, actionAt);
    }

    private static float clamp(float x) {
        return Math.max(MIN_LOG_SD, Math.min(MAX_LOG_SD, x));
    }

    @Override
    public void mode(float[] outputs, int at, float[] action, int actionAt) {
        for (int k = 0; k < components; k++) {
            action[actionAt + k] = middle + half * outputs[at + 2 * k];
        }
    }

    @Override
    public float logProbability(float[] outputs, int at, float[] action, int actionAt) {
        float sum = 0;
        for (int k = 0; k < components; k++) {
            float raw = outputs[at + 2 * k + 1];
            logSd[k] = clamp(raw);
            free[k] = raw > MIN_LOG_SD && raw < MAX_LOG_SD;
            float unit = (action[actionAt + k] - middle) / half;
            standard[k] = (unit - outputs[at + 2 * k]) / (float) Math.exp(logSd[k]);
            sum -= 0.5f * standard[k] * standard[k] + logSd[k] + HALF_LOG_2PI;
        }
        return sum;
    }

    @Override
    public float entropy() {
        float sum = 0;
        for (int k = 0; k < components; k++) {
            sum += logSd[k] + HALF_LOG_2PI + 0.5f;
        }
        return sum;
    }

    /// With u = (x − μ)/σ: ∂ log p/∂μ = u/σ, ∂ log p/∂ log σ = u² − 1, ∂H/∂ log σ = 1.
    @Override
    public void gradient(float a, float b, float[] into, int intoAt) {
        for (int k = 0; k < components; k++) {
            into[intoAt + 2 * k] = a * standard[k] / (float) Math.exp(logSd[k]);
            into[intoAt + 2 * k + 1] = free[k] ? a * (standard[k] * standard[k] - 1) + b : 0;
        }
    }

    /// Per component log(σ′/σ) + (σ² + (μ − μ′)²)/2σ′² − 1/2.
    @Override
    public double divergence(float[] old, int oldAt, float[] now, int nowAt) {
        double sum = 0;
        for (int k = 0; k < components; k++) {
            double shift = (double) now[nowAt + 2 * k] - old[oldAt + 2 * k];
            double logOld = clamp(old[oldAt + 2 * k + 1]);
            double logNow = clamp(now[nowAt + 2 * k + 1]);
            sum += logNow - logOld - 0.5;
            sum += (Math.exp(2 * logOld) + shift * shift) / (2 * Math.exp(2 * logNow));
        }
        return sum;
    }

    /// 1/σ² for the mean, 2 for log σ, or 0 where that is beyond its bounds.
    @Override
    public void fisher(float[] outputs, int at, float[] change, int changeAt) {
        for (int k = 0; k < components; k++) {
            float raw = outputs[at + 2 * k + 1];
            boolean within = raw > MIN_LOG_SD && raw < MAX_LOG_SD;
            change[changeAt + 2 * k] *= (float) Math.exp(-2 * clamp(raw));
            change[changeAt + 2 * k + 1] *= within ? 2 : 0;
        }
    }
}
