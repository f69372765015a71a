package marlab.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// All commands of the window: keys, sheet and tests come from here. FX thread.
public final class Commands {

    private final List<Command> all = new ArrayList<>();

    /// Adds a command that rests while a text field has the focus.
    ///
    /// @param keys as in {@link KeyCombination#valueOf}, for instance "Shift+S"
    /// @throws IllegalArgumentException when its id or a key is taken
    public Commands add(String id, String group, Runnable action, KeyCombination... keys) {
        return add(new Command(id, group, List.of(keys), false, action));
    }

    /// Adds a command.
    public Commands add(Command command) {
        for (Command other : all) {
            boolean clash = other.keys().stream().anyMatch(command.keys()::contains);
            if (clash || other.id().equals(command.id())) {
                throw new IllegalArgumentException(command.id() + " clashes with " + other.id());
            }
        }
        all.add(command);
        return this;
    }

    /// All, in the order of the sheet.
    public List<Command> all() {
        return List.copyOf(all);
    }

    /// The command with this id.
    public Command named(String id) {
        return all.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    }

    /// The command that a key press stands for.
    ///
    /// @param typing whether a text field has the focus
    public Optional<Command> match(KeyEvent event, boolean typing) {
        return all.stream()
                .filter(c -> !typing || c.whileTyping())
                .filter(c -> c.keys().stream().anyMatch(k -> k.match(event)))
                .findFirst();
    }
}
