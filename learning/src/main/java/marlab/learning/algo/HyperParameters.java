package marlab.learning.algo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Checked values of an algorithm's hyper-parameters, complete with defaults. Immutable; equal when
/// all values are.
public record HyperParameters(Map<String, String> values) {

    public HyperParameters {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// The defaults of some hyper-parameters.
    public static HyperParameters defaults(List<HyperParameter> parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        parameters.forEach(p -> values.put(p.key(), p.value()));
        return new HyperParameters(values);
    }

    /// The same with one value changed.
    ///
    /// @throws IllegalArgumentException where the value is out of range
    public HyperParameters with(HyperParameter parameter, String text) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        changed.put(parameter.key(), parameter.normal(text));
        return new HyperParameters(changed);
    }

    /// True where the algorithm has this hyper-parameter.
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /// A value as text.
    public String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no hyper-parameter " + key + " in " + values);
        }
        return value;
    }

    /// A number.
    public double real(String key) {
        return Double.parseDouble(text(key));
    }

    /// A whole number.
    public int whole(String key) {
        return Math.toIntExact(Long.parseLong(text(key)));
    }

    /// Whether a word is this one.
    public boolean is(String key, String word) {
        return text(key).equals(word);
    }

    /// Whether a switch is on.
    public boolean on(String key) {
        return is(key, "on");
    }
}
