package marlab.learning.train;

import static marlab.learning.train.TinyRuns.assertOtherRun;
import static marlab.learning.train.TinyRuns.assertSameRun;
import static marlab.learning.train.TinyRuns.finish;
import static marlab.learning.train.TinyRuns.train;
import static marlab.learning.train.TinyRuns.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import marlab.learning.algo.Setup;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.Workers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocialRewardTest {

    private static final double EXACT = 1e-6; // smoothed rewards are floats

    @TempDir private Path folder;

    private final float[] smoothed = new float[3];

    private double[] shaped(SocialReward social, double... rewards) {
        double[] changed = rewards.clone();
        social.shape(changed, 0, changed.length, smoothed);
        return changed;
    }

    @Test
    void inequityIsThatOfSmoothedRewards() {
        SocialReward social = new SocialReward(5, 0.5, 0.5, 0, 0);
        // e = (4, 0, 2): A −½·½·(4 + 2); B −½·5·(4 + 2); C −½·(5·2 + ½·2)
        assertArrayEquals(new double[] {2.5, -15, -3.5}, shaped(social, 4, 0, 2), EXACT);
        // e = (2, 0, 1) + (0, 3, 0) = (2, 3, 1)
        assertArrayEquals(
                new double[] {-0.5 * (5 * 1 + 0.5 * 1), 3 - 0.5 * 0.5 * 3, -0.5 * 5 * 3},
                shaped(social, 0, 3, 0),
                EXACT);
        assertArrayEquals(new float[] {2, 3, 1}, smoothed);
    }

    @Test
    void orientationIsAnAngleFromOwnToOthers() {
        SocialReward equal = new SocialReward(0, 0, 0, 45, 2);
        double quarter = Math.PI / 4;
        // A sees (3, mean of 0 and 6), B (0, 4.5), C (6, 1.5)
        assertArrayEquals(
                new double[] {3, -2 * quarter, 6 - 2 * (quarter - Math.atan2(1.5, 6))},
                shaped(equal, 3, 0, 6),
                EXACT);
        assertArrayEquals(new double[] {0, 0, 0}, shaped(equal, 0, 0, 0), EXACT);
        assertArrayEquals(new float[3], smoothed, "nothing is carried");
    }

    /// From 170° to −170° it is 20°.
    @Test
    void anglesAreComparedTheShortWayRound() {
        double[] rewards = {-Math.cos(Math.toRadians(10)), -Math.sin(Math.toRadians(10))};
        double first = rewards[0];
        new SocialReward(0, 0, 0, 170, 1).shape(rewards, 0, 2, new float[2]);
        assertEquals(first - Math.toRadians(20), rewards[0], EXACT);
    }

    @Test
    void loneAgentsHaveNobodyToCompareWith() {
        SocialReward social = new SocialReward(5, 5, 0.5, 45, 5);
        assertArrayEquals(new double[] {3}, shaped(social, 3));
    }

    /// The collector shapes what learners get, copy by copy, and begins anew with every episode.
    @Test
    void learnersGetShapedRewards() {
        String[] game = {
            "rounds", "3", "copies", "3", "rollout", "7", "share", "0.25", "math", "plain"
        };
        RunConfig plain = with(RunConfig.defaults("matrix_game", "ippo", 3), game);
        RunConfig averse = with(plain, "inequity_disadvantage", "5", "inequity_advantage", "0.5");
        Rollout raw = collected(plain);
        Rollout changed = collected(averse);
        SocialReward social = averse.social();
        int lanes = 6;
        for (int copy = 0; copy < 3; copy++) {
            float[] carried = new float[2];
            for (int t = 0; t < 7; t++) {
                int row = t * lanes + 2 * copy;
                if (t % 3 == 0) {
                    carried = new float[2];
                }
                double[] expected = {raw.reward[row], raw.reward[row + 1]};
                social.shape(expected, 0, 2, carried);
                assertEquals(expected[0], changed.reward[row], 1e-5);
                assertEquals(expected[1], changed.reward[row + 1], 1e-5);
            }
        }
    }

    private static Rollout collected(RunConfig config) {
        Setup setup = config.setup(new PlainAlgebra());
        Experience experience = setup.experience();
        Collector collector =
                new Collector(config, setup, config.algorithm().learner(setup).behaviours());
        collector.reset();
        try (Workers workers = new Workers(1)) {
            collector.collect(config.rewardWeights(), experience, workers);
        }
        return experience.rollout(0);
    }

    @Test
    void whatIsCarriedOutlastsTheFiles() throws Exception {
        RunConfig config =
                with(
                        RunConfig.defaults("matrix_game", "ippo", 3),
                        "copies",
                        "3",
                        "rollout",
                        "7",
                        "steps",
                        "420",
                        "hidden",
                        "8",
                        "inequity_disadvantage",
                        "5",
                        "svo_weight",
                        "0.2",
                        "math",
                        "plain",
                        "evaluate_every",
                        "0",
                        "checkpoint_every",
                        "2");
        Path whole = train(config, folder.resolve("whole"));
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
        assertOtherRun(
                whole, train(with(config, "inequity_disadvantage", "0"), folder.resolve("other")));
    }

    /// A run without social preferences does not even have room for them in its files.
    @Test
    void offIsAsBefore() {
        RunConfig config = with(RunConfig.defaults("matrix_game", "ippo", 3), "copies", "3");
        Setup setup = config.setup(new PlainAlgebra());
        Collector collector =
                new Collector(config, setup, config.algorithm().learner(setup).behaviours());
        collector.save(false).memories().forEach(m -> assertEquals(0, m.length));
        double[] rewards = {1.5, -2};
        SocialReward.NONE.shape(rewards, 0, 2, new float[0]);
        assertArrayEquals(new double[] {1.5, -2}, rewards);
    }
}
