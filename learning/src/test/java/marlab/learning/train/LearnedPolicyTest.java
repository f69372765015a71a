package marlab.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import marlab.learning.algo.Setup;
import marlab.learning.net.Network;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Decision;
import marlab.sim.seed.RandomStream;
import marlab.sim.space.CanonicalView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearnedPolicyTest {

    private static final int CHOICES = 5;

    @TempDir private Path folder;

    private PolicySnapshot learned(String... keysAndValues) {
        RunConfig config =
                TinyRuns.with(
                        TinyRuns.spread("steps", "60", "epochs", "9", "learning_rate", "0.02"),
                        keysAndValues);
        try (Trainer trainer = Trainer.createIn(config, folder.resolve("run"))) {
            TinyRuns.finish(trainer);
            return trainer.snapshot();
        }
    }

    private static ParallelEnv world(PolicySnapshot snapshot) {
        RunConfig config = snapshot.config();
        ParallelEnv env = config.provider().create(config.envOptions());
        env.reset(4);
        return env;
    }

    @Test
    void greedyMeansTheMostProbableChoice() {
        PolicySnapshot snapshot = learned();
        ParallelEnv env = world(snapshot);
        Decision decision = new Decision(env.spec());
        LearnedPolicy policy = snapshot.policy(LearnedPolicy.Mode.GREEDY);
        for (long seed = 0; seed < 20; seed++) {
            env.reset(seed);
            policy.act(env, decision, new RandomStream(seed));
            for (int i = 0; i < 3; i++) {
                double sum = 0;
                double chosen = decision.probabilities[i * CHOICES + decision.actions.choice(i)];
                for (int k = 0; k < CHOICES; k++) {
                    double p = decision.probabilities[i * CHOICES + k];
                    assertTrue(p <= chosen);
                    sum += p;
                }
                assertEquals(1, sum, 1e-5);
                assertTrue(Double.isNaN(decision.values[i]), "values were not asked for");
            }
        }
    }

    @Test
    void sampledChoicesComeAsOftenAsTheirProbabilities() {
        PolicySnapshot snapshot = learned();
        ParallelEnv env = world(snapshot);
        Decision decision = new Decision(env.spec());
        LearnedPolicy policy = snapshot.policy(LearnedPolicy.Mode.SAMPLED);
        RandomStream random = new RandomStream(8);
        int draws = 5_000;
        int[] drawn = new int[3 * CHOICES];
        for (int d = 0; d < draws; d++) {
            policy.act(env, decision, random);
            for (int i = 0; i < 3; i++) {
                drawn[i * CHOICES + decision.actions.choice(i)]++;
            }
        }
        for (int k = 0; k < drawn.length; k++) {
            double p = decision.probabilities[k];
            double error = Math.sqrt(p * (1 - p) / draws);
            assertEquals(p, (double) drawn[k] / draws, 4 * error + 1e-3, "slot " + k);
        }
    }

    @Test
    void theSameStreamGivesTheSameActions() {
        PolicySnapshot snapshot = learned("actions", "continuous");
        ParallelEnv env = world(snapshot);
        Decision one = new Decision(env.spec());
        Decision other = new Decision(env.spec());
        snapshot.policy(LearnedPolicy.Mode.SAMPLED).act(env, one, new RandomStream(5));
        LearnedPolicy second = snapshot.policy(LearnedPolicy.Mode.SAMPLED);
        second.act(env, other, new RandomStream(6));
        assertTrue(one.actions.box(0, 1) != other.actions.box(0, 1));
        second.act(env, other, new RandomStream(5));
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < CHOICES; k++) {
                assertEquals(one.actions.box(i, k), other.actions.box(i, k));
            }
        }
    }

    private static CanonicalView criticView(RunConfig config) {
        Setup setup = config.setup(new PlainAlgebra());
        return setup.criticInput(setup.units().getFirst()).view();
    }

    /// What the critic says of the central view, scaled back.
    @ParameterizedTest
    @CsvSource({"mappo", "ippo"})
    void valuesAreInTheRewardsUnit(String algorithm) {
        RunConfig config = RunConfig.defaults("simple_spread", algorithm, 3);
        config =
                TinyRuns.with(
                        config, "copies", "6", "rollout", "30", "steps", "360", "math", "plain");
        PolicySnapshot snapshot;
        try (Trainer trainer = Trainer.createIn(config, folder.resolve("run"))) {
            TinyRuns.finish(trainer);
            snapshot = trainer.snapshot();
        }
        ParallelEnv env = world(snapshot);
        Decision decision = new Decision(env.spec());
        snapshot.policy(LearnedPolicy.Mode.GREEDY)
                .withValues(true)
                .act(env, decision, new RandomStream(1));
        EnvSpec spec = env.spec();
        boolean central = algorithm.equals("mappo");
        CanonicalView view = criticView(config);
        Network critic = config.network().build(new PlainAlgebra(), view, 1, 1);
        PolicySnapshot.Unit unit = snapshot.units().getFirst();
        System.arraycopy(unit.critic(), 0, critic.parameters().values(), 0, unit.critic().length);
        critic.parameters().valuesChanged();
        for (int i = 0; i < 3; i++) {
            double[] seen = new double[18];
            if (central) {
                env.observeCentral(i, seen, 0);
            } else {
                env.observe(i, seen, 0);
            }
            float[] flat = new float[18];
            for (int k = 0; k < 18; k++) {
                flat[k] = (float) seen[k];
            }
            float[] input = new float[view.size()];
            view.view(flat, 0, input, 0);
            float[] output = new float[1];
            critic.forward(input, 0, 1, output);
            assertEquals(unit.mean() + unit.deviation() * output[0], decision.values[i], 1e-5);
            assertTrue(decision.values[i] < 0, "returns of this world are negative");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sorted_mlp, 5",
        "entity, 5",
        "entity, 10",
        "entity, 2",
        "entity, 1",
        "flat_mlp, 5",
        "gru, 5"
    })
    void whatWasLearnedAmongThreeActsAmongOthers(String network, int agents) {
        PolicySnapshot snapshot = learned("network", network);
        RunConfig config = snapshot.config();
        EnvOptions others =
                EnvOptions.of(
                        config.provider().options(), Map.of("agents", Integer.toString(agents)));
        ParallelEnv env = config.provider().create(others);
        env.reset(1);
        Decision decision = new Decision(env.spec());
        snapshot.policy(others, LearnedPolicy.Mode.GREEDY)
                .withValues(true)
                .act(env, decision, new RandomStream(1));
        double[] first = decision.probabilities.clone();
        for (int i = 0; i < agents; i++) {
            double sum = 0;
            for (int k = 0; k < CHOICES; k++) {
                sum += first[i * CHOICES + k];
            }
            assertEquals(1, sum, 1e-5, "agent " + i);
            assertTrue(Double.isFinite(decision.values[i]));
        }
    }

    @Test
    void aPolicyFromTheFilesIsTheOneThatWasLearned() {
        PolicySnapshot learned = learned();
        PolicySnapshot read = Runs.newestPolicy(Runs.open(folder.resolve("run")));
        assertEquals(learned.version(), read.version());
        assertEquals(learned.envSteps(), read.envSteps());
        assertArrayEquals(learned.units().getFirst().actor(), read.units().getFirst().actor());
        assertArrayEquals(learned.units().getFirst().critic(), read.units().getFirst().critic());
        assertEquals(learned.units().getFirst().mean(), read.units().getFirst().mean());
        assertEquals(learned.units().getFirst().deviation(), read.units().getFirst().deviation());
    }
}
