package marlab.app.picture;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.IOException;
import java.io.InputStream;
import marlab.app.chart.ChartFonts;
import marlab.app.theme.Fonts;

/// The bundled typefaces for everything that is drawn with AWT, loaded once, when first asked for.
/// Slow the first time: not for the FX thread. Thread-safe.
public final class Typefaces {

    private Typefaces() {}

    private static final class Inter {
        private static final ChartFonts FONTS = new ChartFonts();
    }

    private static final class Mono {
        private static final Font FONT = load();

        private static Font load() {
            try (InputStream file = Fonts.open("jetbrains-mono-regular")) {
                return Font.createFont(Font.TRUETYPE_FONT, file);
            } catch (IOException | FontFormatException e) {
                return new Font(Font.MONOSPACED, Font.PLAIN, 12);
            }
        }
    }

    /// Inter, regular and bold.
    public static ChartFonts inter() {
        return Inter.FONTS;
    }

    /// The typeface nearest to a family: JetBrains Mono for those that are monospaced, else Inter.
    ///
    /// @param size in pixels
    static Font of(String family, boolean bold, double size) {
        Font font = family.contains("Mono") ? Mono.FONT : bold ? inter().bold : inter().regular;
        return font.deriveFont((float) size);
    }
}
