package marlab.app.shell;

import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import marlab.app.timeline.TimelineCard;

/// The middle column: the world, under it whatever works on the world just now, for instance a bar
/// of brushes, and at the bottom the timeline. FX thread.
public final class Centre extends VBox {

    private static final double LOW = 600; // heights below leave the timeline less

    private final Region world;
    private final TimelineCard timeline;

    Centre(Region world, TimelineCard timeline) {
        super(12);
        this.world = world;
        this.timeline = timeline;
        setMinWidth(320);
        VBox.setVgrow(world, Priority.ALWAYS);
        getChildren().addAll(world, timeline);
        heightProperty().addListener(observed -> timeline.compact(getHeight() < LOW));
    }

    /// Shows this under the world, in place of what was there; null for nothing.
    public void below(Region tool) {
        getChildren().setAll(world, timeline);
        if (tool != null) {
            getChildren().add(1, tool);
        }
    }

    /// Shows this instead of the world and its timeline; null shows them again.
    public void instead(Region tool) {
        if (tool == null) {
            getChildren().setAll(world, timeline);
        } else {
            VBox.setVgrow(tool, Priority.ALWAYS);
            getChildren().setAll(tool);
        }
    }
}
