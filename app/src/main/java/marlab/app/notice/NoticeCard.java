package marlab.app.notice;

import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import marlab.app.card.Card;
import marlab.app.text.Messages;

/// What is worth looking at, in a few plain sentences. FX thread.
public final class NoticeCard extends Card {

    /// A card with these sentences.
    public NoticeCard(List<String> sentences) {
        super(Messages.text("notice.title"));
        setId("notice-card");
        for (String sentence : sentences) {
            getChildren().add(hint(sentence));
        }
    }

    private static HBox hint(String sentence) {
        Region mark = new Region();
        mark.getStyleClass().add("hint-mark");
        HBox.setMargin(mark, new Insets(6, 0, 0, 0));
        Label text = new Label(sentence);
        text.getStyleClass().add("hint-text");
        text.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox line = new HBox(mark, text);
        line.getStyleClass().add("hint");
        return line;
    }
}
