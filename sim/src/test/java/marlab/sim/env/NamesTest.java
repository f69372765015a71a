package marlab.sim.env;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static marlab.sim.world.particle.SpreadWorlds.options;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void lettersGoOnAfterZ() {
        assertEquals("A", AgentId.letter(0));
        assertEquals("Z", AgentId.letter(25));
        assertEquals("AA", AgentId.letter(26));
        assertEquals("AX", AgentId.letter(49));
        assertEquals("BA", AgentId.letter(52));
    }

    @Test
    void simpleSpreadIsFoundByName() {
        assertEquals("Simple Spread", Worlds.named("simple_spread").title());
    }

    @Test
    void anUnknownWorldIsRefusedWithTheOnesThereAre() {
        var e = assertThrows(IllegalArgumentException.class, () -> Worlds.named("simple_spred"));
        assertTrue(
                e.getMessage().startsWith("there is no world \"simple_spred\"; the worlds are "));
        assertTrue(e.getMessage().contains("simple_spread"));
    }

    @Test
    void optionsGoThroughTextUnchanged() {
        EnvOptions five = options("agents", " 5 ", "physics", "classic");
        Map<String, String> texts = five.asText();
        assertEquals("5", texts.get("agents"));
        assertEquals(five, EnvOptions.of(WORLD.options(), texts));
        assertEquals(5, five.whole("agents"));
        assertEquals("classic", five.word("physics"));
        assertEquals("discrete", five.word("actions"));
    }
}
