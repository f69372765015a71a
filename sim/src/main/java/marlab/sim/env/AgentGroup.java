package marlab.sim.env;

import java.util.List;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ObservationSpace;

/// Agents with equal spaces. Batches, networks and parameter sharing are per group.
///
/// @param name plural name, for instance "agents"
/// @param agents members, in agent order
/// @param observation what a member sees
/// @param central what a central critic may see for a member: its observation and whatever else
///   makes the state known (the agent-specific global state of MAPPO)
/// @param action what a member can do
public record AgentGroup(
        String name,
        List<AgentId> agents,
        ObservationSpace observation,
        ObservationSpace central,
        ActionSpace action) {

    public AgentGroup {
        agents = List.copyOf(agents);
    }

    /// True when the agent with this index is a member: a binary search, members being in order.
    boolean has(int agent) {
        int low = 0;
        int high = agents.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int index = agents.get(middle).index();
            if (index == agent) {
                return true;
            }
            if (index < agent) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /// Number of members.
    public int size() {
        return agents.size();
    }
}
