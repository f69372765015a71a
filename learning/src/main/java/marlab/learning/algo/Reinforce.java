package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// REINFORCE: Williams 1992, Simple statistical gradient-following algorithms, Machine Learning 8.
final class Reinforce implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "reinforce",
                    "REINFORCE",
                    "Williams 1992, Simple statistical gradient-following algorithms, Machine Learning 8",
                    Profile.Critic.NONE,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    false,
                    Map.of(),
                    List.of(),
                    Reinforce::new,
                    "The plain policy gradient: what was followed by high returns becomes more likely.",
                    "");

    Reinforce(Setup setup) {
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
