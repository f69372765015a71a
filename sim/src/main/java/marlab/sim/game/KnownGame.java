package marlab.sim.game;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// A game of two players from the literature.
///
/// @param name key on the command line
/// @param title what people read
/// @param payoffs both players'
/// @param actions what the actions are called
/// @param letters their short names
/// @param source where the payoffs stand
public record KnownGame(
        String name,
        String title,
        PayoffMatrix payoffs,
        List<String> actions,
        List<String> letters,
        String source) {

    private static final String LOLA = "Foerster et al. 2018, LOLA";
    private static final String LIKE_LOLA = "suites that follow Foerster et al. 2018";
    private static final String OPENSPIEL = "OpenSpiel, matrix_games.cc";
    private static final String MELTING_POT = "Melting Pot, in the matrix";
    private static final String CLAUS = "Claus and Boutilier 1998";

    private static final List<String> WORDS = List.of("cooperate", "defect");
    private static final List<String> LETTERS = List.of("C", "D");

    private static final List<KnownGame> ALL =
            List.of(
                    dilemma("ipd", "-1 -3 ; 0 -2", LOLA),
                    dilemma("pd_openspiel", "5 0 ; 10 1", OPENSPIEL),
                    dilemma("pd_meltingpot", "3 0 ; 5 1", MELTING_POT),
                    dilemma("ipd_pola", "0.33 -0.335 ; 0.665 0", "Zhao et al. 2022, f = 1.33"),
                    dilemma("ipd_coala", "1 -1 ; 2 0", "Meulemans et al. 2025"),
                    stags("stag_hunt", "3 0 ; 2 1", LIKE_LOLA),
                    stags("stag_hunt_openspiel", "2 0 ; 1 1", OPENSPIEL),
                    stags("stag_hunt_meltingpot", "4 0 ; 2 2", MELTING_POT),
                    chicken("chicken", "0 -1 ; 1 -10", "swerve Sw straight St", LIKE_LOLA),
                    chicken("chicken_openspiel", "0 4 ; 1 3", "dare D chicken C", OPENSPIEL),
                    chicken("chicken_meltingpot", "3 2 ; 5 0", "dove D hawk H", MELTING_POT),
                    of(
                            "bach_or_stravinsky",
                            "Bach or Stravinsky",
                            "3,2 0,0 ; 0,0 2,3",
                            "Bach B Stravinsky S",
                            OPENSPIEL + "; " + MELTING_POT),
                    of(
                            "matching_pennies",
                            "Matching Pennies",
                            "1,-1 -1,1 ; -1,1 1,-1",
                            "heads H tails T",
                            OPENSPIEL),
                    of(
                            "pure_coordination",
                            "Pure Coordination",
                            "1 0 0 ; 0 1 0 ; 0 0 1",
                            "one 1 two 2 three 3",
                            MELTING_POT),
                    of(
                            "climbing",
                            "Climbing Game",
                            "0,0 6,6 5,5 ; -30,-30 7,7 0,0 ; 11,11 -30,-30 0,0",
                            "a a b b c c",
                            CLAUS + ", rows as in EPyMARL"));

    public KnownGame {
        actions = List.copyOf(actions);
        letters = List.copyOf(letters);
    }

    /// All but the penalty game, which has a number of its own.
    public static List<KnownGame> all() {
        return ALL;
    }

    /// The penalty game: 10 for both in two far corners, 2 in the middle, k for missing each other.
    public static KnownGame penalty(double k) {
        double[][] both = {{k, 0, 10}, {0, 2, 0}, {10, 0, k}};
        List<String> abc = List.of("a", "b", "c");
        return new KnownGame("penalty", "Penalty Game", PayoffMatrix.common(both), abc, abc, CLAUS);
    }

    /// Any payoffs. Two actions are called cooperate and defect where the game is symmetric, as the
    /// order of its payoffs is told in these words; otherwise they are numbered.
    public static KnownGame custom(PayoffMatrix payoffs) {
        if (payoffs.actions() == 2 && payoffs.isSymmetric()) {
            String title = SymmetricGame.of(payoffs).name().title();
            return new KnownGame("custom", title, payoffs, WORDS, LETTERS, "Your own payoffs");
        }
        List<String> numbers =
                IntStream.rangeClosed(1, payoffs.actions()).mapToObj(Integer::toString).toList();
        return new KnownGame("custom", "Own Game", payoffs, numbers, numbers, "Your own payoffs");
    }

    private static KnownGame dilemma(String name, String payoffs, String source) {
        return of(name, "Prisoner's Dilemma", payoffs, "cooperate C defect D", source);
    }

    private static KnownGame stags(String name, String payoffs, String source) {
        return of(name, "Stag Hunt", payoffs, "stag S hare H", source);
    }

    private static KnownGame chicken(String name, String payoffs, String words, String source) {
        return of(name, "Chicken", payoffs, words, source);
    }

    private static KnownGame of(
            String name, String title, String payoffs, String words, String source) {
        List<String> each = List.of(words.split(" "));
        List<String> actions = new ArrayList<>();
        List<String> letters = new ArrayList<>();
        for (int k = 0; k < each.size(); k += 2) {
            actions.add(each.get(k));
            letters.add(each.get(k + 1));
        }
        PayoffMatrix matrix = PayoffMatrix.parse(payoffs);
        return new KnownGame(name, title, matrix, actions, letters, source);
    }

    /// The action that is better for both when both do it, in a symmetric game of two actions; −1
    /// where there is no such thing.
    public int cooperation() {
        if (payoffs.actions() != 2 || !payoffs.isSymmetric()) {
            return -1;
        }
        double gain = payoffs.row(0, 0) - payoffs.row(1, 1);
        return gain > 0 ? 0 : gain < 0 ? 1 : -1;
    }
}
