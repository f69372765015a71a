package marlab.sim.replay;

import java.util.List;
import java.util.Map;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.WorldProvider;
import marlab.sim.env.Worlds;
import marlab.sim.snapshot.Frame;

/// Recorded frames of one world, with everything needed to draw them; no learning library needed.
///
/// @param header what was recorded
/// @param frames in order; episodes follow one another; not to be changed
/// @param events one JSON object each, as their writers gave them
public record Replay(Header header, List<Frame> frames, List<String> events) {

    public Replay {
        frames = List.copyOf(frames);
        events = List.copyOf(events);
    }

    /// What a replay says about itself.
    ///
    /// @param world the world's name
    /// @param options its options, as text
    /// @param config config of the run that it comes from, as JSON; "" where there is none
    public record Header(String world, Map<String, String> options, String config) {

        public Header {
            options = Map.copyOf(options);
        }

        /// The world.
        ///
        /// @throws IllegalArgumentException where it is not on the class path
        public WorldProvider provider() {
            return Worlds.named(world);
        }

        /// The world's options, checked.
        ///
        /// @throws IllegalArgumentException where they do not suit the world
        public EnvOptions envOptions() {
            return provider().configure(options);
        }
    }
}
