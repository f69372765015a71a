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
    private final long[] age; // per lane, steps into the episode at the roll-out's beginning
    private final int[] part;

    /// @param within a value of {@link #PARAMETER}
    /// @param members agents of the unit
    /// @param lanes agents × copies
    /// @param rows samples of a roll-out
    AdvantageScaling(String within, int members, int lanes, int rows) {
        this.within = within;
        this.members = members;
        boolean strata = within.equals("stratum");
        age = new long[strata ? lanes : 0];
        part = new int[strata || within.equals("agent") ? rows : 0];
    }

    /// Scales the advantages of a roll-out's live rows.
    void apply(Rollout rollout) {
        float[] advantages = rollout.advantage;
        int[] live = rollout.live;
        int count = rollout.liveRows();
        switch (within) {
            case "batch" -> Advantages.normalise(advantages, live, count);
            case "agent" -> Advantages.normaliseWithin(advantages, live, count, agents(rollout));
            case "stratum" -> Advantages.normaliseWithin(advantages, live, count, strata(rollout));
            default -> {}
        }
    }

    private int[] agents(Rollout rollout) {
        for (int row = 0; row < rollout.rows(); row++) {
            part[row] = row % rollout.width() % members;
        }
        return part;
    }

    private int[] strata(Rollout rollout) {
        int width = rollout.width();
        for (int row = 0; row < rollout.rows(); row++) {
            int lane = row % width;
            part[row] = (int) age[lane];
            age[lane] = rollout.over[row] ? 0 : age[lane] + 1;
        }
        return part;
    }

    /// Shows what it keeps, see {@link Persistence}.
    void persist(Persistence state, String unit) throws IOException {
        if (age.length > 0) {
            state.longs(unit + ".steps_into_episode", age);
        }
    }
}
