package marlab.app.edit;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import marlab.app.card.Card;
import marlab.app.text.Messages;

/// What stands in the world's place while something about the world is edited. Nothing happens to
/// the world before the person says so. FX thread.
public abstract sealed class Editor extends Card permits MapEditor, PayoffEditor {

    /// @param cancel leaves the editor
    @SuppressWarnings("this-escape") // nodes are built this way
    Editor(String title, Runnable cancel) {
        super(Messages.text(title));
        addEventHandler(
                KeyEvent.KEY_PRESSED,
                event -> {
                    if (event.getCode() == KeyCode.ESCAPE) {
                        cancel.run();
                        event.consume();
                    }
                });
    }

    /// Puts the focus where a person begins.
    public abstract void begin();

    /// Takes a key press, if it means something here; keys that are typed into fields don't come.
    ///
    /// @return true when it did
    public abstract boolean take(KeyEvent event);

    /// Draws in the colours of the moment.
    public abstract void recolour();
}
