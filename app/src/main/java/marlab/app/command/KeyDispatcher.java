package marlab.app.command;

import java.util.function.BooleanSupplier;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Sends key presses of a scene to the commands. FX thread.
public final class KeyDispatcher {

    private final Scene scene;
    private final Commands commands;
    private final BooleanSupplier covered;

    /// Listens to the scene from now on.
    ///
    /// @param covered true while something over the window takes letters for itself
    public KeyDispatcher(Scene scene, Commands commands, BooleanSupplier covered) {
        this.covered = covered;
        this.scene = scene;
        this.commands = commands;
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
    }

    private void pressed(KeyEvent event) {
        var focus = scene.getFocusOwner();
        boolean typing = focus instanceof TextInputControl || covered.getAsBoolean();
        boolean pressesButton =
                event.getCode() == KeyCode.SPACE
                        && (focus instanceof ButtonBase || focus instanceof ComboBoxBase)
                        && focus.isFocusVisible();
        if (pressesButton) {
            return;
        }
        commands.match(event, typing)
                .ifPresent(command -> {
                    command.action().run();
                    event.consume();
                });
    }
}
