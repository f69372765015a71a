package marlab.app.shell;

import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import marlab.app.text.Messages;
import marlab.app.theme.Icons;

/// One sentence across the window: what happened, what to do. FX thread.
final class MessageBar extends HBox {

    private final Label text = new Label();

    MessageBar() {
        getStyleClass().add("message-bar");
        setId("message-bar");
        text.setId("message");
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button close = new Button("", Icons.CLOSE.node());
        close.getStyleClass().add("link-button");
        close.setAccessibleText(Messages.text("message.close"));
        close.setMinWidth(28);
        close.setOnAction(event -> dismiss());
        getChildren().addAll(Icons.WARNING.node(), text, close);
        dismiss();
    }

    void say(String sentence) {
        text.setText(sentence);
        setVisible(true);
        setManaged(true);
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
