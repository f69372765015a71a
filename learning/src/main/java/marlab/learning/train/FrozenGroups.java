package marlab.learning.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import marlab.sim.env.Actions;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.env.WorldProvider;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.space.ActionSpace;

/// A policy whose word counts but for some groups, which go on as a script says: opponents that do
/// not learn. Not thread-safe.
public final class FrozenGroups implements Policy {

    private record Script(Policy policy, List<AgentGroup> groups) {}

    private final Policy base;
    private final List<Script> scripts = new ArrayList<>();
    private final Decision decision;

    private FrozenGroups(Policy base, EnvSpec spec) {
        this.base = base;
        decision = new Decision(spec);
    }

    /// The policy as it is where nobody is frozen, else with the frozen groups following their
    /// scripts: so that a baseline is one for the learning side only.
    ///
    /// @param base decides for everyone else; null where somebody else does
    /// @param frozen group → name of the script
    public static Policy over(
            Policy base, WorldProvider world, EnvOptions options, Map<String, String> frozen) {
        return frozen.isEmpty() ? base : of(base, world, options, frozen);
    }

    static FrozenGroups of(
            Policy base, WorldProvider world, EnvOptions options, Map<String, String> frozen) {
        EnvSpec spec = world.create(options).spec();
        FrozenGroups all = new FrozenGroups(base, spec);
        for (Map.Entry<String, Policy> each : world.scriptedPolicies(options).entrySet()) {
            List<AgentGroup> groups =
                    spec.groups().stream()
                            .filter(g -> each.getKey().equals(frozen.get(g.name())))
                            .toList();
            if (!groups.isEmpty()) {
                all.scripts.add(new Script(each.getValue(), groups));
            }
        }
        return all;
    }

    /// Writes the frozen agents' actions.
    void act(ParallelEnv env, Actions into, RandomGenerator random) {
        for (Script script : scripts) {
            script.policy.act(env, decision, random);
            for (AgentGroup group : script.groups) {
                for (AgentId agent : group.agents()) {
                    copy(group.action(), agent.index(), into);
                }
            }
        }
    }

    private void copy(ActionSpace space, int agent, Actions into) {
        switch (space) {
            case ActionSpace.Discrete _ -> into.choose(agent, decision.actions.choice(agent));
            case ActionSpace.Box box -> {
                for (int k = 0; k < box.size(); k++) {
                    into.box(agent, k, decision.actions.box(agent, k));
                }
            }
        }
    }

    @Override
    public void act(ParallelEnv env, Decision into, RandomGenerator random) {
        base.act(env, into, random);
        act(env, into.actions, random);
    }

    @Override
    public void episodeBegins(ParallelEnv env) {
        if (base != null) {
            base.episodeBegins(env);
        }
        scripts.forEach(s -> s.policy.episodeBegins(env));
    }

    @Override
    public long version() {
        return base.version();
    }
}
