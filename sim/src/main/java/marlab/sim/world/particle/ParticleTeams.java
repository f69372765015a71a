package marlab.sim.world.particle;

import java.util.ArrayList;
import java.util.List;
import marlab.sim.env.AgentId;

/// Names of agents as the reference gives them.
final class ParticleTeams {

    private ParticleTeams() {}

    /// So many agents from index `first`, named name_0, name_1, …
    static List<AgentId> names(String name, int first, int count) {
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            agents.add(new AgentId(first + i, name + "_" + i));
        }
        return agents;
    }
}
