package marlab.sim.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// As much JSON as replays need (RFC 8259): maps, lists, texts, numbers, truth values, null. Here
/// and not from a library because `sim` stands on the JDK alone. Texts that come from strangers may
/// be read: depth is bounded, and what is wrong is said with its place.
final class JsonText {

    private static final int MOST_DEPTH = 64;

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    /// Reads one value: a Map, List, String, Double, Boolean or null.
    ///
    /// @throws IllegalArgumentException with the place where it is not JSON
    static Object read(String text) {
        JsonText json = new JsonText(text);
        Object value = json.value(0);
        json.space();
        if (json.at < text.length()) {
            throw json.wrong("something follows");
        }
        return value;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("no JSON at character " + (at + 1) + ": " + what);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() {
        space();
        if (at == text.length()) {
            throw wrong("it ends too early");
        }
        return text.charAt(at);
    }

    private void expect(char expected) {
        if (peek() != expected) {
            throw wrong(expected + " is missing");
        }
        at++;
    }

    private Object value(int depth) {
        if (depth > MOST_DEPTH) {
            throw wrong("it is nested too deeply");
        }
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> map = new LinkedHashMap<>();
        expect('{');
        while (peek() != '}') {
            if (!map.isEmpty()) {
                expect(',');
            }
            peek();
            String name = string();
            expect(':');
            map.put(name, value(depth + 1));
        }
        at++;
        return map;
    }

    private List<Object> array(int depth) {
        List<Object> list = new ArrayList<>();
        expect('[');
        while (peek() != ']') {
            if (!list.isEmpty()) {
                expect(',');
            }
            list.add(value(depth + 1));
        }
        at++;
        return list;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw wrong("a word that it does not know");
        }
        at += word.length();
        return value;
    }

    private Double number() {
        int from = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return Double.valueOf(text.substring(from, at));
        } catch (NumberFormatException e) {
            at = from;
            throw wrong("not a number");
        }
    }

    private String string() {
        expect('"');
        StringBuilder into = new StringBuilder();
        while (true) {
            if (at == text.length()) {
                throw wrong("a text has no end");
            }
            char c = text.charAt(at++);
            if (c == '"') {
                return into.toString();
            }
            into.append(c == '\\' ? escaped() : c);
        }
    }

    private char escaped() {
        if (at == text.length()) {
            throw wrong("a text has no end");
        }
        char c = text.charAt(at++);
        int known = "\"\\/bfnrt".indexOf(c);
        if (known >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(known);
        }
        try {
            int code = Integer.parseInt(text, at, at + 4, 16);
            at += 4;
            if (c == 'u') {
                return (char) code;
            }
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            // said below
        }
        throw wrong("an unknown escape");
    }

    /// Writes a value on one line.
    static String line(Object value) {
        StringBuilder into = new StringBuilder();
        write(value, into, null);
        return into.toString();
    }

    /// Writes a map with one entry a line.
    static String pretty(Map<String, ?> map) {
        StringBuilder into = new StringBuilder();
        write(map, into, "\n  ");
        return into.append('\n').toString();
    }

    private static void write(Object value, StringBuilder into, String separator) {
        switch (value) {
            case null -> into.append("null");
            case Map<?, ?> map -> {
                String before = separator == null ? "" : separator;
                into.append('{');
                map.forEach((name, each) -> {
                    into.append(into.charAt(into.length() - 1) == '{' ? before : "," + before);
                    write(name.toString(), into);
                    into.append(separator == null ? ":" : ": ");
                    write(each, into, null);
                });
                into.append(separator == null || map.isEmpty() ? "}" : "\n}");
            }
            case List<?> list -> {
                into.append('[');
                for (int k = 0; k < list.size(); k++) {
                    into.append(k == 0 ? "" : ",");
                    write(list.get(k), into, null);
                }
                into.append(']');
            }
            case Double d when d == Math.rint(d) && Math.abs(d) < 1e15 ->
                    into.append(d.longValue());
            case Double d when !Double.isFinite(d) -> into.append("null");
            case Number number -> into.append(number);
            case Boolean truth -> into.append(truth);
            default -> write(value.toString(), into);
        }
    }

    private static void write(String text, StringBuilder into) {
        into.append('"');
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            int known = "\"\\\b\f\n\r\t".indexOf(c);
            if (known >= 0) {
                into.append('\\').append("\"\\bfnrt".charAt(known));
            } else if (c < 0x20 || Character.isSurrogate(c)) {
                into.append(String.format("\\u%04x", (int) c));
            } else {
                into.append(c);
            }
        }
        into.append('"');
    }
}
