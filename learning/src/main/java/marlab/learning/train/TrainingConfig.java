package marlab.learning.train;

import marlab.learning.algo.Unit;

/// How much and how to train, whatever the algorithm.
///
/// @param steps budget in environment steps (one step of one copy, all agents)
/// @param copies parallel copies of the world
/// @param rollout steps of each copy between two updates
/// @param sharing how agents of a group share networks, see {@link marlab.learning.algo.Unit#of}
/// @param agentIds whether networks are told which agent they act for
/// @param checkpointEvery updates between checkpoints
/// @param evaluateEvery updates between evaluations on fixed seeds; 0 for none
/// @param evaluateEpisodes episodes of such an evaluation
/// @param overlap whether the copies act for the next roll-out while the learner learns from the
///   last, see {@link Feed}
/// @param film whether the run leaves replays of what it had learned when, see {@link Milestones};
///   no result depends on it
/// @param nd4j true to learn on ND4J, false on the built-in math engine
public record TrainingConfig(
        long steps,
        int copies,
        int rollout,
        int sharing,
        boolean agentIds,
        int checkpointEvery,
        int evaluateEvery,
        int evaluateEpisodes,
        boolean overlap,
        boolean film,
        boolean nd4j) {

    /// The same with other numbers of copies and of evaluation episodes.
    TrainingConfig fitted(int fewerCopies, int fewerEpisodes) {
        return RecordCopy.with(
                RecordCopy.with(this, "copies", fewerCopies), "evaluateEpisodes", fewerEpisodes);
    }

    /// The recipe: 128 copies × 25 steps an update.
    public static TrainingConfig defaults() {
        return new TrainingConfig(
                3_000_000, 128, 25, Unit.ALL, false, 50, 20, 100, false, true, true);
    }
}
