package marlab.learning.train;

import static marlab.learning.train.TinyRuns.assertOtherRun;
import static marlab.learning.train.TinyRuns.assertSameRun;
import static marlab.learning.train.TinyRuns.await;
import static marlab.learning.train.TinyRuns.finish;
import static marlab.learning.train.TinyRuns.spread;
import static marlab.learning.train.TinyRuns.train;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import marlab.learning.algo.ActionDistribution;
import marlab.learning.algo.Learner;
import marlab.learning.algo.Setup;
import marlab.learning.algo.Unit;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Network;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.Workers;
import marlab.sim.reward.RewardWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Acting for the next roll-out while the last is learned from. That it is the same on one thread
/// and on two and after a resume is tested with every algorithm's, in {@link AlgorithmsResumeTest}.
class OverlapTest {

    private static final int UPDATES = 5;

    @TempDir private Path folder;

    /// Roll-out k acts as the policy was before the update from roll-out k − 1.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatIsLearnedFromIsOneUpdateOld(int threads) {
        RunConfig config = spread("learning_rate", "0.01");
        Setup setup = config.setup(new PlainAlgebra());
        Learner learner = config.algorithm().learner(setup);
        List<float[]> policies = new ArrayList<>();
        try (Workers workers = new Workers(threads);
                Feed feed = feed(config, setup, learner, workers)) {
            for (int k = 0; k < UPDATES; k++) {
                policies.add(weights(learner));
                Experience experience = feed.next(config.rewardWeights());
                Rollout r = experience.rollout(0);
                assertEquals(0, error(setup, policies.get(Math.max(0, k - 1)), r), 1e-5);
                if (k > 0) {
                    assertNotEquals(0, error(setup, policies.get(k), r), 1e-3);
                }
                learner.update(experience, 0, workers);
                feed.await();
            }
        }
    }

    private static Feed feed(RunConfig config, Setup setup, Learner learner, Workers workers) {
        Collector collector = new Collector(config, setup, learner.behaviours());
        collector.reset();
        Feed feed = new Feed(collector, setup, true, workers);
        feed.start(config.rewardWeights());
        return feed;
    }

    private static float[] weights(Learner learner) {
        return learner.behaviours().getFirst().network().parameters().values().clone();
    }

    /// Largest difference of a log-probability from that under these weights.
    private static double error(Setup setup, float[] weights, Rollout r) {
        Unit unit = setup.units().getFirst();
        Network network = setup.actor(unit, r.rows());
        System.arraycopy(weights, 0, network.parameters().values(), 0, weights.length);
        network.parameters().valuesChanged();
        ActionDistribution distribution =
                ActionDistribution.of(setup.spec().groups().getFirst().action());
        float[] outputs = new float[r.rows() * distribution.outputs()];
        network.forward(r.input, 0, r.rows(), outputs);
        double worst = 0;
        for (int row = 0; row < r.rows(); row++) {
            float is =
                    distribution.logProbability(
                            outputs, row * distribution.outputs(), r.action, row * r.actionSize());
            worst = Math.max(worst, Math.abs(is - r.logProbability[row]));
        }
        return worst;
    }

    @Test
    void otherRewardsCountFromTheRollOutThatBeginsThen() {
        RunConfig config = spread("horizon", "5");
        Setup setup = config.setup(new PlainAlgebra());
        RewardWeights old = config.rewardWeights();
        RewardWeights nothing = new RewardWeights(new double[4], 0);
        try (Workers workers = new Workers(2);
                Feed feed = feed(config, setup, config.algorithm().learner(setup), workers)) {
            assertEquals(old, feed.next(nothing).weights);
            feed.await();
            assertNotEquals(0, sum(feed.episodes()));
            Experience experience = feed.next(old);
            feed.await();
            assertEquals(nothing, experience.weights);
            for (float reward : experience.rollout(0).reward) {
                assertEquals(0, reward);
            }
            assertEquals(old, feed.next(old).weights);
            feed.await();
        }
    }

    private static double sum(Collector.Episodes episodes) {
        return episodes.returns.stream().mapToDouble(r -> r[0]).sum();
    }

    /// Also in the middle of episodes, with what recurrent networks remember there, and after an
    /// edit.
    @ParameterizedTest
    @ValueSource(strings = {"plain", "nd4j"})
    void stoppingAndGoingOnChangesNothing(String math) throws Exception {
        RunConfig config =
                spread(
                        "overlap", "on", "network", "gru", "rollout", "7", "horizon", "9", "steps",
                        "1260", "math", math);
        RewardWeights edited = config.rewardWeights().withShare(0.5);
        Path undisturbed;
        try (Trainer trainer = Trainer.createIn(config, folder.resolve("undisturbed"))) {
            trainer.edit(edited);
            undisturbed = finish(trainer);
        }
        Path run = folder.resolve("run");
        try (Trainer trainer = Trainer.createIn(config, run)) {
            trainer.edit(edited);
            stopAt(trainer, 1);
            stopAt(trainer, 9);
        }
        try (Trainer trainer = Trainer.resume(run)) {
            stopAt(trainer, 20);
        }
        try (Trainer trainer = Trainer.resume(run).withThreads(1)) {
            assertSameRun(undisturbed, finish(trainer));
        }
    }

    private static void stopAt(Trainer trainer, int version) throws InterruptedException {
        Thread learner = TinyRuns.start(trainer);
        await(() -> trainer.progress().policyVersion() >= version);
        trainer.stop();
        learner.join();
        assertNull(trainer.failure());
        assertEquals(Progress.Phase.STOPPED, trainer.progress().phase());
    }

    @Test
    void itIsAnotherRun() throws IOException {
        Path off = train(spread("steps", "240"), folder.resolve("off"));
        assertOtherRun(off, train(spread("steps", "240", "overlap", "on"), folder.resolve("on")));
    }
}
