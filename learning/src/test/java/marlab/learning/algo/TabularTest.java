package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TabularTest {

    private static Optional<String> misfit(String world) {
        WorldProvider provider = Worlds.named(world);
        EnvSpec spec = provider.create(provider.configure(Map.of())).spec();
        return Algorithm.TABULAR_Q.misfit(spec, List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "matrix_game",
                "network_dilemma",
                "public_goods",
                "partner_choice",
                "coin_game",
                "cleanup_lite",
                "cleanup",
                "commons_harvest",
                "gathering",
                "pogema",
                "lbf",
                "simple_crypto"
            })
    void worldsOfCountsAndCellsFit(String world) {
        assertEquals(Optional.empty(), misfit(world));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "simple",
                "simple_spread",
                "simple_adversary",
                "simple_speaker_listener",
                "collect_treasure",
                "vicsek",
                "kuramoto"
            })
    void worldsOfRealNumbersDoNot(String world) {
        String why = misfit(world).orElseThrow();
        assertTrue(why.startsWith("a table needs observations that come again, and the "), why);
    }

    @Test
    void theFieldInQuestionIsNamed() {
        assertEquals(
                "a table needs observations that come again, and the listeners of this world see real"
                        + " numbers (velocity); use an algorithm with networks, such as mappo or iql",
                misfit("simple_speaker_listener").orElseThrow());
    }
}
