package marlab.app.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import javafx.stage.Stage;
import marlab.app.capture.SceneSketch;
import marlab.app.fx.Fx;
import marlab.app.picture.Drawing;
import marlab.app.picture.PictureFormat;
import marlab.app.picture.Program;
import marlab.app.picture.Provenance;
import marlab.app.theme.Fonts;
import marlab.app.theme.ThemeChoice;
import marlab.app.training.PastRun;
import marlab.app.watch.WatchedWorld;
import marlab.sim.env.Worlds;
import marlab.sim.snapshot.Frame;

/// Takes pictures of the product's own window without showing it, on machines without a display
/// too: JavaFX's Headless platform, software rendering. What is in the window is driven step by
/// step, so that the same order gives the same picture. Not for the FX thread.
public final class StillTaker {

    /// Where the window remembers things; a picture leaves the user's alone.
    private static final String SETTINGS = "marlab.settings";

    private static final long PATIENCE_NANOS = 600_000_000_000L;
    private static final long FRAME_NANOS = 1_000_000_000;
    private static final int GALLERY_STEPS = 14;

    private final Still still;
    private final ThemeChoice theme;
    private final int width;
    private final int height;
    private MainWindow window;
    private long clock;
    private int settled; // looks at the window that found all of it there

    /// Says in a sentence what was waited for in vain.
    public static final class TooSlow extends RuntimeException {

        private TooSlow(String sentence) {
            super(sentence);
        }
    }

    /// @param theme light or dark
    /// @param width of the window, in pixels at 100 %
    public StillTaker(Still still, ThemeChoice theme, int width, int height) {
        this.still = still;
        this.theme = theme;
        this.width = width;
        this.height = height;
    }

    /// Starts JavaFX without a display, unless it runs already.
    public static void begin() {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("prism.lcdtext", "false");
        CompletableFuture<Void> ready = new CompletableFuture<>();
        try {
            Platform.startup(() -> ready.complete(null));
        } catch (IllegalStateException e) {
            ready.complete(null); // runs already
        }
        ready.join();
        Platform.setImplicitExit(false);
        Fonts.load();
        Worlds.look(); // else the gallery would hear of people's own worlds at some time or other
    }

    /// Writes the picture.
    ///
    /// @param zoom pixels per pixel at 100 %; matters to PNG only
    /// @throws IOException where the file cannot be written
    public void write(Path file, PictureFormat format, double zoom) throws IOException {
        Path folder = Files.createTempDirectory("marlab-still");
        String before = System.getProperty(SETTINGS);
        try {
            System.setProperty(SETTINGS, folder.resolve("window.properties").toString());
            write(folder, file, format, zoom);
        } finally {
            if (before == null) {
                System.clearProperty(SETTINGS);
            } else {
                System.setProperty(SETTINGS, before);
            }
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private void write(Path folder, Path file, PictureFormat format, double zoom)
            throws IOException {
        WindowOptions options = WindowOptions.read(arguments(folder));
        Sessions sessions =
                MarlabApplication.sessions(
                        options, still.run() == null ? null : seed -> PastRun.bundled(still.run()));
        try {
            fx(() -> open(sessions));
            if (still.run() != null) {
                train(sessions);
            }
            play(sessions);
            settle();
            if (format == PictureFormat.PNG) {
                PictureFormat.write(file, pixels(zoom), provenance());
            } else {
                Drawing drawing = fx(() -> SceneSketch.of(window.scene()));
                format.write(file, drawing, zoom, provenance());
            }
        } finally {
            fx(() -> {
                window.close();
                return null;
            });
            sessions.close();
        }
    }

    private String[] arguments(Path folder) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--world", still.world(), "--theme", theme.name()));
        arguments.addAll(List.of("--seed", Long.toString(still.seed())));
        arguments.addAll(List.of("--runs", folder.resolve("runs").toString()));
        still.set().forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments.toArray(String[]::new);
    }

    private Provenance provenance() {
        return Provenance.of("Marlab: " + still.what(), Program.version())
                .with("World", still.world())
                .with("Options", String.join(" ", still.set()))
                .with("Seed", still.seed())
                .with("Step", still.steps());
    }

    private Void open(Sessions sessions) {
        sessions.now().transport().watching().set(false);
        window =
                new MainWindow(
                        new Stage(),
                        sessions,
                        new Settings(),
                        StyledScene.of(theme, width, height));
        window.still(GALLERY_STEPS);
        layOut();
        return null;
    }

    private void layOut() {
        window.scene().getRoot().applyCss();
        window.scene().getRoot().layout();
    }

    /// The bundled run counts as this window's, and the world begins anew under its policy.
    private void train(Sessions sessions) {
        Session session = sessions.now();
        fx(() -> {
            sessions.toggleTrain();
            return null;
        });
        await("the run", () -> session.desk().run() != null && !session.desk().working());
        session.watched().setup(still.seed());
        await("the first step", () -> frame().step == 0);
    }

    private void play(Sessions sessions) {
        WatchedWorld world = sessions.now().watched();
        long first = fx(() -> frame().moment);
        for (int step = 1; step <= still.steps(); step++) {
            long moment = first + step;
            world.step();
            await("moment " + moment, () -> frame().moment == moment);
        }
        if (still.back() > 0) {
            long past = first + still.steps() - still.back();
            world.show(past);
            await("the past", () -> frame().moment == past);
        }
        fx(() -> {
            window.show(still.part());
            return null;
        });
    }

    private Frame frame() {
        paint();
        return window.frame();
    }

    /// Two pictures, the second long after the first: nothing glides any more.
    private void paint() {
        layOut();
        clock += FRAME_NANOS;
        window.paint(clock);
        clock += FRAME_NANOS;
        window.paint(clock);
    }

    /// Until everything that is measured and painted in the background is there.
    private void settle() {
        boolean covered = still.part().equals("gallery");
        await(
                "what is measured",
                () -> {
                    paint();
                    window.telemetry(); // may change how much room there is for the chart
                    layOut();
                    settled = window.settled() ? settled + 1 : 0;
                    return settled > 1; // what came after telemetry had asked is shown by the next
                });
        fx(() -> {
            paint();
            return null;
        });
    }

    /// Paints for a few milliseconds at a time, one world at least.
    private void gallery() {
        int worlds = Worlds.known().size();
        for (int k = 0; k <= 2 * worlds; k++) {
            fx(() -> {
                paint();
                return null;
            });
        }
    }

    private java.awt.image.BufferedImage pixels(double zoom) {
        WritableImage image = fx(() -> snapshot(zoom));
        int w = (int) image.getWidth();
        int h = (int) image.getHeight();
        int[] argb = new int[w * h];
        image.getPixelReader().getPixels(0, 0, w, h, PixelFormat.getIntArgbInstance(), argb, 0, w);
        java.awt.image.BufferedImage pixels =
                new java.awt.image.BufferedImage(w, h, java.awt.image.BufferedImage.TYPE_INT_RGB);
        pixels.setRGB(0, 0, w, h, argb, 0, w);
        return pixels;
    }

    private WritableImage snapshot(double zoom) {
        Scene scene = window.scene();
        SnapshotParameters parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(zoom, zoom));
        parameters.setFill(scene.getFill());
        parameters.setViewport(new javafx.geometry.Rectangle2D(0, 0, width * zoom, height * zoom));
        return scene.getRoot().snapshot(parameters, null);
    }

    private static <T> T fx(Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Fx.later(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(String what, BooleanSupplier so) {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (!fx(so::getAsBoolean)) {
            if (System.nanoTime() > until) {
                throw new TooSlow(
                        "The picture was not ready in ten minutes, still waiting for "
                                + what
                                + "; try again when this computer has less to do.");
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
