package marlab.learning.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void anObjectComesBackAsItWas() {
        Map<String, Object> tree =
                Map.of(
                        "text",
                        "ä\n\"",
                        "number",
                        0.1,
                        "whole",
                        12_345_678_901L,
                        "list",
                        List.of(1, 2));
        assertEquals(tree, Json.object(Json.line(tree)));
        assertEquals(tree, Json.object(Json.pretty(tree)));
        assertFalse(Json.line(tree).contains("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":}", "[1]", "null", "7", "{} {}", "{\"a\": NaN}"})
    void whatIsNoObjectIsRefusedInWords(String text) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Json.object(text));
        assertTrue(refused.getMessage().startsWith("it is not "), refused.getMessage());
        assertFalse(refused.getMessage().contains("tools.jackson"), refused.getMessage());
    }
}
