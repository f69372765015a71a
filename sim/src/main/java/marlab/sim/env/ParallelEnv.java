package marlab.sim.env;

import marlab.sim.snapshot.Frame;

/// One copy of one world in which all agents act at once (after PettingZoo's ParallelEnv).
/// Single-threaded and deterministic in (seed, actions); {@link #step} allocates nothing.
public interface ParallelEnv {

    /// Agents, groups, spaces, reward terms, horizon.
    EnvSpec spec();

    /// Starts an episode; the same seed gives the same start.
    void reset(long seed);

    /// Advances by one step.
    ///
    /// @return terms, metrics and ends of this step; the object is overwritten by the next step
    StepResult step(Actions actions);

    /// Writes what an agent sees, in double precision: `observation().size()` numbers.
    void observe(int agent, double[] into, int at);

    /// Writes what a central critic may see for an agent: `central().size()` numbers.
    void observeCentral(int agent, double[] into, int at);

    /// Writes the complete state, random stream included, so that {@link #restore} continues
    /// exactly from here.
    void snapshot(Frame into);

    /// Continues from a frame.
    void restore(Frame from);
}
