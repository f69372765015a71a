package marlab.learning.store;

import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Trees of maps, lists, texts, numbers and truth values as JSON text.
public final class Json {

    private static final JsonMapper LINE = JsonMapper.builder().build();
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Json() {}

    /// On one line.
    public static String line(Object tree) {
        return LINE.writeValueAsString(tree);
    }

    /// With line breaks, for people.
    public static String pretty(Object tree) {
        return PRETTY.writeValueAsString(tree) + "\n";
    }

    /// Reads an object.
    ///
    /// @throws IllegalArgumentException saying where it is not the JSON of an object
    public static Map<?, ?> object(String text) {
        try {
            Map<?, ?> object = LINE.readValue(text, Map.class);
            if (object == null) {
                throw new IllegalArgumentException("it is not a JSON object");
            }
            return object;
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException(
                    "it is not a JSON object"
                            + (at == null
                                    ? ""
                                    : " at line "
                                            + at.getLineNr()
                                            + ", column "
                                            + at.getColumnNr()),
                    e);
        }
    }
}
