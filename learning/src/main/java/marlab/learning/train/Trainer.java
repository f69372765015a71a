package marlab.learning.train;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import marlab.learning.algo.Behaviour;
import marlab.learning.algo.Figure;
import marlab.learning.algo.Learner;
import marlab.learning.algo.Setup;
import marlab.learning.buffer.Experience;
import marlab.learning.nd4j.Nd4jAlgebra;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.Network;
import marlab.learning.net.PlainAlgebra;
import marlab.learning.store.RunDirectory;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Workers;
import marlab.sim.policy.Policy;
import marlab.sim.reward.RewardWeights;

/// Trains one run, from a fresh start or from a checkpoint, into its folder. {@link #run} belongs
/// to one thread; everything else may be called from any. Nothing that watches can change the
/// result: the only way in is {@link #edit}, which is stamped and logged.
public final class Trainer implements AutoCloseable {

    private final RunConfig config;
    private final RunDirectory directory;
    private final EnvSpec spec;

    /// No checkpoint to go on from.
    private static final long NOTHING = -1;

    private final Journal journal;
    private final Milestones milestones;
    private final AtomicReference<RewardWeights> pending = new AtomicReference<>();
    private final AtomicReference<PolicySnapshot> newest = new AtomicReference<>();
    private volatile RewardWeights weights;
    private volatile Progress progress;
    private volatile Throwable failure;
    private volatile boolean stopping;
    private long resumeFrom;
    private Fork fork;
    private Fork.Begin begin;

    // the learner thread's
    private int threads = Math.min(2, Runtime.getRuntime().availableProcessors());
    private boolean prepared;
    private Workers workers;
    private Learner learner;
    private Feed feed;
    private final Saving saving;
    private final Divergence divergence = new Divergence();
    private long version;
    private long envSteps;
    private double wallBefore;
    private long startedAt;
    private double rate;

    private Trainer(
            RunConfig config,
            RunDirectory directory,
            long resumeFrom,
            Checkpoint.Counters counters) {
        this.config = config;
        this.directory = directory;
        this.resumeFrom = resumeFrom;
        spec = config.spec();
        journal = new Journal(directory, spec);
        saving = new Saving(directory, config.training().checkpointEvery());
        milestones = new Milestones(config, spec, directory.path(), journal);
        weights = counters == null ? config.rewardWeights() : counters.weights();
        version = counters == null ? 0 : counters.version();
        envSteps = counters == null ? 0 : counters.envSteps();
        wallBefore = counters == null ? 0 : counters.wallSeconds();
        progress =
                new Progress(
                        Progress.Phase.STOPPED,
                        envSteps,
                        config.training().steps(),
                        wallBefore,
                        0,
                        Double.NaN,
                        version,
                        null);
    }

    /// Checks a config and makes a folder for the run below `runsFolder`, named after time, world,
    /// algorithm and seed. Cheap: loads nothing native.
    ///
    /// @throws BadInput with one sentence on what is wrong
    public static Trainer create(RunConfig config, Path runsFolder) {
        return createIn(config, Runs.freshPath(runsFolder, config));
    }

    /// Checks a config and makes exactly this folder for the run.
    ///
    /// @throws BadInput with one sentence on what is wrong
    public static Trainer createIn(RunConfig config, Path folder) {
        ConfigCheck.check(config);
        return make(config, folder, Provenance.of(config));
    }

    private static Trainer make(RunConfig config, Path folder, Map<String, Object> provenance) {
        try {
            RunDirectory directory = RunDirectory.create(folder, provenance, config.toTree());
            directory.lock();
            return new Trainer(config, directory, NOTHING, null);
        } catch (FileAlreadyExistsException e) {
            throw new BadInput(
                    "The output folder "
                            + folder
                            + " exists already; choose another with --out,"
                            + " or go on with it by marlab resume.",
                    e);
        } catch (IOException e) {
            throw new BadInput(
                    "The output folder "
                            + folder
                            + " can't be made ("
                            + Runs.problem(e)
                            + "); choose a folder you can write to with --out.",
                    e);
        }
    }

    /// Makes a folder below `runsFolder` for a run that begins with what another has learned.
    ///
    /// @throws BadInput with one sentence where the parent can't be read or does not fit
    public static Trainer fork(Fork fork, Path runsFolder) {
        Fork.Begin begin = fork.begin();
        return forked(fork, begin, Runs.freshPath(runsFolder, begin.config()));
    }

    /// Makes exactly this folder for a run that begins with what another has learned.
    ///
    /// @throws BadInput with one sentence where the parent can't be read or does not fit
    public static Trainer forkIn(Fork fork, Path folder) {
        return forked(fork, fork.begin(), folder);
    }

    private static Trainer forked(Fork fork, Fork.Begin begin, Path folder) {
        Map<String, Object> provenance = Provenance.of(begin.config());
        provenance.put("parent", fork.provenance(begin));
        Trainer trainer = make(begin.config(), folder, provenance);
        trainer.fork = fork;
        trainer.begin = begin;
        return trainer;
    }

    /// Prepares to go on from a run's newest checkpoint.
    ///
    /// @throws BadInput with one sentence where it can't be read
    public static Trainer resume(Path folder) {
        RunDirectory directory = Runs.open(folder);
        if (directory.isDone()) {
            throw new BadInput(
                    "The run "
                            + folder
                            + " is done: its "
                            + Runs.config(directory).training().steps()
                            + " steps are spent; evaluate it, or train a new one with more steps.");
        }
        return reopen(folder);
    }

    /// Takes up a run as its newest checkpoint left it, done or not.
    ///
    /// @throws BadInput with one sentence where it can't be read or another training has it
    public static Trainer reopen(Path folder) {
        RunDirectory directory = Runs.open(folder);
        try {
            directory.lock();
        } catch (IOException e) {
            throw new BadInput(
                    "The run "
                            + folder
                            + " can't be trained now ("
                            + Runs.problem(e)
                            + "); try again when that is over.",
                    e);
        }
        try {
            return taken(folder, directory);
        } catch (BadInput e) {
            try {
                directory.close();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private static Trainer taken(Path folder, RunDirectory directory) {
        RunConfig config = Runs.config(directory);
        long version = Runs.newest(directory);
        try {
            Checkpoint.Counters counters =
                    Checkpoint.readCounters(directory.checkpointPath(version));
            Trainer trainer = new Trainer(config, directory, version, counters);
            if (counters.weights().size() != trainer.spec.terms().size()) {
                throw new IOException(
                        "state.json has "
                                + counters.weights().size()
                                + " reward weights, the world "
                                + trainer.spec.terms().size()
                                + " terms");
            }
            trainer.journal.take(
                    curve(directory, counters.envSteps()),
                    Journal.read(directory, counters.envSteps()));
            trainer.newest.set(Runs.newestPolicy(directory));
            Checkpoint.check(directory.checkpointPath(version));
            return trainer;
        } catch (IOException | IllegalArgumentException | ClassCastException e) {
            throw Runs.damaged(directory, version, e);
        }
    }

    private static List<CurvePoint> curve(RunDirectory directory, long upTo) {
        try {
            return CurveFile.read(directory, upTo);
        } catch (IOException e) {
            throw new BadInput(
                    "The learning curve of "
                            + directory.path()
                            + " can't be read ("
                            + Runs.problem(e)
                            + "); mend that file or train again from the start.",
                    e);
        }
    }

    /// How many threads to work on; no result depends on it. Before {@link #run}.
    Trainer withThreads(int count) {
        threads = count;
        return this;
    }

    /// Trains until the budget is spent or {@link #stop} was called; can be called again to go on.
    /// A failure is kept in {@link #failure}, not thrown.
    public void run() {
        if (failure instanceof Diverged) {
            return; // what it would go on with is spoilt
        }
        failure = null;
        startedAt = System.nanoTime();
        saving.begin();
        show(Progress.Phase.WARMING_UP);
        try {
            prepare();
            directory.updateRun(Map.of("status", "running"));
            show(Progress.Phase.TRAINING);
            while (envSteps < config.training().steps() && !stopping) {
                update();
            }
            if (saving.newest() != version) {
                save();
            }
            milestones.last(newest.get(), weights);
            boolean done = envSteps >= config.training().steps();
            note(
                    done ? "done" : "stopped",
                    done ? "The budget is spent." : "Training was stopped.");
            directory.updateRun(Map.of("status", done ? "done" : "stopped"));
            if (done) {
                directory.done();
            }
            wallBefore = wallSeconds();
            show(done ? Progress.Phase.DONE : Progress.Phase.STOPPED);
        } catch (IOException e) {
            fail(
                    new BadInput(
                            "The run's files in "
                                    + directory.path()
                                    + " can't be written ("
                                    + Runs.problem(e)
                                    + "); make room or permit writing there, then "
                                    + (prepared || resumeFrom != NOTHING
                                            ? "go on with marlab resume " + directory.path()
                                            : "train again")
                                    + ".",
                            e));
        } catch (OutOfMemoryError | NegativeArraySizeException e) { // the latter: over 2³¹
            fail(
                    new BadInput(
                            "There is not enough memory for this run; lower copies, rollout or hidden,"
                                    + " or set MARLAB_JAVA_OPTIONS=-Xmx4g.",
                            e));
        } catch (Diverged e) {
            noteDiverged(e);
            fail(e);
        } catch (RuntimeException | LinkageError e) {
            fail(e);
        } finally {
            stopping = false;
        }
    }

    private void noteDiverged(Diverged e) {
        try {
            directory.flush();
            note("diverged", e.getMessage());
        } catch (IOException second) {
            e.addSuppressed(second);
        }
    }

    private void fail(Throwable e) {
        failure = e;
        if (!prepared && resumeFrom == NOTHING) {
            discard(e);
            return;
        }
        wallBefore = wallSeconds();
        try {
            directory.updateRun(Map.of("status", "failed"));
        } catch (IOException second) {
            e.addSuppressed(second); // the disk that failed before fails again
        }
        show(Progress.Phase.FAILED);
    }

    /// A run that never began leaves nothing behind.
    private void discard(Throwable e) {
        try {
            directory.discard();
        } catch (IOException second) {
            e.addSuppressed(second);
        }
        show(Progress.Phase.FAILED);
    }

    private void prepare() throws IOException {
        if (prepared) {
            return;
        }
        LinearAlgebra algebra = algebra();
        if (workers == null) {
            workers = new Workers(threads);
        }
        Setup setup = config.setup(algebra);
        learner = config.algorithm().learner(setup);
        Collector collector = new Collector(config, setup, learner.behaviours());
        feed = new Feed(collector, setup, config.training().overlap(), workers);
        if (resumeFrom != NOTHING) {
            restore();
        } else {
            collector.reset();
            note("started", "Training began with " + algebra.name() + ".");
            inherit();
            feed.start(weights);
        }
        publish();
        if (resumeFrom == NOTHING) {
            save(); // from here on there is always something to go on from
        }
        milestones.look(newest.get(), weights);
        prepared = true;
    }

    private void inherit() throws IOException {
        if (fork == null) {
            return;
        }
        List<String> fresh;
        try (Inheritance parent = new Inheritance(begin.checkpoint(), !fork.freshOptimiser())) {
            learner.persist(parent);
            fresh = parent.fresh();
        } catch (IOException e) {
            throw Runs.damaged(Runs.open(fork.parent()), begin.counters().version(), e);
        }
        note("forked", fork.describe(begin, fresh));
    }

    private LinearAlgebra algebra() throws IOException {
        if (!config.training().nd4j()) {
            return new PlainAlgebra();
        }
        try {
            return new Nd4jAlgebra();
        } catch (LinkageError | RuntimeException e) {
            note(
                    "warning",
                    "Using the built-in math engine: ND4J could not be loaded (" + e + ").");
            return new PlainAlgebra();
        }
    }

    private void restore() throws IOException {
        Path folder = directory.checkpointPath(resumeFrom);
        try {
            feed.resume(Checkpoint.restore(folder, learner, feed.save(), divergence), weights);
        } catch (IOException | IllegalArgumentException e) {
            throw Runs.damaged(directory, resumeFrom, e);
        }
        saving.found(version);
        try {
            directory.rewind(envSteps);
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    "The logs of "
                            + directory.path()
                            + " can't be read ("
                            + e.getMessage()
                            + "); mend events.jsonl and metrics.csv there, or train again from the start.",
                    e);
        }
        milestones.rewind(version, envSteps);
        note("resumed", "Training goes on from checkpoint " + resumeFrom + ".");
    }

    private void update() throws IOException {
        long began = System.nanoTime();
        boolean edited = takeEdits();
        if (edited && !config.training().overlap()) {
            divergence.forget();
        }
        double share = (double) envSteps / config.training().steps();
        Experience experience = feed.next(weights);
        List<Figure> figures;
        try {
            figures = learner.update(experience, share, workers);
        } finally {
            feed.await();
        }
        version++;
        long steps = (long) config.training().copies() * config.training().rollout();
        envSteps += steps;
        double now = steps / ((System.nanoTime() - began) * 1e-9);
        rate = rate == 0 ? now : 0.95 * rate + 0.05 * now;
        checkSound(figures);
        if (edited && config.training().overlap()) {
            divergence.forget(); // the next update is the first that learns from other rewards
        }
        publish();
        log(feed.episodes(), figures);
        milestones.look(newest.get(), weights);
        if (saving.isDue(version)) {
            save();
        }
        directory.flush();
        show(Progress.Phase.TRAINING);
    }

    /// Losses are those before the last step, so the weights after it are looked at too: neither a
    /// checkpoint nor the policy on screen may hold what can't be gone on from.
    private void checkSound(List<Figure> figures) {
        Optional<String> wrong = divergence.look(figures, learner.behaviours());
        if (wrong.isPresent()) {
            throw new Diverged(
                    "Learning became unstable at "
                            + envSteps
                            + " steps ("
                            + wrong.get()
                            + "); the last good checkpoint, "
                            + saving.newest()
                            + ", is kept: go on from it by marlab fork "
                            + directory.path()
                            + " with "
                            + remedies());
        }
    }

    private String remedies() {
        List<String> some = new ArrayList<>();
        for (String key : List.of("learning_rate", "critic_rate", "max_norm", "discount")) {
            if (config.hyper().has(key)) {
                some.add(key + " (now " + config.hyper().values().get(key) + ")");
            }
        }
        return some.isEmpty()
                ? "smaller reward weights."
                : "a lower " + String.join(" or ", some) + ".";
    }

    /// Takes over edits for the roll-out that begins.
    ///
    /// @return whether there were any
    private boolean takeEdits() throws IOException {
        RewardWeights edited = pending.getAndSet(null);
        if (edited == null || edited.equals(weights)) {
            return false;
        }
        weights = edited;
        note("reward_edited", "Reward edited: " + describe(edited) + ".");
        return true;
    }

    private String describe(RewardWeights w) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < w.size(); k++) {
            text.append(spec.terms().get(k).name()).append(' ').append(w.weight(k)).append(", ");
        }
        return text.append("share ").append(w.share()).toString();
    }

    private void log(Collector.Episodes episodes, List<Figure> figures) throws IOException {
        double wall = wallSeconds();
        journal.episodes(envSteps, wall, episodes);
        journal.figures(envSteps, wall, figures);
        int every = config.training().evaluateEvery();
        if (every > 0 && version % every == 0) {
            PolicySnapshot snapshot = newest.get();
            Evaluation evaluation =
                    Evaluation.run(
                            config.provider(),
                            config.envOptions(),
                            () -> snapshot.policy(LearnedPolicy.Mode.GREEDY),
                            config.training().evaluateEpisodes(),
                            workers,
                            done -> {},
                            () -> false);
            journal.evaluation(envSteps, wallSeconds(), evaluation);
        }
    }

    private void publish() {
        List<PolicySnapshot.Unit> learned = new ArrayList<>();
        for (Behaviour behaviour : learner.behaviours()) {
            boolean valued = behaviour.critic() != null;
            learned.add(
                    new PolicySnapshot.Unit(
                            copy(behaviour.network()),
                            valued ? copy(behaviour.critic()) : null,
                            behaviour.valueMean(),
                            behaviour.valueDeviation(),
                            behaviour.exploration()));
        }
        newest.set(new PolicySnapshot(config, version, envSteps, List.copyOf(learned)));
    }

    private static float[] copy(Network network) {
        return network.parameters().values().clone();
    }

    /// A checkpoint that the disk has.
    ///
    /// @param version number of updates that it holds
    /// @param envSteps environment steps that it was learned from
    public record Saved(long version, long envSteps) {}

    private volatile Saved newestSaved;

    /// For tests: another longest time between checkpoints.
    Trainer withAutosave(long nanos) {
        saving.longest(nanos);
        return this;
    }

    private void save() throws IOException {
        milestones.settle();
        directory.flush();
        Checkpoint.Counters counters =
                new Checkpoint.Counters(version, envSteps, wallSeconds(), weights);
        saving.save(
                version,
                folder -> Checkpoint.write(folder, counters, learner, feed.save(), divergence));
        newestSaved = new Saved(version, envSteps);
    }

    /// The newest checkpoint that this trainer wrote; null before the first. Any thread.
    public Saved saved() {
        return newestSaved;
    }

    private void note(String type, String text) throws IOException {
        journal.note(envSteps, type, text);
    }

    private double wallSeconds() {
        return wallBefore + (System.nanoTime() - startedAt) * 1e-9;
    }

    private void show(Progress.Phase phase) {
        long total = config.training().steps();
        double left = rate == 0 ? Double.NaN : Math.max(0, total - envSteps) / rate;
        boolean running = phase == Progress.Phase.WARMING_UP || phase == Progress.Phase.TRAINING;
        progress =
                new Progress(
                        phase,
                        envSteps,
                        total,
                        running ? wallSeconds() : wallBefore,
                        rate,
                        left,
                        version,
                        journal.latest());
    }

    /// Asks {@link #run} to return after the current update, with a checkpoint written.
    public void stop() {
        stopping = true;
    }

    /// New reward weights, in force from the next roll-out on.
    public void edit(RewardWeights edited) {
        pending.set(edited);
    }

    /// Reward weights in force, or those that wait for the next roll-out.
    public RewardWeights weights() {
        RewardWeights waiting = pending.get();
        return waiting == null ? weights : waiting;
    }

    /// True while an edit waits for the next roll-out.
    public boolean editPending() {
        return pending.get() != null;
    }

    /// Where the run stands.
    public Progress progress() {
        return progress;
    }

    /// What ended the run; null unless it failed. A {@link BadInput} where a person can mend it.
    public Throwable failure() {
        return failure;
    }

    /// Points of the learning curve from index `from` on.
    public List<CurvePoint> curve(int from) {
        return journal.curve(from);
    }

    /// Events from index `from` on.
    public List<TrainingEvent> events(int from) {
        return journal.events(from);
    }

    /// What was learned so far; null before the first networks are made.
    public PolicySnapshot snapshot() {
        return newest.get();
    }

    /// The newest policy, to watch: samples its actions and shows values. Each call gives an object
    /// of its own; null before there is one.
    public Policy policy() {
        PolicySnapshot snapshot = newest.get();
        return snapshot == null
                ? null
                : snapshot.policy(LearnedPolicy.Mode.SAMPLED).withValues(true);
    }

    /// The run's folder.
    public Path directory() {
        return directory.path();
    }

    /// The run's config.
    public RunConfig config() {
        return config;
    }

    /// Releases threads and files. After {@link #run} has returned.
    @Override
    public void close() {
        if (feed != null) {
            feed.close();
        }
        if (workers != null) {
            workers.close();
        }
        try {
            milestones.settle();
            directory.close();
        } catch (IOException e) {
            failure = failure == null ? e : failure;
        }
    }
}
