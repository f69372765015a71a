package marlab.app.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javafx.application.Application;
import javafx.geometry.Rectangle2D;
import javafx.scene.input.KeyCombination;
import javafx.stage.Screen;
import javafx.stage.Stage;
import marlab.app.fx.FrameClock;
import marlab.app.fx.Fx;
import marlab.app.fx.StartupClock;
import marlab.app.theme.Fonts;
import marlab.app.theme.ThemeChoice;
import marlab.app.training.LearningModel;
import marlab.app.training.RunMaker;
import marlab.app.training.TrainerRun;
import marlab.app.transport.TransportModel;
import marlab.learning.train.RunConfig;
import marlab.sim.env.WorldProvider;
import marlab.sim.replay.Replay;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayReader;

/// The JavaFX application: one session at a time, one window, one clock.
public final class MarlabApplication extends Application {

    /// Bytes of a replay that is read before the window opens.
    private static final long QUICK = 2 << 20;

    private static final String ROOM = "recording.limit"; // megabytes

    private static CompletableFuture<Sessions> preparing;

    private final Settings settings = new Settings();
    private Sessions sessions;
    private StyledScene styled;
    private MainWindow window;
    private FrameClock clock;
    private Rescue rescue;

    /// For JavaFX.
    public MarlabApplication() {}

    /// Opens the window and returns when it was closed. The world begins while JavaFX starts.
    public static void open(List<String> arguments) {
        WindowOptions options = WindowOptions.read(arguments.toArray(String[]::new));
        preparing = CompletableFuture.supplyAsync(() -> sessions(options));
        launch(MarlabApplication.class, arguments.toArray(String[]::new));
    }

    @Override
    public void init() {
        StartupClock.trace("JavaFX ready");
        WindowOptions options = options();
        Fx.later(() ->
                styled =
                        StyledScene.of(
                                options.theme() == null
                                        ? ThemeChoice.named(settings.get("theme", "system"))
                                        : options.theme()));
        Fonts.load();
        sessions = preparing.join();
        StartupClock.trace("world and fonts ready");
    }

    private WindowOptions options() {
        return WindowOptions.read(getParameters().getRaw().toArray(String[]::new));
    }

    /// The first session, and how others are made.
    static Sessions sessions(WindowOptions options) {
        return sessions(options, null);
    }

    /// @param runs where runs come from; null for the trainer
    static Sessions sessions(WindowOptions options, RunMaker runs) {
        TransportModel transport = new TransportModel(options.seed());
        LearningModel learning = new LearningModel(options.learning());
        Sessions.Maker maker =
                (world, values, weights, opened) ->
                        new Session(
                                world,
                                values,
                                weights,
                                transport,
                                runs != null
                                        ? runs
                                        : seed ->
                                                new TrainerRun(
                                                        options.config(
                                                                world,
                                                                values,
                                                                seed,
                                                                learning.now()),
                                                        options.runs()),
                                opened);
        return new Sessions(first(options, maker), maker, learning);
    }

    private static Session first(WindowOptions options, Sessions.Maker maker) {
        if (options.replay() != null) {
            return replayed(options.replay(), maker);
        }
        WorldProvider world = options.provider();
        if (options.plain()) {
            return maker.make(world, world.defaults(), null, null);
        }
        RunConfig config = options.config(options.seed());
        return maker.make(world, config.envOptions(), config.rewardWeights(), null);
    }

    /// A session that shows this file, or the start of its world where reading it takes so long
    /// that the window opens first.
    private static Session replayed(Path file, Sessions.Maker maker) {
        try {
            Opened opened = null;
            ReplayHeader header;
            if (Files.size(file) <= QUICK) {
                opened =
                        new Opened(file.getFileName().toString(), List.of(file), Replay.read(file));
                header = opened.replay().header();
            } else {
                try (ReplayReader reader = new ReplayReader(file)) {
                    header = reader.header();
                }
            }
            return maker.make(header.provider(), header.envOptions(), header.weights(), opened);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it was read a moment ago
        }
    }

    @Override
    public void start(Stage stage) {
        window = new MainWindow(stage, sessions, settings, styled);
        stage.setScene(window.scene());
        size(stage);
        stage.setFullScreenExitKeyCombination(KeyCombination.NO_MATCH);
        stage.setFullScreenExitHint("");
        clock = new FrameClock(window::paint, window::telemetry);
        clock.observe(window.scene());
        stage.show();
        StartupClock.trace("window shown");
        clock.start();
        replays();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "saving"));
        if (Boolean.getBoolean("marlab.autotrain")) {
            sessions.toggleTrain();
        }
        window.show(System.getProperty("marlab.show", ""));
        new Screenshot(window.scene()).schedule();
    }

    private void replays() {
        WindowOptions options = options();
        long room = options.recording();
        sessions.room().set(room > 0 ? room : settings.number(ROOM, 200) << 20);
        sessions.room()
                .subscribe(
                        (before, now) -> settings.put(ROOM, Long.toString(now.longValue() >> 20)));
        String given = System.getProperty("marlab.recovery");
        Path folder = given == null ? settings.folder("recovery") : Path.of(given);
        rescue = new Rescue(folder, sessions, window.replays(), window.messages());
        rescue.start();
        if (options.replay() != null && sessions.now().opened() == null) {
            window.replays().open(options.replay());
        }
    }

    private void close() {
        sessions.close();
        rescue.close();
    }

    /// As large as the reference size or the screen, with `-Dmarlab.size=1024x640` another.
    private static void size(Stage stage) {
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        String[] given = System.getProperty("marlab.size", "1440x900").split("x");
        stage.setMinWidth(Math.min(1024, screen.getWidth()));
        stage.setMinHeight(Math.min(640, screen.getHeight()));
        stage.setWidth(Math.min(Integer.parseInt(given[0]), screen.getWidth()));
        stage.setHeight(Math.min(Integer.parseInt(given[1]), screen.getHeight()));
    }

    @Override
    public void stop() {
        clock.stop();
        window.close();
        Thread closing = new Thread(this::close, "closing");
        closing.start();
    }
}
