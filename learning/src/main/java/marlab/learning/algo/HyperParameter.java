package marlab.learning.algo;

import java.util.List;

/// One number or word that an algorithm takes, by name, with its range and default.
///
/// @param key name on the command line and in files
/// @param value the default, as text
/// @param low smallest number; NaN for words
/// @param high largest number; NaN for words
/// @param whole true for whole numbers
/// @param words the words it takes; empty for numbers
/// @param what one sentence on what it does
public record HyperParameter(
        String key,
        String value,
        double low,
        double high,
        boolean whole,
        List<String> words,
        String what) {

    public HyperParameter {
        words = List.copyOf(words);
    }

    /// A number within [low, high].
    public static HyperParameter real(
            String key, double value, double low, double high, String what) {
        return new HyperParameter(key, Double.toString(value), low, high, false, List.of(), what);
    }

    /// A whole number within [low, high].
    public static HyperParameter whole(String key, long value, long low, long high, String what) {
        return new HyperParameter(key, Long.toString(value), low, high, true, List.of(), what);
    }

    /// One of several words; the first is the default.
    public static HyperParameter word(String key, String what, String... words) {
        return new HyperParameter(
                key, words[0], Double.NaN, Double.NaN, false, List.of(words), what);
    }

    /// The same with another default.
    public HyperParameter withDefault(String other) {
        return new HyperParameter(key, normal(other), low, high, whole, words, what);
    }

    /// The same with another sentence on what it does.
    HyperParameter saying(String other) {
        return new HyperParameter(key, value, low, high, whole, words, other);
    }

    /// The values it takes, in words.
    public String range() {
        if (!words.isEmpty()) {
            int last = words.size() - 1;
            return words.size() == 1
                    ? words.getFirst()
                    : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
        }
        return plain(low) + " to " + plain(high);
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e7
                ? Long.toString((long) number)
                : Double.toString(number).replace("E", "e").replace(".0e", "e");
    }

    /// A value in its normal form.
    ///
    /// @throws IllegalArgumentException where it is none that this takes
    String normal(String text) {
        String stripped = text.strip();
        if (!words.isEmpty()) {
            if (!words.contains(stripped)) {
                throw new IllegalArgumentException(text);
            }
            return stripped;
        }
        if (!stripped.matches("[-+0-9._eE]+")) { // parseDouble also takes 3f and 0x3p0
            throw new IllegalArgumentException(text);
        }
        double number = Double.parseDouble(stripped.replace("_", ""));
        if (!(number >= low && number <= high) || whole && number != Math.rint(number)) {
            throw new IllegalArgumentException(text);
        }
        return whole ? Long.toString((long) number) : Double.toString(number);
    }
}
