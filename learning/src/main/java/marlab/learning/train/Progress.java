package marlab.learning.train;

/// Where a run stands, for status bars and progress lines. Immutable; any thread may read it.
///
/// @param phase what the run is doing
/// @param envSteps environment steps learned from so far
/// @param totalSteps budget of the run
/// @param wallSeconds seconds of wall clock that the run took so far, loading and saving included,
///   over all resumes
/// @param stepsPerSecond env steps per second over the last second or so
/// @param secondsLeft estimate of the time left, NaN before there is one
/// @param policyVersion number of updates so far
/// @param latest newest point of the curve, null before the first roll-out
public record Progress(
        Phase phase,
        long envSteps,
        long totalSteps,
        double wallSeconds,
        double stepsPerSecond,
        double secondsLeft,
        long policyVersion,
        CurvePoint latest) {

    /// What a run is doing.
    public enum Phase {
        /// Loading the native math library, building networks.
        WARMING_UP,
        /// Learning.
        TRAINING,
        /// Stopped before the budget was spent; can be resumed.
        STOPPED,
        /// The budget is spent.
        DONE,
        /// Ended by an error; see {@link Trainer#failure}.
        FAILED
    }
}
