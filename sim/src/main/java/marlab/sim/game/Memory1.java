package marlab.sim.game;

/// Exact returns of an endless repeated 2 × 2 game between two policies that remember one round.
///
/// A policy is five chances of playing the first action ("cooperate"): in the first round and after
/// CC, CD, DC and DD, own action first. With M the transition matrix over the four joint actions,
/// s₀ the distribution of the first one and r a player's payoffs, V = s₀ᵀ (I − γM)⁻¹ r (Foerster et
/// al. 2018, "Learning with Opponent-Learning Awareness"; rounds are discounted by γ⁰, γ¹ …).
public final class Memory1 {

    /// Numbers in a policy: start, CC, CD, DC, DD.
    public static final int POLICY = 5;

    private static final int JOINT = 4;

    /// Where the second player stands after CC, CD, DC, DD as the first one sees them.
    private static final int[] MIRROR = {0, 2, 1, 3};

    private final double[][] payoffs; // [player][joint]
    private final double gamma;

    /// Both players' returns.
    ///
    /// @param first of the row player, Σ γᵗ payoff
    /// @param second of the column player
    public record Returns(double first, double second) {}

    /// @param game with two actions
    /// @param gamma within [0, 1)
    public Memory1(PayoffMatrix game, double gamma) {
        if (game.actions() != 2 || !(gamma >= 0 && gamma < 1)) {
            throw new IllegalArgumentException(
                    "exact returns need two actions and a discount within 0 and 1, 1 excluded, not "
                            + game
                            + " with "
                            + gamma);
        }
        this.gamma = gamma;
        payoffs = new double[2][JOINT];
        for (int s = 0; s < JOINT; s++) {
            payoffs[0][s] = game.row(s / 2, s % 2);
            payoffs[1][s] = game.column(s / 2, s % 2);
        }
    }

    /// Discounted returns; times 1 − γ they are averages per round.
    public Returns returns(double[] first, double[] second) {
        double[] visits = visits(first, second);
        double one = 0;
        double two = 0;
        for (int s = 0; s < JOINT; s++) {
            one += visits[s] * payoffs[0][s];
            two += visits[s] * payoffs[1][s];
        }
        return new Returns(one, two);
    }

    /// Discounted number of rounds with CC, CD, DC, DD, the first player's action first: s₀ᵀ (I −
    /// γM)⁻¹, with sum 1/(1−γ).
    public double[] visits(double[] first, double[] second) {
        double[][] system = system(first, second, true);
        double[] start = new double[JOINT];
        joint(first[0], second[0], start, 1);
        return solve(system, start);
    }

    /// The slope of a player's return along each of the ten chances, first the row player's five,
    /// then the column player's.
    ///
    /// @param player whose return: 0 or 1
    public double[] gradient(int player, double[] first, double[] second) {
        double[] visits = visits(first, second);
        double[] values = solve(system(first, second, false), payoffs[player].clone());
        double[] slope = new double[2 * POLICY];
        for (int s = -1; s < JOINT; s++) {
            int mine = s < 0 ? 0 : 1 + s;
            int its = s < 0 ? 0 : 1 + MIRROR[s];
            double weight = s < 0 ? 1 : gamma * visits[s];
            double p = first[mine];
            double q = second[its];
            slope[mine] =
                    weight * (q * (values[0] - values[2]) + (1 - q) * (values[1] - values[3]));
            slope[POLICY + its] =
                    weight * (p * (values[0] - values[1]) + (1 - p) * (values[2] - values[3]));
        }
        return slope;
    }

    /// I − γM, transposed for left multiplication.
    private double[][] system(double[] first, double[] second, boolean transposed) {
        double[][] system = new double[JOINT][JOINT];
        double[] next = new double[JOINT];
        for (int s = 0; s < JOINT; s++) {
            joint(first[1 + s], second[1 + MIRROR[s]], next, -gamma);
            for (int to = 0; to < JOINT; to++) {
                system[transposed ? to : s][transposed ? s : to] += next[to];
            }
            system[s][s] += 1;
        }
        return system;
    }

    private static void joint(double p, double q, double[] into, double scale) {
        into[0] = scale * p * q;
        into[1] = scale * p * (1 - q);
        into[2] = scale * (1 - p) * q;
        into[3] = scale * (1 - p) * (1 - q);
    }

    /// Gauss's elimination, largest pivot first; overwrites both.
    private static double[] solve(double[][] system, double[] right) {
        for (int k = 0; k < JOINT; k++) {
            int pivot = k;
            for (int i = k + 1; i < JOINT; i++) {
                pivot = Math.abs(system[i][k]) > Math.abs(system[pivot][k]) ? i : pivot;
            }
            double[] row = system[pivot];
            system[pivot] = system[k];
            system[k] = row;
            double number = right[pivot];
            right[pivot] = right[k];
            right[k] = number;
            for (int i = k + 1; i < JOINT; i++) {
                double factor = system[i][k] / row[k];
                for (int j = k; j < JOINT; j++) {
                    system[i][j] -= factor * row[j];
                }
                right[i] -= factor * number;
            }
        }
        for (int k = JOINT - 1; k >= 0; k--) {
            for (int j = k + 1; j < JOINT; j++) {
                right[k] -= system[k][j] * right[j];
            }
            right[k] /= system[k][k];
        }
        return right;
    }
}
