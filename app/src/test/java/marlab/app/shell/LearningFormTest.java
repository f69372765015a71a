package marlab.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import marlab.app.training.Learning;
import marlab.learning.algo.Algorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningFormTest {

    @TempDir private Path folder;

    @Test
    void theAlgorithmAndItsHyperParametersAreChosenByKeyboard() {
        try (OpenWindow w = OpenWindow.small(folder)) {
            assertEquals("MAPPO", w.node("learning", Button.class).getText());
            w.press(KeyCode.A);
            ComboBox<?> menu = w.node("algorithm-menu", ComboBox.class);
            assertTrue(OpenWindow.fx(menu::isFocused));
            assertTrue(OpenWindow.fx(w.node("learning-apply", Button.class)::isDisabled));
            w.press(KeyCode.UP); // the one before MAPPO
            Algorithm ippo = Algorithm.IPPO;
            assertEquals(ippo, OpenWindow.fx(menu::getValue));
            assertEquals(ippo.summary(), w.node("algorithm-summary", Label.class).getText());
            TextField clip = w.node("set-clip", TextField.class);
            OpenWindow.onFx(() -> clip.setText("20"));
            assertTrue(OpenWindow.fx(w.node("learning-apply", Button.class)::isDisabled));
            String wrong = OpenWindow.fx(w.node("wrong-clip", Label.class)::getText);
            assertTrue(wrong.startsWith("clip must be"), wrong);
            OpenWindow.onFx(() -> clip.setText("0.3"));
            OpenWindow.onFx(w.node("learning-apply", Button.class)::fire);
            assertEquals(new Learning("ippo", Map.of("clip", "0.3")), w.sessions.learning().now());
            assertEquals("IPPO", OpenWindow.fx(w.node("learning", Button.class)::getText));
            w.press(KeyCode.ESCAPE);
            assertNull(w.node("learning-card", javafx.scene.Node.class));
        }
    }

    /// The cell of the open menu that shows this algorithm; null while there is none.
    private static ListCell<?> cell(String title) {
        return Window.getWindows().stream()
                .filter(window -> window.getScene() != null)
                .flatMap(
                        window -> window.getScene().getRoot().lookupAll(".algorithm-cell").stream())
                .filter(ListCell.class::isInstance)
                .map(node -> (ListCell<?>) node)
                .filter(cell -> title.equals(cell.getText()))
                .findFirst()
                .orElse(null);
    }

    @Test
    void anAlgorithmThatDoesNotFitSaysWhy() {
        try (OpenWindow w =
                new OpenWindow(
                        folder.resolve("runs"),
                        folder.resolve("settings.properties"),
                        "--set",
                        "actions=continuous")) {
            w.press(KeyCode.A);
            @SuppressWarnings("unchecked")
            ComboBox<Algorithm> menu = w.node("algorithm-menu", ComboBox.class);
            OpenWindow.onFx(menu::show);
            OpenWindow.settle();
            OpenWindow.await("the list", () -> cell("IQL") != null);
            assertTrue(OpenWindow.fx(() -> cell("IQL").isDisabled()));
            assertTrue(
                    OpenWindow.fx(() -> cell("IQL").getAccessibleText()).contains("real numbers"));
            assertFalse(OpenWindow.fx(() -> cell("IA2C").isDisabled()));
            OpenWindow.onFx(menu::hide);
            OpenWindow.onFx(() -> menu.setValue(Algorithm.IQL));
            String why = OpenWindow.fx(w.node("algorithm-misfit", Label.class)::getText);
            assertTrue(why.contains("real numbers"), why);
            assertTrue(OpenWindow.fx(w.node("learning-apply", Button.class)::isDisabled));
            OpenWindow.onFx(() -> menu.setValue(Algorithm.IPPO));
            assertFalse(OpenWindow.fx(w.node("algorithm-misfit", Label.class)::isVisible));
            assertFalse(OpenWindow.fx(w.node("learning-apply", Button.class)::isDisabled));
        }
    }
}
