package marlab.app.keepsake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import marlab.app.chart.ChartRequest;
import marlab.app.chart.CurveTable;
import marlab.app.chart.PictureFile;
import marlab.app.text.Figures;
import marlab.app.theme.ColourRegistry;
import marlab.app.theme.Palette;
import marlab.app.theme.Scheme;
import marlab.learning.analysis.Interval;
import marlab.learning.store.Json;
import marlab.learning.train.CurvePoint;
import marlab.learning.train.LearnedPolicy;
import marlab.learning.train.RunConfig;
import marlab.learning.train.Trainer;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Policy;
import marlab.sim.replay.EpisodePlayer;
import marlab.sim.replay.Recording;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.replay.ReplayWriter;
import marlab.sim.seed.Seeds;

/// What a run leaves to look at when it ends: a picture of its learning curve and a replay of what
/// it has learned, which holds the curve as a table too.
///
/// @param curve the picture
/// @param replay the replay
public record Keepsakes(Path curve, Path replay) {

    private static final int EPISODES = 3;

    /// Steps of all agents together in an episode: crowds are shown for less long.
    private static final int MOST_AGENT_STEPS = 300_000;

    private static final int LEAST_STEPS = 25;
    private static final String CURVE = "learning-curve.png";
    private static final String REPLAY = "learned.marlab-replay";

    /// True where a run has both.
    public static boolean areIn(Path run) {
        return Files.exists(run.resolve("images").resolve(CURVE))
                && Files.exists(run.resolve("replays").resolve(REPLAY));
    }

    /// Writes both into the run's folder, each whole or not at all. On the thread that trains, or
    /// while none does.
    ///
    /// @param baselines returns to compare with, by policy
    public static Keepsakes leave(Trainer trainer, Map<String, Interval> baselines)
            throws IOException {
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
                                        e.getKey() + " " + Figures.fixed(e.getValue().mean(), 2),
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
        Policy policy = trainer.snapshot().policy(LearnedPolicy.Mode.GREEDY).withValues(true);
        Recording recording = new Recording(env.spec());
        recording.weigh(trainer.weights());
        EpisodePlayer player = new EpisodePlayer(env, policy);
        Seeds seeds = new Seeds(config.seed());
        int affordable = Math.max(LEAST_STEPS, MOST_AGENT_STEPS / env.spec().agentCount());
        for (int episode = 0; episode < EPISODES; episode++) {
            player.play(
                    seeds.seed("replay", episode),
                    episode,
                    seeds.stream("replay-policy", episode),
                    Math.min(env.spec().horizon(), affordable),
                    recording::add);
        }
        ReplayWriter.save(file, header(trainer), recording, CurveTable.text(trainer.curve(0)));
    }

    private static ReplayHeader header(Trainer trainer) {
        RunConfig config = trainer.config();
        Map<String, String> about = new LinkedHashMap<>();
        about.put("policy", config.algorithm().title());
        about.put("version", Long.toString(trainer.snapshot().version()));
        about.put("env_steps", Long.toString(trainer.snapshot().envSteps()));
        about.put("run", trainer.directory().getFileName().toString());
        about.put("seed", Long.toString(config.seed()));
        return new ReplayHeader(
                config.world(),
                config.envOptions().asText(),
                trainer.weights(),
                about,
                Json.pretty(config.toTree()));
    }
}
