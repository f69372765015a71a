package marlab.sim.world.dilemma;

import marlab.sim.seed.RandomStream;
import marlab.sim.snapshot.StateCursor;

/// What grows and what rots in a world: its rules beside the agents' own.
interface Growth {

    /// Counts anew, the ground having been laid.
    void count(byte[] ground);

    /// Draws what an episode starts with.
    void begin(RandomStream random);

    /// Takes note that a cell has changed.
    void changed(int cell, byte was, byte now);

    /// Lets grow and rot what is due after a step.
    void grow(GridDilemma world, RandomStream random);

    /// Writes the world's own metrics of a step.
    void measure(double[] into, int at);

    /// Writes numbers within 0 and 1 that say how the commons is, for a central critic; returns the
    /// place after them.
    int gauges(float[] into, int at);

    /// Measures, saves or loads what {@link #count} can't find out.
    void exchange(StateCursor state);
}
