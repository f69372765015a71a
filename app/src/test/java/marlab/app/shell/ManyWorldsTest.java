package marlab.app.shell;

import static marlab.app.shell.OpenWindow.await;
import static marlab.app.shell.OpenWindow.fx;
import static marlab.app.shell.OpenWindow.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import marlab.app.gallery.Gallery;
import marlab.app.training.TrainingDesk;
import marlab.app.transport.TransportModel;
import marlab.sim.env.WorldProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The window with one world after the other, as a person uses it.
@Timeout(120)
class ManyWorldsTest {

    private static final Set<String> THREADS =
            Set.of("sim-view", "measure", "learner", "gallery", "opening", "closing", "chart");

    private final WorldProvider crowd = new CrowdWorld();

    @TempDir Path folder;

    private OpenWindow open;

    @BeforeEach
    void openTheWindow() {
        open = OpenWindow.small(folder);
    }

    @AfterEach
    void closeTheWindow() {
        open.close();
        awaitThreads(0);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(THREADS::contains)
                .sorted()
                .toList();
    }

    private static void awaitThreads(int most) {
        long until = System.nanoTime() + 30_000_000_000L;
        while (threads().size() > most) {
            assertTrue(System.nanoTime() < until, () -> "still there: " + threads());
            OpenWindow.sleep(50);
        }
    }

    private void open(WorldProvider world, Map<String, String> set) {
        Session before = open.session();
        onFx(() -> open.sessions.open(world, () -> world.configure(set)));
        await("another session", () -> open.session() != before);
        OpenWindow.settle();
    }

    private boolean galleryShown() {
        return fx(() -> open.window.scene().lookup("#gallery").isVisible());
    }

    private void type(String id, String text) {
        TextField field = open.node(id, TextField.class);
        onFx(() -> {
            field.requestFocus();
            field.setText(text);
        });
    }

    @Test
    void galleryOpensAndClosesByKeyAndTakesTheLetters() {
        await("a step", () -> open.window.frame().step > 0);
        open.press(KeyCode.G);
        assertTrue(galleryShown());
        assertTrue(threads().contains("gallery"));
        open.press(KeyCode.R);
        assertEquals("r", fx(open.node("gallery-search", TextField.class)::getText));
        assertFalse(open.session().desk().working());
        open.press(KeyCode.ESCAPE);
        assertTrue(galleryShown(), "the first Esc only clears the search");
        open.press(KeyCode.ESCAPE);
        assertFalse(galleryShown());
        await("the thread's end", () -> !threads().contains("gallery"));
    }

    @Test
    void lettersSearchAndEnterOpens() {
        open(crowd, Map.of());
        open.press(KeyCode.G);
        for (KeyCode key : List.of(KeyCode.S, KeyCode.P, KeyCode.R, KeyCode.E, KeyCode.A)) {
            open.press(key);
        }
        assertNotNull(open.node("tile-simple_spread", Node.class));
        open.press(KeyCode.ENTER);
        await("Simple Spread", () -> open.session().world().name().equals("simple_spread"));
        assertFalse(galleryShown());
        await("its picture", () -> open.window.frame().step > 0);
        assertEquals("Simple Spread", fx(open.node("world-title", Button.class)::getText));
    }

    @Test
    void galleryShowsEveryWorldAtWorkAndFiltersByFamily() {
        Gallery gallery = open.node("gallery", Gallery.class);
        onFx(() ->
                gallery.show(List.of(open.session().world(), crowd), List.of(), "simple_spread"));
        await("agents counted", () -> words(gallery).contains("10\u2009000 agents"));
        open.click("chip-SWARMS");
        assertNull(open.node("tile-simple_spread", Node.class));
        assertTrue(words(gallery).contains("Nobody bumps into anybody."));
        assertTrue(words(gallery).contains("as a few"));
        open.click("example-a-few");
        await("five agents", () -> open.session().spec().agentCount() == 5);
    }

    /// All texts under a node.
    private static Set<String> words(Parent parent) {
        Set<String> words = new java.util.HashSet<>();
        for (Node node : parent.getChildrenUnmodifiable()) {
            if (node instanceof javafx.scene.control.Labeled labeled) {
                words.add(labeled.getText());
            }
            if (node instanceof Parent more) {
                words.addAll(words(more));
            }
        }
        return words;
    }

    @Test
    void badOptionIsToldUnderItsRowAndGoodOneApplied() {
        open.press(KeyCode.W);
        type("set-agents", "51");
        Label wrong = open.node("wrong-agents", Label.class);
        assertTrue(fx(wrong::isVisible));
        assertTrue(fx(wrong::getText).contains("from 1 to 50"), fx(wrong::getText));
        assertTrue(fx(open.node("options-apply", Button.class)::isDisabled));
        type("set-agents", "5");
        assertFalse(fx(wrong::isVisible));
        long seed = fx(() -> open.session().transport().seed().get());
        open.press(KeyCode.ENTER);
        await("five agents", () -> open.session().spec().agentCount() == 5);
        assertEquals(seed, fx(() -> open.session().transport().seed().get()));
        assertTrue(fx(open.node("set-agents", TextField.class)::isFocused));
        open.click("reset-agents");
        assertEquals("3", fx(open.node("set-agents", TextField.class)::getText));
        open.click("options-revert");
        assertEquals("5", fx(open.node("set-agents", TextField.class)::getText));
        open.click("options-undo");
        await("three agents", () -> open.session().spec().agentCount() == 3);
        onFx(() -> open.window.scene().getRoot().requestFocus());
        open.press(KeyCode.SHIFT, KeyCode.CONTROL, KeyCode.Z);
        await("five agents again", () -> open.session().spec().agentCount() == 5);
    }

    @Test
    void optionsThatDoNotFitEachOtherAreToldBesideApply() {
        open(crowd, Map.of());
        open.press(KeyCode.W);
        type("set-agents", "50");
        Label problem = open.node("options-problem", Label.class);
        assertTrue(fx(problem::getText).startsWith("Drivers (100) must be fewer"));
        assertTrue(fx(open.node("options-apply", Button.class)::isDisabled));
        type("set-drivers", "20");
        assertFalse(fx(problem::isVisible));
        type("set-motto", " ");
        assertTrue(fx(open.node("wrong-motto", Label.class)::isVisible));
        open.click("options-defaults");
        assertTrue(fx(open.node("options-apply", Button.class)::isDisabled));
    }

    @Test
    void weightsGoOnWithOtherOptionsAndUndoTakesTheLastChangeBackFirst() {
        onFx(() ->
                open.session()
                        .rewards()
                        .edit(open.session().rewards().weights().get().withShare(1)));
        onFx(() -> open.sessions.apply(open.session().world().configure(Map.of("agents", "4"))));
        await("four agents", () -> open.session().spec().agentCount() == 4);
        assertEquals(1, fx(() -> open.session().rewards().weights().get().share()));
        onFx(() ->
                open.session()
                        .rewards()
                        .edit(open.session().rewards().weights().get().withShare(0.5)));
        open.press(KeyCode.CONTROL, KeyCode.Z);
        assertEquals(1, fx(() -> open.session().rewards().weights().get().share()));
        assertEquals(4, fx(() -> open.session().spec().agentCount()));
        open.press(KeyCode.CONTROL, KeyCode.Z);
        await("three agents", () -> open.session().spec().agentCount() == 3);
    }

    @Test
    void learnerOfTheOldWorldEndsWithItsCheckpoint() throws IOException {
        open.click("train");
        await("a point of the curve", () -> open.session().returns().latest() != null);
        TrainingDesk old = open.session().desk();
        open(crowd, Map.of());
        assertEquals(TrainingDesk.State.IDLE, open.session().desk().state());
        assertEquals(
                TransportModel.Training.OFF, fx(() -> open.session().transport().training().get()));
        await("the learner's end", () -> !threads().contains("learner"));
        assertNull(old.run());
        try (Stream<Path> files = Files.walk(folder.resolve("runs"))) {
            assertTrue(files.anyMatch(f -> f.toString().contains("checkpoint")));
        }
        open(new marlab.sim.world.particle.SimpleSpread(), Map.of());
        assertNull(fx(() -> open.session().returns().latest()));
    }

    @Test
    void threadsAndListenersEndWithTheirWorld() {
        await("a step", () -> open.window.frame().step > 0);
        OpenWindow.sleep(300);
        int threads = threads().size();
        for (int k = 0; k < 5; k++) {
            open(crowd, Map.of("agents", Integer.toString(200 + k)));
            await("a step", () -> open.window.frame().step > 0);
        }
        awaitThreads(threads);
    }

    @Test
    void crowdCostsNoMoreNodesThanAFew() {
        open(crowd, Map.of());
        await("a step", () -> open.window.frame().step > 0);
        assertTrue(fx(() -> open.window.scene().getRoot().lookupAll("*").size()) < 1_000);
        assertFalse(fx(() -> open.session().worldModel().hasWhiskers()));
        assertTrue(fx(open.node("overlay-trails", ToggleButton.class)::isDisabled));
        open.press(KeyCode.SHIFT, KeyCode.N);
        assertEquals(9_999, fx(() -> open.session().worldModel().selected().get()));
        onFx(() -> open.window.centre().getChildren().getFirst().requestFocus());
    }

    @Test
    void worldThatCannotBeMadeIsToldAndTheOldOneGoesOn() {
        Session before = open.session();
        onFx(() -> open.sessions.open(crowd, () -> crowd.configure(Map.of("agents", "much"))));
        Label message = open.node("message", Label.class);
        await("the message", () -> message.getText().contains("Crowd"));
        assertSame(before, open.session());
        assertFalse(fx(message::getText).contains("\n"));
    }

    @Test
    void lastWorldAskedForIsTheOneThatOpens() {
        Session before = open.session();
        onFx(() -> {
            open.sessions.open(crowd, crowd::defaults);
            open.sessions.apply(before.world().configure(Map.of("agents", "6")));
        });
        await("six agents", () -> open.session().spec().agentCount() == 6);
        OpenWindow.sleep(300);
        assertEquals(6, fx(() -> open.session().spec().agentCount()));
        assertNotSame(before, open.session());
    }
}
