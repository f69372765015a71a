package marlab.app.studio;

import java.util.function.Function;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListCell;

/// A menu of few values, in words.
final class Choice<T> extends ComboBox<T> {

    private final Function<T, String> words;

    Choice(String id, Function<T, String> words) {
        this.words = words;
        setId(id);
        setVisibleRowCount(12);
        setButtonCell(new Word());
        setCellFactory(list -> new Word());
    }

    private final class Word extends ListCell<T> {
        @Override
        protected void updateItem(T value, boolean empty) {
            super.updateItem(value, empty);
            setText(empty || value == null ? "" : words.apply(value));
        }
    }
}
