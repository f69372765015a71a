package marlab.learning.algo;

/// The table of a two-player game with one state as a team that learned values believes it to be,
/// to be printed beside the true one: what a sum, or a mixing that never falls, can and can't say.
public final class JointValues {

    private JointValues() {}

    /// What the team believes that each pair of actions pays it in one round, in the unit of the
    /// rewards: Q_tot(a) − γ·max Q_tot, since every round is followed by the same game.
    ///
    /// @param learner of VDN or QMIX, after its first roll-out
    /// @return [first agent's actions][second agent's actions], as the networks count them
    /// @throws IllegalArgumentException where the learner knows no value of a team, has seen
    ///   nothing, or not two agents learn
    public static double[][] payoffs(Learner learner) {
        if (!(learner instanceof TeamValues team) || team.remembered() == 0) {
            throw new IllegalArgumentException(
                    "only VDN and QMIX know what pairs of actions are worth, once they have played");
        }
        double[][] values = team.jointValues(0);
        double best = Double.NEGATIVE_INFINITY;
        for (double[] row : values) {
            for (double value : row) {
                best = Math.max(best, value);
            }
        }
        for (double[] row : values) {
            for (int k = 0; k < row.length; k++) {
                row[k] -= team.discount() * best;
            }
        }
        return values;
    }
}
