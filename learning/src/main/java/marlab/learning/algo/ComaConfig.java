package marlab.learning.algo;

import java.util.List;

/// Settings of COMA.
///
/// @param learningRate of the actor's Adam at the start
/// @param criticRate of the critic's
/// @param finalRate share of both that is left at the end of the budget (linear)
/// @param epochs passes of the critic over each roll-out
/// @param minibatches parts of such a pass
/// @param targetEvery gradient steps of the critic between copies to its target
/// @param discount γ
/// @param lambda λ of the critic's returns
/// @param entropy weight of the entropy bonus, in deviations of returns
/// @param finalEntropy share of it that is left at the end of the budget (linear)
/// @param maxNorm largest gradient norm, actor and critic separately
record ComaConfig(
        double learningRate,
        double criticRate,
        double finalRate,
        int epochs,
        int minibatches,
        int targetEvery,
        double discount,
        double lambda,
        double entropy,
        double finalEntropy,
        double maxNorm) {

    /// What can be set.
    static final List<HyperParameter> PARAMETERS =
            List.of(
                    HyperParameter.real(
                            "learning_rate", 3e-3, 0, 1, "Step size of the actor's Adam at first."),
                    HyperParameter.real(
                            "critic_rate", 3e-3, 0, 1, "Step size of the critic's Adam at first."),
                    HyperParameter.real(
                            "final_rate", 0.1, 0, 1, "Share of both rates left at the end."),
                    HyperParameter.whole(
                            "epochs", 4, 1, 100, "Passes of the critic over each roll-out."),
                    HyperParameter.whole(
                            "minibatches", 4, 1, 1000, "Parts of a pass, one gradient step each."),
                    HyperParameter.whole(
                            "target_every",
                            200,
                            1,
                            1_000_000,
                            "Gradient steps of the critic between copies to its target."),
                    HyperParameter.real(
                            "discount",
                            0.9,
                            0,
                            1,
                            "How much the next step's reward counts today (γ)."),
                    HyperParameter.real("lambda", 0.8, 0, 1, "λ of the critic's TD(λ) returns."),
                    HyperParameter.real(
                            "entropy",
                            0.001,
                            0,
                            10,
                            "Weight of the entropy bonus, which keeps exploration alive."),
                    HyperParameter.real(
                            "final_entropy",
                            0.1,
                            0,
                            1,
                            "Share of the entropy bonus left at the end."),
                    HyperParameter.real("max_norm", 10, 0.001, 1e6, "Largest gradient norm."));

    static ComaConfig of(HyperParameters hyper) {
        return new ComaConfig(
                hyper.real("learning_rate"),
                hyper.real("critic_rate"),
                hyper.real("final_rate"),
                hyper.whole("epochs"),
                hyper.whole("minibatches"),
                hyper.whole("target_every"),
                hyper.real("discount"),
                hyper.real("lambda"),
                hyper.real("entropy"),
                hyper.real("final_entropy"),
                hyper.real("max_norm"));
    }
}
