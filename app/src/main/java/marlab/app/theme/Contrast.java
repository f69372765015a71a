package marlab.app.theme;

import javafx.scene.paint.Color;

/// Contrast as the Web Content Accessibility Guidelines 2.2 define it.
public final class Contrast {

    private Contrast() {}

    /// From 1 (equal) to 21 (black on white).
    public static double ratio(Color a, Color b) {
        double la = luminance(a);
        double lb = luminance(b);
        return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
