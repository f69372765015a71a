package marlab.app.text;

import java.util.Locale;

/// Numbers as people read them: thin spaces between thousands, a true minus.
public final class Figures {

    /// Between groups of three digits.
    public static final char THIN_SPACE = '\u2009';

    /// The sign of negative numbers.
    public static final char MINUS = '\u2212';

    private Figures() {}

    /// A whole number: 1 204.
    public static String whole(long value) {
        String digits = Long.toString(Math.abs(value));
        StringBuilder text = new StringBuilder(digits);
        for (int at = digits.length() - 3; at > 0; at -= 3) {
            text.insert(at, THIN_SPACE);
        }
        return value < 0 ? MINUS + text.toString() : text.toString();
    }

    /// A number with so many decimals: −0.5.
    public static String fixed(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", Math.abs(value));
        boolean zero = text.chars().allMatch(c -> c == '0' || c == '.');
        return value < 0 && !zero ? MINUS + text : text;
    }

    /// A number with its sign: +1.0, −0.5, 0.
    public static String signed(double value, int decimals) {
        String text = fixed(value, decimals);
        boolean zero = text.chars().allMatch(c -> c == '0' || c == '.');
        return zero || text.charAt(0) == MINUS ? text : "+" + text;
    }

    /// A weight, exact but not longer than needed and with one decimal at least: +0.5, −0.05.
    public static String weight(double value) {
        String text = plain(value);
        return value > 0 ? "+" + text : text;
    }

    /// A number, exact, with one decimal at least.
    public static String plain(double value) {
        double size = Math.abs(value);
        boolean short_ = size == 0 || size >= 1e-3 && size < 1e7;
        String text = short_ ? trimmed(size) : Double.toString(size);
        return value < 0 ? MINUS + text : text;
    }

    private static String trimmed(double size) {
        String text = new java.math.BigDecimal(Double.toString(size)).toPlainString();
        return text.contains(".") ? text : text + ".0";
    }

    /// A count in short: 950, 41 k, 1.2 M.
    public static String brief(double value) {
        if (value < 1_000) {
            return whole(Math.round(value));
        }
        if (value < 10_000) {
            return fixed(value / 1_000, 1) + THIN_SPACE + "k";
        }
        if (value < 999_500) {
            return whole(Math.round(value / 1_000)) + THIN_SPACE + "k";
        }
        return fixed(value / 1_000_000, value < 10_000_000 ? 2 : 1) + THIN_SPACE + "M";
    }

    /// A length of time: 00:41, 1:02:03.
    public static String clock(double seconds) {
        long whole = (long) Math.max(0, seconds);
        long hours = whole / 3_600;
        long minutes = whole / 60 % 60;
        return hours > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, minutes, whole % 60)
                : String.format(Locale.ROOT, "%02d:%02d", minutes, whole % 60);
    }
}
