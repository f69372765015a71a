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

    /// Number of members.
    public int size() {
        return agents.size();
    }
}
