package marlab.app.shell;

import static javafx.scene.input.KeyCombination.SHIFT_DOWN;
import static javafx.scene.input.KeyCombination.SHORTCUT_DOWN;
import static marlab.app.command.Keys.character;
import static marlab.app.command.Keys.key;

import java.util.List;
import javafx.scene.input.KeyCode;
import marlab.app.command.Command;
import marlab.app.command.Commands;
import marlab.app.transport.Speed;

/// Every key of the window. FX thread.
final class WindowCommands {

    private WindowCommands() {}

    static Commands of(Session session, MainWindow window) {
        Commands commands = new Commands();
        transport(commands, session);
        speed(commands, session);
        world(commands, session);
        rewards(commands, session);
        window(commands, window);
        return commands;
    }

    private static void transport(Commands commands, Session session) {
        commands.add("watch", "transport", session::toggleWatch, key(KeyCode.SPACE))
                .add("train", "transport", session::toggleTrain, key(KeyCode.R))
                .add("step", "transport", session::step, key(KeyCode.PERIOD))
                .add("setup", "transport", session::setup, key(KeyCode.S))
                .add("forget", "transport", session::setupAndForget, key(KeyCode.S, SHIFT_DOWN));
    }

    private static void speed(Commands commands, Session session) {
        var speed = session.transport().speed();
        commands.add("slower", "speed", () -> speed.set(speed.get().plus(-1)), key(KeyCode.J))
                .add("normal", "speed", () -> speed.set(Speed.X1), key(KeyCode.K))
                .add("faster", "speed", () -> speed.set(speed.get().plus(1)), key(KeyCode.L));
    }

    private static void world(Commands commands, Session session) {
        var model = session.worldModel();
        commands.add("next", "world", () -> model.selectNext(1), key(KeyCode.N))
                .add("previous", "world", () -> model.selectNext(-1), key(KeyCode.N, SHIFT_DOWN))
                .add(
                        "trails",
                        "world",
                        () -> model.trails().set(!model.trails().get()),
                        key(KeyCode.DIGIT1))
                .add(
                        "whiskers",
                        "world",
                        () -> model.whiskers().set(!model.whiskers().get()),
                        key(KeyCode.DIGIT2));
    }

    private static void rewards(Commands commands, Session session) {
        commands.add("undo", "rewards", session.rewards()::undo, key(KeyCode.Z, SHORTCUT_DOWN))
                .add(
                        "redo",
                        "rewards",
                        session.rewards()::redo,
                        key(KeyCode.Z, SHORTCUT_DOWN, SHIFT_DOWN));
    }

    private static void window(Commands commands, MainWindow window) {
        commands.add("keys", "window", window::toggleKeys, character("?"))
                .add("escape", "window", window::escape, key(KeyCode.ESCAPE))
                .add(
                        new Command(
                                "fullscreen",
                                "window",
                                List.of(key(KeyCode.F11)),
                                true,
                                window::toggleFullScreen));
    }
}
