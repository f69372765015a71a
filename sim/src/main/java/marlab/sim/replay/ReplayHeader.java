package marlab.sim.replay;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import marlab.sim.draw.Portrayal;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.reward.RewardWeights;

/// What a replay says about itself.
///
/// @param world the world's name
/// @param options its options, as text
/// @param weights reward weights in force when the recording began; null for the world's own
/// @param about where it comes from, in the order to show: `program`, `made`, `policy`, `run`,
///   `seed` …; free
/// @param config config of the run that it comes from, as JSON; "" where there is none
public record ReplayHeader(
        String world,
        Map<String, String> options,
        RewardWeights weights,
        Map<String, String> about,
        String config) {

    public ReplayHeader {
        options = Collections.unmodifiableMap(new TreeMap<>(options)); // always in one order
        about = Collections.unmodifiableMap(new LinkedHashMap<>(about));
    }

    /// The world.
    ///
    /// @throws IllegalArgumentException where it is not here
    public WorldProvider provider() {
        return Worlds.named(world);
    }

    /// The world's options, checked.
    ///
    /// @throws IllegalArgumentException where they do not suit the world
    public EnvOptions envOptions() {
        return provider().configure(options);
    }

    /// True where another replay is of the same world with the same options.
    boolean shows(ReplayHeader other) {
        return world.equals(other.world) && envOptions().equals(other.envOptions());
    }

    /// How to draw its moments, impossible ones included: those a file can tell of too.
    ///
    /// @throws IllegalArgumentException where world or options are not here
    public Portrayal portrayal() {
        return new ReplayPortrayal(provider().portrayal(envOptions()));
    }

    /// The same with one more thing told about it.
    public ReplayHeader with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(about);
        more.put(name, value);
        return new ReplayHeader(world, options, weights, more, config);
    }
}
