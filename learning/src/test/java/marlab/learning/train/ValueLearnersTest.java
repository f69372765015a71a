package marlab.learning.train;

import static marlab.learning.train.TinyRuns.assertSameRun;
import static marlab.learning.train.TinyRuns.finish;
import static marlab.learning.train.TinyRuns.train;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// IQL, VDN and QMIX in whole runs.
class ValueLearnersTest {

    @TempDir private Path folder;

    private static RunConfig small(String world, String algorithm, Map<String, String> further) {
        Map<String, String> settings =
                new HashMap<>(
                        Map.of(
                                "hidden", "8,8",
                                "copies", "5",
                                "rollout", "6",
                                "steps", "360",
                                "batch", "20",
                                "replay", "120",
                                "warm_up", "90",
                                "checkpoint_every", "4",
                                "evaluate_every", "0"));
        settings.put("math", "plain");
        settings.putAll(further);
        return RunConfig.defaults(world, algorithm, 3).with(settings);
    }

    private static void stopAt(Trainer trainer, int version) throws InterruptedException {
        Thread learner = TinyRuns.start(trainer);
        TinyRuns.await(() -> trainer.progress().policyVersion() >= version);
        trainer.stop();
        learner.join();
    }

    @ParameterizedTest
    @CsvSource({
        "simple_spread, iql, sorted_mlp, on, off",
        "simple_spread, vdn, sorted_mlp, off, on",
        "simple_spread, qmix, sorted_mlp, on, on",
        "simple_spread, qmix, gru, on, off",
        "simple_speaker_listener, vdn, gru, off, off",
        "simple_speaker_listener, qmix, sorted_mlp, on, off",
    })
    void stoppingResumingAndThreadsChangeNothing(
            String world, String algorithm, String network, String sharing, String duelling)
            throws Exception {
        RunConfig config =
                small(
                        world,
                        algorithm,
                        Map.of("network", network, "sharing", sharing, "duelling", duelling));
        Path undisturbed = train(config, folder.resolve("undisturbed"));
        Path run = folder.resolve("stopped");
        try (Trainer trainer = Trainer.createIn(config, run).withThreads(1)) {
            stopAt(trainer, 3);
        }
        try (Trainer trainer = Trainer.resume(run)) {
            stopAt(trainer, 7);
        }
        try (Trainer trainer = Trainer.resume(run).withThreads(1)) {
            finish(trainer);
        }
        assertSameRun(undisturbed, run);
        assertArrayEquals(replay(undisturbed), replay(run));
    }

    private static byte[] replay(Path run) throws IOException {
        return Files.readAllBytes(TinyRuns.newestCheckpoint(run).resolve("replay.npz"));
    }

    @ParameterizedTest
    @CsvSource({
        "climbing, -50, vdn",
        "climbing, -50, qmix",
        "penalty, -100, vdn",
        "penalty, -100, qmix"
    })
    void whereOneMustNotActAloneATeamOfSumsPlaysItSafe(String game, String k, String algorithm) {
        RunConfig config =
                small(
                        "matrix_game",
                        algorithm,
                        Map.ofEntries(
                                Map.entry("game", game),
                                Map.entry("k", k),
                                Map.entry("memory", "off"),
                                Map.entry("rounds", "10"),
                                Map.entry("agent_id", "on"),
                                Map.entry("copies", "10"),
                                Map.entry("rollout", "10"),
                                Map.entry("steps", "3000"),
                                Map.entry("replay", "3000"),
                                Map.entry("batch", "64"),
                                Map.entry("gradient_steps", "10"),
                                Map.entry("discount", "0"),
                                Map.entry("n_step", "1"),
                                Map.entry("huber", "1000"),
                                Map.entry("learning_rate", "0.01"),
                                Map.entry("final_epsilon", "1")));
        double[][] believed = LearnedGame.of(train(config, folder.resolve("run")));
        double[][] climbing = {{0, 6, 5}, {-30, 7, 0}, {11, -30, 0}};
        double[][] penalty = {{-100, 0, 10}, {0, 2, 0}, {10, 0, -100}};
        double[][] truth = game.equals("penalty") ? penalty : climbing;
        double best = Double.NEGATIVE_INFINITY;
        double chosen = 0;
        double error = 0;
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                if (believed[a][b] > best) {
                    best = believed[a][b];
                    chosen = truth[a][b];
                }
                error = Math.max(error, truth[a][b] > 9 ? truth[a][b] - believed[a][b] : 0);
            }
        }
        assertTrue(chosen >= 2 && chosen <= 7, "chooses " + chosen);
        assertTrue(error > 5, "the best pair is worth only so much less: " + error);
    }

    @Test
    void aRunWithoutATeamsValueHasNoTable() {
        RunConfig config = small("matrix_game", "iql", Map.of());
        Path run = train(config, folder.resolve("run"));
        BadInput problem = assertThrows(BadInput.class, () -> LearnedGame.of(run));
        assertEquals(
                "Only VDN and QMIX know what pairs of actions are worth, once they have played.",
                problem.getMessage());
    }
}
