package marlab.learning.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import marlab.learning.store.Json;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.replay.EpisodePlayer;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayWriter;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.Seeds;

/// What a run leaves for the film of its learning: `replays/learning/000318.marlab-replay`, one
/// episode as it was played by policy version 318. All are of one seed and thrown with the same
/// dice, so that they differ by what was learned only. The policy samples its actions as in
/// training, but does not explore beyond that: no ε, no noise.
///
/// Versions lie further and further apart, each about a third later than the one before, and so far
/// that filming costs about a fiftieth of what learning does, unless there would be fewer than
/// eight. They follow from the config and dice from the seed: the same run leaves the same files.
/// Nothing here touches a random stream, a copy of the world or a network of the learner. They are
/// made beside the learning, on a thread of their own, one at a time; {@link #settle} waits for it.
/// Owned by the learner thread, but for {@link #of}.
public final class Milestones {

    /// Where they lie in a run's folder.
    static final String FOLDER = "replays/learning";

    private static final String SUFFIX = ".marlab-replay";

    private static final Pattern NAME = Pattern.compile("(\\d{6,18})\\.marlab-replay(\\.tmp)?");

    private static final int MOST_STEPS = 300;
    private static final int LEAST_STEPS = 10;

    /// Steps of all agents together: worlds of a hundred agents and more are filmed for less long.
    private static final int MOST_AGENT_STEPS = 30_000;

    /// Steps learned from for each that is played for the film.
    private static final int SHARE = 50;

    /// What making a file costs, in steps that could be played meanwhile: five milliseconds or so.
    private static final int FILE_STEPS = 400;

    /// Films of a short run, were they at equal distances: about so many it gets at least.
    private static final int FEWEST = 8;

    private final RunConfig config;
    private final Path folder;
    private final Journal journal;
    private final boolean wanted;
    private final int steps;
    private final long spacing;
    private final String text; // of the config
    private FutureTask<Void> making; // null where nothing is
    private long makingAt;
    private boolean warned;

    /// @param run the run's folder
    /// @param journal is told once where they can't be written
    Milestones(RunConfig config, EnvSpec spec, Path run, Journal journal) {
        this.config = config;
        this.journal = journal;
        folder = run.resolve(FOLDER);
        text = Json.pretty(config.toTree());
        TrainingConfig training = config.training();
        wanted = training.film();
        int affordable = Math.clamp(MOST_AGENT_STEPS / spec.agentCount(), LEAST_STEPS, MOST_STEPS);
        steps = Math.min(spec.horizon(), affordable);
        long update = (long) training.copies() * training.rollout();
        long affordableEvery = Math.ceilDiv(SHARE * (long) (steps + FILE_STEPS), update);
        spacing = Math.max(1, Math.min(affordableEvery, training.steps() / update / FEWEST));
    }

    /// Films that a run has left, of the earliest version first.
    ///
    /// @param run the run's folder
    /// @throws IOException where the folder can't be read
    public static List<Path> of(Path run) throws IOException {
        Path folder = run.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> version(file) >= 0)
                    .sorted(Comparator.comparingLong(Milestones::version))
                    .toList();
        }
    }

    private static long version(Path file) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        return name.matches() && name.group(2) == null ? Long.parseLong(name.group(1)) : -1;
    }

    /// Whether it is this version's turn to be filmed.
    boolean isDue(long version) {
        long each = 0;
        while (each < version) {
            each += Math.max(spacing, Math.ceilDiv(each, 3));
        }
        return each == version;
    }

    /// Takes up a run at this version: what was filmed of later ones is deleted, for it may be
    /// learned otherwise now.
    void rewind(long version, long envSteps) throws IOException {
        settle();
        attempt(envSteps, () -> keep(v -> v <= version));
    }

    /// Films a version if it is its turn. A file that can't be written is a warning in the journal,
    /// once; training goes on.
    ///
    /// @param weights reward weights in force
    void look(PolicySnapshot snapshot, RewardWeights weights) throws IOException {
        if (wanted && isDue(snapshot.version())) {
            settle();
            makingAt = snapshot.envSteps();
            making =
                    new FutureTask<>(() -> {
                        film(snapshot, weights);
                        return null;
                    });
            Thread.ofPlatform().daemon().name("film").priority(Thread.MIN_PRIORITY).start(making);
        }
    }

    /// Waits until what is being filmed is on disk. Before a checkpoint is saved: a run that goes
    /// on from there has all films up to there.
    void settle() throws IOException {
        FutureTask<Void> last = making;
        making = null;
        if (last != null) {
            attempt(makingAt, () -> await(last));
        }
    }

    private static void await(FutureTask<Void> film) throws IOException {
        try {
            film.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        }
    }

    /// Films the version that the run ends with, or stops at, whether it is its turn or not. Where
    /// training goes on from there, that one is deleted with the next.
    ///
    /// @param weights reward weights in force
    void last(PolicySnapshot snapshot, RewardWeights weights) throws IOException {
        settle();
        if (wanted) {
            attempt(snapshot.envSteps(), () -> film(snapshot, weights));
        }
    }

    /// Something with files.
    private interface Work {
        void run() throws IOException;
    }

    private void attempt(long envSteps, Work work) throws IOException {
        try {
            work.run();
        } catch (IOException | RuntimeException e) { // a world of one's own may fail here alone
            if (!warned) {
                warned = true;
                journal.note(
                        envSteps,
                        "warning",
                        "The film of learning in "
                                + folder
                                + " can't be written ("
                                + Runs.problem(e)
                                + "); training goes on without it.");
            }
        }
    }

    private void film(PolicySnapshot snapshot, RewardWeights weights) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name(snapshot.version()));
        if (!Files.exists(file)) { // as after going on from a checkpoint
            ReplayWriter.save(file, header(snapshot, weights), play(snapshot, weights), "");
        }
        keep(v -> v == snapshot.version() || isDue(v));
    }

    private static String name(long version) {
        return String.format(Locale.ROOT, "%06d", version) + SUFFIX;
    }

    private Recording play(PolicySnapshot snapshot, RewardWeights weights) throws IOException {
        ParallelEnv env = config.provider().create(config.envOptions());
        LearnedPolicy policy =
                snapshot.withoutExploration().policy(LearnedPolicy.Mode.SAMPLED).withValues(true);
        Recording recording = new Recording(env.spec());
        recording.weigh(weights);
        Seeds seeds = new Seeds(config.seed());
        new EpisodePlayer(env, policy)
                .play(
                        seeds.seed("film", 0),
                        0,
                        seeds.stream("film-policy", 0),
                        steps,
                        recording::add);
        return recording;
    }

    private ReplayHeader header(PolicySnapshot snapshot, RewardWeights weights) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("policy", config.algorithm().title());
        about.put("version", Long.toString(snapshot.version()));
        about.put("env_steps", Long.toString(snapshot.envSteps()));
        about.put("run", folder.getParent().getParent().getFileName().toString());
        about.put("seed", Long.toString(config.seed()));
        return new ReplayHeader(config.world(), config.envOptions().asText(), weights, about, text);
    }

    /// Deletes those of other versions, and drafts of a process that was killed.
    private void keep(LongPredicate kept) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        for (Path file : files) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()
                    && (name.group(2) != null || !kept.test(Long.parseLong(name.group(1))))) {
                Files.deleteIfExists(file);
            }
        }
    }
}
