package marlab.app.transport;

import marlab.app.text.Figures;

/// Speeds of the watched world, from a quarter to 64 times. At 1× it makes ten steps a second.
public enum Speed {
    QUARTER(0.25, "\u00bc\u00d7"),
    HALF(0.5, "\u00bd\u00d7"),
    X1(1, "1\u00d7"),
    X2(2, "2\u00d7"),
    X4(4, "4\u00d7"),
    X8(8, "8\u00d7"),
    X16(16, "16\u00d7"),
    X32(32, "32\u00d7"),
    X64(64, "64\u00d7");

    /// Steps per second at 1×.
    public static final double BASE = 10;

    private static final double KEEPS_UP = 0.85;

    private final double factor;
    private final String text;

    Speed(double factor, String text) {
        this.factor = factor;
        this.text = text;
    }

    /// Steps per second.
    public double stepsPerSecond() {
        return BASE * factor;
    }

    /// For instance "4×".
    public String text() {
        return text;
    }

    /// For instance "4×", or "4× → 2.7×" when the computer cannot keep up.
    ///
    /// @param achieved steps per second really made; 0 when unknown
    public String text(double achieved) {
        boolean keepsUp = achieved <= 0 || achieved >= KEEPS_UP * stepsPerSecond();
        double really = achieved / BASE;
        return keepsUp
                ? text
                : text + " \u2192 " + Figures.fixed(really, really < 10 ? 1 : 0) + "\u00d7";
    }

    /// The speed so many places up or down the scale.
    public Speed plus(int places) {
        return values()[Math.clamp(ordinal() + places, 0, values().length - 1)];
    }
}
