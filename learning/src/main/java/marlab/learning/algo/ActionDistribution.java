package marlab.learning.algo;

import marlab.sim.space.ActionSpace;

/// A policy's distribution over actions, given by the outputs of its network. Keeps scratch space
/// between {@link #logProbability} and {@link #gradient}; owned by one thread at a time.
public sealed interface ActionDistribution extends ActionHead
        permits Categorical, DiagonalGaussian {

    /// The distribution that suits a space.
    static ActionDistribution of(ActionSpace space) {
        return switch (space) {
            case ActionSpace.Discrete discrete -> new Categorical(discrete.size());
            case ActionSpace.Box box -> new DiagonalGaussian(box.size(), box.low(), box.high());
        };
    }

    /// Log-probability of a given action; keeps what {@link #gradient} and {@link #entropy} need.
    float logProbability(float[] outputs, int at, float[] action, int actionAt);

    /// Entropy of the distribution of the last {@link #logProbability}, nats.
    float entropy();

    /// Gradient with respect to the outputs of a·log π(action) + b·entropy, for the distribution
    /// and action of the last {@link #logProbability}.
    void gradient(float a, float b, float[] into, int intoAt);

    /// KL divergence of a distribution from another, KL(old ‖ now), nats.
    ///
    /// @param old outputs that describe the one
    /// @param now outputs that describe the other
    double divergence(float[] old, int oldAt, float[] now, int nowAt);

    /// Multiplies a change of the outputs by the Fisher information of the distribution that they
    /// describe: the second derivative of {@link #divergence} at now = old.
    ///
    /// @param change replaced by the product
    void fisher(float[] outputs, int at, float[] change, int changeAt);
}
