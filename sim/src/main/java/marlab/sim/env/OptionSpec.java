package marlab.sim.env;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

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

    /// A number within [low, high].
    record Real(
            String name,
            String label,
            double value,
            double low,
            double high,
            String unit,
            String what)
            implements OptionSpec {
        @Override
        public String defaultText() {
            return Double.toString(value);
        }

        @Override
        public Double parse(String text) {
            double number;
            try {
                number = Double.parseDouble(text.strip());
            } catch (NumberFormatException e) {
                throw bad(text);
            }
            if (!(number >= low && number <= high)) {
                throw bad(text);
            }
            return number;
        }

        private IllegalArgumentException bad(String text) {
            return new IllegalArgumentException(
                    "world option "
                            + name
                            + " must be a number from "
                            + low
                            + " to "
                            + high
                            + ", not \""
                            + text
                            + "\"");
        }
    }

    /// A text, such as a map or a payoff matrix. A line that begins with @ names a file: its
    /// content becomes the value, so that a config that was written from it repeats without the
    /// file.
    ///
    /// @param check throws an IllegalArgumentException, best a {@link TextProblem}, on a text that
    ///   won't do, and returns the text in its normal form
    record Text(
            String name,
            String label,
            String value,
            Editor editor,
            UnaryOperator<String> check,
            String what)
            implements OptionSpec {

        /// Longest text that is read, in characters: a map of 1,024 × 1,024 cells fits.
        public static final int LONGEST = 2_000_000;

        /// What a window offers to change it with.
        public enum Editor {
            /// A line of text.
            LINE,
            /// A map to paint on, see {@link PaintableWorld}.
            MAP,
            /// A matrix of payoffs.
            PAYOFFS
        }

        @Override
        public String defaultText() {
            return value;
        }

        @Override
        public String parse(String text) {
            if (!text.startsWith("@") || text.indexOf('\n') >= 0) { // maps may begin with @
                return checked(text, "world option " + name);
            }
            String file = text.substring(1).strip();
            return checked(read(file), file);
        }

        /// The text of a file.
        ///
        /// @throws IllegalArgumentException with one sentence naming the file and the remedy
        private String read(String file) {
            try {
                Path path = Path.of(file);
                if (file.isEmpty() || !Files.exists(path)) {
                    throw problem("there is no file \"" + file + "\"; check the name after the @");
                }
                if (Files.isDirectory(path)) {
                    throw problem(file + " is a folder; name a file in it");
                }
                if (!Files.isRegularFile(path)) {
                    throw problem(file + " is no ordinary file; name a text file");
                }
                if (Files.size(path) > LONGEST) {
                    throw problem(
                            file
                                    + " has more than "
                                    + LONGEST
                                    + " characters; name a smaller file");
                }
                String content = Files.readString(path);
                String plain = content.startsWith("\uFEFF") ? content.substring(1) : content;
                if (plain.isBlank()) {
                    throw new IllegalArgumentException(
                            file + ", line 1: the file is empty; write into it, or name another");
                }
                return plain;
            } catch (CharacterCodingException e) {
                throw problem(file + " is not text in UTF-8; save it as plain text");
            } catch (IOException | InvalidPathException e) {
                throw problem(file + " cannot be read; check its name and permissions");
            }
        }

        private IllegalArgumentException problem(String what) {
            return new IllegalArgumentException("world option " + name + ": " + what);
        }

        private String checked(String text, String where) {
            try {
                return check.apply(text.replace("\r\n", "\n"));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(where + ", " + e.getMessage(), e);
            }
        }

        /// By name and default; the check is the name's.
        @Override
        public boolean equals(Object other) {
            return other instanceof Text that && name.equals(that.name) && value.equals(that.value);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + value.hashCode();
        }
    }

    /// A switch: the choice of "off" and "on", see {@link EnvOptions#on}.
    static Choice onOff(String name, String label, boolean on, String what) {
        return new Choice(name, label, on ? "on" : "off", List.of("off", "on"), what);
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
