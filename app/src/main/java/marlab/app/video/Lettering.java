package marlab.app.video;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.List;
import marlab.app.chart.ChartFonts;
import marlab.app.theme.ColourRegistry;

/// Type on pictures, in the program's own typeface. Owned by one thread.
final class Lettering {

    private static final String CUT = "…";

    private final ChartFonts fonts;
    private final ColourRegistry colours;
    private Graphics2D graphics;

    Lettering(ChartFonts fonts, ColourRegistry colours) {
        this.fonts = fonts;
        this.colours = colours;
    }

    /// Writes with this pen from now on.
    Lettering on(Graphics2D pen) {
        graphics = pen;
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setRenderingHint(
                RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        return this;
    }

    /// The pen that is in use.
    Graphics2D pen() {
        return graphics;
    }

    /// The colour of a token, for instance `-c-fg`.
    Color colour(String token) {
        javafx.scene.paint.Color colour = colours.palette().colour(token);
        return new Color(
                (float) colour.getRed(), (float) colour.getGreen(), (float) colour.getBlue());
    }

    private Font font(String text, boolean bold, float size) {
        Font own = (bold ? fonts.bold : fonts.regular).deriveFont(size);
        return own.canDisplayUpTo(text) < 0
                ? own
                : new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont(size);
    }

    float width(String text, boolean bold, float size) {
        Font font = font(text, bold, size);
        return (float) font.getStringBounds(text, graphics.getFontRenderContext()).getWidth();
    }

    /// Writes a line.
    ///
    /// @param y of its base line
    void write(String text, float x, float y, boolean bold, float size, Color colour) {
        graphics.setFont(font(text, bold, size));
        graphics.setColor(colour);
        graphics.drawString(text, x, y);
    }

    /// Writes lines of words that fit, one below the other; what does not fit is cut off with an
    /// ellipsis.
    ///
    /// @param y of the first base line
    /// @return base line of the one after the last
    float writeWrapped(
            String text,
            float x,
            float y,
            float wide,
            int mostLines,
            boolean bold,
            float size,
            Color colour) {
        float line = y;
        for (String each : wrap(text, wide, mostLines, bold, size)) {
            write(each, x, line, bold, size, colour);
            line += 1.25f * size;
        }
        return line;
    }

    /// Breaks a text between words.
    List<String> wrap(String text, float wide, int mostLines, boolean bold, float size) {
        List<String> lines = new ArrayList<>();
        String line = "";
        String[] words = text.strip().split("\\s+");
        for (int k = 0; k < words.length; k++) {
            String longer = line.isEmpty() ? words[k] : line + " " + words[k];
            if (line.isEmpty() || width(longer, bold, size) <= wide) {
                line = longer;
            } else if (lines.size() + 1 == mostLines) {
                String rest = String.join(" ", List.of(words).subList(k, words.length));
                line = line + " " + rest;
                break;
            } else {
                lines.add(fitted(line, wide, bold, size));
                line = words[k];
            }
        }
        lines.add(fitted(line, wide, bold, size));
        return lines;
    }

    /// The text, or as much of it as fits and an ellipsis.
    String fitted(String text, float wide, boolean bold, float size) {
        if (width(text, bold, size) <= wide) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end).strip() + CUT, bold, size) > wide) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end).strip() + CUT;
    }
}
