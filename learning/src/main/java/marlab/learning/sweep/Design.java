package marlab.learning.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;

/// Which points of the space of settings are looked at. Pure: the same question has the same
/// answer, in the same order.
public final class Design {

    private Design() {}

    /// An interval of a Latin hypercube.
    ///
    /// @param low smallest value
    /// @param high largest value
    /// @param log whether equal ratios are equally far apart, not equal differences
    /// @param whole whether values are rounded to whole numbers
    public record Range(double low, double high, boolean log, boolean whole) {

        public Range {
            if (!(low < high) || Double.isInfinite(low) || Double.isInfinite(high)) {
                throw new IllegalArgumentException(
                        "the lower end of a range must be below the upper one");
            }
            if (log && low <= 0) {
                throw new IllegalArgumentException("a range of :log must begin above 0");
            }
        }

        /// Reads `low..high` or `low..high:log`. Values are whole numbers where both ends are
        /// written so: `1..8`, against `1.0..8.0`.
        ///
        /// @throws IllegalArgumentException where it is not of that form
        public static Range of(String text) {
            boolean log = text.endsWith(":log");
            String ends = log ? text.substring(0, text.length() - ":log".length()) : text;
            int dots = ends.indexOf("..");
            if (dots < 1) {
                throw new IllegalArgumentException(
                        "a range is written low..high or low..high:log, such as 1e-4..1e-2:log");
            }
            String low = ends.substring(0, dots).strip();
            String high = ends.substring(dots + 2).strip();
            String number = "[-+]?[0-9][0-9_]*(\\.[0-9]*)?([eE][-+]?[0-9]+)?";
            if (!low.matches(number) || !high.matches(number)) {
                throw new IllegalArgumentException("the ends of a range must be numbers");
            }
            boolean whole = low.matches("[-+]?[0-9_]+") && high.matches("[-+]?[0-9_]+");
            return new Range(
                    Double.parseDouble(low.replace("_", "")),
                    Double.parseDouble(high.replace("_", "")),
                    log,
                    whole);
        }

        /// The value at a share of the way, with six significant digits.
        private String at(double share) {
            double value = log ? low * Math.pow(high / low, share) : low + share * (high - low);
            return whole
                    ? Long.toString(Math.round(value))
                    : Double.toString(
                            Double.parseDouble(
                                    String.format(java.util.Locale.ROOT, "%.6g", value)));
        }
    }

    /// Every combination of the axes' values; the last axis changes fastest.
    public static List<Map<String, String>> grid(Map<String, List<String>> axes) {
        List<Map<String, String>> points = List.of(Map.of());
        for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
            List<Map<String, String>> finer = new ArrayList<>();
            for (Map<String, String> point : points) {
                for (String value : axis.getValue()) {
                    Map<String, String> next = new LinkedHashMap<>(point);
                    next.put(axis.getKey(), value);
                    finer.add(next);
                }
            }
            points = finer;
        }
        return points;
    }

    /// A Latin hypercube (McKay et al. 1979): each axis is cut into as many equal parts as there
    /// are samples, and every part holds one sample, at a random place within it. Parts of
    /// different axes are paired at random.
    ///
    /// @param seed where the chance comes from
    public static List<Map<String, String>> latin(Map<String, Range> axes, int samples, long seed) {
        List<Map<String, String>> points = new ArrayList<>();
        for (int k = 0; k < samples; k++) {
            points.add(new LinkedHashMap<>());
        }
        int axis = 0;
        for (Map.Entry<String, Range> each : axes.entrySet()) {
            RandomStream random = new Seeds(seed).stream("latin", axis++);
            int[] parts = shuffled(samples, random);
            for (int k = 0; k < samples; k++) {
                double share = (parts[k] + random.nextDouble()) / samples;
                points.get(k).put(each.getKey(), each.getValue().at(share));
            }
        }
        return points;
    }

    private static int[] shuffled(int n, RandomStream random) {
        int[] order = new int[n];
        for (int k = 0; k < n; k++) {
            int other = (int) (random.nextDouble() * (k + 1));
            order[k] = order[other];
            order[other] = k;
        }
        return order;
    }

    /// Every point of one list with every point of another.
    public static List<Map<String, String>> cross(
            List<Map<String, String>> first, List<Map<String, String>> second) {
        List<Map<String, String>> all = new ArrayList<>();
        for (Map<String, String> a : first) {
            for (Map<String, String> b : second) {
                Map<String, String> both = new LinkedHashMap<>(a);
                both.putAll(b);
                all.add(both);
            }
        }
        return all;
    }

    /// Seeds written as numbers and ranges: `1-5`, `3`, `1,2,10-12`.
    ///
    /// @throws IllegalArgumentException where they are not
    public static List<Long> seeds(String text) {
        List<Long> seeds = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String stripped = part.strip();
            if (!stripped.matches("[0-9]{1,15}(-[0-9]{1,15})?")) {
                throw new IllegalArgumentException(
                        "seeds are written as whole numbers and ranges, such as 1-5 or 1,2,7");
            }
            int dash = stripped.indexOf('-');
            long from = Long.parseLong(dash < 0 ? stripped : stripped.substring(0, dash));
            long to = dash < 0 ? from : Long.parseLong(stripped.substring(dash + 1));
            if (to < from || to - from >= 10_000) {
                throw new IllegalArgumentException(
                        "a range of seeds goes upwards and has at most 10000 of them");
            }
            for (long seed = from; seed <= to; seed++) {
                if (!seeds.contains(seed)) {
                    seeds.add(seed);
                }
            }
        }
        return seeds;
    }
}
