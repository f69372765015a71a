package marlab.learning.algo;

import java.util.List;
import java.util.Map;

/// Settings of the algorithms that learn action values from a replay memory.
///
/// @param doubled whether the network that learns picks the best next action and the target network
///   says what it is worth (van Hasselt et al. 2016), or the target network does both
/// @param learningRate of Adam at the start
/// @param finalRate share of the learning rate that is left at the end of the budget (linear)
/// @param discount γ
/// @param batch transitions per gradient step
/// @param gradientSteps per roll-out
/// @param memory transitions kept
/// @param warmUp transitions before the first gradient step
/// @param epsilon share of random actions at the start
/// @param finalEpsilon share of random actions at the end
/// @param epsilonShare share of the budget over which it falls (linear)
/// @param targetEvery gradient steps between updates of the target networks
/// @param tau how far an update takes them towards the networks that learn; 1 copies
/// @param steps rewards that are counted before values take over, n of n-step Q-learning
/// @param maxNorm largest gradient norm, each network separately
/// @param huber where the loss turns from squared to linear, in deviations of rewards
/// @param shift whether the mean reward is taken off
/// @param scale whether rewards are divided by their deviation
record QConfig(
        boolean doubled,
        double learningRate,
        double finalRate,
        double discount,
        int batch,
        int gradientSteps,
        int memory,
        int warmUp,
        double epsilon,
        double finalEpsilon,
        double epsilonShare,
        int targetEvery,
        double tau,
        int steps,
        double maxNorm,
        double huber,
        boolean shift,
        boolean scale) {

    /// Training settings that suit: short roll-outs, few checkpoints since they hold the memory.
    static final Map<String, String> RECIPE =
            Map.of(
                    "copies", "32",
                    "rollout", "25",
                    "steps", "600000",
                    "activation", "relu",
                    "checkpoint_every", "400",
                    "evaluate_every", "50");

    /// Samples, one step of one agent each, that a gradient step learns from at most.
    private static final int MOST_SAMPLES = 40_000;

    /// What can be set.
    static final List<HyperParameter> PARAMETERS =
            List.of(
                    HyperParameter.word(
                            "double",
                            "on: the network that learns picks the best next action, the target"
                                    + " network says what it is worth.",
                            "on",
                            "off"),
                    HyperParameter.word(
                            "duelling",
                            "on: networks put out the state's value and each action's advantage.",
                            "off",
                            "on"),
                    HyperParameter.real(
                            "learning_rate", 8e-3, 0, 1, "Step size of Adam at the start."),
                    HyperParameter.real(
                            "final_rate",
                            0.02,
                            0,
                            1,
                            "Share of the learning rate left at the end."),
                    HyperParameter.real(
                            "discount",
                            0.9,
                            0,
                            0.999,
                            "How much the next step's reward counts today (γ)."),
                    HyperParameter.whole(
                            "batch",
                            512,
                            1,
                            100_000,
                            "Transitions per gradient step; fewer where agents are many."),
                    HyperParameter.whole(
                            "gradient_steps", 8, 1, 10_000, "Gradient steps per roll-out."),
                    HyperParameter.whole(
                            "replay", 100_000, 1, 10_000_000, "Transitions that are remembered."),
                    HyperParameter.whole(
                            "warm_up",
                            5_000,
                            0,
                            10_000_000,
                            "Transitions before the first gradient step."),
                    HyperParameter.real(
                            "epsilon", 1, 0, 1, "Share of random actions at the start (ε)."),
                    HyperParameter.real(
                            "final_epsilon", 0.05, 0, 1, "Share of random actions at the end."),
                    HyperParameter.real(
                            "epsilon_share",
                            0.1,
                            0,
                            1,
                            "Share of the budget over which ε falls, linearly."),
                    HyperParameter.whole(
                            "target_every",
                            1,
                            1,
                            1_000_000,
                            "Gradient steps between updates of the target networks."),
                    HyperParameter.real(
                            "tau",
                            0.05,
                            1e-6,
                            1,
                            "How far an update takes the target networks along; 1 copies."),
                    HyperParameter.whole(
                            "n_step", 3, 1, 1000, "Rewards counted before values take over."),
                    HyperParameter.real("max_norm", 10, 0.001, 1e6, "Largest gradient norm."),
                    HyperParameter.real(
                            "huber",
                            1,
                            0.001,
                            1e6,
                            "Error beyond which the loss is linear, in deviations of rewards."),
                    HyperParameter.word(
                            "reward_scale",
                            "standardise: rewards less their mean, by their deviation; scale: by"
                                    + " their deviation only; off: as they are.",
                            "standardise",
                            "scale",
                            "off"));

    static QConfig of(HyperParameters hyper) {
        return new QConfig(
                hyper.on("double"),
                hyper.real("learning_rate"),
                hyper.real("final_rate"),
                hyper.real("discount"),
                hyper.whole("batch"),
                hyper.whole("gradient_steps"),
                hyper.whole("replay"),
                hyper.whole("warm_up"),
                hyper.real("epsilon"),
                hyper.real("final_epsilon"),
                hyper.real("epsilon_share"),
                hyper.whole("target_every"),
                hyper.real("tau"),
                hyper.whole("n_step"),
                hyper.real("max_norm"),
                hyper.real("huber"),
                hyper.is("reward_scale", "standardise"),
                !hyper.is("reward_scale", "off"));
    }

    /// How many transitions are drawn for a gradient step, or chunks where networks have a memory.
    int drawn(Setup setup) {
        int agents = setup.units().stream().mapToInt(u -> u.members().size()).sum();
        int transitions = Math.min(batch, MOST_SAMPLES / agents);
        return Math.max(
                1, setup.network().memory() > 0 ? transitions / setup.length() : transitions);
    }

    /// Value of the end, where nothing more is earned: rewards less their mean are worth less than
    /// nothing there, step after step. With it a shift of rewards changes no preference.
    ///
    /// @param shift what is taken off each reward
    double afterwards(double shift) {
        return -shift / (1 - discount);
    }

    /// The learning rate at a share of the budget.
    double rate(double progress) {
        return learningRate * (1 - Math.min(1, progress) * (1 - finalRate));
    }

    /// ε at a share of the budget.
    double epsilon(double progress) {
        double fallen = epsilonShare == 0 ? 1 : Math.min(1, progress / epsilonShare);
        return epsilon + fallen * (finalEpsilon - epsilon);
    }

    /// Slope of the Huber loss at an error.
    float slope(float error) {
        return (float) Math.max(-huber, Math.min(huber, error));
    }

    /// The Huber loss at an error.
    double loss(float error) {
        double size = Math.abs(error);
        return size <= huber ? 0.5 * size * size : huber * (size - 0.5 * huber);
    }
}
