package marlab.learning.algo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a critic that sees everything knows that one of its own does not: two agents, each with a
/// coin of its own, one step an episode. XOR is 1 where its arguments differ.
class CriticsTest {

    private static final int LANES = 40;
    private static final ActionSpace TWO =
            new ActionSpace.Discrete(List.of(new Push("no", 0, 0), new Push("yes", 0, 0)));

    private final Workers workers = new Workers(1);
    private final RandomStream random = new RandomStream(3);

    @AfterEach
    void close() {
        workers.close();
    }

    private static Setup setup(Algorithm algorithm, long seed) {
        Field own = Field.own("coin", FieldKind.SCALAR, "", -1, 1, 1, 0);
        Field both = Field.own("coins", FieldKind.SCALAR, "", -1, 1, 2, 0);
        AgentGroup group =
                new AgentGroup(
                        "agents",
                        List.of(new AgentId(0, "a"), new AgentId(1, "b")),
                        new ObservationSpace(List.of(own), List.of(), 1),
                        new ObservationSpace(List.of(both), List.of(), 2),
                        TWO);
        EnvSpec spec = new EnvSpec("coins", List.of(group), List.of(), List.of(), List.of(), 1, 0);
        NetworkConfig network =
                new NetworkConfig(
                        NetworkConfig.Kind.FLAT_MLP,
                        List.of(16),
                        NetworkConfig.defaults().activation(),
                        NetworkConfig.Symmetry.AUTO);
        return new Setup(
                algorithm,
                spec,
                Unit.of(spec, Unit.NONE, List.of()),
                network,
                false,
                HyperParameters.defaults(algorithm.parameters()),
                new PlainAlgebra(),
                new Seeds(seed),
                LANES,
                1);
    }

    /// Plays one round in every copy.
    ///
    /// @param coins whether there are any; without, everyone sees 0 all the time
    private void play(Experience experience, Learner learner, boolean coins) {
        float[] z = new float[2];
        Categorical choices = new Categorical(2);
        for (int copy = 0; copy < LANES; copy++) {
            float[] coin = {
                coins ? 2 * random.nextInt(2) - 1 : 0, coins ? 2 * random.nextInt(2) - 1 : 0
            };
            for (int unit = 0; unit < 2; unit++) {
                Rollout r = experience.rollout(unit);
                r.input[copy] = coin[unit];
                if (r.criticInputs() == 2) {
                    r.criticInput[2 * copy] = coin[unit];
                    r.criticInput[2 * copy + 1] = coin[1 - unit];
                }
                learner.behaviours().get(unit).network().forward(r.input, copy, 1, z);
                choices.sample(z, 0, random, r.action, copy);
                r.end(copy, true, true);
            }
            Rollout a = experience.rollout(0);
            Rollout b = experience.rollout(1);
            boolean differ = coins ? coin[0] != coin[1] : a.action[copy] != b.action[copy];
            a.reward[copy] = differ ? 10 : 0;
            b.reward[copy] = a.reward[copy];
        }
    }

    /// Largest error of the first agent's values after learning, against 10 · XOR of the coins.
    private double error(Algorithm algorithm) {
        Setup setup = setup(algorithm, 1);
        Learner learner = algorithm.learner(setup);
        Experience experience = setup.experience();
        for (int update = 0; update < 1500; update++) {
            play(experience, learner, true);
            learner.update(experience, update / 1500.0, workers);
        }
        Behaviour first = learner.behaviours().getFirst();
        double error = 0;
        float[] value = new float[1];
        for (int coins = 0; coins < 4; coins++) {
            float[] seen = {coins / 2 * 2 - 1, coins % 2 * 2 - 1};
            first.critic().forward(seen, 0, 1, value);
            double expected = seen[0] == seen[1] ? 0 : 10;
            double got = first.norm().mean() + first.norm().deviation() * value[0];
            error = Math.max(error, Math.abs(expected - got));
        }
        return error;
    }

    /// The XOR of two coins is as good as chance to who sees one of them: half of 10, whatever it
    /// learns.
    @Test
    void whoSeesBothCoinsKnowsWhatTheyAreWorthAndWhoSeesOneDoesNot() {
        double central = error(Algorithm.MAA2C);
        double own = error(Algorithm.IA2C);
        assertTrue(central < 0.5, "central: " + central);
        assertEquals(5, own, 1.5);
    }

    /// In a single state there is nothing more to see, so critics of states agree; what actions the
    /// others took only critics of actions are told. Both find an answer: one says yes, one no.
    @ParameterizedTest
    @ValueSource(strings = {"ia2c", "maa2c"})
    void inOneStateBothLearnTheXorOfTheirActions(String key) {
        for (long seed = 1; seed <= 5; seed++) {
            Algorithm algorithm = Algorithm.named(key);
            Setup setup = setup(algorithm, seed);
            Learner learner = algorithm.learner(setup);
            Experience experience = setup.experience();
            for (int update = 0; update < 400; update++) {
                play(experience, learner, false);
                learner.update(experience, update / 400.0, workers);
            }
            double[] yes = new double[2];
            for (int unit = 0; unit < 2; unit++) {
                float[] z = new float[2];
                Behaviour behaviour = learner.behaviours().get(unit);
                behaviour.network().forward(new float[2], 0, 1, z);
                yes[unit] = new Categorical(2).probabilities(z, 0)[1];
                float[] value = new float[1];
                behaviour.critic().forward(new float[2], 0, 1, value);
                double worth = behaviour.norm().mean() + behaviour.norm().deviation() * value[0];
                assertEquals(10, worth, 0.5, "seed " + seed);
            }
            assertEquals(1, Math.abs(yes[0] - yes[1]), 0.1, "seed " + seed);
        }
    }
}
