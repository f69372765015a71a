package marlab.app.shell;

import static marlab.app.shell.OpenWindow.await;
import static marlab.app.shell.OpenWindow.fx;
import static marlab.app.shell.OpenWindow.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import marlab.sim.env.Worlds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Steering an agent as a person does.
@Timeout(120)
class TakeOverTest {

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

    private void world(String name, Map<String, String> set) {
        Session before = open.session();
        var world = Worlds.named(name);
        onFx(() -> open.sessions.open(world, () -> world.configure(set)));
        await("the world", () -> open.session() != before);
        await("a picture", () -> open.window.frame().step > 0);
    }

    private String chip() {
        Label chip = open.node("control-chip", Label.class);
        return fx(() -> chip.isVisible() ? chip.getText() : "");
    }

    /// Stands still at the beginning of an episode.
    private void pause() {
        onFx(() -> open.session().transport().watching().set(false));
        onFx(() -> open.session().setup());
        await("the start", () -> open.window.frame().step == 0);
    }

    @Test
    void chipNamesTheAgentAndItsKeys() {
        assertEquals("", chip());
        open.press(KeyCode.N);
        open.press(KeyCode.N);
        open.press(KeyCode.T);
        assertEquals("You are B · arrows move · Esc hands back", chip());
        open.press(KeyCode.N);
        assertTrue(chip().startsWith("You are C"));
        open.press(KeyCode.SHIFT, KeyCode.N);
        assertTrue(chip().startsWith("You are B"));
        open.press(KeyCode.ESCAPE);
        assertEquals("", chip());
        open.press(KeyCode.T);
        open.press(KeyCode.T);
        assertEquals("", chip());
    }

    @Test
    void keyMakesOneStepOfAWorldThatStandsStill() {
        world("pogema", Map.of("density", "0", "agents", "1"));
        open.press(KeyCode.T);
        pause();
        open.press(KeyCode.RIGHT);
        await("one step", () -> open.window.frame().step == 1);
        open.press(KeyCode.W);
        await("another", () -> open.window.frame().step == 2);
        OpenWindow.sleep(200);
        assertEquals(2, fx(() -> open.window.frame().step));
    }

    @Test
    void noCommandFiresByALetterWhileSteering() {
        open.press(KeyCode.T);
        pause();
        for (KeyCode key :
                List.of(KeyCode.R, KeyCode.G, KeyCode.E, KeyCode.W, KeyCode.S, KeyCode.DIGIT1)) {
            open.press(key);
        }
        assertFalse(open.session().desk().working());
        assertNull(open.node("options-card", Node.class));
        assertFalse(fx(() -> open.window.scene().lookup("#gallery").isVisible()));
        await("the steps by W and S", () -> open.window.frame().step == 2);
        open.press(KeyCode.SPACE);
        assertTrue(
                fx(() -> open.session().transport().watching().get()), "Space is no action here");
    }

    @Test
    void turningAgentsHaveKeysOfTheirOwn() {
        world("cleanup", Map.of());
        open.press(KeyCode.T);
        assertEquals(
                "You are A · arrows move · E turn right · Q turn left · Space fire · C clean"
                        + " · Esc hands back",
                chip());
        pause();
        for (KeyCode key : List.of(KeyCode.E, KeyCode.C, KeyCode.SPACE)) {
            open.press(key);
        }
        await("three steps", () -> open.window.frame().step == 3);
        assertFalse(fx(() -> open.session().transport().watching().get()), "Space fires");
    }

    @Test
    void chipStaysWithinItsCardHoweverMuchItSays() {
        world("partner_choice", Map.of());
        open.press(KeyCode.T);
        Label chip = open.node("control-chip", Label.class);
        assertTrue(
                fx(() ->
                        chip.getWidth() <= ((Node) chip.getParent()).getLayoutBounds().getWidth()));
        assertTrue(fx(() -> chip.getHeight() >= chip.prefHeight(chip.getWidth()) - 1), "all lines");
    }

    @Test
    void wordsAndBirds() {
        world("simple_reference", Map.of());
        open.press(KeyCode.T);
        assertEquals("You are A · arrows move · 1 say A … 0 say J · Esc hands back", chip());
        world("vicsek", Map.of());
        open.press(KeyCode.T);
        assertTrue(chip().contains("← turn left · → turn right"), chip());
        world("matrix_game", Map.of());
        open.press(KeyCode.T);
        assertEquals("You are A · 1 cooperate · 2 defect · Esc hands back", chip());
    }
}
