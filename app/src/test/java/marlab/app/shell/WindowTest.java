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
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import marlab.app.training.TrainingDesk;
import marlab.app.transport.Speed;
import marlab.app.transport.TransportModel;
import marlab.app.watch.PolicyMenu;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The window as a person uses it.
@Timeout(120)
class WindowTest {

    @TempDir Path folder;

    private OpenWindow open;

    @BeforeEach
    void openTheWindow() {
        open = OpenWindow.small(folder);
    }

    @AfterEach
    void closeTheWindow() {
        open.close();
    }

    private int step() {
        return open.window.frame().step;
    }

    @Test
    void agentsMoveWithoutAnythingBeingPressed() {
        await("a step", () -> step() > 0);
        double[] early = fx(() -> open.window.frame().state.clone());
        await("another place", () -> open.window.frame().state[0] != early[0]);
        assertEquals(TrainingDesk.State.IDLE, open.session().desk().state());
    }

    @Test
    void trainBeginsAndStopsLearning() {
        open.click("train");
        await("a point of the curve", () -> open.session().returns().latest() != null);
        assertEquals(PolicyMenu.LEARNED, fx(() -> open.session().view()));
        await("a learned policy in view", () -> open.window.frame().policyVersion > 0);
        open.click("train");
        await("the end", () -> open.session().desk().state() == TrainingDesk.State.STOPPED);
        await(
                "the button",
                () -> open.session().transport().training().get() == TransportModel.Training.OFF);
    }

    @Test
    void keysWatchTrainStepAndSetUp() {
        await("a step", () -> step() > 0);
        open.press(KeyCode.SPACE);
        assertFalse(fx(() -> open.session().transport().watching().get()));
        OpenWindow.sleep(300);
        int paused = fx(this::step);
        open.press(KeyCode.PERIOD);
        await("one step", () -> step() != paused);
        OpenWindow.sleep(200);
        assertEquals(paused == 25 ? 0 : paused + 1, fx(this::step));
        open.press(KeyCode.S);
        await("the start", () -> step() == 0);
        open.press(KeyCode.R);
        await("learning", () -> open.session().desk().working());
        open.press(KeyCode.L);
        assertEquals(Speed.X2, fx(() -> open.session().transport().speed().get()));
    }

    @Test
    void sliderEditIsOneEventAndOneMarker() {
        open.click("train");
        await("a point of the curve", () -> open.session().returns().latest() != null);
        Slider slider = open.node("slider-collide", Slider.class);
        onFx(() -> {
            slider.requestFocus();
            for (int k = 0; k < 4; k++) { // as fast as a held key, however slow the machine is
                slider.fireEvent(
                        new KeyEvent(
                                KeyEvent.KEY_PRESSED,
                                "",
                                "",
                                KeyCode.RIGHT,
                                false,
                                false,
                                false,
                                false));
            }
        });
        await("the edit in force", () -> open.session().returns().edits().size() == 1);
        OpenWindow.sleep(600);
        assertEquals(1, fx(() -> open.session().returns().edits().size()));
        assertEquals(1, fx(() -> open.session().rewards().undoable().get()));
        assertEquals(0.7, fx(() -> open.session().rewards().weights().get().weight(1)), 1e-9);
        await("nothing waiting", () -> !open.session().rewards().pending().get());
    }

    @Test
    void badWeightIsToldBesideTheFieldAndChangesNothing() {
        TextField field = open.node("value-collide", TextField.class);
        for (String text : new String[] {"NaN", "much", "Infinity", "", "1e9"}) {
            onFx(() -> {
                field.requestFocus();
                field.setText(text);
            });
            open.press(KeyCode.ENTER);
            Label problem = open.node("problem-collide", Label.class);
            assertTrue(fx(problem::isVisible), text);
            assertEquals(0.5, fx(() -> open.session().rewards().weights().get().weight(1)), text);
        }
        onFx(() -> field.setText("\u22120,05"));
        open.press(KeyCode.ENTER);
        assertEquals(-0.05, fx(() -> open.session().rewards().weights().get().weight(1)));
        assertFalse(fx(() -> open.window.scene().lookup("#problem-collide").isVisible()));
    }

    @Test
    void lockedSeedRepeatsTheStart() {
        onFx(() -> open.session().transport().locked().set(true));
        open.press(KeyCode.SPACE);
        open.press(KeyCode.S);
        await("the start", () -> step() == 0);
        double[] first = fx(() -> open.window.frame().state.clone());
        open.press(KeyCode.PERIOD);
        await("a step", () -> step() == 1);
        open.press(KeyCode.S);
        await("the start", () -> step() == 0);
        assertArrayEquals(first, fx(() -> open.window.frame().state.clone()));
        onFx(() -> open.session().transport().locked().set(false));
        open.press(KeyCode.S);
        await("another start", () -> open.window.frame().state[0] != first[0]);
        assertEquals("8", fx(open.node("seed", TextField.class)::getText));
    }

    @Test
    void badSeedIsToldAndNotUsed() {
        TextField seed = open.node("seed", TextField.class);
        onFx(() -> {
            seed.requestFocus();
            seed.setText("seven");
        });
        open.press(KeyCode.ENTER);
        assertTrue(fx(open.node("seed-problem", Label.class)::isVisible));
        assertEquals(7, fx(() -> open.session().transport().seed().get()));
    }

    @Test
    void lettersAreTextWhileAFieldHasTheFocus() {
        TextField seed = open.node("seed", TextField.class);
        onFx(seed::requestFocus);
        open.press(KeyCode.R);
        assertFalse(open.session().desk().working());
    }

    @Test
    void selectionFollowsTheKeysAndEscape() {
        open.press(KeyCode.N);
        open.press(KeyCode.N);
        assertEquals(1, fx(() -> open.session().worldModel().selected().get()));
        open.press(KeyCode.SHIFT, KeyCode.N);
        assertEquals(0, fx(() -> open.session().worldModel().selected().get()));
        open.press(KeyCode.ESCAPE);
        assertEquals(-1, fx(() -> open.session().worldModel().selected().get()));
    }

    @Test
    void runsFolderThatCannotBeMadeIsOneSentenceInTheWindow() throws IOException {
        Files.writeString(folder.resolve("runs"), "a file where a folder should be");
        open.click("train");
        Label message = open.node("message", Label.class);
        await("the message", () -> message.getText().contains("runs"));
        assertFalse(fx(message::getText).contains("\n"));
        await(
                "the button",
                () -> open.session().transport().training().get() == TransportModel.Training.OFF);
    }

    @Test
    void undoTakesAnEditBack() {
        onFx(() ->
                open.session()
                        .rewards()
                        .edit(open.session().rewards().weights().get().withShare(1)));
        open.press(KeyCode.CONTROL, KeyCode.Z);
        assertEquals(0, fx(() -> open.session().rewards().weights().get().share()));
        open.press(KeyCode.SHIFT, KeyCode.CONTROL, KeyCode.Z);
        assertEquals(1, fx(() -> open.session().rewards().weights().get().share()));
    }

    @Test
    void everyCommandHasKeyAndText() {
        fx(() -> open.window.commands().all())
                .forEach(command -> {
                    assertFalse(command.keys().isEmpty(), command.id());
                    assertFalse(command.text().isBlank(), command.id());
                    assertFalse(command.groupText().isBlank(), command.id());
                    command.keys()
                            .forEach(key ->
                                    assertFalse(
                                            marlab.app.command.Keys.name(key).isBlank(),
                                            command.id()));
                });
    }

    @Test
    void watchingAtAnySpeedIsNoBusinessOfTheLearners() {
        Frame frame = fx(() -> open.window.frame());
        onFx(() -> open.session().transport().speed().set(Speed.X64));
        await("many episodes", () -> frame.episode >= 0 && open.window.frame().episode > 5);
        assertEquals(TrainingDesk.State.IDLE, open.session().desk().state());
    }
}
