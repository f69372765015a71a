package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// Tabular Q-learning: Watkins and Dayan 1992, Q-learning, Machine Learning 8.
final class TabularQ implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "tabular_q",
                    "Tabular Q-learning",
                    "Watkins and Dayan 1992, Q-learning, Machine Learning 8",
                    Profile.Critic.NONE,
                    true,
                    false,
                    Profile.Head.VALUES,
                    true,
                    Map.of("copies", "8", "rollout", "25", "steps", "500000"),
                    List.of(),
                    TabularQ::new,
                    "Every agent keeps a table of what each choice is worth in each situation.",
                    "");

    TabularQ(Setup setup) {
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
