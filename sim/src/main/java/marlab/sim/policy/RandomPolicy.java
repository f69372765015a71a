package marlab.sim.policy;

import java.util.random.RandomGenerator;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.ParallelEnv;
import marlab.sim.space.ActionSpace;

/// Every agent draws uniformly from its action space: the trivial baseline.
public final class RandomPolicy implements Policy {

    @Override
    public void act(ParallelEnv env, Decision into, RandomGenerator random) {
        for (AgentGroup group : env.spec().groups()) {
            for (AgentId agent : group.agents()) {
                switch (group.action()) {
                    case ActionSpace.Discrete discrete -> {
                        into.actions.choose(agent.index(), random.nextInt(discrete.size()));
                        int at = agent.index() * into.choicesPerAgent;
                        for (int k = 0; k < discrete.size(); k++) {
                            into.probabilities[at + k] = 1.0 / discrete.size();
                        }
                    }
                    case ActionSpace.Box box -> {
                        for (int k = 0; k < box.size(); k++) {
                            double u = random.nextDouble();
                            into.actions.box(
                                    agent.index(), k, box.low() + u * (box.high() - box.low()));
                        }
                    }
                }
            }
        }
    }
}
