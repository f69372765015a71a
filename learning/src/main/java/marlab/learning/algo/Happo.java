package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// HAPPO: Kuba et al. 2022, Trust region policy optimisation in multi-agent reinforcement learning.
final class Happo implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "happo",
                    "HAPPO",
                    "Kuba et al. 2022, Trust region policy optimisation in multi-agent reinforcement learning",
                    Profile.Critic.CENTRAL,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    false,
                    Map.of("sharing", "off"),
                    List.of(),
                    Happo::new,
                    "Agents improve one after another by PPO, each taking into account what those before it changed.",
                    "");

    Happo(Setup setup) {
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
