package marlab.sim.world.particle;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// Speeds as text: numbers separated by commas.
final class SpeedText {

    private static final double SLOWEST = 0.1;
    private static final double FASTEST = 10;

    private SpeedText() {}

    /// The text in its normal form.
    ///
    /// @throws IllegalArgumentException with the rest of a sentence where it is none
    static String normal(String text) {
        return DoubleStream.of(numbers(text))
                .mapToObj(x -> x == Math.rint(x) ? Integer.toString((int) x) : Double.toString(x))
                .collect(Collectors.joining(","));
    }

    /// The numbers.
    ///
    /// @throws IllegalArgumentException with the rest of a sentence where there is something else
    static double[] numbers(String text) {
        return Arrays.stream(text.split(",", -1)).mapToDouble(SpeedText::number).toArray();
    }

    private static double number(String part) {
        double number;
        try {
            number = Double.parseDouble(part.strip());
        } catch (NumberFormatException e) {
            number = Double.NaN;
        }
        if (!(number >= SLOWEST && number <= FASTEST)) {
            throw new IllegalArgumentException(
                    "\""
                            + part.strip()
                            + "\" is no speed; write numbers from 0.1 to 10 with commas between");
        }
        return number;
    }
}
