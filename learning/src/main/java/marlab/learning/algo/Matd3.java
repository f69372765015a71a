package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// MATD3: Ackermann et al. 2019, Reducing overestimation bias in multi-agent domains using double
/// centralized critics; Fujimoto et al. 2018.
final class Matd3 implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "matd3",
                    "MATD3",
                    "Ackermann et al. 2019, Reducing overestimation bias in multi-agent domains using double centralized critics; Fujimoto et al. 2018",
                    Profile.Critic.NONE,
                    true,
                    true,
                    Profile.Head.DETERMINISTIC,
                    false,
                    Map.of("copies", "32", "rollout", "5", "steps", "1000000"),
                    List.of(),
                    Matd3::new,
                    "MADDPG with two critics, of which the more careful one is believed.",
                    "");

    Matd3(Setup setup) {
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
