package marlab.sim.world.particle;

import java.util.List;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.ReturnDialect;

/// The reference's reward as a metric, whatever the sliders say: a world's terms under their
/// default weights.
final class Scores {

    /// The metric that stands first in a world that uses this.
    static final Metric RETURN =
            new Metric(
                    "R",
                    "Return",
                    "reward",
                    Metric.Over.SUM,
                    "Σ over steps of the reward under default weights, mean over agents.");

    /// Returns from {@link #RETURN} at place 0.
    static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect(
                            "mpe2_per_agent", "MPE2, mean per agent", "R", e -> e.metrics()[0]),
                    new ReturnDialect(
                            "mpe2_sum",
                            "MPE2, summed over agents",
                            "n·R",
                            e -> e.agents() * e.metrics()[0]));

    private final double[] weights;

    Scores(EnvSpec spec) {
        weights = spec.terms().stream().mapToDouble(t -> t.weight()).toArray();
    }

    /// A team's return as a metric.
    static Metric ofTeam(String name, String team) {
        return new Metric(
                name,
                "Return of the " + team,
                "reward",
                Metric.Over.SUM,
                "Σ over steps of the reward under default weights, mean over the " + team + ".");
    }

    /// Mean reward under default weights of the agents from `from` up to, not including, `to`; 0
    /// where there are none.
    double mean(double[] terms, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * terms[i * weights.length + k];
            }
        }
        return from == to ? 0 : sum / (to - from);
    }
}
