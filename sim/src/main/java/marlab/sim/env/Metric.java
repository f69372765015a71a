package marlab.sim.env;

/// A number that a world reports at every step besides rewards, in physical units.
///
/// @param name key in files and on the command line
/// @param label what people read
/// @param unit unit of the episode's figure
/// @param over how the episode's figure comes from the steps'
/// @param what one sentence on what it measures
public record Metric(String name, String label, String unit, Over over, String what) {

    /// How steps make an episode.
    public enum Over {
        /// Sum over the episode's steps.
        SUM,
        /// Mean over the episode's steps.
        MEAN,
        /// Value at the episode's last step.
        LAST
    }
}
