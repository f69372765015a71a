package marlab.sim.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import marlab.sim.env.AutoResetMode;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.VectorEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.seed.Seeds;
import marlab.sim.testkit.EnvConformance;
import marlab.sim.testkit.Playthrough;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every world that is registered.
class EveryWorldTest {

    /// Surefire starts tests in the folder of the module.
    private static final Path FOLDER = Path.of("src/test/resources/playthroughs");

    /// Agents above which a playthrough would be too long to read.
    private static final int READABLE = 12;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// A world with options, and the name of its golden text.
    private record Case(String name, WorldProvider world, EnvOptions options) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<WorldProvider> worlds() {
        return Worlds.all().stream();
    }

    private static Stream<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (WorldProvider world : Worlds.all()) {
            all.add(new Case(world.name(), world, world.defaults()));
            for (Map.Entry<String, Map<String, String>> each : world.examples().entrySet()) {
                String name = world.name() + "-" + each.getKey().replaceAll("[^A-Za-z0-9]+", "-");
                all.add(new Case(name, world, world.configure(each.getValue())));
            }
        }
        return all.stream();
    }

    private static Stream<Case> shortCases() {
        return cases().filter(c -> c.world.create(c.options).spec().agentCount() <= READABLE);
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void conforms(WorldProvider world) {
        EnvConformance.check(world);
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void saysWhatItIs(WorldProvider world) {
        assertFalse(world.summary().isBlank());
        assertFalse(world.source().isBlank());
        assertFalse(world.scriptedPolicies(world.defaults()).isEmpty());
    }

    /// Golden texts. After a change that is meant, write them anew and look at the diff:
    ///
    /// `./mvnw -pl sim test -Dtest=EveryWorldTest -Dmarlab.playthroughs=write`
    @ParameterizedTest
    @MethodSource("shortCases")
    void playsAsItDidWhenItsPlaythroughWasWritten(Case each) throws IOException {
        String now = Playthrough.of(each.world, each.options, 1, 6);
        Path golden = FOLDER.resolve(each.name + ".txt");
        if (System.getProperty("marlab.playthroughs", "").equals("write")) {
            Files.createDirectories(FOLDER);
            Files.writeString(golden, now);
        }
        assertEquals(Files.readString(golden), now);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void stepsAllocateNothing(Case each) {
        VectorEnv env =
                new VectorEnv(
                        each.world,
                        each.options,
                        2,
                        0,
                        AutoResetMode.SAME_STEP,
                        new Seeds(1),
                        true);
        env.reset();
        EnvSpec spec = env.spec();
        int count = Math.clamp(20_000 / spec.agentCount(), 4, 60);
        long fewest = Long.MAX_VALUE;
        for (int round = 0; round < 12 && fewest > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int t = 0; t < count; t++) {
                env.step();
            }
            fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, fewest, "bytes in " + count + " steps of 2 copies");
    }
}
