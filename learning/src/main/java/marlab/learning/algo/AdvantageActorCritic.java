package marlab.learning.algo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.sim.env.Workers;

/// IA2C: Mnih et al. 2016, Asynchronous methods for deep reinforcement learning; Papoudakis et al.
/// 2021.
final class AdvantageActorCritic implements Learner {

    static final Profile IA2C =
            new Profile(
                    "ia2c",
                    "IA2C",
                    "Mnih et al. 2016, Asynchronous methods for deep reinforcement learning; Papoudakis et al. 2021",
                    Profile.Critic.OWN,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    false,
                    Map.of(),
                    List.of(),
                    AdvantageActorCritic::new,
                    "Every agent learns by advantage actor-critic from what it sees itself.",
                    "");

    static final Profile MAA2C =
            new Profile(
                    "maa2c",
                    "MAA2C",
                    "Papoudakis et al. 2021, Benchmarking multi-agent deep reinforcement learning algorithms",
                    Profile.Critic.CENTRAL,
                    false,
                    false,
                    Profile.Head.DISTRIBUTION,
                    false,
                    Map.of(),
                    List.of(),
                    AdvantageActorCritic::new,
                    "Advantage actor-critic with a critic that sees everything while learning.",
                    "");

    AdvantageActorCritic(Setup setup) {
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
