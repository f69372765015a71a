package marlab.app.video;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import marlab.app.theme.Scheme;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.policy.Policy;
import marlab.sim.replay.EpisodePlayer;
import marlab.sim.replay.Recording;
import marlab.sim.replay.Replay;
import marlab.sim.replay.ReplayHeader;
import marlab.sim.seed.Seeds;

/// Small replays and plans for tests of films.
final class Recorded {

    private Recorded() {}

    /// Episodes of a script, from seed 1.
    static Replay replay(
            String world, Map<String, String> options, String script, int episodes, int steps) {
        WorldProvider provider = Worlds.named(world);
        EnvOptions set = provider.configure(options);
        ParallelEnv env = provider.create(set);
        Policy policy = provider.scriptedPolicies(set).get(script);
        Recording recording = new Recording(env.spec());
        EpisodePlayer player = new EpisodePlayer(env, policy);
        Seeds seeds = new Seeds(1);
        try {
            for (int e = 0; e < episodes; e++) {
                player.play(
                        seeds.seed("film", e), e, seeds.stream("dice", e), steps, recording::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> about = new LinkedHashMap<>();
        about.put("policy", script);
        about.put("seed", "1");
        ReplayHeader header = new ReplayHeader(world, set.asText(), null, about, "");
        return new Replay(header, recording, "", null);
    }

    static FilmSource spread(String script, int episodes, int steps) {
        Replay replay = replay("simple_spread", Map.of(), script, episodes, steps);
        return FilmSource.of(script + ".marlab-replay", replay);
    }

    /// 10 frames and 5 steps per second, 320 × 180 or as square.
    static FilmPlan small(FilmPreset preset) {
        return FilmPlan.of(preset)
                .sized(preset == FilmPreset.SQUARE ? 180 : 320, 180)
                .paced(new FilmPlan.Pace(10, 5, 0))
                .looking(FilmPlan.Look.of(Scheme.DARK));
    }
}
