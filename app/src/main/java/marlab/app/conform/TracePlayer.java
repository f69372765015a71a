package marlab.app.conform;

import java.util.List;
import java.util.function.Function;

/// Plays the records of one trace in one of our worlds: every episode starts from the trace's state
/// and goes on with its actions, never looking at its states again but to compare.
interface TracePlayer {

    /// The suites whose traces can be played: each looks at a trace's first record and answers with
    /// a player that has taken nothing yet, or with null where the trace is not its own.
    List<Function<TraceRecord, TracePlayer>> SUITES =
            List.of(
                    MpeTrace::begin,
                    PogemaTrace::begin,
                    SsdTrace::begin,
                    GatheringTrace::begin,
                    LbfTrace::begin);

    /// Plays one record, the first one included.
    ///
    /// @throws marlab.learning.train.BadInput when it cannot be played
    void take(TraceRecord record);

    /// What was found so far; null before the first record.
    Comparison comparison();
}
