package marlab.app.shell;

import javafx.scene.Group;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import marlab.app.card.Tips;
import marlab.app.text.Messages;
import marlab.app.theme.Appearance;
import marlab.app.theme.Icons;
import marlab.app.theme.ThemeChoice;
import marlab.app.transport.TransportBar;

/// Which world, the transport, and light or dark. FX thread.
final class TopBar extends HBox {

    private final Button title = new Button("", Icons.DOWN.node());
    private final Button detail = new Button("", Icons.OPTIONS.node());
    private final Button learning = new Button("", Icons.DOWN.node());
    private final Button theme = new Button();

    /// @param gallery what the world's title does
    /// @param options what the button beside it does
    /// @param algorithms what the algorithm's name does
    TopBar(
            Runnable gallery,
            Runnable options,
            Runnable algorithms,
            TransportBar transport,
            Appearance appearance) {
        getStyleClass().add("top-bar");
        button(title, "world-title", gallery);
        title.setMinWidth(Region.USE_PREF_SIZE);
        title.setContentDisplay(ContentDisplay.RIGHT);
        Tips.on(title, Messages.text("top.world.tip"));
        button(detail, "world-options", options);
        Tips.on(detail, Messages.text("top.options.tip"));
        button(learning, "learning", algorithms);
        learning.getStyleClass().add("world-options");
        learning.setContentDisplay(ContentDisplay.RIGHT);
        learning.setMinWidth(80);
        Tips.on(learning, Messages.text("top.learning.tip"));
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        theme.getStyleClass().addAll("tool-button", "icon-button");
        theme.setId("theme");
        theme.setMinWidth(34);
        theme.setOnAction(event -> appearance.choice().set(appearance.choice().get().next()));
        Tips.on(theme, () -> words(appearance.choice().get()));
        appearance.choice().addListener(observed -> face(appearance.choice().get()));
        face(appearance.choice().get());
        HBox titles = new HBox(title, detail, learning);
        titles.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        getChildren().addAll(logo(), titles, gap, transport, theme);
    }

    private static void button(Button button, String name, Runnable action) {
        button.getStyleClass().addAll("tool-button", name);
        button.setId(name);
        button.setMinWidth(34);
        button.setTextOverrun(OverrunStyle.ELLIPSIS);
        button.setOnAction(event -> action.run());
    }

    /// Says how the next run learns.
    void learning(String algorithm) {
        learning.setText(algorithm);
        learning.setAccessibleText(Messages.text("top.learning.accessible", algorithm));
    }

    /// Says which world is in the window, and what about it is not fixed.
    void show(String world, String words) {
        title.setText(world);
        title.setAccessibleText(Messages.text("top.world.accessible", world));
        detail.setText(words);
    }

    /// A ring with three agents on it.
    private static Group logo() {
        Circle ring = new Circle(11, 11, 9);
        ring.getStyleClass().add("logo-ring");
        Group logo = new Group(ring);
        for (int k = 0; k < 3; k++) {
            double angle = Math.toRadians(-90 + 120 * k);
            Circle dot = new Circle(11 + 9 * Math.cos(angle), 11 + 9 * Math.sin(angle), 3.6);
            dot.getStyleClass().add("logo-dot-" + k);
            logo.getChildren().add(dot);
        }
        return logo;
    }

    private void face(ThemeChoice choice) {
        theme.setGraphic(Icons.valueOf(choice.name()).node());
        theme.setAccessibleText(words(choice));
    }

    private static String words(ThemeChoice choice) {
        return Messages.text("theme." + choice.name().toLowerCase(java.util.Locale.ROOT));
    }
}
