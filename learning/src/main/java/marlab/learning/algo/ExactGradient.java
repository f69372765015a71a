package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// Gradient ascent by all players at once on what they earn exactly (the "naive learners" of
/// Foerster et al. 2018, section 4; without memory infinitesimal gradient ascent, Singh, Kearns and
/// Mansour 2000, in logits). With V_i what player i earns per round, see {@link ExactGame}, and x =
/// softmax z its chances,
///
/// z_i(s, a) ← z_i(s, a) + η ∂V_i/∂z_i(s, a) = z_i + η x(s, a) (g(s, a) − Σ_b x(s, b) g(s, b)),
///
/// with g = ∂V_i/∂x_i. Of two actions both have a logit, so that z(s, C) − z(s, D), the one number
/// that LOLA's players have, moves twice as far. `integrator=rk4` follows the flow z′ = ∂V/∂z by η
/// instead of jumping. A discounted return as in LOLA is 1/(1 − γ) times V, which the rate must
/// make up for.
///
/// The roll-outs between updates are for the curves and the window only: nothing is learned from
/// them but which reward weights are in force.
final class ExactGradient implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "exact_gradient",
                    "Exact policy gradient",
                    "Sutton et al. 2000, Policy gradient methods; Foerster et al. 2018, Learning with opponent-learning awareness, section 4",
                    Profile.Critic.NONE,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    true,
                    recipe(),
                    List.of(
                            HyperParameter.real(
                                    "learning_rate",
                                    1,
                                    0,
                                    1e6,
                                    "Step size of the ascent on what is earned per round (η)."),
                            HyperParameter.real(
                                    "discount",
                                    0.96,
                                    0,
                                    0.9999,
                                    "With memory: how much the next round counts today (γ)."),
                            HyperParameter.whole(
                                    "steps_per_update",
                                    1,
                                    1,
                                    10_000,
                                    "Steps between two roll-outs."),
                            HyperParameter.real(
                                    "spread",
                                    1,
                                    0,
                                    100,
                                    "Deviation of the logits at the start; 0 begins undecided."),
                            HyperParameter.word(
                                    "integrator",
                                    "euler: steps along the gradient; rk4: follow its flow.",
                                    "euler",
                                    "rk4")),
                    ExactGame::misfit,
                    ExactGradient::new,
                    "Players climb the exact gradient of their expected return: no chance, no samples.",
                    "What a policy-gradient method would do with endless samples: every player moves its"
                            + " strategy a little uphill on its own expected payoff, computed from the"
                            + " table, as if the other stood still. With memory the players of the"
                            + " repeated dilemma can reach tit for tat, but nearly always end in mutual"
                            + " defection; in matching pennies they circle outwards. sharing=on lets one"
                            + " strategy play both parts.");

    private final ExactGame game;
    private final double rate;
    private final int steps;
    private final Flow flow;
    private final double[] logits;
    private final List<Unit> units;

    ExactGradient(Setup setup) {
        HyperParameters hyper = setup.hyper();
        game = new ExactGame(setup, hyper.real("discount"));
        rate = hyper.real("learning_rate");
        steps = hyper.whole("steps_per_update");
        units = setup.units();
        logits = start(setup, game.size(), hyper.real("spread"));
        flow = new Flow(logits.length, hyper.is("integrator", "rk4"));
        game.show(logits);
    }

    static Map<String, String> recipe() {
        return Map.of(
                "network", "table",
                "sharing", "off",
                "copies", "4",
                "rollout", "25",
                "steps", "100000",
                "evaluate_every", "100",
                "checkpoint_every", "200");
    }

    /// Normal logits.
    static double[] start(Setup setup, int size, double spread) {
        var random = setup.seeds().stream("strategy", 0);
        return IntStream.range(0, size).mapToDouble(k -> spread * random.nextGaussian()).toArray();
    }

    @Override
    public List<Behaviour> behaviours() {
        return IntStream.range(0, units.size())
                .mapToObj(u -> new Behaviour(game.table(u)))
                .toList();
    }

    @Override
    public List<Figure> update(Experience experience, double progress, Workers workers) {
        game.take(experience.weights);
        List<Figure> figures = new ArrayList<>(game.earnings(logits));
        double norm = 0;
        for (int k = 0; k < steps; k++) {
            norm = flow.step(this::gradient, logits, rate);
        }
        game.show(logits);
        figures.add(new Figure("gradient", "", norm));
        return figures;
    }

    /// ∂V/∂z of every unit.
    void gradient(double[] z, double[] into) {
        game.slopes(
                z,
                into,
                (x, at) -> {
                    int n = game.actions();
                    for (int s = 0; s < x.length; s += n) {
                        double mean = 0;
                        for (int a = s; a < s + n; a++) {
                            mean += x[a] * into[at + a];
                        }
                        for (int a = s; a < s + n; a++) {
                            into[at + a] = x[a] * (into[at + a] - mean);
                        }
                    }
                });
    }

    /// For tests.
    double[] logits() {
        return logits;
    }

    @Override
    public void persist(Persistence state) throws IOException {
        for (int u = 0; u < units.size(); u++) {
            state.network(units.get(u).name() + ".actor", game.table(u));
        }
        state.doubles("logits", logits);
    }
}
