package marlab.learning.algo;

import java.util.List;
import marlab.learning.buffer.Experience;
import marlab.learning.buffer.Rollout;
import marlab.learning.net.InputView;
import marlab.learning.net.LinearAlgebra;
import marlab.learning.net.Network;
import marlab.learning.net.NetworkConfig;
import marlab.sim.env.AgentGroup;
import marlab.sim.env.EnvOptions;
import marlab.sim.env.EnvSpec;
import marlab.sim.seed.Seeds;

/// Everything that a learner is made from.
///
/// @param algorithm which one
/// @param spec the world
/// @param units sets of agents with networks of their own
/// @param network what networks look like
/// @param agentIds whether networks are told which agent they act for
/// @param hyper the algorithm's hyper-parameters
/// @param algebra where matrices live
/// @param seeds where chance comes from
/// @param copies parallel copies of the world
/// @param length steps of a roll-out
/// @param options the world's, for algorithms that know its rules; null where nobody needs them
public record Setup(
        Algorithm algorithm,
        EnvSpec spec,
        List<Unit> units,
        NetworkConfig network,
        boolean agentIds,
        HyperParameters hyper,
        LinearAlgebra algebra,
        Seeds seeds,
        int copies,
        int length,
        EnvOptions options) {

    /// For algorithms that know nothing of the world but its spaces.
    public Setup(
            Algorithm algorithm,
            EnvSpec spec,
            List<Unit> units,
            NetworkConfig network,
            boolean agentIds,
            HyperParameters hyper,
            LinearAlgebra algebra,
            Seeds seeds,
            int copies,
            int length) {
        this(
                algorithm, spec, units, network, agentIds, hyper, algebra, seeds, copies, length,
                null);
    }

    /// What a unit's acting network takes.
    public InputView actorInput(Unit unit) {
        return actorInput(unit, spec, null);
    }

    /// The same in a world of another size.
    ///
    /// @param there that world
    /// @param keep entities of each set that the network was made for; null for all
    public InputView actorInput(Unit unit, EnvSpec there, int[] keep) {
        AgentGroup group = unit.groupIn(there);
        return new InputView(
                network.view(group.observation(), group.action(), keep),
                ids(unit),
                hyper.has("ensemble") ? hyper.whole("ensemble") : 1);
    }

    /// What a unit's value network takes: its own observation, or the whole state from its side.
    public InputView criticInput(Unit unit) {
        return criticInput(unit, spec, null);
    }

    /// The same in a world of another size.
    public InputView criticInput(Unit unit, EnvSpec there, int[] keep) {
        AgentGroup group = unit.groupIn(there);
        return new InputView(
                network.view(
                        algorithm.centralCritic() ? group.central() : group.observation(),
                        group.action(),
                        keep),
                ids(unit),
                1);
    }

    private int ids(Unit unit) {
        return agentIds ? unit.members().size() : 0;
    }

    /// How a unit's actions follow from its network's outputs. Each call gives an object of its
    /// own.
    public ActionHead head(Unit unit) {
        boolean duelling = hyper.has("duelling") && hyper.on("duelling");
        return algorithm.head(unit.groupIn(spec).action(), duelling);
    }

    /// Agents × copies of a unit.
    public int lanes(Unit unit) {
        return copies * unit.members().size();
    }

    /// An acting network without weights.
    ///
    /// @param capacity most rows of a batch
    public Network actor(Unit unit, int capacity) {
        return network.build(algebra, actorInput(unit), head(unit).outputs(), capacity);
    }

    /// A value network without weights.
    public Network critic(Unit unit, int capacity) {
        return network.build(algebra, criticInput(unit), 1, capacity);
    }

    /// Room for what one roll-out brings.
    public Experience experience() {
        List<Rollout> rollouts =
                units.stream()
                        .map(unit ->
                                new Rollout(
                                        length,
                                        lanes(unit),
                                        actorInput(unit).size(),
                                        algorithm.hasCritic() ? criticInput(unit).size() : 0,
                                        head(unit).actionSize(),
                                        algorithm.hasCritic() && !algorithm.centralCritic(),
                                        algorithm.wantsNext(),
                                        network.memory()))
                        .toList();
        int state =
                algorithm.wantsState()
                        ? spec.groups().stream()
                                .mapToInt(g -> g.size() * g.observation().size())
                                .sum()
                        : 0;
        return new Experience(rollouts, length, copies, state);
    }
}
