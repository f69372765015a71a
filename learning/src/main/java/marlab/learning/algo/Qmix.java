package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// QMIX: Rashid et al. 2018, QMIX: monotonic value function factorisation.
final class Qmix implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "qmix",
                    "QMIX",
                    "Rashid et al. 2018, QMIX: monotonic value function factorisation",
                    Profile.Critic.NONE,
                    true,
                    true,
                    Profile.Head.VALUES,
                    true,
                    Map.of("copies", "32", "rollout", "5", "steps", "600000"),
                    List.of(),
                    Qmix::new,
                    "A team learns one value that grows with each agent's, mixed by a network that sees the state.",
                    "");

    Qmix(Setup setup) {
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
