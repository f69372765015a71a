package marlab.learning.algo;

import java.util.ArrayList;
import java.util.List;
import marlab.learning.buffer.ReplayMemory;

/// Settings that DDPG, MADDPG and MATD3 have in common.
///
/// @param learningRate of Adam for actors, at the start
/// @param criticRate of Adam for critics, at the start
/// @param finalRate share of both rates that is left at the end of the budget (linear)
/// @param discount γ
/// @param tau how far targets follow with every update (Polyak)
/// @param batch transitions of a minibatch, all agents of each
/// @param gradientSteps minibatches per roll-out
/// @param replay transitions kept
/// @param warmUp transitions to gather before learning begins
/// @param noise standard deviation of exploration on real actions, in halves of the box
/// @param soft whether choices are relaxed to softmax((z + g)/1), g Gumbel noise, in place of the
///   straight-through one-hot choice
/// @param regulariser weight of the mean square of the actor's outputs in its loss
/// @param maxNorm largest gradient norm, every network separately
record DeterministicConfig(
        double learningRate,
        double criticRate,
        double finalRate,
        double discount,
        double tau,
        int batch,
        int gradientSteps,
        int replay,
        int warmUp,
        double noise,
        boolean soft,
        double regulariser,
        double maxNorm) {

    private static final List<HyperParameter> PARAMETERS =
            List.of(
                    HyperParameter.real(
                            "learning_rate", 1e-3, 0, 1, "Step size of the actors' Adam."),
                    HyperParameter.real(
                            "critic_rate", 3e-3, 0, 1, "Step size of the critics' Adam."),
                    HyperParameter.real(
                            "final_rate", 0.1, 0, 1, "Share of both step sizes left at the end."),
                    HyperParameter.real(
                            "discount",
                            0.95,
                            0,
                            1,
                            "How much the next step's reward counts today (γ)."),
                    HyperParameter.real(
                            "tau", 0.01, 0, 1, "How far targets follow with every update (τ)."),
                    HyperParameter.whole("batch", 256, 2, 65536, "Transitions of one minibatch."),
                    HyperParameter.whole(
                            "gradient_steps", 16, 1, 10_000, "Minibatches after each roll-out."),
                    HyperParameter.whole(
                            "replay", 100_000, 1, 10_000_000, "Transitions kept to learn from."),
                    HyperParameter.whole(
                            "warm_up",
                            5_000,
                            0,
                            10_000_000,
                            "Transitions gathered before learning begins."),
                    HyperParameter.real(
                            "action_noise",
                            0.1,
                            0,
                            10,
                            "Noise on real actions while learning, in halves of their range."),
                    HyperParameter.word(
                            "relaxation",
                            "What critics see of a choice while actors learn: one choice, or a"
                                    + " mixture of all.",
                            "straight_through",
                            "soft"),
                    HyperParameter.real(
                            "logit_regulariser",
                            1e-3,
                            0,
                            10,
                            "Weight of the actors' squared outputs in their loss."),
                    HyperParameter.real("max_norm", 0.5, 1e-6, 1e6, "Largest gradient norm."));

    /// What can be set, and what one algorithm has beside.
    static List<HyperParameter> parameters(HyperParameter... own) {
        List<HyperParameter> all = new ArrayList<>(PARAMETERS);
        all.addAll(List.of(own));
        return List.copyOf(all);
    }

    static DeterministicConfig of(HyperParameters hyper) {
        return new DeterministicConfig(
                hyper.real("learning_rate"),
                hyper.real("critic_rate"),
                hyper.real("final_rate"),
                hyper.real("discount"),
                hyper.real("tau"),
                hyper.whole("batch"),
                hyper.whole("gradient_steps"),
                hyper.whole("replay"),
                hyper.whole("warm_up"),
                hyper.real("action_noise"),
                hyper.is("relaxation", "soft"),
                hyper.real("logit_regulariser"),
                hyper.real("max_norm"));
    }

    /// Whether there is enough to learn from.
    boolean ready(ReplayMemory memory) {
        return memory.size() >= Math.min(warmUp, memory.capacity());
    }

    /// Share of the learning rates that is left.
    double rateLeft(double progress) {
        return 1 - Math.min(1, progress) * (1 - finalRate);
    }
}
