package marlab.sim.env;

/// What a step brought. One object per copy, overwritten by the next step.
public final class StepResult {

    /// Raw reward terms, [agents × terms].
    public final double[] terms;

    /// Metrics of this step, one per metric of the world.
    public final double[] metrics;

    /// Per agent: the task is over for it (nothing follows; a value function is 0 there).
    public final boolean[] terminated;

    /// The time limit cut the episode (the future goes on unseen; values are bootstrapped).
    public boolean truncated;

    /// Room for a world of this shape.
    public StepResult(EnvSpec spec) {
        terms = new double[spec.agentCount() * spec.terms().size()];
        metrics = new double[spec.metrics().size()];
        terminated = new boolean[spec.agentCount()];
    }

    /// True when the episode is over for every agent.
    public boolean over() {
        if (truncated) {
            return true;
        }
        for (boolean agentDone : terminated) {
            if (!agentDone) {
                return false;
            }
        }
        return true;
    }
}
