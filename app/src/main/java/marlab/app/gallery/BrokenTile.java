package marlab.app.gallery;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import marlab.app.card.Card;
import marlab.app.text.Messages;
import marlab.app.theme.Icons;
import marlab.sim.env.BrokenWorld;
import marlab.sim.env.Family;

/// A file that should hold a world and cannot be used, with the reason. FX thread.
final class BrokenTile extends Tile {

    private final BrokenWorld broken;

    BrokenTile(BrokenWorld broken) {
        super(broken.file().getFileName().toString());
        this.broken = broken;
        getStyleClass().add("broken");
        Label title = new Label(title());
        title.getStyleClass().add("tile-title");
        HBox head = new HBox(8, Icons.WARNING.node(), title);
        head.setAlignment(Pos.CENTER_LEFT);
        Label reason = Card.caption(broken.reason());
        reason.setWrapText(true);
        getChildren().addAll(head, reason);
        setAccessibleText(title() + " " + broken.reason());
    }

    BrokenWorld broken() {
        return broken;
    }

    String title() {
        return Messages.text("gallery.broken", broken.file().getFileName().toString());
    }

    @Override
    boolean matches(Search search) {
        return search.wants(Family.OTHER) && search.finds(broken.file() + " " + broken.reason());
    }
}
