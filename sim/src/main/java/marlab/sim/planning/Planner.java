package marlab.sim.planning;

import java.util.random.RandomGenerator;

/// Decides how a crowd moves. Made anew for every episode.
sealed interface Planner permits ShortestPath, PrioritisedPlanning, Pibt {

    /// Sets {@link Crowd#move} of every active agent, from where everybody is now.
    void plan(RandomGenerator random);
}
