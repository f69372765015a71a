package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// VDN: Sunehag et al. 2018, Value-decomposition networks for cooperative multi-agent learning.
final class Vdn implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "vdn",
                    "VDN",
                    "Sunehag et al. 2018, Value-decomposition networks for cooperative multi-agent learning",
                    Profile.Critic.NONE,
                    true,
                    false,
                    Profile.Head.VALUES,
                    true,
                    Map.of("copies", "32", "rollout", "5", "steps", "600000"),
                    List.of(),
                    Vdn::new,
                    "A team learns one value that is the sum of its agents' values.",
                    "");

    Vdn(Setup setup) {
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
