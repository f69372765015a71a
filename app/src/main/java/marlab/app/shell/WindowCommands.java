package marlab.app.shell;

import static javafx.scene.input.KeyCombination.SHIFT_DOWN;
import static javafx.scene.input.KeyCombination.SHORTCUT_DOWN;
import static marlab.app.command.Keys.character;
import static marlab.app.command.Keys.key;

import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.scene.input.KeyCode;
import marlab.app.command.Command;
import marlab.app.command.Commands;
import marlab.app.timeline.TimelineModel;
import marlab.app.transport.Speed;
import marlab.app.world.WorldModel;

/// Every key of the window. FX thread.
final class WindowCommands {

    private WindowCommands() {}

    static Commands of(Sessions sessions, MainWindow window) {
        Commands commands = new Commands();
        transport(commands, sessions);
        speed(commands, sessions);
        timeline(commands, sessions);
        world(commands, sessions, window);
        rewards(commands, sessions);
        ReplayCommands.add(commands, window.replays());
        window(commands, window);
        return commands;
    }

    private static void transport(Commands commands, Sessions sessions) {
        commands.add("watch", "transport", sessions::toggleWatch, key(KeyCode.SPACE))
                .add("train", "transport", sessions::toggleTrain, key(KeyCode.R))
                .add("step", "transport", sessions::step, key(KeyCode.PERIOD))
                .add("setup", "transport", sessions::setup, key(KeyCode.S))
                .add("forget", "transport", sessions::setupAndForget, key(KeyCode.S, SHIFT_DOWN));
    }

    private static void speed(Commands commands, Sessions sessions) {
        var speed = sessions.now().transport().speed();
        commands.add("slower", "speed", () -> speed.set(speed.get().plus(-1)), key(KeyCode.J))
                .add("normal", "speed", () -> speed.set(Speed.X1), key(KeyCode.K))
                .add("faster", "speed", () -> speed.set(speed.get().plus(1)), key(KeyCode.L));
    }

    private static void timeline(Commands commands, Sessions sessions) {
        Supplier<TimelineModel> model = () -> sessions.now().timeline();
        String group = "timeline";
        commands.add(
                        "earlier",
                        group,
                        () -> model.get().move(-1),
                        key(KeyCode.LEFT),
                        key(KeyCode.COMMA))
                .add("later", group, () -> model.get().move(1), key(KeyCode.RIGHT))
                .add(
                        "episode-earlier",
                        group,
                        () -> model.get().moveEpisodes(-1),
                        key(KeyCode.LEFT, SHIFT_DOWN))
                .add(
                        "episode-later",
                        group,
                        () -> model.get().moveEpisodes(1),
                        key(KeyCode.RIGHT, SHIFT_DOWN))
                .add("oldest", group, () -> model.get().oldest(), key(KeyCode.HOME))
                .add("live", group, () -> model.get().live(), key(KeyCode.END))
                .add("event-earlier", group, () -> model.get().moveEvents(-1), character("["))
                .add("event-later", group, () -> model.get().moveEvents(1), character("]"))
                .add("mark", group, () -> model.get().mark(), key(KeyCode.M))
                .add("loop-in", group, () -> model.get().loopIn(), key(KeyCode.I))
                .add("loop-out", group, () -> model.get().loopOut(), key(KeyCode.O))
                .add("continue", group, () -> model.get().continueHere(), key(KeyCode.C));
    }

    private static void world(Commands commands, Sessions sessions, MainWindow window) {
        Supplier<WorldModel> model = () -> sessions.now().worldModel();
        commands.add("next", "world", () -> model.get().selectNext(1), key(KeyCode.N))
                .add(
                        "previous",
                        "world",
                        () -> model.get().selectNext(-1),
                        key(KeyCode.N, SHIFT_DOWN))
                .add("control", "world", window::toggleControl, key(KeyCode.T))
                .add("trails", "world", () -> turn(model.get().trails()), key(KeyCode.DIGIT1))
                .add("whiskers", "world", () -> turn(model.get().whiskers()), key(KeyCode.DIGIT2))
                .add("values", "world", () -> turn(model.get().values()), key(KeyCode.DIGIT3))
                .add("rewards", "world", () -> turn(model.get().rewards()), key(KeyCode.DIGIT6));
    }

    private static void turn(BooleanProperty on) {
        on.set(!on.get());
    }

    private static void rewards(Commands commands, Sessions sessions) {
        commands.add("undo", "rewards", sessions::undo, key(KeyCode.Z, SHORTCUT_DOWN))
                .add("redo", "rewards", sessions::redo, key(KeyCode.Z, SHORTCUT_DOWN, SHIFT_DOWN));
    }

    private static void window(Commands commands, MainWindow window) {
        commands.add("gallery", "window", window::toggleGallery, key(KeyCode.G))
                .add("edit", "world", window::toggleEdit, key(KeyCode.E))
                .add("options", "window", window::toggleOptions, key(KeyCode.W))
                .add("learning", "window", window::toggleLearning, key(KeyCode.A))
                .add(
                        new Command(
                                "video",
                                "window",
                                List.of(key(KeyCode.R, SHIFT_DOWN, SHORTCUT_DOWN)),
                                true,
                                window::toggleVideo))
                .add(
                        new Command(
                                "copy",
                                "window",
                                List.of(key(KeyCode.C, SHORTCUT_DOWN, SHIFT_DOWN)),
                                true,
                                window.pictures()::copyFocused))
                .add(
                        new Command(
                                "picture",
                                "window",
                                List.of(key(KeyCode.E, SHORTCUT_DOWN, SHIFT_DOWN)),
                                true,
                                window.pictures()::saveFocused))
                .add("keys", "window", window::toggleKeys, character("?"))
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
