package marlab.learning.train;

import static marlab.learning.train.TinyRuns.assertSameRun;
import static marlab.learning.train.TinyRuns.finish;
import static marlab.learning.train.TinyRuns.train;
import static marlab.learning.train.TinyRuns.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import marlab.learning.algo.Setup;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Decision;
import marlab.sim.seed.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Tables go through the same files, threads and checks as networks do.
class TabularRunsTest {

    @TempDir private Path folder;

    static Stream<RunConfig> kinds() {
        return Stream.of(
                tiny("matrix_game", "tabular_q", "rate_power", "0.6"),
                tiny("coin_game", "tabular_q"),
                tiny("matrix_game", "wolf_phc", "sharing", "off"),
                tiny("matrix_game", "exact_gradient"),
                tiny("matrix_game", "replicator", "memory", "off", "sharing", "on"));
    }

    private static RunConfig tiny(String world, String algorithm, String... more) {
        RunConfig config =
                with(
                        RunConfig.defaults(world, algorithm, 3),
                        "copies",
                        "3",
                        "rollout",
                        "7",
                        "steps",
                        "210",
                        "evaluate_every",
                        "6",
                        "evaluate_episodes",
                        "2",
                        "checkpoint_every",
                        "4",
                        "math",
                        "plain");
        return with(config, more);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oneThreadOrTwoStoppedOrNotTheBytesAreTheSame(RunConfig config) throws Exception {
        Path whole = train(config, folder.resolve("whole"));
        try (Trainer alone = Trainer.createIn(config, folder.resolve("alone")).withThreads(1)) {
            assertSameRun(whole, finish(alone));
        }
        Path resumed = folder.resolve("resumed");
        try (Trainer trainer = Trainer.createIn(config, resumed)) {
            Thread learner = TinyRuns.start(trainer);
            TinyRuns.await(() -> trainer.progress().policyVersion() >= 3);
            trainer.stop();
            learner.join();
        }
        if (!Runs.open(resumed).isDone()) { // the machine was too fast
            try (Trainer trainer = Trainer.resume(resumed)) {
                finish(trainer);
            }
        }
        assertSameRun(whole, resumed);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatWasLearnedActsAgain(RunConfig config) throws IOException {
        Path run = train(config, folder.resolve("run"));
        PolicySnapshot saved = Runs.newestPolicy(Runs.open(run));
        assertEquals(10, saved.version());
        ParallelEnv env = config.provider().create(config.envOptions());
        Decision decision = new Decision(config.spec());
        env.reset(1);
        LearnedPolicy policy = saved.policy(LearnedPolicy.Mode.SAMPLED);
        policy.episodeBegins(env);
        policy.act(env, decision, new RandomStream(1));
        double sum = 0;
        for (int k = 0; k < decision.choicesPerAgent; k++) {
            sum += decision.probabilities[k];
        }
        assertEquals(1, sum, 1e-6);
        assertEquals(weights(run), saved.units().getFirst().actor().length);
    }

    private static int weights(Path run) throws IOException {
        RunConfig config = Runs.config(Runs.open(run));
        Setup setup = config.setup(new PlainAlgebra());
        return setup.actor(setup.units().getFirst(), 1).parameters().size();
    }

    @Test
    void tablesAndNetworksAreNotMixedUp() {
        refused(
                "MAPPO does not learn in a table; use network=sorted_mlp.",
                RunConfig.defaults("matrix_game", "mappo", 1).with("network", "table"));
        refused(
                "WoLF-PHC learns in a table; leave network=table.",
                RunConfig.defaults("matrix_game", "wolf_phc", 1).with("network", "flat_mlp"));
        refused(
                "Exact policy gradient knows the game's payoffs only; leave inequity_disadvantage,"
                        + " inequity_advantage and svo_weight at 0.",
                RunConfig.defaults("matrix_game", "exact_gradient", 1).with("svo_weight", "1"));
        refused(
                "Exact learners need a game that is known as a table of payoffs; use world"
                        + " matrix_game, or another algorithm.",
                RunConfig.defaults("coin_game", "replicator", 1));
        refused(
                "What players with memory earn is known exactly for two actions only, not 3; set"
                        + " memory=off, or use another algorithm.",
                RunConfig.defaults("matrix_game", "replicator", 1).with("game", "climbing"));
        refused(
                "A table needs observations that come again, and the agents of this world see real"
                        + " numbers (velocity); use an algorithm with networks, such as mappo or iql.",
                RunConfig.defaults("simple_spread", "tabular_q", 1));
    }

    private void refused(String sentence, RunConfig config) {
        Path run = folder.resolve("refused");
        assertEquals(
                sentence,
                assertThrows(BadInput.class, () -> Trainer.createIn(config, run)).getMessage());
    }
}
