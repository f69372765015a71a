package marlab.sim.game;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What game theory says about a table of payoffs.
public final class Solutions {

    private Solutions() {}

    /// A pair of actions.
    ///
    /// @param row the row player's action, from 0
    /// @param column the column player's action, from 0
    public record Joint(int row, int column) {}

    /// Both players' chances of their first action, and what each gets on average.
    public record Mixed(double row, double column, double rowPayoff, double columnPayoff) {}

    /// Nash equilibria in pure actions: no player gains by changing alone.
    public static List<Joint> pureNash(PayoffMatrix game) {
        return joints(game, Solutions::isNash);
    }

    private static boolean isNash(PayoffMatrix game, int a, int b) {
        for (int k = 0; k < game.actions(); k++) {
            if (game.row(k, b) > game.row(a, b) || game.column(a, k) > game.column(a, b)) {
                return false;
            }
        }
        return true;
    }

    /// The pairs of actions that no other makes better for one and worse for none.
    public static List<Joint> pareto(PayoffMatrix game) {
        return joints(game, Solutions::isPareto);
    }

    private static boolean isPareto(PayoffMatrix game, int a, int b) {
        double row = game.row(a, b);
        double column = game.column(a, b);
        for (int k = 0; k < game.actions(); k++) {
            for (int l = 0; l < game.actions(); l++) {
                double rowGain = game.row(k, l) - row;
                double columnGain = game.column(k, l) - column;
                if (rowGain >= 0 && columnGain >= 0 && rowGain + columnGain > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The pairs of actions with the largest sum of payoffs.
    public static List<Joint> best(PayoffMatrix game) {
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < game.actions() * game.actions(); k++) {
            int a = k / game.actions();
            int b = k % game.actions();
            most = Math.max(most, game.row(a, b) + game.column(a, b));
        }
        double top = most;
        return joints(game, (g, a, b) -> g.row(a, b) + g.column(a, b) == top);
    }

    private interface Test {
        boolean holds(PayoffMatrix game, int a, int b);
    }

    private static List<Joint> joints(PayoffMatrix game, Test test) {
        List<Joint> found = new ArrayList<>();
        for (int a = 0; a < game.actions(); a++) {
            for (int b = 0; b < game.actions(); b++) {
                if (test.holds(game, a, b)) {
                    found.add(new Joint(a, b));
                }
            }
        }
        return found;
    }

    /// The Nash equilibrium of a 2 × 2 game in which both players mix: each makes the other
    /// indifferent. Empty where there is none or a whole line of them.
    ///
    /// @throws IllegalArgumentException for larger games
    public static Optional<Mixed> mixedNash(PayoffMatrix game) {
        if (game.actions() != 2) {
            throw new IllegalArgumentException("mixed equilibria are known of 2 × 2 games only");
        }
        double p =
                indifferent(
                        game.column(0, 0), game.column(1, 0), game.column(0, 1), game.column(1, 1));
        double q = indifferent(game.row(0, 0), game.row(0, 1), game.row(1, 0), game.row(1, 1));
        if (!(p > 0 && p < 1 && q > 0 && q < 1)) {
            return Optional.empty();
        }
        return Optional.of(
                new Mixed(
                        p,
                        q,
                        q * game.row(0, 0) + (1 - q) * game.row(0, 1),
                        p * game.column(0, 0) + (1 - p) * game.column(1, 0)));
    }

    /// The chance x with which x·a + (1−x)·b = x·c + (1−x)·d.
    private static double indifferent(double a, double b, double c, double d) {
        return (d - b) / (a - b - c + d);
    }
}
