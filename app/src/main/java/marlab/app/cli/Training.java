package marlab.app.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import marlab.app.keepsake.Keepsakes;
import marlab.learning.analysis.Interval;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.learning.train.CurvePoint;
import marlab.learning.train.Diverged;
import marlab.learning.train.Evaluation;
import marlab.learning.train.FrozenGroups;
import marlab.learning.train.LearnedPolicy;
import marlab.learning.train.Progress;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Trainer;
import marlab.sim.env.ReturnDialect;
import marlab.sim.env.Workers;
import marlab.sim.policy.Policy;

/// Drives a trainer from the command line: progress line, Ctrl-C, results.
final class Training {

    private static final int EPISODES = 1_000;

    private Training() {}

    /// Trains to the end.
    ///
    /// @return the exit code
    static int run(Trainer trainer, boolean json) {
        System.err.println("Run folder: " + trainer.directory());
        trainer.config()
                .frozen()
                .forEach((group, script) ->
                        System.err.println(
                                "Frozen: the "
                                        + group
                                        + " do not learn; they follow the script \""
                                        + script
                                        + "\"."));
        CountDownLatch finished = new CountDownLatch(1);
        Thread onInterrupt = new Thread(() -> stopGently(trainer, finished), "interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try (trainer) {
            try (ProgressLine _ = new ProgressLine(() -> describe(trainer))) {
                trainer.run();
            }
            switch (trainer.failure()) {
                case null -> {}
                case BadInput bad -> throw bad;
                case Diverged e -> {
                    System.err.println("marlab: " + e.getMessage());
                    return CommandLineMain.FAILED;
                }
                case Throwable other -> throw new IllegalStateException(other);
            }
            if (trainer.progress().phase() != Progress.Phase.DONE) {
                System.err.println("Stopped; go on with: ./marlab resume " + trainer.directory());
                return CommandLineMain.CANCELLED;
            }
            finished.countDown(); // everything is saved: an interrupt needs to wait no longer
            report(trainer, json);
            return CommandLineMain.DONE;
        } finally {
            finished.countDown();
        }
    }

    private static void stopGently(Trainer trainer, CountDownLatch finished) {
        if (finished.getCount() > 0) {
            System.err.println("Stopping after this update …");
            trainer.stop();
            try {
                finished.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String describe(Trainer trainer) {
        Progress p = trainer.progress();
        if (p.phase() == Progress.Phase.WARMING_UP) {
            return "loading the math library …";
        }
        CurvePoint latest = p.latest();
        String dialect = trainer.config().spec().dialects().getFirst().label();
        return String.format(
                java.util.Locale.ROOT,
                "%3.0f %%  %s of %s steps  %s steps/s  return %s  %s left",
                100.0 * Math.min(p.envSteps(), p.totalSteps()) / p.totalSteps(),
                Output.count(p.envSteps()),
                Output.count(p.totalSteps()),
                Output.count(p.stepsPerSecond()),
                latest == null
                        ? "–"
                        : Output.fixed(latest.mean())
                                + " ("
                                + latest.episodes()
                                + " episodes, "
                                + dialect
                                + ")",
                Double.isNaN(p.secondsLeft()) ? "–" : Output.clock(p.secondsLeft()));
    }

    /// Measures what was learned, leaves curve and replay, prints.
    static void report(Trainer trainer, boolean json) {
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors());
                ProgressLine _ = new ProgressLine(() -> "measuring on fixed seeds …")) {
            Evaluation learned =
                    evaluate(
                            trainer,
                            workers,
                            () -> trainer.snapshot().policy(LearnedPolicy.Mode.GREEDY));
            Map<String, Evaluation> scripted = new LinkedHashMap<>();
            RunConfig config = trainer.config();
            for (String name : config.provider().scriptedPolicies(config.envOptions()).keySet()) {
                scripted.put(name, evaluate(trainer, workers, () -> scripted(config, name)));
            }
            Map<String, Interval> baselines = new LinkedHashMap<>();
            ReturnDialect dialect = learned.spec().dialects().getFirst();
            scripted.forEach(
                    (name, evaluation) -> baselines.put(name, evaluation.dialect(dialect)));
            Keepsakes keepsakes = Keepsakes.leave(trainer, baselines);
            if (json) {
                Map<String, Object> tree = Output.tree("learned", learned);
                tree.put("run", trainer.directory().toString());
                tree.put("env_steps", trainer.progress().envSteps());
                tree.put("wall_s", trainer.progress().wallSeconds());
                tree.put("curve", keepsakes.curve().toString());
                tree.put("replay", keepsakes.replay().toString());
                System.out.println(Json.line(tree));
            } else {
                print(trainer, learned, baselines, keepsakes);
            }
        } catch (IOException e) {
            throw new BadInput(
                    "The picture and the replay in "
                            + trainer.directory()
                            + " can't be written ("
                            + e.getMessage()
                            + "); make room there; the training itself is complete.",
                    e);
        }
    }

    /// A baseline of those who learn; frozen groups stay as they are.
    private static Policy scripted(RunConfig config, String name) {
        return FrozenGroups.over(
                config.provider().scriptedPolicies(config.envOptions()).get(name),
                config.provider(),
                config.envOptions(),
                config.frozen());
    }

    private static Evaluation evaluate(Trainer trainer, Workers workers, Supplier<Policy> policy) {
        return Evaluation.run(
                trainer.config().provider(),
                trainer.config().envOptions(),
                policy,
                Evaluation.affordable(trainer.config().spec(), EPISODES),
                workers,
                done -> {},
                () -> false);
    }

    private static void print(
            Trainer trainer,
            Evaluation learned,
            Map<String, Interval> baselines,
            Keepsakes keepsakes) {
        ReturnDialect dialect = learned.spec().dialects().getFirst();
        Progress p = trainer.progress();
        System.out.printf(
                "%nTrained %s steps in %s.%n",
                Output.count(p.envSteps()), Output.clock(p.wallSeconds()));
        System.out.printf(
                "Return, %s (mean and 95 %% interval by Student t, %s fixed seeds):%n",
                dialect.label(), Output.count(learned.episodes()));
        line("learned, greedy", learned.dialect(dialect));
        baselines.forEach(Training::line);
        System.out.println();
        System.out.println("Curve   " + keepsakes.curve());
        System.out.println("Replay  " + keepsakes.replay());
        System.out.println("More    ./marlab evaluate " + trainer.directory());
    }

    private static void line(String name, Interval interval) {
        System.out.printf("  %-16s %s%n", name, Output.interval(interval));
    }
}
