package marlab.learning.train;

import java.io.IOException;
import java.nio.file.Path;
import marlab.learning.algo.JointValues;
import marlab.learning.algo.Learner;
import marlab.learning.net.PlainAlgebra;
import marlab.learning.store.RunDirectory;

/// The pay-off table that a run of VDN or QMIX believes in, see {@link JointValues}.
public final class LearnedGame {

    private LearnedGame() {}

    /// Reads a run's newest checkpoint. Plain Java; the run may still be going on.
    ///
    /// @return [first agent's actions][second agent's actions]
    /// @throws BadInput with one sentence where the run can't be read or has no such table
    public static double[][] of(Path run) {
        RunDirectory directory = Runs.open(run);
        RunConfig config = Runs.config(directory);
        long version = Runs.newest(directory);
        try {
            Learner learner = config.algorithm().learner(config.setup(new PlainAlgebra()));
            Checkpoint.restore(directory.checkpointPath(version), learner);
            return JointValues.payoffs(learner);
        } catch (IOException e) {
            throw Runs.damaged(directory, version, e);
        } catch (IllegalArgumentException e) {
            throw new BadInput(RunConfig.sentence(e.getMessage()), e);
        }
    }
}
