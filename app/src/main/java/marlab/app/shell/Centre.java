package marlab.app.shell;

import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The middle column: the world, and under it whatever works on the world just now, for instance a
/// bar of brushes. FX thread.
public final class Centre extends VBox {

    private final Region world;

    Centre(Region world) {
        super(12);
        this.world = world;
        setMinWidth(320);
        VBox.setVgrow(world, Priority.ALWAYS);
        getChildren().add(world);
    }

    /// Shows this under the world, in place of what was there; null for nothing.
    public void below(Region tool) {
        getChildren().setAll(world);
        if (tool != null) {
            getChildren().add(tool);
        }
    }

    /// Shows this instead of the world; null shows the world again.
    public void instead(Region tool) {
        Region shown = tool == null ? world : tool;
        VBox.setVgrow(shown, Priority.ALWAYS);
        getChildren().setAll(shown);
    }
}
