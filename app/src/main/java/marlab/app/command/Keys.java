package marlab.app.command;

import javafx.scene.input.KeyCharacterCombination;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/// Makes keys and names them as they are printed on keyboards.
public final class Keys {

    private static final boolean MAC =
            System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT).contains("mac");

    private Keys() {}

    /// A key alone, or with modifiers.
    public static KeyCombination key(KeyCode code, KeyCombination.Modifier... modifiers) {
        return new KeyCodeCombination(code, modifiers);
    }

    /// A character, however the keyboard makes it.
    public static KeyCombination character(String character) {
        return new Typed(character);
    }

    /// What is printed on the key caps.
    public static String name(KeyCombination key) {
        return switch (key) {
            case Typed typed -> typed.getCharacter();
            case KeyCodeCombination code -> modifiers(code) + code(code.getCode());
            default -> key.getDisplayText();
        };
    }

    private static String modifiers(KeyCodeCombination key) {
        String shortcut = MAC ? "Cmd " : "Ctrl ";
        boolean hasShortcut = key.getShortcut() == KeyCombination.ModifierValue.DOWN;
        boolean hasShift = key.getShift() == KeyCombination.ModifierValue.DOWN;
        return (hasShift ? "Shift " : "") + (hasShortcut ? shortcut : "");
    }

    private static String code(KeyCode code) {
        return switch (code) {
            case PERIOD -> ".";
            case COMMA -> ",";
            case LEFT -> "\u2190";
            case RIGHT -> "\u2192";
            case DIGIT1, DIGIT2, DIGIT3 -> code.getChar();
            default -> code.getName();
        };
    }

    /// A character typed with whatever modifiers the layout asks for.
    private static final class Typed extends KeyCombination {

        private final KeyCharacterCombination shown;

        Typed(String character) {
            super(
                    ModifierValue.ANY,
                    ModifierValue.UP,
                    ModifierValue.ANY,
                    ModifierValue.UP,
                    ModifierValue.UP);
            shown = new KeyCharacterCombination(character);
        }

        String getCharacter() {
            return shown.getCharacter();
        }

        @Override
        public boolean match(KeyEvent event) {
            boolean slash = event.getCode() == KeyCode.SLASH && event.isShiftDown();
            return getCharacter().equals(event.getText())
                    || switch (getCharacter()) {
                        case "?" -> slash || event.getCode() == KeyCode.F1;
                        case "[" -> event.getCode() == KeyCode.OPEN_BRACKET;
                        case "]" -> event.getCode() == KeyCode.CLOSE_BRACKET;
                        default -> false;
                    };
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Typed that && that.getCharacter().equals(getCharacter());
        }

        @Override
        public int hashCode() {
            return getCharacter().hashCode();
        }
    }
}
