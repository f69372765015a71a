package marlab.learning.train;

import java.util.ArrayList;
import java.util.List;
import marlab.learning.algo.ActionDistribution;
import marlab.learning.algo.Ppo;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.NetworkConfig;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.seed.Seeds;
import marlab.sim.space.CanonicalView;

/// Agents that share one actor and one critic: a whole group with parameter sharing, one agent
/// without.
///
/// @param name prefix in checkpoints: the group's name, or the agent's
/// @param group index of the group
/// @param members positions within the group
record Unit(String name, int group, List<Integer> members) {

    static List<Unit> of(EnvSpec spec, boolean sharing) {
        List<Unit> units = new ArrayList<>();
        for (int g = 0; g < spec.groups().size(); g++) {
            AgentGroup group = spec.groups().get(g);
            List<Integer> everyone = new ArrayList<>();
            for (AgentId agent : group.agents()) {
                int member = everyone.size();
                everyone.add(member);
                if (!sharing) {
                    units.add(new Unit(agent.name(), g, List.of(member)));
                }
            }
            if (sharing) {
                units.add(new Unit(group.name(), g, List.copyOf(everyone)));
            }
        }
        return units;
    }

    AgentGroup groupIn(EnvSpec spec) {
        return spec.groups().get(group);
    }

    /// What the policy network takes.
    CanonicalView actorView(EnvSpec spec, NetworkConfig network, int[] keep) {
        return network.view(groupIn(spec).observation(), groupIn(spec).action(), keep);
    }

    /// What the value network takes.
    CanonicalView criticView(EnvSpec spec, NetworkConfig network, boolean central, int[] keep) {
        AgentGroup g = groupIn(spec);
        return network.view(central ? g.central() : g.observation(), g.action(), keep);
    }

    /// A learner with fresh networks for these agents.
    ///
    /// @param index of the unit, for seeds
    Ppo learner(RunConfig config, EnvSpec spec, LinearAlgebra algebra, Seeds seeds, int index) {
        boolean central = config.algorithm().centralCritic();
        return new Ppo(
                config.ppo(),
                config.network(),
                algebra,
                actorView(spec, config.network(), null),
                criticView(spec, config.network(), central, null),
                ActionDistribution.of(groupIn(spec).action()),
                config.training().rollout(),
                config.training().copies() * members.size(),
                !central,
                seeds,
                index);
    }
}
