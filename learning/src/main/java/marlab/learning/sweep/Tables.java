package marlab.learning.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table of texts, as CSV and as Markdown.
public final class Tables {

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    /// A table with these columns.
    public Tables(List<String> head) {
        this.head = List.copyOf(head);
    }

    /// Adds a row.
    public void add(List<String> row) {
        if (row.size() != head.size()) {
            throw new IllegalArgumentException(row + " does not fit " + head);
        }
        rows.add(List.copyOf(row));
    }

    /// As CSV (RFC 4180 but for line ends, which are single).
    public String csv() {
        StringBuilder text = new StringBuilder();
        csv(text, head);
        rows.forEach(row -> csv(text, row));
        return text.toString();
    }

    private static void csv(StringBuilder text, List<String> row) {
        text.append(String.join(",", row.stream().map(Tables::cell).toList())).append('\n');
    }

    /// A cell of CSV.
    static String cell(String text) {
        return text.matches("(?s).*[\",\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    /// As Markdown.
    public String markdown() {
        StringBuilder text = new StringBuilder();
        markdown(text, head);
        markdown(text, head.stream().map(h -> "---").toList());
        rows.forEach(row -> markdown(text, row));
        return text.toString();
    }

    private static void markdown(StringBuilder text, List<String> row) {
        text.append("| ")
                .append(String.join(" | ", row.stream().map(c -> c.replace("|", "\\|")).toList()))
                .append(" |\n");
    }

    /// A number for programs: four significant digits more than anybody needs, empty where there is
    /// none.
    static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.8g", value);
    }

    /// A number for people, with two decimals; a dash where there is none.
    static String words(double value) {
        return Double.isNaN(value)
                ? "–"
                : String.format(Locale.ROOT, "%.2f", value).replace('-', '−');
    }

    /// A mean with its interval, for people.
    static String words(double value, double low, double high) {
        return Double.isNaN(low)
                ? words(value)
                : words(value) + " [" + words(low) + ", " + words(high) + "]";
    }
}
