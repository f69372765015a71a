package marlab.learning.train;

import static marlab.learning.train.TinyRuns.spread;
import static marlab.learning.train.TinyRuns.train;
import static marlab.learning.train.TinyRuns.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import marlab.learning.store.Json;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.WorldProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest {

    @TempDir private static Path shared;
    private static Path finished;

    @TempDir private Path folder;

    @BeforeAll
    static void finishARun() {
        finished = train(spread("steps", "300", "evaluate_every", "0"), shared.resolve("finished"));
    }

    /// A copy of the finished run, as if one more update were to come.
    private Path unfinished() throws IOException {
        Path run = folder.resolve("run");
        try (Stream<Path> all = Files.walk(finished)) {
            for (Path file : all.toList()) {
                Files.copy(file, run.resolve(finished.relativize(file).toString()));
            }
        }
        Files.delete(run.resolve("DONE"));
        Path config = run.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"300\"", "\"360\""));
        return run;
    }

    private static void assertIsOneSentence(String text, String... parts) {
        for (String part : parts) {
            assertTrue(text.contains(part), "\"" + part + "\" is missing in: " + text);
        }
        assertTrue(text.endsWith("."), text);
        assertFalse(text.contains("\n"), text);
        assertFalse(text.contains("Exception") || text.contains("java."), text);
        assertFalse(text.contains("null"), text);
        assertFalse(
                text.replace("...", "").matches(".*\\.\\s+\\p{Upper}.*"), "two sentences: " + text);
        assertTrue(Character.isUpperCase(text.charAt(0)) || text.startsWith("/"), text);
    }

    private static void assertRefused(Executable action, String... parts) {
        assertIsOneSentence(assertThrows(BadInput.class, action).getMessage(), parts);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    // -- before a run ------------------------------------------------------------------------

    @Test
    void unknownWorldsAndAlgorithmsAreRefusedWithThoseThereAre() {
        assertRefused(() -> RunConfig.defaults("chess", "mappo", 1), "\"chess\"", "simple_spread");
        assertRefused(
                () -> RunConfig.defaults("simple_spread", "dqn", 1), "\"dqn\"", "ippo, mappo");
    }

    @Test
    void anExistingOutputFolderIsRefusedAndLeftAlone() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve("mine")).resolve("file"), "text");
        assertRefused(
                () -> Trainer.createIn(spread(), folder.resolve("mine")),
                folder.resolve("mine").toString(),
                "exists already",
                "--out");
        assertEquals(List.of("file"), names(folder.resolve("mine")));
        assertEquals(List.of("mine"), names(folder));
        assertRefused(() -> Trainer.createIn(spread(), Path.of("/")), "exists already");
    }

    @Test
    void anOutputFolderBelowAFileIsRefusedForWhatItIs() throws IOException {
        Files.writeString(folder.resolve("file"), "text");
        for (String name : List.of("file/run", "file/a/b/run")) {
            BadInput bad =
                    assertThrows(
                            BadInput.class, () -> Trainer.createIn(spread(), folder.resolve(name)));
            assertIsOneSentence(
                    bad.getMessage(), folder.resolve(name).toString(), "can't be made", "--out");
            assertFalse(bad.getMessage().contains("exists already"), bad.getMessage());
        }
        assertEquals(List.of("file"), names(folder));
    }

    @Test
    void moreMinibatchesThanSamplesAreRefusedBeforeAFolderIsMade() throws IOException {
        RunConfig config = spread("copies", "1", "rollout", "2", "minibatches", "3");
        assertRefused(
                () -> Trainer.createIn(config, folder.resolve("run")), "minibatches (3)", "lower");
        assertEquals(List.of(), names(folder));
    }

    @Test
    void aNetworkThatTheWorldDoesNotAllowIsRefusedBeforeAFolderIsMade() throws IOException {
        RunConfig twoSteps = RunConfig.defaults(TwoStepWorld.NAME, "ippo", 1);
        assertRefused(
                () -> Trainer.createIn(with(twoSteps, "network", "entity"), folder.resolve("run")),
                "entity network");
        assertRefused(
                () -> Trainer.createIn(with(twoSteps, "symmetry", "full"), folder.resolve("run")),
                "ymmetry FULL",
                "NONE");
        assertEquals(List.of(), names(folder));
    }

    @Test
    void aRunTooLargeForThisMachineFailsInOneSentence() throws IOException {
        RunConfig huge = spread("copies", "10000", "rollout", "10000");
        BadInput bad;
        try (Trainer trainer = Trainer.createIn(huge, folder.resolve("run"))) {
            trainer.run();
            assertEquals(Progress.Phase.FAILED, trainer.progress().phase());
            bad = assertInstanceOf(BadInput.class, trainer.failure());
        } catch (BadInput before) {
            assertEquals(List.of(), names(folder));
            bad = before;
        }
        assertIsOneSentence(bad.getMessage(), "memory", "copies", "rollout");
    }

    // -- configs ------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | not a JSON object",
                "[1] | not a JSON object",
                "null | not a JSON object",
                "{\"world\": | not a JSON object",
                "{} | \"world\"",
                "{\"world\": 3, \"algorithm\": \"ippo\", \"seed\": 1} | \"world\"",
                "{\"world\": \"simple_spread\", \"algorithm\": \"ippo\", \"seed\": \"1\"} | \"seed\"",
                "{\"world\": \"simple_spread\", \"algorithm\": \"ippo\", \"seed\": 1.5} | \"seed\"",
                "{\"world\": \"simple_spread\", \"algorithm\": \"ippo\", \"seed\": 1e30} | \"seed\"",
                "{\"world\": \"chess\", \"algorithm\": \"ippo\", \"seed\": 1} | \"chess\"",
                "{\"world\": \"simple_spread\", \"algorithm\": \"ippo\", \"sed\": 1} | \"sed\"",
                "{\"world\": \"simple_spread\", \"algorithm\": \"ippo\", \"seed\": 1, \"settings\": [1]} | settings",
                "{\"world\": \"simple_spread\", \"algorithm\": \"ippo\", \"seed\": 1, \"settings\": {\"lr\": 1}} | \"lr\"",
                "{\"world\": \"simple_spread\", \"algorithm\": \"ippo\", \"seed\": 1, \"settings\": {\"epochs\": true}} | epochs",
                "{\"world\": \"simple_spread\", \"algorithm\": \"ippo\", \"seed\": 1, \"settings\": {\"hidden\": [9]}} | hidden",
            })
    void aDamagedConfigIsNamedWithWhatIsWrong(String text, String what) throws IOException {
        Path run = unfinished();
        Files.writeString(run.resolve("config.json"), text);
        assertRefused(() -> Trainer.resume(run), run.resolve("config.json").toString(), what);
        assertRefused(() -> Runs.config(Runs.open(run)), "config.json");
    }

    @Test
    void aSettingWithoutValueIsRefused() throws IOException {
        Path run = unfinished();
        Files.writeString(
                run.resolve("config.json"),
                "{\"world\": \"simple_spread\", \"algorithm\": \"ippo\", \"seed\": 1,"
                        + " \"settings\": {\"epochs\": null}}");
        BadInput bad = assertThrows(BadInput.class, () -> Trainer.resume(run));
        assertTrue(bad.getMessage().contains("epochs"), bad.getMessage());
    }

    // -- runs on disk -------------------------------------------------------------------------

    @Test
    void whatIsNoRunIsRefused() throws IOException {
        assertRefused(() -> Trainer.resume(folder.resolve("none")), "none", "marlab train");
        assertRefused(() -> Trainer.resume(folder), folder.toString(), "config.json");
        Files.writeString(folder.resolve("file"), "text");
        assertRefused(() -> Trainer.resume(folder.resolve("file")), "file", "marlab train");
    }

    @Test
    void aRunWithoutCheckpointsSaysWhatToDo() throws IOException {
        Path fresh = folder.resolve("new");
        try (Trainer trainer = Trainer.createIn(spread(), fresh)) {
            assertRefused(() -> Trainer.resume(trainer.directory()), "another training", "again");
        }
        assertRefused(() -> Trainer.resume(fresh), "no checkpoint", "again");
        Files.delete(folder.resolve("new/checkpoints"));
        assertRefused(() -> Trainer.resume(folder.resolve("new")), "checkpoints");
    }

    @Test
    void aRunThatIsDoneIsNotResumed() {
        assertRefused(() -> Trainer.resume(finished), finished.toString(), "done", "300", "more");
    }

    /// Cuts a file of the newest checkpoint to a part of its length.
    private static void cut(Path run, String file, double part) throws IOException {
        Path path = TinyRuns.newestCheckpoint(run).resolve(file);
        byte[] whole = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(whole, (int) (whole.length * part)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 0.7})
    void truncatedWeightsAreNoticedWhereverTheyAreRead(double part) throws IOException {
        Path run = unfinished();
        cut(run, "weights.npz", part);
        String checkpoint = TinyRuns.newestCheckpoint(run).toString();
        assertRefused(() -> Trainer.resume(run), checkpoint, "delete that folder");
        assertRefused(() -> Runs.newestPolicy(Runs.open(run)), checkpoint, "delete that folder");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}", "[]", "null", "{\"version\": \"5\"}"})
    void aDamagedStateIsNoticed(String text) throws IOException {
        Path run = unfinished();
        Files.writeString(TinyRuns.newestCheckpoint(run).resolve("state.json"), text);
        String checkpoint = TinyRuns.newestCheckpoint(run).toString();
        BadInput bad = assertThrows(BadInput.class, () -> Trainer.resume(run));
        assertTrue(bad.getMessage().contains(checkpoint), bad.getMessage());
        assertTrue(bad.getMessage().contains("delete that folder"), bad.getMessage());
    }

    /// As runs had it before there were checksums.
    private static String withoutSums(String state) {
        return state.replaceFirst("(?s),\\s*\"files\".*", "}");
    }

    @Test
    void rewardWeightsOfAnotherWorldAreNoticed() throws IOException {
        Path run = unfinished();
        Path state = TinyRuns.newestCheckpoint(run).resolve("state.json");
        for (String weights : List.of("[ 1.0 ]", "[ \"a\", 1, 1, 1 ]", "[ null, 1, 1, 1 ]")) {
            String text = withoutSums(Files.readString(state));
            Files.writeString(
                    state,
                    text.replaceFirst(
                            "\"reward_weights\" : \\[[^]]*]", "\"reward_weights\" : " + weights));
            BadInput bad = assertThrows(BadInput.class, () -> Trainer.resume(run), weights);
            assertTrue(bad.getMessage().contains("delete that folder"), bad.getMessage());
            assertTrue(bad.getMessage().contains("reward weight"), bad.getMessage());
        }
    }

    @Test
    void aRunFromBeforeThereWereChecksumsGoesOn() throws IOException {
        Path run = unfinished();
        Path state = TinyRuns.newestCheckpoint(run).resolve("state.json");
        Files.writeString(state, withoutSums(Files.readString(state)));
        try (Trainer trainer = Trainer.resume(run)) {
            TinyRuns.finish(trainer);
        }
    }

    @Test
    void aDamagedCheckpointWithNoneBeforeItSaysToTrainAgain() throws IOException {
        Path run = unfinished();
        for (Path newest = TinyRuns.newestCheckpoint(run);
                !newest.endsWith("000000");
                newest = TinyRuns.newestCheckpoint(run)) {
            for (String file : names(newest)) {
                Files.delete(newest.resolve(file));
            }
            Files.delete(newest);
        }
        cut(run, "weights.npz", 0.5);
        assertRefused(() -> Trainer.resume(run), "none before it", "train again");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.01, 0.3, 0.7})
    void truncatedTrainingStateIsNoticed(double part) throws IOException {
        Path run = unfinished();
        cut(run, "training.npz", part);
        String checkpoint = TinyRuns.newestCheckpoint(run).toString();
        assertRefused(() -> Trainer.resume(run), checkpoint, "delete that folder");
    }

    @Test
    void aRunThatCouldNotBeRestoredNeverStartsAfresh() throws IOException {
        Path run = unfinished();
        String metrics = Files.readString(run.resolve("metrics.csv"));
        try (Trainer trainer = Trainer.resume(run)) {
            cut(run, "training.npz", 0.5);
            for (int attempt = 0; attempt < 2; attempt++) {
                trainer.run();
                assertEquals(Progress.Phase.FAILED, trainer.progress().phase());
                BadInput bad = assertInstanceOf(BadInput.class, trainer.failure());
                String checkpoint = TinyRuns.newestCheckpoint(run).toString();
                assertIsOneSentence(bad.getMessage(), checkpoint, "delete that folder");
            }
        }
        assertEquals(metrics, Files.readString(run.resolve("metrics.csv")));
        assertEquals("failed", Runs.open(run).run().get("status"));
    }

    @Test
    void deletingADamagedCheckpointGoesOnFromTheOneBefore() throws IOException {
        Path run = unfinished();
        cut(run, "weights.npz", 0.5);
        Path newest = TinyRuns.newestCheckpoint(run);
        for (String file : names(newest)) {
            Files.delete(newest.resolve(file));
        }
        Files.delete(newest);
        try (Trainer trainer = Trainer.resume(run)) {
            assertEquals(4, trainer.progress().policyVersion());
            TinyRuns.finish(trainer);
            assertEquals(6, trainer.progress().policyVersion());
        }
    }

    @Test
    void aDamagedLineOfMetricsIsNamed() throws IOException {
        Path run = unfinished();
        Path metrics = run.resolve("metrics.csv");
        Files.writeString(metrics, Files.readString(metrics) + "what,is,this\n");
        BadInput bad = assertThrows(BadInput.class, () -> Trainer.resume(run));
        assertIsOneSentence(bad.getMessage(), "metrics.csv", "what,is,this");
        assertFalse(bad.getMessage().contains("delete that folder"), bad.getMessage());
    }

    @Test
    void aRunThatCannotSaveItsFirstCheckpointLeavesNothing() throws IOException {
        Path run = folder.resolve("run");
        try (Trainer trainer = Trainer.createIn(spread(), run)) {
            Files.delete(run.resolve("checkpoints"));
            Files.writeString(run.resolve("checkpoints"), "a file in the way");
            trainer.run();
            assertEquals(Progress.Phase.FAILED, trainer.progress().phase());
            BadInput bad = assertInstanceOf(BadInput.class, trainer.failure());
            assertIsOneSentence(
                    bad.getMessage(), run.toString(), "can't be written", "train again");
        }
        assertFalse(Files.exists(run));
    }

    @Test
    void aFolderThatVanishesWhileTrainingFailsInOneSentence() throws IOException {
        Path run = unfinished();
        try (Trainer trainer = Trainer.resume(run)) {
            Path away = run.resolveSibling("away");
            Files.move(run.resolve("checkpoints"), away);
            Files.writeString(run.resolve("checkpoints"), "a file in the way");
            trainer.run();
            assertEquals(Progress.Phase.FAILED, trainer.progress().phase());
            assertInstanceOf(BadInput.class, trainer.failure());
        }
        assertEquals("failed", Runs.open(run).run().get("status"));
    }

    @Test
    void rewardsWithoutLimitEndTheRunAndKeepOnlySoundCheckpoints() throws IOException {
        RunConfig broken =
                with(
                        RunConfig.defaults(TwoStepWorld.NAME, "ippo", 1),
                        "fault",
                        "on",
                        "copies",
                        "4",
                        "rollout",
                        "4",
                        "steps",
                        "100000",
                        "checkpoint_every",
                        "1",
                        "math",
                        "plain");
        Path run = folder.resolve("run");
        try (Trainer trainer = Trainer.createIn(broken, run)) {
            trainer.run();
            assertEquals(Progress.Phase.FAILED, trainer.progress().phase());
            assertIsOneSentence(trainer.failure().getMessage(), "unstable", "learning_rate");
            assertTrue(trainer.progress().policyVersion() > 3, "it went well for a while");
        }
        PolicySnapshot kept = Runs.newestPolicy(Runs.open(run));
        assertTrue(kept.version() > 2);
        for (float weight : kept.units().getFirst().critic()) {
            assertTrue(Float.isFinite(weight));
        }
    }

    // -- other worlds -------------------------------------------------------------------------

    private static EnvOptions agents(RunConfig config, int count) {
        WorldProvider world = config.provider();
        return EnvOptions.of(world.options(), Map.of("agents", Integer.toString(count)));
    }

    @Test
    void aPolicyIsRefusedWhereItsNetworksDoNotFit() {
        PolicySnapshot policy = Runs.newestPolicy(Runs.open(finished));
        RunConfig config = policy.config();
        LearnedPolicy.Mode greedy = LearnedPolicy.Mode.GREEDY;
        assertRefused(
                () -> policy.policy(agents(config, 2), greedy), "3 landmarks", "network=entity");
        EnvOptions continuous =
                EnvOptions.of(config.provider().options(), Map.of("actions", "continuous"));
        assertRefused(() -> policy.policy(continuous, greedy), "actions");
    }

    @Test
    void networksOfTheirOwnDoNotActForOthers() {
        RunConfig config = spread("sharing", "off", "steps", "60", "evaluate_every", "0");
        Path run = train(config, folder.resolve("run"));
        PolicySnapshot policy = Runs.newestPolicy(Runs.open(run));
        assertRefused(
                () -> policy.policy(agents(config, 5), LearnedPolicy.Mode.GREEDY),
                "3 agents",
                "sharing=on");
    }

    @Test
    void configsAreWrittenAsJsonThatPeopleCanRead() throws IOException {
        String text = Files.readString(finished.resolve("config.json"));
        assertTrue(text.contains("\n  \"seed\" : 3"), text);
        assertEquals("3", Json.object(text).get("seed").toString());
    }
}
