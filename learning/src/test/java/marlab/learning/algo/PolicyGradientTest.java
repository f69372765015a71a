package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Network;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The gradient that a learner follows, averaged over every course that two choices of two can
/// take, against the slope of the exact expected return. The first choice leads to another second
/// state; rewards are {@link #REWARD}.
class PolicyGradientTest {

    private static final ActionSpace TWO =
            new ActionSpace.Discrete(List.of(new Push("no", 0, 0), new Push("yes", 0, 0)));

    /// What is seen at first, after "no" and after "yes".
    private static final float[] SEEN = {1, -0.5f, 0.3f};

    /// Rewards of the first choice, then of the second after "no", then after "yes".
    private static final double[][] REWARD = {{0.5, -1}, {2, 1}, {-3, -4}};

    private final Workers workers = new Workers(2);

    @AfterEach
    void close() {
        workers.close();
    }

    private static Setup setup(Algorithm algorithm, int lanes, int length, String... hyper) {
        ObservationSpace seen =
                new ObservationSpace(
                        List.of(Field.own("x", FieldKind.SCALAR, "", -1, 1, 1, 0)), List.of(), 1);
        AgentGroup group =
                new AgentGroup("agents", List.of(new AgentId(0, "agent")), seen, seen, TWO);
        EnvSpec spec =
                new EnvSpec("two choices", List.of(group), List.of(), List.of(), List.of(), 2, 0);
        HyperParameters values = HyperParameters.defaults(algorithm.parameters());
        for (int k = 0; k < hyper.length; k += 2) {
            values = values.with(algorithm.parameter(hyper[k]).orElseThrow(), hyper[k + 1]);
        }
        NetworkConfig network =
                new NetworkConfig(
                        NetworkConfig.Kind.FLAT_MLP,
                        List.of(8),
                        NetworkConfig.defaults().activation(),
                        NetworkConfig.Symmetry.AUTO);
        return new Setup(
                algorithm,
                spec,
                Unit.of(spec, Unit.ALL, List.of()),
                network,
                false,
                values,
                new PlainAlgebra(),
                new Seeds(2),
                lanes,
                length);
    }

    private static UnitLearner learner(Setup setup) {
        UnitLearner learner =
                setup.algorithm() == Algorithm.REINFORCE
                        ? new Reinforce(setup, 0)
                        : new AdvantageActorCritic(setup, 0);
        RandomStream random = new RandomStream(9);
        float[] weights = learner.behaviour().network().parameters().values();
        for (int k = 0; k < weights.length; k++) { // policies that are not nearly uniform
            weights[k] += 0.3f * (float) random.nextGaussian();
        }
        learner.behaviour().network().parameters().valuesChanged();
        return learner;
    }

    private static Rollout rollout(int length, int lanes, Algorithm algorithm) {
        return new Rollout(
                length, lanes, 1, algorithm.hasCritic() ? 1 : 0, 1, algorithm.hasCritic());
    }

    /// Writes down the course of these two choices.
    private static void course(Rollout r, int step, int lane, int first, int second) {
        int row = step * r.width() + lane;
        int next = row + r.width();
        r.input[row] = SEEN[0];
        r.action[row] = first;
        r.reward[row] = (float) REWARD[0][first];
        r.end(row, false, false);
        r.input[next] = SEEN[1 + first];
        r.action[next] = second;
        r.reward[next] = (float) REWARD[1 + first][second];
        r.end(next, true, true);
    }

    /// Probability of "yes" in a state.
    private static double yes(Network network, int state) {
        float[] z = new float[2];
        network.forward(SEEN, state, 1, z);
        return 1 / (1 + Math.exp((double) z[0] - z[1]));
    }

    private static double probability(Network network, int state, int action) {
        double yes = yes(network, state);
        return action == 1 ? yes : 1 - yes;
    }

    /// Expected return.
    private static double expected(Network network) {
        double sum = 0;
        for (int course = 0; course < 4; course++) {
            int a = course / 2;
            int b = course % 2;
            sum +=
                    probability(network, 0, a)
                            * probability(network, 1 + a, b)
                            * (REWARD[0][a] + REWARD[1 + a][b]);
        }
        return sum;
    }

    private static double[] slopes(Network network) {
        float[] weights = network.parameters().values();
        double[] slopes = new double[weights.length];
        for (int k = 0; k < weights.length; k++) {
            float before = weights[k];
            float up = before + 0.01f;
            float down = before - 0.01f;
            weights[k] = up;
            network.parameters().valuesChanged();
            double above = expected(network);
            weights[k] = down;
            network.parameters().valuesChanged();
            slopes[k] = (above - expected(network)) / ((double) up - down);
            weights[k] = before;
        }
        network.parameters().valuesChanged();
        return slopes;
    }

    /// The mean over all courses, each by its probability, of minus the gradient that a fresh
    /// learner's update follows, times the two samples that it is a mean of.
    ///
    /// @param length steps of the roll-out; from the third on another episode, which the roll-out's
    ///   end cuts
    private double[] meanGradient(Algorithm algorithm, int length, String... hyper) {
        double[] mean = null;
        for (int course = 0; course < 4; course++) {
            Setup setup = setup(algorithm, 1, length, hyper);
            UnitLearner learner = learner(setup);
            Network network = learner.behaviour().network();
            double p =
                    probability(network, 0, course / 2)
                            * probability(network, 1 + course / 2, course % 2);
            Rollout r = rollout(length, 1, algorithm);
            course(r, 0, 0, course / 2, course % 2);
            for (int row = 2; row < length; row++) {
                r.input[row] = SEEN[0];
                r.action[row] = course / 2;
                r.reward[row] = 100;
                r.end(row, false, false);
            }
            learner.update(r, 0, workers, "");
            float[] gradient = network.parameters().gradient();
            mean = mean == null ? new double[gradient.length] : mean;
            for (int k = 0; k < gradient.length; k++) {
                mean[k] -= p * 2 * gradient[k];
            }
        }
        return mean;
    }

    private static void assertClose(double[] expected, double[] actual, double tolerance) {
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertTrue(largest > 0.1, "nothing to compare");
        assertArrayEquals(expected, actual, tolerance * largest);
    }

    @ParameterizedTest
    @CsvSource({"none, 2", "step, 2", "none, 3"})
    void reinforceFollowsTheSlopeOfTheExpectedReturn(String baseline, int length) {
        double[] mean =
                meanGradient(
                        Algorithm.REINFORCE,
                        length,
                        "baseline",
                        baseline,
                        "discount",
                        "1",
                        "advantages",
                        "none",
                        "entropy",
                        "0",
                        "max_norm",
                        "1e6");
        Setup setup = setup(Algorithm.REINFORCE, 1, length);
        assertClose(slopes(learner(setup).behaviour().network()), mean, 0.01);
    }

    /// Whatever the critic says of a state, it is no part of the mean: Σ_a π(a)·∇log π(a) = 0.
    @ParameterizedTest
    @ValueSource(strings = {"0.01", "1"})
    void advantageActorCriticFollowsItTooWhenReturnsReachTheEnd(String tau) {
        double[] mean =
                meanGradient(
                        Algorithm.IA2C,
                        2,
                        "n_step",
                        "2",
                        "tau",
                        tau,
                        "discount",
                        "1",
                        "advantages",
                        "none",
                        "entropy",
                        "0",
                        "max_norm",
                        "1e6");
        Setup setup = setup(Algorithm.IA2C, 1, 2);
        assertClose(slopes(learner(setup).behaviour().network()), mean, 0.01);
    }

    /// One step of return instead puts the critic's word in place of the second reward, so the
    /// gradient must be another one.
    @Test
    void returnsOfOneStepAreBiasedByTheCritic() {
        double[] mean =
                meanGradient(
                        Algorithm.IA2C,
                        2,
                        "n_step",
                        "1",
                        "discount",
                        "1",
                        "advantages",
                        "none",
                        "entropy",
                        "0",
                        "max_norm",
                        "1e6");
        double[] slopes = slopes(learner(setup(Algorithm.IA2C, 1, 2)).behaviour().network());
        double difference = 0;
        for (int k = 0; k < mean.length; k++) {
            difference = Math.max(difference, Math.abs(mean[k] - slopes[k]));
        }
        assertTrue(difference > 0.1, "difference " + difference);
    }

    @Test
    void theEntropyBonusPullsTowardsChance() {
        Setup setup =
                setup(
                        Algorithm.REINFORCE,
                        1,
                        2,
                        "advantages",
                        "batch",
                        "baseline",
                        "none",
                        "entropy",
                        "1");
        UnitLearner learner = learner(setup);
        Network network = learner.behaviour().network();
        Rollout r = rollout(2, 1, Algorithm.REINFORCE);
        for (int update = 0; update < 300; update++) {
            course(r, 0, 0, 0, 0);
            r.reward[0] = 0;
            r.reward[1] = 0; // equal returns: nothing but the bonus is left
            learner.update(r, 0, workers, "");
        }
        assertEquals(0.5, yes(network, 0), 0.05);
        assertEquals(0.5, yes(network, 1), 0.05);
    }

    /// Baselines are of earlier updates: the first has none, the second the first one's mean.
    @ParameterizedTest
    @CsvSource({"step, 6, 4", "all, 5, 5", "none, 0, 0"})
    void baselinesAreMeansOfEarlierUpdates(String baseline, double first, double second) {
        Setup setup =
                setup(
                        Algorithm.REINFORCE,
                        1,
                        2,
                        "advantages",
                        "none",
                        "baseline",
                        baseline,
                        "discount",
                        "1");
        UnitLearner learner = learner(setup);
        Rollout r = rollout(2, 1, Algorithm.REINFORCE);
        for (int update = 0; update < 2; update++) {
            course(r, 0, 0, 1, 1);
            r.reward[0] = 2;
            r.reward[1] = 4;
            learner.update(r, 0, workers, "");
            assertEquals(6 - (update == 0 ? 0 : first), r.advantage[0], 1e-5);
            assertEquals(4 - (update == 0 ? 0 : second), r.advantage[1], 1e-5);
        }
    }

    /// Episodes of two steps in roll-outs of three: who began last time counts, with the baseline
    /// of its step, who is cut does not.
    @Test
    void episodesThatTheRollOutCutsDoNotCountUntilTheyEnd() {
        Setup setup = setup(Algorithm.REINFORCE, 1, 3, "advantages", "none", "discount", "1");
        UnitLearner learner = learner(setup);
        Rollout r = rollout(3, 1, Algorithm.REINFORCE);
        course(r, 0, 0, 1, 1);
        r.input[2] = SEEN[0];
        r.reward[2] = 1000;
        r.end(2, false, false);
        assertEquals(2 / 3.0, counted(learner, r), 1e-12);
        assertEquals(REWARD[0][1] + REWARD[2][1], r.advantage[0], 1e-5);
        r.reward[0] = 7; // the second step of the episode that was cut
        r.end(0, true, true);
        course(r, 1, 0, 1, 1);
        assertEquals(1, counted(learner, r), 1e-12);
        assertEquals(7 - REWARD[2][1], r.advantage[0], 1e-5);
        assertEquals(0, r.advantage[1], 1e-5);
    }

    private double counted(UnitLearner learner, Rollout r) {
        return learner.update(r, 0, workers, "").stream()
                .filter(f -> f.key().equals("counted"))
                .findFirst()
                .orElseThrow()
                .value();
    }

    /// Episodes longer than the roll-out: all rows count, as if the roll-out were the episode.
    @Test
    void wherePartsOfEpisodesAreAllThereIsTheyCount() {
        Setup setup = setup(Algorithm.REINFORCE, 2, 1, "advantages", "none");
        Rollout r = rollout(1, 2, Algorithm.REINFORCE);
        for (int row = 0; row < 2; row++) {
            r.input[row] = SEEN[0];
            r.reward[row] = 3 + row;
            r.end(row, false, false);
        }
        UnitLearner learner = learner(setup);
        assertEquals(1, counted(learner, r));
        assertArrayEquals(new float[] {3, 4}, r.advantage, 1e-6f);
    }

    @ParameterizedTest
    @ValueSource(strings = {"reinforce", "ia2c", "maa2c"})
    void whereNobodyIsThereNothingIsLearned(String key) {
        Algorithm algorithm = Algorithm.named(key);
        UnitLearner learner = learner(setup(algorithm, 2, 2));
        Rollout r = rollout(2, 2, algorithm);
        for (int row = 0; row < 4; row++) {
            r.gone(row, true);
            r.end(row, true, true);
        }
        float[] before = learner.behaviour().network().parameters().values().clone();
        List<Figure> figures = learner.update(r, 0, workers, "");
        assertArrayEquals(before, learner.behaviour().network().parameters().values());
        assertTrue(figures.stream().allMatch(f -> Double.isFinite(f.value())));
    }
}
