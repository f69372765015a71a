package marlab.learning.train;

/// Social preferences: what an agent makes of its reward and the others', before it learns from it.
/// The curves show rewards as the world gave them.
///
/// Inequity aversion (Hughes et al. 2018, Inequity aversion improves cooperation in intertemporal
/// social dilemmas, equations 1 to 3), with rewards smoothed over time, e_j ← λ e_j + r_j, 0 when
/// an episode begins:
///
/// u_i = r_i − α/(n−1) Σ_j max(e_j − e_i, 0) − β/(n−1) Σ_j max(e_i − e_j, 0).
///
/// Social value orientation (McKee et al. 2020, Social diversity and social preferences in
/// mixed-motive reinforcement learning, equations 1 and 2): an agent whose orientation is θ loses
/// w·|θ − θ(R)|, where θ(R) = atan2(mean reward of the others, own reward) is the angle of what was
/// shared out: 0° where only it got something, 45° where all got the same, 90° where only others
/// did. Differences are taken the short way round the circle, in radians; where nobody got anything
/// there is no angle and nothing is lost. It is made for rewards that are not negative: that all
/// got −1 is as far from 45° as can be.
///
/// Rewards are those after {@link marlab.sim.reward.RewardWeights}, shared as they say. An agent
/// alone has nobody to compare with.
///
/// @param disadvantage α, how much others' having more hurts
/// @param advantage β, how much having more than others hurts
/// @param smoothing λ, in the paper γ·λ = 0.99 · 0.975
/// @param angle θ in degrees
/// @param angleWeight w
public record SocialReward(
        double disadvantage, double advantage, double smoothing, double angle, double angleWeight) {

    /// Everyone minds their own reward; what is left is what the others start from when set.
    public static final SocialReward NONE = new SocialReward(0, 0, 0.965, 45, 0);

    /// True where rewards are changed at all.
    public boolean inUse() {
        return comparesOverTime() || angleWeight != 0;
    }

    /// True where smoothed rewards are needed.
    boolean comparesOverTime() {
        return disadvantage != 0 || advantage != 0;
    }

    /// Changes one step's rewards of one copy.
    ///
    /// @param rewards [agents] from `at`
    /// @param smoothed [agents] from `at`, carried from step to step where needed
    void shape(double[] rewards, int at, int agents, float[] smoothed) {
        if (agents == 1 || !inUse()) {
            return;
        }
        double sum = 0;
        for (int i = at; i < at + agents; i++) {
            sum += rewards[i];
            if (comparesOverTime()) {
                smoothed[i] = (float) (smoothing * smoothed[i] + rewards[i]);
            }
        }
        for (int i = at; i < at + agents; i++) {
            double own = rewards[i];
            if (comparesOverTime()) {
                rewards[i] -= inequity(smoothed, i, at, agents);
            }
            if (angleWeight != 0) {
                rewards[i] -= angleWeight * misfit(own, (sum - own) / (agents - 1));
            }
        }
    }

    private double inequity(float[] smoothed, int i, int at, int agents) {
        double more = 0;
        double less = 0;
        for (int j = at; j < at + agents; j++) {
            double gap = (double) smoothed[j] - smoothed[i];
            more += Math.max(gap, 0);
            less += Math.max(-gap, 0);
        }
        return (disadvantage * more + advantage * less) / (agents - 1);
    }

    /// Radians between what the agent would like to see shared out and what was.
    private double misfit(double own, double others) {
        if (own == 0 && others == 0) {
            return 0;
        }
        double gap = Math.toRadians(angle) - Math.atan2(others, own);
        return Math.abs(Math.IEEEremainder(gap, 2 * Math.PI));
    }
}
