package marlab.sim.env;

/// What is wrong with a text that a person wrote, and where. The message reads "line 3, column 5:
/// what and remedy"; whoever knows the file puts its name before it.
public final class TextProblem extends IllegalArgumentException {

    private final int line;
    private final int column;

    /// @param line from 1; 0 where the problem has no place
    /// @param column from 1; 0 for the whole line
    /// @param what what is wrong and the remedy, without a full stop
    public TextProblem(int line, int column, String what) {
        super(
                line == 0
                        ? what
                        : "line " + line + (column == 0 ? "" : ", column " + column) + ": " + what);
        this.line = line;
        this.column = column;
    }

    /// Line from 1, 0 for none.
    public int line() {
        return line;
    }

    /// Column from 1, 0 for none.
    public int column() {
        return column;
    }
}
