package marlab.app.command;

import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Sends key presses of a scene to the commands. FX thread.
public final class KeyDispatcher {

    private final Scene scene;
    private final Commands commands;
    private final BooleanSupplier covered;
    private final Predicate<KeyEvent> first;

    /// Listens to the scene from now on.
    ///
    /// @param covered true while something over the window takes letters for itself
    /// @param first is asked first, for presses and releases, unless somebody is typing; true when
    ///   the key was for it
    public KeyDispatcher(
            Scene scene, Commands commands, BooleanSupplier covered, Predicate<KeyEvent> first) {
        this.scene = scene;
        this.commands = commands;
        this.covered = covered;
        this.first = first;
        scene.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        scene.addEventFilter(KeyEvent.KEY_RELEASED, this::released);
    }

    private void released(KeyEvent event) {
        if (first.test(event)) {
            event.consume();
        }
    }

    private void pressed(KeyEvent event) {
        var focus = scene.getFocusOwner();
        boolean typing = focus instanceof TextInputControl || covered.getAsBoolean();
        if (!typing && first.test(event)) {
            event.consume();
            return;
        }
        boolean pressesButton =
                event.getCode() == KeyCode.SPACE
                        && (focus instanceof ButtonBase || focus instanceof ComboBoxBase)
                        && focus.isFocusVisible();
        if (pressesButton || moves(focus, event.getCode())) {
            return;
        }
        commands.match(event, typing)
                .ifPresent(command -> {
                    command.action().run();
                    event.consume();
                });
    }

    /// True where a control has a use of its own for the key: a slider is moved by arrows.
    private static boolean moves(Node focus, KeyCode code) {
        boolean navigates = code.isArrowKey() || code == KeyCode.HOME || code == KeyCode.END;
        return navigates
                && (focus instanceof Slider
                        || focus instanceof Spinner
                        || focus instanceof ListView
                        || focus instanceof ComboBoxBase<?> box && box.isEditable());
    }
}
