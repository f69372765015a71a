package marlab.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import marlab.app.capture.SceneSketch;
import marlab.app.card.Card;
import marlab.app.picture.Drawing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Any card as a picture, in the real window.
@Timeout(60)
class CardPicturesTest {

    @TempDir private static Path folder;

    private static OpenWindow open;

    @BeforeAll
    static void open() {
        open = OpenWindow.small(folder);
        OpenWindow.await("a moving world", () -> open.window.frame().step > 2);
        OpenWindow.onFx(() -> open.sessions.toggleWatch());
    }

    @AfterAll
    static void close() {
        open.close();
    }

    private static String saved(Node card, String name) throws IOException {
        Path file = folder.resolve(name);
        OpenWindow.onFx(() -> open.window.pictures().save((Card) card, file));
        OpenWindow.await(name, () -> Files.exists(file));
        if (System.getProperty("marlab.keep") != null) {
            Files.copy(
                    file,
                    Path.of(System.getProperty("marlab.keep"), name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static Card world() {
        return (Card) open.window.centre().getChildren().getFirst();
    }

    @Test
    void aCardIsTextAndShapes() throws IOException {
        Card rewards = open.node("reward-card", Card.class);
        String svg = saved(rewards, "rewards.svg");
        assertTrue(svg.contains(">Rewards</text>"), "title");
        assertTrue(svg.contains("fill=\"white\"") || svg.contains("rgb(255,255,255)"), "surface");
        assertTrue(svg.contains("<marlab:World>simple_spread</marlab:World>"), "provenance");
        assertFalse(svg.contains("<image"), "pixels");
        assertTrue(saved(rewards, "rewards.pdf").startsWith("%PDF"));
        assertTrue(saved(rewards, "rewards.png").startsWith("\u0089PNG"));
    }

    @Test
    void theWorldInItsCardIsVectors() throws IOException {
        String svg = saved(OpenWindow.fx(CardPicturesTest::world), "world.svg");
        assertTrue(svg.contains(">A</text>"), "letters of agents");
        assertTrue(svg.contains("linearGradient"), "trails");
        assertFalse(svg.contains("<image"), "pixels");
    }

    /// Also the first time: what it needs was loaded on another thread.
    @Test
    void takingThePictureDoesNotHoldUpTheWindow() {
        for (int k = 0; k < 3; k++) {
            double card = OpenWindow.fx(() -> millis(() -> SceneSketch.of(world())));
            double all = OpenWindow.fx(() -> millis(() -> SceneSketch.of(open.window.scene())));
            System.out.printf("card walked in %.1f ms, window in %.1f ms%n", card, all);
            assertTrue(card < 50, card + " ms");
        }
    }

    /// Of the processor, on this thread: what others do on a busy machine does not count.
    private static double millis(Supplier<Drawing> walk) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        assertTrue(walk.get().width() > 0);
        return (threads.getCurrentThreadCpuTime() - start) / 1e6;
    }

    @Test
    void aKeyCopiesTheCardWithTheFocus() {
        OpenWindow.onFx(() -> Clipboard.getSystemClipboard().clear());
        open.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.C);
        OpenWindow.await(
                "a picture in the clipboard", () -> Clipboard.getSystemClipboard().hasImage());
        double width = OpenWindow.fx(() -> Clipboard.getSystemClipboard().getImage().getWidth());
        double card = OpenWindow.fx(() -> world().getWidth());
        assertEquals(2 * Math.ceil(card), width);
    }

    @Test
    void aRightClickOffersPicturesAndWhereThereAreNumbersATable() {
        open.click(OpenWindow.fx(CardPicturesTest::world), MouseButton.SECONDARY);
        OpenWindow.await("a menu", () -> open.window.pictures().menu().isShowing());
        int items = OpenWindow.fx(() -> open.window.pictures().menu().getItems().size());
        assertEquals(4, items);
        OpenWindow.onFx(() -> open.window.pictures().menu().hide());
    }

    @Test
    void aFolderThatIsNotThereIsSaidInASentence() {
        Path file = folder.resolve("nowhere/world.png");
        OpenWindow.onFx(() -> open.window.pictures().save(world(), file));
        OpenWindow.await("a message", () -> message().contains("its folder does not exist"));
        assertTrue(OpenWindow.fx(CardPicturesTest::message).startsWith("Could not save " + file));
        assertFalse(Files.exists(file.getParent()));
    }

    private static String message() {
        return ((Label) open.window.scene().lookup("#message")).getText();
    }
}
