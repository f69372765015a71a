package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;

/// HAPPO: Kuba et al. 2022, Trust region policy optimisation in multi-agent reinforcement learning,
/// algorithm 4.
///
/// An advantage of the joint action is a sum of advantages that the agents have one after another,
/// each given what those before it do (lemma 1). So the units learn in a random order, and each one
/// maximises PPO's clipped surrogate with its advantage weighted by M = Π π_new/π_old of those
/// before it ({@link JointRatio}). A PPO update of its own would let all of them correct for the
/// same mistake at once.
///
/// Everything else is {@link Ppo} with MAPPO's critic; with one unit nothing else is left, and the
/// two are equal to the last bit. The paper has one reward and one advantage for all; here each
/// unit has that of its own reward, which is the same where rewards are (`share=1` makes them so),
/// and M weighs it just so. Members of one unit learn at once, as in MAPPO, and others count the
/// product of their ratios; with `sharing=on` that leaves the groups in sequence, and with one
/// group MAPPO.
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
                    PpoConfig.PARAMETERS,
                    Happo::new,
                    "Agents improve one after another by PPO, each taking into account what those before it changed.",
                    "Agents that learn at once each correct the same mistake as if nobody else did, and the"
                            + " corrections add up to another. Here they take turns: in a random order, anew each time,"
                            + " every agent makes a PPO update of its own network, and experience is weighted by how"
                            + " much likelier those before it have made it. Best where roles differ and each agent has"
                            + " a network of its own; where agents are alike, one network for all (MAPPO) learns from"
                            + " more experience. With many agents the weights become uneven, and so do the steps.");

    private final List<Unit> units;
    private final List<Ppo> learners = new ArrayList<>();
    private final JointRatio before;
    private final Sequence sequence;

    Happo(Setup setup) {
        units = setup.units();
        for (int u = 0; u < units.size(); u++) {
            learners.add(new Ppo(setup, u));
        }
        before = new JointRatio(setup.length() * setup.copies());
        sequence = new Sequence(units.size(), setup.seeds().stream("sequence", 0));
    }

    @Override
    public List<Behaviour> behaviours() {
        return learners.stream().map(Ppo::behaviour).toList();
    }

    @Override
    public List<Figure> update(Experience experience, double progress, Workers workers) {
        Ppo.Losses[] losses = new Ppo.Losses[units.size()];
        before.reset();
        for (int u : sequence.next()) {
            Ppo ppo = learners.get(u);
            Rollout rollout = experience.rollout(u);
            ppo.begin(rollout, progress);
            before.weigh(rollout);
            losses[u] = ppo.improve(workers);
            before.include(ppo.behaviour().network(), ppo.distribution(), rollout);
        }
        List<Figure> figures = new ArrayList<>();
        for (int u = 0; u < units.size(); u++) {
            String who = units.size() == 1 ? "" : units.get(u).name();
            figures.addAll(Ppo.figures(losses[u], who));
        }
        return figures;
    }

    @Override
    public void persist(Persistence state) throws IOException {
        for (int u = 0; u < units.size(); u++) {
            learners.get(u).persist(state, units.get(u).name());
        }
        state.stream("sequence", sequence.random());
    }

    /// Orders in which units learn, drawn anew for every update.
    static final class Sequence {
        private final int[] order;
        private final RandomStream random;

        Sequence(int units, RandomStream random) {
            order = new int[units];
            this.random = random;
        }

        /// A random permutation of the units (Fisher–Yates). The array is reused.
        int[] next() {
            for (int i = 0; i < order.length; i++) {
                int j = random.nextInt(i + 1);
                order[i] = order[j];
                order[j] = i;
            }
            return order;
        }

        RandomStream random() {
            return random;
        }
    }
}
