package marlab.learning.train;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import marlab.learning.algo.Learner;
import marlab.learning.algo.Setup;
import marlab.learning.buffer.Experience;
import marlab.learning.nd4j.Nd4jAlgebra;
import marlab.learning.net.CountingAlgebra;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.Matrix;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.Workers;

/// Measures how fast a config learns, without writing anything.
public final class TrainingBench implements AutoCloseable {

    private final RunConfig config;
    private final Workers workers;
    private final Collector collector;
    private final CountingAlgebra algebra;
    private final Learner learner;
    private final Experience experience;

    /// @param config what to measure
    /// @param threads threads that act and learn
    public TrainingBench(RunConfig config, int threads) {
        this.config = config;
        workers = new Workers(threads);
        algebra =
                new CountingAlgebra(
                        config.training().nd4j() ? new Nd4jAlgebra() : new PlainAlgebra());
        Setup setup = config.setup(algebra);
        learner = config.algorithm().learner(setup);
        experience = setup.experience();
        collector = new Collector(config, setup, learner.behaviours());
        collector.reset();
    }

    /// Environment steps of one roll-out.
    public long stepsPerRollout() {
        return (long) config.training().copies() * config.training().rollout();
    }

    /// Acts for one roll-out.
    public void act() {
        collector.collect(config.rewardWeights(), experience, workers);
    }

    /// Learns from the last roll-out once.
    public void learn() {
        learner.update(experience, 0, workers);
    }

    /// Multiplications and additions in the matrix products of one update.
    public long operationsPerUpdate() {
        long before = algebra.operations();
        learn();
        return algebra.operations() - before;
    }

    /// Where the time of acting and learning goes.
    ///
    /// @param seconds how long to look, about
    /// @throws IOException where the recording can't be written
    public Map<TrainingProfile.Work, Double> profile(double seconds) throws IOException {
        Runnable both =
                () -> {
                    act();
                    learn();
                };
        double rate = perSecond(both, seconds / 3, System::nanoTime);
        return TrainingProfile.of(both, (int) Math.max(1, rate * seconds));
    }

    /// What this machine multiplies at most: products of square single-precision matrices of 1,024
    /// by ND4J, one on each thread at once.
    ///
    /// @return floating-point operations per second of all threads together
    public static double peak(int threads, double seconds) {
        LinearAlgebra nd4j = new Nd4jAlgebra();
        int n = 1024;
        Matrix[][] each = new Matrix[threads][3];
        for (Matrix[] three : each) {
            Arrays.setAll(three, k -> nd4j.matrix(n, n));
        }
        try (Workers all = new Workers(threads)) {
            IntConsumer product =
                    t -> nd4j.multiply(each[t][0], false, each[t][1], false, each[t][2], 0);
            double rate = perSecond(() -> all.run(threads, product), seconds, System::nanoTime);
            return rate * threads * 2.0 * n * n * n;
        }
    }

    /// How often a piece of work is done per second: after warming up for a third of the time, the
    /// work is repeated until the time is over.
    ///
    /// @param clock nanoseconds, such as System::nanoTime
    public static double perSecond(Runnable work, double seconds, LongSupplier clock) {
        repeat(work, seconds / 3, clock);
        return repeat(work, seconds, clock);
    }

    private static double repeat(Runnable work, double seconds, LongSupplier clock) {
        long start = clock.getAsLong();
        long count = 0;
        double spent;
        do {
            work.run();
            count++;
            spent = (clock.getAsLong() - start) * 1e-9;
        } while (spent < seconds);
        return count / spent;
    }

    @Override
    public void close() {
        workers.close();
    }
}
