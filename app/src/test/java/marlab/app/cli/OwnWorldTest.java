package marlab.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import marlab.learning.train.BadInput;
import marlab.sim.env.BrokenWorld;
import marlab.sim.env.Worlds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The template of a world, and what can be wrong with one.
class OwnWorldTest {

    private static final Path TEMPLATE = Path.of("../docs/own-world/ElbowRoom.java");

    @TempDir private Path folder;

    @BeforeEach
    void useTheFolder() {
        System.setProperty("marlab.worlds", folder.resolve("worlds").toString());
    }

    @AfterEach
    void forgetTheFolder() {
        System.clearProperty("marlab.worlds");
    }

    private String refused(String before, String after) throws IOException {
        String text = Files.readString(TEMPLATE);
        assertTrue(text.contains(before), before);
        Path changed =
                Files.writeString(folder.resolve("ElbowRoom.java"), text.replace(before, after));
        BadInput refusal = assertThrows(BadInput.class, () -> new WorldFile(changed).install());
        assertFalse(Files.exists(Worlds.folder()), "nothing may be installed");
        return refusal.getMessage().replace(changed.toString(), "FILE");
    }

    @Test
    void theTemplateBecomesAWorld() {
        new WorldFile(TEMPLATE).install();
        assertEquals("Elbow Room", Worlds.named("elbow_room").title());
        assertEquals(List.of(), Worlds.broken());
        assertTrue(Worlds.all().stream().anyMatch(w -> w.name().equals("simple_spread")));
    }

    @Test
    void aWorldCanBeInstalledAgain() {
        new WorldFile(TEMPLATE).install();
        new WorldFile(TEMPLATE).install();
        assertEquals("Elbow Room", Worlds.named("elbow_room").title());
    }

    @Test
    void aFileThatDoesNotCompileIsRefusedWithItsPlace() throws IOException {
        assertEquals(
                "FILE, line 166, column 28: cannot find symbol; correct the file and try again.",
                refused("int first =", "int fist ="));
    }

    @Test
    void aWorldThatBreaksARuleIsRefusedWithTheNumbers() throws IOException {
        String why = refused("++step >= spec.horizon()", "step++ >= spec.horizon()");
        assertTrue(
                why.contains(
                        "breaks the rule that the episode ends at the horizon, not before or after:"
                                + " truncated is false at step 50 of 50."),
                why);
    }

    @Test
    void aNameThatIsTakenOrNoneIsRefused() throws IOException {
        assertEquals(
                "FILE is not installed: there is a world \"simple_spread\" already; rename this one.",
                refused("return \"elbow_room\"", "return \"simple_spread\""));
        assertEquals(
                "FILE is not installed: its world's name \"Elbow Room\" is not of the form my_world;"
                        + " rename it.",
                refused("return \"elbow_room\"", "return \"Elbow Room\""));
    }

    @Test
    void aFileWithoutAWorldIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("Nothing.java"), "class Nothing {}");
        BadInput refusal = assertThrows(BadInput.class, () -> new WorldFile(file).install());
        assertTrue(refusal.getMessage().contains("it names no world"), refusal.getMessage());
        BadInput missing =
                assertThrows(BadInput.class, () -> new WorldFile(Path.of("x.txt")).install());
        assertEquals("x.txt is no .java file; name the file of a world.", missing.getMessage());
    }

    @Test
    void aBrokenJarIsNamedAndInNobodysWay() throws IOException {
        new WorldFile(TEMPLATE).install();
        Path junk = Files.writeString(Worlds.folder().resolve("junk.jar"), "junk");
        assertEquals(
                List.of(new BrokenWorld(junk, "it is no readable jar; build it again")),
                Worlds.broken());
        assertEquals("Elbow Room", Worlds.named("elbow_room").title());
    }
}
