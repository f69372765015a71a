package marlab.learning.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import marlab.learning.algo.Ppo;
import marlab.learning.nd4j.Nd4jAlgebra;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Workers;
import marlab.sim.seed.Seeds;

/// Measures how fast a config learns, without writing anything.
public final class TrainingBench implements AutoCloseable {

    private final RunConfig config;
    private final Workers workers;
    private final Collector collector;
    private final List<Ppo> learners = new ArrayList<>();

    /// @param config what to measure
    /// @param threads threads that act and learn
    public TrainingBench(RunConfig config, int threads) {
        this.config = config;
        workers = new Workers(threads);
        LinearAlgebra algebra = config.training().nd4j() ? new Nd4jAlgebra() : new PlainAlgebra();
        EnvSpec spec = config.spec();
        Seeds seeds = new Seeds(config.seed());
        List<Unit> units = Unit.of(spec, config.training().sharing());
        for (int u = 0; u < units.size(); u++) {
            learners.add(units.get(u).learner(config, spec, algebra, seeds, u));
        }
        collector = new Collector(config, units, learners, algebra, seeds);
        collector.reset();
    }

    /// Environment steps of one roll-out.
    public long stepsPerRollout() {
        return (long) config.training().copies() * config.training().rollout();
    }

    /// Acts for one roll-out.
    public void act() {
        collector.collect(config.rewardWeights(), workers);
    }

    /// Learns from the last roll-out once.
    public void learn() {
        for (Ppo learner : learners) {
            learner.update(0, workers);
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
