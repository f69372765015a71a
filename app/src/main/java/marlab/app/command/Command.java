package marlab.app.command;

import java.util.List;
import javafx.scene.input.KeyCombination;
import marlab.app.text.Messages;

/// Something a person can do by key. Its text stands in the bundle under `command.<id>`.
///
/// @param id unique name
/// @param group key in the bundle, `group.<group>`
/// @param keys any of these; at least one
/// @param whileTyping also when a text field has the focus
/// @param action what it does, on the FX thread
public record Command(
        String id, String group, List<KeyCombination> keys, boolean whileTyping, Runnable action) {

    public Command {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("command " + id + " has no key");
        }
    }

    /// What it does, in words.
    public String text() {
        return Messages.text("command." + id);
    }

    /// The heading it stands under.
    public String groupText() {
        return Messages.text("group." + group);
    }
}
