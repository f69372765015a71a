package marlab.app.theme;

/// The two looks.
public enum Scheme {
    LIGHT,
    DARK;

    /// Where the token sheet is.
    String tokens() {
        return "/marlab/assets/css/tokens-" + name().toLowerCase(java.util.Locale.ROOT) + ".css";
    }
}
