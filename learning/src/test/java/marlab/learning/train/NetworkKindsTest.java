package marlab.learning.train;

import static marlab.learning.train.TinyRuns.finish;
import static marlab.learning.train.TinyRuns.metrics;
import static marlab.learning.train.TinyRuns.spread;
import static marlab.learning.train.TinyRuns.train;
import static marlab.learning.train.TinyRuns.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Kinds of networks in whole runs.
class NetworkKindsTest {

    @TempDir private Path folder;

    private static RunConfig twoSteps(String algorithm, String... keysAndValues) {
        RunConfig small =
                with(
                        RunConfig.defaults(TwoStepWorld.NAME, algorithm, 1),
                        "copies",
                        "8",
                        "rollout",
                        "4",
                        "steps",
                        "160", // five updates
                        "hidden",
                        "8,8",
                        "evaluate_every",
                        "0",
                        "math",
                        "plain");
        return with(small, keysAndValues);
    }

    /// Two inputs: means, deviations, and then the number of updates.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "reinforce",
                "ia2c",
                "maa2c",
                "ippo",
                "mappo",
                "happo",
                "hatrpo",
                "iql",
                "vdn",
                "qmix"
            })
    void everyUpdateOfEveryAlgorithmTellsItsNetworksWhatWasSeen(String algorithm) {
        RunConfig config = twoSteps(algorithm, "normalise", "on");
        try (Trainer trainer = Trainer.createIn(config, folder.resolve("run"))) {
            finish(trainer);
            for (PolicySnapshot.Unit unit : trainer.snapshot().units()) {
                assertEquals(0.5, unit.actor()[0], 1e-6, "mean of the stage");
                assertEquals(0.5, unit.actor()[2], 1e-6, "its deviation");
                assertEquals(5, unit.actor()[4], "updates");
                assertTrue(unit.critic() == null || Math.abs(unit.critic()[0] - 0.5) < 1e-6);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddpg", "maddpg", "matd3"})
    void soDoThoseForRealActions(String algorithm) {
        RunConfig config = twoSteps(algorithm, "normalise", "on", "actions", "continuous");
        try (Trainer trainer = Trainer.createIn(config, folder.resolve("run"))) {
            finish(trainer);
            for (PolicySnapshot.Unit unit : trainer.snapshot().units()) {
                assertEquals(0.5, unit.actor()[0], 1e-6, "mean of the stage");
                assertEquals(5, unit.actor()[4], "updates");
            }
        }
    }

    /// The first gradient step of an update sees the policy that acted, so their divergence is 0:
    /// only if memories, beginnings and normalisation are those of acting, in roll-outs that end in
    /// the middle of episodes too.
    @ParameterizedTest
    @CsvSource({
        "gru, simple_spread, off",
        "gru, simple_spread, on",
        "sorted_mlp, simple_spread, on",
        "entity, simple_spread, off",
        "conv, coin_game, on"
    })
    void whatLearnsIsWhatActed(String network, String world, String normalise) throws IOException {
        RunConfig config =
                with(
                        RunConfig.defaults(world, "mappo", 2),
                        "copies",
                        "6",
                        "rollout",
                        "7",
                        "horizon",
                        "9",
                        "steps",
                        "420", // ten updates
                        "epochs",
                        "1",
                        "minibatches",
                        "1",
                        "hidden",
                        "8,8",
                        "math",
                        "plain",
                        "network",
                        network,
                        "normalise",
                        normalise);
        List<String> kl =
                metrics(train(config, folder.resolve("run"))).stream()
                        .filter(line -> line.contains(",kl,"))
                        .toList();
        assertEquals(10, kl.size());
        for (String line : kl) {
            assertEquals(0, Double.parseDouble(line.substring(line.lastIndexOf(',') + 1)), 1e-6);
        }
    }

    @Test
    void entityNetworksLearnWithAgentIds() {
        RunConfig config = spread("network", "entity", "agent_id", "on", "steps", "120");
        train(config, folder.resolve("run"));
    }

    private static void refused(RunConfig config, Path folder, String why) {
        BadInput e = assertThrows(BadInput.class, () -> Trainer.createIn(config, folder).close());
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void networksThatDoNotFitAreRefusedWithARemedy() {
        Path run = folder.resolve("run");
        refused(spread("network", "conv"), run, "use network=sorted_mlp");
        refused(spread("network", "entity", "normalise", "on"), run, "set normalise=off");
        refused(twoSteps("happo", "network", "gru"), run, "use another network than gru");
        refused(spread("network", "gru", "minibatches", "7"), run, "more than copies (6)");
    }
}
