package marlab.sim.world.dilemma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import marlab.sim.env.Metric;
import marlab.sim.env.ReturnDialect;
import marlab.sim.reward.RewardTerm;
import marlab.sim.snapshot.StateCursor;

/// Reward terms and outcomes of a {@link GridDilemma}. The reference's reward is r = apples − shots
/// − 50 · hits received. Besides, with weight 0:
///
/// - inequity aversion as published (Hughes et al. 2018): envy −Σ_j max(e_j − e_i, 0) / (n − 1) and
///   guilt −Σ_j max(e_i − e_j, 0) / (n − 1) over smoothed rewards e_i ← γλ e_i + r_i. Their weights
///   are the paper's α (5) and β (0.05). The reference's code has a wrong sign in its second sum,
///   which rewards being ahead; it is not repeated here
/// - the sum of everybody's r: with weight 1 and the three terms of r at 0, the reference's
///   collective reward
final class DilemmaRewards {

    private static final int APPLE = 0;
    private static final int FIRE = 1;
    private static final int HIT = 2;
    private static final int ENVY = 3;
    private static final int GUILT = 4;
    private static final int ALL = 5;
    private static final int SPRAY = 6;
    private static final int CLEAN = 7;

    private static final double HIT_COST = 50;

    private static final List<RewardTerm> TERMS =
            List.of(
                    term("apple", "Eat apples", "apples", 1, 10, "Apples that the agent ate."),
                    term("fire", "Spare shots", "shots", 1, 10, "Minus the shots it fired."),
                    term(
                            "hit",
                            "Keep out of beams",
                            "hits",
                            HIT_COST,
                            100,
                            "Minus the penalty beams that hit it."),
                    term(
                            "envy",
                            "Avoid being behind",
                            "reward",
                            0,
                            10,
                            "Minus how far others are ahead, mean over them: α of Hughes et al. is"
                                    + " 5."),
                    term(
                            "guilt",
                            "Avoid being ahead",
                            "reward",
                            0,
                            10,
                            "Minus how far others are behind, mean over them: β of Hughes et al. is"
                                    + " 0.05."),
                    new RewardTerm(
                            "all",
                            "Everybody's reward",
                            "reward",
                            true,
                            0,
                            -10,
                            10,
                            "Sum over all agents of apples − shots − 50 · hits."));

    private static final List<RewardTerm> CLEANING =
            List.of(
                    term(
                            "spray",
                            "Spare sprays",
                            "sprays",
                            0,
                            10,
                            "Minus the cleaning beams it used."),
                    term("clean", "Clean the river", "cells", 0, 10, "Cells that it cleaned."));

    /// Metrics of every such world.
    static final List<Metric> METRICS = metrics();

    static final List<ReturnDialect> DIALECTS =
            List.of(
                    new ReturnDialect(
                            "per_agent",
                            "Mean per agent (Melting Pot: per capita)",
                            "R",
                            e -> e.metrics()[0]),
                    new ReturnDialect(
                            "collective",
                            "Sum over agents (Hughes et al.: collective return)",
                            "n·R",
                            e -> e.agents() * e.metrics()[0]));

    private final int n;
    private final int termCount;
    private final double smoothing;
    private final SocialMetrics social;
    private final double[] reward; // the reference's, of this step
    private final double[] smoothed;
    private double[] terms;
    private double apples;
    private double shots;
    private double hits;

    DilemmaRewards(int agents, boolean cleaning, double smoothing) {
        n = agents;
        termCount = terms(cleaning).size();
        this.smoothing = smoothing;
        social = new SocialMetrics(agents);
        reward = new double[agents];
        smoothed = new double[agents];
    }

    private static RewardTerm term(
            String name, String label, String unit, double weight, double reach, String what) {
        return new RewardTerm(name, label, unit, false, weight, -reach, reach, what);
    }

    private static List<Metric> metrics() {
        List<Metric> all = new ArrayList<>();
        all.add(
                new Metric(
                        "R",
                        "Reward",
                        "reward",
                        Metric.Over.SUM,
                        "Mean over agents of apples − shots − 50 · hits received."));
        all.addAll(SocialMetrics.METRICS);
        all.add(sum("apples", "Apples eaten", "apples", "Apples that all agents ate."));
        all.add(sum("shots", "Shots", "shots", "Penalty beams that all agents fired."));
        all.add(sum("hits", "Hits", "hits", "Agents that penalty beams hit."));
        return List.copyOf(all);
    }

    private static Metric sum(String name, String label, String unit, String what) {
        return new Metric(name, label, unit, Metric.Over.SUM, what);
    }

    static List<RewardTerm> terms(boolean cleaning) {
        List<RewardTerm> all = new ArrayList<>(TERMS);
        if (cleaning) {
            all.addAll(CLEANING);
        }
        return all;
    }

    /// Starts an episode.
    void clear() {
        social.clear();
        Arrays.fill(smoothed, 0);
    }

    /// Starts a step whose terms go into the array.
    void beginStep(double[] into) {
        terms = into;
        Arrays.fill(terms, 0);
        apples = 0;
        shots = 0;
        hits = 0;
    }

    void ate(int agent) {
        terms[agent * termCount + APPLE]++;
        apples++;
    }

    void used(int agent, boolean cleaning) {
        terms[agent * termCount + (cleaning ? SPRAY : FIRE)]--;
        shots += cleaning ? 0 : 1;
    }

    void cleaned(int agent) {
        terms[agent * termCount + CLEAN]++;
    }

    void hit(int agent) {
        terms[agent * termCount + HIT]--;
        hits++;
    }

    /// Completes terms and metrics.
    void endStep(double[] metrics) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            int at = i * termCount;
            reward[i] = terms[at + APPLE] + terms[at + FIRE] + HIT_COST * terms[at + HIT];
            sum += reward[i];
            smoothed[i] = smoothing * smoothed[i] + reward[i];
            social.earn(i, reward[i]);
        }
        social.endStep(0);
        for (int i = 0; i < n; i++) {
            terms[i * termCount + ALL] = sum;
        }
        compare();
        metrics[0] = sum / n;
        social.write(metrics, 1);
        int at = 1 + SocialMetrics.METRICS.size();
        metrics[at] = apples;
        metrics[at + 1] = shots;
        metrics[at + 2] = hits;
    }

    private void compare() {
        for (int i = 1; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double lead = (smoothed[i] - smoothed[j]) / (n - 1);
                terms[i * termCount + (lead > 0 ? GUILT : ENVY)] -= Math.abs(lead);
                terms[j * termCount + (lead > 0 ? ENVY : GUILT)] -= Math.abs(lead);
            }
        }
    }

    void exchange(StateCursor state) {
        state.numbers(smoothed);
        social.exchange(state);
    }
}
