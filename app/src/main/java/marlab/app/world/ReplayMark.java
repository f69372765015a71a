package marlab.app.world;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import marlab.app.text.Figures;
import marlab.app.text.Messages;
import marlab.sim.snapshot.Frame;

/// A frame around the world and a word over it, so that nobody takes the past for live. FX thread.
final class ReplayMark extends StackPane {

    private static final double LONGEST_NAME = 240;

    private final Label place = new Label();
    private final Label file = new Label();
    private long moment = -1;

    @SuppressWarnings("this-escape") // nodes are built this way
    ReplayMark() {
        setId("replay-mark");
        getStyleClass().add("replay-frame");
        setMouseTransparent(true);
        setVisible(false);
        Label word = new Label(Messages.text("world.replay"));
        word.getStyleClass().add("replay-word");
        place.getStyleClass().add("replay-place");
        place.setId("replay-place");
        file.getStyleClass().add("replay-place");
        file.setId("replay-file");
        file.setMaxWidth(LONGEST_NAME);
        file.managedProperty().bind(file.visibleProperty());
        VBox chip = new VBox(word, place, file);
        chip.getStyleClass().add("replay-chip");
        chip.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        setAlignment(chip, Pos.TOP_LEFT);
        getChildren().add(chip);
    }

    /// Shows the mark for the frame in view, or not.
    ///
    /// @param from name of the file that it comes from; "" for none
    void show(boolean past, Frame frame, String from) {
        setVisible(past);
        if (past && frame.moment != moment) {
            moment = frame.moment;
            place.setText(text(frame));
            file.setText(from);
            file.setVisible(!from.isEmpty());
        }
        moment = past ? moment : -1;
    }

    /// Where the frame is, in words.
    static String text(Frame frame) {
        return Messages.text(
                "timeline.place", Figures.whole(frame.episode), Figures.whole(frame.step));
    }
}
