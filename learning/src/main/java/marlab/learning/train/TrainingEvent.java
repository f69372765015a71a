package marlab.learning.train;

/// Something that happened in a run, as in `events.jsonl`.
///
/// @param envSteps when, in environment steps
/// @param type "started", "resumed", "reward_edited", "warning", "stopped", "done"
/// @param text one plain sentence
public record TrainingEvent(long envSteps, String type, String text) {}
