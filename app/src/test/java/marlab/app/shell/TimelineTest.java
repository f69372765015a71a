package marlab.app.shell;

import static marlab.app.shell.OpenWindow.await;
import static marlab.app.shell.OpenWindow.fx;
import static marlab.app.shell.OpenWindow.onFx;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.css.PseudoClass;
import javafx.event.EventType;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import marlab.app.timeline.TimelineModel;
import marlab.app.transport.Speed;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayEvent;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The timeline as a person uses it.
@Timeout(120)
class TimelineTest {

    private static final long MOMENTS = 150;

    @TempDir Path folder;

    private OpenWindow open;
    private Region strip;

    @BeforeEach
    void openTheWindow() throws IOException {
        Files.writeString(folder.resolve("settings.properties"), "coached=yes");
        open = OpenWindow.small(folder);
        strip = open.node("timeline-strip", Region.class);
        live(MOMENTS);
        onFx(() -> watching(false));
        settled();
    }

    @AfterEach
    void closeTheWindow() {
        open.close();
    }

    private void watching(boolean on) {
        open.session().transport().watching().set(on);
    }

    private void live(long moments) {
        onFx(() -> open.session().transport().speed().set(Speed.X64));
        await("moments", () -> recording().newest() >= moments);
        onFx(() -> open.session().transport().speed().set(Speed.X1));
    }

    /// Waits until the world really stands, and its timeline is painted.
    private void settled() {
        long before;
        do {
            before = recording().newest();
            OpenWindow.sleep(150);
        } while (recording().newest() != before);
    }

    private Recording recording() {
        return open.session().watched().recording();
    }

    private TimelineModel model() {
        return open.session().timeline();
    }

    private Frame frame() {
        return open.window.frame();
    }

    private void awaitMoment(long moment) {
        await("moment " + moment, () -> frame().moment == moment);
    }

    private boolean past() {
        return fx(() -> open.window.scene().lookup("#replay-mark").isVisible());
    }

    /// Pixel column of a moment on the strip.
    private double column(long moment) {
        double width = fx(strip::getWidth) - 4 - 48;
        double span = 200;
        while (span < recording().newest() + 1) {
            span = Math.ceil(span * 1.25);
        }
        return 2 + 40 + (moment + 0.5) * width / span;
    }

    private static double[] state(Recording recording, long moment) {
        Frame frame = new Frame(recording.spec());
        recording.frame(moment, frame);
        return frame.state;
    }

    @Test
    void draggingShowsTheMomentUnderThePointerAndPastTheEndItIsLive() {
        double middle = fx(strip::getHeight) / 2;
        open.drag(strip, column(90), middle, column(40), middle);
        await("the past", () -> model().past());
        long moment = fx(() -> open.session().watched().pastMoment());
        assertTrue(Math.abs(moment - 40) <= 1, "moment " + moment);
        awaitMoment(moment);
        assertArrayEquals(state(recording(), moment), fx(() -> frame().state.clone()));
        assertTrue(past());
        open.drag(strip, column(40), middle, fx(strip::getWidth) - 3, middle);
        await("live", () -> !model().past());
        await("no mark", () -> !open.window.scene().lookup("#replay-mark").isVisible());
        awaitMoment(recording().newest());
    }

    @Test
    void arrowKeysGoByStepsAndEpisodes() {
        onFx(() -> watching(true));
        OpenWindow.sleep(200);
        open.press(KeyCode.LEFT);
        await("the past", () -> model().past());
        assertFalse(fx(() -> open.session().transport().watching().get()), "held there");
        long one = fx(() -> open.session().watched().pastMoment());
        open.press(KeyCode.LEFT);
        awaitMoment(one - 1);
        open.press(KeyCode.COMMA);
        awaitMoment(one - 2);
        open.press(KeyCode.RIGHT);
        awaitMoment(one - 1);
        open.press(KeyCode.PERIOD);
        awaitMoment(one);
        open.press(KeyCode.SHIFT, KeyCode.LEFT);
        await("the start of the episode", () -> frame().step == 0);
        int episode = fx(() -> frame().episode);
        open.press(KeyCode.SHIFT, KeyCode.LEFT);
        await("the episode before", () -> frame().episode == episode - 1);
        open.press(KeyCode.SHIFT, KeyCode.RIGHT);
        await("the episode after", () -> frame().episode == episode);
        open.press(KeyCode.HOME);
        awaitMoment(0);
        open.press(KeyCode.END);
        await("live", () -> !model().past());
        assertTrue(fx(() -> open.session().transport().watching().get()), "it runs again");
    }

    @Test
    void spacePlaysThePastAsWellAndStopsIt() {
        onFx(() -> model().jump(20));
        awaitMoment(20);
        open.press(KeyCode.SPACE);
        await("it plays", () -> frame().moment > 24);
        open.press(KeyCode.SPACE);
        OpenWindow.sleep(300);
        long moment = fx(() -> frame().moment);
        OpenWindow.sleep(300);
        assertEquals(moment, fx(() -> frame().moment));
        assertTrue(past());
    }

    @Test
    void arrowsBelongToASliderThatHasTheFocus() {
        Slider slider = open.node("slider-collide", Slider.class);
        double before = fx(slider::getValue);
        onFx(slider::requestFocus);
        open.press(KeyCode.LEFT);
        assertTrue(fx(slider::getValue) < before);
        assertFalse(fx(() -> model().past()));
    }

    @Test
    void arrowsBelongToTheAgentThatAPersonSteersUntilThePastIsShown() {
        open.press(KeyCode.T);
        long newest = recording().newest();
        open.press(KeyCode.LEFT);
        await("a live step", () -> recording().newest() == newest + 1);
        assertFalse(fx(() -> model().past()));
        open.press(KeyCode.HOME);
        awaitMoment(0);
        open.press(KeyCode.RIGHT);
        awaitMoment(1);
        Label chip = open.node("control-chip", Label.class);
        await("the chip", () -> chip.getText().contains("nobody steers the past"));
        open.press(KeyCode.C);
        await("live", () -> !model().past());
        await("the chip", () -> chip.getText().contains("arrows move"));
        OpenWindow.sleep(200);
        long now = recording().newest();
        open.press(KeyCode.LEFT);
        await("another live step", () -> recording().newest() == now + 1);
    }

    /// The robot of the Headless platform tells mouse events nothing of held keys.
    private void shiftDrag(double from, double to, double y) {
        fireWithShift(MouseEvent.MOUSE_PRESSED, from, y);
        fireWithShift(MouseEvent.MOUSE_DRAGGED, to, y);
        fireWithShift(MouseEvent.MOUSE_RELEASED, to, y);
    }

    private void fireWithShift(EventType<MouseEvent> type, double x, double y) {
        Point2D at = fx(() -> strip.localToScene(x, y));
        boolean shift = true;
        boolean primary = true;
        onFx(() ->
                strip.fireEvent(
                        new MouseEvent(
                                type,
                                at.getX(),
                                at.getY(),
                                at.getX(),
                                at.getY(),
                                MouseButton.PRIMARY,
                                1,
                                shift,
                                false,
                                false,
                                false,
                                primary,
                                false,
                                false,
                                true,
                                false,
                                true,
                                null)));
    }

    @Test
    void aRangeIsChosenWithShiftAndLoopedUntilEscape() {
        double middle = fx(strip::getHeight) / 2;
        shiftDrag(column(30), column(36), middle);
        assertTrue(fx(() -> model().looped()));
        long from = fx(() -> model().loopFrom());
        long to = fx(() -> model().loopTo());
        assertTrue(Math.abs(from - 30) <= 1 && Math.abs(to - 36) <= 1, from + " to " + to);
        awaitMoment(from);
        onFx(() -> open.session().transport().speed().set(Speed.X8));
        open.press(KeyCode.SPACE);
        for (int round = 0; round < 3; round++) {
            await("the end", () -> frame().moment >= to - 2);
            await("the start", () -> frame().moment < to - 2);
            assertTrue(fx(() -> frame().moment) >= from);
        }
        open.press(KeyCode.SPACE);
        open.press(KeyCode.ESCAPE);
        assertFalse(fx(() -> model().looped()));
        assertTrue(fx(() -> model().past()));
    }

    @Test
    void keysChooseARangeAndAClickOutsideForgetsIt() {
        onFx(() -> model().jump(50));
        awaitMoment(50);
        open.press(KeyCode.I);
        onFx(() -> model().jump(60));
        awaitMoment(60);
        assertFalse(fx(() -> model().looped()));
        open.press(KeyCode.O);
        assertEquals(50, fx(() -> model().loopFrom()));
        assertEquals(60, fx(() -> model().loopTo()));
        double middle = fx(strip::getHeight) / 2;
        open.drag(strip, column(55), middle, column(55), middle);
        assertTrue(fx(() -> model().looped()), "a click inside");
        open.drag(strip, column(20), middle, column(20), middle);
        assertFalse(fx(() -> model().looped()), "a click outside");
    }

    @Test
    void marksAreEventsThatKeysAndClicksGoTo() {
        onFx(() -> model().jump(70));
        awaitMoment(70);
        open.press(KeyCode.M);
        ReplayEvent mark = recording().events().getLast();
        assertEquals(ReplayEvent.MARK, mark.type());
        assertEquals(70, mark.moment());
        Frame there = fx(this::frame);
        assertEquals(
                "Marked: episode " + there.episode + " · step " + there.step + ".", mark.text());
        onFx(() -> model().jump(30));
        awaitMoment(30);
        open.press(KeyCode.M);
        open.press(KeyCode.CLOSE_BRACKET);
        await("an event", () -> frame().moment > 30);
        while (fx(() -> frame().moment) < 70) {
            long before = fx(() -> frame().moment);
            open.press(KeyCode.CLOSE_BRACKET);
            await("the next event", () -> frame().moment > before);
        }
        awaitMoment(70);
        OpenWindow.sleep(200); // its marker is painted
        open.drag(strip, column(30) + 2, 9, column(30) + 2, 9);
        awaitMoment(30);
        open.press(KeyCode.END);
        await("live", () -> !model().past());
        long newest = recording().newest();
        open.press(KeyCode.M);
        assertEquals(newest, recording().events().getLast().moment());
        open.press(KeyCode.OPEN_BRACKET);
        await("the event before", () -> frame().moment < newest);
        assertTrue(fx(() -> frame().moment) >= 70);
    }

    @Test
    void theNextStepsGoOnLiveFromAMomentOfThePast() {
        onFx(() -> model().jump(33));
        awaitMoment(33);
        double[] state = fx(() -> frame().state.clone());
        int step = fx(() -> frame().step);
        Button onwards = open.node("timeline-continue", Button.class);
        await("the button", onwards::isVisible);
        long newest = recording().newest();
        open.click("timeline-continue");
        await("live", () -> !model().past());
        awaitMoment(newest + 1);
        assertArrayEquals(state, fx(() -> frame().state.clone()));
        assertEquals(step, fx(() -> frame().step));
        assertEquals(ReplayEvent.CONTINUED, recording().events().getLast().type());
        await("no button", () -> !onwards.isVisible());
    }

    @Test
    void whoLooksAtThePastSeesAndHearsIt() {
        Label header = open.node("world-moment", Label.class);
        PseudoClass marked = PseudoClass.getPseudoClass("past");
        Node world = open.node("world-canvas", Node.class);
        assertFalse(past());
        assertFalse(fx(() -> header.getPseudoClassStates().contains(marked)));
        onFx(() -> model().jump(31));
        awaitMoment(31);
        String place = "episode " + fx(() -> frame().episode) + " · step " + fx(() -> frame().step);
        Label said = open.node("replay-place", Label.class);
        await("the words over the world", () -> said.getText().equals(place));
        assertTrue(past());
        await("the header", () -> header.getPseudoClassStates().contains(marked));
        await("the sentence", () -> world.getAccessibleText().startsWith("Replay, " + place));
        await(
                "the timeline's sentence",
                () -> strip.getAccessibleText().startsWith("Timeline: REPLAY · " + place));
        assertFalse(fx(open.node("replay-file", Label.class)::isVisible));
        onFx(() -> model().source().set("lesson.marlab-replay"));
        onFx(() -> model().jump(32));
        await(
                "the file",
                () ->
                        ((Label) open.window.scene().lookup("#replay-file"))
                                .getText()
                                .equals("lesson.marlab-replay"));
        Button live = open.node("timeline-live", Button.class);
        await(
                "the pill",
                () -> live.getPseudoClassStates().contains(PseudoClass.getPseudoClass("wanted")));
        open.click("timeline-live");
        await("live", () -> !model().past());
        await("its sentence", () -> !world.getAccessibleText().startsWith("Replay"));
        await("no mark", () -> !open.window.scene().lookup("#replay-mark").isVisible());
    }

    @Test
    void thePointerTellsWhatIsThere() {
        onFx(() -> recording().note(new ReplayEvent(80, ReplayEvent.MARK, "The aha.")));
        OpenWindow.sleep(250);
        Node tip = open.node("timeline-tip", Node.class);
        open.point(strip, column(60), fx(strip::getHeight) / 2);
        await("the tip", tip::isVisible);
        Label first = (Label) fx(() -> tip.lookup(".strong"));
        Label second = (Label) fx(() -> tip.lookup(".caption"));
        assertTrue(fx(first::getText).matches("episode \\d+ · step \\d+"), fx(first::getText));
        open.point(strip, column(80) + 1, fx(strip::getHeight) / 2);
        await("the event", () -> second.getText().equals("The aha."));
        open.point(open.node("world-canvas", Node.class), 20, 200);
        await("no tip", () -> !tip.isVisible());
    }

    @Test
    void wheelAndDoubleClickZoomAndStepsAreStillWhatTheyWere() {
        double middle = fx(strip::getHeight) / 2;
        onFx(() -> {
            strip.requestFocus();
            model().jump(100);
        });
        awaitMoment(100);
        open.press(KeyCode.UP);
        open.press(KeyCode.UP);
        open.press(KeyCode.UP);
        open.drag(strip, column(100), middle, column(100) + 60, middle);
        long zoomed = fx(() -> open.session().watched().pastMoment());
        assertTrue(zoomed > 100 && zoomed < 108, "moment " + zoomed);
        open.click(strip, MouseButton.PRIMARY);
        open.click(strip, MouseButton.PRIMARY);
        OpenWindow.sleep(600);
        open.drag(strip, column(100), middle, column(110), middle);
        long whole = fx(() -> open.session().watched().pastMoment());
        assertTrue(Math.abs(whole - 110) <= 1, "moment " + whole);
    }

    @Test
    void theRecordingIsAsLargeAsSomebodyChooses() {
        MenuButton size = open.node("timeline-size", MenuButton.class);
        await("the words", () -> size.getText().endsWith("of 200 MB"));
        onFx(() -> size.getItems().getFirst().fire());
        assertEquals(50L << 20, recording().limit());
        await("the words", () -> size.getText().endsWith("of 50 MB"));
        assertEquals(50L << 20, fx(() -> open.sessions.room().get()));
    }

    @Test
    void worldAndTimelineFitIntoASmallWindow() {
        onFx(() -> open.window.scene().getWindow().setHeight(640));
        Region card = open.node("timeline-card", Region.class);
        await("a compact card", () -> card.getHeight() <= 86);
        Node canvas = open.node("world-canvas", Node.class);
        Bounds world = fx(canvas::getLayoutBounds);
        assertTrue(world.getHeight() > 300, "world " + world.getHeight());
        Bounds timeline = fx(() -> card.localToScene(card.getLayoutBounds()));
        assertTrue(timeline.getMaxY() <= fx(() -> open.window.scene().getHeight()) - 26);
    }

    @Test
    void learningGoesOnBesideThePast() {
        onFx(() -> model().jump(10));
        awaitMoment(10);
        open.press(KeyCode.R);
        await("points of the curve", () -> open.session().returns().points().size() > 1);
        assertTrue(fx(() -> model().past()));
        awaitMoment(10);
    }
}
