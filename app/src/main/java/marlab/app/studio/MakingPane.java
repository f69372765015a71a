package marlab.app.studio;

import java.nio.file.Path;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import marlab.app.text.Messages;

/// How far a film is, with a way to cancel it; then where it lies, or why there is none. FX thread.
final class MakingPane extends VBox {

    private final Studio studio;
    private final ProgressBar bar = new ProgressBar(0);
    private final Label text = new Label();
    private final Button cancel = button("video.cancel", "video-cancel");
    private final Button open = button("video.open", "video-open");
    private final Button copy = button("video.copy", "video-copy");
    private final Button again = button("video.again", "video-again");
    private Path file;

    /// @param next leaves the result for the next film
    MakingPane(Studio studio, Runnable next) {
        super(6);
        this.studio = studio;
        bar.setId("video-progress");
        bar.setMaxWidth(Double.MAX_VALUE);
        text.setId("video-state");
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        text.getStyleClass().add("body");
        cancel.setOnAction(event -> studio.cancel());
        open.setOnAction(event -> FileManager.show(file));
        copy.setOnAction(event -> copy());
        again.setOnAction(event -> next.run());
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox buttons = new HBox(2, open, copy, gap, again, cancel);
        buttons.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(bar, text, buttons);
    }

    private static Button button(String key, String id) {
        Button button = new Button(Messages.text(key));
        button.setId(id);
        button.getStyleClass().add("link-button");
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(file.toString());
        Clipboard.getSystemClipboard().setContent(content);
    }

    void show(Studio.State state) {
        setVisible(!(state instanceof Studio.Idle));
        setManaged(isVisible());
        boolean going = state instanceof Studio.Making;
        boolean made = state instanceof Studio.Made;
        present(bar, going);
        present(cancel, going);
        present(again, isVisible() && !going);
        present(copy, made);
        text.getStyleClass()
                .setAll("label", state instanceof Studio.Failed ? "inline-message" : "body");
        switch (state) {
            case Studio.Idle idle -> {}
            case Studio.Making now -> {
                var progress = now.progress();
                boolean begun = progress != null && progress.done() > 0;
                bar.setProgress(
                        begun
                                ? (double) progress.done() / progress.frames()
                                : ProgressBar.INDETERMINATE_PROGRESS);
                text.setText(VideoWords.making(progress));
            }
            case Studio.Made now -> {
                file = now.file();
                text.setText(VideoWords.made(now));
            }
            case Studio.Failed now ->
                    text.setText(
                            now.sentence().isEmpty()
                                    ? Messages.text("video.cancelled")
                                    : now.sentence());
        }
        present(open, made && FileManager.command(file).isPresent());
    }

    private static void present(Region node, boolean there) {
        node.setVisible(there);
        node.setManaged(there);
    }

    void focus() {
        cancel.requestFocus();
    }
}
