package marlab.learning.train;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import marlab.learning.analysis.Interval;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Metric;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.StepResult;
import marlab.sim.env.Workers;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;

/// Episodes of one policy on fixed seeds. Episode k starts from the same state for every policy and
/// every run (common random numbers), so differences between policies are theirs.
///
/// @param spec the world
/// @param metrics [episodes][metrics]
/// @param lengths steps of each episode
public record Evaluation(EnvSpec spec, double[][] metrics, int[] lengths) {

    /// Root of the evaluation seeds; the same for everyone, for ever.
    private static final Seeds SEEDS = new Seeds(20_260_101);

    /// Runs episodes 0 to `episodes − 1`.
    ///
    /// @param policy makes a policy for each thread
    /// @param done told the number of finished episodes now and then, from any thread
    /// @param cancelled asked between episodes; true ends early with an exception
    public static Evaluation run(
            WorldProvider provider,
            EnvOptions options,
            Supplier<? extends Policy> policy,
            int episodes,
            Workers workers,
            IntConsumer done,
            BooleanSupplier cancelled) {
        EnvSpec spec = provider.create(options).spec();
        Evaluation evaluation =
                new Evaluation(
                        spec, new double[episodes][spec.metrics().size()], new int[episodes]);
        java.util.concurrent.atomic.AtomicInteger finished =
                new java.util.concurrent.atomic.AtomicInteger();
        int parts = Math.min(episodes, workers.count());
        Policy[] actors =
                new Policy[parts]; // made here, so that one that does not fit says so here
        Arrays.setAll(actors, part -> policy.get());
        workers.run(
                parts,
                part -> {
                    ParallelEnv env = provider.create(options);
                    Policy actor = actors[part];
                    Decision decision = new Decision(spec);
                    for (int e = part; e < episodes && !cancelled.getAsBoolean(); e += parts) {
                        evaluation.episode(e, env, actor, decision);
                        done.accept(finished.incrementAndGet());
                    }
                });
        if (cancelled.getAsBoolean()) {
            throw new java.util.concurrent.CancellationException("evaluation cancelled");
        }
        return evaluation;
    }

    /// Agent steps that an evaluation may take unless somebody asks for more.
    private static final long AFFORDABLE = 20_000_000;

    /// Fewest episodes that give an interval worth showing.
    private static final int FEWEST = 10;

    /// As many episodes as are wanted, or fewer where the world is so large or its episodes so long
    /// that they would take minutes.
    public static int affordable(EnvSpec spec, int wanted) {
        long steps = (long) spec.horizon() * spec.agentCount();
        return (int) Math.min(wanted, Math.max(FEWEST, AFFORDABLE / steps));
    }

    private void episode(int e, ParallelEnv env, Policy policy, Decision decision) {
        env.reset(SEEDS.seed("evaluation", e));
        RandomStream random = SEEDS.stream("evaluation.actions", e);
        policy.episodeBegins(env);
        double[] sums = metrics[e];
        StepResult result;
        do {
            policy.act(env, decision, random);
            result = env.step(decision.actions);
            lengths[e]++;
            for (int m = 0; m < sums.length; m++) {
                boolean last = spec.metrics().get(m).over() == Metric.Over.LAST;
                sums[m] = last ? result.metrics[m] : sums[m] + result.metrics[m];
            }
        } while (!result.over());
        for (int m = 0; m < sums.length; m++) {
            if (spec.metrics().get(m).over() == Metric.Over.MEAN) {
                sums[m] /= lengths[e];
            }
        }
    }

    /// Return in a dialect, with its interval.
    public Interval dialect(ReturnDialect dialect) {
        return Interval.of(figures(dialect));
    }

    /// Return of each episode in a dialect.
    public double[] figures(ReturnDialect dialect) {
        double[] figures = new double[metrics.length];
        Arrays.setAll(
                figures,
                e ->
                        dialect.value()
                                .applyAsDouble(
                                        new ReturnDialect.Episode(
                                                metrics[e], spec.agentCount(), lengths[e])));
        return figures;
    }

    /// How much more this brings than another policy from the same starts, with the interval of the
    /// paired differences: narrower than the two intervals by themselves suggest, since what the
    /// start decides falls out.
    ///
    /// @throws IllegalArgumentException where the other has another number of episodes
    public Interval beyond(Evaluation other, ReturnDialect dialect) {
        double[] mine = figures(dialect);
        double[] others = other.figures(dialect);
        if (mine.length != others.length) {
            throw new IllegalArgumentException(
                    mine.length + " episodes can't be paired with " + others.length);
        }
        Arrays.setAll(mine, e -> mine[e] - others[e]);
        return Interval.of(mine);
    }

    /// A metric, with its interval.
    public Interval metric(int m) {
        double[] figures = new double[metrics.length];
        Arrays.setAll(figures, e -> metrics[e][m]);
        return Interval.of(figures);
    }

    /// Number of episodes.
    public int episodes() {
        return metrics.length;
    }
}
