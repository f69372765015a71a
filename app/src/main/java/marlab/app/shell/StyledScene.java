package marlab.app.shell;

import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import marlab.app.theme.Appearance;
import marlab.app.theme.ThemeChoice;

/// A scene with its look, still empty: made while the world and the typefaces load elsewhere.
///
/// @param root where the content goes
public record StyledScene(Scene scene, StackPane root, Appearance appearance) {

    /// A scene of the reference size in this look. FX thread.
    public static StyledScene of(ThemeChoice theme) {
        return of(theme, 1_440, 900);
    }

    /// A scene of this size in this look. FX thread.
    public static StyledScene of(ThemeChoice theme, double width, double height) {
        StackPane root = new StackPane();
        root.getStyleClass().add("shell");
        Scene scene = new Scene(root, width, height);
        return new StyledScene(scene, root, new Appearance(scene, theme));
    }
}
