package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A learner fed by hand: one number x is seen, one of two choices made, every step ends an
/// episode.
class PpoTest {

    private static final int LENGTH = 7;
    private static final int LANES = 13; // 91 rows: not divisible by the number of minibatches
    private static final ActionSpace TWO =
            new ActionSpace.Discrete(List.of(new Push("no", 0, 0), new Push("yes", 0, 0)));

    private final Workers workers = new Workers(2);
    private final RandomStream random = new RandomStream(23);
    private final Rollout rollout = new Rollout(LENGTH, LANES, 1, 1, 1, true);

    @AfterEach
    void close() {
        workers.close();
    }

    private static Ppo learner(PpoConfig config) {
        ObservationSpace seen =
                new ObservationSpace(
                        List.of(Field.own("x", FieldKind.SCALAR, "", -1, 1, 1, 0)), List.of(), 1);
        AgentGroup group =
                new AgentGroup("agents", List.of(new AgentId(0, "agent")), seen, seen, TWO);
        EnvSpec spec =
                new EnvSpec("yes or no", List.of(group), List.of(), List.of(), List.of(), 1, 0);
        NetworkConfig network =
                new NetworkConfig(
                        NetworkConfig.Kind.FLAT_MLP,
                        List.of(16),
                        NetworkConfig.defaults().activation(),
                        NetworkConfig.Symmetry.AUTO);
        Setup setup =
                new Setup(
                        Algorithm.IPPO,
                        spec,
                        Unit.of(spec, Unit.ALL, List.of()),
                        network,
                        false,
                        HyperParameters.defaults(Algorithm.IPPO.parameters()),
                        new PlainAlgebra(),
                        new Seeds(1),
                        LANES,
                        LENGTH);
        return new Ppo(setup, 0, config);
    }

    private static PpoConfig config(int epochs, int minibatches) {
        return new PpoConfig(epochs, minibatches, 1e-2, 1, 0.9, 0.95, 0.2, 0.01, 10, 10);
    }

    /// Acts everywhere; choosing "yes" where x > 0 and "no" elsewhere earns 100 ± 10.
    private void play(Ppo learner) {
        Rollout r = rollout;
        float[] output = new float[2];
        ActionDistribution distribution = ActionDistribution.of(TWO);
        for (int row = 0; row < r.rows(); row++) {
            r.input[row] = 2 * random.nextInt(2) - 1;
            learner.behaviour().network().forward(r.input, row, 1, output);
            r.logProbability[row] = distribution.sample(output, 0, random, r.action, row);
            r.reward[row] = r.action[row] == 1 == r.input[row] > 0 ? 110 : 90;
            r.end(row, true, true);
        }
    }

    private static float probabilityOfYes(Ppo learner, float x) {
        float[] output = new float[2];
        learner.behaviour().network().forward(new float[] {x}, 0, 1, output);
        return new Categorical(2).probabilities(output, 0)[1];
    }

    @Test
    void whatPaysIsChosenMoreOftenAndValuesComeOutInTheRewardsUnit() {
        Ppo learner = learner(config(4, 4));
        Ppo.Losses losses = null;
        for (int update = 0; update < 40; update++) {
            play(learner);
            losses = learner.update(rollout, 0, workers);
        }
        assertTrue(probabilityOfYes(learner, 1) > 0.9, "x = 1");
        assertTrue(probabilityOfYes(learner, -1) < 0.1, "x = -1");
        play(learner);
        learner.prepare(rollout);
        for (int row = 0; row < rollout.rows(); row++) {
            assertEquals(110, rollout.value[row], 4, "value of row " + row);
        }
        assertTrue(losses.entropy() < 0.35 && losses.entropy() > 0, "entropy " + losses.entropy());
        assertTrue(losses.valueLoss() >= 0 && Double.isFinite(losses.policyLoss()));
    }

    @Test
    void valuesAreThoseOfTheCriticRowByRow() {
        Ppo learner = learner(config(1, 4));
        play(learner);
        learner.update(rollout, 0, workers);
        Rollout r = rollout;
        for (int row = 0; row < r.rows(); row++) {
            r.input[row] = row * 0.01f;
            r.nextInput[row] = -row * 0.02f;
            r.end(row, row % 5 == 0, row % 10 == 0);
        }
        learner.prepare(rollout);
        float[] output = new float[1];
        int next = 0;
        for (int row = 0; row < r.rows(); row++) {
            learner.behaviour().critic().forward(r.input, row, 1, output);
            float scale = learner.behaviour().norm().deviation();
            float mean = learner.behaviour().norm().mean();
            assertEquals(mean + scale * output[0], r.value[row], 1e-3f, "row " + row);
            if (r.needsNext(row)) {
                next++;
                learner.behaviour().critic().forward(r.nextInput, row, 1, output);
                assertEquals(mean + scale * output[0], r.next[row], 1e-3f, "after row " + row);
            }
        }
        assertTrue(next > LANES);
    }

    @Test
    void theFirstMinibatchSeesThePolicyThatActed() {
        Ppo learner = learner(config(1, 1));
        play(learner);
        Ppo.Losses losses = learner.update(rollout, 0, workers);
        assertEquals(0, losses.kl(), 1e-6);
        assertEquals(0, losses.clipFraction());
        assertEquals(0, losses.policyLoss(), 1e-5); // advantages have mean 0
        assertEquals(Math.log(2), losses.entropy(), 1e-3);
    }

    @Test
    void theRateFallsInAStraightLineToItsShare() {
        PpoConfig annealed = new PpoConfig(1, 1, 1e-2, 0.1, 0.9, 0.95, 0.2, 0.01, 10, 10);
        double[] moved = new double[3];
        for (int k = 0; k < 3; k++) {
            Ppo learner = learner(annealed);
            float before = learner.behaviour().critic().parameters().values()[0];
            play(learner);
            learner.update(rollout, k / 2.0, workers);
            moved[k] = Math.abs(learner.behaviour().critic().parameters().values()[0] - before);
        }
        assertEquals(1e-2, moved[0], 1e-3); // Adam's first step is the rate
        assertEquals(0.55, moved[1] / moved[0], 0.01);
        assertEquals(0.1, moved[2] / moved[0], 0.01);
    }

    @Test
    void theEntropyBonusFallsInAStraightLineToItsShare() {
        PpoConfig annealed =
                new PpoConfig(1, 1, 1e-2, 0.5, 0.9, 0.95, 0.2, 0.04, 10, 10, "batch", 0.25);
        double[] expected = {0.04, 0.025, 0.01, 0.01};
        for (int k = 0; k < 4; k++) {
            assertEquals(expected[k], annealed.at(k / 2.0).entropy(), 1e-12);
        }
        assertEquals(0.75e-2, annealed.at(0.5).learningRate(), 1e-12);
    }

    /// With a rate of 0 all ratios stay 1, so the loss is minus the mean of the advantages seen: 0
    /// only if every sample counts once.
    @Test
    void everyEpochShowsEverySampleOnce() {
        Ppo learner = learner(new PpoConfig(5, 3, 0, 1, 0.9, 0.95, 0.2, 0.01, 10, 10));
        play(learner);
        Rollout r = rollout;
        for (int row = 0; row < r.rows(); row++) {
            r.reward[row] = row * row; // no two alike
        }
        Ppo.Losses losses = learner.update(rollout, 0, workers);
        assertEquals(0, losses.kl(), 1e-6);
        assertEquals(0, losses.policyLoss(), 1e-5);
    }

    @Test
    void explainedVarianceIsOneForAPerfectCriticAndLowForAFreshOne() {
        Ppo learner = learner(config(4, 4));
        double first = 0;
        double last = 0;
        for (int update = 0; update < 60; update++) {
            play(learner);
            Rollout r = rollout;
            for (int row = 0; row < r.rows(); row++) {
                r.reward[row] = 50 * r.input[row]; // known from what is seen
            }
            last = learner.update(rollout, 0, workers).explained();
            first = update == 0 ? last : first;
        }
        assertTrue(first < 0.1, "first " + first);
        assertTrue(last > 0.98, "last " + last);
    }

    /// Whoever had ended before the roll-out began teaches nothing, and harms nothing.
    @Test
    void aRollOutOfThoseWhoAreGoneChangesNothing() {
        Ppo learner = learner(config(4, 4));
        play(learner);
        for (int row = 0; row < rollout.rows(); row++) {
            rollout.gone(row, true);
        }
        float[] before = learner.behaviour().network().parameters().values().clone();
        Ppo.Losses losses = learner.update(rollout, 0, workers);
        assertEquals(0, losses.policyLoss());
        assertEquals(0, losses.explained());
        assertArrayEquals(before, learner.behaviour().network().parameters().values());
    }

    @Test
    void fewerSamplesThanMinibatchesAreLearnedFromToo() {
        Ppo learner = learner(config(4, 4));
        play(learner);
        for (int row = 2; row < rollout.rows(); row++) {
            rollout.gone(row, true);
        }
        Ppo.Losses losses = learner.update(rollout, 0, workers);
        assertTrue(Double.isFinite(losses.policyLoss()) && losses.entropy() > 0);
    }
}
