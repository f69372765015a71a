package marlab.sim.reward;

/// One named ingredient of the reward. A world emits its value for every agent and step; the weight
/// belongs to the person at the slider.
///
/// @param name key on the command line and in files
/// @param label what people read beside the slider
/// @param unit unit of the raw value, for instance "m" or "contacts"
/// @param team true where every agent gets the same value by construction
/// @param weight default weight: with all defaults the reward is the reference's
/// @param low smallest weight of the slider
/// @param high largest weight of the slider
/// @param what one sentence on what it counts
public record RewardTerm(
        String name,
        String label,
        String unit,
        boolean team,
        double weight,
        double low,
        double high,
        String what) {}
