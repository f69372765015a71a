package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// COMA: Foerster et al. 2018, Counterfactual multi-agent policy gradients.
final class Coma implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "coma",
                    "COMA",
                    "Foerster et al. 2018, Counterfactual multi-agent policy gradients",
                    Profile.Critic.CENTRAL,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    true,
                    Map.of(),
                    List.of(),
                    Coma::new,
                    "A central critic asks what would have happened had one agent acted otherwise.",
                    "");

    Coma(Setup setup) {
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
