package marlab.learning.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Supplier;
import marlab.learning.store.AtomicFile;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.learning.train.Evaluation;
import marlab.learning.train.FrozenGroups;
import marlab.learning.train.LearnedPolicy;
import marlab.learning.train.Progress;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Runs;
import marlab.learning.train.Trainer;
import marlab.sim.env.Workers;
import marlab.sim.policy.Policy;

/// What a worker process does with one run of a sweep: begins it or goes on with it, trains,
/// measures what was learned, writes `result.json`. {@link #run} belongs to one thread, {@link
/// #stop} to any.
public final class MemberRun {

    /// How it ended.
    public enum End {
        /// The result is written.
        DONE,
        /// Stopped on request; can go on.
        STOPPED
    }

    private static final int PATIENCE_SECONDS = 60;

    private final Member member;
    private final Path folder;
    private volatile Trainer trainer;
    private volatile boolean stopping;

    /// @param folder of the run
    public MemberRun(Member member, Path folder) {
        this.member = member;
        this.folder = folder;
    }

    /// Reads what a worker process is given.
    ///
    /// @throws BadInput where it can't be read
    public static MemberRun of(Path order, Path folder) {
        try {
            return new MemberRun(Member.fromTree(Json.object(Files.readString(order))), folder);
        } catch (IOException | IllegalArgumentException e) {
            throw new BadInput(order + " can't be read: " + e.getMessage() + ".", e);
        }
    }

    /// Asks {@link #run} to return soon, with a checkpoint written.
    public void stop() {
        stopping = true;
        Trainer now = trainer;
        if (now != null) {
            now.stop();
        }
    }

    /// Where it stands; null before training.
    public Progress progress() {
        Trainer now = trainer;
        return now == null ? null : now.progress();
    }

    /// Does all that is left to do.
    ///
    /// @throws BadInput where a person has to mend something
    /// @throws IllegalStateException where learning failed
    public End run() throws IOException {
        if (Files.exists(SweepFolder.result(folder))) {
            return End.DONE;
        }
        try (Trainer opened = open()) {
            trainer = opened;
            if (!Runs.open(folder).isDone()) {
                if (stopping) {
                    return End.STOPPED;
                }
                opened.run();
                switch (opened.failure()) {
                    case null -> {}
                    case BadInput bad -> throw bad;
                    case IllegalStateException unstable -> throw unstable;
                    case Throwable other -> throw new IllegalStateException(other);
                }
            }
            if (opened.progress().envSteps() < member.config().training().steps()) {
                return End.STOPPED;
            }
            measure(opened);
            return End.DONE;
        }
    }

    /// Who killed the process before this one may have left it about to end.
    private Trainer open() {
        if (!Files.exists(folder)) {
            return Trainer.createIn(member.config(), folder);
        }
        for (int second = 0; ; second++) {
            try {
                return Trainer.reopen(folder);
            } catch (BadInput e) {
                if (second == PATIENCE_SECONDS || !e.getMessage().contains("going on")) {
                    throw e;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void measure(Trainer trained) throws IOException {
        Outcome outcome =
                Outcome.of(
                        evaluate(
                                member.config(),
                                member.episodes(),
                                () -> trained.snapshot().policy(LearnedPolicy.Mode.GREEDY)),
                        trained.progress().envSteps(),
                        trained.progress().wallSeconds());
        AtomicFile.write(SweepFolder.result(folder), Json.pretty(outcome.toTree()));
        Runs.open(folder).keepNewest(1);
    }

    /// What a scripted policy earns in the world of a config; frozen groups stay as they are.
    ///
    /// @param policy name of the script
    public static Outcome scripted(RunConfig config, int episodes, String policy) {
        return Outcome.of(
                evaluate(
                        config,
                        episodes,
                        () ->
                                FrozenGroups.over(
                                        config.provider()
                                                .scriptedPolicies(config.envOptions())
                                                .get(policy),
                                        config.provider(),
                                        config.envOptions(),
                                        config.frozen())),
                0,
                0);
    }

    private static Evaluation evaluate(
            RunConfig config, int episodes, Supplier<? extends Policy> policy) {
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            return Evaluation.run(
                    config.provider(),
                    config.envOptions(),
                    policy,
                    Evaluation.affordable(config.spec(), episodes),
                    workers,
                    done -> {},
                    () -> false);
        }
    }

    /// Says where it stands, now and then, until it ends.
    ///
    /// @param tell is given lines of two numbers, steps spent and steps to spend
    public Thread report(Consumer<String> tell) {
        return Thread.ofVirtual()
                .start(() -> {
                    try {
                        while (true) {
                            Thread.sleep(500);
                            Progress now = progress();
                            if (now != null) {
                                tell.accept(now.envSteps() + " " + now.totalSteps());
                            }
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // it has ended
                    }
                });
    }
}
