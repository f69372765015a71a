package marlab.app.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import marlab.app.text.Messages;
import marlab.app.theme.Icons;

/// One sentence across the window: what happened, what to do, and perhaps a button or two that do
/// it. FX thread.
final class MessageBar extends HBox {

    /// A button in the bar; the bar goes when it is pressed.
    ///
    /// @param text what stands on it, a verb
    /// @param task what it does
    record Action(String text, Runnable task) {}

    private final Label text = new Label();
    private final HBox buttons = new HBox(6);
    private List<Action> offered = List.of();

    MessageBar() {
        getStyleClass().add("message-bar");
        setId("message-bar");
        text.setId("message");
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        buttons.setAlignment(javafx.geometry.Pos.CENTER_RIGHT);
        buttons.setMinWidth(Region.USE_PREF_SIZE);
        Button close = new Button("", Icons.CLOSE.node());
        close.getStyleClass().add("link-button");
        close.setAccessibleText(Messages.text("message.close"));
        close.setMinWidth(28);
        close.setOnAction(event -> dismiss());
        getChildren().addAll(Icons.WARNING.node(), text, buttons, close);
        dismiss();
    }

    void say(String sentence) {
        say(sentence, new Action[0]);
    }

    /// Says a sentence with buttons. The same buttons as before stay, with the focus on them.
    void say(String sentence, Action... actions) {
        text.setText(sentence);
        if (!offered.equals(List.of(actions))) {
            offered = List.of(actions);
            List<Button> made = new ArrayList<>();
            for (Action action : offered) {
                Button button = new Button(action.text());
                button.setId("message-action-" + made.size());
                button.getStyleClass().add("link-button");
                button.setMinWidth(Region.USE_PREF_SIZE);
                button.setOnAction(event -> {
                    dismiss();
                    action.task().run();
                });
                made.add(button);
            }
            buttons.getChildren().setAll(made);
        }
        setVisible(true);
        setManaged(true);
    }

    /// What is said; "" while nothing is.
    String said() {
        return isVisible() ? text.getText() : "";
    }

    /// Hides the message.
    ///
    /// @return true when there was one
    boolean dismiss() {
        boolean had = isVisible() && isManaged();
        setVisible(false);
        setManaged(false);
        return had;
    }
}
