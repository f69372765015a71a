package marlab.sim.game;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import marlab.sim.env.TextProblem;

/// The payoffs of a game of two players with 2 to 5 actions each. Immutable.
///
/// As text, a row for each action of the row player, rows parted by ";" or by a new line. A cell is
/// the row player's payoff, "3 0 ; 5 1", where the game is symmetric (the column player gets what
/// the row player would in its place), or both players', "3,2 0,0 ; 0,0 2,3".
public final class PayoffMatrix {

    /// Most actions of a player.
    public static final int MOST_ACTIONS = 5;

    /// Largest payoff, either way: sums over an episode stay exact enough to be read.
    public static final double LARGEST = 1_000_000;

    private final int actions;
    private final double[] row;
    private final double[] column;

    private PayoffMatrix(int actions, double[] row, double[] column) {
        this.actions = actions;
        this.row = row;
        this.column = column;
    }

    /// A game from both players' payoffs, each [row player's action][column player's action].
    ///
    /// @throws IllegalArgumentException when they are not square, not equally large, larger than 5
    ///   × 5, or not finite
    public static PayoffMatrix of(double[][] row, double[][] column) {
        int n = row.length;
        double[] rowFlat = new double[n * n];
        double[] columnFlat = new double[n * n];
        boolean fits = n >= 2 && n <= MOST_ACTIONS && column.length == n;
        for (int a = 0; fits && a < n; a++) {
            fits = row[a].length == n && column[a].length == n;
            for (int b = 0; fits && b < n; b++) {
                rowFlat[a * n + b] = row[a][b] + 0.0; // −0 becomes 0
                columnFlat[a * n + b] = column[a][b] + 0.0;
                fits = Math.abs(row[a][b]) <= LARGEST && Math.abs(column[a][b]) <= LARGEST;
            }
        }
        if (!fits) {
            throw new IllegalArgumentException(
                    "payoffs must be two squares of 2 to 5 rows with numbers up to a million, not "
                            + Arrays.deepToString(row)
                            + " and "
                            + Arrays.deepToString(column));
        }
        return new PayoffMatrix(n, rowFlat, columnFlat);
    }

    /// A symmetric game from the own payoffs, [own action][other's action].
    public static PayoffMatrix symmetric(double[]... own) {
        double[][] other = new double[own.length][own.length];
        for (int a = 0; a < own.length; a++) {
            for (int b = 0; b < own[a].length && b < own.length; b++) {
                other[b][a] = own[a][b];
            }
        }
        return of(own, other);
    }

    /// A game of equal interests, [row player's action][column player's action].
    public static PayoffMatrix common(double[]... both) {
        return of(both, both);
    }

    /// Actions of each player.
    public int actions() {
        return actions;
    }

    /// The row player's payoff when it plays a and the column player b.
    public double row(int a, int b) {
        return row[a * actions + b];
    }

    /// The column player's payoff when the row player plays a and it plays b.
    public double column(int a, int b) {
        return column[a * actions + b];
    }

    /// A player's payoff as it sees the game.
    ///
    /// @param player 0 for the row player, 1 for the column player
    public double payoff(int player, int own, int other) {
        return player == 0 ? row(own, other) : column(other, own);
    }

    /// True where both players see the same game.
    public boolean isSymmetric() {
        for (int k = 0; k < row.length; k++) {
            if (row[k] != column[k % actions * actions + k / actions]) {
                return false;
            }
        }
        return true;
    }

    /// A game from text, see {@link PayoffMatrix}.
    ///
    /// @throws TextProblem with line, column and remedy for a text that is no such game
    public static PayoffMatrix parse(String text) {
        return new Reader(text).game();
    }

    /// The shortest text that {@link #parse} makes this game of.
    @Override
    public String toString() {
        boolean symmetric = isSymmetric();
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < row.length; k++) {
            text.append(k == 0 ? "" : k % actions == 0 ? " ; " : " ").append(number(row[k]));
            if (!symmetric) {
                text.append(',').append(number(column[k]));
            }
        }
        return text.toString();
    }

    /// A payoff as people write it: 3, not 3.0.
    public static String number(double x) {
        return x == Math.rint(x) ? Long.toString((long) x) : Double.toString(x);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PayoffMatrix that
                && Arrays.equals(row, that.row)
                && Arrays.equals(column, that.column);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(row) + Arrays.hashCode(column);
    }

    /// Reads a game character by character, knowing where it is.
    private static final class Reader {

        private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9.]+([eE][-+]?[0-9]{1,9})?");

        private final String text;
        private final List<List<double[]>> rows = new ArrayList<>();
        private final List<int[]> rowStarts = new ArrayList<>();
        private List<double[]> cells = new ArrayList<>();
        private int at;
        private int line = 1;
        private int lineStart;

        Reader(String text) {
            this.text = text;
        }

        PayoffMatrix game() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == ';' || c == '\n') {
                    endRow();
                    at++;
                    if (c == '\n') {
                        line++;
                        lineStart = at;
                    }
                } else if (Character.isWhitespace(c)) {
                    at++;
                } else {
                    cell();
                }
            }
            endRow();
            return build();
        }

        private int column() {
            return at - lineStart + 1;
        }

        private TextProblem problem(int column, String what) {
            return new TextProblem(line, column, what);
        }

        private void endRow() {
            if (!cells.isEmpty()) {
                rows.add(cells);
                cells = new ArrayList<>();
            }
        }

        private void cell() {
            int start = column();
            if (cells.isEmpty()) {
                rowStarts.add(new int[] {line, start});
            }
            if (rows.size() == MOST_ACTIONS) {
                throw problem(start, "there is a sixth row; a game has 2 to 5 actions");
            }
            if (cells.size() == MOST_ACTIONS) {
                throw problem(start, "there is a sixth cell in the row; a game has 2 to 5 actions");
            }
            double own = number();
            skipBlanks();
            boolean pair = at < text.length() && text.charAt(at) == ',';
            if (pair) {
                at++;
                skipBlanks();
            }
            cells.add(pair ? new double[] {own, number()} : new double[] {own});
            int expected = (rows.isEmpty() ? cells : rows.getFirst()).getFirst().length;
            if (cells.getLast().length != expected) {
                throw problem(
                        start,
                        expected == 2
                                ? "one payoff where the first cell has two; write row,column"
                                : "two payoffs where the first cell has one; write all cells alike");
            }
        }

        private void skipBlanks() {
            while (at < text.length()
                    && text.charAt(at) != '\n'
                    && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private double number() {
            int from = at;
            int column = column();
            while (at < text.length() && " \t\r\n;,".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            String word = text.substring(from, at);
            double value;
            try {
                value = NUMBER.matcher(word).matches() ? Double.parseDouble(word) : Double.NaN;
            } catch (NumberFormatException e) { // 1.2.3
                value = Double.NaN;
            }
            if (Double.isNaN(value)) {
                String shown = word.length() > 20 ? word.substring(0, 20) + "…" : word;
                throw problem(column, "\"" + shown + "\" is not a number; write payoffs like -1.5");
            }
            if (!(Math.abs(value) <= LARGEST)) {
                throw problem(column, "a payoff must lie within -1000000 and 1000000");
            }
            return value;
        }

        private PayoffMatrix build() {
            int n = rows.size();
            if (n == 0) {
                throw new TextProblem(1, 0, "there are no payoffs; write for instance 3 0 ; 5 1");
            }
            for (int a = 0; a < n; a++) {
                if (rows.get(a).size() != rows.getFirst().size()) {
                    throw ragged(a);
                }
            }
            if (n < 2 || rows.getFirst().size() != n) {
                throw new TextProblem(
                        rowStarts.getLast()[0],
                        0,
                        "there are "
                                + n
                                + " rows of "
                                + rows.getFirst().size()
                                + " cells; both players must have the same 2 to 5 actions");
            }
            boolean pairs = rows.getFirst().getFirst().length == 2;
            double[][] own = new double[n][n];
            double[][] other = new double[n][n];
            for (int a = 0; a < n; a++) {
                for (int b = 0; b < n; b++) {
                    own[a][b] = rows.get(a).get(b)[0];
                    other[a][b] = pairs ? rows.get(a).get(b)[1] : rows.get(b).get(a)[0];
                }
            }
            return of(own, other);
        }

        private TextProblem ragged(int a) {
            return new TextProblem(
                    rowStarts.get(a)[0],
                    rowStarts.get(a)[1],
                    "row "
                            + (a + 1)
                            + " has "
                            + rows.get(a).size()
                            + " cells where the first has "
                            + rows.getFirst().size()
                            + "; make all rows equally long");
        }
    }
}
