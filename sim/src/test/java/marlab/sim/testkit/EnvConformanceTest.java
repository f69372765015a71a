package marlab.sim.testkit;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import marlab.sim.env.EnvOptions;
import marlab.sim.world.particle.SimpleSpread;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EnvConformanceTest {

    @Test
    void aWorldThatKeepsAllRulesPasses() {
        assertDoesNotThrow(() -> EnvConformance.check(new FaultyWorld(FaultyWorld.Fault.NONE)));
    }

    @ParameterizedTest
    @EnumSource(value = FaultyWorld.Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aBrokenRuleIsNamedInOneSentence(FaultyWorld.Fault fault) {
        var failure =
                assertThrows(
                        ConformanceFailure.class,
                        () -> EnvConformance.check(new FaultyWorld(fault)));
        String said = failure.getMessage();
        assertTrue(said.startsWith("World faulty with {horizon=6} breaks the rule that "), said);
        assertTrue(said.contains(fault.rule), said);
        assertTrue(said.contains(fault.why), said);
        assertTrue(said.endsWith(".") && said.indexOf('\n') < 0, said);
    }

    @Test
    void smallestDefaultAndLargestNumbersAndEveryWordAreTried() {
        Set<EnvOptions> all = EnvConformance.combinations(new SimpleSpread());
        Set<Integer> teams = all.stream().map(o -> o.whole("agents")).collect(Collectors.toSet());
        assertEquals(Set.of(1, 3, 6, 50), teams, "and those of the examples");
        for (String option : new String[] {"actions", "physics", "success"}) {
            long words = all.stream().map(o -> o.word(option)).distinct().count();
            assertEquals(2, words, option);
        }
    }
}
