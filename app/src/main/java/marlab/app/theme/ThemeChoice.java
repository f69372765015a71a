package marlab.app.theme;

/// What a person chose: one of the looks, or the system's.
public enum ThemeChoice {
    LIGHT,
    DARK,
    SYSTEM;

    /// The next choice of the toggle.
    public ThemeChoice next() {
        return values()[(ordinal() + 1) % values().length];
    }

    /// The choice with this name in any case; {@link #SYSTEM} for others.
    public static ThemeChoice named(String name) {
        for (ThemeChoice choice : values()) {
            if (choice.name().equalsIgnoreCase(name)) {
                return choice;
            }
        }
        return SYSTEM;
    }
}
