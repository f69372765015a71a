package marlab.sim.space;

/// How much of a task's symmetry a learner is given. Using it is knowledge of the task's geometry:
/// say so when comparing with peers.
public enum SymmetryLevel {
    /// The flat vector as it is.
    NONE,
    /// Entities of a set are interchangeable: sorted by distance (or pooled by an entity network),
    /// unless they have names.
    PERMUTATION,
    /// Also the eight mirrorings and quarter turns of the square.
    FULL
}
