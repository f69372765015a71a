package marlab.app.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;

/// The colours of one look, read from its token sheet, for what is drawn and not styled. Immutable;
/// any thread.
public final class Palette {

    private static final Pattern TOKEN = Pattern.compile("(-c-[a-z0-9-]+):\\s*(#[0-9A-Fa-f]{6})");
    private static final Palette[] READ = new Palette[Scheme.values().length];

    private final Scheme scheme;
    private final Map<String, Color> colours;

    private Palette(Scheme scheme, Map<String, Color> colours) {
        this.scheme = scheme;
        this.colours = colours;
    }

    /// The palette of a look.
    public static synchronized Palette of(Scheme scheme) {
        int at = scheme.ordinal();
        if (READ[at] == null) {
            READ[at] = new Palette(scheme, parse(scheme));
        }
        return READ[at];
    }

    private static Map<String, Color> parse(Scheme scheme) {
        Map<String, Color> colours = new LinkedHashMap<>();
        try (InputStream sheet = Palette.class.getResourceAsStream(scheme.tokens())) {
            String text = new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
            Matcher matcher = TOKEN.matcher(text);
            while (matcher.find()) {
                colours.put(matcher.group(1), Color.web(matcher.group(2)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(colours);
    }

    /// Which look this is.
    public Scheme scheme() {
        return scheme;
    }

    /// The colour of a token, for instance `-c-fg`.
    public Color colour(String token) {
        Color colour = colours.get(token);
        if (colour == null) {
            throw new IllegalArgumentException("no token " + token + " in " + scheme);
        }
        return colour;
    }

    /// All tokens.
    public Map<String, Color> colours() {
        return colours;
    }
}
