package marlab.app.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import marlab.app.chart.CurveTable;
import marlab.learning.store.Json;
import marlab.learning.train.BadInput;
import marlab.learning.train.CurveFile;
import marlab.learning.train.LearnedPolicy;
import marlab.learning.train.PolicyFiles;
import marlab.learning.train.PolicySnapshot;
import marlab.learning.train.Runs;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Policy;
import marlab.sim.replay.EpisodePlayer;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayWriter;
import marlab.sim.reward.RewardWeights;
import marlab.sim.seed.Seeds;
import marlab.sim.snapshot.Frame;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `marlab record`: episodes of a policy as a replay. The file can be opened while it grows, and
/// after a kill.
@Command(
        name = "record",
        description = {
            "Record episodes of a policy as a .marlab-replay file (docs/replay-format.md). The file is",
            "complete up to the last second at any time, even where the program is killed."
        },
        mixinStandardHelpOptions = true)
final class RecordVerb implements Callable<Integer> {

    private static final long FLUSH_NANOS = 1_000_000_000;
    private static final int LOOK_AT_CLOCK = 16; // steps

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description = {
                "A run's folder, whose newest checkpoint acts, or what marlab export made; its config and",
                "learning curve go into the file."
            })
    private Path run;

    @Option(
            names = "--world",
            paramLabel = "NAME",
            description = "Without a run: world of a scripted policy.")
    private String world;

    @Option(
            names = "--policy",
            paramLabel = "NAME",
            description =
                    "learned (greedy), sampled (learned, as in training), or a script (default: the best there is).")
    private String policy;

    @Option(names = "--episodes", paramLabel = "N", description = "How many episodes (default: 3).")
    private Integer episodes;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Instead: how many steps, in as many episodes as that takes.")
    private Long steps;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Where episodes and chance come from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--set",
            paramLabel = "OPTION=VALUE",
            description = "Change a world option, such as agents=5.")
    private List<String> settings = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            required = true,
            description = "The file to write; it must not exist yet.")
    private Path out;

    @Option(names = "--json", description = "Print what was recorded as JSON.")
    private boolean json;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stop;
    private volatile long played;
    private volatile int begun;
    private long flushed;

    @Override
    public Integer call() {
        checkLength();
        PolicyChoice.Chosen chosen = new PolicyChoice(policy, settings).of(run, world);
        if (Files.exists(out)) {
            throw existsAlready();
        }
        ParallelEnv env = chosen.provider().create(chosen.options());
        String curve = curve(chosen.snapshot());
        ReplayHeader header = header(chosen, env);
        Thread onInterrupt = new Thread(this::stopGently, "interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        long start = System.nanoTime();
        try (ReplayWriter writer = new ReplayWriter(out, header, env.spec());
                ProgressLine _ = new ProgressLine(() -> describe(start))) {
            writer.addMetrics(curve);
            record(chosen, env, writer);
        } catch (CancellationException e) {
            System.err.println("Stopped; " + out + " holds " + played + " steps.");
            return CommandLineMain.CANCELLED;
        } catch (FileAlreadyExistsException e) {
            throw existsAlready();
        } catch (NoSuchFileException e) {
            throw new BadInput(out + " can't be written: its folder does not exist.", e);
        } catch (IOException e) {
            throw new BadInput(
                    out
                            + " can't be written further ("
                            + e.getMessage()
                            + "); what was recorded up to there can be opened.",
                    e);
        } finally {
            ended.countDown();
        }
        tell(chosen);
        return CommandLineMain.DONE;
    }

    private BadInput existsAlready() {
        return new BadInput(out + " exists already and is not overwritten; name another file.");
    }

    private void checkLength() {
        if (episodes != null && steps != null) {
            throw new BadInput("--episodes and --steps both say how long to record; use one.");
        }
        if (episodes != null && (episodes < 1 || episodes > 1_000_000)) {
            throw new BadInput(
                    "--episodes must be a whole number from 1 to 1000000, not " + episodes + ".");
        }
        if (steps != null && (steps < 1 || steps > 9_000_000)) {
            throw new BadInput(
                    "--steps must be a whole number from 1 to 9000000, not " + steps + ".");
        }
    }

    /// An interrupt lets the file be finished.
    private void stopGently() {
        stop = true;
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void record(PolicyChoice.Chosen chosen, ParallelEnv env, ReplayWriter writer)
            throws IOException {
        Policy actor = chosen.actor().get();
        if (actor instanceof LearnedPolicy learned) {
            actor = learned.withValues(true);
        }
        EpisodePlayer player = new EpisodePlayer(env, actor);
        Seeds seeds = new Seeds(seed);
        flushed = System.nanoTime();
        int most = episodes == null ? 3 : episodes;
        for (int e = 0; steps == null ? e < most : played < steps; e++) {
            begun = e + 1;
            long left = steps == null ? Integer.MAX_VALUE : steps - played;
            player.play(
                    seeds.seed("replay", e),
                    e,
                    seeds.stream("replay-policy", e),
                    (int) Math.min(env.spec().horizon(), left),
                    frame -> add(frame, writer));
        }
    }

    private void add(Frame frame, ReplayWriter writer) throws IOException {
        writer.add(frame);
        played += frame.step > 0 ? 1 : 0;
        if (frame.moment % LOOK_AT_CLOCK == 0 || frame.state.length > 10_000) {
            long now = System.nanoTime();
            if (now - flushed > FLUSH_NANOS) {
                writer.flush();
                flushed = now;
            }
        }
        if (stop) {
            throw new CancellationException();
        }
    }

    private String describe(long start) {
        double spent = (System.nanoTime() - start) * 1e-9;
        double share =
                steps != null
                        ? (double) played / steps
                        : (begun - 1.0) / (episodes == null ? 3 : episodes);
        return Output.count(played)
                + " steps, episode "
                + begun
                + "  "
                + (share <= 0 ? "–" : Output.clock(Math.max(0, spent / share - spent)))
                + " left";
    }

    private ReplayHeader header(PolicyChoice.Chosen chosen, ParallelEnv env) {
        Map<String, String> about = new LinkedHashMap<>();
        about.put("program", new Version().getVersion()[0]);
        about.put("made", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
        about.put("policy", chosen.name());
        about.put("seed", Long.toString(seed));
        PolicySnapshot learned = chosen.snapshot();
        RewardWeights weights = null;
        if (run != null) {
            about.put("run", run.toAbsolutePath().normalize().getFileName().toString());
        }
        if (learned != null) {
            about.put("algorithm", learned.config().algorithm().title());
            about.put("version", Long.toString(learned.version()));
            about.put("env_steps", Long.toString(learned.envSteps()));
            about.put("training_seed", Long.toString(learned.config().seed()));
            RewardWeights trained = learned.config().rewardWeights();
            weights = trained.size() == env.spec().terms().size() ? trained : null;
        }
        return new ReplayHeader(
                chosen.provider().name(),
                chosen.options().asText(),
                weights,
                about,
                learned == null ? "" : Json.pretty(learned.config().toTree()));
    }

    /// The learning curve up to the version that acts; "" where there is none.
    private String curve(PolicySnapshot learned) {
        if (learned == null || PolicyFiles.isPolicy(run)) {
            return "";
        }
        try {
            return CurveTable.text(CurveFile.read(Runs.open(run), learned.envSteps()));
        } catch (IOException e) {
            throw new BadInput(
                    "The learning curve of " + run + " can't be read: " + e.getMessage() + ".", e);
        }
    }

    private void tell(PolicyChoice.Chosen chosen) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("file", out.toString());
        tree.put("world", chosen.provider().name());
        tree.put("policy", chosen.name());
        tree.put("episodes", begun);
        tree.put("steps", played);
        tree.put("moments", played + begun);
        tree.put("bytes", out.toFile().length());
        System.out.println(
                json
                        ? Json.line(tree)
                        : "Recorded "
                                + Output.count(played)
                                + " steps in "
                                + begun
                                + (begun == 1 ? " episode: " : " episodes: ")
                                + out);
    }
}
