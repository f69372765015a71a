package marlab.sim.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.OptionSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is recorded in a world, written and read again is what was, and what can be gone on from.
class EveryWorldReplayTest {

    /// Numbers of state that an episode may write: large worlds are played for fewer steps.
    private static final int AFFORDABLE = 60_000;

    private static final int MOST_STEPS = 60;

    @TempDir private Path folder;

    /// A world with options.
    private record Case(String name, WorldProvider world, EnvOptions options) {
        @Override
        public String toString() {
            return name;
        }
    }

    /// Every world as it is, with its examples, and with every word of every choice.
    private static Stream<Case> cases() {
        Map<String, Case> all = new LinkedHashMap<>();
        for (WorldProvider world : Worlds.known()) {
            add(world, Map.of(), all);
            world.examples().values().forEach(set -> add(world, set, all));
            for (OptionSpec option : world.options()) {
                if (option instanceof OptionSpec.Choice choice) {
                    choice.values().forEach(word -> add(world, Map.of(choice.name(), word), all));
                }
            }
        }
        return all.values().stream();
    }

    private static void add(WorldProvider world, Map<String, String> set, Map<String, Case> to) {
        try {
            EnvOptions options = world.configure(set);
            String name = world.name() + " " + set;
            String brief = name.length() > 100 ? name.substring(0, 100) : name;
            to.putIfAbsent(world.name() + options, new Case(brief, world, options));
        } catch (IllegalArgumentException e) {
            assertFalse(e.getMessage().isBlank()); // not with the other options' defaults
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatIsReadIsWhatWas(Case each) throws IOException {
        Map<String, Policy> scripts = each.world.scriptedPolicies(each.options);
        Policy best = scripts.values().iterator().next();
        List<Policy> policies =
                best instanceof RandomPolicy ? List.of(best) : List.of(best, new RandomPolicy());
        for (Policy policy : policies) {
            Path file = folder.resolve(policies.indexOf(policy) + ".marlab-replay");
            List<Frame> frames = record(each, policy, file);
            read(each, frames, file);
        }
    }

    private static List<Frame> record(Case each, Policy policy, Path file) throws IOException {
        ParallelEnv env = each.world.create(each.options);
        EnvSpec spec = env.spec();
        int steps = Math.clamp(AFFORDABLE / (spec.stateSize() + 1), 3, MOST_STEPS);
        List<Frame> frames = new ArrayList<>();
        ReplayHeader header =
                new ReplayHeader(each.world.name(), each.options.asText(), null, Map.of(), "");
        try (ReplayWriter writer = new ReplayWriter(file, header, spec)) {
            EpisodePlayer player = new EpisodePlayer(env, policy);
            for (int episode = 0; episode < 2; episode++) {
                player.play(
                        -7L * episode - 1,
                        episode,
                        new RandomStream(episode),
                        steps,
                        frame -> {
                            writer.add(frame);
                            if (frame.moment % 11 == 4) {
                                writer.flush();
                            }
                            Frame copy = new Frame(spec);
                            copy.copyFrom(frame);
                            frames.add(copy);
                        });
            }
        }
        return frames;
    }

    private static void read(Case each, List<Frame> frames, Path file) throws IOException {
        try (ReplayReader reader = new ReplayReader(file)) {
            assertEquals(each.options, reader.header().envOptions());
            ParallelEnv env =
                    reader.header().provider().create(reader.header().envOptions()); // a fresh one
            Frame got = new Frame(reader.spec());
            Frame made = new Frame(reader.spec());
            Frame before = null;
            for (Frame frame : frames) {
                assertTrue(reader.next(got));
                assertSame(frame, got);
                if (frame.step > 0) {
                    env.restore(before);
                    StepResult result = env.step(got.actions);
                    env.snapshot(made);
                    assertContinues(frame, made, result);
                }
                before = frame;
            }
            assertFalse(reader.next(got));
            assertNull(reader.damage());
            assertEquals(1, reader.share());
        }
        goOnFromThere(each, frames);
    }

    /// From the first moment, and from one amid an episode, everything after follows.
    private static void goOnFromThere(Case each, List<Frame> frames) {
        ParallelEnv env = each.world.create(each.options);
        Frame made = new Frame(env.spec());
        for (int from : new int[] {0, frames.size() / 4}) {
            env.restore(frames.get(from));
            for (int k = from + 1; k < frames.size() && frames.get(k).step > 0; k++) {
                StepResult result = env.step(frames.get(k).actions);
                env.snapshot(made);
                assertContinues(frames.get(k), made, result);
            }
        }
    }

    private static void assertSame(Frame expected, Frame got) {
        assertArrayEquals(bits(expected.state), bits(got.state), "state");
        assertArrayEquals(expected.random, got.random, "random");
        assertArrayEquals(expected.actions.choices(), got.actions.choices(), "choices");
        assertArrayEquals(bits(expected.actions.boxes()), bits(got.actions.boxes()), "boxes");
        assertArrayEquals(floats(expected.terms), got.terms, "terms");
        assertArrayEquals(floats(expected.probabilities), got.probabilities, "probabilities");
        assertArrayEquals(floats(expected.values), got.values, "values");
        assertEquals(expected.moment, got.moment);
        assertEquals(expected.step, got.step);
        assertEquals(expected.episode, got.episode);
        assertEquals(expected.seed, got.seed);
        assertEquals(expected.policyVersion, got.policyVersion);
    }

    private static void assertContinues(Frame expected, Frame made, StepResult result) {
        String where = "moment " + expected.moment;
        assertArrayEquals(bits(expected.state), bits(made.state), where);
        assertArrayEquals(expected.random, made.random, where);
        assertArrayEquals(bits(expected.terms), bits(result.terms), where);
    }

    private static long[] bits(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray();
    }

    private static double[] floats(double[] numbers) {
        return Arrays.stream(numbers).map(x -> (float) x).toArray();
    }

    /// Discrete and box agents, texts of maps and of payoffs: the cases above would be poor
    /// without.
    @ParameterizedTest
    @MethodSource("kinds")
    void theCasesHaveOfEveryKind(Class<?> kind) {
        boolean any =
                cases().anyMatch(each ->
                        each.world.options().stream().anyMatch(kind::isInstance)
                                || each.world.create(each.options).spec().groups().stream()
                                        .anyMatch(group -> kind.isInstance(group.action())));
        assertTrue(any);
    }

    private static Stream<Class<?>> kinds() {
        return Stream.of(
                OptionSpec.Text.class,
                marlab.sim.space.ActionSpace.Box.class,
                marlab.sim.space.ActionSpace.Discrete.class);
    }

    /// The text of a map that came from a file is in the replay; the file is not needed to read it.
    @ParameterizedTest
    @MethodSource("worldsWithMaps")
    void aMapFromAFileIsCarriedAlong(WorldProvider world) throws IOException {
        OptionSpec.Text option =
                world.options().stream()
                        .filter(OptionSpec.Text.class::isInstance)
                        .map(OptionSpec.Text.class::cast)
                        .findFirst()
                        .orElseThrow();
        Path text = folder.resolve("text.txt");
        String content =
                world.examples().values().stream()
                        .map(set -> set.get(option.name()))
                        .filter(set -> set != null && !set.startsWith("@"))
                        .findFirst()
                        .orElse(option.defaultText());
        if (content.isBlank()) {
            return; // the world is made of other options unless somebody gives a text
        }
        Files.writeString(text, content);
        Map<String, String> set = Map.of(option.name(), "@" + text);
        Path file = folder.resolve("map.marlab-replay");
        EnvSpec spec = world.create(world.configure(set)).spec();
        new ReplayWriter(file, new ReplayHeader(world.name(), set, null, Map.of(), ""), spec)
                .close();
        EnvOptions expected = world.configure(set);
        Files.delete(text);
        try (ReplayReader reader = new ReplayReader(file)) {
            assertEquals(expected, reader.header().envOptions());
            assertFalse(reader.header().options().toString().contains(text.toString()));
        }
    }

    private static Stream<WorldProvider> worldsWithMaps() {
        return Worlds.known().stream()
                .filter(world ->
                        world.options().stream().anyMatch(OptionSpec.Text.class::isInstance));
    }
}
