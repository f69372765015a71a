package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// An algorithm at work on a world: it says how every unit acts, and becomes better by what came of
/// it. Owned by the learner thread. Deterministic in its seeds and the experience, whatever the
/// number of threads.
public interface Learner {

    /// How the units act, in the units' order.
    List<Behaviour> behaviours();

    /// Learns from what happened since the last update.
    ///
    /// @param experience of all units, filled by acting with {@link #behaviours}
    /// @param progress share of the budget spent, in [0, 1], for schedules
    /// @param workers threads to use
    /// @return figures for the curves, the same keys every time
    List<Figure> update(Experience experience, double progress, Workers workers);

    /// Shows all state that the next update or roll-out depends on.
    ///
    /// @throws IOException where what was saved does not fit
    void persist(Persistence state) throws IOException;
}
