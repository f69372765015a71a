package marlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import marlab.app.chart.ChartRequest;
import marlab.app.chart.PictureFile;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Palette;
import marlab.app.theme.Scheme;
import marlab.learning.analysis.Interval;
import marlab.learning.store.Json;
import marlab.learning.train.CurvePoint;
import marlab.learning.train.LearnedPolicy;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Trainer;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.StepResult;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.replay.Replay;
import marlab.sim.replay.ReplayWriter;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.snapshot.Frame;

/// What a finished run leaves to look at: a picture of its learning curve and a replay of what it
/// learned.
///
/// @param curve the picture
/// @param replay the replay
record Keepsakes(Path curve, Path replay) {

    private static final int EPISODES = 3;
    private static final String CURVE = "learning-curve.png";
    private static final String REPLAY = "learned.marlab-replay";

    /// True where a run has both.
    static boolean areIn(Path run) {
        return Files.exists(run.resolve("images").resolve(CURVE))
                && Files.exists(run.resolve("replays").resolve(REPLAY));
    }

    /// Writes both into the run's folder.
    ///
    /// @param baselines returns to compare with, by policy
    static Keepsakes leave(Trainer trainer, Map<String, Interval> baselines) throws IOException {
        Path images = Files.createDirectories(trainer.directory().resolve("images"));
        Path replays = Files.createDirectories(trainer.directory().resolve("replays"));
        Path curve = images.resolve(CURVE);
        Path replay = replays.resolve(REPLAY);
        draw(trainer, baselines, curve);
        record(trainer, replay);
        return new Keepsakes(curve, replay);
    }

    private static void draw(Trainer trainer, Map<String, Interval> baselines, Path file)
            throws IOException {
        List<CurvePoint> points = trainer.curve(0);
        List<ChartRequest.Reference> references =
                baselines.entrySet().stream()
                        .map(e ->
                                new ChartRequest.Reference(
                                        e.getKey()
                                                + " "
                                                + Output.fixed(e.getValue().mean())
                                                        .replace('-', '−'),
                                        e.getValue().mean(),
                                        false))
                        .toList();
        List<Long> edits =
                trainer.events(0).stream()
                        .filter(e -> e.type().equals("reward_edited"))
                        .map(e -> e.envSteps())
                        .toList();
        RunConfig config = trainer.config();
        ChartRequest request =
                new ChartRequest(
                        720,
                        420,
                        points,
                        edits,
                        references,
                        config.training().steps(),
                        new ColourRegistry(Palette.of(Scheme.LIGHT)));
        int episodes = points.isEmpty() ? 0 : points.getLast().episodes();
        PictureFile.write(
                file,
                request,
                "Return, "
                        + config.spec().dialects().getFirst().label()
                        + " · "
                        + config.algorithm().title()
                        + ", seed "
                        + config.seed()
                        + " · mean of "
                        + episodes
                        + " episodes, 95 % interval (t)");
    }

    private static void record(Trainer trainer, Path file) throws IOException {
        RunConfig config = trainer.config();
        ParallelEnv env = config.provider().create(config.envOptions());
        EnvSpec spec = env.spec();
        Policy policy = trainer.snapshot().policy(LearnedPolicy.Mode.GREEDY).withValues(true);
        Decision decision = new Decision(spec);
        Frame frame = new Frame(spec);
        RandomStream random = new RandomStream(config.seed());
        Seeds seeds = new Seeds(config.seed());
        try (ReplayWriter writer =
                new ReplayWriter(
                        file,
                        new Replay.Header(
                                config.world(),
                                config.envOptions().asText(),
                                Json.pretty(config.toTree())),
                        spec)) {
            for (int episode = 0; episode < EPISODES; episode++) {
                long seed = seeds.seed("replay", episode);
                env.reset(seed);
                policy.episodeBegins(env);
                frame.episode = episode;
                frame.seed = seed;
                StepResult result = null;
                do {
                    if (result != null) {
                        System.arraycopy(result.terms, 0, frame.terms, 0, frame.terms.length);
                    }
                    policy.act(env, decision, random);
                    env.snapshot(frame);
                    System.arraycopy(
                            decision.probabilities,
                            0,
                            frame.probabilities,
                            0,
                            frame.probabilities.length);
                    System.arraycopy(decision.values, 0, frame.values, 0, frame.values.length);
                    frame.policyVersion = policy.version();
                    writer.add(frame);
                    result = env.step(decision.actions);
                } while (!result.over());
                env.snapshot(frame);
                writer.add(frame);
            }
        }
    }
}
