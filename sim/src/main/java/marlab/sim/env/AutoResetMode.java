package marlab.sim.env;

/// What a {@link VectorEnv} does with a copy whose episode is over (names as in Gymnasium).
public enum AutoResetMode {
    /// Resets at once: the observations are the new episode's first, the last ones of the old
    /// episode stand in the final observations.
    SAME_STEP,
    /// Leaves it; stepping on is the caller's mistake until it resets the copy.
    DISABLED
}
