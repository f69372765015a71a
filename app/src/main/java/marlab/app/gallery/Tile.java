package marlab.app.gallery;

import javafx.scene.AccessibleRole;
import javafx.scene.layout.VBox;

/// One card of the gallery. FX thread.
abstract sealed class Tile extends VBox permits WorldTile, BrokenTile {

    @SuppressWarnings("this-escape") // nodes are built this way
    Tile(String id) {
        setId("tile-" + id);
        getStyleClass().add("world-tile");
        setAccessibleRole(AccessibleRole.BUTTON);
    }

    /// True when the card is about this, in words.
    abstract boolean matches(Search search);
}
