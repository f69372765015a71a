package marlab.learning.algo;

import marlab.sim.seed.RandomStream;
import marlab.sim.space.ActionSpace;

/// Actions as critics of deterministic policies take them, and how they depend on an actor's
/// outputs. Real actions are in units of half their box about its middle, u = tanh(x), with du/dx =
/// 1 − u². A choice is a vector with a 1 where the choice is. An actor's own choice is relaxed by
/// the Gumbel-softmax trick (Jang et al. 2017; Maddison et al. 2017): y = softmax(z + g), g = −log
/// (−log uniform), at temperature 1. The *straight-through* form shows the critic the one-hot
/// vector of the largest z + g, which is distributed as softmax(z), the way agents act, and passes
/// its gradient on as if y had been shown: ∂/∂z_k = y_k (d_k − Σ_j d_j y_j). The *soft* form shows
/// y, as in Lowe et al.'s code.
///
/// Keeps what the last {@link #relax} drew; owned by one thread at a time.
final class RelaxedAction {

    private final int width;
    private final boolean choice;
    private final boolean soft;
    private final float middle;
    private final float half;
    private final float[] kept;

    /// @param soft whether a choice is shown as a mixture
    /// @param capacity most rows of a batch
    RelaxedAction(ActionSpace space, boolean soft, int capacity) {
        this.soft = soft;
        width = space.size();
        choice = space instanceof ActionSpace.Discrete;
        ActionSpace.Box box = space instanceof ActionSpace.Box b ? b : null;
        middle = box == null ? 0 : (float) ((box.low() + box.high()) / 2);
        half = box == null ? 1 : (float) ((box.high() - box.low()) / 2);
        kept = new float[capacity * width];
    }

    /// Numbers that a critic takes of one action; as many as the actor has outputs.
    int width() {
        return width;
    }

    /// Whether actions are choices.
    boolean choice() {
        return choice;
    }

    /// An action that was taken, as a critic takes it.
    void taken(float[] action, int at, float[] into, int intoAt) {
        for (int k = 0; k < width; k++) {
            into[intoAt + k] =
                    choice
                            ? (k == (int) action[at] ? 1 : 0)
                            : Math.max(-1, Math.min(1, (action[at + k] - middle) / half));
        }
    }

    /// Actions that follow from outputs so that a gradient can go back.
    ///
    /// @param outputs [rows × width]
    /// @param into receives [rows × width]
    void relax(float[] outputs, int rows, RandomStream random, float[] into) {
        for (int at = 0; at < rows * width; at += width) {
            if (!choice) {
                for (int k = at; k < at + width; k++) {
                    kept[k] = (float) Math.tanh(outputs[k]);
                    into[k] = kept[k];
                }
                continue;
            }
            int best = at;
            for (int k = at; k < at + width; k++) {
                kept[k] = outputs[k] + gumbel(random);
                best = kept[k] > kept[best] ? k : best;
            }
            float largest = kept[best];
            float sum = 0;
            for (int k = at; k < at + width; k++) {
                kept[k] = (float) Math.exp(kept[k] - largest);
                sum += kept[k];
            }
            for (int k = at; k < at + width; k++) {
                kept[k] /= sum;
                into[k] = soft ? kept[k] : k == best ? 1 : 0;
            }
        }
    }

    /// Gumbel noise; a uniform number of 0 counts as half the smallest above it.
    private static float gumbel(RandomStream random) {
        return (float) -Math.log(-Math.log(Math.max(random.nextDouble(), 0x1.0p-54)));
    }

    /// Takes a gradient back through the actions of the last {@link #relax}, and adds that of
    /// weight · mean(outputs²).
    ///
    /// @param actionGradient [rows × width], with respect to the actions
    /// @param outputs as given to {@link #relax}
    /// @param weight of the regulariser
    /// @param count numbers that its mean is over
    /// @param into receives the gradient with respect to the outputs
    void backward(
            float[] actionGradient,
            float[] outputs,
            int rows,
            double weight,
            int count,
            float[] into) {
        float pull = (float) (2 * weight / count);
        for (int at = 0; at < rows * width; at += width) {
            float mean = 0;
            if (choice) {
                for (int k = at; k < at + width; k++) {
                    mean += actionGradient[k] * kept[k];
                }
            }
            for (int k = at; k < at + width; k++) {
                float slope =
                        choice
                                ? kept[k] * (actionGradient[k] - mean)
                                : (1 - kept[k] * kept[k]) * actionGradient[k];
                into[k] = slope + pull * outputs[k];
            }
        }
    }

    /// Actions for targets: choices drawn as agents draw them, real actions with clipped noise
    /// (target policy smoothing, Fujimoto et al. 2018).
    ///
    /// @param noise standard deviation of the noise, in halves of the box; 0 for none
    /// @param clip largest noise
    void target(
            float[] outputs,
            int rows,
            double noise,
            double clip,
            RandomStream random,
            float[] into) {
        for (int at = 0; at < rows * width; at += width) {
            int best = at;
            float largest = Float.NEGATIVE_INFINITY;
            for (int k = at; k < at + width; k++) {
                if (choice) {
                    into[k] = 0;
                    float perturbed = outputs[k] + gumbel(random);
                    best = perturbed > largest ? k : best;
                    largest = Math.max(largest, perturbed);
                } else {
                    double drawn = noise == 0 ? 0 : noise * random.nextGaussian();
                    double unit = Math.tanh(outputs[k]) + Math.max(-clip, Math.min(clip, drawn));
                    into[k] = (float) Math.max(-1, Math.min(1, unit));
                }
            }
            if (choice) {
                into[best] = 1;
            }
        }
    }
}
