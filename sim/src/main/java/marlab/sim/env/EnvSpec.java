package marlab.sim.env;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import marlab.sim.reward.RewardTerm;

/// Everything fixed about a world with given options.
///
/// @param world the world's name, for instance "simple_spread"
/// @param groups agents with equal spaces; every agent is in exactly one
/// @param terms reward terms, in the order in which {@link StepResult} holds them
/// @param metrics other figures, in the order in which {@link StepResult} holds them
/// @param dialects how code bases report returns here; the first is the default
/// @param horizon steps after which every agent is truncated
/// @param stateSize doubles that {@link ParallelEnv#snapshot} writes
public record EnvSpec(
        String world,
        List<AgentGroup> groups,
        List<RewardTerm> terms,
        List<Metric> metrics,
        List<ReturnDialect> dialects,
        int horizon,
        int stateSize) {

    public EnvSpec {
        groups = List.copyOf(groups);
        terms = List.copyOf(terms);
        metrics = List.copyOf(metrics);
        dialects = List.copyOf(dialects);
    }

    /// All agents in agent order.
    public List<AgentId> agents() {
        List<AgentId> all = new ArrayList<>();
        groups.forEach(g -> all.addAll(g.agents()));
        all.sort(Comparator.comparingInt(AgentId::index));
        return all;
    }

    /// Number of agents.
    public int agentCount() {
        int count = 0;
        for (AgentGroup group : groups) { // not a stream: asked in step loops
            count += group.size();
        }
        return count;
    }

    /// The group that the agent is in.
    public AgentGroup groupOf(int agent) {
        for (AgentGroup group : groups) {
            if (group.has(agent)) {
                return group;
            }
        }
        throw new IllegalArgumentException("no agent " + agent + " in " + world);
    }

    /// Index of the reward term with this name, −1 if there is none.
    public int termIndex(String name) {
        for (int k = 0; k < terms.size(); k++) {
            if (terms.get(k).name().equals(name)) {
                return k;
            }
        }
        return -1;
    }
}
