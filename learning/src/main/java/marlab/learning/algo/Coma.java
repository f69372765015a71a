package marlab.learning.algo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import marlab.learning.buffer.Experience;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;

/// COMA: Foerster et al. 2018, Counterfactual multi-agent policy gradients.
///
/// A critic that sees all and is told what the others did says for each of an agent's actions what
/// it would have been worth, Q(s, (a_−i, ·)). The agent's advantage is that of what it did over
/// what its policy would have earned on average while the others did the same (equation 4), A_i =
/// Q(s, a) − Σ_a′ π_i(a′ | o_i) Q(s, (a_−i, a′)): credit for its own part alone. Then one step
/// along mean ∇log π_i(a_i | o_i)·A_i.
///
/// The critic takes {@link JointInput} with the agent's own action left out; it learns TD(λ)
/// returns by a target network that is copied now and then ({@link CounterfactualCritic}). After
/// the last step of a roll-out, and where only the time limit cut an episode, the others' next
/// actions are drawn from their policies and the agent's own are averaged over. The paper's ε-floor
/// under the policies is an entropy bonus here, as in Papoudakis et al. 2021.
final class Coma implements Learner {

    static final Profile PROFILE =
            new Profile(
                    "coma",
                    "COMA",
                    "Foerster et al. 2018, Counterfactual multi-agent policy gradients",
                    Profile.Critic.NONE,
                    true,
                    true,
                    Profile.Head.DISTRIBUTION,
                    true,
                    Map.of("copies", "16", "rollout", "25", "steps", "1000000"),
                    ComaConfig.PARAMETERS,
                    Coma::misfit,
                    Coma::new,
                    "A central critic asks what would have happened had one agent acted otherwise.",
                    "A team's reward does not say who earned it. The critic, which sees all and is told what"
                            + " the others did, says what each of an agent's actions would have been worth; what the"
                            + " agent did is compared with what its policy does on average. Clear credit in small games"
                            + " with few actions. In larger worlds the differences drown in the critic's errors while"
                            + " policies are still random, and as every roll-out gives one step only it learns slowly:"
                            + " benchmarks place it last on Simple Spread. Actions must be choices.");

    /// Numbers that the critics take in one step of one copy: at the recipe's 400 of them, 400 MB.
    private static final long MOST_NUMBERS = 250_000;

    private final List<Unit> units;
    private final List<ComaUnit> learners = new ArrayList<>();
    private final JointInput[] views = new JointInput[ComaUnit.PARTS];
    private final RandomStream drawing;
    private final Joint joint;

    /// What all do, in the world's frame, one-hot.
    static final class Joint {
        /// Per step and copy, [steps × copies × {@link JointInput#jointWidth}].
        final float[] taken;

        /// After the step, for the rows in {@link #ends}, [ends × width].
        final float[] next;

        /// Steps and copies after which something else than the next step's row follows, in order.
        final int[] ends;

        int endCount;

        Joint(int rows, int width) {
            taken = new float[rows * width];
            next = new float[rows * width];
            ends = new int[rows];
        }
    }

    /// The critic takes what all see and do once for every agent.
    private static Optional<String> misfit(EnvSpec spec) {
        long numbers =
                spec.groups().stream()
                        .mapToLong(
                                g -> g.size() * (g.observation().size() + (long) g.action().size()))
                        .sum();
        if (numbers * spec.agentCount() <= MOST_NUMBERS) {
            return Optional.empty();
        }
        return Optional.of(
                "COMA's critic would take the "
                        + numbers
                        + " numbers that all agents of this world see and do once for each of the "
                        + spec.agentCount()
                        + " agents, which is too much; use fewer agents, or algorithm mappo");
    }

    Coma(Setup setup) {
        ComaConfig config = ComaConfig.of(setup.hyper());
        units = setup.units();
        for (int part = 0; part < views.length; part++) {
            views[part] = new JointInput(setup, true);
        }
        for (int u = 0; u < units.size(); u++) {
            learners.add(new ComaUnit(setup, u, config, views));
        }
        drawing = setup.seeds().stream("next_actions", 0);
        joint = new Joint(setup.length() * setup.copies(), views[0].jointWidth());
    }

    @Override
    public List<Behaviour> behaviours() {
        return learners.stream().map(ComaUnit::behaviour).toList();
    }

    @Override
    public List<Figure> update(Experience experience, double progress, Workers workers) {
        findEnds(experience);
        Arrays.fill(joint.taken, 0);
        Arrays.fill(joint.next, 0, joint.endCount * views[0].jointWidth(), 0);
        learners.forEach(l -> l.join(experience, joint));
        learners.forEach(l -> l.joinNext(drawing));
        List<Figure> figures = new ArrayList<>();
        for (int u = 0; u < units.size(); u++) {
            String who = units.size() == 1 ? "" : units.get(u).name();
            figures.addAll(learners.get(u).update(progress, workers, who));
        }
        return figures;
    }

    private void findEnds(Experience experience) {
        joint.endCount = 0;
        for (int row = 0; row < experience.length() * experience.copies(); row++) {
            if (experience.endsHere(row)) {
                joint.ends[joint.endCount++] = row;
            }
        }
    }

    @Override
    public void persist(Persistence state) throws IOException {
        for (int u = 0; u < units.size(); u++) {
            learners.get(u).persist(state, units.get(u).name());
        }
        state.stream("next_actions", drawing);
    }
}
