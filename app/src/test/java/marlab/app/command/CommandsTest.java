package marlab.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private final Commands commands = new Commands();

    private static KeyEvent key(KeyCode code, String text, boolean shift) {
        return new KeyEvent(KeyEvent.KEY_PRESSED, text, text, code, shift, false, false, false);
    }

    @Test
    void twoCommandsCannotShareAKey() {
        commands.add("train", "transport", () -> {}, Keys.key(KeyCode.R));
        assertThrows(
                IllegalArgumentException.class,
                () -> commands.add("step", "transport", () -> {}, Keys.key(KeyCode.R)));
    }

    @Test
    void lettersRestWhileTyping() {
        commands.add("train", "transport", () -> {}, Keys.key(KeyCode.R));
        assertEquals("train", commands.match(key(KeyCode.R, "r", false), false).orElseThrow().id());
        assertFalse(commands.match(key(KeyCode.R, "r", false), true).isPresent());
    }

    @Test
    void shiftMakesAnotherKey() {
        commands.add("setup", "transport", () -> {}, Keys.key(KeyCode.S));
        commands.add(
                "forget", "transport", () -> {}, Keys.key(KeyCode.S, KeyCombination.SHIFT_DOWN));
        assertEquals("forget", commands.match(key(KeyCode.S, "S", true), false).orElseThrow().id());
    }

    @Test
    void theQuestionMarkIsFoundWhereverTheKeyboardHasIt() {
        commands.add("keys", "window", () -> {}, Keys.character("?"));
        assertEquals(
                "keys", commands.match(key(KeyCode.MINUS, "?", true), false).orElseThrow().id());
        assertEquals(
                "keys", commands.match(key(KeyCode.SLASH, "/", true), false).orElseThrow().id());
    }
}
