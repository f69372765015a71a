package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// WoLF-PHC: Bowling and Veloso 2002, Multiagent learning using a variable learning rate,
/// Artificial Intelligence 136.
final class WolfPhc implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "wolf_phc",
                    "WoLF-PHC",
                    "Bowling and Veloso 2002, Multiagent learning using a variable learning rate, Artificial Intelligence 136",
                    Profile.Critic.NONE,
                    true,
                    false,
                    Profile.Head.DISTRIBUTION,
                    true,
                    Map.of("copies", "8", "rollout", "25", "steps", "500000"),
                    List.of(),
                    WolfPhc::new,
                    "Tables of values and of a mixed strategy that moves slowly when winning and fast when losing.",
                    "");

    WolfPhc(Setup setup) {
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
