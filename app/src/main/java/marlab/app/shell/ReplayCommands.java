package marlab.app.shell;

import static javafx.scene.input.KeyCombination.SHORTCUT_DOWN;
import static marlab.app.command.Keys.key;

import javafx.scene.input.KeyCode;
import marlab.app.command.Commands;

/// The keys of replays. FX thread.
final class ReplayCommands {

    private ReplayCommands() {}

    static void add(Commands commands, Replays replays) {
        commands.add("save", "replay", replays::save, key(KeyCode.S, SHORTCUT_DOWN))
                .add("open", "replay", replays::open, key(KeyCode.O, SHORTCUT_DOWN));
    }
}
