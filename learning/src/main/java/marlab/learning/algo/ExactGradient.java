package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// Exact policy gradient: Sutton et al. 2000, Policy gradient methods; Foerster et al. 2018,
/// Learning with opponent-learning awareness, section 4.
final class ExactGradient implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "exact_gradient",
                    "Exact policy gradient",
                    "Sutton et al. 2000, Policy gradient methods; Foerster et al. 2018, Learning with opponent-learning awareness, section 4",
                    Profile.Critic.NONE,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    true,
                    Map.of("copies", "4", "rollout", "25", "steps", "100000"),
                    List.of(),
                    ExactGradient::new,
                    "Players climb the exact gradient of their expected return: no chance, no samples.",
                    "");

    ExactGradient(Setup setup) {
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
