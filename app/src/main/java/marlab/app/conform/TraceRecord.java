package marlab.app.conform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import marlab.learning.train.BadInput;

/// A JSON object of a trace, which knows where it stands so that complaints can say so.
///
/// @param place file and line
/// @param values the object
public record TraceRecord(String place, Map<?, ?> values) {

    /// A complaint about this record.
    BadInput bad(String what) {
        return new BadInput(
                place + " " + what + "; use a trace of the golden folder as it was published.");
    }

    Set<?> names() {
        return values.keySet();
    }

    private <T> T value(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw bad("has no usable \"" + name + "\"");
        }
        return type.cast(value);
    }

    String text(String name) {
        return value(name, String.class);
    }

    boolean flag(String name) {
        return value(name, Boolean.class);
    }

    double number(String name) {
        return value(name, Number.class).doubleValue();
    }

    /// True where the name is there without a value.
    boolean nothing(String name) {
        return values.containsKey(name) && values.get(name) == null;
    }

    List<?> list(String name) {
        return value(name, List.class);
    }

    /// A whole number.
    int whole(String name) {
        return whole(name, values.get(name));
    }

    /// A whole number out of what stands under a name.
    int whole(String name, Object item) {
        if (!(item instanceof Number number) || number.doubleValue() != number.intValue()) {
            throw bad("has something else than a whole number in \"" + name + "\"");
        }
        return number.intValue();
    }

    /// A list of texts.
    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof String text)) {
                throw bad("has something else than texts in \"" + name + "\"");
            }
            texts.add(text);
        }
        return texts;
    }

    TraceRecord record(String name) {
        return new TraceRecord(place, value(name, Map.class));
    }

    List<TraceRecord> records(String name) {
        List<TraceRecord> records = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof Map<?, ?> map)) {
                throw bad("has something else than objects in \"" + name + "\"");
            }
            records.add(new TraceRecord(place, map));
        }
        return records;
    }

    /// Copies a list of `count` numbers; returns the place after them.
    int numbers(String name, int count, double[] into, int at) {
        double[] numbers = numbers(name, list(name));
        if (numbers.length != count || at + count > into.length) {
            throw bad("has " + numbers.length + " numbers too many or too few in \"" + name + "\"");
        }
        System.arraycopy(numbers, 0, into, at, count);
        return at + count;
    }

    /// One list of numbers for each agent.
    double[][] rows(String name, int agents) {
        List<?> lists = list(name);
        if (lists.size() != agents) {
            throw bad(
                    "has "
                            + lists.size()
                            + " entries in \""
                            + name
                            + "\" for "
                            + agents
                            + " agents");
        }
        double[][] rows = new double[agents][];
        for (int i = 0; i < agents; i++) {
            rows[i] =
                    numbers(
                            name,
                            lists.get(i) instanceof List<?> row
                                    ? row
                                    : Collections.singletonList(lists.get(i)));
        }
        return rows;
    }

    private double[] numbers(String name, List<?> list) {
        double[] numbers = new double[list.size()];
        for (int k = 0; k < numbers.length; k++) {
            numbers[k] =
                    switch (list.get(k)) {
                        case Number number -> number.doubleValue();
                        case Boolean flag -> flag ? 1 : 0;
                        case null, default ->
                                throw bad("has something else than numbers in \"" + name + "\"");
                    };
        }
        return numbers;
    }
}
