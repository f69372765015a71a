package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// HATRPO: Kuba et al. 2022, Trust region policy optimisation in multi-agent reinforcement
/// learning.
final class Hatrpo implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "hatrpo",
                    "HATRPO",
                    "Kuba et al. 2022, Trust region policy optimisation in multi-agent reinforcement learning",
                    Profile.Critic.CENTRAL,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    false,
                    Map.of("sharing", "off"),
                    List.of(),
                    Hatrpo::new,
                    "Agents improve one after another, each by a step that provably changes its policy only a little.",
                    "");

    Hatrpo(Setup setup) {
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
