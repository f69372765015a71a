package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// MADDPG: Lowe et al. 2017, Multi-agent actor-critic for mixed cooperative-competitive
/// environments.
final class Maddpg implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "maddpg",
                    "MADDPG",
                    "Lowe et al. 2017, Multi-agent actor-critic for mixed cooperative-competitive environments",
                    Profile.Critic.NONE,
                    true,
                    true,
                    Profile.Head.DETERMINISTIC,
                    false,
                    Map.of("copies", "32", "rollout", "5", "steps", "1000000"),
                    List.of(),
                    Maddpg::new,
                    "Every agent has a critic that sees what all see and do while learning.",
                    "");

    Maddpg(Setup setup) {
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
