package marlab.sim.map;

import java.util.ArrayList;
import java.util.List;
import marlab.sim.env.TextProblem;

/// Plain-text maps: one letter a cell, one line a row, all rows equally long.
public final class MapText {

    private MapText() {}

    /// The rows of a map.
    ///
    /// @param letters every letter that a cell can have
    /// @param longest most rows, and most columns
    /// @return at least one row of at least one cell
    /// @throws TextProblem with line, column and remedy for a map that is empty, ragged or too
    ///   large, or has an unknown letter
    public static List<String> rows(String text, String letters, int longest) {
        List<String> lines = new ArrayList<>(text.replace("\r\n", "\n").lines().toList());
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        if (lines.isEmpty() || lines.getFirst().isEmpty()) {
            throw new TextProblem(1, 0, "the map is empty; write one letter a cell, a line a row");
        }
        if (lines.size() > longest) {
            throw new TextProblem(
                    longest + 1, 0, "the map has more than " + longest + " rows; make it smaller");
        }
        int columns = lines.getFirst().length();
        for (int row = 0; row < lines.size(); row++) {
            check(lines.get(row), row, columns, letters, longest);
        }
        return List.copyOf(lines);
    }

    private static void check(String line, int row, int columns, String letters, int longest) {
        if (line.length() > longest) {
            throw new TextProblem(
                    row + 1,
                    longest + 1,
                    "the row has more than " + longest + " cells; make the map smaller");
        }
        for (int column = 0; column < line.length(); column++) {
            char letter = line.charAt(column);
            if (letters.indexOf(letter) < 0) {
                throw new TextProblem(
                        row + 1,
                        column + 1,
                        "unknown letter " + shown(letter) + "; a cell is one of " + named(letters));
            }
        }
        if (line.length() != columns) {
            throw new TextProblem(
                    row + 1,
                    Math.min(line.length(), columns) + 1,
                    "the row has "
                            + line.length()
                            + " cells where the first has "
                            + columns
                            + "; make all rows equally long");
        }
    }

    private static String shown(char letter) {
        boolean visible = letter > ' ' && letter < 0x7F;
        return visible ? "'" + letter + "'" : String.format("U+%04X", (int) letter);
    }

    private static String named(String letters) {
        StringBuilder names = new StringBuilder();
        for (int k = 0; k < letters.length(); k++) {
            char letter = letters.charAt(k);
            names.append(k == 0 ? "" : " ").append(letter == ' ' ? "space" : letter);
        }
        return names.toString();
    }
}
