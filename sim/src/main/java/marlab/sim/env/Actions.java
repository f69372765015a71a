package marlab.sim.env;

import java.util.List;
import marlab.sim.space.ActionSpace;

/// One action of every agent of one copy: a choice for discrete agents, numbers for box agents.
/// Reused from step to step.
public final class Actions {

    private final int[] choices;
    private final double[] boxes;
    private final int[] boxAt;

    /// Room for one action of every agent of the world; all choices 0, all numbers 0.
    public Actions(EnvSpec spec) {
        List<AgentId> agents = spec.agents();
        choices = new int[agents.size()];
        boxAt = new int[agents.size()];
        int total = 0;
        for (AgentId agent : agents) {
            boxAt[agent.index()] = total;
            if (spec.groupOf(agent.index()).action() instanceof ActionSpace.Box box) {
                total += box.size();
            }
        }
        boxes = new double[total];
    }

    /// Choice of a discrete agent.
    public int choice(int agent) {
        return choices[agent];
    }

    /// Sets the choice of a discrete agent.
    public void choose(int agent, int choice) {
        choices[agent] = choice;
    }

    /// Component k of a box agent's action.
    public double box(int agent, int k) {
        return boxes[boxAt[agent] + k];
    }

    /// Sets component k of a box agent's action.
    public void box(int agent, int k, double value) {
        boxes[boxAt[agent] + k] = value;
    }

    /// Takes every action from another one of the same world.
    public void copyFrom(Actions other) {
        System.arraycopy(other.choices, 0, choices, 0, choices.length);
        System.arraycopy(other.boxes, 0, boxes, 0, boxes.length);
    }

    /// Choices of all agents, one each; the array itself.
    public int[] choices() {
        return choices;
    }

    /// Numbers of all box agents, agent after agent; the array itself.
    public double[] boxes() {
        return boxes;
    }
}
