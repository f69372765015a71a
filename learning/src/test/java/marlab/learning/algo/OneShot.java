package marlab.learning.algo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.NetworkConfig;
import marlab.learning.net.PlainAlgebra;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.AgentId;
import marlab.sim.env.EnvSpec;
import marlab.sim.seed.RandomStream;
import marlab.sim.seed.Seeds;
import marlab.sim.space.ActionSpace;
import marlab.sim.space.ActionSpace.Push;
import marlab.sim.space.Field;
import marlab.sim.space.FieldKind;
import marlab.sim.space.ObservationSpace;

/// A game of one round with one pay-off for all and nothing to see but a constant, played by hand
/// in many copies, so that everything about it can be enumerated.
final class OneShot {

    final Setup setup;
    final Experience experience;
    private final RandomStream random = new RandomStream(5);
    private final int agents;
    private final int choices;

    /// @param settings hyper-parameters that differ from their defaults
    OneShot(
            Algorithm algorithm,
            int sharing,
            int agents,
            int choices,
            int copies,
            List<Integer> hidden,
            long seed,
            Map<String, String> settings) {
        this.agents = agents;
        this.choices = choices;
        ObservationSpace seen =
                new ObservationSpace(
                        List.of(Field.own("one", FieldKind.SCALAR, "", 1, 1, 1, 0)), List.of(), 1);
        List<AgentId> ids =
                IntStream.range(0, agents).mapToObj(i -> new AgentId(i, "agent_" + i)).toList();
        ActionSpace actions =
                new ActionSpace.Discrete(
                        IntStream.range(0, choices)
                                .mapToObj(k -> new Push("choice " + k, 0, 0))
                                .toList());
        EnvSpec spec =
                new EnvSpec(
                        "one shot",
                        List.of(new AgentGroup("players", ids, seen, seen, actions)),
                        List.of(),
                        List.of(),
                        List.of(),
                        1,
                        0);
        HyperParameters hyper = HyperParameters.defaults(algorithm.parameters());
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            HyperParameter parameter = algorithm.parameter(setting.getKey()).orElseThrow();
            hyper = hyper.with(parameter, setting.getValue());
        }
        setup =
                new Setup(
                        algorithm,
                        spec,
                        Unit.of(spec, sharing, List.of()),
                        new NetworkConfig(
                                NetworkConfig.Kind.FLAT_MLP,
                                hidden,
                                NetworkConfig.defaults().activation(),
                                NetworkConfig.Symmetry.AUTO),
                        false,
                        hyper,
                        new PlainAlgebra(),
                        new Seeds(seed),
                        copies,
                        1);
        experience = setup.experience();
    }

    /// Probabilities of all choices of every agent.
    double[][] policies(Learner learner) {
        double[][] policies = new double[agents][choices];
        float[] output = new float[choices];
        for (int u = 0; u < setup.units().size(); u++) {
            learner.behaviours().get(u).network().forward(new float[] {1}, 0, 1, output);
            float[] p = new Categorical(choices).probabilities(output, 0);
            for (int m : setup.units().get(u).members()) {
                for (int k = 0; k < choices; k++) {
                    policies[m][k] = p[k];
                }
            }
        }
        return policies;
    }

    /// Every copy plays once.
    void play(Learner learner, ToDoubleFunction<int[]> payoff) {
        Arrays.fill(experience.state, 1);
        Arrays.fill(experience.over, true);
        float[] output = new float[choices];
        for (int u = 0; u < setup.units().size(); u++) {
            Rollout r = experience.rollout(u);
            Arrays.fill(r.input, 1);
            Arrays.fill(r.criticInput, 1);
            Arrays.fill(r.begins, true);
            learner.behaviours().get(u).network().forward(r.input, 0, 1, output);
            ActionDistribution distribution = new Categorical(choices);
            for (int row = 0; row < r.rows(); row++) {
                r.logProbability[row] = distribution.sample(output, 0, random, r.action, row);
                r.end(row, true, true);
            }
        }
        int[] joint = new int[agents];
        for (int copy = 0; copy < setup.copies(); copy++) {
            for (int i = 0; i < agents; i++) {
                joint[i] = (int) rollout(i).action[row(i, copy)];
            }
            for (int i = 0; i < agents; i++) {
                rollout(i).reward[row(i, copy)] = (float) payoff.applyAsDouble(joint);
            }
        }
    }

    /// The roll-out that an agent is in.
    Rollout rollout(int agent) {
        return experience.rollout(setup.units().size() == 1 ? 0 : agent);
    }

    /// Where in it.
    int row(int agent, int copy) {
        return setup.units().size() == 1 ? copy * agents + agent : copy;
    }

    /// All joint choices.
    List<int[]> joint() {
        List<int[]> all = new ArrayList<>();
        int count = (int) Math.round(Math.pow(choices, agents));
        for (int number = 0; number < count; number++) {
            int[] joint = new int[agents];
            for (int i = 0, rest = number; i < agents; i++, rest /= choices) {
                joint[i] = rest % choices;
            }
            all.add(joint);
        }
        return all;
    }

    static double probability(double[][] policies, int[] joint) {
        double p = 1;
        for (int i = 0; i < joint.length; i++) {
            p *= policies[i][joint[i]];
        }
        return p;
    }

    /// Exact mean pay-off.
    double mean(double[][] policies, ToDoubleFunction<int[]> payoff) {
        return joint().stream()
                .mapToDouble(j -> probability(policies, j) * payoff.applyAsDouble(j))
                .sum();
    }
}
