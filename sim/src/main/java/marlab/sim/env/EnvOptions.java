package marlab.sim.env;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Checked values of a world's options, complete with defaults. Immutable.
public final class EnvOptions {

    private final Map<String, Object> values;

    private EnvOptions(Map<String, Object> values) {
        this.values = values;
    }

    /// Options from text, defaults filled in.
    ///
    /// @throws IllegalArgumentException with one sentence on the first wrong name or value
    public static EnvOptions of(List<OptionSpec> specs, Map<String, String> texts) {
        for (String name : texts.keySet()) {
            if (specs.stream().noneMatch(s -> s.name().equals(name))) {
                throw new IllegalArgumentException(
                        "the world has no option \""
                                + name
                                + "\"; it has "
                                + specs.stream()
                                        .map(OptionSpec::name)
                                        .collect(Collectors.joining(", ")));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (OptionSpec spec : specs) {
            values.put(
                    spec.name(), spec.parse(texts.getOrDefault(spec.name(), spec.defaultText())));
        }
        return new EnvOptions(values);
    }

    /// The same complaint with file names in place of the options whose texts came from files.
    static IllegalArgumentException withFiles(
            IllegalArgumentException complaint, Map<String, String> texts) {
        String message = complaint.getMessage();
        for (Map.Entry<String, String> each : texts.entrySet()) {
            String text = each.getValue();
            if (text.startsWith("@") && text.indexOf('\n') < 0) {
                String option = "world option " + each.getKey() + ", line";
                message = message.replace(option, text.substring(1).strip() + ", line");
            }
        }
        return new IllegalArgumentException(message, complaint);
    }

    /// Value of a whole-number option.
    public int whole(String name) {
        return (Integer) value(name);
    }

    /// Value of a word option.
    public String word(String name) {
        return (String) value(name);
    }

    /// Value of a number option.
    public double number(String name) {
        return (Double) value(name);
    }

    /// Value of a text option.
    public String text(String name) {
        return (String) value(name);
    }

    /// True where an on/off option is on, see {@link OptionSpec#onOff}.
    public boolean on(String name) {
        return value(name).equals("on");
    }

    private Object value(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no option " + name + " among " + values.keySet());
        }
        return value;
    }

    /// All values as text, in the world's order.
    public Map<String, String> asText() {
        Map<String, String> texts = new LinkedHashMap<>();
        values.forEach((name, value) -> texts.put(name, value.toString()));
        return texts;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EnvOptions that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
