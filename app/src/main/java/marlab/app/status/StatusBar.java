package marlab.app.status;

import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import marlab.app.card.Tips;
import marlab.app.text.Messages;
import marlab.app.theme.Icons;

/// One line at the bottom: what the learner does, what the picture shows, memory. FX thread.
public final class StatusBar extends HBox {

    private static final PseudoClass ACTIVE = PseudoClass.getPseudoClass("active");

    private final Circle dot = new Circle(4);
    private final Label state = new Label();
    private final Label run = new Label();
    private final Label view = new Label();
    private final Label memory = new Label();

    /// A bar whose last button opens the sheet of keys.
    public StatusBar(Runnable keys) {
        getStyleClass().add("status-bar");
        dot.getStyleClass().add("status-dot");
        state.getStyleClass().add("state");
        state.setId("status-state");
        state.setMinWidth(Region.USE_PREF_SIZE);
        run.setId("status-run");
        Tips.on(run, Messages.text("status.run.tip"));
        view.setId("status-view");
        Tips.on(view, Messages.text("status.view.tip"));
        memory.setId("status-memory");
        memory.setMinWidth(Region.USE_PREF_SIZE);
        Tips.on(memory, Messages.text("status.memory.tip"));
        Button sheet = new Button(Messages.text("status.keys"), Icons.KEYS.node());
        sheet.getStyleClass().add("link-button");
        sheet.setId("keys");
        sheet.setMinWidth(Region.USE_PREF_SIZE);
        sheet.setOnAction(event -> keys.run());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox left = new HBox(7, dot, state);
        left.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        left.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(left, run, view, gap, memory, sheet);
    }

    /// Shows these texts.
    public void show(StatusText text) {
        dot.pseudoClassStateChanged(ACTIVE, text.active());
        state.pseudoClassStateChanged(ACTIVE, text.active());
        set(state, text.state());
        set(run, text.run());
        set(view, text.view());
        set(memory, text.memory());
    }

    private static void set(Label label, String text) {
        if (!text.equals(label.getText())) {
            label.setText(text);
            label.setManaged(!text.isEmpty());
        }
    }
}
