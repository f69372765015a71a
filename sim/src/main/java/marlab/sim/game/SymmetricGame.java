package marlab.sim.game;

import java.util.List;

/// The four payoffs of a symmetric game of two actions, the first being "cooperate".
///
/// @param r reward: both cooperate
/// @param s sucker's payoff: cooperating alone
/// @param t temptation: defecting alone
/// @param p punishment: both defect
public record SymmetricGame(double r, double s, double t, double p) {

    /// Something that a game has or has not.
    ///
    /// @param formula for instance "R > P"
    /// @param meaning in plain words
    public record Property(String formula, String meaning, boolean holds) {}

    /// The four payoffs of a symmetric 2 × 2 game.
    ///
    /// @throws IllegalArgumentException for other games
    public static SymmetricGame of(PayoffMatrix game) {
        if (game.actions() != 2 || !game.isSymmetric()) {
            throw new IllegalArgumentException(
                    "only a symmetric game of two actions has R, S, T and P, not " + game);
        }
        return new SymmetricGame(game.row(0, 0), game.row(0, 1), game.row(1, 0), game.row(1, 1));
    }

    /// The table of payoffs.
    public PayoffMatrix payoffs() {
        return PayoffMatrix.symmetric(new double[][] {{r, s}, {t, p}});
    }

    /// The same game with the two actions' names exchanged.
    public SymmetricGame exchanged() {
        return new SymmetricGame(p, t, s, r);
    }

    /// The same game with that action called "cooperate" which is better for both when both do it.
    public SymmetricGame upright() {
        return r < p ? exchanged() : this;
    }

    /// What people call it, whichever of its actions comes first.
    public GameName name() {
        SymmetricGame game = upright();
        return GameName.of(game.r, game.s, game.t, game.p);
    }

    /// Across on the T–S plane, where R = 1 and P = 0: (T − P) / (R − P). NaN where R = P.
    public double normalT() {
        return r == p ? Double.NaN : (t - p) / (r - p);
    }

    /// Up on the T–S plane: (S − P) / (R − P). NaN where R = P.
    public double normalS() {
        return r == p ? Double.NaN : (s - p) / (r - p);
    }

    /// What makes a social dilemma (Macy and Flache 2002; Leibo et al. 2017), one by one.
    public List<Property> properties() {
        return List.of(
                new Property("R > P", "Both cooperating beats both defecting.", r > p),
                new Property("R > S", "Both cooperating beats being exploited.", r > s),
                new Property("2R > T + S", "Both cooperating beats taking turns.", 2 * r > t + s),
                new Property("T > R", "Greed: exploiting beats cooperating.", t > r),
                new Property("P > S", "Fear: both defecting beats being exploited.", p > s));
    }

    /// True for a social dilemma: R > P, R > S, 2R > T + S, and greed or fear.
    public boolean isSocialDilemma() {
        return r > p && r > s && 2 * r > t + s && (t > r || p > s);
    }
}
