package marlab.learning.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import marlab.learning.analysis.Interval;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.env.Workers;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.policy.RandomPolicy;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    private static final int EPISODES = 9;

    private final WorldProvider world = Worlds.named("simple_spread");
    private final EnvOptions options = world.defaults();

    private Evaluation run(Supplier<Policy> policy, int threads) {
        try (Workers workers = new Workers(threads)) {
            return Evaluation.run(
                    world, options, policy, EPISODES, workers, done -> {}, () -> false);
        }
    }

    /// Notes where everyone stands at the start of each episode and then stays put.
    private static final class Onlooker implements Policy {
        final Map<Integer, double[]> starts = new TreeMap<>();

        @Override
        public void act(ParallelEnv env, Decision into, RandomGenerator random) {
            for (int i = 0; i < 3; i++) {
                into.actions.choose(i, 0);
            }
        }

        @Override
        public void episodeBegins(ParallelEnv env) {
            double[] seen = new double[18];
            env.observe(0, seen, 0);
            starts.put(starts.size(), seen);
        }
    }

    /// The definition, step by step, for uniformly random choices.
    @Test
    void figuresOfARandomPolicyAreThoseOfItsEpisodes() {
        Evaluation evaluation = run(RandomPolicy::new, 1);
        Seeds seeds = new Seeds(20_260_101);
        ParallelEnv env = world.create(options);
        Actions actions = new Actions(env.spec());
        double[] returns = new double[EPISODES];
        for (int e = 0; e < EPISODES; e++) {
            env.reset(seeds.seed("evaluation", e));
            RandomStream random = seeds.stream("evaluation.actions", e);
            double distance = 0;
            double collisions = 0;
            double coverage = 0;
            double end = 0;
            for (int t = 0; t < 25; t++) {
                for (int i = 0; i < 3; i++) {
                    actions.choose(i, random.nextInt(5));
                }
                StepResult step = env.step(actions);
                distance += step.metrics[0];
                collisions += step.metrics[1];
                coverage += step.metrics[2] / 25;
                end = step.metrics[3];
            }
            assertArrayEquals(
                    new double[] {distance, collisions, coverage, end},
                    evaluation.metrics()[e],
                    1e-12);
            assertEquals(25, evaluation.lengths()[e]);
            returns[e] = -(0.5 * distance + collisions / 3);
        }
        Interval interval = evaluation.dialect(evaluation.spec().dialects().getFirst());
        assertEquals(Interval.of(returns).mean(), interval.mean(), 1e-12);
        assertEquals(Interval.of(returns).low(), interval.low(), 1e-12);
        assertTrue(interval.mean() < -15 && interval.mean() > -40);
    }

    @Test
    void everyPolicyMeetsTheSameEpisodes() {
        Onlooker one = new Onlooker();
        Onlooker other = new Onlooker();
        run(() -> one, 1);
        run(RandomPolicy::new, 1);
        run(() -> other, 1);
        assertEquals(EPISODES, one.starts.size());
        for (int e = 0; e < EPISODES; e++) {
            assertArrayEquals(one.starts.get(e), other.starts.get(e));
        }
        assertTrue(one.starts.get(0)[2] != one.starts.get(1)[2]);
    }

    @Test
    void resultsDoNotDependOnTheNumberOfThreads() {
        Evaluation one = run(RandomPolicy::new, 1);
        Evaluation three = run(RandomPolicy::new, 3);
        for (int e = 0; e < EPISODES; e++) {
            assertArrayEquals(one.metrics()[e], three.metrics()[e]);
        }
    }

    @Test
    void allEpisodesAreReportedOnce() {
        AtomicInteger last = new AtomicInteger();
        try (Workers workers = new Workers(2)) {
            Evaluation.run(
                    world,
                    options,
                    RandomPolicy::new,
                    5,
                    workers,
                    done -> last.accumulateAndGet(done, Math::max),
                    () -> false);
        }
        assertEquals(5, last.get());
    }

    @Test
    void cancellingEndsItWithoutAResult() {
        try (Workers workers = new Workers(2)) {
            assertThrows(
                    CancellationException.class,
                    () ->
                            Evaluation.run(
                                    world,
                                    options,
                                    RandomPolicy::new,
                                    5,
                                    workers,
                                    done -> {},
                                    () -> true));
        }
    }

    @Test
    void aPolicyThatDoesNotFitSaysSoItself() {
        Supplier<Policy> unfit =
                () -> {
                    throw new BadInput("It does not fit.");
                };
        for (int threads = 1; threads <= 2; threads++) {
            int count = threads;
            BadInput bad = assertThrows(BadInput.class, () -> run(unfit, count));
            assertEquals("It does not fit.", bad.getMessage());
        }
    }

    @Test
    void episodesOfDifferentLengthsAreCountedEach() {
        WorldProvider twoSteps = Worlds.named(TwoStepWorld.NAME);
        try (Workers workers = new Workers(1)) {
            Evaluation evaluation =
                    Evaluation.run(
                            twoSteps,
                            twoSteps.defaults(),
                            RandomPolicy::new,
                            400,
                            workers,
                            done -> {},
                            () -> false);
            Interval interval = evaluation.dialect(evaluation.spec().dialects().getFirst());
            assertTrue(interval.low() < 0.25 && interval.high() > 0.25, interval.toString());
            assertEquals(2, evaluation.lengths()[399]);
        }
    }

    /// The same starts: against itself nothing is left, against another the mean is the difference
    /// of the means.
    @Test
    void differencesArePairedByEpisode() {
        Evaluation still = run(Onlooker::new, 1);
        Evaluation random = run(RandomPolicy::new, 1);
        var dialect = still.spec().dialects().getFirst();
        Interval none = still.beyond(still, dialect);
        assertEquals(0, none.mean());
        assertEquals(0, none.high());
        Interval paired = still.beyond(random, dialect);
        assertEquals(
                still.dialect(dialect).mean() - random.dialect(dialect).mean(),
                paired.mean(),
                1e-9);
        double apart = still.dialect(dialect).half() + random.dialect(dialect).half();
        assertTrue(paired.half() < apart, paired.half() + " < " + apart);
    }
}
