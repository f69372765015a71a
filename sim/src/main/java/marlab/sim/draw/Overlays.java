package marlab.sim.draw;

/// What to draw besides the world itself. Owned by the thread that draws.
public final class Overlays {

    /// Paths of the last steps.
    public boolean trails = true;

    /// Action probabilities as whiskers.
    public boolean whiskers = true;

    /// What every agent's policy expected, as a number; see {@link AgentFigures}.
    public boolean values;

    /// What every agent earned in the last step, as a number; see {@link AgentFigures}.
    public boolean rewards;

    /// Letters on agents.
    public boolean letters = true;

    /// Index of the selected agent, −1 for none.
    public int selected = -1;

    /// The paths to draw where {@link #trails} is on; may be null.
    public Trails paths;
}
