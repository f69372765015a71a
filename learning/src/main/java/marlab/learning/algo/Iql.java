package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// IQL: Tan 1993, Multi-agent reinforcement learning: independent vs. cooperative agents; Mnih et
/// al. 2015.
final class Iql implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "iql",
                    "IQL",
                    "Tan 1993, Multi-agent reinforcement learning: independent vs. cooperative agents; Mnih et al. 2015",
                    Profile.Critic.NONE,
                    true,
                    false,
                    Profile.Head.VALUES,
                    true,
                    Map.of("copies", "32", "rollout", "5", "steps", "600000"),
                    List.of(),
                    Iql::new,
                    "Every agent learns action values from its own reward, as if it were alone.",
                    "");

    Iql(Setup setup) {
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
