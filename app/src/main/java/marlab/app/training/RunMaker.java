package marlab.app.training;

/// Makes runs. Called on the learner thread, since it touches the disk.
@FunctionalInterface
public interface RunMaker {

    /// A fresh run from this seed.
    ///
    /// @throws marlab.learning.train.BadInput with the sentence to show
    Run make(long seed);
}
