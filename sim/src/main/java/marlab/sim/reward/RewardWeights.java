package marlab.sim.reward;

import java.util.Arrays;
import java.util.List;

/// Weights of the reward terms and how much of the reward is shared. Immutable.
///
/// Reward of agent i = (1 − share) · own_i + share · mean_j own_j, where own_i = Σ_k weight_k ·
/// term_{k,i}. Share 0 is selfish, 1 a team.
public final class RewardWeights {

    private final double[] weights;
    private final double share;

    /// @param weights one per term, finite
    /// @param share within [0, 1]
    /// @throws IllegalArgumentException on a number out of range
    public RewardWeights(double[] weights, double share) {
        for (double weight : weights) {
            if (!Double.isFinite(weight)) {
                throw new IllegalArgumentException(
                        "a reward weight must be a finite number, not " + weight);
            }
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "the share weight must lie within 0 and 1, not " + share);
        }
        this.weights = weights.clone();
        this.share = share;
    }

    /// The defaults of the given terms, nothing shared.
    public static RewardWeights defaults(List<RewardTerm> terms) {
        return new RewardWeights(terms.stream().mapToDouble(RewardTerm::weight).toArray(), 0);
    }

    /// Weight of term k.
    public double weight(int k) {
        return weights[k];
    }

    /// Number of terms.
    public int size() {
        return weights.length;
    }

    /// Share in [0, 1].
    public double share() {
        return share;
    }

    /// The same with another weight for term k.
    public RewardWeights withWeight(int k, double weight) {
        double[] changed = weights.clone();
        changed[k] = weight;
        return new RewardWeights(changed, share);
    }

    /// The same with another share.
    public RewardWeights withShare(double newShare) {
        return new RewardWeights(weights, newShare);
    }

    /// Rewards of all agents of one copy.
    ///
    /// @param terms [agents × terms], starting at `termsAt`
    /// @param into receives one reward per agent, starting at `at`
    public void combine(double[] terms, int termsAt, int agents, double[] into, int at) {
        double sum = 0;
        int k = termsAt;
        for (int i = 0; i < agents; i++) {
            double own = 0;
            for (double weight : weights) {
                own += weight * terms[k++];
            }
            into[at + i] = own;
            sum += own;
        }
        if (share != 0) {
            double mean = sum / agents;
            for (int i = 0; i < agents; i++) {
                into[at + i] += share * (mean - into[at + i]);
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RewardWeights that
                && Arrays.equals(weights, that.weights)
                && share == that.share;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(weights) + Double.hashCode(share);
    }

    @Override
    public String toString() {
        return "weights " + Arrays.toString(weights) + ", share " + share;
    }
}
