package marlab.sim.world.dilemma;

import java.util.Arrays;
import java.util.List;
import marlab.sim.env.Metric;
import marlab.sim.snapshot.StateCursor;

/// The four social outcomes of Perolat et al. 2017 ("A multi-agent reinforcement learning model of
/// common-pool resource appropriation"), as running figures of one episode: after its last step
/// they are the episode's. With n agents, T steps and returns R_i = Σ_t r_i^t:
///
/// - efficiency U = Σ_i R_i / T; 0 before the first step
/// - equality E = 1 − Σ_i Σ_j |R_i − R_j| / (2 n Σ_i R_i); 1 where Σ R ≤ 0
/// - sustainability S = mean over the agents that ever had r > 0 of the mean step (from 0) of those
///   rewards; 0 where there were none
/// - peace P = (n T − agent-steps spent timed out) / T; n before the first step
///
/// Each step: {@link #earn} for every agent that got something, {@link #endStep}, {@link #write}.
public final class SocialMetrics {

    /// What {@link #write} writes, in its order. All hold for the episode so far.
    public static final List<Metric> METRICS =
            List.of(
                    new Metric(
                            "U",
                            "Efficiency",
                            "reward per step",
                            Metric.Over.LAST,
                            "Sum of all agents' returns over the number of steps."),
                    new Metric(
                            "E",
                            "Equality",
                            "of 1",
                            Metric.Over.LAST,
                            "1 − the Gini coefficient of the returns: 1 where all got the same."),
                    new Metric(
                            "S",
                            "Sustainability",
                            "step",
                            Metric.Over.LAST,
                            "Mean step at which positive rewards came: late means sustained."),
                    new Metric(
                            "P",
                            "Peace",
                            "agents",
                            Metric.Over.LAST,
                            "Mean number of agents that were not timed out."));

    private final double[] returns;
    private final double[] gains; // positive rewards so far, per agent
    private final double[] gainSteps; // sum of the steps at which they came
    private double timedOut; // agent-steps
    private int steps;

    /// Nothing has happened yet.
    public SocialMetrics(int agents) {
        returns = new double[agents];
        gains = new double[agents];
        gainSteps = new double[agents];
    }

    /// Starts an episode.
    public void clear() {
        Arrays.fill(returns, 0);
        Arrays.fill(gains, 0);
        Arrays.fill(gainSteps, 0);
        timedOut = 0;
        steps = 0;
    }

    /// Books an agent's reward of the running step: once a step, or not at all for 0.
    public void earn(int agent, double reward) {
        returns[agent] += reward;
        if (reward > 0) {
            gains[agent]++;
            gainSteps[agent] += steps;
        }
    }

    /// Ends the running step.
    ///
    /// @param timedOutAgents how many agents were timed out in it
    public void endStep(int timedOutAgents) {
        timedOut += timedOutAgents;
        steps++;
    }

    /// Writes the {@link #METRICS} of the episode so far.
    public void write(double[] into, int at) {
        into[at] = efficiency();
        into[at + 1] = equality();
        into[at + 2] = sustainability();
        into[at + 3] = peace();
    }

    /// U.
    public double efficiency() {
        return steps == 0 ? 0 : sum() / steps;
    }

    /// E.
    public double equality() {
        double sum = sum();
        if (!(sum > 0)) {
            return 1;
        }
        double differences = 0;
        for (int i = 0; i < returns.length; i++) {
            for (int j = 0; j < i; j++) {
                differences += Math.abs(returns[i] - returns[j]);
            }
        }
        return 1 - differences / (returns.length * sum);
    }

    /// S.
    public double sustainability() {
        double sum = 0;
        int earners = 0;
        for (int i = 0; i < gains.length; i++) {
            if (gains[i] > 0) {
                sum += gainSteps[i] / gains[i];
                earners++;
            }
        }
        return earners == 0 ? 0 : sum / earners;
    }

    /// P.
    public double peace() {
        return steps == 0 ? returns.length : (returns.length * steps - timedOut) / steps;
    }

    /// Return of an agent so far.
    public double returnOf(int agent) {
        return returns[agent];
    }

    private double sum() {
        double sum = 0;
        for (double each : returns) {
            sum += each;
        }
        return sum;
    }

    /// Measures, saves or loads.
    public void exchange(StateCursor state) {
        state.numbers(returns);
        state.numbers(gains);
        state.numbers(gainSteps);
        timedOut = state.number(timedOut);
        steps = state.whole(steps);
    }
}
