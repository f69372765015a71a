package marlab.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;

/// Light or dark, applied before the first show and switched at any time. FX thread.
public final class Appearance {

    private static final String OWN_SHEET = "/marlab/assets/css/marlab.css";

    private final ObjectProperty<ThemeChoice> choice = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<ColourRegistry> colours = new ReadOnlyObjectWrapper<>();
    private final Scene scene;

    /// Styles the scene from now on.
    public Appearance(Scene scene, ThemeChoice first) {
        this.scene = scene;
        choice.addListener((observed, before, now) -> apply());
        choice.set(first);
        Platform.getPreferences().colorSchemeProperty().addListener(observed -> apply());
    }

    /// What the person chose.
    public ObjectProperty<ThemeChoice> choice() {
        return choice;
    }

    /// The colours now, for what is drawn.
    public ReadOnlyObjectProperty<ColourRegistry> colours() {
        return colours.getReadOnlyProperty();
    }

    private void apply() {
        Scheme scheme = scheme();
        if (colours.get() != null && colours.get().palette().scheme() == scheme) {
            return;
        }
        Theme base = scheme == Scheme.DARK ? new PrimerDark() : new PrimerLight();
        Application.setUserAgentStylesheet(base.getUserAgentStylesheetBSS());
        scene.getStylesheets().setAll(address(scheme.tokens()), address(OWN_SHEET));
        Palette palette = Palette.of(scheme);
        scene.setFill(palette.colour("-c-bg"));
        colours.set(new ColourRegistry(palette));
    }

    private Scheme scheme() {
        return switch (choice.get()) {
            case LIGHT -> Scheme.LIGHT;
            case DARK -> Scheme.DARK;
            case SYSTEM ->
                    Platform.getPreferences().getColorScheme() == ColorScheme.DARK
                            ? Scheme.DARK
                            : Scheme.LIGHT;
        };
    }

    private static String address(String resource) {
        return Appearance.class.getResource(resource).toExternalForm();
    }
}
