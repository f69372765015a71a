package marlab.app.rewards;

import marlab.app.text.Figures;
import marlab.app.text.Messages;

/// Reads weights that people type.
final class WeightText {

    /// A number, or the sentence that says why it is none.
    ///
    /// @param value NaN when the text cannot be used
    /// @param problem null when it can
    record Reading(double value, String problem) {}

    private WeightText() {}

    /// Reads a number within [low, high]; a true minus and a decimal comma are understood.
    static Reading read(String text, double low, double high) {
        String plain = text.strip().replace(Figures.MINUS, '-').replace(',', '.');
        double value;
        try {
            value = Double.parseDouble(plain);
        } catch (NumberFormatException e) {
            return problem(plain.isEmpty() ? "rewards.wrong.empty" : "rewards.wrong.text", text);
        }
        if (!Double.isFinite(value) || !plain.matches("[-+0-9.eE]+")) {
            return problem("rewards.wrong.infinite", text);
        }
        if (value < low || value > high) {
            return new Reading(
                    Double.NaN,
                    Messages.text(
                            "rewards.wrong.range",
                            text.strip(),
                            Figures.plain(low),
                            Figures.plain(high)));
        }
        return new Reading(value, null);
    }

    private static Reading problem(String key, String text) {
        return new Reading(Double.NaN, Messages.text(key, text.strip()));
    }
}
