package marlab.learning.train;

import static marlab.learning.train.TinyRuns.assertSameRun;
import static marlab.learning.train.TinyRuns.finish;
import static marlab.learning.train.TinyRuns.train;
import static marlab.learning.train.TinyRuns.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import marlab.learning.algo.Algorithm;
import marlab.sim.env.ParallelEnv;
import marlab.sim.replay.Replay;
import marlab.sim.reward.RewardWeights;
import marlab.sim.snapshot.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a run leaves for the film of its learning, and that nothing else of the run knows of it.
class MilestonesTest {

    /// Of 60 updates.
    private static final List<Long> TURNS = List.of(0L, 7L, 14L, 21L, 28L, 38L, 51L, 60L);

    @TempDir private Path folder;

    static Stream<RunConfig> algorithms() {
        return Arrays.stream(Algorithm.values())
                .map(how ->
                        how.tabular()
                                ? run("matrix_game", how.key(), "rounds", "7")
                                : spread(how.key()));
    }

    private static RunConfig spread(String algorithm, String... more) {
        return with(
                run("simple_spread", algorithm, "agents", "2", "horizon", "7", "hidden", "8,8"),
                more);
    }

    private static RunConfig run(String world, String algorithm, String... more) {
        RunConfig small =
                with(
                        RunConfig.defaults(world, algorithm, 3),
                        "copies",
                        "5",
                        "rollout",
                        "7",
                        "steps",
                        "2100",
                        "checkpoint_every",
                        "7",
                        "evaluate_every",
                        "0",
                        "math",
                        "plain");
        for (String fewer : List.of("epochs", "minibatches", "warm_up", "batch")) {
            small = small.hyper().has(fewer) ? small.with(fewer, "2") : small;
        }
        return with(small, more);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void everyAlgorithmIsFilmedAndLearnsAsIfItWereNot(RunConfig config) throws IOException {
        Path filmed = train(config, folder.resolve("filmed"));
        Path plain = train(config.with("film", "off"), folder.resolve("plain"));
        assertSameRun(plain, filmed);
        assertEquals(
                Files.readString(plain.resolve("events.jsonl")),
                Files.readString(filmed.resolve("events.jsonl")));
        assertFalse(Files.exists(plain.resolve("replays")));
        List<Frame> firsts = new ArrayList<>();
        for (Path file : Milestones.of(filmed)) {
            firsts.add(checkOne(config, file));
        }
        assertEquals(TURNS.size(), firsts.size());
        assertEquals(0, firsts.getFirst().policyVersion);
        assertEquals(60, firsts.getLast().policyVersion);
        for (Frame first : firsts) {
            assertEquals(firsts.getFirst().seed, first.seed);
            assertArrayEquals(firsts.getFirst().state, first.state);
        }
    }

    /// @return its first frame
    private static Frame checkOne(RunConfig config, Path file) throws IOException {
        Replay replay = Replay.read(file);
        Frame first = new Frame(config.spec());
        assertTrue(replay.recording().frame(0, first));
        assertEquals(
                String.format("%06d.marlab-replay", first.policyVersion),
                file.getFileName().toString());
        assertEquals(
                List.of("policy", "version", "env_steps", "run", "seed"),
                List.copyOf(replay.header().about().keySet()));
        assertEquals(
                Long.toString(first.policyVersion * 35), replay.header().about().get("env_steps"));
        assertEquals("filmed", replay.header().about().get("run"));
        assertEquals(config.rewardWeights(), replay.header().weights());
        assertTrue(replay.header().config().contains(config.algorithm().key()));
        ParallelEnv env = config.provider().create(config.envOptions());
        env.restore(first);
        Frame recorded = new Frame(config.spec());
        Frame played = new Frame(config.spec());
        assertTrue(replay.recording().size() > 1);
        for (int step = 1; step < replay.recording().size(); step++) {
            assertTrue(replay.recording().frame(step, recorded));
            env.step(recorded.actions);
            env.snapshot(played);
            assertArrayEquals(recorded.state, played.state);
            assertEquals(first.policyVersion, recorded.policyVersion);
        }
        return first;
    }

    @Test
    void probabilitiesAndValuesAreStored() throws IOException {
        Path run = train(spread("mappo"), folder.resolve("run"));
        Replay last = Replay.read(Milestones.of(run).getLast());
        Frame frame = new Frame(last.recording().spec());
        last.recording().frame(3, frame);
        for (int agent = 0; agent < 2; agent++) {
            double sum = 0;
            for (int k = 0; k < 5; k++) {
                sum += frame.probabilities[agent * 5 + k];
            }
            assertEquals(1, sum, 1e-6);
            assertTrue(Double.isFinite(frame.values[agent]));
        }
    }

    @Test
    void versionsLieFurtherAndFurtherApart() {
        assertEquals(
                List.of(0L, 7L, 14L, 21L, 28L, 38L, 51L, 68L, 91L),
                turns(RunConfig.defaults("simple_spread", "mappo", 1), 100));
        assertTrue(turns(RunConfig.defaults("simple_spread", "mappo", 1), 1_000_000).size() < 60);
        assertEquals(TURNS.subList(0, 7), turns(spread("mappo"), 59));
        assertEquals( // an update of 35 steps: 582 of them pay for 7 that are played and a file
                List.of(0L, 582L, 1164L, 1746L, 2328L),
                turns(spread("mappo", "steps", "350000"), 2_500));
    }

    private List<Long> turns(RunConfig config, long upTo) {
        Milestones milestones = new Milestones(config, config.spec(), folder, null);
        return LongStream.rangeClosed(0, upTo).filter(milestones::isDue).boxed().toList();
    }

    /// With an edit after the checkpoint that it goes on from, which is lost with the kill.
    @Test
    void goingOnAfterAKillLeavesTheSameFiles() throws Exception {
        RunConfig config = spread("iql", "checkpoint_every", "20");
        Path undisturbed = train(config, folder.resolve("one/run"));
        Path run = folder.resolve("two/run");
        try (Trainer trainer = Trainer.createIn(config, run)) {
            Thread learner = TinyRuns.start(trainer);
            TinyRuns.await(() -> trainer.progress().policyVersion() >= 22);
            trainer.edit(RewardWeights.defaults(config.spec().terms()).withWeight(0, 0.25));
            learner.join();
        }
        Path learning = run.resolve(Milestones.FOLDER);
        Path draft = learning.resolve("000040.marlab-replay.tmp");
        Files.write(draft, new byte[100]);
        Files.delete(run.resolve("DONE"));
        discardNewest(run);
        discardNewest(run);
        assertEquals(List.of(20L), Runs.open(run).checkpoints());
        try (Trainer trainer = Trainer.resume(run)) {
            finish(trainer);
        }
        assertSameRun(undisturbed, run);
        assertSameFilm(undisturbed, run);
        assertFalse(Files.exists(draft));
    }

    @Test
    void stoppingFilmsWhatWasLearnedAndGoingOnDropsThat() throws Exception {
        RunConfig config = spread("mappo");
        Path undisturbed = train(config, folder.resolve("one/run"));
        assertEquals(TURNS, versions(undisturbed));
        Path run = folder.resolve("two/run");
        try (Trainer trainer = Trainer.createIn(config, run)) {
            Thread learner = TinyRuns.start(trainer);
            TinyRuns.await(() -> trainer.progress().policyVersion() >= 11);
            trainer.stop();
            learner.join();
            assertEquals(trainer.progress().policyVersion(), (long) versions(run).getLast());
        }
        if (!Runs.open(run).isDone()) { // the machine was too fast
            try (Trainer trainer = Trainer.resume(run)) {
                finish(trainer);
            }
        }
        assertSameFilm(undisturbed, run);
    }

    @Test
    void aFilmThatCantBeWrittenIsAWarningOnce() throws IOException {
        RunConfig config = spread("mappo");
        Path plain = train(config.with("film", "off"), folder.resolve("plain"));
        try (Trainer trainer = Trainer.createIn(config, folder.resolve("blocked"))) {
            Files.writeString(trainer.directory().resolve("replays"), "in the way");
            assertSameRun(plain, finish(trainer));
            List<String> warnings =
                    trainer.events(0).stream()
                            .filter(e -> e.type().equals("warning"))
                            .map(TrainingEvent::text)
                            .toList();
            assertEquals(1, warnings.size());
            assertTrue(warnings.getFirst().contains("blocked/replays/learning can't be written ("));
        }
    }

    private static void assertSameFilm(Path expected, Path actual) throws IOException {
        assertEquals(versions(expected), versions(actual));
        List<Path> one = Milestones.of(expected);
        List<Path> other = Milestones.of(actual);
        for (int k = 0; k < one.size(); k++) {
            assertArrayEquals(Files.readAllBytes(one.get(k)), Files.readAllBytes(other.get(k)));
        }
    }

    private static List<Long> versions(Path run) throws IOException {
        return Milestones.of(run).stream()
                .map(f -> Long.parseLong(f.getFileName().toString().replaceFirst("\\..*", "")))
                .toList();
    }

    private static void discardNewest(Path run) throws IOException {
        Path checkpoint = TinyRuns.newestCheckpoint(run);
        try (Stream<Path> files = Files.list(checkpoint)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(checkpoint);
    }
}
