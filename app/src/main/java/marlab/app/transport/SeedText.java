package marlab.app.transport;

import marlab.app.text.Messages;

/// Reads seeds that people type: whole numbers from 0 to 999 999 999.
final class SeedText {

    private static final long LARGEST = 999_999_999;

    /// A seed, or the sentence that says why it is none.
    ///
    /// @param problem null when the text can be used
    record Reading(long seed, String problem) {}

    private SeedText() {}

    static Reading read(String text) {
        String plain = text.strip();
        if (plain.matches("\\d{1,9}")) {
            return new Reading(Long.parseLong(plain), null);
        }
        return new Reading(0, Messages.text("seed.wrong", plain, Long.toString(LARGEST)));
    }
}
