package marlab.learning.algo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;

/// Agents that share their networks: a whole group with parameter sharing, part of one with grouped
/// sharing, one agent without.
///
/// @param name prefix in checkpoints: the group's name, its name and a number, or the agent's
/// @param group index of the group
/// @param members positions within the group
public record Unit(String name, int group, List<Integer> members) {

    /// Everyone in a group shares.
    public static final int ALL = 1;

    /// Nobody shares.
    public static final int NONE = 0;

    /// The units of a world.
    ///
    /// @param sharing {@link #ALL}, {@link #NONE}, or into how many parts each group is divided,
    ///   first members first
    /// @param frozen names of groups that do not learn
    public static List<Unit> of(EnvSpec spec, int sharing, Collection<String> frozen) {
        List<Unit> units = new ArrayList<>();
        for (int g = 0; g < spec.groups().size(); g++) {
            AgentGroup group = spec.groups().get(g);
            if (frozen.contains(group.name())) {
                continue;
            }
            int size = group.size();
            int parts = sharing == NONE ? size : Math.min(sharing, size);
            for (int part = 0; part < parts; part++) {
                List<Integer> members = new ArrayList<>();
                for (int m = part * size / parts; m < (part + 1) * size / parts; m++) {
                    members.add(m);
                }
                AgentId first = group.agents().get(members.getFirst());
                String name =
                        sharing == NONE
                                ? first.name()
                                : sharing == ALL ? group.name() : group.name() + (part + 1);
                units.add(new Unit(name, g, List.copyOf(members)));
            }
        }
        return units;
    }

    /// The group that the members are in.
    public AgentGroup groupIn(EnvSpec spec) {
        return spec.groups().get(group);
    }

    /// Agent index of a member.
    public int agent(EnvSpec spec, int member) {
        return groupIn(spec).agents().get(members.get(member)).index();
    }
}
