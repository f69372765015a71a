package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// DDPG: Lillicrap et al. 2016, Continuous control with deep reinforcement learning.
final class Ddpg implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "ddpg",
                    "DDPG",
                    "Lillicrap et al. 2016, Continuous control with deep reinforcement learning",
                    Profile.Critic.NONE,
                    true,
                    false,
                    Profile.Head.DETERMINISTIC,
                    false,
                    Map.of("copies", "32", "rollout", "5", "steps", "1000000"),
                    List.of(),
                    Ddpg::new,
                    "Every agent learns a deterministic action and a value of it from what it sees itself.",
                    "");

    Ddpg(Setup setup) {
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
