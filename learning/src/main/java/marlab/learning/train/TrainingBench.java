package marlab.learning.train;

import java.util.function.LongSupplier;
import marlab.learning.algo.Learner;
import marlab.learning.algo.Setup;
import marlab.learning.buffer.Experience;
import marlab.learning.nd4j.Nd4jAlgebra;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.Workers;

/// Measures how fast a config learns, without writing anything.
public final class TrainingBench implements AutoCloseable {

    private final RunConfig config;
    private final Workers workers;
    private final Collector collector;
    private final Learner learner;
    private final Experience experience;

    /// @param config what to measure
    /// @param threads threads that act and learn
    public TrainingBench(RunConfig config, int threads) {
        this.config = config;
        workers = new Workers(threads);
        LinearAlgebra algebra = config.training().nd4j() ? new Nd4jAlgebra() : new PlainAlgebra();
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
