package marlab.app.chart;

import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.InputStream;
import marlab.app.theme.Fonts;

/// Inter for JFreeChart, which measures type with AWT. Slow to load: not for the FX thread.
public final class ChartFonts {

    private static final float SIZE = 12;

    /// For axes and words.
    public final Font regular = load("inter-regular", Font.PLAIN);

    /// For titles.
    public final Font bold = load("inter-bold", Font.BOLD);

    /// Loads them.
    public ChartFonts() {}

    private static Font load(String name, int style) {
        try (InputStream file = Fonts.open(name)) {
            Font font = Font.createFont(Font.TRUETYPE_FONT, file);
            GraphicsEnvironment.getLocalGraphicsEnvironment().registerFont(font);
            return font.deriveFont(style, SIZE);
        } catch (IOException | FontFormatException e) {
            return new Font(Font.SANS_SERIF, style, (int) SIZE);
        }
    }
}
