package marlab.app.shell;

import static javafx.scene.input.KeyCombination.SHIFT_DOWN;
import static javafx.scene.input.KeyCombination.SHORTCUT_DOWN;
import static marlab.app.command.Keys.key;

import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import marlab.app.card.Tips;
import marlab.app.command.Commands;
import marlab.app.text.Messages;

/// The keys of replays, and their menu. FX thread.
final class ReplayCommands {

    private ReplayCommands() {}

    static void add(Commands commands, Replays replays) {
        commands.add("save", "replay", replays::save, key(KeyCode.S, SHORTCUT_DOWN))
                .add("open", "replay", replays::open, key(KeyCode.O, SHORTCUT_DOWN))
                .add(
                        "export",
                        "replay",
                        replays::export,
                        key(KeyCode.S, SHIFT_DOWN, SHORTCUT_DOWN));
    }

    /// The same for the mouse.
    ///
    /// @param film opens the card that makes videos
    static MenuButton menu(Replays replays, Runnable film) {
        MenuButton menu = new MenuButton(Messages.text("replay.menu"));
        menu.setId("replay-menu");
        menu.getStyleClass().addAll("link-button", "size-menu");
        menu.setMinWidth(Region.USE_PREF_SIZE);
        Tips.on(menu, Messages.text("replay.menu.tip"));
        menu.getItems()
                .setAll(
                        item("replay-save", "replay.menu.save", replays::save),
                        item("replay-open", "replay.menu.open", replays::open),
                        item("replay-export", "replay.menu.export", replays::export),
                        item("replay-video", "replay.menu.video", film));
        return menu;
    }

    private static MenuItem item(String id, String text, Runnable action) {
        MenuItem item = new MenuItem(Messages.text(text));
        item.setId(id);
        item.setOnAction(event -> action.run());
        return item;
    }
}
