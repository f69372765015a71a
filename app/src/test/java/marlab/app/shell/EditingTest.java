package marlab.app.shell;

import static marlab.app.shell.OpenWindow.await;
import static marlab.app.shell.OpenWindow.fx;
import static marlab.app.shell.OpenWindow.onFx;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import marlab.sim.env.Worlds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Painting maps and changing payoffs as a person does.
@Timeout(120)
class EditingTest {

    private static final String ROOM = "....\n....\n....\n....\n";

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

    /// A small room for two agents.
    private void room() {
        world("pogema", Map.of("generator", "map", "map", ROOM, "agents", "2"));
    }

    private Node node(String id) {
        return open.node(id, Node.class);
    }

    private String option(String name) {
        return open.session().options().asText().get(name);
    }

    private void type(String id, String text) {
        onFx(() -> {
            TextField field = (TextField) open.window.scene().lookup("#" + id);
            field.requestFocus();
            field.setText(text);
        });
    }

    private void paintFirstCell() {
        open.press(KeyCode.DIGIT2);
        open.press(KeyCode.RIGHT);
        open.press(KeyCode.ENTER);
    }

    private void spin(String id, int by) {
        Spinner<?> spinner = open.node(id, Spinner.class);
        onFx(() -> spinner.increment(by));
    }

    @Test
    void paintedMapIsTheNewWorldsEvenWhereMapsWereDrawn() {
        world("pogema", Map.of("height", "8", "width", "8", "agents", "2", "density", "0"));
        open.press(KeyCode.E);
        assertNotNull(node("map-editor"));
        paintFirstCell();
        Session before = open.session();
        open.click("paint-use");
        await("the new world", () -> open.session() != before);
        assertEquals("map", option("generator"));
        assertEquals(".#......", option("map").lines().findFirst().orElseThrow());
        assertNull(node("map-editor"));
        await("a step", () -> open.window.frame().step > 0);
        onFx(() -> open.window.commands().named("undo").action().run());
        await("the old options", () -> option("generator").equals("random"));
    }

    @Test
    void strokesAreTakenBackInTheEditorAndNotInTheWindow() {
        room();
        onFx(() ->
                open.sessions.apply(
                        open.session()
                                .world()
                                .configure(
                                        Map.of("generator", "map", "map", ROOM, "agents", "3"))));
        await("three agents", () -> open.session().spec().agentCount() == 3);
        Session session = open.session();
        open.press(KeyCode.E);
        Button undo = open.node("paint-undo", Button.class);
        assertTrue(fx(undo::isDisabled));
        paintFirstCell();
        assertFalse(fx(undo::isDisabled));
        open.press(KeyCode.CONTROL, KeyCode.Z);
        open.press(KeyCode.CONTROL, KeyCode.Z);
        assertTrue(fx(undo::isDisabled));
        OpenWindow.sleep(300);
        assertSame(session, open.session(), "the window's own undo must not see the keys");
        open.press(KeyCode.SHIFT, KeyCode.CONTROL, KeyCode.Z);
        assertFalse(fx(undo::isDisabled));
        assertTrue(fx(() -> open.session().transport().watching().get()));
        open.press(KeyCode.SPACE);
        assertTrue(fx(() -> open.session().transport().watching().get()), "Space paints");
        open.press(KeyCode.ESCAPE);
        assertNull(node("map-editor"));
        assertEquals(ROOM, option("map"));
    }

    @Test
    void mousePaintsAndTheRightButtonWipes() {
        room();
        open.press(KeyCode.E);
        Node ground = node("map-ground");
        open.click("map-ground"); // between the four cells in the middle, or in one of them
        assertFalse(fx(open.node("paint-undo", Button.class)::isDisabled));
        open.click(ground, MouseButton.SECONDARY);
        Session before = open.session();
        open.click("paint-use");
        OpenWindow.sleep(200);
        assertSame(before, open.session(), "the same map as before is no change");
        assertEquals(ROOM, option("map"));
    }

    @Test
    void mapWithoutRoomIsRefusedInTheEditor() {
        room();
        open.press(KeyCode.E);
        spin("paint-rows", -3);
        spin("paint-columns", -3);
        open.click("paint-use");
        Label problem = open.node("paint-problem", Label.class);
        assertTrue(fx(problem::isVisible));
        assertTrue(fx(problem::getText).contains("agents is 2"), fx(problem::getText));
        spin("paint-columns", 9);
        assertFalse(fx(problem::isVisible));
        open.click("paint-use");
        await("the long corridor", () -> option("map").equals("..........\n"));
    }

    @Test
    void payoffsMakeAGameWithAName() {
        world("matrix_game", Map.of());
        open.press(KeyCode.E);
        assertEquals("Prisoner's Dilemma", fx(open.node("game-name", Label.class)::getText));
        type("payoff-0-0", "4");
        type("payoff-0-1", "0");
        type("payoff-1-0", "3");
        type("payoff-1-1", "\u22120,5");
        String name = fx(open.node("game-name", Label.class)::getText);
        assertFalse(name.startsWith("Prisoner"), name);
        open.press(KeyCode.R);
        assertFalse(open.session().desk().working(), "letters are text in a field");
        type("payoff-1-1", "1");
        Session before = open.session();
        open.click("payoff-use");
        await("the game", () -> open.session() != before);
        assertEquals("custom", option("game"));
        assertEquals("4 0 ; 3 1", option("payoffs"));
    }

    @Test
    void badPayoffsAreToldAndNotPlayed() {
        world("matrix_game", Map.of());
        open.press(KeyCode.E);
        for (String text : new String[] {"", "NaN", "Infinity", "1e9", "two", "1.2.3", "-"}) {
            type("payoff-0-1", text);
            assertTrue(fx(open.node("payoff-problem", Label.class)::isVisible), text);
            assertTrue(fx(open.node("payoff-use", Button.class)::isDisabled), text);
        }
        type("payoff-0-1", "2");
        assertFalse(fx(open.node("payoff-use", Button.class)::isDisabled));
        open.press(KeyCode.ESCAPE);
        assertNull(node("payoff-editor"));
        assertEquals("ipd", option("game"));
    }

    @Test
    void sizeAndSymmetryKeepWhatThereIs() {
        world("matrix_game", Map.of());
        open.press(KeyCode.E);
        spin("payoff-size", 1);
        assertNotNull(node("payoff-2-2"));
        assertFalse(fx(node("game-plane")::isVisible));
        CheckBox symmetric = open.node("payoff-symmetric", CheckBox.class);
        onFx(symmetric::fire);
        type("payoff-other-2-2", "7");
        Session before = open.session();
        open.click("payoff-use");
        await("the game", () -> open.session() != before);
        assertEquals("-1,-1 -3,0 0,0 ; 0,-3 -2,-2 0,0 ; 0,0 0,0 0,7", option("payoffs"));
    }

    @Test
    void draggingTheDotChangesTemptationAndSuckersPayoffOnly() {
        world("matrix_game", Map.of("game", "custom", "payoffs", "1 0 ; 1.5 0.1"));
        open.press(KeyCode.E);
        open.click("game-plane");
        assertEquals("1", fx(open.node("payoff-0-0", TextField.class)::getText));
        assertEquals("0.1", fx(open.node("payoff-1-1", TextField.class)::getText));
        assertFalse(fx(open.node("payoff-1-0", TextField.class)::getText).equals("1.5"));
    }

    @Test
    void neighboursPlayOnlyGamesThatTheyCan() {
        world("network_dilemma", Map.of("rows", "4", "columns", "4"));
        open.press(KeyCode.E);
        spin("payoff-size", 1);
        open.click("payoff-use");
        Label problem = open.node("payoff-problem", Label.class);
        assertTrue(fx(problem::getText).contains("two actions"));
        spin("payoff-size", -1);
        type("payoff-1-0", "1.9");
        Session before = open.session();
        open.click("payoff-use");
        await("the game", () -> open.session() != before);
        assertEquals("1.9", option("T"));
    }

    @Test
    void formOpensTheSameEditorsAndTakesWhatTheyMake() {
        room();
        open.press(KeyCode.W);
        open.click("edit-map");
        paintFirstCell();
        open.click("paint-use");
        assertNull(node("map-editor"));
        TextArea area = open.node("set-map", TextArea.class);
        String map = fx(() -> area.getText());
        assertTrue(map.startsWith(".#..\n"), map);
        assertEquals(ROOM, option("map"), "in force only when applied");
        open.click("options-apply");
        await("the map", () -> option("map").startsWith(".#..\n"));
    }

    @Test
    void formsPayoffsSetTheGameToo() {
        world("matrix_game", Map.of());
        open.press(KeyCode.W);
        open.click("edit-payoffs");
        type("payoff-0-0", "9");
        open.click("payoff-use");
        open.click("options-apply");
        await("the game", () -> option("game").equals("custom"));
        assertTrue(option("payoffs").startsWith("9 "), option("payoffs"));
    }
}
