package marlab.sim.env;

import java.util.List;

/// One option of a world: its name, kind, range and default.
public sealed interface OptionSpec {

    /// Key on the command line and in files.
    String name();

    /// What people read.
    String label();

    /// One sentence on what it does.
    String what();

    /// The default, as text.
    String defaultText();

    /// Checks and normalises a value.
    ///
    /// @throws IllegalArgumentException with one sentence naming option, value and range
    Object parse(String text);

    /// A whole number within [low, high].
    record Whole(String name, String label, int value, int low, int high, String what)
            implements OptionSpec {
        @Override
        public String defaultText() {
            return Integer.toString(value);
        }

        @Override
        public Integer parse(String text) {
            int number;
            try {
                number = Integer.parseInt(text.strip());
            } catch (NumberFormatException e) {
                throw bad(text);
            }
            if (number < low || number > high) {
                throw bad(text);
            }
            return number;
        }

        private IllegalArgumentException bad(String text) {
            return new IllegalArgumentException(
                    "world option "
                            + name
                            + " must be a whole number from "
                            + low
                            + " to "
                            + high
                            + ", not \""
                            + text
                            + "\"");
        }
    }

    /// One of several words.
    record Choice(String name, String label, String value, List<String> values, String what)
            implements OptionSpec {
        public Choice {
            values = List.copyOf(values);
        }

        @Override
        public String defaultText() {
            return value;
        }

        @Override
        public String parse(String text) {
            String word = text.strip();
            if (!values.contains(word)) {
                throw new IllegalArgumentException(
                        "world option "
                                + name
                                + " must be one of "
                                + String.join(", ", values)
                                + ", not \""
                                + text
                                + "\"");
            }
            return word;
        }
    }
}
