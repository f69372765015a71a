package marlab.app.card;

import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;

/// Tooltips that cost nothing until the pointer comes: each one is a window of its own to JavaFX,
/// and two dozen of them at the start would be felt. FX thread.
public final class Tips {

    private static final double WIDTH = 340;

    private Tips() {}

    /// Explains a node.
    public static void on(Node node, String text) {
        on(node, () -> text);
        node.setAccessibleHelp(text);
    }

    /// Explains a node with a text that is asked for when the pointer comes; empty for none.
    public static void on(Node node, Supplier<String> text) {
        Tooltip[] tip = new Tooltip[1];
        node.addEventHandler(
                MouseEvent.MOUSE_ENTERED,
                event -> {
                    String words = text.get();
                    if (words.isEmpty()) {
                        return;
                    }
                    if (tip[0] == null) {
                        tip[0] = new Tooltip();
                        tip[0].setWrapText(true);
                        tip[0].setMaxWidth(WIDTH);
                        Tooltip.install(node, tip[0]);
                    }
                    tip[0].setText(words);
                });
    }
}
