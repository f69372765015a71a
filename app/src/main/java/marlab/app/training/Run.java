package marlab.app.training;

import java.nio.file.Path;
import java.util.List;
import marlab.learning.train.CurvePoint;
import marlab.learning.train.Progress;
import marlab.learning.train.Trainer;
import marlab.learning.train.TrainingEvent;
import marlab.sim.policy.Policy;
import marlab.sim.reward.RewardWeights;

/// A training run as the window sees it. Any thread, but {@link #run}, which blocks, has one of its
/// own.
public interface Run extends AutoCloseable {

    /// Trains until the budget is spent or {@link #stop} was called; may be called again after.
    void run();

    /// Asks {@link #run} to return soon.
    void stop();

    /// Learns from these weights from the next roll-out on.
    void edit(RewardWeights weights);

    /// True while edited weights wait for the next roll-out.
    boolean editPending();

    /// Where it stands.
    Progress progress();

    /// Why it failed; null unless it did.
    Throwable failure();

    /// Points of the curve from this index on.
    List<CurvePoint> curve(int from);

    /// Events from this index on.
    List<TrainingEvent> events(int from);

    /// A fresh object that acts as learned so far; null before there is anything.
    Policy policy();

    /// As {@link #policy}, but always taking the most probable action.
    Policy greedyPolicy();

    /// The seed that it is trained from.
    long seed();

    /// Name of the run's folder.
    String name();

    /// The run's folder.
    Path folder();

    /// The newest checkpoint that it has written; null before the first.
    Trainer.Saved saved();

    /// Its config, as JSON; "" where the run's folder can't be read any more. Reads a file.
    String config();

    @Override
    void close();
}
