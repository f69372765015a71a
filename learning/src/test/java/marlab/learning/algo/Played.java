package marlab.learning.algo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.Activation;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.env.Workers;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// A game without memory that a test plays by hand: every agent sees one number x, is a unit of its
/// own, and every step is an episode.
final class Played implements AutoCloseable {

    static final ActionSpace TWO =
            new ActionSpace.Discrete(List.of(new Push("no", 0, 0), new Push("yes", 0, 0)));
    static final ActionSpace BOX = new ActionSpace.Box(List.of(new Push("x", 0, 0)), -2, 6);
    static final int COPIES = 16;
    static final int LENGTH = 8;

    /// What one agent gets and how its step ends.
    interface Rules {
        float reward(float[] seen, float[] actions, int agent);
    }

    final Setup setup;
    final Learner learner;
    final Experience experience;
    final Workers workers = new Workers(2);
    final RandomStream random = new RandomStream(5);
    private final int agents;

    /// @param settings hyper-parameters, key after value
    Played(Algorithm algorithm, int agents, ActionSpace space, String... settings) {
        this.agents = agents;
        ObservationSpace seen =
                new ObservationSpace(
                        List.of(Field.own("x", FieldKind.SCALAR, "", -1, 1, 1, 0)), List.of(), 1);
        List<AgentId> ids =
                IntStream.range(0, agents).mapToObj(i -> new AgentId(i, "agent" + i)).toList();
        AgentGroup group = new AgentGroup("agents", ids, seen, seen, space);
        EnvSpec spec = new EnvSpec("game", List.of(group), List.of(), List.of(), List.of(), 1, 0);
        HyperParameters hyper = HyperParameters.defaults(algorithm.parameters());
        List<String> all =
                new ArrayList<>(List.of("batch", "64", "warm_up", "0", "replay", "2000"));
        all.addAll(List.of(settings));
        for (int k = 0; k < all.size(); k += 2) {
            hyper = hyper.with(algorithm.parameter(all.get(k)).orElseThrow(), all.get(k + 1));
        }
        setup =
                new Setup(
                        algorithm,
                        spec,
                        Unit.of(spec, Unit.NONE, List.of()),
                        new NetworkConfig(
                                NetworkConfig.Kind.FLAT_MLP,
                                List.of(24),
                                Activation.TANH,
                                NetworkConfig.Symmetry.AUTO),
                        false,
                        hyper,
                        new PlainAlgebra(),
                        new Seeds(3),
                        COPIES,
                        LENGTH);
        learner = algorithm.learner(setup);
        experience = setup.experience();
    }

    /// Plays one roll-out and learns from it. Agents act at random where `behaving` is false.
    ///
    /// @param terminated whether a step ends the task, or only the time
    List<Figure> round(Rules rules, boolean behaving, boolean terminated) {
        float[] seen = new float[agents];
        float[] actions = new float[agents];
        float[] output = new float[2];
        for (int row = 0; row < LENGTH * COPIES; row++) {
            for (int i = 0; i < agents; i++) {
                Rollout r = experience.rollout(i);
                seen[i] = random.nextInt(2) * 2 - 1;
                r.input[row] = seen[i];
                r.nextActor[row] = seen[i];
                ActionHead head = setup.head(setup.units().get(i));
                Behaviour behaviour = learner.behaviours().get(i);
                head.explore(behaving ? behaviour.exploration() : 10);
                Arrays.fill(output, 0);
                if (behaving) {
                    behaviour.network().forward(seen, i, 1, output);
                }
                head.sample(output, 0, random, r.action, row);
                actions[i] = r.action[row];
            }
            for (int i = 0; i < agents; i++) {
                Rollout r = experience.rollout(i);
                r.reward[row] = rules.reward(seen, actions, i);
                r.end(row, true, terminated);
            }
            experience.over[row] = true;
            if (experience.stateSize() > 0) {
                System.arraycopy(seen, 0, experience.state, row * agents, agents);
                System.arraycopy(seen, 0, experience.nextState, row * agents, agents);
            }
        }
        return learner.update(experience, 0, workers);
    }

    /// What an agent does at its best.
    float mode(int agent, float x) {
        float[] output = new float[2];
        float[] action = new float[1];
        learner.behaviours().get(agent).network().forward(new float[] {x}, 0, 1, output);
        setup.head(setup.units().get(agent)).mode(output, 0, action, 0);
        return action[0];
    }

    static double figure(List<Figure> figures, String key) {
        return figures.stream().filter(f -> f.key().equals(key)).findFirst().orElseThrow().value();
    }

    @Override
    public void close() {
        workers.close();
    }
}
