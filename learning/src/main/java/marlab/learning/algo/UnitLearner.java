package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import marlab.learning.buffer.Rollout;
import marlab.sim.env.Workers;

/// The part of an algorithm that concerns one unit, where units learn without regard to each
/// other's updates. See {@link IndependentUnits}.
interface UnitLearner {

    /// How the unit acts.
    Behaviour behaviour();

    /// Learns from one roll-out, see {@link Learner#update}.
    ///
    /// @param who name for the figures
    List<Figure> update(Rollout rollout, double progress, Workers workers, String who);

    /// Shows all state, see {@link Persistence}.
    ///
    /// @param unit prefix of all names
    void persist(Persistence state, String unit) throws IOException;
}
