package marlab.learning.algo;

import java.util.List;
import java.util.Map;
import marlab.learning.buffer.Experience;
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

/// Two agents that see one number each and choose one of three actions, in experience made by hand.
final class QScenes {

    static final int CHOICES = 3;

    private static final ActionSpace ACTIONS =
            new ActionSpace.Discrete(
                    List.of(new Push("a", 0, 0), new Push("b", 0, 0), new Push("c", 0, 0)));

    private QScenes() {}

    static Setup setup(
            Algorithm algorithm, NetworkConfig.Kind kind, int copies, int length, Object... hyper) {
        ObservationSpace seen =
                new ObservationSpace(
                        List.of(Field.own("x", FieldKind.SCALAR, "", -1, 1, 1, 0)), List.of(), 1);
        List<AgentId> agents = List.of(new AgentId(0, "one"), new AgentId(1, "two"));
        AgentGroup group = new AgentGroup("agents", agents, seen, seen, ACTIONS);
        EnvSpec spec = new EnvSpec("scene", List.of(group), List.of(), List.of(), List.of(), 1, 0);
        HyperParameters values = HyperParameters.defaults(algorithm.parameters());
        for (int k = 0; k < hyper.length; k += 2) {
            values =
                    values.with(
                            algorithm.parameter((String) hyper[k]).orElseThrow(),
                            hyper[k + 1].toString());
        }
        return new Setup(
                algorithm,
                spec,
                Unit.of(spec, Unit.ALL, List.of()),
                new NetworkConfig(
                        kind, List.of(5, 4), Activation.TANH, NetworkConfig.Symmetry.AUTO),
                false,
                values,
                new PlainAlgebra(),
                new Seeds(4),
                copies,
                length);
    }

    /// Random inputs, actions, rewards and states; nothing ends.
    static Experience random(Setup setup, RandomStream random) {
        Experience e = setup.experience();
        for (float[] numbers :
                List.of(
                        e.rollout(0).input,
                        e.rollout(0).nextActor,
                        e.rollout(0).reward,
                        e.rollout(0).memory,
                        e.state,
                        e.nextState)) {
            for (int k = 0; k < numbers.length; k++) {
                numbers[k] = (float) random.nextGaussian();
            }
        }
        for (int row = 0; row < e.rollout(0).rows(); row++) {
            e.rollout(0).action[row] = random.nextInt(CHOICES);
            e.rollout(0).end(row, false, false);
            e.rollout(0).gone(row, false);
        }
        return e;
    }

    /// Makes the target networks differ from those that learn.
    static void roughen(QNets nets, RandomStream random) {
        float[] weights = nets.target.main().parameters().values();
        for (int k = 0; k < weights.length; k++) {
            weights[k] += (float) random.nextGaussian();
        }
        nets.target.spread();
    }

    /// Updates that only remember.
    static void remember(Learner learner, Experience experience) {
        try (Workers alone = new Workers(1)) {
            learner.update(experience, 0, alone);
        }
    }

    /// Hyper-parameters under which nothing is learned and rewards are as they are.
    static Object[] still(Map<String, Object> further) {
        List<Object> all =
                new java.util.ArrayList<>(
                        List.of("learning_rate", 0, "reward_scale", "off", "batch", 8));
        further.forEach((key, value) -> all.addAll(List.of(key, value)));
        return all.toArray();
    }
}
