package marlab.sim.policy;

import java.util.Arrays;
import marlab.sim.env.Actions;
import marlab.sim.env.EnvSpec;

/// What a policy decided for all agents of one copy, and how it came to it. Reused.
public final class Decision {

    /// The actions to step with.
    public final Actions actions;

    /// Probability of every choice, agent after agent, `choicesPerAgent` slots each; NaN where the
    /// policy has none to show.
    public final double[] probabilities;

    /// Value estimates per agent; NaN where the policy has none.
    public final double[] values;

    /// Slots per agent in {@link #probabilities}.
    public final int choicesPerAgent;

    /// Room for a decision in this world.
    public Decision(EnvSpec spec) {
        actions = new Actions(spec);
        choicesPerAgent = spec.groups().stream().mapToInt(g -> g.action().size()).max().orElse(0);
        probabilities = new double[spec.agentCount() * choicesPerAgent];
        values = new double[spec.agentCount()];
        clear();
    }

    /// Forgets probabilities and values.
    public void clear() {
        Arrays.fill(probabilities, Double.NaN);
        Arrays.fill(values, Double.NaN);
    }
}
