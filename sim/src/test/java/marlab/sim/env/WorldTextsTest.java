package marlab.sim.env;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Maps and payoffs that people bring along in files.
class WorldTextsTest {

    @TempDir private Path folder;

    private String refusal(String world, Map<String, String> set) {
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Worlds.named(world).configure(set))
                        .getMessage();
        return message.replace(folder + "/", "").replace(folder + "\\", "");
    }

    private String at(String name, String content) throws IOException {
        return "@" + Files.writeString(folder.resolve(name), content);
    }

    @Test
    void aFileBecomesItsContent() throws IOException {
        EnvOptions options =
                Worlds.named("pogema")
                        .configure(
                                Map.of("map", at("my.map", "\uFEFF..\r\n..\r\n"), "agents", "1"));
        assertEquals("..\n..\n", options.text("map").stripTrailing() + "\n");
    }

    @Test
    void whatIsNoTextIsNamed() throws IOException {
        assertEquals(
                "world option map: there is no file \"none.map\"; check the name after the @",
                refusal("pogema", Map.of("map", "@none.map")));
        assertEquals(
                "world option map: there is no file \"\"; check the name after the @",
                refusal("pogema", Map.of("map", "@")));
        assertTrue(
                refusal("pogema", Map.of("map", "@" + folder))
                        .endsWith(" is a folder; name a file in it"));
        Path binary = Files.write(folder.resolve("b.map"), new byte[] {(byte) 0xC3, 0x28});
        assertEquals(
                "world option map: b.map is not text in UTF-8; save it as plain text",
                refusal("pogema", Map.of("map", "@" + binary)));
    }

    @Test
    void anEmptyFileIsNotTheDefaultMap() throws IOException {
        for (String world : new String[] {"pogema", "cleanup", "commons_harvest", "gathering"}) {
            assertEquals(
                    "e.map, line 1: the file is empty; write into it, or name another",
                    refusal(world, Map.of("map", at("e.map", "\n"))),
                    world);
        }
    }

    @Test
    void placesAreNamedWithTheFile() throws IOException {
        assertEquals(
                "r.map, line 2, column 2: the row has 1 cells where the first has 2; make all rows"
                        + " equally long",
                refusal("pogema", Map.of("map", at("r.map", "..\n."))));
        assertTrue(
                refusal("cleanup", Map.of("map", at("u.map", "@@@@\n@P\u0007@\n@@@@")))
                        .startsWith("u.map, line 2, column 3: unknown letter U+0007"));
        assertTrue(
                refusal("matrix_game", Map.of("payoffs", at("g.txt", "3 NaN ; 5 1")))
                        .startsWith("g.txt, line 1, column 3"));
        String map = at("m.map", "....\n....\n....\n....\n");
        String scen = at("s.scen", "version 1\n0\tm.map\t4\t4\t9\t0\t1\t1\t3\n");
        String said = refusal("pogema", Map.of("map", map, "scen", scen, "agents", "1"));
        assertTrue(said.startsWith("s.scen, line 2"), said);
    }

    @Test
    void moreAgentsThanCellsAreRefused() throws IOException {
        String map = at("m.map", "..\n..\n");
        String said = refusal("pogema", Map.of("map", map, "agents", "9"));
        assertTrue(said.contains("agents is 9") || said.contains("9 agents"), said);
    }
}
