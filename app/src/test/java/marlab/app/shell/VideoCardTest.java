package marlab.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import marlab.app.studio.Subject;
import marlab.app.transport.Speed;
import marlab.app.video.FilmFormat;
import marlab.app.video.FilmPreset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// "Make a video" with the real window and real films.
@Timeout(300)
class VideoCardTest {

    @TempDir private Path folder;

    private static void open(OpenWindow w) {
        OpenWindow.await("a few moments", () -> w.session().watched().recording().size() > 5);
        w.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
    }

    @SuppressWarnings("unchecked")
    private static <T> void choose(OpenWindow w, String menu, T value) {
        ComboBox<T> box = w.node(menu, ComboBox.class);
        OpenWindow.onFx(() -> box.setValue(value));
    }

    private static void saveAs(OpenWindow w, Path file) {
        TextField field = w.node("video-file", TextField.class);
        OpenWindow.onFx(() -> field.setText(file.toString()));
    }

    private static String text(OpenWindow w, String id) {
        return OpenWindow.fx(w.node(id, Label.class)::getText);
    }

    private static void make(OpenWindow w) {
        Button make = w.node("video-make", Button.class);
        OpenWindow.await("an estimate", () -> !make.isDisabled());
        OpenWindow.onFx(make::fire);
    }

    private static boolean saved(OpenWindow w) {
        return w.window.scene().lookup("#video-state") instanceof Label state
                && state.getText().startsWith("Saved");
    }

    /// Films and learners stand back where a machine is busy.
    private static void patiently(String what, BooleanSupplier so) {
        for (int more = 0; more < 2_000 && !OpenWindow.fx(so::getAsBoolean); more++) {
            OpenWindow.sleep(50);
        }
        OpenWindow.await(what, so);
    }

    private static void small(OpenWindow w) {
        choose(w, "video-preset", FilmPreset.SQUARE);
        choose(w, "video-format", FilmFormat.GIF);
        choose(w, "video-fps", 10);
        choose(w, "video-speed", 100);
    }

    private static String magic(Path file) throws IOException {
        return new String(Files.readAllBytes(file), 0, 6, StandardCharsets.US_ASCII);
    }

    private List<Path> left() throws IOException {
        try (var all = Files.list(folder)) {
            return all.filter(p -> p.getFileName().toString().contains("film")).toList();
        }
    }

    @Test
    void theRecordingIsFilmedByKeyboard() throws IOException {
        try (OpenWindow w = OpenWindow.small(folder)) {
            open(w);
            assertTrue(OpenWindow.fx(w.node("video-subject", ComboBox.class)::isFocused));
            small(w);
            Path file = folder.resolve("film.gif");
            saveAs(w, file);
            Label estimate = w.node("video-estimate", Label.class);
            OpenWindow.await("an estimate", () -> estimate.getText().contains("540"));
            TextField caption = w.node("video-caption", TextField.class);
            OpenWindow.onFx(() -> {
                caption.setText("Look");
                caption.requestFocus();
            });
            Button make = w.node("video-make", Button.class);
            OpenWindow.await("permission", () -> !make.isDisabled());
            w.press(KeyCode.ENTER);
            patiently("the film", () -> saved(w));
            assertEquals("GIF89a", magic(file));
            assertTrue(text(w, "video-state").matches("Saved film.gif · \\d+ s · .+ k?M?B"));
            assertEquals(List.of(file), left());
            OpenWindow.onFx(w.node("video-again", Button.class)::fire);
            assertTrue(OpenWindow.fx(w.node("video-make", Button.class)::isVisible));
            w.press(KeyCode.ESCAPE);
            assertNull(w.node("video-card", Node.class));
        }
    }

    @Test
    void cancellingLeavesNothing() throws IOException {
        try (OpenWindow w = OpenWindow.small(folder)) {
            open(w);
            choose(w, "video-speed", 2);
            choose(w, "video-fps", 60);
            saveAs(w, folder.resolve("film.mp4"));
            make(w);
            OpenWindow.onFx(w.node("video-cancel", Button.class)::fire);
            Label state = w.node("video-state", Label.class);
            OpenWindow.await("the end", () -> state.getText().startsWith("Cancelled"));
            assertEquals(List.of(), left());
        }
    }

    @Test
    void whatIsThereIsNotReplacedAndWhatIsMissingIsTold() throws IOException {
        try (OpenWindow w = OpenWindow.small(folder)) {
            open(w);
            small(w);
            Path file = Files.writeString(folder.resolve("film.gif"), "mine");
            saveAs(w, file);
            make(w);
            assertEquals(file + " exists already; name another file.", text(w, "video-problem"));
            assertEquals("mine", Files.readString(file));
            saveAs(w, folder.resolve("nowhere/film.gif"));
            make(w);
            Label state = w.node("video-state", Label.class);
            OpenWindow.await("no", () -> state.getText().startsWith("There is no folder"));
            choose(w, "video-subject", Subject.LEARNING);
            assertEquals(
                    "Nothing has been learned yet; press R and let them train.",
                    text(w, "video-missing"));
            assertTrue(OpenWindow.fx(w.node("video-make", Button.class)::isDisabled));
            choose(w, "video-subject", Subject.RECORDING);
            choose(w, "video-preset", FilmPreset.SIDE_BY_SIDE);
            assertTrue(text(w, "video-missing").startsWith("Side by side"));
        }
    }

    /// The card is closed meanwhile; the message bar tells the end.
    @Test
    void trainingGoesOnWhileItsFilmIsMade() throws IOException {
        try (OpenWindow w = OpenWindow.small(folder)) {
            OpenWindow.onFx(() -> w.sessions.now().transport().speed().set(Speed.X1));
            w.press(KeyCode.R);
            patiently(
                    "learning",
                    () ->
                            w.session().desk().progress() != null
                                    && w.session().desk().progress().policyVersion() > 2);
            open(w);
            small(w);
            choose(w, "video-subject", Subject.LEARNING);
            choose(w, "video-length", 10);
            Path file = folder.resolve("film.gif");
            saveAs(w, file);
            long before = w.session().desk().progress().policyVersion();
            make(w);
            w.press(KeyCode.ESCAPE);
            assertNull(w.node("video-card", Node.class));
            patiently("the film", () -> Files.exists(file));
            assertTrue(w.session().desk().progress().policyVersion() > before);
            assertEquals("GIF89a", magic(file));
            Label told = w.node("message", Label.class);
            patiently("the news", () -> told.getText().startsWith("Saved film.gif · 10 s"));
            w.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.R);
            assertTrue(saved(w));
            assertFalse(OpenWindow.fx(w.node("video-make", Button.class)::isVisible));
        }
    }
}
