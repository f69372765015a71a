package marlab.learning.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;
import marlab.learning.net.DenseLayers;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.ParallelEnv;
import marlab.sim.policy.Decision;
import marlab.sim.policy.Policy;
import marlab.sim.space.ActionSpace;

/// A network that another program trained, acting greedily for every agent on its flat observation:
/// the choice of the largest output, or the outputs as they are, clipped to the box. Not
/// thread-safe.
public final class ForeignPolicy implements Policy {

    private final DenseLayers network;
    private final List<AgentGroup> groups = new ArrayList<>();
    private final double[] seen;
    private final float[] input;

    /// @param file where the network is from, for messages
    /// @param frozen names of groups that somebody else decides for
    /// @throws BadInput where the network's sizes are not those of the world
    public ForeignPolicy(Path file, DenseLayers network, EnvSpec world, Collection<String> frozen) {
        this.network = network;
        for (AgentGroup group : world.groups()) {
            if (frozen.contains(group.name())) {
                continue;
            }
            int sees = group.observation().size();
            int does = group.action().size();
            if (sees != network.inputs() || does != network.outputs()) {
                throw new BadInput(
                        file
                                + " takes "
                                + network.inputs()
                                + " numbers and gives "
                                + network.outputs()
                                + ", but group "
                                + group.name()
                                + " of "
                                + world.world()
                                + " needs "
                                + sees
                                + " inputs (its flat observation) and "
                                + does
                                + " outputs ("
                                + (group.action() instanceof ActionSpace.Discrete
                                        ? "one per choice"
                                        : "one per component of the action")
                                + "); train one of these sizes, change the world's options with --set, or"
                                + " let that group follow a script with --set frozen."
                                + group.name()
                                + "=NAME.");
            }
            groups.add(group);
        }
        if (groups.isEmpty()) {
            throw new BadInput("Every group is frozen; leave one for " + file + " to act for.");
        }
        seen = new double[network.inputs()];
        input = new float[network.inputs()];
    }

    @Override
    public void act(ParallelEnv env, Decision into, RandomGenerator random) {
        into.clear();
        for (AgentGroup group : groups) {
            for (AgentId agent : group.agents()) {
                env.observe(agent.index(), seen, 0);
                for (int k = 0; k < input.length; k++) {
                    input[k] = (float) seen[k];
                }
                float[] output = network.apply(input);
                switch (group.action()) {
                    case ActionSpace.Discrete _ ->
                            into.actions.choose(agent.index(), largest(output));
                    case ActionSpace.Box box -> {
                        for (int k = 0; k < box.size(); k++) {
                            into.actions.box(agent.index(), k, box.clip(output[k]));
                        }
                    }
                }
            }
        }
    }

    private static int largest(float[] of) {
        int best = 0;
        for (int k = 1; k < of.length; k++) {
            best = of[k] > of[best] ? k : best;
        }
        return best;
    }
}
