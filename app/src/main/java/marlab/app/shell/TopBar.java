package marlab.app.shell;

import javafx.scene.Group;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import marlab.app.card.Card;
import marlab.app.card.Tips;
import marlab.app.text.Messages;
import marlab.app.theme.Appearance;
import marlab.app.theme.Icons;
import marlab.app.theme.ThemeChoice;
import marlab.app.transport.TransportBar;

/// Which world, the transport, and light or dark. FX thread.
final class TopBar extends HBox {

    private final Button theme = new Button();

    TopBar(String world, String detail, TransportBar transport, Appearance appearance) {
        getStyleClass().add("top-bar");
        Label title = new Label(world);
        title.getStyleClass().add("world-title");
        title.setMinWidth(Region.USE_PREF_SIZE);
        Label subtitle = Card.caption(detail);
        subtitle.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setMargin(title, new javafx.geometry.Insets(0, 4, 0, 2));
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        theme.getStyleClass().addAll("tool-button", "icon-button");
        theme.setId("theme");
        theme.setMinWidth(34);
        theme.setOnAction(event -> appearance.choice().set(appearance.choice().get().next()));
        Tips.on(theme, () -> words(appearance.choice().get()));
        appearance.choice().addListener(observed -> face(appearance.choice().get()));
        face(appearance.choice().get());
        getChildren().addAll(logo(), title, subtitle, gap, transport, theme);
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
