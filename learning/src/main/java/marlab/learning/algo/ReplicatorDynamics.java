package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// Replicator dynamics (Taylor and Jonker 1978): the share x_a of a population that plays action a
/// grows as much as a earns more than the average,
///
/// x_a′ = x_a (f_a − Σ_b x_b f_b), f = ∂V/∂x, without memory f_a = Σ_b A(a, b) y_b.
///
/// With sharing=off each part of the game has a population of its own (the asymmetric equation for
/// bimatrix games); with sharing=on there is one, whose members meet each other. With memory each
/// of the five situations has its shares and f is the exact slope of the return ({@link
/// ExactGame}): that is the natural policy gradient (Kakade 2001) of what without memory is the
/// equation above.
///
/// It is solved in logits, z_a′ = f_a − Σ_b x_b f_b with x = softmax z, which is the same equation
/// and never leaves the simplex: by Runge and Kutta's method of order four with step h, or by
/// Euler's, which is the discrete exponential-weights update and spirals outwards where the flow
/// goes in circles.
final class ReplicatorDynamics implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "replicator",
                    "Replicator dynamics",
                    "Taylor and Jonker 1978, Evolutionary stable strategies and game dynamics, Mathematical Biosciences 40",
                    Profile.Critic.NONE,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    true,
                    ExactGradient.recipe(),
                    List.of(
                            HyperParameter.real(
                                    "step", 0.05, 0, 1000, "Time that passes in a step (h)."),
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
                                    "rk4: follow the flow closely; euler: jump along it.",
                                    "rk4",
                                    "euler")),
                    ExactGame::misfit,
                    ReplicatorDynamics::new,
                    "What earns more than the average becomes more common: evolution without mutation.",
                    "Nobody learns here: strategies that earn more than the average have more offspring."
                            + " Fast where something is clearly better, and what has died out never comes"
                            + " back. One population (sharing=on) of hawks and doves settles at the mixed"
                            + " equilibrium; two populations, one for each part, break the tie and"
                            + " specialise. In matching pennies and rock paper scissors the shares circle"
                            + " for ever.");

    private final ExactGame game;
    private final double step;
    private final int steps;
    private final Flow flow;
    private final double[] logits;
    private final List<Unit> units;

    ReplicatorDynamics(Setup setup) {
        HyperParameters hyper = setup.hyper();
        game = new ExactGame(setup, hyper.real("discount"));
        step = hyper.real("step");
        steps = hyper.whole("steps_per_update");
        units = setup.units();
        logits = ExactGradient.start(setup, game.size(), hyper.real("spread"));
        flow = new Flow(logits.length, hyper.is("integrator", "rk4"));
        game.show(logits);
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
            norm = flow.step(this::growth, logits, step);
        }
        game.show(logits);
        figures.add(new Figure("growth", "", norm));
        return figures;
    }

    /// Fitness above the average.
    void growth(double[] z, double[] into) {
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
                            into[at + a] -= mean;
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
