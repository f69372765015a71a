package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// Replicator dynamics: Taylor and Jonker 1978, Evolutionary stable strategies and game dynamics,
/// Mathematical Biosciences 40.
final class ReplicatorDynamics implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "replicator",
                    "Replicator dynamics",
                    "Taylor and Jonker 1978, Evolutionary stable strategies and game dynamics, Mathematical Biosciences 40",
                    Profile.Critic.NONE,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    true,
                    Map.of("copies", "4", "rollout", "25", "steps", "100000"),
                    List.of(),
                    ReplicatorDynamics::new,
                    "What earns more than the average becomes more common: evolution without mutation.",
                    "");

    ReplicatorDynamics(Setup setup) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Behaviour> behaviours() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Figure> update(Experience experience, double progress, Workers workers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void persist(Persistence state) throws IOException {
        throw new UnsupportedOperationException();
    }
}
