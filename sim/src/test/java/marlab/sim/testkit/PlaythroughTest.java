package marlab.sim.testkit;

import static marlab.sim.world.particle.SpreadWorlds.WORLD;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import marlab.sim.env.EnvOptions;
import marlab.sim.world.particle.SpreadWorlds;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Golden texts. After a change that is meant, write them anew and look at the diff:
///
/// `./mvnw -pl sim test -Dtest=PlaythroughTest -Dmarlab.playthroughs=write`
class PlaythroughTest {

    /// Surefire starts tests in the folder of the module.
    private static final Path FOLDER = Path.of("src/test/resources/playthroughs");

    @ParameterizedTest
    @CsvSource({
        "simple_spread, discrete, mpe2",
        "simple_spread_continuous_classic, continuous, classic"
    })
    void worldsPlayAsTheyDidWhenTheirPlaythroughWasWritten(
            String name, String actions, String physics) throws IOException {
        EnvOptions options = SpreadWorlds.options("actions", actions, "physics", physics);
        String now = Playthrough.of(WORLD, options, 1, 6);
        Path golden = FOLDER.resolve(name + ".txt");
        if (System.getProperty("marlab.playthroughs", "").equals("write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, now);
        }
        assertEquals(Files.readString(golden), now);
    }
}
