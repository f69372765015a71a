package marlab.learning.algo;

/// The two losses of PPO (Schulman et al. 2017, equations 7 and 9) and their gradients with respect
/// to network outputs, averaged over a minibatch.
final class PpoLoss {

    private PpoLoss() {}

    /// Running sums over minibatches, for the curves.
    static final class Sums {
        double loss;
        double entropy;
        double kl;
        double clipped;
        double norm;
        long rows;
        long steps;
    }

    /// −min(ρA, clip(ρ, 1 ± ε)A) − c·H, ρ = π(a)/π_old(a).
    ///
    /// @param outputs [rows × outputs] of the policy
    /// @param gradient receives the gradient, same shape
    static void policy(
            ActionDistribution distribution,
            float[] outputs,
            float[] actions,
            float[] oldLogProbability,
            float[] advantage,
            int rows,
            PpoConfig config,
            float[] gradient,
            Sums sums) {
        int width = distribution.outputs();
        float high = (float) (1 + config.clip());
        float low = (float) (1 - config.clip());
        float share = 1f / rows;
        for (int row = 0; row < rows; row++) {
            float logP =
                    distribution.logProbability(
                            outputs, row * width, actions, row * distribution.actionSize());
            float logRatio = logP - oldLogProbability[row];
            float ratio = (float) Math.exp(logRatio);
            float a = advantage[row];
            boolean clipped = a >= 0 ? ratio > high : ratio < low;
            float surrogate = clipped ? (a >= 0 ? high : low) * a : ratio * a;
            distribution.gradient(
                    clipped ? 0 : -share * ratio * a,
                    (float) -config.entropy() * share,
                    gradient,
                    row * width);
            sums.loss -= surrogate;
            sums.entropy += distribution.entropy();
            sums.kl += ratio - 1 - logRatio;
            sums.clipped += clipped ? 1 : 0;
        }
        sums.rows += rows;
    }

    /// Huber loss of values against normalised returns.
    ///
    /// @param values [rows], normalised
    /// @param targets [rows], normalised
    static void value(
            float[] values, float[] targets, int rows, double huber, float[] gradient, Sums sums) {
        float delta = (float) huber;
        float share = 1f / rows;
        for (int row = 0; row < rows; row++) {
            float error = values[row] - targets[row];
            float size = Math.abs(error);
            sums.loss += size <= delta ? 0.5f * error * error : delta * (size - 0.5f * delta);
            gradient[row] = share * Math.max(-delta, Math.min(delta, error));
        }
        sums.rows += rows;
    }
}
