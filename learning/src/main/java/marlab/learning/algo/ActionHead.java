package marlab.learning.algo;

import marlab.sim.seed.RandomStream;

/// How actions follow from the outputs of an acting network. Keeps scratch space; owned by one
/// thread at a time.
public sealed interface ActionHead permits ActionDistribution, EpsilonGreedy, NoisyAction {

    /// Network outputs that describe one decision.
    int outputs();

    /// Numbers that describe one action: 1 for a choice.
    int actionSize();

    /// Draws an action, exploring as much as {@link #explore} said.
    ///
    /// @return its log-probability (log-density for real numbers), 0 where the head has none
    float sample(float[] outputs, int at, RandomStream random, float[] action, int actionAt);

    /// The action that is thought best.
    void mode(float[] outputs, int at, float[] action, int actionAt);

    /// How much to explore from now on: ε of ε-greedy, the scale of the noise on real actions.
    /// Distributions explore by themselves and do not listen.
    default void explore(double amount) {}

    /// Probabilities of all choices in an array that is reused; null where actions are real
    /// numbers.
    default float[] probabilities(float[] outputs, int at) {
        return null;
    }

    /// What the outputs say the state is worth; NaN where they do not say.
    default float value(float[] outputs, int at) {
        return Float.NaN;
    }
}
