package marlab.sim.game;

import java.util.Arrays;

/// What a symmetric game of two actions is called, by the order of its four payoffs: R when both
/// cooperate, S for cooperating alone, T for defecting alone, P when both defect; R > P. Names
/// after Rapoport (1967) and Robinson and Goforth (2005).
public enum GameName {
    /// T > R > P > S.
    PRISONERS_DILEMMA(
            "Prisoner's Dilemma", "Defecting pays whatever the other does, and both lose by it."),
    /// R > T and P > S: the others' defection is to be feared, not to be wished for.
    STAG_HUNT("Stag Hunt", "Cooperating is best for both, but only for who can trust the other."),
    /// T > R > S > P, also Hawk–Dove or Snowdrift.
    CHICKEN("Chicken", "Each wants to be the one who doesn't give way; nobody wants a crash."),
    /// R > T and S > P.
    HARMONY("Harmony", "Cooperating pays whatever the other does."),
    /// R and P are above S and T: what counts is to do the same.
    COORDINATION("Coordination", "Both want to do the same as the other."),
    /// T > S > R > P.
    LEADER("Leader", "Best is to do different things, better still for who defects."),
    /// S > T > R > P.
    HERO("Hero", "Best is to do different things, better still for who cooperates."),
    /// S > R > T > P.
    COMPROMISE("Compromise", "Cooperating is dominant, yet each would rather do so alone."),
    /// S > R > P > T: with the actions' names exchanged T > P > R > S.
    DEADLOCK("Deadlock", "What each prefers anyway is fine for both; there is nothing to trade."),
    /// Payoffs are equal where the order matters.
    BORDER("Border case", "Some payoffs are equal, so the game lies between two kinds.");

    private final String title;
    private final String what;

    GameName(String title, String what) {
        this.title = title;
        this.what = what;
    }

    /// What people read.
    public String title() {
        return title;
    }

    /// One sentence on what it is about.
    public String what() {
        return what;
    }

    /// The name of the game with these payoffs, R ≥ P. Where a tie leaves two names open, it is a
    /// border case; a tie that no name hangs on does no harm.
    static GameName of(double r, double s, double t, double p) {
        if (s < p && t < p && (r == p || s == t)) {
            return COORDINATION;
        }
        double[] sorted = {r, s, t, p};
        Arrays.sort(sorted);
        double gap = Double.POSITIVE_INFINITY;
        for (int k = 1; k < 4; k++) {
            double step = sorted[k] - sorted[k - 1];
            gap = step > 0 ? Math.min(gap, step) : gap;
        }
        if (r == p || gap == Double.POSITIVE_INFINITY) {
            return BORDER;
        }
        GameName name = null;
        for (int way = 0; way < 4; way++) { // T and S each a little down or up
            double movedT = t + (way / 2 - 0.5) * 0.5 * gap;
            double movedS = s + (way % 2 - 0.5) * 0.4 * gap;
            GameName one = ofStrict(r, movedS, movedT, p);
            if (name != null && one != name) {
                return BORDER;
            }
            name = one;
        }
        return name;
    }

    private static GameName ofStrict(double r, double s, double t, double p) {
        if (t < r && s < p) {
            return s > t ? COORDINATION : STAG_HUNT;
        }
        if (t < r) {
            return s < r ? HARMONY : t > p ? COMPROMISE : DEADLOCK;
        }
        if (s > r) {
            return s > t ? HERO : LEADER;
        }
        return s > p ? CHICKEN : PRISONERS_DILEMMA;
    }
}
