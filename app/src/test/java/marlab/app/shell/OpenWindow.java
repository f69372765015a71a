package marlab.app.shell;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import marlab.app.fx.FrameClock;
import marlab.app.fx.TestToolkit;
import marlab.app.theme.ThemeChoice;
import org.testfx.api.FxRobot;
import org.testfx.robot.Motion;
import org.testfx.util.WaitForAsyncUtils;

/// The real window with a small real learner, on JavaFX's Headless platform, and TestFX's robot for
/// it. Test code stays off the FX thread and asks it through {@link #fx}.
final class OpenWindow implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    final Sessions sessions;
    final MainWindow window;
    private final Stage stage;
    private final FrameClock clock;
    private final FxRobot robot;

    /// Opens a window whose runs go to this folder.
    ///
    /// @param settings file of what the window remembers
    OpenWindow(Path runs, Path settings, String... arguments) {
        TestToolkit.start();
        WaitForAsyncUtils.autoCheckException = false; // done at the end, see complain()
        System.setProperty("marlab.settings", settings.toString());
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--runs", runs.toString()));
        WindowOptions options = WindowOptions.read(all.toArray(String[]::new));
        sessions = MarlabApplication.sessions(options);
        stage = fx(Stage::new);
        window =
                fx(() ->
                        new MainWindow(
                                stage,
                                sessions,
                                new Settings(),
                                StyledScene.of(ThemeChoice.LIGHT)));
        robot = new FxRobot();
        clock =
                fx(() -> {
                    stage.setScene(window.scene());
                    stage.setX(0);
                    stage.setY(0);
                    stage.setWidth(1_000);
                    stage.setHeight(760);
                    stage.show();
                    FrameClock made = new FrameClock(window::paint, window::telemetry);
                    made.start();
                    return made;
                });
        robot.targetWindow(stage);
        await("a picture", () -> window.scene().getWindow().isShowing());
    }

    /// A window with a learner that learns little, but at once.
    static OpenWindow small(Path folder) {
        return new OpenWindow(
                folder.resolve("runs"),
                folder.resolve("settings.properties"),
                "--set",
                "math=plain",
                "--set",
                "copies=8",
                "--set",
                "steps=1000000");
    }

    /// The session in the window.
    Session session() {
        return sessions.now();
    }

    /// Asks on the FX thread.
    static <T> T fx(Supplier<T> question) {
        return TestToolkit.fx(question);
    }

    /// Does something on the FX thread.
    static void onFx(Runnable task) {
        fx(() -> {
            task.run();
            return null;
        });
    }

    /// Waits until something is so, asked on the FX thread.
    static void await(String what, BooleanSupplier so) {
        long until = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000;
        while (!fx(so::getAsBoolean)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("waited in vain for " + what);
            }
            sleep(20);
        }
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The node with this id.
    <N extends Node> N node(String id, Class<N> type) {
        return fx(() -> type.cast(window.scene().lookup("#" + id)));
    }

    /// Clicks in the middle of the node with this id.
    void click(String id) {
        robot.clickOn("#" + id, Motion.DIRECT);
        settle();
    }

    /// Clicks in the middle of a node.
    void click(Node node, MouseButton button) {
        robot.clickOn(node, Motion.DIRECT, button);
        settle();
    }

    /// Drags from one place of a node to another.
    void drag(Node node, double fromX, double fromY, double toX, double toY) {
        var from = fx(() -> node.localToScreen(fromX, fromY));
        var to = fx(() -> node.localToScreen(toX, toY));
        robot.moveTo(from, Motion.DIRECT).press(MouseButton.PRIMARY);
        robot.moveTo(to, Motion.DIRECT).release(MouseButton.PRIMARY);
        settle();
    }

    /// Moves the pointer to a place of a node.
    void point(Node node, double x, double y) {
        robot.moveTo(fx(() -> node.localToScreen(x, y)), Motion.DIRECT);
        settle();
    }

    /// Presses keys together, modifiers first, and releases them.
    void press(KeyCode... keys) {
        robot.push(keys);
        settle();
    }

    /// Lets events of the robot come through.
    static void settle() {
        onFx(() -> {});
        onFx(() -> {});
    }

    @Override
    public void close() {
        onFx(() -> {
            clock.stop();
            stage.hide();
            window.close();
        });
        sessions.close();
        complain();
    }

    /// Throws what the FX thread threw meanwhile, but for an error of the Headless platform itself:
    /// its screen is 1000 × 1000, and a menu that reaches beyond makes it stumble.
    private static void complain() {
        while (true) {
            try {
                WaitForAsyncUtils.checkException();
                return;
            } catch (Throwable e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                boolean platform =
                        Arrays.stream(cause.getStackTrace())
                                .anyMatch(at -> at.getClassName().endsWith(".HeadlessWindow"));
                if (!platform) {
                    throw new AssertionError("on the FX thread", e);
                }
            }
        }
    }
}
