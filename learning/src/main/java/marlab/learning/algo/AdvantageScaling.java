package marlab.learning.algo;

import java.io.IOException;
import marlab.learning.buffer.Rollout;

/// Brings advantages to one scale before the policy's gradient is taken: shifts and scales them to
/// mean 0 and deviation 1, over all samples of a unit or within parts of them that differ by
/// nature. The setting "advantages" says which:
///
/// - *batch*: over everything, as PPO's implementations do.
/// - *agent*: over each member of the unit apart, so that an agent whose rewards are large does not
///   drown the others that share its network.
/// - *stratum*: over all samples that are equally many steps into their episode, so that what is
///   compared had as much time left. The step is that of the episode, also where it began in an
///   earlier roll-out. Few copies mean few samples to compare with: a sample alone becomes 0.
/// - *none*: as they are, in the reward's unit.
///
/// Counts steps from roll-out to roll-out; owned by the learner.
final class AdvantageScaling {

    /// The setting, for the tables of those who use it.
    static final HyperParameter PARAMETER =
            HyperParameter.word(
                    "advantages",
                    "Within which samples advantages are brought to mean 0 and deviation 1: all, each"
                            + " agent's, those equally far into their episode, or not at all.",
                    "batch",
                    "none",
                    "agent",
                    "stratum");

    private final String within;
    private final int members;
    private final EpisodeSteps steps;
    private final int[] agent;

    /// @param within a value of {@link #PARAMETER}
    /// @param members agents of the unit
    /// @param lanes agents × copies
    /// @param rows samples of a roll-out
    AdvantageScaling(String within, int members, int lanes, int rows) {
        this.within = within;
        this.members = members;
        steps = within.equals("stratum") ? new EpisodeSteps(lanes, rows) : null;
        agent = new int[within.equals("agent") ? rows : 0];
    }

    /// Scales the advantages of a roll-out's live rows.
    void apply(Rollout rollout) {
        apply(rollout, rollout.live, rollout.liveRows());
    }

    /// Scales the advantages of some rows.
    ///
    /// @param rows the rows that count, the first `count` of the array
    void apply(Rollout rollout, int[] rows, int count) {
        float[] advantages = rollout.advantage;
        switch (within) {
            case "batch" -> Advantages.normalise(advantages, rows, count);
            case "agent" -> Advantages.normaliseWithin(advantages, rows, count, agents(rollout));
            case "stratum" ->
                    Advantages.normaliseWithin(advantages, rows, count, steps.count(rollout));
            default -> {}
        }
    }

    private int[] agents(Rollout rollout) {
        for (int row = 0; row < rollout.rows(); row++) {
            agent[row] = row % rollout.width() % members;
        }
        return agent;
    }

    /// Shows what it keeps, see {@link Persistence}.
    void persist(Persistence state, String unit) throws IOException {
        if (steps != null) {
            steps.persist(state, unit + ".strata");
        }
    }
}
